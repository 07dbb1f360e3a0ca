"""The plan of a run: what is written, by which command, and when there is nothing to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from automation.ledger.errors import LedgerError
from automation.ledger.workbook import Cell, Grid, Snapshot, TabEdit
from automation.run.job import JOBS, Request, Result
from automation.run.plan import plan
from sheet_schema import SETTING, TAB
from sheet_schema.sending_words import Command
from tests.support.ledger_in_memory import NOW, line, preset_rows, snapshot

Row = dict[str, object]
SOON = timedelta(minutes=10)
ALLEGATION: Row = {"kind": "检举控告", "about": "王芳", "summary": "收受礼品"}
CASES: Sequence[Row] = (
    line("LV-00001", received_on="2026-03-16"),
    line("LV-00002", **ALLEGATION),
    line("", petitioner="周明", contact="", summary="食堂"),
    line("LV-00003", department="总务处", status="办结", flags="看着"),
)
"""A complaint, an allegation, a line that somebody is still typing, and one that a person has assigned."""
INDEX: Sequence[Row] = tuple(
    {"case_no": f"LV-0000{n}", "issued_on": "2026-03-01", "first_seen": "2026-03-02"} for n in (1, 2, 3)
)


def book(register: Sequence[Row] = CASES, **tabs: Sequence[Row]) -> Snapshot:
    return snapshot(register=register, **{"index": INDEX, **tabs})


def settings(**values: str) -> Sequence[Row]:
    given = {"blank_rows": "2", **values}
    return [{"name": SETTING[key].label("zh"), "value": value} for key, value in given.items()]


def asked(job: str = "run", now: datetime = NOW, clock: datetime = NOW, **options: object) -> Request:
    return replace(Request(JOBS[job], now, clock), **options)  # type: ignore[arg-type]


def written(before: Snapshot, edits: Sequence[TabEdit]) -> Snapshot:
    """The snapshot with the edits, as a workbook would read it afterwards."""
    grids = dict(before.grids)
    for edit in edits:
        rows: list[list[Cell]] = [list(row) for row in grids[edit.title].rows]
        for column in edit.columns:
            for row, cell in zip(column.rows, column.values, strict=True):
                while len(rows) < row:
                    rows.append([""] * len(rows[0]))
                rows[row - 1][column.column - 1] = cell
        grids[edit.title] = Grid(edit.title, rows)
    return Snapshot(grids, before.version + "+")


def after_run(before: Snapshot, *jobs: str, now: datetime = NOW) -> Snapshot:
    for job in jobs:
        before = written(before, plan(before, asked(job, now)).edits)
    return before


def columns_of(result: Result) -> dict[str, set[str]]:
    """The columns that are written, by tab."""
    found: dict[str, set[str]] = {}
    for change in result.changes:
        found.setdefault(change.table.tab.key, set()).add(change.column.key)
    return found


def cells(grids: Snapshot, tab: str, *keys: str) -> list[tuple[Cell, ...]]:
    """These columns of a tab, line by line."""
    places = [TAB[tab].keys.index(key) for key in keys]
    return [tuple(row[place] for place in places) for row in grids.grids[TAB[tab].label("zh")].rows[1:]]


RUN_LINE = {"run", "at", "command", "changes", "notices", "problems", "history", "mail", "outcome"}
HISTORY = {"run", "at", "case_no", "column", "after", "why", "chain"}
INDEXED = {"case_no", "issued_on", "first_seen", "fingerprint", "problem_codes", "problems_since", "as_seen"}
DERIVED = {"light", "problems", "status", "step", "due_on", "flags", "kept_from"}


# "only `validate` and `run` write derived cells" (docs/design.md#p4.3), and of the two only `run` assigns.
@pytest.mark.parametrize(
    ("job", "expected"),
    [
        pytest.param(
            "run",
            {
                "register": {"case_no", "department"} | DERIVED,
                "routing": {"matches"},
                "index": INDEXED,
                "history": HISTORY,
                "runs": RUN_LINE,
                "rules_seen": {"tab", "part", "rows"},
            },
            id="run",
        ),
        pytest.param(
            "validate",
            {
                "register": {"case_no"} | DERIVED,
                "index": INDEXED,
                "history": HISTORY,
                "runs": RUN_LINE,
                "rules_seen": {"tab", "part", "rows"},
            },
            id="validate",
        ),
        pytest.param(
            "assign",
            {"register": {"department"}, "routing": {"matches"}, "history": HISTORY, "runs": RUN_LINE},
            id="assign",
        ),
    ],
)
def test_what_each_command_writes(job: str, expected: dict[str, set[str]]) -> None:
    assert columns_of(plan(book(), asked(job))) == expected


@pytest.mark.parametrize(
    ("job", "expected"),
    [
        pytest.param("run", ["教务处", "纪检监察室", "", "总务处", "", ""], id="run"),
        pytest.param("validate", ["", "", "", "总务处", "", ""], id="validate"),
        pytest.param("assign", ["教务处", "纪检监察室", "", "总务处"], id="assign-numbered-rows-only"),
    ],
)
def test_who_gets_the_cases(job: str, expected: list[str]) -> None:
    after = after_run(book(), job)
    assert [department for (department,) in cells(after, "register", "department")] == expected


# "A doubled run changes nothing and sends nothing" (docs/design.md#p4.2), and neither does any command after a run.
@pytest.mark.parametrize(
    "jobs",
    [
        pytest.param(["run", "run"], id="run-run"),
        pytest.param(["run", "validate"], id="run-validate"),
        pytest.param(["run", "assign"], id="run-assign"),
        pytest.param(["validate", "validate"], id="validate-validate"),
        pytest.param(["assign", "assign"], id="assign-assign"),
        pytest.param(["validate", "assign", "run", "run"], id="one-by-one-is-a-run"),
    ],
)
def test_doing_it_twice_changes_nothing(jobs: list[str]) -> None:
    before = after_run(book(), *jobs[:-1])
    assert plan(before, asked(jobs[-1], NOW + SOON)).edits == ()


def test_step_by_step_comes_to_the_same_as_one_run() -> None:
    keys = tuple(column.key for column in TAB["register"])
    at_once = after_run(book(), "run")
    by_steps = after_run(book(), "validate", "assign", "validate")
    assert cells(by_steps, "register", *keys) == cells(at_once, "register", *keys)


def test_working_out_leaves_the_snapshot_as_it_was() -> None:
    before = book()
    plan(before, asked())
    assert before == book()
    assert plan(before, asked()).edits == plan(before, asked()).edits


def test_nothing_a_person_typed_is_written_over() -> None:
    before, after = book(), after_run(book(), "run")
    typed = tuple(column.key for column in TAB["register"] if column.staff)
    old, new = (cells(one, "register", *typed) for one in (before, after))
    kept = [
        tuple(now if was != "" else "" for was, now in zip(*rows, strict=True)) for rows in zip(old, new, strict=False)
    ]
    assert kept == old


def runs_of(after: Snapshot) -> list[tuple[Cell, ...]]:
    """Each line's run, moment and command, by its English name."""
    names = {one.label("zh"): one.key for one in Command}
    return [(run, at, names[str(command)]) for run, at, command in cells(after, "runs", "run", "at", "command")]


TOMORROW = NOW.replace(day=19, hour=7)
FIRST = ("2026-03-18T09:00:00", NOW, "run")


# "a line for each run that did something and for the first of each day" (docs/design.md#p2.18), if it looked at all.
@pytest.mark.parametrize(
    ("later", "job", "typed", "expected"),
    [
        pytest.param(NOW + SOON, "run", False, [], id="nothing-to-do"),
        pytest.param(NOW + SOON, "run", True, ["run"], id="something-to-do"),
        pytest.param(TOMORROW, "run", False, ["run"], id="first-of-the-day"),
        pytest.param(TOMORROW, "validate", False, ["validate"], id="first-of-the-day-validate"),
        pytest.param(TOMORROW, "assign", False, [], id="first-of-the-day-assign"),
    ],
)
def test_lines_in_runs(later: datetime, job: str, typed: bool, expected: list[str]) -> None:
    one = line(decision="受理", decided_on="2026-03-17", notified_on="2026-03-17")
    before = after_run(book([one], index=INDEX[:1]), "run")
    if typed:
        grid = before.grids["登记"]
        edited = [list(row) for row in grid.rows]
        edited[1][TAB["register"].keys.index("contact")] = "13900000009"
        before = Snapshot({**before.grids, "登记": Grid("登记", edited)}, "v3")

    after = after_run(before, job, now=later)

    mark = later.isoformat(timespec="seconds")
    assert runs_of(after) == [FIRST, *((mark, later, command) for command in expected)]


def test_an_assign_is_no_look_at_the_whole_register() -> None:
    """The line typed yesterday was not seen empty today, even if `assign` ran since, so the row asks for its day."""
    seen_blank = [{"case_no": "LV-00001", "issued_on": "2026-03-01"}]
    yesterday = [{"run": "1", "at": "2026-03-17T20:00:00", "command": "run"}]
    before = book([line(received_on="", received_by="")], index=seen_blank, runs=yesterday)

    after = after_run(before, "assign", "run")

    assert cells(after, "register", "received_on", "problems")[0] == (
        "",
        "哪一天收到的？请填“收到日期”；按 Ctrl+; 输入今天。",
    )


def test_a_run_line_says_what_was_done() -> None:
    result = plan(book(), asked(accepted_stop="已核对"))
    runs = result.after.tables["runs"]
    written_cells = sum(len(change.positions) for change in result.changes if change.table.tab.key != "runs")
    assert {key: runs[key][-1] for key in ("command", "changes", "notices", "problems", "outcome", "message")} == {
        "command": "run", "changes": written_cells, "notices": 0, "problems": len(result.problems),
        "outcome": "done", "message": "已核对",
    }  # fmt: skip


# "rule and reason go to *History*" (docs/design.md#p4.5); of a restricted case only the column (docs/design.md#p5.8).
@pytest.mark.parametrize(
    ("job", "expected"),
    [
        pytest.param(
            "run",
            [
                ("LV-00004", "编号", "LV-00004", "新插入的行没有编号，系统编号"),
                ("LV-00001", "承办部门", "教务处", "“分办规则”第7行（顺序60）"),
                ("LV-00002", "承办部门", "", ""),
            ],
            id="run",
        ),
        pytest.param("validate", [("LV-00004", "编号", "LV-00004", "新插入的行没有编号，系统编号")], id="validate"),
        pytest.param(
            "assign",
            [
                ("LV-00001", "承办部门", "教务处", "“分办规则”第7行（顺序60）"),
                ("LV-00002", "承办部门", "", ""),
            ],
            id="assign",
        ),
    ],
)
def test_history(job: str, expected: list[tuple[str, ...]]) -> None:
    after = after_run(book(), job)
    assert sorted(cells(after, "history", "case_no", "column", "after", "why"), key=str) == sorted(expected, key=str)
    assert set(cells(after, "history", "run", "at", "before")) == {("2026-03-18T09:00:00", NOW, "")}


# When a run is refused.
MOVED = "本台账已迁往 新台账.xlsx，请使用新台账。（要继续使用本台账，请清空“设置”中的“已迁往”。）"
FAR = "--now 与当前时间相差一天以上，而本台账会正式发信：请加 --dry-run。"
DAY = timedelta(days=1)


@pytest.mark.parametrize("job", JOBS)
@pytest.mark.parametrize("dry_run", [False, True])
def test_a_moved_ledger_stops_in_words(job: str, dry_run: bool) -> None:
    with pytest.raises(LedgerError) as stopped:
        plan(book(settings=settings(moved_to="新台账.xlsx")), asked(job, dry_run=dry_run))
    assert stopped.value.say("zh") == MOVED


# More than a day from the clock, `--now` needs `--dry-run`, `--outbox` or a trial (docs/design.md#p11.3).
@pytest.mark.parametrize(
    ("sending", "ahead", "dry_run", "refused"),
    [
        pytest.param("试运行", 30 * DAY, False, "", id="trial"),
        pytest.param("", 30 * DAY, False, "", id="trial-is-the-default"),
        pytest.param("正式发送", DAY, False, "", id="live-a-day-ahead"),
        pytest.param("正式发送", -DAY, False, "", id="live-a-day-back"),
        pytest.param("正式发送", DAY + SOON, False, FAR, id="live-more-than-a-day"),
        pytest.param("正式发送", -DAY - SOON, False, FAR, id="live-more-than-a-day-back"),
        pytest.param("放行一次", 30 * DAY, False, FAR, id="release"),
        pytest.param("暂停", 30 * DAY, False, FAR, id="paused"),
        pytest.param("正式发送", 30 * DAY, True, "", id="live-dry"),
    ],
)
def test_far_from_the_clock(sending: str, ahead: timedelta, dry_run: bool, refused: str) -> None:
    said = ""
    try:
        plan(book(settings=settings(sending=sending)), asked(now=NOW + ahead, dry_run=dry_run))
    except LedgerError as error:
        said = error.say("zh")
    assert said == refused


def many_gone() -> Snapshot:
    index = [{"case_no": f"LV-{n:05d}", "first_seen": "2026-03-02"} for n in range(1, 11)]
    return book([line(f"LV-{n:05d}") for n in range(7, 11)], index=index)


@pytest.mark.parametrize("job", JOBS)
def test_a_stop_writes_nothing_until_it_is_accepted(job: str) -> None:
    """Whichever command it is, the run writes and sends nothing, and goes on once a person has accepted it."""
    stopped = plan(many_gone(), asked(job))
    accepted = plan(many_gone(), asked(job, accepted_stop="误删"))

    assert (stopped.stopped, stopped.changes, stopped.filled, stopped.edits) == (True, (), (), ())
    assert [problem.code for problem in stopped.problems if problem.stops] == ["many_missing"]
    tells_only = job in (
        "alert",
        "remind",
        "escalate",
        "digest",
        "archive",
    )  # without an outbox nobody is told
    assert (accepted.stopped, accepted.edits == ()) == (False, tells_only)


@pytest.mark.parametrize(
    ("tab", "column"),
    [pytest.param("duty", None, id="tab-missing"), pytest.param("register", "来源形式", id="column-missing")],
)
def test_a_torn_workbook_stops(tab: str, column: str | None) -> None:
    """`install` adds a tab or column that is gone; a run never works around it."""
    grids = dict(book().grids)
    whole = grids.pop(TAB[tab].label("zh"))
    if column:
        renamed = ["其他" if cell == column else cell for cell in whole.rows[0]]
        grids[TAB[tab].label("zh")] = Grid(whole.title, [renamed, *whole.rows[1:]])

    result = plan(Snapshot(grids, "v1"), asked())

    assert (result.edits, result.changes) == ((), ())
    assert [problem.code for problem in result.problems if problem.stops] == [
        "renamed_column" if column else "tab_lost"
    ]


def test_an_english_ledger_is_written_in_english() -> None:
    topic = preset_rows("topics", "en")[0]["name"]
    case = line(channel="Visit", kind="Complaint", topic=topic)
    before = snapshot("en", register=[case], index=INDEX[:1], people=[{"name": "李敏"}])

    after = written(before, plan(before, asked()).edits)

    header = list(after.grids["Register"].rows[0])
    row = after.grids["Register"].rows[1]
    assert {key: row[header.index(key)] for key in ("Status", "Light", "Step", "Department", "Flags")} == {
        "Status": "In hand", "Light": "Late", "Step": "Decide", "Department": "Teaching affairs", "Flags": "Overdue",
    }  # fmt: skip
