"""A run reads, plans everything, and writes it in one commit, or stops because there is nothing to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from automation.commands.demo import build
from automation.ledger.errors import Busy, LedgerError
from automation.ledger.marks import mark
from automation.ledger.office_time import local_time
from automation.ledger.workbook import (
    Cell,
    Changed,
    ColumnEdit,
    Commit,
    RowMove,
    Snapshot,
    TabEdit,
    Undone,
    Workbook,
)
from automation.run.job import JOBS, Request, Result
from automation.run.plan import plan
from automation.run.run import ATTEMPTS, run
from automation.workbooks.excel.workbook import ExcelWorkbook
from automation.workbooks.excel.xml.references import Gone
from automation.workbooks.google.workbook import GoogleWorkbook
from sheet_schema import SETTING
from tests.support import workbook_homes as homes
from tests.support.ledger_in_memory import NOW, line, snapshot

ON_BOTH = IN_TURN = True
CLOCK = datetime(2026, 3, 18, 1, tzinfo=UTC)
"""The same moment as NOW on a clock in Shanghai."""


def asked(job: str = "run", **options: object) -> Request:
    return replace(Request(JOBS[job], NOW, CLOCK), **options)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A ledger of forty-two cases, untouched by any job."""
    path = tmp_path_factory.mktemp("sample") / "ledger.xlsx"
    build(path, "zh", NOW, CLOCK)
    return path.read_bytes()


@pytest.fixture
def path(tmp_path: Path, sample: bytes) -> Path:
    """The name of that ledger, wherever it is kept."""
    path = tmp_path / "ledger.xlsx"
    path.write_bytes(sample)
    return homes.settle_in(path)


@pytest.fixture
def workbook(path: Path) -> ExcelWorkbook | GoogleWorkbook:
    return homes.book_at(path, CLOCK)


def everything(path: Path) -> object:
    """Everything that a run could change.

    For a file: all files in its folder, even hidden ones, with the hash of their content and the time of their change.
    For a Google Sheet: its whole content, and the number of changes.
    """
    folder = path.parent
    if homes.address(path) != str(path):
        return homes.content(path), homes.server().spreadsheets[homes.address(path)].version
    return {
        str(file.relative_to(folder)): f"{sha256(file.read_bytes()).hexdigest()} {file.stat().st_mtime_ns}"
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def rows_of_runs(workbook: Workbook) -> list[list[object]]:
    return [list(row[:4]) for row in workbook.read().grids["运行"].rows[1:]]


# "A doubled run changes nothing and sends nothing." (docs/design.md#p4.2)
@pytest.mark.on_both
def test_a_second_run_changes_nothing_at_all(path: Path, workbook: Workbook) -> None:
    run(workbook, asked("run"))
    for job in JOBS:
        first = run(workbook, asked(job))
        before = everything(path)

        second = run(workbook, asked(job, now=NOW + timedelta(minutes=10)))

        assert (job, first.edits, second.edits, second.written) == (job, (), (), False)
        assert everything(path) == before


def test_the_first_run_of_a_day_writes_its_line_and_nothing_else(workbook: Workbook) -> None:
    run(workbook, asked())
    later = NOW + timedelta(minutes=20)
    run(workbook, asked(now=later))
    tomorrow = NOW.replace(day=19, hour=7)

    first = run(workbook, asked(now=tomorrow))
    second = run(workbook, asked(now=tomorrow + timedelta(minutes=10)))

    assert {change.table.tab.key for change in first.changes} >= {"runs"}
    assert (first.written, second.written) == (True, False)
    assert [row[:3] for row in rows_of_runs(workbook)] == [
        ["2026-03-18T09:00:00", NOW, "运行"],
        ["2026-03-19T07:00:00", tomorrow, "运行"],
    ]


# "`--dry-run` shows the exact cells and mails of the real run and writes nothing at all." (docs/design.md#p7.10)
@pytest.mark.parametrize("job", JOBS)
def test_a_dry_run_says_what_the_run_then_does_and_touches_nothing(path: Path, workbook: Workbook, job: str) -> None:
    before = everything(path)

    dry = run(workbook, asked(job, dry_run=True))

    assert everything(path) == before
    real = run(workbook, asked(job))
    assert (but_for_calls(dry), dry.problems, dry.written, real.written) == (
        but_for_calls(real),
        real.problems,
        False,
        bool(real.edits),
    )


def but_for_calls(result: Result) -> list[TabEdit]:
    """The edits without the number of requests to Google: a run that has to add the journal first sends one more."""
    runs = result.after.tables["runs"]
    return [
        TabEdit(
            edit.title,
            [one for one in edit.columns if edit.title != "运行" or one.column != runs.at["calls"]],
        )
        for edit in result.edits
    ]


@pytest.mark.on_both
def test_a_dry_run_reads_a_ledger_another_run_is_working_on(path: Path, workbook: Workbook) -> None:
    with homes.book_at(path, CLOCK).lock():
        dry = run(workbook, asked(dry_run=True))
        with pytest.raises(Busy):
            run(workbook, asked())

    assert dry.edits != ()


@pytest.mark.on_both
def test_every_cell_a_run_says_it_wrote_stands_there(workbook: Workbook) -> None:
    result = run(workbook, asked())

    after = workbook.read()
    (move,) = result.moves
    gone, where = Gone(move.rows), dict(zip(move.rows, move.to, strict=True))
    there = {
        _place(edit.title, column.column, row, move, gone, where): _as_read(edit.title, cell)
        for edit in result.edits
        for column in edit.columns
        for row, cell in zip(column.rows, column.values, strict=True)
    }
    found = {
        place: _as_read(place[0], (after.grids[place[0]].rows[place[2] - 1] + [""] * 99)[place[1] - 1])  # type: ignore[operator]
        for place in there
    }
    assert found == there


def _as_read(title: str, cell: Cell) -> object:
    """Read a cell by its tab; a page has no columns that say which numbers are dates."""
    return mark(cell) if title == "看板" else cell


def _place(
    title: str, column: int, row: int, move: RowMove, gone: Gone, where: Mapping[int, int]
) -> tuple[str, int, int]:
    """The place of a cell after the closed rows have gone to Filing."""
    if title != move.source:
        return title, column, row
    return (move.target, move.columns[column], where[row]) if row in where else (title, column, gone.new(row))


@pytest.mark.on_both
def test_no_cell_a_person_typed_is_changed(workbook: Workbook) -> None:
    """Lines are compared by number, whether they stayed or went to Filing."""
    before = workbook.read()

    run(workbook, asked())

    after = workbook.read()
    register = JOB_COLUMNS["register"]
    header = list(before.grids["登记"].rows[0])
    there = {row[0]: row for title in ("登记", "归档") for row in after.grids[title].rows[1:]}
    for old in before.grids["登记"].rows[1:]:
        typed = {at: cell for at, cell in enumerate(old) if cell != "" and header[at] not in register}
        if old[0] != "":
            assert {at: there[old[0]][at] for at in typed} == typed
    for title in ("部门", "人员", "事项", "时限", "督办", "日历", "值班", "设置"):
        assert after.grids[title] == before.grids[title]


JOB_COLUMNS = {
    "register": ("编号", "预警", "校验问题", "状态", "环节", "期限", "标志", "办结日期"),
}


# "only `validate` and `run` write derived cells" (docs/design.md#p4.3)
@pytest.mark.parametrize(
    ("job", "tabs"),
    [
        pytest.param(
            "run", {"登记", "归档", "分办规则", "索引", "变更", "运行", "规则留底", "看板", "领导接访"}, id="run"
        ),
        pytest.param("validate", {"登记", "索引", "变更", "运行", "规则留底", "看板", "领导接访"}, id="validate"),
        pytest.param("assign", {"登记", "分办规则", "变更", "运行"}, id="assign"),
    ],
)
def test_each_job_writes_its_own_tabs(workbook: Workbook, job: str, tabs: set[str]) -> None:
    assert {edit.title for edit in run(workbook, asked(job)).edits} == tabs


# "rule and reason go to *History*" (docs/design.md#p4.5), also for the command that only assigns.


def test_assign_writes_department_and_handler_of_numbered_rows_and_each_into_history(
    path: Path,
    workbook: Workbook,
) -> None:
    homes.type_in(path, "登记", 32, 1, "")  # a row that has no number yet

    result = run(workbook, asked("assign"))

    written = {
        (change.column.key, int(row))
        for change in result.changes
        if change.table.tab.key == "register"
        for row in change.rows
    }
    register, history = (workbook.read().grids[title].rows for title in ("登记", "变更"))
    row_of = {row[0]: at for at, row in enumerate(register, start=1)}
    column = {"承办部门": "department", "经办人": "handler"}
    assert {key for key, _ in written} == {"department", "handler"}
    assert {(column[str(row[3])], row_of[row[2]]) for row in history[1:]} == written
    assert 32 not in {row for _, row in written}
    assert run(workbook, asked("assign")).edits == ()


# "if it was saved meanwhile, nothing is written, and the run starts afresh" (docs/design.md#p7.4)


class SavedMeanwhile(ExcelWorkbook):
    """A workbook that a person saves right before the first `times` commits, with a new name in a case each time."""

    def __init__(self, path: Path, times: int) -> None:
        super().__init__(path, CLOCK)
        self.times, self.saved = times, 0

    def commit(self, commit: Commit) -> Undone:
        if self.saved < self.times:
            self.saved += 1
            self._typed(f"访客{self.saved}")
        return super().commit(commit)

    def _typed(self, name: str) -> None:
        homes.type_in(self.path, "登记", 2, 6, name)


@pytest.mark.file_only
@pytest.mark.parametrize("times", [1, ATTEMPTS - 1])
def test_a_save_meanwhile_makes_the_run_decide_afresh(path: Path, workbook: Workbook, times: int) -> None:
    saved = SavedMeanwhile(path, times)

    result = run(saved, asked())

    assert result.written
    assert result.before.register["petitioner"][0] == f"访客{times}"
    filed = workbook.read().grids["归档"].rows  # the case was closed long ago
    assert filed[1][5] == f"访客{times}"
    assert run(workbook, asked()).edits == ()


@pytest.mark.file_only
def test_saved_again_and_again_the_run_gives_way(path: Path, workbook: Workbook) -> None:
    saved = SavedMeanwhile(path, ATTEMPTS)

    with pytest.raises(Busy) as busy:
        run(saved, asked())

    assert (busy.value.say("en"), busy.value.exit_code) == (
        "ledger.xlsx was saved again and again while the run was reading it: run again in a minute.",
        75,
    )
    assert workbook.read().grids["登记"].rows[1][5] == f"访客{ATTEMPTS}"
    assert workbook.read().grids["运行"].rows[1:] == []


def test_changed_is_no_error_of_the_ledger() -> None:
    assert not issubclass(Changed, LedgerError)


# When a run is refused.


def with_settings(**values: str) -> Snapshot:
    rows = tuple({"name": SETTING[key].label("zh"), "value": value} for key, value in values.items())
    return snapshot(register=(line(),), settings=rows)


def said(ledger: Snapshot, request: Request) -> str:
    """The words in which the run is refused, or "runs"."""
    try:
        plan(ledger, request)
    except LedgerError as error:
        return error.say("en")
    return "runs"


MOVED = "This ledger was moved to new.xlsx: work there. (To go on here, empty “Moved to” in Settings.)"
FAR = "--now is more than a day from the clock and this ledger sends real mail: add --dry-run."
DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)


# More than a day from the clock, `--now` needs `--dry-run`, `--outbox` or a trial (docs/design.md#p11.3).
@pytest.mark.parametrize(
    ("settings", "ahead", "dry_run", "expected"),
    [
        pytest.param({"sending": "试运行"}, 400 * DAY, False, "runs", id="trial-far"),
        pytest.param({"sending": "正式发送"}, DAY, False, "runs", id="live-a-day"),
        pytest.param({"sending": "正式发送"}, DAY + SECOND, False, FAR, id="live-more-than-a-day"),
        pytest.param({"sending": "正式发送"}, -DAY - SECOND, False, FAR, id="live-more-than-a-day-back"),
        pytest.param({"sending": "正式发送"}, 400 * DAY, True, "runs", id="live-far-dry"),
        pytest.param({"sending": "暂停"}, 400 * DAY, False, FAR, id="paused-far"),
        pytest.param({"moved_to": "new.xlsx"}, 0 * DAY, False, MOVED, id="moved"),
        pytest.param({"moved_to": "new.xlsx"}, 0 * DAY, True, MOVED, id="moved-dry"),
    ],
)
def test_when_a_run_may_go_on(settings: dict[str, str], ahead: timedelta, expected: str, *, dry_run: bool) -> None:
    assert said(with_settings(**settings), asked(now=NOW + ahead, dry_run=dry_run)) == expected


# Days begin and end in the time zone of Settings (docs/design.md#p3.4).
@pytest.mark.parametrize(
    ("now", "zone", "expected"),
    [
        pytest.param(
            datetime(2026, 3, 18, 16, 30, tzinfo=UTC), "Asia/Shanghai", "2026-03-19T00:30:00", id="already-tomorrow"
        ),
        pytest.param(
            datetime(2026, 7, 1, 23, 30, tzinfo=UTC), "Europe/London", "2026-07-02T00:30:00", id="summer-time"
        ),
        pytest.param(NOW, "America/New_York", "2026-03-18T09:00:00", id="naive-is-theirs-already"),
    ],
)
def test_the_moment_is_that_of_the_offices_clock(now: datetime, zone: str, expected: str) -> None:
    assert local_time(now, ZoneInfo(zone)).isoformat() == expected


def test_the_day_of_a_run_is_that_of_the_offices_clock() -> None:
    late = datetime(2026, 3, 18, 16, 30, tzinfo=UTC)

    result = plan(with_settings(time_zone="Asia/Shanghai"), Request(JOBS["run"], late, late))

    assert (result.run, result.now) == ("2026-03-19T00:30:00", datetime(2026, 3, 19, 0, 30))


# After a stop, nothing is written or sent until a person has looked (docs/design.md#p2.9).


@pytest.mark.on_both
def test_a_missing_tab_stops_the_run_before_anything_is_written(path: Path, workbook: Workbook) -> None:
    book = homes.load(path)
    del book["值班"]
    homes.save(book, path)
    before = everything(path)

    result = run(workbook, asked())

    assert (result.stopped, result.written, result.edits) == (True, False, ())
    assert [(one.tab, one.row, one.say("zh")) for one in result.problems if one.stops] == [
        (
            "duty",
            None,
            "缺少“值班”表，而本台账已在使用。请恢复该表：撤消、历史版本或备份。确实无法恢复时，再运行 install，补上的表不含原有内容。",
        )
    ]
    assert everything(path) == before


def torn(result: Result) -> list[tuple[str, str]]:
    return [(one.code, one.say("zh")) for one in result.problems if one.stops]


def test_many_missing_numbers_stop_the_run_until_somebody_accepts_it(path: Path, workbook: Workbook) -> None:
    run(workbook, asked())
    book = homes.load(path)
    numbers = "、".join(str(book["登记"].cell(row, 1).value) for row in range(2, 8))
    book["登记"].delete_rows(2, 6)
    homes.save(book, path)
    before = everything(path)
    later = NOW + timedelta(minutes=10)

    stopped = run(workbook, asked(now=later))

    code = torn(stopped)[0][1].partition("填写")[2][:6]
    assert torn(stopped) == [
        (
            "many_missing",
            f"一次缺少6个编号：{numbers}。本次未写入也未发信。请撤消最近的排序或删除。"
            f"确属有意的，请在“设置”表的“停止确认码”中填写{code}：下次运行即恢复。",
        )
    ]
    assert everything(path) == before

    accepted = run(workbook, asked(now=later, accepted_stop="误删，已另行登记"))

    assert (torn(accepted), accepted.written) == ([], True)
    assert workbook.read().grids["运行"].rows[-1][-1] == "误删，已另行登记"
    assert run(workbook, asked(now=later + timedelta(minutes=10))).edits == ()


def test_a_run_line_counts_what_was_written(workbook: Workbook) -> None:
    result = run(workbook, asked())

    others = [change for change in result.changes if change.table.tab.key != "runs"]
    assert rows_of_runs(workbook) == [[result.run, NOW, "运行", sum(len(change.positions) for change in others)]]


def test_a_tab_edit_is_not_needed_to_be_rich() -> None:
    """A run also works without a single case, and lays out the pad."""
    result = plan(snapshot(), asked())

    numbers = next(
        change for change in result.changes if (change.table.tab.key, change.column.key) == ("register", "case_no")
    )
    assert list(numbers.after) == ["LV-00001", "LV-00002"]
    assert isinstance(result.edits[0].columns[0], ColumnEdit)
