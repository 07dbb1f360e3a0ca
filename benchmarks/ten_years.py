"""A ledger in its tenth year: what a run costs, beside calamine and openpyxl: `python -m benchmarks.ten_years [filed]`.

Prints seconds of processor time and the most memory of each, every one in a process of its own: a run on a file that
nobody touched, one that reads it anew and finds nothing to do, one that writes; and only reading the same file.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from statistics import median
from zoneinfo import ZoneInfo

import numpy as np

from automation.cases.seals import row_values, seal
from automation.commands.install import preset_rows
from automation.ledger.changes import as_cells
from automation.ledger.parsing import parse
from automation.ledger.table import Table
from automation.ledger.terms import each_row_for_itself
from automation.ledger.workbook import Cell, ColumnEdit, Commit, TabEdit
from automation.steps.filing import all_seals
from automation.workbooks.excel.layout.new_workbook import new_workbook
from automation.workbooks.excel.workbook import ExcelWorkbook
from benchmarks.nothing_to_do import filed_line
from benchmarks.register import register_line
from benchmarks.starting import JOBS, compiled_once
from sheet_schema import SETTING
from sheet_schema.preset_files import load
from sheet_schema.vocabulary import Role

OPEN, FILED, NOTICES_OF_A_CASE, LINES_OF_A_CASE, RUNS = 300, 10_000, 8, 2, 5_000
ROUNDS = 5
_SURNAMES, _GIVEN = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗",
    "伟芳娜秀敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华玉萍红建文",
)
NOW = datetime.now(ZoneInfo("Asia/Shanghai")).replace(tzinfo=None, microsecond=0)
"""By the office's own clock: a run ends at once by the real one only."""
READ_BY_CALAMINE = """
import sys
from python_calamine import CalamineWorkbook
book = CalamineWorkbook.from_path(sys.argv[1])
for name in book.sheet_names:
    book.get_sheet_by_name(name).to_python()
"""
START_AND_MEASURE = """
import os, sys
child = os.spawnv(os.P_NOWAIT, sys.argv[1], sys.argv[1:])
_, status, usage = os.wait4(child, 0)
print(usage.ru_utime + usage.ru_stime, usage.ru_maxrss, os.waitstatus_to_exitcode(status), file=sys.stderr)
"""
READ_BY_OPENPYXL = """
import sys
import openpyxl
book = openpyxl.load_workbook(sys.argv[1])
if len(sys.argv) > 2:
    book.save(sys.argv[2])
"""


def build(path: Path, filed: int = FILED) -> None:
    """A ledger on trial with `OPEN` cases and this many filed, with all their notices and history; runs have done at `NOW`
    all there was to do."""
    preset = load("cn-school")
    rows: dict[str, list[dict[str, object]]] = preset_rows(preset, "zh")
    rows["people"] = [
        {"name": f"职员{i:02d}", "role": role.label("zh"), "department": "教务处", "email": f"zy{i:02d}@school.example"}
        for i, role in enumerate([*Role, *[Role.HANDLER] * (60 - len(Role))])
    ]
    topics = [str(row["name"]) for row in rows["topics"]]
    hours = {"send_from": "00:00", "send_until": "23:59"}  # so that a run does the same at any time of day
    rows["settings"] = [
        {
            **row,
            "value": next(
                (at for key, at in hours.items() if SETTING[key].label("zh") == row["name"]), row.get("value", "")
            ),
        }
        for row in rows["settings"]
    ]
    rows["register"] = [_open(i, filed, topics) for i in range(OPEN)]
    ExcelWorkbook(path, datetime.now(UTC)).create(new_workbook("zh", rows))
    _commit(path, _past(path, filed))
    before = b""
    while before != (before := path.read_bytes()):
        _took(run_on(path), path.parent)


def _open(i: int, filed: int, topics: list[str]) -> dict[str, object]:
    """A case of the last weeks."""
    received = NOW.date() - timedelta(days=i % 12)
    line = register_line(i, topics) | {"case_no": f"LV-{filed + i + 1:05d}", "contact": f"139{i:08d}"}
    kept = ("case_no", "channel", "petitioner", "contact", "kind", "topic", "summary", "about", "department", "handler")
    return {key: line[key] for key in kept} | {"received_on": received, "received_by": "职员01"}


def _past(path: Path, filed: int) -> list[TabEdit]:
    """What ten years left in Filing, Index, Notices, History and Runs."""
    ledger = parse(ExcelWorkbook(path, datetime.now(UTC)).read())
    days = [NOW.date() - timedelta(days=3700 - int(i * 3600 / max(filed, 1))) for i in range(filed)]
    lines = [filed_line(i) | {"received_on": day, "decided_on": day, "notified_on": day} for i, day in enumerate(days)]
    for line, day in zip(lines, days, strict=True):
        closed, put_away = day + timedelta(days=20), day + timedelta(days=55)
        line |= {"petitioner": _name(int(str(line["case_no"])[3:]))}
        line |= {"replied_on": closed, "closed_on": closed, "filed_on": put_away, "year": closed.year}
    filing = _sealed(_with(ledger.filing, lines))
    digest, edits = all_seals(filing), [_edit(filing)]
    index = [
        {"case_no": line["case_no"], "issued_on": day, "first_seen": day, "closed_on": line["closed_on"]}
        | {"filed_on": line["filed_on"], "archive_no": line["archive_no"]}
        for line, day in zip(lines, days, strict=True)
    ]
    index += [
        {"case_no": f"LV-{filed + i + 1:05d}", "issued_on": NOW.date() - timedelta(days=i % 12)} for i in range(OPEN)
    ]
    runs = [_run(i, filed, digest) for i in range(RUNS)]
    notices = [
        _notice(i % NOTICES_OF_A_CASE, days[i // NOTICES_OF_A_CASE], str(lines[i // NOTICES_OF_A_CASE]["case_no"]))
        for i in range(NOTICES_OF_A_CASE * filed)
    ]
    notices.append(_handed_over(filed))
    history = [
        {
            "run": f"{days[i // 2]}T09:00:00",
            "at": datetime.combine(days[i // 2], time(9)),
            "case_no": lines[i // 2]["case_no"],
        }
        | {
            "column": ("承办部门", "经办人")[i % 2],
            "after": ("教务处", "职员07")[i % 2],
            "why": "按分办规则第3行：事项为教育教学。",
        }
        for i in range(LINES_OF_A_CASE * filed)
    ]
    for key, past in (("index", index), ("runs", runs), ("notices", notices), ("history", history)):
        edits.append(_edit(_with(ledger.tables[key], past)))
    return edits


def _run(i: int, filed: int, digest: str) -> dict[str, object]:
    at = NOW - timedelta(hours=17 * (RUNS - i))
    return {
        "run": at.isoformat(), "at": at, "command": "run", "changes": 3.0, "notices": 1.0, "problems": 0.0,
        "mail": "all", "outcome": "done", "last_seal": float(filed), "seals": digest if i == RUNS - 1 else "",
    }  # fmt: skip


def _name(i: int) -> str:
    """One of as many names as there are people, of two or three characters."""
    return (
        _SURNAMES[i % len(_SURNAMES)]
        + _GIVEN[i // 20 % len(_GIVEN)]
        + (_GIVEN[i // 997 % len(_GIVEN)] if i % 3 else "")
    )


def _handed_over(last_seal: int) -> dict[str, object]:
    """The last list for the archivist, so that the next has only what is filed from now on."""
    day = NOW.date() - timedelta(days=NOW.weekday() + 7)
    at, number = datetime.combine(day, time(9)), f"|handover||{day}|{last_seal}|职员00"
    return {
        "kind": "handover", "due_on": day, "level": str(last_seal), "slot": "职员00", "to": "zy00@school.example", "subject": "移交清单",
        "state": "sent", "attempts": 1.0, "claimed_at": at, "done_at": at, "run": _run(RUNS - 1, last_seal, "")["run"], "key": number, "mail_id": "f" * 16,
    }  # fmt: skip


def _notice(which: int, day: date, number: str) -> dict[str, object]:
    """The first is the mail that gave the case away, the others reminders and steps of the ladder."""
    kind, step = ("assignment", "") if which == 0 else (("reminder", "escalation")[which % 2], "reply")
    due, at = day + timedelta(days=30 if step else 0), datetime.combine(day + timedelta(days=2 * which), time(9))
    level, slot = str(day.toordinal() if which == 0 else which), "handler"
    return {
        "case_no": number, "kind": kind, "step": step, "due_on": due, "level": level, "slot": slot,
        "holder": "教务处 / 职员07", "to": "zy07@school.example", "subject": f"{number} 教育教学：还有{which}天到期",
        "state": "sent", "attempts": 1.0, "claimed_at": at, "done_at": at + timedelta(seconds=4), "run": at.isoformat(),
        "key": "|".join((number, kind, step, str(due) if step else "", level, slot)), "mail_id": f"{hash((number, which)) & (1 << 64) - 1:016x}",
    }  # fmt: skip


def _with(table: Table, lines: Sequence[dict[str, object]]) -> Table:
    """The table with these lines below its own."""
    columns: dict[str, list[object]] = {}
    for column in table.tab:
        if any(column.key in line for line in lines):
            dtype = table[column.key].dtype
            blank = {"O": "", "M": np.datetime64("NaT"), "b": False, "f": np.nan}[dtype.kind]
            given = [line.get(column.key, blank) for line in lines]
            columns[column.key] = [column.keys_by_word.get(str(one), one) for one in given] if column.choices else given
    return table.extended(range(table.last_row + 1, table.last_row + 1 + len(lines)), **columns)


def _sealed(filing: Table) -> Table:
    numbered = filing.having(seal_no=np.arange(1, len(filing) + 1, dtype=float))
    numbered = _as_read(numbered)
    seals = np.array([seal(values) for values in row_values(numbered, range(len(numbered)))], dtype=object)
    return numbered.having(seal=seals)


def _as_read(table: Table) -> Table:
    """The same with the cells that the sheet will hold, of which a seal takes names as they were typed."""
    read = {key: array.astype(object) for key, array in table.values.items() if array.dtype.kind == "O"}
    return replace(table, read={**table.read, **read})


def _edit(table: Table) -> TabEdit:
    rows = table.rows.tolist()
    columns = [
        ColumnEdit(table.at[column.key], rows, as_cells(column, table[column.key], "zh"))
        for column in table.tab
        if column.key in table.at
    ]
    return TabEdit(table.title, [_filled(one) for one in columns])


def _filled(column: ColumnEdit) -> ColumnEdit:
    there = [(row, value) for row, value in zip(column.rows, column.values, strict=True) if value not in ("", False)]
    return ColumnEdit(column.column, [row for row, _ in there], [value for _, value in there])


def _commit(path: Path, edits: Sequence[TabEdit]) -> None:
    workbook = ExcelWorkbook(path, datetime.now(UTC))
    with workbook.lock():
        workbook.commit(Commit(workbook.read(), edits))


def type_a_case(path: Path) -> None:
    """What somebody types: an important visit, of which leaders are told at once, in the first empty line of the Register."""
    ledger = parse(ExcelWorkbook(path, datetime.now(UTC)).read())
    register = ledger.register
    row = int(register.rows[np.flatnonzero((register["petitioner"] == "") & (register["case_no"] != ""))[0]])
    visit: dict[str, Cell] = {
        "important": True,
        "channel": "来访",
        "petitioner": "新来的人",
        "contact": "13700000001",
        "kind": "咨询",
    }
    visit |= {
        "topic": str(ledger.policy.topics[0].name),
        "summary": "询问转学手续。",
        "received_on": datetime.combine(NOW.date(), time()),
    }
    columns = [ColumnEdit(register.at[key], [row], [value]) for key, value in visit.items()]
    _commit(path, each_row_for_itself([TabEdit(register.title, columns)]))


def run_on(path: Path) -> list[str]:
    return [sys.executable, str(JOBS), "run", "--workbook", str(path)]


@dataclass(frozen=True)
class Took:
    """Seconds of processor time, and MB at most."""

    seconds: float
    megabytes: float


def _took(command: Sequence[str], folder: Path) -> Took:
    """Started by a small process, since a child counts the memory of whoever starts it as its own."""
    ended = subprocess.run(
        [sys.executable, "-S", "-c", START_AND_MEASURE, *command], cwd=folder, env=compiled_once(folder), capture_output=True, text=True, check=True
    )  # fmt: skip
    seconds, kilobytes, code = ended.stderr.splitlines()[-1].split()
    if int(code):
        raise SystemExit(f"{command} ended with {code}")
    return Took(float(seconds), int(kilobytes) / 1024)


def measured(path: Path, rounds: int) -> dict[str, list[Took]]:
    """By turns, so that whatever else the machine does meets all of them."""
    took: dict[str, list[Took]] = {}
    beside = [path, path.with_name(f"{path.name}.journal"), path.with_name(f".{path.name}.read")]
    as_it_was = {one: one.read_bytes() for one in beside if one.exists()}
    spare = path.with_name("saved.xlsx")
    for at in range(rounds):
        ways: dict[str, Callable[[], Took]] = {
            "run that finds nothing to do": lambda: _took(run_on(path), path.parent),
            "the same, with nothing kept": lambda: _took(run_on(path), path.parent),
            "run on the same file again": lambda: _took(run_on(path), path.parent),
            "run that writes": lambda: _writes(path),
            "calamine, reading only": lambda: _took([sys.executable, "-c", READ_BY_CALAMINE, str(path)], path.parent),
        }
        if at == 0:
            ways["openpyxl, load"] = lambda: _took([sys.executable, "-c", READ_BY_OPENPYXL, str(path)], path.parent)
            ways["openpyxl, load and save"] = lambda: _took(
                [sys.executable, "-c", READ_BY_OPENPYXL, str(path), str(spare)], path.parent
            )
        for name, way in ways.items():
            if name in ("run that finds nothing to do", "the same, with nothing kept", "calamine, reading only"):
                for one in beside:  # what the run that writes told the journal, too
                    one.write_bytes(as_it_was.get(one, b""))
                path.with_name(f".{path.name}.idle").unlink(missing_ok=True)
            if name == "the same, with nothing kept":  # as after another program saved the file
                path.with_name(f".{path.name}.read").unlink()
            took.setdefault(name, []).append(way())
    return took


def _writes(path: Path) -> Took:
    type_a_case(path)
    return _took(run_on(path), path.parent)


def main() -> None:
    filed = int(sys.argv[1]) if len(sys.argv) > 1 else FILED
    with tempfile.TemporaryDirectory() as folder:
        path = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(folder) / "ledger.xlsx"
        if not path.exists():
            build(path, filed)
        print(f"{OPEN} open, {filed} filed, {NOTICES_OF_A_CASE * filed} notices: {path.stat().st_size / 1e6:.1f} MB")
        print(f"{'':36}{'seconds of processor time':>28}{'MB at most':>12}")
        for name, took in measured(path, ROUNDS).items():
            seconds = [one.seconds for one in took]
            print(
                f"{name:36}{median(seconds):>14.2f} (least {min(seconds):.2f}){max(one.megabytes for one in took):>12.0f}"
            )


if __name__ == "__main__":
    main()
