"""The cost of a run with nothing to do on many filed cases: `python -m benchmarks.nothing_to_do [rows]`.

It also prints where the time goes: nearly all of it into reading the file.
"""

from __future__ import annotations

import sys
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import perf_counter

from automation.commands.install import preset_rows
from automation.ledger.parsing import parse
from automation.run.job import JOBS, Request
from automation.run.plan import plan
from automation.run.run import run
from automation.workbooks.excel.layout.new_workbook import new_workbook
from automation.workbooks.excel.workbook import ExcelWorkbook
from benchmarks.register import NOW
from sheet_schema.preset_files import load


def build(path: Path, count: int) -> None:
    """Make a ledger of `count` filed cases with its Index, in which a job has run today already."""
    rows: dict[str, list[dict[str, object]]] = preset_rows(load("cn-school"), "zh")
    rows["filing"] = [filed_line(i) for i in range(count)]
    clock = datetime.now(UTC)
    ExcelWorkbook(path, clock).create(new_workbook("zh", rows))
    run(ExcelWorkbook(path, clock), Request(JOBS["run"], NOW, clock, outbox=path.with_name("ledger.outbox")))


def filed_line(i: int) -> dict[str, object]:
    received = date(2015, 1, 5) + timedelta(days=i % 3900)
    return {
        "case_no": f"LV-{i + 1:05d}",
        "channel": "来访",
        "petitioner": f"来访人{i}",
        "contact": f"138{i:08d}",
        "kind": "申诉求决",
        "topic": "教育教学",
        "summary": f"反映第{i}件事项，希望学校核实并答复。",
        "received_on": received,
        "received_by": "李敏",
        "status": "办结",
        "department": "教务处",
        "decision": "受理",
        "decided_on": received,
        "notified_on": received,
        "result": "已核实处理。",
        "outcome": "支持",
        "replied_on": received,
        "closed_on": received,
        "filed_on": received + timedelta(days=30),
        "year": received.year,
        "retention": "10年",
        "archive_no": f"0001-XF·{received.year}-D10-JY-{i:05d}",
    }


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.xlsx"
        build(path, count)
        request = Request(JOBS["run"], NOW, datetime.now(UTC), outbox=path.with_name("ledger.outbox"))
        start = perf_counter()
        result = run(ExcelWorkbook(path, datetime.now(UTC)), request)
        whole = perf_counter() - start
        if result.changes:
            raise SystemExit(f"something was left to do: {[change.column.key for change in result.changes]}")
        start = perf_counter()
        snapshot = ExcelWorkbook(path, datetime.now(UTC)).read()
        read = perf_counter()
        parse(snapshot)
        parsed = perf_counter()
        plan(snapshot, request)
        done = perf_counter()
        size = path.stat().st_size / 1e6
    print(f"{count} filed rows, {size:.1f} MB; the run: {whole:.2f} s")
    print(f"  reading the file   {read - start:.2f} s")
    print(f"  parsing            {parsed - read:.2f} s")
    print(f"  working it all out {done - parsed - (parsed - read):.2f} s")


if __name__ == "__main__":
    main()
