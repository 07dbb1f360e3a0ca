"""A small office with a tab that an online form fills, on either kind of workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import openpyxl

from automation.ledger.foreign_sheet import ForeignFile
from automation.ledger.workbook import Cell
from automation.run.job import JOBS, Result
from automation.run.run import run
from sheet_schema.vocabulary import Sending
from tests.support.small_office import at, column, ledger_at, request_at
from tests.support.workbook_homes import (
    address,
    book_at,
    made_once,
    on_google_now,
    plain_transport,
    server,
    shown_in,
    type_cells,
)

TAB = "表单回复"
HEADINGS = ("时间戳记", "您的姓名", "联系电话", "类别", "您想反映什么", "涉及部门或人员", "事项")
MORNING = "2026-03-18T09:00"


@made_once
def office(folder: Path, **settings: str) -> Path:
    """A ledger after its first run, with an empty tab of a form."""
    path = ledger_at(
        folder,
        [],
        **{
            "intake_tab": TAB,
            "blank_rows": "8",
            "sending": Sending.LIVE.label("zh"),
            "go_live_on": "2026-01-01",
            **settings,
        },
    )
    at(path, "2026-03-17T09:00", named=True)
    with_tab(path, TAB)
    fill(path, [HEADINGS])
    return path


def with_tab(path: Path, title: str) -> None:
    """Add a tab as a person does."""
    if on_google_now():
        adding = {"addSheet": {"properties": {"title": title, "gridProperties": {"rowCount": 60, "columnCount": 12}}}}
        plain_transport().write(address(path), [adding])
        return
    book = openpyxl.load_workbook(path)
    book.create_sheet(title)
    book.save(path)


def fill(path: Path, rows: Sequence[Sequence[Cell]], first: int = 1, title: str = TAB) -> None:
    """Put these rows into the tab, as a form does."""
    cells = {(row, at): cell for row, line in enumerate(rows, start=first) for at, cell in enumerate(line, start=1)}
    type_cells(path, title, cells)


def put(path: Path, rows: Sequence[Sequence[Cell]], title: str = TAB) -> None:
    """Let the tab hold just these rows, as after a sort, a deletion or a new export."""
    old = shown_in(path, title)
    width = max([len(row) for row in (*rows, *old)], default=0)
    padded = [[*row, *[""] * (width - len(row))] for row in rows]
    fill(path, [*padded, *([""] * width for _ in range(len(old) - len(rows)))], title=title)


def taken(path: Path, moment: str = MORNING, files: Sequence[ForeignFile] = (), job: str = "run") -> Result:
    """One run, as the timer starts it."""
    request = replace(request_at(path, moment, None, JOBS[job], named=True), takes_in=files)
    return run(book_at(path, request.real_time), request)


def shown(path: Path, title: str = TAB) -> list[list[object]]:
    """The tab as a person sees it, each line without the blanks at its end."""
    rows = [[*row] for row in shown_in(path, title)]
    for row in rows:
        while row and row[-1] in ("", None):
            row.pop()
    while rows and not rows[-1]:
        rows.pop()
    return rows


def cases(path: Path, *keys: str) -> list[tuple[object, ...]]:
    """These columns of the cases in the Register."""
    return [row[1:] for row in column(path, "register", "summary", *keys) if row[0]]


__all__ = ["HEADINGS", "MORNING", "TAB", "cases", "fill", "office", "put", "server", "shown", "taken", "with_tab"]
