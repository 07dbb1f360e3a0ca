"""Random weeks in which people alter a ledger silently: `python -m tests.hands SEED COUNT` (docs/design.md#p2.24).

People overwrite, empty and fill in cells of the Register, sort it, put blank rows between, add cases, and change, add, take
out and sort rows of the administrators' tabs; a run follows now and then. After each run History must name exactly what
they did since the one before, with what stood there before and after, and of restricted cases the column alone.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random

from automation.cases.confidentiality import quotable_cases
from automation.ledger.altered_rows import AlteredRow
from automation.ledger.model import Ledger
from automation.ledger.parsing import parse
from automation.ledger.workbook import Cell, Grid, Snapshot
from automation.run.job import JOBS, Request
from automation.run.plan import plan
from automation.run.two_worlds import after_run
from automation.steps.history_check import broken_lines_of_history
from sheet_schema import HISTORY, REGISTER, TAB
from tests.support.ledger_in_memory import NOW, line, preset_rows, snapshot

Told = Counter[tuple[str, ...]]
"""Lines about what people changed: case, tab, row, column, before and after."""
Rows = list[list[Cell]]
TEXTS: dict[str, Sequence[str]] = {
    "summary": ("作业太多", "食堂饭菜太凉", "收费不明", "校车晚点", "宿舍太吵"),
    "contact": ("13800000001", "13900000002", "a@b.example", ""),
    "petitioner": ("陈静", "周明", "吴刚", "匿名"),
    "kind": ("申诉求决", "检举控告", "咨询", "意见建议"),
    "restricted": ("", "是", "否"),
    "about": ("", "-", "王芳", "总务处"),
    "handler": ("", "王芳", "王强"),
    "department": ("", "教务处", "总务处"),
    "decision": ("", "受理"),
    "result": ("", "已答复", "已解决"),
    "extended_to": ("", "2026-06-01"),
    "reason": ("", "家长要求", "已另行处理"),
    "people": ("", "3", "12"),
}
"""What people type in the Register, by column."""
RULES: dict[str, tuple[str, Sequence[str]]] = {
    "deadlines": ("amount", ("5", "7", "30", "45")),
    "escalation": ("after", ("1", "2", "9")),
    "routing": ("note", ("试行", "旧规", "")),
    "people": ("phone", ("1", "22", "333", "")),
    "departments": ("note", ("三楼", "")),
    "topics": ("hint", ("一", "二", "")),
    "calendar": ("kind", ("放假", "校历假期", "调休上班")),
}
"""Administrators' tabs: a column in which people type, and what."""


@dataclass
class Week:
    """A ledger, the time, and what people did since the last run by the cell: what stood there, what stands there."""

    random: Random
    ledger: Snapshot
    now: datetime = NOW
    cells: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    rules: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    gone: dict[tuple[str, str], str] = field(default_factory=dict)
    said: Told = field(default_factory=Counter)

    def rows(self, tab: str) -> Rows:
        return rows_of(self.ledger, tab)

    def put(self, tab: str, rows: Rows) -> None:
        title = TAB[tab].label("zh")
        self.ledger = replace(self.ledger, grids={**self.ledger.grids, title: Grid(title, rows)})


def rows_of(ledger: Snapshot, tab: str) -> Rows:
    """The rows of a tab, each as wide as its headers."""
    rows = ledger.grids[TAB[tab].label("zh")].rows
    return [[*row, *[""] * (len(rows[0]) - len(row))] for row in rows]


def at(tab: str, key: str) -> int:
    return TAB[tab].keys.index(key)


def text(cell: Cell) -> str:
    return str(int(cell)) if isinstance(cell, float) else str(cell)


def _cases(rows: Rows) -> list[int]:
    """The rows of the Register with a case that a run has seen."""
    content = [at("register", key) for key in REGISTER.staff_keys]
    return [i for i, row in enumerate(rows) if i and row[0] != "" and any(row[k] not in ("", False) for k in content)]


def overwrite(week: Week) -> None:
    rows = week.rows("register")
    row = week.random.choice(_cases(rows))
    key = week.random.choice([*TEXTS])
    place, number = at("register", key), str(rows[row][0])
    if number in _new(week):
        return
    before, new = text(rows[row][place]), week.random.choice(TEXTS[key])
    rows[row][place] = new
    week.put("register", rows)
    first = week.cells.get((number, key), (before, ""))[0]
    week.cells[number, key] = (first, new)


def _new(week: Week) -> set[str]:
    """The cases that no run has seen yet."""
    return {number for number, key in week.cells if key == "new"}


def new_case(week: Week) -> None:
    rows = week.rows("register")
    free = [i for i, row in enumerate(rows) if i and i not in _cases(rows) and str(row[0]).startswith("LV-")]
    if free:
        week.cells[str(rows[free[0]][0]), "new"] = ("", "")
        for key, cell in line(str(rows[free[0]][0]), petitioner=f"新{week.random.random()}").items():
            rows[free[0]][at("register", key)] = str(cell)
        week.put("register", rows)


def sort_register(week: Week) -> None:
    rows = week.rows("register")
    order = sorted(
        rows[1:], key=lambda row: (row[at("register", "petitioner")] == "", str(row[week.random.choice((0, 4))]))
    )
    week.put("register", [rows[0], *order])


def blank_rows(week: Week) -> None:
    tab = week.random.choice(["register", *RULES])
    rows = week.rows(tab)
    rows.insert(week.random.randrange(1, len(rows) + 1), [""] * len(rows[0]))
    week.put(tab, rows)


def change_rule(week: Week) -> None:
    tab = week.random.choice([*RULES])
    (key, words), rows = RULES[tab], week.rows(tab)
    filled = [
        i
        for i, row in enumerate(rows)
        if i and any(cell != "" for cell in row) and (tab, _name(tab, row)) not in week.gone
    ]
    if not filled:
        return
    row = rows[week.random.choice(filled)]
    name, place = _name(tab, row), at(tab, key)
    if sum(_name(tab, one) == name for one in rows[1:]) > 1:
        return
    new = week.random.choice(words)
    first = week.rules.get((tab, name), (text(row[place]), ""))[0]
    row[place] = new
    week.rules[tab, name] = (first, new)
    week.put(tab, rows)


def _name(tab: str, row: Sequence[Cell]) -> str:
    filled = {key: text(row[at(tab, key)]).strip() for key in TAB[tab].staff_keys if text(row[at(tab, key)]).strip()}
    return AlteredRow(tab, 0, filled, filled).name if filled else ""


def sort_rules(week: Week) -> None:
    tab = week.random.choice([*RULES])
    rows = week.rows(tab)
    body = rows[1:]
    week.random.shuffle(body)
    week.put(tab, [rows[0], *body])


def take_out_rule(week: Week) -> None:
    tab = week.random.choice(["topics", "escalation", "calendar"])
    rows = week.rows(tab)
    filled = [i for i, row in enumerate(rows) if i and any(cell != "" for cell in row)]
    if len(filled) > 3:
        row = rows.pop(week.random.choice(filled))
        name = _name(tab, row)
        if (tab, name) in week.rules:
            week.rules.pop((tab, name))
        week.gone[tab, name] = name
        week.put(tab, rows)


ACTS = (overwrite,) * 8 + (new_case, sort_register, blank_rows, sort_rules, take_out_rule) + (change_rule,) * 3


def expected(week: Week, before: Ledger, after: Ledger) -> Told:
    """What History must say of what people did."""
    told: Told = Counter()
    quotable = [
        dict(zip(one.register["case_no"].tolist(), quotable_cases(one.register, after.policy).tolist(), strict=True))
        for one in (before, after)
    ]
    for (number, key), (old, new) in week.cells.items():
        if key == "new" or old == new:
            continue
        both = (old, new) if all(one[number] for one in quotable) else ("", "")
        told[number, "", "", REGISTER[key].label("zh"), *both] += 1
    for (tab, name), (old, new) in week.rules.items():
        if old != new:
            told["", TAB[tab].label("zh"), name, TAB[tab][RULES[tab][0]].label("zh"), old, new] += 1
    for tab, name in week.gone:
        told["", TAB[tab].label("zh"), name, "", "*", ""] += 1
    return told


def told_by(ledger: Snapshot) -> Told:
    """What History says that people did; of a row that came or went only that it did."""
    keys = ("case_no", "tab", "row", "column", "before", "after")
    rows = rows_of(ledger, "history")[1:]
    lines = [
        tuple(str(row[HISTORY.keys.index(key)]) for key in keys) for row in rows if row[HISTORY.keys.index("who")] != ""
    ]
    return Counter((*one[:3], "", one[4] and "*", one[5] and "*") if one[1] and not one[3] else one for one in lines)


def look(week: Week, seen: Snapshot) -> list[str]:
    """Run, and say what History does not name as it should. `seen` is the ledger as the last run left it."""
    week.now += timedelta(minutes=week.random.choice((10, 60, 600)))
    result = plan(week.ledger, Request(JOBS["run"], week.now, week.now))
    if result.stopped:
        return ["the run stopped: " + "; ".join(problem.say("en") for problem in result.problems if problem.stops)]
    wanted = expected(week, parse(seen), parse(week.ledger))
    week.ledger = after_run(week.ledger, result)
    everything = told_by(week.ledger)
    found = everything - week.said
    week.said, week.cells, week.rules, week.gone = everything, {}, {}, {}
    wrong = [f"not named: {one}" for one in (wanted - found).elements()]
    return wrong + [f"named, but nobody did it: {one}" for one in (found - wanted).elements()]


def week_of(seed: int) -> tuple[int, list[str]]:
    """A week with this seed: how many lines History has about people, and what was wrong."""
    random = Random(seed)
    numbers = [f"LV-{n:05d}" for n in range(1, 9)]
    register = [
        line(number, petitioner=f"人{number}", summary=f"{number}一事", kind=random.choice(TEXTS["kind"]))
        for number in numbers
    ]
    index = [{"case_no": number, "issued_on": "2026-03-01", "first_seen": "2026-03-02"} for number in numbers]
    given = {key: preset_rows(key, "zh") for key in ("topics", "escalation")}
    days = [{"date": f"2026-0{month}-06", "kind": "放假"} for month in (2, 3, 4, 5)]
    start = snapshot("zh", register=register, index=index, calendar=days, **given)
    # Grids of its own, since the memories of those that tests share would grow from week to week.
    week = Week(random, replace(start, grids={title: Grid(title, grid.rows) for title, grid in start.grids.items()}))
    wrong = look(week, week.ledger)
    for _ in range(5):
        seen = week.ledger
        for _ in range(random.randrange(4)):
            random.choice(ACTS)(week)
        wrong += look(week, seen)
    wrong += [problem.say("en") for problem in broken_lines_of_history(parse(week.ledger))]
    return week.said.total(), wrong


def main() -> None:
    first, count = int(sys.argv[1]), int(sys.argv[2])
    lines = 0
    failed = 0
    for seed in range(first, first + count):
        named, wrong = week_of(seed)
        lines += named
        failed += bool(wrong)
        for one in wrong:
            print(f"week {seed}: {one}", flush=True)
    print(f"{count} weeks, {lines} alterations named, {failed} weeks with something wrong")
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
