"""What is said beside a reply, what is taken over, and what no table for other programs has."""

from __future__ import annotations

import pytest

from automation.cases.exported import exported
from automation.steps.take_over import answer_problems, take_over
from sheet_schema import ANSWERS
from tests.support.ledger_in_memory import NOW, ledger, line

REPLY = {
    "received_at": "2026-03-18 08:00",
    "from": "a@b.example",
    "case_no": "LV-00001",
    "state": "回复",
    "text": "已办结",
    "key": "1",
}
INDEX = [{"case_no": "LV-00001"}]
TICKED = {**REPLY, "take_over": True}
WHICH = {**TICKED, "case_no": "", "state": "待认领", "perhaps": "LV-00001；LV-00002"}
SAID: dict[str, tuple[dict[str, object], dict[str, object], str | None]] = {
    "not ticked": (REPLY, {}, None),
    "which case": (WHICH, {}, "answer_which_case"),
    "of no case": ({**WHICH, "perhaps": ""}, {}, "answer_no_case"),
    "a person typed which": ({**WHICH, "case_no": "ＬＶ－００００１"}, {}, None),
    "without text": ({**TICKED, "text": ""}, {}, "answer_no_text"),
    "no such case": ({**TICKED, "case_no": "LV-00009"}, {}, "answer_case_gone"),
    "filled in": (TICKED, {"result": "别的"}, "answer_result_there"),
    "a formula there": (TICKED, {"result": "=1+1"}, "answer_result_there"),
    "copied by hand": (TICKED, {"result": "已办结"}, None),
    "a stranger": ({**TICKED, "state": "非收件人来信", "text": ""}, {}, "answer_stranger"),
}


@pytest.mark.parametrize(("answer", "cells", "code"), SAID.values(), ids=SAID)
def test_what_is_said_beside_a_reply_after_a_run(
    answer: dict[str, object], cells: dict[str, object], code: str | None
) -> None:
    done = take_over(ledger(register=[line(**cells)], index=INDEX, answers=[answer]), NOW).ledger
    assert [one.code for one in answer_problems(done)] == ([code] if code else [])
    typed = cells.get("result", "")
    taken = answer.get("take_over") and code is None
    assert done.register["result"][0] == ("已办结" if taken else typed)
    assert [str(day) for day in done.tables["answers"]["taken_on"]] == ["2026-03-18" if taken else "NaT"]


def test_of_two_replies_the_one_that_came_first_is_taken_over() -> None:
    later = {**TICKED, "received_at": "2026-03-18 08:30", "text": "更晚", "key": "2"}
    outcome = take_over(ledger(register=[line()], index=INDEX, answers=[later, TICKED]), NOW)
    assert (outcome.ledger.register["result"][0], len(outcome.filled)) == ("已办结", 1)
    assert [one.row for one in answer_problems(outcome.ledger)] == [2]


def test_a_reply_of_which_nobody_knows_the_case_is_withheld_as_a_restricted_one_is() -> None:
    table = exported(ledger(register=[line()], answers=[WHICH, REPLY]), ANSWERS, restricted=False)
    assert table.values["text"] == ["已办结"]
