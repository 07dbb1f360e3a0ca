"""Registers as offices kept them before, made here: six layouts, each of a few cases."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

PLAIN = (
    "编号,收到日期,来源形式,信访人,联系方式,类别,事项,反映问题,承办部门,经办人,办结日期\n"
    "A-1,2026-02-03,来访,陈静,13800000001,投诉,作业,作业太多,教务处,王芳,\n"
    "A-2,2026-01-05,来电,周敏,13800000002,咨询,收费,问收费标准,总务处,,2026-01-09\n"
    "A-3,2026.2.30,来信,匿名,,举报,师德,老师打人,教务处,,\n"
)
"""Three cases under plain headings: one open and late, one closed, and an allegation of a day that does not exist."""


def plain(folder: Path, text: str = PLAIN, encoding: str = "utf-8-sig") -> Path:
    path = folder / "旧登记.csv"
    path.write_bytes(text.encode(encoding))
    return path


def visitors(folder: Path) -> Path:
    """来访登记簿: the year only in a title, headings repeated on the next page, ditto marks, full-width digits, a sum; GB18030, tabs."""
    headings = "编号\t来访日期\t来访人姓名\t性别\t住址\t电话\t人数\t来访事由\t初访/重访\t接谈人\t处理方式\t转交单位\t群众意见\t状态\t备注"
    lines = [
        "安澜镇群众来访登记簿", "2025年1月至6月", headings,
        "０００１\t1/11\t欧阳静 凤小满\t男\t西街6号\t19964000106\t２\t要求修路\t初访\t裘念\t转交\t农业办\t不满\t息访\t老住户",
        "0002\t同上\t苗福，佘月等3人\t女\t西街7号\t\t\t报销少了\t重（0001）\t裘念\t当场答复，并转派出所\t\t\t在办\t",
        "", "安澜镇群众来访登记簿\t\t\t\t\t\t\t\t\t\t\t\t\t\t第2页", headings,
        "0003\t2.30\t不肯说\t\t东街\t\t３\t路灯坏了\t初\t宓春\t不属本镇\t\t基本满意\t办结\t",
        "合计\t3批\t\t\t\t\t6人次", "登记人：宓春",
    ]  # fmt: skip
    path = folder / "visitors.csv"
    path.write_bytes("\r\n".join(lines).encode("gb18030"))
    return path


def complaints_log(folder: Path) -> Path:
    """A school's log: a tab a school year, headings of two lines, terms between the lines, green lines closed, a note on a cell, a
    telephone number that lost its 0, columns in another order in the second year."""
    book = openpyxl.Workbook()
    first, second = book.active, book.create_sheet("2024-25")
    assert first is not None
    first.title = "2023-24"
    rows: Sequence[Sequence[object]] = (
        ("Hill School: complaints 2023/24",), ("Green = closed; amber = with governors",), (),
        ("THE COMPLAINT", "", "", "", "", "", "THE END", "", ""),
        ("Log\nno.", "Date\nrec'd", "How\nrec'd", "Complainant", "Tel / e-mail", "Nature of concern", "Response\nsent", "Outcome", "UPN"),
        ("Autumn term",),
        ("C/1", "6.9.23", "In person", "Ann Archer and Bo Bell", "07700900807 / ann@example.org", "Wrong tier", "21/09/2023", "Not upheld", "X1"),
        ("C/2", date(2023, 9, 27), "Via LA", "Cy Cole", 7700900449, "No reply", "31/02/2024", "Part upheld", "X2"),
        ("C/3", '"', '"', '"', '"', "And the bus", "", "", "X3"),
        ("Total", "", "", "", 3),
    )  # fmt: skip
    for row in rows:
        first.append(row)
    first.merge_cells("A4:F4")
    first.merge_cells("G4:I4")
    for cell in first[7]:
        cell.fill = PatternFill("solid", fgColor="C6EFCE")
    first["D8"].comment = Comment("Write, never ring.", "clerk")
    second.append(("Log no.", "Complainant", "Date rec'd", "Nature of concern", "How rec'd", "Outcome"))
    second.append(("C/1", "Di Dale", "13/01/2025", "Floodlights", "e-mail", ""))
    path = folder / "log.xlsx"
    book.save(path)
    return path


def web_form(folder: Path) -> Path:
    """Answers to a web form, month first, the office's own columns to the right; the last answer has no number yet; UTF-16."""
    lines = (
        "Timestamp\tEmail Address\tYour name (leave blank to stay anonymous)\tI am a...\tWhat kind of message is this?\tPlease describe what happened\tWhen did it happen?\tRef\tStatus\tDate closed",
        "1/9/2025 18:18:57\tann@example.com\tAnn Archer\tParent / Guardian\tReport of misconduct\tGrade wrong\tall year\tRB-1\tDone\t1-23-25",
        "2/3/2025 9:00:00\t\t\tCommunity member\tQuestion\t=IMPORTXML(A1)\t\tRB-2\tWorking\t",
        "2/14/2025 9:00:00\tcy@example.com\tCy Cole\tStudent\tIdea or suggestion\tLonger breaks\t\t\t\t",
    )
    path = folder / "Form Responses.tsv"
    path.write_bytes("\r\n".join(lines).encode("utf-16"))
    return path


def tickets(folder: Path) -> Path:
    """Tickets as Zammad exports them: a title, moments in UTC, the zone in a line below."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ("Tickets created in 2025",), (),
        ("#", "Title", "State", "Group", "Owner", "Customer", "Create Channel", "Kind of matter", "Finding", "Created At", "Closed At", "Article Count"),
        ("48238", "Refund", "merged", "Fees", "-", "Ann Archer", "phone", "concern about a person", "", "2025-06-10T23:12:30.695Z", "2025-06-15T15:45:30.827Z", 8),
        ("48253", "Mark missing", "pending close", "Library", "Bo Bell", "Cy Cole", "web", "question", "justified in part", "2025-01-22T13:42:50.181Z", "", 8),
        ("times are UTC; the office is in Europe/London",),
    ):  # fmt: skip
        sheet.append(row)
    path = folder / "export.xlsx"
    book.save(path)
    return path


def reception_book(folder: Path) -> Path:
    """来访登记表: a merged title, headings of two lines merged over and under each other, a tab a year, months and sums between the
    lines, what a second visitor of the same day has left out, a line below that says who kept it."""
    book = openpyxl.Workbook()
    first, second = book.active, book.create_sheet("2025年")
    assert first is not None
    first.title = "2024年"
    upper = ("序号", "来访时间", "来访人基本情况", "", "", "", "反映问题", "接访人", "办理情况", "", "", "备注")
    lower = ("", "", "姓名", "人数", "家庭住址", "联系电话", "", "", "承办部门", "办理结果", "办结日期", "")
    years: dict[str, Sequence[Sequence[object]]] = {
        "2024年": (
            ("一月",),
            (1, "1.8", "付春梅", 1, "河西村3组", 13900000001, "食堂饭菜凉", "老周", "总务处", "已更换保温箱", "1月15日", ""),
            (2, "1.22", "佟大海等5人", 5, "", "13900000002", "校门口堵车", "老周", "保卫处", "", "", "在办"),
            ("小计", "2批", "", 6),
            ("三月",),
            (3, date(2024, 3, 11), "匿名", "", "", "", "补课收费", "小林", "教务处", "查无此事", date(2024, 3, 25), ""),
        ),
        "2025年": ((1, "2025.2.17", "付春梅", 1, "河西村3组", "13900000001", "食堂又凉了", "老周", "总务处", "", "", "2024年1号"),),
    }  # fmt: skip
    for sheet, year in ((first, "2024"), (second, "2025")):
        for row in ((f"青禾中学{year}年来访登记表",), upper, lower, *years[f"{year}年"], ("填表人：周小满",)):
            sheet.append(row)
        for merged in ("A1:L1", "C2:F2", "I2:K2", *(f"{column}2:{column}3" for column in "ABGHL")):
            sheet.merge_cells(merged)
    path = folder / "reception.xlsx"
    book.save(path)
    return path
