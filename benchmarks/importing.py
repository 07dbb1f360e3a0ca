"""What it costs to take over a large register: `python -m benchmarks.importing [rows]`, 20,000 unless said, which is the most.

Prints seconds of processor time and the most memory of `import --dry-run`, of `import`, of one that brings nothing new and of
`find`; and of refusing tables of 100,000 rows. Two minutes.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path
from time import monotonic

from openpyxl import Workbook

JOBS = Path(__file__).parent.parent / "jobs.py"
HEADINGS = ("编号", "收到日期", "信访人", "联系方式", "反映问题", "承办部门")
TOO_MANY = 100_000


def line(at: int) -> tuple[str, ...]:
    day = date(2025, 1, 1) + timedelta(days=at % 365)
    return f"A-{at}", str(day), f"王{at}", f"138{at:08}", f"路灯坏了第{at}次，晚上不敢出门，请尽快修理", "总务处"


def text_of(rows: int) -> str:
    return "".join(",".join(one) + "\n" for one in (HEADINGS, *map(line, range(rows))))


def workbook_of(rows: int, path: Path) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("2025")
    sheet.append(HEADINGS)
    for at in range(rows):
        sheet.append(line(at))
    book.save(path)


def call(*arguments: str, folder: Path) -> str:
    """What one call cost, as a line."""
    began = monotonic()
    with subprocess.Popen(
        [sys.executable, JOBS, *arguments], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as done:
        assert done.stdout is not None
        said = done.stdout.read().decode().splitlines()
        _, _, used = os.wait4(done.pid, 0)
        done.returncode = 0
    seconds, megabytes = used.ru_utime + used.ru_stime, used.ru_maxrss // 1024
    return f"{' '.join(arguments)}: {seconds:.1f} s ({monotonic() - began:.1f} s by the clock), {megabytes} MB; {said[-1][:100]}"


def main(rows: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "old.csv").write_text(text_of(rows - 1), "utf-8")
        (folder / "long.csv").write_text(text_of(TOO_MANY), "utf-8")
        workbook_of(TOO_MANY, folder / "long.xlsx")
        call("install", folder=folder)
        for arguments in (
            ("import", "long.csv"), ("import", "long.xlsx"), ("import", "old.csv", "--dry-run"), ("import", "old.csv"),
            ("import", "old.csv"), ("find", "第777次"),
        ):  # fmt: skip
            print(call(*arguments, folder=folder), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
