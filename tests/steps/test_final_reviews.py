"""After a second review the same facts are not taken up again: whoever names that case in Repeat of reads so."""

from __future__ import annotations

from datetime import datetime

import pytest

from automation.ledger.model import Ledger
from automation.steps.validation import derive
from sheet_schema.vocabulary import Flag
from tests.support.ledger_in_memory import Rows, ledger, line

NOW = datetime(2026, 6, 1, 9)
DONE: dict[str, object] = {
    "received_on": "2025-10-09", "decision": "受理", "decided_on": "2025-10-09", "notified_on": "2025-10-09", "replied_on": "2025-11-03",
    "outcome": "不予支持", "review_on": "2025-11-20", "review_done_on": "2025-12-18", "second_review_on": "2026-01-05", "second_review_done_on": "2026-02-03",
}  # fmt: skip
NUMBERS = tuple(f"LV-{n:05}" for n in range(1, 5))


def of(*rows: dict[str, object], filing: Rows = ()) -> Ledger:
    index = [{"case_no": number, "issued_on": "2025-10-09", "first_seen": "2025-10-09"} for number in NUMBERS]
    return derive(ledger(register=[*rows], index=index, filing=filing), NOW).ledger


def again(number: str, earlier: str, **cells: object) -> dict[str, object]:
    return line(number, **{"received_on": "2026-05-28", "repeat_of": earlier, **cells})


def said(of_ledger: Ledger, number: str = "LV-00002") -> tuple[bool, bool]:
    """Whether the case with this number has the flag, and the problem."""
    register = of_ledger.register
    at = register["case_no"].tolist().index(number)
    problems = [one for one in of_ledger.problems if one.case_no == number and one.code == "settled_before"]
    return Flag.SETTLED.label("zh") in register["flags"][at].split("; "), bool(problems)


FIRST = line("LV-00001", **DONE)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({}, (True, True)),
        ({"repeat_of": "lv-00001"}, (True, True)),
        ({"repeat_of": "无"}, (False, False)),
        ({"repeat_of": ""}, (False, False)),
        ({"decision": "受理", "decided_on": "2026-05-29"}, (True, True)),
        ({"decision": "不予受理", "decided_on": "2026-05-29", "reason": "已复核"}, (True, False)),
        ({"decision": "作废", "decided_on": "2026-05-29", "reason": "误登"}, (True, False)),
    ],
)
def test_a_repeat_says_so(cells: dict[str, object], expected: tuple[bool, bool]) -> None:
    assert said(of(FIRST, again("LV-00002", "LV-00001", **cells))) == expected


def test_not_before_it_is_done_nor_for_a_first_review() -> None:
    only_asked = {**DONE, "second_review_done_on": ""}
    assert said(of(line("LV-00001", **only_asked), again("LV-00002", "LV-00001"))) == (False, False)


def test_also_of_a_filed_case_and_through_another_repeat() -> None:
    filed = of(again("LV-00002", "LV-00001"), again("LV-00003", "LV-00002"), filing=[FIRST])
    circle = of(again("LV-00002", "LV-00003"), again("LV-00003", "LV-00002"), FIRST)
    assert (said(filed), said(filed, "LV-00003"), said(circle)) == ((True, True), (True, True), (False, False))


def test_of_a_restricted_case_nothing_is_said_but_the_flag() -> None:
    """A problem is mailed, and would tell of a case that its reader must not know of."""
    assert said(of(line("LV-00001", **DONE, restricted="是"), again("LV-00002", "LV-00001"))) == (True, False)
    between = again("LV-00003", "LV-00001", restricted="是")
    assert said(of(FIRST, between, again("LV-00002", "LV-00003"))) == (True, False)
