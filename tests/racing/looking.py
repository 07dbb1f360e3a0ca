"""What must be true once people have stopped and the jobs have nothing left to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from automation.ledger.parsing import parse
from automation.ledger.typed.cell import as_text
from automation.pages.dashboard import TILES
from automation.run.job import Constraints
from automation.run.plan import plan
from automation.steps.verification import verify
from sheet_schema import REGISTER, By
from sheet_schema.vocabulary import Status
from tests.racing.people import CLOSING, MARK, WORKDAYS, Line, Office, opened
from tests.support import small_office as office
from tests.support import workbook_homes as homes

JOBS_FILL = tuple(column.key for column in REGISTER if column.by is By.BOTH)


def raced(folder: Path, seed: int, likely: float) -> tuple[Office, list[str]]:
    """Do eight runs among people at work, then let all settle; the people, and everything that is wrong."""
    people = opened(folder, seed, likely)
    for day in WORKDAYS:
        people.run(f"{day}T09:00")
    settled(people)
    return people, wrong(people)


def settled(people: Office) -> None:
    """Let people stop and remove their copies, and jobs run until there is nothing left to do."""
    people.name_back()
    while people.uncopy():
        pass
    for minute in range(6):
        if not office.at(people.path, f"2026-03-24T17:{minute * 10:02d}").edits:
            return
    raise AssertionError("the runs never come to rest")


def wrong(people: Office) -> list[str]:
    """Everything that is wrong."""
    return [
        *_under_no_header(people), *_lines(people), *_filled(people), *_numbers(people), *_derived(people), *_said(people), *_board(people),
    ]  # fmt: skip


def _under_no_header(people: Office) -> Iterator[str]:
    """Nothing stands in a column that has no heading."""
    for title in ("登记", "归档"):
        headers, *rows = homes.shown_in(people.path, title)
        named = {at for at, header in enumerate(headers) if header != ""}
        yield from (
            f"{title}: {cell!r} under no header"
            for row in rows
            for at, cell in enumerate(row)
            if cell != "" and at not in named
        )


def _board(people: Office) -> Iterator[str]:
    """The Dashboard counts what is in the Register, whatever was scribbled over it."""
    rows = homes.book_at(people.path, office.CLOCK).read().grids["看板"].rows
    row, column = TILES["open"]
    there = rows[row - 1][column - 1] if len(rows) >= row and len(rows[row - 1]) >= column else ""
    status = parse(homes.book_at(people.path, office.CLOCK).read()).register["status"]
    count = int(((status != "") & (status != Status.CLOSED.key)).sum())
    if there != count:
        yield f"the Dashboard says that {there} are open, and {count} are"


def _standing(people: Office) -> list[Line]:
    register = [cells for _, cells in people.rows() if cells.get(MARK)]
    filing = [cells for _, cells in people.rows("归档") if cells.get(MARK)]
    return [*register, *filing]


def _lines(people: Office) -> Iterator[str]:
    """No case lost, none doubled, no human cell overwritten or on another line."""
    register_lines = _standing(people)
    count = Counter(str(cells[MARK]) for cells in register_lines)
    for mark in people.typed:
        # A copied line may be two cases from then on, or the copy of a case that was filed.
        if count[mark] != 1 and not (count[mark] and mark in people.copied):
            yield f"{mark} stands {count[mark]} times"
    yield from (f"{mark} was deleted and is back" for mark in people.gone & set(count))
    for cells in register_lines:
        if cells[MARK] in people.copied and count[str(cells[MARK])] > 1:
            continue  # what people typed is in one of the two
        for key, value in people.typed.get(str(cells[MARK]), {}).items():
            if as_text(cells[key]) != as_text(value):  # type: ignore[arg-type]
                yield f"{cells[MARK]} {key}: {value!r} became {cells[key]!r}"
    stray = [
        cells
        for title in ("登记", "归档")
        for _, cells in people.rows(title)
        if not cells.get(MARK) and any(cells[key] for key in REGISTER.staff_keys)
    ]
    yield from (f"a line of nobody's: { {k: v for k, v in cells.items() if v} }" for cells in stray)


def _filled(people: Office) -> Iterator[str]:
    """What jobs filled in is on the line for which it was filled, according to History."""
    history = {
        (case, column): value
        for case, column, value in office.column(people.path, "history", "case_no", "column", "after")
    }
    for cells in _standing(people):
        typed = people.typed.get(str(cells[MARK]), {})
        if cells[MARK] in people.copied:
            continue
        for key in JOBS_FILL:
            if cells[key] and key not in typed and key not in CLOSING:
                said = history.get((cells["case_no"], REGISTER[key].label("zh")))
                if said is None:
                    yield f"{cells['case_no']} {key} = {cells[key]!r}, which History does not know"


def _numbers(people: Office) -> Iterator[str]:
    """Each number exists once, also in Index, and each line keeps its own."""
    register_lines = [cells for cells in _standing(people) if cells[MARK] not in people.copied]
    numbers = Counter(str(cells["case_no"]) for cells in register_lines)
    yield from (f"{number or 'no number'} stands {n} times" for number, n in numbers.items() if n > 1 or not number)
    by_hand = {cells["case_no"] for cells in _standing(people) if cells[MARK] in people.copied}
    index = Counter(str(number) for (number,) in office.column(people.path, "index", "case_no"))
    yield from (f"Index has {number} {n} times" for number, n in index.items() if n > 1)
    register = {str(cells["case_no"]) for _, cells in people.rows() if cells["case_no"]}
    filed = {str(cells["case_no"]) for _, cells in people.rows("归档") if cells["case_no"]}
    yield from (f"{number} is in both tabs" for number in (register & filed) - by_hand)
    yield from (f"{number} is not in Index" for number in (register | filed) - set(index) - by_hand)
    lost = set(index) - register - filed - people.deleted_numbers
    yield from (f"{number} was issued and stands nowhere" for number in lost)
    for cells in register_lines:
        before = people.numbers.get(str(cells[MARK]))
        if before and before != cells["case_no"] and cells[MARK] not in people.copied:
            yield f"{cells[MARK]} was {before} and is {cells['case_no']}"


def _derived(people: Office) -> Iterator[str]:
    """Deriving everything again gives what the sheet says, and the seals hold."""
    snapshot = homes.book_at(people.path, office.CLOCK).read()
    request = office.request_at(people.path, "2026-03-24T18:30")
    result = plan(snapshot, request, Constraints())
    for change in result.changes:
        yield f"{change.table.tab.key} {change.column.key} rows {change.rows.tolist()[:5]} would change"
    yield from (
        f"seal: {one.code} {one.case_no}"
        for one in verify(parse(snapshot))
        if one.code not in ("missing_number", "emptied")
    )
    if snapshot.unsettled:
        yield "the undo log is unsettled"


def _said(people: Office) -> Iterator[str]:
    """No mail was sent about a row that changed meanwhile."""
    for case, summary, text in people.said:
        if summary and summary not in " ".join(text.split()):
            yield f"a mail of {case} does not say {summary!r}"
