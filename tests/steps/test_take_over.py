"""What is said beside a reply, what is taken over, and what no table for other programs has."""

from __future__ import annotations

import pytest

from automation.cases.exported import exported
from automation.ledger.changes import differences
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


OTHERS = ({"name": "教务处", "email": "a@b.example"}, {"name": "总务处", "email": "zw@b.example"}, {"name": "德育处", "email": "dy@b.example"})  # fmt: skip
JOINT = {"department": "教务处", "involved": "总务处 2026-03-20前；德育处"}


@pytest.mark.parametrize(
    ("cells", "senders", "noted", "result"),
    [
        ({}, ["zw@b.example"], "总务处 2026-03-18", ""),
        ({}, ["dy@b.example", "zw@b.example"], "德育处 2026-03-18; 总务处 2026-03-18", ""),
        (
            {"parts_answered": "德育处3月9日"},
            ["zw@b.example"],
            "德育处3月9日; 总务处 2026-03-18",
            "",
        ),  # what stands there stays
        ({"parts_answered": "总务处 2026-03-09"}, ["zw@b.example"], "总务处 2026-03-09", ""),
        ({}, ["a@b.example"], "", "已办结"),  # who leads
        ({"department": "总务处"}, ["zw@b.example"], "", "已办结"),
        ({"involved": ""}, ["zw@b.example"], "", "已办结"),
    ],
)
def test_a_reply_of_a_department_also_involved_is_its_part(
    cells: dict[str, object], senders: list[str], noted: str, result: str
) -> None:
    answers = [{**TICKED, "from": sender, "key": str(i)} for i, sender in enumerate(senders)]
    read = ledger(register=[line(**{**JOINT, **cells})], index=INDEX, answers=answers, departments=OTHERS)
    outcome = take_over(read, NOW)
    register = outcome.ledger.register
    assert (register["parts_answered"][0], register["result"][0]) == (noted, result)
    written = {
        (change.column.key, cell)
        for change in differences(read, outcome.ledger, {("register", "result"), ("register", "parts_answered")})
        for cell in change.after.tolist()
    }
    wanted = {("result", result), ("parts_answered", noted if noted != cells.get("parts_answered") else "")}
    assert written == {one for one in wanted if one[1]}
    assert take_over(outcome.ledger, NOW).filled == ()  # once
