"""The cost of a run on a Google Sheet: requests, their sizes and seconds, with a Register of ten rows and of 20,000.

`python -m benchmarks.google [ROWS …]` also does by gspread alone what the run with mails did: one request for the tabs' names, one
for all cells, one that writes the same cells. Seconds are the run's own processor time: the local Sheets server works in
threads of its own, whose time does not count.
"""

from __future__ import annotations

import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path

from gspread.utils import fill_gaps, numericise_all, to_records

from automation.ledger.typed.cell import as_text
from automation.pages.page import reference
from automation.run.job import JOBS, Request, Result
from automation.run.run import run
from automation.workbooks.excel.layout.new_workbook import new_workbook
from automation.workbooks.excel.workbook import ExcelWorkbook
from automation.workbooks.google.workbook import GoogleWorkbook
from tests.support import small_office as office
from tests.support import workbook_homes as homes
from tests.support.ledger_in_memory import LEADER_AND_OFFICE, line
from tests.support.small_office import CLOCK, HANDLED

SIZES = (10, 20_000)
NOW = datetime(2026, 3, 12, 9)  # noqa: DTZ001  (the office's own clock)
REMINDED = 25
"""The number of cases whose reminder is due the next day, each with its own handler."""
HEADERS = ("rows", "run", "calls", "mails", "cells", "MB read", "largest MB sent", "s of CPU")


def main(sizes: tuple[int, ...]) -> None:
    print("".join(f"{header:>17}" for header in HEADERS))
    with tempfile.TemporaryDirectory() as folder, homes.at_home("google", Path(folder)):
        for rows in sizes:
            key = homes.on_google(_tabs(Path(folder), rows))
            done = []
            for name, moment in (
                ("first", NOW),
                ("nothing to do", NOW + timedelta(minutes=10)),
                ("25 mails", NOW + timedelta(days=1)),
                ("nothing to do", NOW + timedelta(days=1, minutes=10)),
            ):
                done.append(_measured(rows, name, key, moment, Path(folder)))
            print(
                f"the {len(done[2].mails)} mails' cells by gspread alone: {_by_gspread(key, done[2]):.2f} s of CPU",
                flush=True,
            )


def _tabs(folder: Path, rows: int) -> homes.Tabs:
    """The tabs of a ledger of `rows` cases; those with a handler get reminders, the others wait for one."""
    people = [{"name": f"经办{i:02d}", "role": "经办人", "email": f"h{i:02d}@s.example"} for i in range(REMINDED)]
    cases = [
        line(
            f"LV-{i + 1:05d}",
            petitioner=f"访客{i}",
            summary=f"事由{i}，" + "请予处理" * 20,
            contact=f"{13800000000 + i}",
            **(
                {**HANDLED, "handler": f"经办{i:02d}"}
                if i < min(REMINDED, rows)
                else {"decision": "解释说明", "reason": "已说明", "decided_on": "2026-03-10", "department": "教务处"}
            ),
        )
        for i in range(rows)
    ]
    path = folder / f"{rows}.xlsx"
    data = new_workbook(
        "zh",
        {
            "register": cases,
            "people": [*people, *LEADER_AND_OFFICE],
            "deadlines": [office.RULE],
            "escalation": [],
            "topics": [{"name": line()["topic"]}],
            "departments": office.DEPARTMENTS,
            "routing": [{"order": 1, "enabled": "启用", "department": "教务处"}],
            "settings": [{"name": "编号空行数", "value": "30"}, {"name": "发送方式", "value": "试运行"}],
        },
    )
    ExcelWorkbook(path, CLOCK).create(data)
    return homes.tabs_of(path)


def _measured(rows: int, name: str, key: str, moment: datetime, folder: Path) -> Result:
    server = homes.server()
    server.clear_calls()
    request = Request(
        JOBS["run"], moment, office.request_at(folder / "x", moment.isoformat()).real_time, outbox=folder / "out"
    )
    started = time.thread_time()
    result = run(GoogleWorkbook(key, request.real_time), request)
    seconds = time.thread_time() - started
    read = sum(call.response_bytes for call in server.calls) / 1e6
    sent = max(call.request_bytes for call in server.calls) / 1e6
    cells = sum(len(change.positions) for change in result.changes)
    figures = (
        rows,
        name,
        result.calls,
        len(result.mails),
        cells,
        f"{read:.2f}",
        f"{sent:.3f}",
        f"{seconds:.2f}",
    )
    print("".join(f"{figure!s:>17}" for figure in figures), flush=True)
    return result


def _by_gspread(key: str, result: Result) -> float:
    """Seconds of processor time that reading all tabs as records and writing the same cells take in three requests."""
    started, gspread = time.thread_time(), homes.plain_transport()
    titles = [sheet["properties"]["title"] for sheet in gspread.fetch_sheet_metadata(key)["sheets"]]
    reply = gspread.values_batch_get(
        key, [f"'{title}'" for title in titles], {"valueRenderOption": "UNFORMATTED_VALUE"}
    )
    for rows in (fill_gaps(found.get("values", [[]])) for found in reply["valueRanges"]):
        to_records(rows[0], [numericise_all(row) for row in rows[1:]])  # as `get_all_records` gives them
    data = [
        {"range": f"'{edit.title}'!{reference(row, column.column)}", "values": [[as_text(value)]]}
        for edit in (*result.edits, result.claims.edit)
        if edit is not None
        for column in edit.columns
        for row, value in zip(column.rows, column.values, strict=True)
    ]
    gspread.values_batch_update(key, {"valueInputOption": "RAW", "data": data})
    return time.thread_time() - started


if __name__ == "__main__":
    main(tuple(int(size) for size in sys.argv[1:]) or SIZES)
