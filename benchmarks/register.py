"""The cost of parsing, validating and assigning a large Register in memory: `python -m benchmarks.register [rows]`.

It prints rows a second, the ratio to only parsing the same grid, and whether the time grows linearly.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date, datetime, timedelta
from time import process_time

from automation.ledger.parsing import parse
from automation.ledger.workbook import Cell, Grid, Snapshot
from automation.run.job import JOBS, Request
from automation.run.plan import plan
from sheet_schema import REGISTER, SETTING, TABS
from sheet_schema.preset_files import load

NOW = datetime(2026, 3, 18, 9, 0)  # noqa: DTZ001  (the office's own clock)


def grids(count: int) -> Snapshot:
    """A full ledger: most cases closed, some open.

    A tenth have no department, one in twenty has a mistake, and one in five comes from somebody who came before.
    """
    preset = load("cn-school")
    tabs: dict[str, list[dict[str, object]]] = {
        key: preset.rows(key, "zh") for key in ("topics", "departments", "routing", "deadlines", "escalation")
    }
    tabs["people"] = [{"name": f"职员{i:02d}", "role": "经办人"} for i in range(60)]
    tabs["settings"] = [{"name": SETTING["blank_rows"].label("zh"), "value": "30"}]
    topics = [str(row["name"]) for row in tabs["topics"]]
    tabs["register"] = [register_line(i, topics) for i in range(count)]
    made = {}
    for tab in TABS:
        if tab.columns:
            body: list[list[Cell]] = [[row.get(c.key, "") for c in tab] for row in tabs.get(tab.key, [])]  # type: ignore[misc]
            made[tab.label("zh")] = Grid(tab.label("zh"), [[c.label("zh") for c in tab], *body])
    return Snapshot(made, "v")


def register_line(i: int, topics: list[str]) -> dict[str, object]:
    received = date(2015, 1, 5) + timedelta(days=i % 4090)
    line: dict[str, object] = {
        "case_no": f"LV-{i + 1:05d}",
        "channel": "来访",
        "petitioner": f"来访人{i - 7 if i % 5 == 0 else i}",
        "contact": f"138{i:08d}",
        "kind": ("申诉求决", "建议", "咨询", "检举控告")[i % 4 if i % 40 == 3 else i % 3],
        "topic": topics[i % len(topics)],
        "summary": f"反映第{i}件事项，希望学校核实并答复。" + ("涉及职员07。" if i % 97 == 0 else ""),
        "about": "职员11" if i % 40 == 3 else "",
        "received_on": received,
        "received_by": f"职员{i % 60:02d}",
        "department": "" if i % 10 == 0 else "教务处",
        "handler": f"职员{i % 60:02d}",
    }
    if i % 8:
        line |= {
            "decision": "受理",
            "decided_on": received,
            "notified_on": received,
            "result": "已核实处理。",
            "outcome": "支持",
            "replied_on": received + timedelta(days=9),
            "satisfaction": "满意",
            "identity": "家长",
        }
    if i % 20 == 0:
        line["contact"] = ""
    return line


def seconds(snapshot: Snapshot) -> tuple[float, float]:
    """The seconds of processor time for only parsing, and for parsing, validating and assigning; the best of three each."""
    # Without archiving: no ledger files seventy thousand cases at once more than once in its life.
    request = Request(replace(JOBS["run"], raises=(), files=False), NOW, NOW, dry_run=True)
    bare, whole = [], []
    for _ in range(3):
        start = process_time()
        parse(_as_if_new(snapshot))
        bare.append(process_time() - start)
        start = process_time()
        plan(_as_if_new(snapshot), request)
        whole.append(process_time() - start)
    return min(bare), min(whole)


def _as_if_new(snapshot: Snapshot) -> Snapshot:
    """The same, of which nothing was worked out yet: what is remembered of a grid costs nothing the second time."""
    return replace(snapshot, grids={title: Grid(title, grid.rows) for title, grid in snapshot.grids.items()})


def main() -> None:
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    print(f"{'rows':>8} {'columns':>8} {'parse s':>9} {'whole s':>9} {'rows/s':>9} {'whole/parse':>12}")
    for count in (most // 4, most // 2, most):
        bare, whole = seconds(grids(count))
        print(
            f"{count:>8} {len(REGISTER.columns):>8} {bare:>9.2f} {whole:>9.2f} {count / whole:>9.0f} {whole / bare:>12.2f}"
        )


if __name__ == "__main__":
    main()
