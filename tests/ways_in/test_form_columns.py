"""What the columns of the usual form services are taken for, and what moment a row was sent."""

from __future__ import annotations

from datetime import datetime

import pytest

from automation.ledger.foreign_sheet import ForeignSheet
from automation.ledger.typed.cell import NO_HABITS
from automation.ledger.workbook import Cell, Formula
from automation.ways_in.form_columns import corrections
from automation.ways_in.submissions import form_table, moment_in

SERVICES = {
    "Google Forms": {
        "Timestamp": "received_on", "Your name": "petitioner", "Phone number": "contact", "What happened?": "summary",
        "Kind of concern": "kind", "Who is it about?": "about", "Is it confidential?": "restricted", "Pupil's class": "keep",
    },
    "Microsoft Forms": {
        "ID": "leave", "Start time": "leave", "Completion time": "received_on", "Email": "contact", "Name": "petitioner",
        "Last modified time": "leave", "Please describe what happened": "summary", "Deadline": "keep", "Department": "keep",
    },
    "Google 表单": {"时间戳记": "received_on", "姓名": "petitioner", "联系电话": "contact", "您想反映什么": "summary", "您希望如何处理": "keep"},
    "问卷星": {
        "序号": "leave", "提交答卷时间": "received_on", "所用时间": "leave", "来源": "leave", "来源详情": "leave", "来自IP": "leave", "总分": "leave",
        "1、您的姓名": "petitioner", "2、您的手机号码": "contact", "3、被反映人": "about", "4、反映的主要问题": "summary",
    },
    "腾讯问卷": {
        "编号": "leave", "开始答题时间": "leave", "结束答题时间": "received_on", "自定义字段": "leave", "答题时长": "leave", "语言": "leave",
        "IP": "leave", "UA": "leave", "昵称": "leave", "1.您的姓名": "petitioner", "2.联系电话": "contact", "3.问题描述": "summary",
    },
    "Microsoft Forms 中文": {"ID": "leave", "开始时间": "leave", "完成时间": "received_on", "电子邮件": "contact", "名称": "keep", "信访内容": "summary"},
}  # fmt: skip


@pytest.mark.parametrize("service", SERVICES)
def test_what_the_columns_of_a_service_mean(service: str) -> None:
    wanted = SERVICES[service]
    table = form_table(ForeignSheet("", [[*wanted], ["x"] * len(wanted)]), corrections(""))
    assert table is not None
    assert {heading: fit.key for heading, fit in table.fits.items()} == wanted


@pytest.mark.parametrize(
    ("cell", "sent"),
    [
        ("2026/3/17 下午 2:05:06", datetime(2026, 3, 17, 14, 5, 6)),
        ("2026/3/17 上午 12:05:06", datetime(2026, 3, 17, 0, 5, 6)),
        ("2026/03/02 10:11:12 PM GMT+8", datetime(2026, 3, 2, 22, 11, 12)),
        ("2026-03-02T09:01", datetime(2026, 3, 2, 9, 1)),
        ("2026年3月2日 9:01", datetime(2026, 3, 2, 9, 1)),
        (46098.5, datetime(2026, 3, 17, 12)),
        (datetime(2026, 3, 2, 9, 1, 2, 400), datetime(2026, 3, 2, 9, 1, 2)),
        ("2026-13-02 10:00", None),
        ("yesterday", None),
        ("", None),
    ],
)  # fmt: skip
def test_when_a_row_was_sent(cell: Cell, sent: datetime | None) -> None:
    assert moment_in(cell) == sent


def test_a_row_is_known_however_its_table_is_written() -> None:
    said = corrections("")
    one = form_table(
        ForeignSheet("", [["Timestamp", "Name", "Tel", "What happened", ""], [46098.5, "A ", 138.0, Formula("=1+1")]]),
        said,
    )
    other = form_table(
        ForeignSheet(
            "",
            [
                ["What happened", "Timestamp", "New question", "Name", "Tel"],
                ["=1+1", "2026/3/17 12:00:00", "", "A", "138"],
            ],
        ),
        said,
    )
    third = form_table(
        ForeignSheet("", [["What happened", "Timestamp", "Name", "Tel"], ["=1+1", "2026/3/17 12:00:01", "A", "138"]]),
        said,
    )
    assert one is not None
    assert other is not None
    assert third is not None
    prints = [table.submissions[0].print for table in (one, other, third)]
    assert prints[0] == prints[1] != prints[2]


def test_a_visitor_cannot_decide_for_the_office() -> None:
    heads = ["Timestamp", "Name", "What happened", "Confidential", "Department", "Decision", "Status"]
    table = form_table(
        ForeignSheet("", [heads, ["2026-03-02 10:00", "A", "B", "No", "Office", "Void", "closed"]]), corrections("")
    )
    assert table is not None
    case = table.case(table.submissions[0], NO_HABITS)
    assert case is not None
    assert case.cells.keys() == {"received_on", "channel", "petitioner", "summary"}
    assert (case.closed, case.cells["summary"]) == (False, "B\nDepartment: Office; Decision: Void")
