"""Notes that a letter was handed over, as a person confirms: the day in the column that the letter is about, the way beside the letter.

Making a letter tells nobody anything, so that only this fills in *Notified on* and the like (docs/design.md#p16.8).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

import numpy as np

from automation.cases.cases import Cases
from automation.cases.letters.facts import declared_for
from automation.cases.letters.made import Made, as_cell, made_in
from automation.ledger.errors import Busy, LedgerError
from automation.ledger.history import run_mark
from automation.ledger.model import Filled, Ledger
from automation.ledger.office_time import local_time
from automation.ledger.recognition import refuse_what_is_no_ledger
from automation.ledger.workbook import Changed, Workbook
from automation.run.history import with_history
from automation.run.row_commit import ATTEMPTS, Rows, committed, rows_of
from automation.text.catalogue import msg, with_note
from sheet_schema import REGISTER, Language
from sheet_schema.letter_words import DeliveryWay, LetterKind

_WHY = msg("{letter} was handed over, {way}")
_NEVER = msg(
    "No {letter} of {number} was made, so none can be handed over: make it first, or type the day in the Register yourself."
)
_RECORD = msg("A record of delivery is signed, not handed over: name the letter that was.")
_AHEAD = msg("{day} is still ahead: a letter is noted once it was handed over.")
_BEFORE = msg("{day} is before {made}, when the letter was made.")
_ELSE = msg("“{column}” of {number} says {there} already, so {day} was not written: put right there what is wrong.")
_OTHERWISE = msg(
    "{letter} of {number} is noted already as handed over: {there}. To correct that, correct “{column}” in the Register."
)
_UNREADABLE = msg("“{column}” of {number} holds something that is no day: put that right first.")


@dataclass(frozen=True)
class HandedOver:
    """What a person confirms: which kind of letter, on which day, in which way."""

    kind: LetterKind
    day: date
    way: DeliveryWay


@dataclass(frozen=True)
class Noted:
    """What was noted of which case: in `column`, blank if the letter fills in none. `anew` is False if all of it stood there."""

    number: str
    column: str
    language: Language
    anew: bool = True


def hand_over(workbook: Workbook, line: Callable[[Cases], int], handed: HandedOver, now: datetime) -> Noted:
    """Note it in the row that `line` finds. Raises LedgerError if the row says something else, Busy."""
    refuse_what_is_no_ledger(workbook.read())  # before anything is locked, which leaves a file beside it
    with workbook.lock():
        for _ in range(ATTEMPTS):
            rows = rows_of(workbook, now)
            at = line(rows.cases)
            number, here = str(rows.ledger.register["case_no"][at]), local_time(now, rows.ledger.policy.settings.zone)
            fills = declared_for(rows.cases, handed.kind.key).fills
            noted = Noted(number, fills, rows.ledger.language)
            after = _noted(rows, at, handed, here)
            if after is None:
                return replace(noted, anew=False)
            try:
                if number not in committed(workbook, rows, after):
                    return noted
            except Changed:
                continue
    raise Busy(msg("{workbook} was saved again and again: try again in a minute.").of(workbook=workbook.name))


def _noted(rows: Rows, at: int, handed: HandedOver, now: datetime) -> Ledger | None:
    """The ledger in which it is noted; None if it was before. Raises LedgerError."""
    ledger, register, language = rows.ledger, rows.ledger.register, rows.ledger.language
    fills = declared_for(rows.cases, handed.kind.key).fills
    said = with_note(handed.day.isoformat(), handed.way.label(language), language)
    letters = made_in(str(register["letters_made"][at]))
    last = _last(letters, str(register["case_no"][at]), handed, now, language)
    filled = _day_to_fill(ledger, at, fills, handed.day) if fills else False
    if letters[last].handed not in ("", said):
        column = REGISTER[fills or "letters_made"]
        raise LedgerError(
            _OTHERWISE.of(
                letter=handed.kind, number=register["case_no"][at], there=letters[last].handed, column=column
            ),
            language,
        )
    if letters[last].handed == said and not filled:
        return None
    letters[last] = replace(letters[last], handed=said)
    made = register["letters_made"].copy()
    made[at] = as_cell(letters)
    columns, why = {"letters_made": made}, _WHY.say(language, letter=handed.kind, way=handed.way)
    if filled:
        columns[fills] = register[fills].copy()
        columns[fills][at] = np.datetime64(handed.day)
    after = ledger.having(register=register.having(**columns))
    return with_history(after, [Filled(key, [at], [why]) for key in columns], run_mark(now), now)


def _last(letters: list[Made], number: str, handed: HandedOver, now: datetime, language: Language) -> int:
    """Which of the letters was handed over: the last of its kind. Raises LedgerError if there is none, or not by that day."""
    if handed.kind is LetterKind.DELIVERY:
        raise LedgerError(_RECORD, language)
    if handed.day > now.date():
        raise LedgerError(_AHEAD.of(day=handed.day), language)
    found = [i for i, one in enumerate(letters) if one.kind == handed.kind]
    if not found:
        raise LedgerError(_NEVER.of(letter=handed.kind, number=number), language)
    if handed.day.isoformat() < letters[found[-1]].day:
        raise LedgerError(_BEFORE.of(day=handed.day, made=letters[found[-1]].day), language)
    return found[-1]


def _day_to_fill(ledger: Ledger, at: int, column: str, day: date) -> bool:
    """Whether the column of the letter is blank. Raises LedgerError if it says another day, or what is no day."""
    there, typed = ledger.register[column][at], ledger.register.read[column][at]
    about: dict[str, object] = {"column": REGISTER[column], "number": ledger.register["case_no"][at]}
    if np.isnat(there):
        if typed != "":
            raise LedgerError(_UNREADABLE.of(**about), ledger.language)
        return True
    if there.item() != day:
        raise LedgerError(_ELSE.of(**about, there=there.item(), day=day), ledger.language)
    return False
