"""Searches for a slip that still shows once it is put right: in one cell, one column or a block of the Register.

`python -m tests.slips SEED COUNT` tries COUNT random slips, and prints each that left something behind, as small as it gets.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from hypothesis import HealthCheck, Phase, Verbosity, given, seed, settings
from hypothesis import strategies as st

from automation.ledger.addresses import mailbox_of
from automation.ledger.workbook import Cell, ColumnEdit, Snapshot, TabEdit
from automation.mail.transport.mailer import MailServer
from automation.run.job import JOBS, Request, Result
from automation.run.plan import plan
from automation.run.two_worlds import after_run, edited
from sheet_schema import REGISTER, SETTING
from sheet_schema.vocabulary import Sending
from tests.support.random_offices import NOW, Office, offices

SERVER = MailServer("", 0, "", "")
BATCH = 250
"""Slips tried with one seed, after which the progress is printed."""
SLIP_SEEN = datetime(2026, 3, 19, 9)
PUT_RIGHT = (datetime(2026, 3, 19, 15), datetime(2026, 3, 20, 9))
"""The first run after a slip was put right: on the same day, or on the next."""
SAID_FOR_GOOD = ("told_before", "emptied")
"""What is no difference: that somebody was told who must not know now, and that a blank line held a petitioner or a summary."""
LATER = (datetime(2026, 3, 23, 9), datetime(2026, 3, 30, 9))
ODD = ("?", "x", "-", "2026-13-45", "3/2", 0, -1, True, "见附件", "see attached", "  ", "=1/0")
"""What a slip leaves in a cell, beside what stands in its neighbours."""


@dataclass(frozen=True)
class Slip:
    """Cells of the Register typed wrongly, by row and column, and what stood there."""

    how: str
    typed: Mapping[tuple[int, int], Cell]
    before: Mapping[tuple[int, int], Cell]

    def made(self, book: Snapshot, title: str) -> Snapshot:
        return _with_cells(book, title, self.typed)

    def put_right(self, book: Snapshot, title: str) -> Snapshot:
        return _with_cells(book, title, self.before)

    def __repr__(self) -> str:
        cells = (
            f"row {row} {REGISTER.keys[at - 1]}: {self.before[row, at]!r} → {new!r}"
            for (row, at), new in self.typed.items()
        )
        return f"{self.how}: " + "; ".join(cells)


@dataclass(frozen=True)
class Day:
    """An office, the slip that somebody makes in its Register, and when the run after its correction is."""

    office: Office
    slip: Slip
    right_at: datetime

    def __repr__(self) -> str:
        return f"{self.slip}, put right at {self.right_at}, in {self.office}"


@st.composite
def days(draw: st.DrawFn) -> Day:
    """An office whose cases are known and told, and a slip."""
    office = draw(offices())
    office = replace(office, rows={**office.rows, "settings": _live(office)})
    return Day(office, draw(slips(_settled(office), REGISTER.label(office.language))), draw(st.sampled_from(PUT_RIGHT)))


def _settled(office: Office) -> Snapshot:
    """The workbook once all that was due on the day before is told."""
    book = office.book
    for moment in (NOW, NOW + timedelta(hours=6)):
        book = after_run(book, _planned(book, moment))
    return book


def _live(office: Office) -> Sequence[Mapping[str, object]]:
    values = {
        "blank_rows": "1",
        "sending": Sending.LIVE.label(office.language),
        "storm_at": 50,
        "go_live_on": "2026-01-01",
    }
    return [{"name": SETTING[key].label(office.language), "value": value} for key, value in values.items()]


@st.composite
def slips(draw: st.DrawFn, book: Snapshot, title: str) -> Slip:
    rows = [[*line, *[""] * (len(REGISTER.keys) - len(line))] for line in book.grids[title].rows]
    columns = [at for at, column in enumerate(REGISTER, start=1) if column.staff]
    last = len(rows)
    how = draw(st.sampled_from(("cell", "cell", "cell", "column", "block")))
    if how == "cell":
        row, column = draw(st.integers(2, last)), draw(st.sampled_from(columns))
        neighbours = [cell for cell in rows[row - 1] if cell != ""] + [line[column - 1] for line in rows[1:]]
        new = {(row, column): draw(st.sampled_from(["", *neighbours, *ODD]))}
    elif how == "column":
        column = draw(st.sampled_from(columns))
        there = [line[column - 1] for line in rows[1:]]
        changed = draw(
            st.sampled_from(([""] * len(there), [there[0]] * len(there), there[1:] + there[:1], sorted(there, key=str)))
        )
        new = {(row, column): cell for row, cell in enumerate(changed, start=2)}
    else:
        first = draw(st.integers(0, len(columns) - 2))
        wide = columns[first : first + draw(st.integers(2, 6))]
        row, down, across = draw(st.integers(2, last)), draw(st.integers(0, 1)), draw(st.integers(0, 1))
        cleared = draw(st.booleans())
        new = {(row, at): "" if cleared else rows[min(row + down, last) - 1][max(at - 1 - across, 0)] for at in wide}
    before = {(row, at): rows[row - 1][at - 1] for row, at in new}
    return Slip(how, {key: cell for key, cell in new.items() if cell != before[key]}, before)


def _with_cells(book: Snapshot, title: str, cells: Mapping[tuple[int, int], Cell]) -> Snapshot:
    columns = [ColumnEdit(column, [row], [cell]) for (row, column), cell in cells.items()]
    return replace(book, grids=edited(book.grids, [TabEdit(title, columns)])) if columns else book


def _planned(book: Snapshot, moment: datetime) -> Result:
    return plan(book, Request(JOBS["run"], moment, moment, outbox=Path("outbox"), server=SERVER))


@dataclass(frozen=True)
class Outcome:
    """What an office ends with: its Register, the problems in it, whom it told of what, and the mails of each day."""

    register: Sequence[Sequence[Cell]]
    problems: frozenset[tuple[object, ...]]
    told: frozenset[tuple[str, ...]]
    mails: Counter[tuple[str, date]]


def _lived(day: Day, moments: Sequence[datetime], *, slipping: bool) -> Outcome:
    title = REGISTER.label(day.office.language)
    book, told, mails = _settled(day.office), set[tuple[str, ...]](), Counter[tuple[str, date]]()
    for moment in moments:
        if slipping and moment == SLIP_SEEN:
            book = day.slip.made(book, title)
        if slipping and moment == day.right_at:
            book = day.slip.put_right(book, title)
        result = _planned(book, moment)
        told |= set(_told(result))
        mails.update((mailbox_of(mail.to), moment.date()) for mail in result.mails)
        book = after_run(book, result)
    problems = {(one.code, one.row, one.column) for one in result.problems if one.code not in SAID_FOR_GOOD}
    return Outcome(book.grids[title].rows, frozenset(problems), frozenset(told), mails)


def _told(result: Result) -> Iterator[tuple[str, ...]]:
    """Who was told what of which case. A digest has no case of its own."""
    for notice, mail in result.notices:
        if notice.case_no:
            yield mailbox_of(mail.reader.address), notice.kind, notice.case_no, notice.step, str(notice.level)


def nothing_is_left_of_it(day: Day) -> None:
    """The Register ends as if the slip had never been, all are told what they would have been, and nobody gets more
    than one mail a day because of it."""
    left = "\n".join(_left_of(day))
    assert not left, f"{left}\n{day!r}"


def _left_of(day: Day) -> Iterator[str]:
    moments = (SLIP_SEEN, day.right_at, *LATER)
    never, slipped = (_lived(day, moments, slipping=slipping) for slipping in (False, True))
    given = _given_away_meanwhile(never.register, slipped.register)
    yield from (one for row, one in _differences(never.register, slipped.register) if row not in given)
    yield from (f"problem: {one}" for one in never.problems ^ slipped.problems if one[1] not in given)
    numbers = {str(never.register[row - 1][0]) for row in given}
    yield from (f"never told: {one}" for one in sorted(never.told - slipped.told) if one[2] not in numbers)
    for (who, on), count in slipped.mails.items():
        if count > never.mails[who, on] + 1:
            yield f"{who} gets {count} mails on {on} instead of {never.mails[who, on]}"


def _given_away_meanwhile(never: Sequence[Sequence[Cell]], slipped: Sequence[Sequence[Cell]]) -> Collection[int]:
    """The rows of cases that nobody had, and that the ledger gave somebody while the slip stood. They stay there until a
    person decides (docs/design.md#p5.5)."""
    hands = [REGISTER.keys.index(key) for key in ("department", "handler")]
    return {
        row
        for row, (one, other) in enumerate(zip(never, slipped, strict=False), start=1)
        if _cells(one, hands) != _cells(other, hands) and not any(_cells(one, hands))
    }


def _cells(row: Sequence[Cell], columns: Sequence[int]) -> list[Cell]:
    return [row[at] if at < len(row) else "" for at in columns]


def _differences(never: Sequence[Sequence[Cell]], slipped: Sequence[Sequence[Cell]]) -> Iterator[tuple[int, str]]:
    for row, (one, other) in enumerate(zip(never, slipped, strict=False), start=1):
        for key, there, here in zip(REGISTER.keys, one, other, strict=False):
            if there != here and key != "problems":
                yield row, f"row {row} {key}: {here!r} instead of {there!r}"


def search(first: int, count: int) -> int:
    """Try slips, and return in how many batches one left something behind."""
    began, wrong = time.monotonic(), 0
    for done in range(0, count, BATCH):
        examples = min(BATCH, count - done)
        options = settings(
            max_examples=examples,
            database=None,
            deadline=None,
            phases=(Phase.generate, Phase.shrink),
            suppress_health_check=[*HealthCheck],
            report_multiple_bugs=False,
            verbosity=Verbosity.quiet,
        )
        try:
            seed(first + done)(options(given(days())(nothing_is_left_of_it)))()
        except AssertionError as found:
            wrong += 1
            print(f"seed {first + done}:\n{found}\n", flush=True)
        print(f"{done + examples} tried, {wrong} batches wrong, {time.monotonic() - began:.0f} s", flush=True)
    return wrong


if __name__ == "__main__":
    sys.exit(1 if search(int(sys.argv[1]), int(sys.argv[2])) else 0)
