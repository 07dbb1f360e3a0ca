"""What it costs to start: a run that finds nothing to do on a small ledger, and `--help`: `python -m benchmarks.starting [rounds]`.

Prints seconds of processor time, the program's own and the system's for it, beside bare `python -c "import click"` in the
same run: a timer starts the program every ten minutes, on a computer that others work at.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import chain, repeat
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median

from automation.commands.install import preset_rows
from automation.workbooks.excel.layout.new_workbook import new_workbook
from automation.workbooks.excel.workbook import ExcelWorkbook
from benchmarks.register import register_line
from sheet_schema.preset_files import load
from sheet_schema.vocabulary import Role

JOBS = Path(__file__).parent.parent / "jobs.py"
CASES = 300
ROUNDS = 9
AT = ("--now", "2026-03-18T09:00")
BOUND_HELP, BOUND_RUN = 0.30, 0.45
"""Seconds of processor time, at most."""


def build(path: Path) -> None:
    """A ledger on trial with `CASES` cases, some open, most closed long ago; runs have done all there is to do at that time."""
    preset = load("cn-school")
    rows: dict[str, list[dict[str, object]]] = preset_rows(preset, "zh")
    roles = chain((role.label("zh") for role in Role), repeat(Role.HANDLER.label("zh")))
    rows["people"] = [
        {"name": f"职员{i:02d}", "role": role, "department": "教务处", "email": f"zy{i:02d}@school.example"}
        for i, role in zip(range(60), roles, strict=False)
    ]
    topics = [str(row["name"]) for row in rows["topics"]]
    contact = {"contact": "13800000000"}
    rows["register"] = [register_line(i, topics) | contact for i in range(CASES)]
    ExcelWorkbook(path, datetime.now(UTC)).create(new_workbook("zh", rows))
    before = b""
    for _ in range(5):  # the first runs file what is closed, and write to whom that concerns
        before = path.read_bytes()
        cpu_seconds(run_at(path), path.parent)
        if path.read_bytes() == before:
            return
    raise SystemExit("each run of the same moment wrote something")


def run_at(path: Path) -> list[str]:
    return [sys.executable, str(JOBS), "run", "--workbook", str(path), *AT]


def cpu_seconds(command: Sequence[str], folder: Path) -> float:
    """Processor time that the command took, in the program and in the system."""
    before = getrusage(RUSAGE_CHILDREN)
    subprocess.run(command, cwd=folder, env=compiled_once(folder), check=True, capture_output=True)
    after = getrusage(RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def compiled_once(folder: Path) -> dict[str, str]:
    """An environment in which Python keeps what it compiled, as it does wherever nobody forbids it."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PYTHONPYCACHEPREFIX": str(folder / "compiled")}


def main() -> int:
    """Print the median and the least of each; 1 if a bound is broken."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.xlsx"
        build(path)
        commands: dict[str, tuple[list[str], float | None]] = {
            'python -c "import click"': ([sys.executable, "-c", "import click"], None),
            "jobs.py --help": ([sys.executable, str(JOBS), "--help"], BOUND_HELP),
            "jobs.py run --help": ([sys.executable, str(JOBS), "run", "--help"], BOUND_HELP),
            f"jobs.py run, {CASES} cases, idle": (run_at(path), BOUND_RUN),
        }
        took: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(rounds):  # by turns, so that whatever else the machine does meets all of them
            for name, (command, _) in commands.items():
                took[name].append(cpu_seconds(command, path.parent))
    met = True
    print(f"{'seconds of processor time':32} {'median':>7} {'least':>7} {'at most':>8}")
    for name, (_, bound) in commands.items():
        said = ""
        if bound is not None:
            within = median(took[name]) <= bound
            met = met and within
            said = f" {bound:8.2f}  {'met' if within else 'not met'}"
        print(f"{name:32} {median(took[name]):7.3f} {min(took[name]):7.3f}{said}")
    return 0 if met else 1


if __name__ == "__main__":
    raise SystemExit(main())
