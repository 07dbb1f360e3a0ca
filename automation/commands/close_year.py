"""close-year: move the filed cases of a year that is over to a workbook of their own, or say what would move."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from automation.commands.copy_cells import translated
from automation.commands.language import spoken_of
from automation.commands.options import Session, moment
from automation.ledger.errors import Busy, LedgerError, Misused
from automation.ledger.model import Ledger
from automation.ledger.office_time import local_time
from automation.ledger.year_books import OLDEST_LEFT
from automation.run.book_name import name_of_book
from automation.run.closing import closed_year, ledger_to_close, note_in_runs, planned_closing
from automation.run.job import Result
from automation.steps.closing import Closing, years_to_close
from automation.steps.years_due import NewLine
from automation.text.catalogue import Message, Sentences, counted, msg
from automation.workbooks.laid_out import Contents, LaidOut
from automation.workbooks.opening import workbook_at
from sheet_schema import HISTORY, NOTICES, RUNS, TABS, Place
from sheet_schema.sending_words import RunOutcome
from sheet_schema.settings import BOOKS_AFTER_YEARS

_SAID: Mapping[str, Message] = {
    "none": msg("There is no year to close: no filed case was filed {years} years ago or earlier."),
    "never": msg("Settings says that no year is closed; to close one all the same, name it."),
    "would": counted(
        "{year}: 1 case would move to {book} ({notices} lines of Notices, {history} of History, {runs} of Runs).",
        "{year}: {n} cases would move to {book} ({notices} lines of Notices, {history} of History, {runs} of Runs).",
    ),
    "did": counted(
        "{year}: 1 case stands in {book} now ({notices} lines of Notices, {history} of History, {runs} of Runs).",
        "{year}: {n} cases stand in {book} now ({notices} lines of Notices, {history} of History, {runs} of Runs).",
    ),
    "nothing": msg("{year}: no case can move."),
    "stays": msg("{numbers} stay here: {why}."),
    "failed": msg("{year} could not be closed, which is tried again tomorrow: {why}"),
    "how": msg("Nothing was written. Say it again with --yes to do it."),
}
_WHY: Mapping[str, Message] = {
    "seal": msg("what was sealed was changed since, so run verify, then reseal"),
    "mail": msg("a mail about them is on its way"),
    "handover": msg(
        "the hand-over list that names them has reached nobody yet, so look at Notices, or name an archivist"
    ),
    "number": msg("the number stands in another row as well"),
    "formula": msg("there is a formula in one of their rows"),
    "referred": msg("a formula elsewhere points at one of their rows"),
    "merged": msg("there are merged cells in one of their rows"),
}
_OTHERWISE = msg("something in the workbook holds one of their rows")


@dataclass(frozen=True)
class CloseYearOptions:
    """The options of `close-year`, as typed."""

    workbook: str
    year: int | None = None
    now: str | None = None
    really: bool = False


def close_years(asked: CloseYearOptions, session: Session) -> int:
    """Close the year that was named, or all that lie as far back as Settings says; or say what would be done."""
    workbook, now = workbook_at(asked.workbook, session.real_time), moment(asked.now, session.real_time)
    session.tell("reading")
    snapshot = workbook.read()
    ledger = ledger_to_close(snapshot)
    texts = Sentences(_SAID, spoken_of(ledger.language))
    years = _years(asked, ledger, local_time(now, ledger.policy.settings.zone))
    if not years:
        after = ledger.policy.settings.whole(BOOKS_AFTER_YEARS)
        session.say(texts.say("none", years=max(after, OLDEST_LEFT)) if after else texts["never"])
        return 0
    session.tell("writing" if asked.really else "working_out")
    for year in years:
        for line in _closed(workbook, year, now, texts) if asked.really else _would_close(workbook, year, texts):
            session.say(line)
    if not asked.really:
        session.say(texts["how"])
    return 0


def close_what_is_due(workbook: LaidOut, result: Result, now: datetime, *, dry_run: bool) -> list[str]:
    """Close the year that a run found due, after all else it did, and say what came of it.

    What cannot be done goes to *Runs*, from where the next runs tell the administrators. Raises Busy, and LedgerError if not
    even that can be written.
    """
    if result.closes is None:
        return []
    year, texts = result.closes.year, Sentences(_SAID, spoken_of(result.after.language))
    if dry_run:
        return [*_would_close(workbook, year, texts)]
    try:
        closing, book = closed_year(workbook, year, now, contents_of_a_book)
    except Busy:
        raise
    except LedgerError as error:
        note_in_runs(workbook, NewLine(year, RunOutcome.FAILED, error.say(result.after.language)), now)
        return [texts.say("failed", year=str(year), why=error.say(spoken_of(result.after.language)))]
    if not book:
        note_in_runs(workbook, NewLine(year, RunOutcome.DONE, texts.say("nothing", year=str(year))), now)
    return [*_told(closing, "did", book, texts)]


def _years(asked: CloseYearOptions, ledger: Ledger, now: datetime) -> list[int]:
    after = ledger.policy.settings.whole(BOOKS_AFTER_YEARS)
    if asked.year is None:
        return years_to_close(ledger, now, after) if after else []
    if asked.year > now.year - OLDEST_LEFT:
        raise Misused(
            msg(
                "The last year that can be closed is {last}: figures of digests and of the Dashboard look back so far."
            ).of(last=str(now.year - OLDEST_LEFT))
        )
    return [asked.year]


def _would_close(workbook: LaidOut, year: int, texts: Sentences) -> Iterator[str]:
    planned = planned_closing(workbook, year)
    book = name_of_book(workbook, planned.ledger, year) if planned.closing.numbers else ""
    yield from _told(planned.closing, "would", book, texts)


def _closed(workbook: LaidOut, year: int, now: datetime, texts: Sentences) -> Iterator[str]:
    closing, book = closed_year(workbook, year, now, contents_of_a_book)
    yield from _told(closing, "did", book, texts)


def _told(closing: Closing, what: str, book: str, texts: Sentences) -> Iterator[str]:
    if closing.numbers:
        count = {tab.key: len(closing.going[tab.key]) for tab in (NOTICES, HISTORY, RUNS)}
        yield texts.say(what, n=len(closing.numbers), year=str(closing.year), book=book, **count)
    else:
        yield texts.say("nothing", year=str(closing.year))
    by_reason: dict[str, list[str]] = {}
    for number, why in closing.staying.items():
        by_reason.setdefault(why, []).append(number)
    for why, numbers in by_reason.items():
        yield texts.say("stays", numbers=numbers, why=_WHY.get(why, _OTHERWISE))


def contents_of_a_book(ledger: Ledger) -> Contents:
    """What a book in Google is laid out with: the administrators' tabs, by whose rules its cases are explained."""
    rows = translated(ledger, ledger.language)
    return Contents(ledger.language, {tab.key: rows[tab.key] for tab in TABS if tab.place is Place.ADMINISTRATOR})
