"""Closes a year: its filed cases, with all that was written about them, move to a workbook of their own.

The order makes it safe to end at any moment (docs/design.md#p8.13):

1. The book is written whole: beside the ledger, flushed, renamed.
2. It is read back, and compared with the ledger line by line and seal by seal.
3. One commit takes the rows out of the ledger and writes which numbers stand in the book.

A run that dies before 3 leaves a ledger in which everything still stands, and perhaps a book that the ledger does not know:
the next closing knows it by its mark, and compares it again or makes it anew.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime

from automation.cases.seals import row_values, seal
from automation.ledger.book_lines import Lines, lines_in_rows, lines_of
from automation.ledger.changes import as_edits, differences, unequal
from automation.ledger.errors import Busy, LedgerError
from automation.ledger.model import Ledger
from automation.ledger.notices_journal import identity, read_ledger
from automation.ledger.office_time import local_time
from automation.ledger.parsing import parse
from automation.ledger.recognition import as_a_ledger
from automation.ledger.titles_and_headers import titles_of
from automation.ledger.workbook import HEADER_ROW, Changed, Commit, RowMove, RowsOut, Snapshot
from automation.ledger.year_books import names_of_books, year_in_mark
from automation.run.edits import with_terms
from automation.run.may_run import refuse_moved
from automation.steps.closing import TABS_OF_A_BOOK, Closing, closed, closing_of
from automation.text.catalogue import msg
from automation.workbooks.address import address_of, key_of
from automation.workbooks.laid_out import Contents, LaidOut, YearBook
from sheet_schema import BOOKS, FILING, HISTORY, INDEX, NOTICES, REGISTER, RUNS, SETTING
from sheet_schema.settings import YEAR_BOOK

ATTEMPTS = 5
ContentsOf = Callable[[Ledger, Snapshot, Closing], Contents]
"""What a book that is no copy of a file is filled with."""


def closed_year(workbook: LaidOut, year: int, now: datetime, contents_of: ContentsOf) -> tuple[Closing, str]:
    """Close a year, and return what went, and the name of the book; `""` if nothing did.

    Raises Busy, or LedgerError, after which the ledger is as it was.
    """
    with workbook.lock():
        for _ in range(ATTEMPTS):
            try:
                return _closed(workbook, year, now, contents_of)
            except Changed:
                continue
    raise Busy(msg("{workbook} was saved again and again: try again in a minute.").of(workbook=workbook.name))


def _closed(workbook: LaidOut, year: int, now: datetime, contents_of: ContentsOf) -> tuple[Closing, str]:
    snapshot = workbook.read()
    ledger = ledger_to_close(snapshot)
    closing = planned(workbook, snapshot, ledger, year)
    if not closing.numbers:
        return closing, ""
    name = _name_of_book(workbook, year, ledger)
    wanted = lines_in_rows(snapshot, closing.rows(ledger))
    if not _is_made(workbook.book(name), ledger, year, wanted):
        book = YearBook(
            year, _not_in_the_book(snapshot, ledger, closing), lambda: contents_of(ledger, snapshot, closing)
        )
        workbook.make_book(snapshot, book, name)
    _refuse_unlike(workbook.book(name).read(), ledger, year, wanted, name)
    after = closed(ledger, closing, name, local_time(now, ledger.policy.settings.zone))
    titles = titles_of(snapshot.grids, ledger.language)
    edits = with_terms(snapshot, as_edits(differences(ledger, after), titles, ledger.language))
    out = [RowsOut(titles[key], rows) for key, rows in closing.rows(ledger).items()]
    workbook.commit(Commit(snapshot, edits, out=out))
    return closing, name


def _name_of_book(workbook: LaidOut, year: int, ledger: Ledger) -> str:
    """How the ledger calls the book: by the name of a file beside it, or by the address that Settings has for the next one.

    What was left of a year that was closed before gets a book of its own. Raises LedgerError if a person has to make it.
    """
    taken = names_of_books(ledger)
    if workbook.own_file is not None:
        stem = workbook.name.removesuffix(".xlsx")
        names = (f"{stem} {year}{more}.xlsx" for more in ("", *(f"-{again}" for again in range(2, 100))))
        return next(name for name in names if name not in taken)
    typed = ledger.policy.settings[YEAR_BOOK]
    key = key_of(typed) if typed else None
    if key is None or address_of(key) in taken:
        raise LedgerError(
            msg(
                "The book of {year} needs a spreadsheet of its own: make an empty Google Sheet, share it with the program as this one is, and put its address at “{setting}” in Settings."
            ).of(year=str(year), setting=SETTING[YEAR_BOOK]),
            ledger.language,
        )
    return address_of(key)


def ledger_to_close(snapshot: Snapshot) -> Ledger:
    """The ledger, if its years can be closed now. Raises LedgerError."""
    in_tabs, ledger = read_ledger(snapshot)
    refuse_moved(ledger)
    if stops := [one.said for one in ledger.problems if one.stops]:
        raise LedgerError(msg("No year can be closed yet. {problem}").of(problem=stops[0]), ledger.language)
    if not ledger.tables[BOOKS.key].at:
        raise LedgerError(
            msg("The tab “{tab}” is missing: run install, which adds it, then close the year.").of(tab=BOOKS),
            ledger.language,
        )
    before, now = (one.tables[NOTICES.key] for one in (in_tabs, ledger))
    if len(before) != len(now) or any(unequal(before[key], now[key]).any() for key in now.values):
        raise LedgerError(
            msg("What became of some mails is not noted in the workbook yet: let `run` do so, then close the year."),
            ledger.language,
        )
    return ledger


def planned(workbook: LaidOut, snapshot: Snapshot, ledger: Ledger, year: int) -> Closing:
    """What goes when the year is closed, without cases of which a row cannot be taken out whole."""
    closing, titles = closing_of(ledger, year, {}), titles_of(snapshot.grids, ledger.language)
    rows = {key: theirs for key, theirs in closing.rows(ledger).items() if theirs}
    held = {key: workbook.bound(snapshot, RowMove(titles[key], titles[key], theirs)) for key, theirs in rows.items()}
    return closing_of(ledger, year, held) if any(held.values()) else closing


def _not_in_the_book(snapshot: Snapshot, ledger: Ledger, closing: Closing) -> list[RowsOut]:
    """The rows of a copy of the ledger that its book does not have: all but those that go, and the first line of Runs."""
    titles, going = titles_of(snapshot.grids, ledger.language), closing.rows(ledger)
    runs = ledger.tables[RUNS.key]
    first = runs.rows[runs["run"] == identity(ledger)][:1].tolist()
    found = []
    for key in (REGISTER.key, FILING.key, INDEX.key, NOTICES.key, HISTORY.key, RUNS.key):
        kept = {*going.get(key, ()), *(first if key == RUNS.key else ())}
        last = len(snapshot.grids[titles[key]].rows)
        found.append(RowsOut(titles[key], [row for row in range(HEADER_ROW + 1, last + 1) if row not in kept]))
    return found


def _is_made(book: LaidOut, ledger: Ledger, year: int, wanted: Lines) -> bool:
    """Whether the book is there already, with just these lines: a closing died before it took them out of the ledger.

    Raises LedgerError for any other workbook, and for a book with cases that the ledger does not have.
    """
    if not book.is_there:
        return False
    there = book.read()
    if book.takes_a_new_ledger:
        return False
    if year_in_mark(there.mark) != year or identity(parse(as_a_ledger(there))) != identity(ledger):
        raise LedgerError(
            msg("{name} is not the book of {year} of this ledger: move it away, then close the year.").of(
                name=book.name, year=str(year)
            ),
            ledger.language,
        )
    if not _unlike(lines_of(there, TABS_OF_A_BOOK), wanted):
        return True
    theirs = set(parse(as_a_ledger(there)).filing["case_no"].tolist())
    if not theirs <= set(ledger.filing["case_no"].tolist()):
        raise LedgerError(
            msg("{name} has cases that this ledger does not know: move it away, or put the ledger back as it was.").of(
                name=book.name
            ),
            ledger.language,
        )
    return False


def _refuse_unlike(there: Snapshot, ledger: Ledger, year: int, wanted: Lines, name: str) -> None:
    """Raises LedgerError if the book, as read back, does not have just these lines, under seals that hold."""
    filing = parse(as_a_ledger(there)).filing
    seals = [seal(values) for values in row_values(filing, range(len(filing)))]
    sealed = seals == filing["seal"].tolist()
    if not sealed or year_in_mark(there.mark) != year or _unlike(lines_of(there, TABS_OF_A_BOOK), wanted):
        raise LedgerError(
            msg(
                "{name} was read again and differs from the ledger, which is as it was: check the disk, then close the year again."
            ).of(name=name),
            ledger.language,
        )


def _unlike(there: Lines, wanted: Mapping[str, Counter[tuple[tuple[str, str], ...]]]) -> bool:
    """Whether a book has other lines than those. It also has the ledger's first line of Runs, by which it is known."""
    more = {key: there[key] - wanted[key] for key in wanted}
    lacking = any(wanted[key] - there[key] for key in wanted)
    return lacking or any(more[key] for key in wanted if key != RUNS.key)
