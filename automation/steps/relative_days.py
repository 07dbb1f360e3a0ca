"""Settles days such as 昨天 or last Friday while it is known on which day they were typed; otherwise the row asks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import numpy as np

from automation.cases.register_lines import RegisterLines, register_lines_of
from automation.ledger import problems as messages
from automation.ledger.days_said import RELATIVE, Said, as_cell, as_typed, said_in, taken, with_day
from automation.ledger.model import Ledger, Problem
from automation.ledger.office_time import today
from automation.ledger.typed.written_days import OR, days_it_could_be
from automation.steps.date_checks import PAST
from automation.steps.intake import ran_earlier_today
from sheet_schema import REGISTER

NO_YEAR = "no_year"


def settle_days(ledger: Ledger, now: datetime) -> Ledger:
    """Give each day in words that was typed today its day, which Index remembers; of others say which they could be."""
    asked = [one for one in ledger.problems if one.tab == "register" and one.code in (RELATIVE, NO_YEAR)]
    known: dict[str, dict[str, tuple[str, date]]] = {}
    lines = register_lines_of(ledger)
    for problem in asked:
        text = as_typed(ledger.register, problem)
        days = days_it_could_be(text, now.date(), past=problem.column in PAST)
        number = _number_if_typed_today(ledger, lines, problem, now) if problem.code == RELATIVE else ""
        if number and len(days) == 1:
            ledger = _settled(ledger, problem, text, days[0])
            known.setdefault(number, {})[problem.column] = (text, days[0])
        elif days:
            ledger = _asking(ledger, problem, text, days)
    return _remembering(ledger, known)


def _number_if_typed_today(ledger: Ledger, lines: RegisterLines, problem: Problem, now: datetime) -> str:
    """The case's number if a run of today saw the row before this was typed there; else nothing.

    That run would have asked about the day, and it asked about none.
    """
    i = int(np.flatnonzero(ledger.register.rows == problem.row)[0])
    at = int(lines.index_at[i])
    if at < 0 or not lines.cases[i] or not ran_earlier_today(ledger, now):
        return ""
    codes = ledger.index.read["problem_codes"][at] if at < len(ledger.index.read["problem_codes"]) else ""
    issued = ledger.index["issued_on"][at] <= today(now) and ledger.register.read["case_no"][i] != ""
    return str(ledger.register["case_no"][i]) if issued and RELATIVE not in str(codes).split() else ""


def _settled(ledger: Ledger, problem: Problem, text: str, day: date) -> Ledger:
    note = taken(problem, text, day)
    left = tuple(one for one in ledger.problems if one is not problem)
    return replace(ledger.having(register=with_day(ledger.register, problem, day)), problems=left).with_notes([note])


def _asking(ledger: Ledger, problem: Problem, text: str, days: list[date]) -> Ledger:
    """The ledger with the problem asking for the days that could be meant, as if it were typed today."""
    column, readings = REGISTER[problem.column], OR.join(map(str, days))
    said = messages.problem(f"{problem.code}_asked", column=column, value=text, readings=readings)
    asking = replace(problem, said=said)
    return replace(ledger, problems=tuple(asking if one is problem else one for one in ledger.problems))


def _remembering(ledger: Ledger, known: dict[str, dict[str, tuple[str, date]]]) -> Ledger:
    """The ledger with Index up to date: what was typed over is forgotten, what was settled now is kept."""
    index, register = ledger.index, ledger.register
    cells = index["days_said"].copy()
    if not known and not (cells != "").any():
        return ledger
    places = {str(number): i for i, number in enumerate(register["case_no"].tolist())}
    for at, number in enumerate(index["case_no"].tolist()):
        if (cells[at] or number in known) and number in places:
            kept: Said = {
                column: (text, day)
                for column, (text, day) in said_in(cells[at]).items()
                if column in register.read and str(register.read[column][places[number]]) == text
            }
            cells[at] = as_cell({**kept, **known.get(number, {})})
    return ledger.having(index=index.having(days_said=cells)) if (cells != index["days_said"]).any() else ledger
