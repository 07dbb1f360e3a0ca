"""Writes a reply into Result where a person ticked *Take over*, and says beside each reply what is still to be done.

"the next run writes it into Result if that is still blank" (docs/design.md#p15.4)
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import numpy as np

from automation.cases.register_lines import register_lines_of
from automation.ledger.case_numbers import tidy_number
from automation.ledger.model import Filled, Ledger, Outcome, Problem
from automation.ledger.office_time import today
from automation.ledger.parsing import habits_of
from automation.ledger.problems import problem
from automation.ledger.typed.rating import rating_in
from automation.steps.taken_parts import department_answering, with_answer
from automation.text.catalogue import msg
from sheet_schema import ANSWERS, REGISTER
from sheet_schema.answers import TAKEN_IN, AnswerState

WHY = msg("taken over from a reply by mail")


def take_over(ledger: Ledger, now: datetime) -> Outcome:
    """The ledger in which each ticked reply stands in the Result of its case, if that is still blank; of a department also
    involved, the day of its answer in Parts answered."""
    answers, register = ledger.tables[ANSWERS.key], ledger.register
    ticked = answers["take_over"] & np.isnat(answers["taken_on"]) & (answers["text"] != "")
    wanted = np.flatnonzero(ticked & (answers["state"] != AnswerState.PETITIONER.key))
    if not len(wanted):
        return Outcome(ledger)
    places = places_of(ledger)
    result, read = register["result"], register.read["result"]
    taken: dict[int, int] = {}
    parts: dict[int, str] = {}
    done: list[int] = []
    for answer in wanted[np.argsort(answers["received_at"][wanted], kind="stable")].tolist():
        at = places.get(tidy_number(answers["case_no"][answer]))
        if at is None:
            continue
        whose = department_answering(ledger, at, answers["from"][answer])
        if whose:
            noted, day = register["parts_answered"][at], answers["received_at"][answer].item().date()
            if noted or register.read["parts_answered"][at] == "":  # nothing that cannot be read gives way
                parts[at] = with_answer(ledger, at, whose, day, parts.get(at, noted))
                done.append(answer)
            continue
        if at not in taken and result[at] == "" and read[at] == "":
            taken[at] = answer
            done.append(answer)
        elif at not in taken and result[at] == answers["text"][answer]:
            done.append(answer)  # a person copied it, or an earlier run wrote it and no more
    taken_on = answers["taken_on"].copy()
    taken_on[done] = today(now)
    ledger = ledger.having(answers=answers.having(taken_on=taken_on))
    parts = {at: cell for at, cell in parts.items() if cell != register["parts_answered"][at]}
    results = {at: answers["text"][answer] for at, answer in taken.items()}
    filled = []
    for column, cells in (("result", results), ("parts_answered", parts)):
        if cells:
            positions, texts = np.asarray([*cells], dtype=np.int64), np.array([*cells.values()], dtype=object)
            ledger = ledger.having(register=ledger.register.filling(column, positions, texts))
            filled.append(Filled(column, tuple(cells), (WHY.say(ledger.language),) * len(cells)))
    return Outcome(ledger, tuple(filled))


def places_of(ledger: Ledger) -> dict[str, int]:
    """The line of each case in the Register; none of a number that stands twice or is in doubt."""
    lines = np.flatnonzero(register_lines_of(ledger).cases).tolist()
    numbers = ledger.register["case_no"]
    found: dict[str, int] = {}
    for at in lines:
        found[numbers[at]] = -1 if numbers[at] in found else at
    return {number: at for number, at in found.items() if at >= 0}


def answer_problems(ledger: Ledger) -> Iterator[Problem]:
    """What is to be said beside the rows of Answers."""
    answers = ledger.tables[ANSWERS.key]
    places = places_of(ledger) if len(answers) else {}
    for i in range(len(answers)):
        if (code := _code(ledger, places, i)) is not None:
            yield Problem(
                ANSWERS.key,
                int(answers.rows[i]),
                "take_over",
                code,
                problem(
                    code,
                    value=answers["from"][i],
                    number=answers["case_no"][i],
                    others=answers["perhaps"][i],
                    column=REGISTER["result"],
                    rating=REGISTER["satisfaction"],
                ),
                case_no=answers["case_no"][i],
            )


def _code(ledger: Ledger, places: dict[str, int], i: int) -> str | None:
    answers, register = ledger.tables[ANSWERS.key], ledger.register
    state, number = answers["state"][i], tidy_number(answers["case_no"][i])
    if state not in [one.key for one in TAKEN_IN]:
        return f"answer_{state}" if state in _LISTED else None
    if not np.isnat(answers["taken_on"][i]):
        return None
    if state == AnswerState.PETITIONER and number:
        return _of_rating(ledger, places.get(number), i)
    if not number:
        return "answer_which_case" if answers["perhaps"][i] else "answer_no_case"
    if not answers["text"][i]:
        return "answer_no_text"
    if not answers["take_over"][i]:
        return None
    at = places.get(number)
    if at is None:
        return "answer_case_gone"
    if department_answering(ledger, at, answers["from"][i]):
        return None
    return "answer_result_there" if register["result"][at] != "" or register.read["result"][at] != "" else None


def _of_rating(ledger: Ledger, at: int | None, i: int) -> str | None:
    """What is to be said beside what somebody says of how their case was handled."""
    answers, register = ledger.tables[ANSWERS.key], ledger.register
    if at is None:
        return "answer_case_gone"
    if not rating_in(str(answers["text"][i]), habits_of(ledger)):
        return "answer_no_rating"
    if register["satisfaction"][at] != "" or register.read["satisfaction"][at] != "":
        return "answer_rating_there" if answers["take_over"][i] else None
    return "answer_rating"


_LISTED = frozenset(one.key for one in AnswerState) - {one.key for one in TAKEN_IN}


def with_answer_problems(ledger: Ledger) -> Ledger:
    """The ledger with what is to be said beside each row of Answers."""
    answers = ledger.tables[ANSWERS.key]
    if not len(answers):
        return ledger
    column = np.full(len(answers), "", dtype=object)
    places = {row: at for at, row in enumerate(answers.rows.tolist())}
    for one in answer_problems(ledger):
        column[places[one.row or 0]] = one.say(ledger.language)
    return ledger.having(answers=answers.having(problems=column))
