"""Erases a case, or its petitioner's data, in the ledger and its year books, under a certificate (docs/design.md#p23.4).

The order makes it safe to end at any moment:

1. One commit writes the certificate, which is begun, into *Erasures*, with a line in History. Nothing is erased yet.
2. Each year book that has something of it is erased; then, in one commit, the ledger. (Files go before, backups after: `commands/erase.py`.)
3. The last commit says that the certificate is done.

Whoever begins again finds by the certificate what is left to do: what was erased before is no change any more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import numpy as np

from automation.cases.seals import digest_of_seals
from automation.ledger.applied_edits import applied
from automation.ledger.certificates import CERTIFICATE, Certificate, certificates, lines_text, moment_text
from automation.ledger.changes import as_edits, differences
from automation.ledger.errors import LedgerError
from automation.ledger.history import run_mark, with_lines
from automation.ledger.history_chain import chained, digest_of_history
from automation.ledger.model import Ledger
from automation.ledger.notices_journal import read_ledger
from automation.ledger.number_ranges import numbers_in
from automation.ledger.parsing import parse
from automation.ledger.recognition import as_a_ledger
from automation.ledger.table import Table
from automation.ledger.titles_and_headers import titles_of
from automation.ledger.workbook import Changed, ColumnEdit, Commit, Snapshot, TabEdit
from automation.ledger.year_books import names_of_books
from automation.run.edits import with_one_owner
from automation.run.erasing import Erased, Erasing, erased
from automation.run.may_run import refuse_moved
from automation.steps.filing import all_seals, last_seal
from automation.text.catalogue import msg
from automation.workbooks.laid_out import LaidOut, Scour
from sheet_schema import BOOKS, ERASURES, HISTORY, RUNS
from sheet_schema.erasures import Erased as What
from sheet_schema.erasures import ErasureState
from sheet_schema.sending_words import Command, RunOutcome

ATTEMPTS = 5
Erase = Callable[[LaidOut, Commit, Scour], None]
"""Makes a commit that erases. Raises Changed, Busy, LedgerError."""


@dataclass(frozen=True)
class Book:
    """A year book as it was read, and as the ledger of its year."""

    snapshot: Snapshot
    ledger: Ledger


@dataclass(frozen=True)
class Looked:
    """The ledger as read, its year books, and the row of the case: in which table it stands, and in which book (blank: the ledger)."""

    snapshot: Snapshot
    ledger: Ledger
    books: Mapping[str, Book]
    table: Table
    at: int
    book: str = ""

    @property
    def of_row(self) -> Ledger:
        return self.books[self.book].ledger if self.book else self.ledger


@dataclass(frozen=True)
class Decided:
    """What somebody decided: who, why, and when it was typed, by the office's clock."""

    by: str
    reason: str
    now: datetime


def look(workbook: LaidOut, number_of: Callable[[Ledger], str]) -> Looked:
    """Read the ledger and its books, and find the case. Raises LedgerError if it is nowhere, or in two rows."""
    snapshot = workbook.read()
    ledger = parse(snapshot)
    refuse_moved(ledger)
    if stops := read_ledger(snapshot)[1].stops:
        raise LedgerError(msg("Nothing can be erased yet. {problem}").of(problem=stops[0]), ledger.language)
    books = {name: _book(workbook, name) for name in names_of_books(ledger)}
    number = number_of(ledger)
    places = [(table, "") for table in (ledger.register, ledger.filing)]
    places += [(book.ledger.filing, name) for name, book in books.items()]
    found = [
        (table, at, name)
        for table, name in places
        for at in np.flatnonzero(table["case_no"] == number).tolist()
        if number
    ]
    if len(found) != 1:
        raise LedgerError(
            msg("The number {number} stands on {count} lines: only a case on one line can be erased.").of(
                number=number, count=len(found)
            ),
            ledger.language,
        )
    (table, at, name) = found[0]
    return Looked(snapshot, ledger, books, table, at, book=name)


def _book(workbook: LaidOut, name: str) -> Book:
    book = workbook.book(name)
    if not book.is_there:
        raise LedgerError(
            msg("The year book {name} is not where the ledger is: put it back there, or nothing can be erased.").of(
                name=name
            )
        )
    there = book.read()
    return Book(there, parse(as_a_ledger(there)))


def next_number(ledger: Ledger) -> int:
    return max((one.number for one in certificates(ledger)), default=0) + 1


def planned(looked: Looked, erasing: Erasing) -> dict[str, Erased]:
    """What erasing changes, by year book; under a blank name in the ledger itself."""
    found = {"": erased(looked.ledger, looked.snapshot, erasing)}
    for name, book in looked.books.items():
        found[name] = erased(book.ledger, as_a_ledger(book.snapshot), erasing)
    return found


def certify(workbook: LaidOut, looked: Looked, erasing: Erasing, decided: Decided) -> None:
    """Write the certificate that is begun, with a line in History; needs the lock. Raises Busy, Changed, LedgerError."""
    plans = planned(looked, erasing).values()
    lines = {chain: left for one in plans for chain, left in one.lines.items()}
    columns = frozenset(key for one in plans for key in one.columns)
    now = _free_moment(looked.ledger, decided.now)
    certificate = Certificate(
        number=erasing.certificate,
        at=moment_text(np.datetime64(decided.now, "s")),
        case_no=erasing.number,
        what=(What.CASE if erasing.whole else What.PETITIONER).key,
        by=decided.by,
        reason=decided.reason,
        state=ErasureState.BEGUN.key,
        columns=columns,
        lines=lines,
    )
    ledger = looked.ledger
    table = ledger.tables[ERASURES.key]
    row = table.extended(
        [table.last_row + 1],
        number=[float(certificate.number)],
        at=[np.datetime64(certificate.at, "s")],
        columns=[" ".join(sorted(columns))],
        lines=[lines_text(lines)],
        **{key: [getattr(certificate, key)] for key in ("case_no", "what", "by", "reason", "state")},
    )
    after = _told(ledger.having(erasures=row), certificate, now)
    _write(workbook, looked.snapshot, _edits(looked, ledger, after), erasing.number)


def erase_books(workbook: LaidOut, looked: Looked, erasing: Erasing, erase: Erase) -> Iterator[tuple[str, Erased]]:
    """Erase in each year book, and tell how much; needs the ledger's lock."""
    for name, book in looked.books.items():
        found = erased(book.ledger, as_a_ledger(book.snapshot), erasing)
        target = workbook.book(name)
        with target.lock():
            there = target.read()
            if there.version != book.snapshot.version:
                raise Changed
            edits = with_one_owner(there, found.edits, erasing.number)
            erase(target, Commit(there, edits), Scour(erasing.sought, found.rows, erasing.whole))
        yield name, found


def erase_ledger(workbook: LaidOut, looked: Looked, erasing: Erasing, erase: Erase, now: datetime) -> Erased:
    """Erase in the ledger, in one commit that keeps the digest of all seals and those of the year books; needs its lock."""
    ledger, snapshot = looked.ledger, looked.snapshot
    found = erased(ledger, snapshot, erasing)
    edits = [*found.edits, *_digests_of_books(looked)]
    whole = parse(replace(snapshot, grids=applied(snapshot, edits)))
    if edits:
        after = _with_new_lines(whole, found, erasing.certificate, _free_moment(ledger, now))
        edits += _edits(looked, whole, after)
    terms = with_one_owner(snapshot, _each_tab_once(edits), erasing.number)
    erase(workbook, Commit(snapshot, terms), Scour(erasing.sought, found.rows, erasing.whole))
    return found


def finish(workbook: LaidOut, number: int, places: str, state: ErasureState) -> None:
    """Write into the certificate where something was erased, and whether anything is left; needs the lock."""
    snapshot = workbook.read()
    ledger = parse(snapshot)
    table = ledger.tables[ERASURES.key]
    at = int(np.flatnonzero(table["number"] == number)[0])
    told, states = table["places"].copy(), table["state"].copy()
    told[at], states[at] = places, state.key
    after = ledger.having(erasures=table.having(places=told, state=states))
    titles = titles_of(snapshot.grids, ledger.language)
    edits = as_edits(differences(ledger, after), titles, ledger.language)
    if edits:
        _write(workbook, snapshot, edits, str(table["case_no"][at]))


def _free_moment(ledger: Ledger, now: datetime) -> datetime:
    """This moment, or the first second after it by which no run is called yet: a run's lines are one in History's chain."""
    taken = {*ledger.tables[RUNS.key]["run"].tolist(), *ledger.tables[HISTORY.key]["run"].tolist()}
    while run_mark(now) in taken:
        now += timedelta(seconds=1)
    return now


def _write(workbook: LaidOut, snapshot: Snapshot, edits: list[TabEdit], owner: str) -> None:
    if workbook.commit(Commit(snapshot, with_one_owner(snapshot, edits, owner))).owners:
        raise Changed


def _edits(looked: Looked, before: Ledger, after: Ledger) -> list[TabEdit]:
    return as_edits(differences(before, after), titles_of(looked.snapshot.grids, before.language), before.language)


def _each_tab_once(edits: list[TabEdit]) -> list[TabEdit]:
    columns: dict[str, list[ColumnEdit]] = {}
    for edit in edits:
        columns.setdefault(edit.title, []).extend(edit.columns)
    return [TabEdit(title, tuple(theirs)) for title, theirs in columns.items()]


def _digests_of_books(looked: Looked) -> list[TabEdit]:
    """The digests that *Year books* keeps, where the seal of a case in a book is another now."""
    table = looked.ledger.tables[BOOKS.key]
    found = {
        row: text
        for name, book in looked.books.items()
        for row, text in _digest_in_books(looked.ledger, name, book.ledger).items()
    }
    if not found:
        return []
    return [TabEdit(table.title, (ColumnEdit(table.at["seals"], [*found], [*found.values()]),))]


def _digest_in_books(ledger: Ledger, name: str, book: Ledger) -> dict[int, str]:
    """By row of *Year books*, the digest of the seals of this book's cases as they are now, where it is another."""
    table, filing = ledger.tables[BOOKS.key], book.filing
    at = {number: i for i, number in enumerate(filing["case_no"].tolist())}
    found = {}
    for line in np.flatnonzero(table["book"] == name).tolist():
        rows = [at[number] for number in numbers_in(table["numbers"][line]) if number in at]
        seals = {int(filing["seal_no"][i]): filing["seal"][i] for i in rows if not np.isnan(filing["seal_no"][i])}
        if (digest := digest_of_seals(seals)) != table["seals"][line]:
            found[int(table.rows[line])] = digest
    return found


def _with_new_lines(ledger: Ledger, found: Erased, number: int, now: datetime) -> Ledger:
    """The ledger with the line in Runs; and with the lines of History that came to be since the certificate was begun in it."""
    certificate = next(one for one in certificates(ledger) if one.number == number)
    more = {chain: left for chain, left in found.lines.items() if certificate.lines.get(chain) != left}
    columns = certificate.columns | found.columns
    if not more and columns == certificate.columns:
        return _with_run(ledger, certificate, now, "")
    certificate = certificate._replace(lines={**certificate.lines, **more}, columns=columns)
    table = ledger.tables[ERASURES.key]
    at = int(np.flatnonzero(table["number"] == number)[0])
    lines, keys = table["lines"].copy(), table["columns"].copy()
    lines[at], keys[at] = lines_text(certificate.lines), " ".join(sorted(columns))
    return _told(ledger.having(erasures=table.having(lines=lines, columns=keys)), certificate, now)


def _told(ledger: Ledger, certificate: Certificate, now: datetime) -> Ledger:
    """The ledger with a line in History that has the certificate's digest, and one in Runs."""
    said = CERTIFICATE.say(ledger.language, number=certificate.number, digest=certificate.digest)
    cells = {
        "case_no": [certificate.case_no],
        "column": [ERASURES.label(ledger.language)],
        "after": [said],
        "why": [certificate.reason],
    }
    told = chained(ledger, with_lines(ledger, run_mark(now), now, cells))
    return _with_run(told, certificate, now, digest_of_history(told))


def _with_run(ledger: Ledger, certificate: Certificate, now: datetime, history: str) -> Ledger:
    runs = ledger.tables[RUNS.key]
    line = runs.extended(
        [runs.last_row + 1],
        run=[run_mark(now)],
        at=[np.datetime64(now, "s")],
        command=[Command.ERASE.key],
        changes=[1.0],
        outcome=[RunOutcome.DONE.key],
        message=[certificate.reason],
        last_seal=[float(last_seal(ledger))],
        seals=[all_seals(ledger.filing)],
        history=[history],
    )
    return ledger.having(runs=line)
