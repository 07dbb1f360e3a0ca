"""find: the cases of Register, Filing and year books that have a text in them. It only reads the ledger."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from automation.cases.confidentiality import ASK_THE_OFFICE
from automation.cases.found import Found, FoundCase, cases_with
from automation.commands.books_reached import with_books
from automation.commands.console import one_object
from automation.commands.language import spoken_of
from automation.commands.options import Session
from automation.ledger.errors import Misused
from automation.ledger.model import Ledger
from automation.ledger.names.folding import text_forms
from automation.ledger.parsing import parse
from automation.ledger.year_books import book_with, names_of_books
from automation.run.may_run import refuse_moved
from automation.text.catalogue import Message, Sentences, clauses, counted, groups, msg, with_note
from automation.text.characters import one_line
from automation.workbooks.opening import workbook_at
from sheet_schema import Language

SHOWN_AT_MOST = 40
"""Cases told on the terminal; the rest are only counted. `--json` has all."""
_LONGEST = 300
"""In characters: of a cell that is longer, the terminal shows the beginning."""
_TEXTS: Mapping[str, Message] = {
    "line": msg("{name}: {text}"),
    "row": msg("{tab} row {row}"),
    "book": msg("year book {book}"),
    "none": msg("No case was found with {text}."),
    "restricted": msg("restricted: {ask}"),
}
_MORE = counted(
    "… and 1 more: say more of what it is, or --json.", "… and {n} more: say more of what it is, or --json."
)
_UNSEARCHED = counted(
    "Of 1 restricted case only the whole number was looked for; --restricted looks into it, too.",
    "Of {n} restricted cases only the whole numbers were looked for; --restricted looks into them, too.",
)


@dataclass(frozen=True)
class FindOptions:
    """The options of `find`, as typed."""

    workbook: str
    text: tuple[str, ...]
    restricted: bool = False
    as_json: bool = False


def find_cases(wanted: FindOptions, session: Session) -> int:
    """Tell which cases have the text in them. Raises Misused for a text without a letter or digit."""
    text = " ".join(wanted.text)
    if not any(text_forms([text])):
        raise Misused(msg("Say what to look for, with a letter or a digit in it: part of a name, number or summary."))
    session.tell("reading")
    workbook = workbook_at(wanted.workbook, session.real_time)
    snapshot = workbook.read()
    ledger = parse(snapshot)
    refuse_moved(ledger)
    if books := names_of_books(ledger):
        ledger = parse(with_books(workbook, snapshot, books))
    session.tell("working_out")
    found = cases_with(ledger, text, restricted=wanted.restricted)
    if wanted.as_json:
        session.say(one_object(_as_json(found, ledger)))
        return 0
    for line in _lines(found, ledger, text):
        session.say(line)
    return 0


def _as_json(found: Found, ledger: Ledger) -> dict[str, object]:
    cases = [
        {
            "case_no": one.number,
            "tab": one.table.tab.key,
            "row": None if book_with(ledger, one.number) else one.row,
            "book": book_with(ledger, one.number),
            "restricted": one.withheld,
            "cells": one.cells,
        }
        for one in found.cases
    ]
    return {"cases": cases, "restricted_unsearched": found.unsearched}


def _lines(found: Found, ledger: Ledger, text: str) -> Iterator[str]:
    language = spoken_of(ledger.language)
    texts = Sentences(_TEXTS, language)
    for one in found.cases[:SHOWN_AT_MOST]:
        yield texts.say("line", name=_name(one, ledger, language), text=_told(one, language))
    if more := len(found.cases[SHOWN_AT_MOST:]):
        yield _MORE.say(language, n=more)
    if not found.cases:
        yield texts.say("none", text=one_line(text))
    if found.unsearched:
        yield _UNSEARCHED.say(language, n=found.unsearched)


def _name(one: FoundCase, ledger: Ledger, language: Language) -> str:
    texts, book = Sentences(_TEXTS, language), book_with(ledger, one.number)
    tab = one.table.tab
    place = texts.say("book", book=book) if book else texts.say("row", tab=tab, row=one.row)
    return with_note(one_line(one.number), place, language) if one.number else place


def _told(one: FoundCase, language: Language) -> str:
    texts = Sentences(_TEXTS, language)
    if one.withheld:
        return texts.say("restricted", ask=ASK_THE_OFFICE)
    cells = {one.table.tab[key].label(language): one_line(cell, _LONGEST) for key, cell in one.cells.items()}
    received = [str(day) for day in one.table["received_on"][[one.position]].tolist() if day is not None]
    topic = [one_line(text) for text in [one.table["topic"][one.position]] if text]
    whole = [
        *received,
        *topic,
        groups((texts.say("line", name=label, text=cell) for label, cell in cells.items()), language),
    ]
    return clauses(whole, language)
