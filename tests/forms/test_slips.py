"""Numbered slips: which numbers are free, and what a slip says."""

from __future__ import annotations

import pytest

from automation.forms.slips import free_numbers, slips
from sheet_schema import SETTING, Language
from tests.support.ledger_in_memory import Rows, ledger, line

LINES: Rows = (
    {"case_no": "LV-00003"}, line("LV-00001"), {"case_no": ""}, {"case_no": "LV-00002", "important": False},
    {"summary": "No number yet"}, {"case_no": "LV-00004", "light": "正常", "status": "已登记"},
    {"case_no": "LV-00005", "important": "✓"}, {"case_no": "LV-00003"},
)  # fmt: skip


def test_a_number_is_free_where_nothing_is_typed_beside_it() -> None:
    assert free_numbers(ledger(register=LINES)) == ["LV-00003", "LV-00002", "LV-00004"]


@pytest.mark.parametrize(("count", "sheets"), [(1, [1]), (4, [4]), (5, [4, 1]), (30, [4] * 7 + [2])])
def test_four_go_on_a_sheet(count: int, sheets: list[int]) -> None:
    paper = slips(ledger(), [f"LV-{number:05d}" for number in range(1, count + 1)])

    assert [len(sheet) for sheet in paper.sheets] == sheets


@pytest.mark.parametrize(
    ("language", "phone", "title", "stub", "labels"),
    [
        (
            "en",
            "01632 960000",
            "Visit",
            ("Hill School", "Office telephone 01632 960000", "Please keep this number."),
            ["Received on", "Received by", "Name", "Contact", "Summary"],
        ),
        (
            "zh",
            "",
            "来访登记单",
            ("Hill School", "信访电话 ______________", "请妥善保管本编号。"),
            ["收到日期", "接件人", "信访人", "联系方式", "反映问题"],
        ),
    ],
)
def test_what_a_slip_says(language: Language, phone: str, title: str, stub: tuple[str, ...], labels: list[str]) -> None:
    settings = (
        {"name": SETTING["school_name"].label(language), "value": "Hill School"},
        {"name": SETTING["school_phone"].label(language), "value": phone},
    )
    paper = slips(ledger(language, settings=settings), ["LV-00007", "LV-00009"])
    first, second = paper.panels
    [part] = first.parts

    assert (first.title, first.number, first.stub, second.number) == (title, "LV-00007", stub, "LV-00009")
    assert [(box.label, box.text) for box in part.boxes] == [(label, "") for label in labels]
    assert paper.title in ("Slips LV-00007 to LV-00009", "来访登记单 LV-00007至LV-00009")
