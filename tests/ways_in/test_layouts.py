"""Six layouts of old registers: what each column means is proposed, and their cases are read as a careful clerk would."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from automation.ledger.typed.cell import NO_HABITS
from automation.ways_in.old_case import OldCase
from automation.ways_in.old_cases import old_cases
from automation.ways_in.proposal import Proposal
from automation.ways_in.proposing import proposed
from automation.workbooks.foreign.opening import foreign_file
from sheet_schema.old_registers import KEEP, LEAVE
from tests.support import old_registers

FOLDERS = [above / "shared" / "cases" / "registers" for above in Path(__file__).resolve().parents]
FOLDER = next((folder for folder in FOLDERS if folder.is_dir()), Path("nowhere"))

FILES = Path(__file__).parent / "files"


def read(path: Path) -> tuple[Proposal, list[OldCase]]:
    file = foreign_file(path)
    found = proposed(file, NO_HABITS)
    assert found is not None
    return found.proposal, old_cases(file, found.proposal, NO_HABITS)


def told(case: OldCase) -> dict[str, object]:
    """All that was read of a case."""
    extra = {"closed": case.closed or None, "closed_on": case.closed_on, "repeats": case.repeats, "rest": case.rest}
    flags = {"nameless": case.nameless, "no_repeat": case.no_repeat}
    typed = {f"{key}?": text for key, text in case.as_typed.items()}
    return {"no": case.number, **case.cells, **typed, **{key: one for key, one in (extra | flags).items() if one}}


CASES: tuple[tuple[Callable[[Path], Path], list[dict[str, object]]], ...] = (
    (
        old_registers.plain,
        [
            {"no": "A-1", "received_on": date(2026, 2, 3), "channel": "visit", "petitioner": "陈静", "contact": "13800000001",
             "kind": "complaint", "topic": "作业", "summary": "作业太多", "department": "教务处", "handler": "王芳"},
            {"no": "A-2", "received_on": date(2026, 1, 5), "channel": "phone", "petitioner": "周敏", "contact": "13800000002",
             "kind": "enquiry", "topic": "收费", "summary": "问收费标准", "department": "总务处", "closed": True, "closed_on": date(2026, 1, 9)},
            {"no": "A-3", "received_on?": "2026.2.30", "channel": "letter", "petitioner": "匿名", "nameless": True,
             "kind": "allegation", "topic": "师德", "summary": "老师打人", "department": "教务处"},
        ],
    ),
    (
        old_registers.visitors,
        [
            {"no": "0001", "channel": "visit", "received_on": date(2025, 1, 11), "petitioner": "欧阳静; 凤小满", "contact": "西街6号; 19964000106",
             "people": 2, "summary": "要求修路", "no_repeat": True, "received_by": "裘念", "decision": "refer", "department": "农业办",
             "satisfaction": "poor", "closed": True, "rest": "状态: 息访; 备注: 老住户"},
            {"no": "0002", "channel": "visit", "received_on": date(2025, 1, 11), "petitioner": "苗福; 佘月", "contact": "西街7号",
             "people": 3, "summary": "报销少了", "repeats": "0001", "received_by": "裘念", "decision?": "当场答复，并转派出所",
             "rest": "状态: 在办"},
            {"no": "0003", "channel": "visit", "received_on?": "2.30", "petitioner": "不肯说", "nameless": True, "contact": "东街",
             "people": 3, "summary": "路灯坏了", "received_by": "宓春", "decision": "decline", "satisfaction": "fair", "closed": True,
             "rest": "初访/重访: 初; 状态: 办结"},
        ],
    ),
    (
        old_registers.complaints_log,
        [
            {"no": "C/1", "received_on": date(2023, 9, 6), "channel": "visit", "petitioner": "Ann Archer; Bo Bell",
             "contact": "07700900807; ann@example.org", "summary": "Wrong tier", "replied_on": date(2023, 9, 21),
             "outcome": "not_supported", "closed": True},
            {"no": "C/2", "received_on": date(2023, 9, 27), "channel": "superior", "petitioner": "Cy Cole", "contact": "07700900449",
             "summary": "No reply", "replied_on?": "31/02/2024", "outcome": "partly_supported", "rest": "Complainant: Write, never ring."},
            {"no": "C/3", "received_on": date(2023, 9, 27), "channel": "superior", "petitioner": "Cy Cole", "contact": "07700900449",
             "summary": "And the bus"},
            {"no": "C/1", "received_on": date(2025, 1, 13), "channel": "email", "petitioner": "Di Dale", "summary": "Floodlights"},
        ],
    ),
    (
        old_registers.web_form,
        [
            {"no": "RB-1", "channel": "online", "received_on": date(2025, 1, 9), "contact": "ann@example.com", "petitioner": "Ann Archer",
             "identity": "parent", "kind": "allegation", "summary": "Grade wrong", "closed": True, "closed_on": date(2025, 1, 23),
             "rest": "Status: Done; When did it happen?: all year"},
            {"no": "RB-2", "channel": "online", "received_on": date(2025, 2, 3), "nameless": True, "identity": "other", "kind": "enquiry",
             "summary": "=IMPORTXML(A1)", "rest": "Status: Working"},
            {"no": "", "channel": "online", "received_on": date(2025, 2, 14), "contact": "cy@example.com", "petitioner": "Cy Cole",
             "identity": "student", "kind": "suggestion", "summary": "Longer breaks", "rest": "What kind of message is this?: Idea or suggestion"},
        ],
    ),
    (
        old_registers.tickets,
        [
            {"no": "48238", "summary": "Refund", "department": "Fees", "petitioner": "Ann Archer", "channel": "phone",
             "kind": "allegation", "received_on": date(2025, 6, 11), "closed": True, "closed_on": date(2025, 6, 15), "rest": "State: merged"},
            {"no": "48253", "summary": "Mark missing", "department": "Library", "handler": "Bo Bell", "petitioner": "Cy Cole",
             "channel": "online", "kind": "enquiry", "outcome": "partly_supported", "received_on": date(2025, 1, 22), "rest": "State: pending close"},
        ],
    ),
    (
        old_registers.reception_book,
        [
            {"no": "1", "channel": "visit", "received_on": date(2024, 1, 8), "petitioner": "付春梅", "people": 1, "contact": "河西村3组; 13900000001",
             "summary": "食堂饭菜凉", "received_by": "老周", "department": "总务处", "result": "已更换保温箱", "closed": True, "closed_on": date(2024, 1, 15)},
            {"no": "2", "channel": "visit", "received_on": date(2024, 1, 22), "petitioner": "佟大海", "people": 5, "contact": "13900000002",
             "summary": "校门口堵车", "received_by": "老周", "department": "保卫处", "rest": "备注: 在办"},
            {"no": "3", "channel": "visit", "received_on": date(2024, 3, 11), "petitioner": "匿名", "nameless": True, "summary": "补课收费",
             "received_by": "小林", "department": "教务处", "result": "查无此事", "closed": True, "closed_on": date(2024, 3, 25)},
            {"no": "1", "channel": "visit", "received_on": date(2025, 2, 17), "petitioner": "付春梅", "people": 1, "contact": "河西村3组; 13900000001",
             "summary": "食堂又凉了", "received_by": "老周", "department": "总务处", "rest": "备注: 2024年1号"},
        ],
    ),
)  # fmt: skip


@pytest.mark.parametrize(("made", "wanted"), CASES, ids=[made.__name__ for made, _ in CASES])
def test_the_cases_of_a_layout(made: Callable[[Path], Path], wanted: list[dict[str, object]], tmp_path: Path) -> None:
    assert [told(case) for case in read(made(tmp_path))[1]] == wanted


@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_old_kinds_of_file_are_read_as_the_new_one(kind: str) -> None:
    """Real files of LibreOffice, made by `python -m tests.ways_in.files`."""
    assert [told(case) for case in read(FILES / f"reception.{kind}")[1]] == CASES[-1][1]


EXPORTS = {  # of each program the headings, what they are for (- keep, x leave out), and a line
    "osTicket": (
        "Ticket Number,Date Created,Subject,From,From Email,Priority,Department,Help Topic,Source,Current Status,Last Updated,Due Date,Agent Assigned,Closed Date",
        "former_no,received_on,summary,petitioner,contact,-,department,topic,channel,status,-,due_on,handler,closed_on",
        "123456,03/14/2025 10:22 AM,Bus late,Ann Archer,ann@x.example,High,Transport,Buses,Web,Closed,03/20/2025,,Bo Bell,03/20/2025 1:00 PM",
    ),
    "FixMyStreet": (
        "Report ID,Title,Detail,User Name,Category,Created,Confirmed,Acknowledged,Fixed,Closed,Status,Latitude,Query,Report URL,Device Type",
        "former_no,summary,summary,petitioner,topic,received_on,-,notified_on,closed_on,closed_on,status,x,-,attachments,-",
        "101,Pothole,Deep,Ann Archer,Roads,2025-02-01T10:00:00,2025-02-01T10:05:00,2025-02-02T09:00:00,,2025-02-10T09:00:00,closed,51.5,SW1,https://x.example/1,desktop",
    ),
    "Smartsheet": (
        "Complaint,Complainant,Date Received,Assigned To,Status,Due Date,Date Closed,Comments,Modified",
        "summary,petitioner,received_on,handler,status,due_on,closed_on,-,-",
        "Noise,Ann Archer,01/13/25,Bo Bell,Complete,01/20/25,01/19/25,called twice,01/19/25",
    ),
    "Microsoft Forms": (
        "ID,Start time,Completion time,Email,Name,What is your complaint about?,Please give details,Your phone number",
        "former_no,-,received_on,contact,petitioner,topic,summary,contact",
        "1,1/13/25 10:00:00,1/13/25 10:05:00,ann@x.example,Ann Archer,Food,Too cold,07700 900001",
    ),
    "12345": (
        "工单编号,来电时间,来电人,来电号码,诉求标题,诉求内容,诉求类型,所属区域,办理单位,办理状态,答复时间,答复内容,是否满意,是否属实",
        "former_no,received_on,petitioner,contact,summary,summary,kind,-,department,status,replied_on,result,satisfaction,outcome",
        "2025-1,2025-01-03 09:12:33,王芳,13800000001,噪音,夜间施工,投诉,安澜镇,城管办,已办结,2025-01-08 10:00,已停工,满意,属实",
    ),
    "问卷星": (
        "序号,提交答卷时间,所用时间,来源,来自IP,1、您的姓名,2、联系电话,3、您的身份,4、您要反映的问题属于,5、具体内容",
        "former_no,received_on,x,channel,x,petitioner,contact,identity,topic,summary",
        "1,2025/3/1 10:02:11,55秒,微信,1.2.3.4,王芳,13800000001,家长,食堂,饭菜凉",
    ),
}


@pytest.mark.parametrize("program", EXPORTS)
def test_the_headings_of_other_programs(program: str, tmp_path: Path) -> None:
    headings, meanings, line = EXPORTS[program]
    path = tmp_path / "export.csv"
    path.write_text(f"{headings}\n{line}\n", "utf-8")

    proposal, cases = read(path)

    short = {KEEP: "-", LEAVE: "x"}
    assert [short.get(one, one) for one in proposal.columns.values()] == meanings.split(",")
    assert [case.unreadable for case in cases] == [()]


@pytest.mark.parametrize(
    ("headings", "secret", "open_case"),
    [
        ("序号,收到日期,信访人,反映问题,被投诉对象,密级", "秘密", "否"),
        ("序号,收到日期,信访人,反映问题,被检举人,是否保密", "是", "不保密"),
        ("No,Date received,Complainant,Summary of complaint,Complaint against,Confidential?", "Yes", "No"),
        ("No,Date received,Complainant,Summary of complaint,Complaint against,Confidentiality", "Confidential", "No"),
    ],
)
def test_a_mark_of_secrecy_of_an_old_register_counts(
    headings: str, secret: str, open_case: str, tmp_path: Path
) -> None:
    """What the old register kept to a few stays so; a word that nobody can read is not plainly No (docs/design.md#p5.6)."""
    path = tmp_path / "old.csv"
    lines = [
        f"{at},2026-02-1{at},Ann Lee,Food,Sam Bell,{mark}" for at, mark in enumerate((secret, open_case, "内部"), 1)
    ]
    path.write_text("\n".join((headings, *lines)) + "\n", "utf-8")

    proposal, cases = read(path)

    assert [*proposal.columns.values()][-2:] == ["about", "restricted"]
    assert [case.cells.get("restricted") for case in cases] == ["yes", "no", None]
    assert [case.as_typed.get("restricted", "") for case in cases] == ["", "", "内部"]


@pytest.mark.parametrize("name", sorted(path.name for path in FOLDER.glob("*.expected.json")))
def test_a_register_that_lies_beside_the_project(name: str) -> None:
    """Cases, headings, open and closed, unreadable cells and samples are as a clerk has them."""
    wanted = json.loads((FOLDER / name).read_text("utf-8"))
    proposal, cases = read(FOLDER / wanted["file"])

    assert (len(cases), sum(case.closed for case in cases)) == (wanted["cases"], wanted["closed"])
    assert {*wanted.get("open_numbers", [])} <= {case.number for case in cases if not case.closed}
    assert _wrong_columns(proposal, wanted) == {}
    assert {(one.row, one.holds) for case in cases for one in case.unreadable} == {
        (_row(one), one["holds"]) for one in (*wanted["cells_nobody_can_read"], *wanted.get("two_in_one_cell", ()))
    }
    assert all(any(one["holds"] in case.rest for case in cases) for one in wanted.get("comments", ()))
    found = {case.number: case for case in cases}
    assert [wrong for number, cells in wanted["sample"].items() if (wrong := _wrong_cells(found[number], cells))] == []


def _wrong_columns(proposal: Proposal, wanted: Mapping[str, Any]) -> dict[str, str]:
    def fine(heading: str, meaning: str) -> bool:
        key = None if meaning in (KEEP, LEAVE, "former_no") else meaning
        return key in (wanted["columns"].get(heading), *wanted.get("also_fine", {}).get(heading, ()))

    return {heading: meaning for heading, meaning in proposal.columns.items() if not fine(heading, meaning)}


def _row(one: Mapping[str, Any]) -> int:
    return int(one["line"] if "line" in one else "".join(filter(str.isdecimal, one["cell"])))


FINER = {"email": "online", "passed_on": "superior"}
"""Choices of ours that those who wrote the files did not have."""


def _wrong_cells(case: OldCase, cells: Mapping[str, Any]) -> dict[str, object]:
    name = {"petitioner": "Anonymous"} if case.nameless else {}
    have = {**case.cells, **name, "closed": case.closed, "closed_on": case.closed_on, "repeat_of": case.repeats}
    return {key: have.get(key) for key, value in cells.items() if _plain(have.get(key)) != _plain(value)}


def _plain(value: object) -> str:
    text = FINER.get(str(value), str(value))
    return ";".join(" ".join(part.split()) for part in text.split(";"))
