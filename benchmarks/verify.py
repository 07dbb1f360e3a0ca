"""The cost of verifying a large Filing: `python -m benchmarks.verify [rows]`."""

from __future__ import annotations

import sys
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

from automation.cases.seals import row_values, seal
from automation.commands.install import preset_rows
from automation.ledger.parsing import parse
from automation.steps.verification import verify
from automation.workbooks.excel.layout.new_workbook import new_workbook
from automation.workbooks.excel.workbook import ExcelWorkbook
from benchmarks.nothing_to_do import filed_line
from sheet_schema.preset_files import load

BOUND = 10.0
"""The most seconds that 50,000 rows may take."""


def main() -> int:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    clock = datetime.now(UTC)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.xlsx"
        rows: dict[str, list[dict[str, object]]] = preset_rows(load("cn-school"), "zh")
        rows["filing"] = [{**filed_line(i), "seal_no": i + 1, "seal": "-"} for i in range(count)]
        rows["index"] = [
            {"case_no": row["case_no"], "filed_on": row["filed_on"], "archive_no": row["archive_no"]}
            for row in rows["filing"]
        ]
        workbook = ExcelWorkbook(path, clock)
        workbook.create(new_workbook("zh", rows))
        start = perf_counter()
        snapshot = workbook.read()
        read = perf_counter()
        ledger = parse(snapshot)
        parsed = perf_counter()
        filing = ledger.filing
        seals = filing["seal"].copy()
        seals[:] = [seal(values) for values in row_values(filing, range(count))]
        sealed = ledger.having(filing=replace(filing, values={**filing.values, "seal": seals}))
        before = perf_counter()
        found = verify(sealed)
        done = perf_counter()
    print(f"{count} filed rows: read {read - start:.2f} s, parse {parsed - read:.2f} s, verify {done - before:.2f} s")
    whole = parsed - start + done - before
    print(f"  {whole:.2f} s in all (at most {BOUND:.0f} for 50,000); found {len(found)} problems")
    return 0 if not found and whole <= BOUND else 1


if __name__ == "__main__":
    raise SystemExit(main())
