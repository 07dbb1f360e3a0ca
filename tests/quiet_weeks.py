"""Random weeks of an office, in which a run that ends at once is compared with a full one at each tick.

`python -m tests.quiet_weeks SEED COUNT` tries COUNT weeks from SEED on, prints how often a run could have ended at once,
and stops at the first in which a full run beside it would have done or said something else.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from automation.commands.output import as_json, show
from automation.ledger.office_time import local_time
from automation.ledger.parsing import parse
from automation.ledger.workbook import Cell, ColumnEdit, Grid, Snapshot, TabEdit
from automation.mail.transport.mailer import MailServer
from automation.reports.dashboard import dashboard_edits
from automation.run.job import JOBS, Request, Result
from automation.run.next_moment import next_moment
from automation.run.plan import plan
from automation.run.two_worlds import after_run, edited
from automation.workbooks.excel.layout.new_workbook import new_workbook
from automation.workbooks.excel.workbook import ExcelWorkbook
from sheet_schema.vocabulary import NoticeState
from tests.support.ledger_in_memory import LEADER_AND_OFFICE, Rows, line, preset_rows
from tests.support.small_office import ADMIN, DEPARTMENTS, FANG

FIRST = datetime(2026, 3, 16, 0, tzinfo=UTC)
"""A Monday, two weeks before clocks change in London."""
DAYS = 5
SERVER = MailServer("", 0, "", "")
ZONES = ("Asia/Shanghai", "Europe/London", "America/New_York")
STEPS = (1, 4, 9, 10, 17, 31, 58, 121, 400)
"""Minutes from one tick to the next."""
TYPED: dict[str, tuple[Cell, ...]] = {
    "petitioner": ("李雷", "韩梅", ""),
    "summary": ("作业太多", "食堂不洁", ""),
    "important": (True, False),
    "people": (1, 7, ""),
    "kind": ("检举控告", "申诉求决", "咨询", ""),
    "about": ("王芳", "-", "", "某老师"),
    "leader_told": ("赵刚", ""),
    "decision": ("受理", "不予受理", ""),
    "reason": ("不属本校", ""),
    "notified_on": (datetime(2026, 3, 16), ""),
    "outcome": ("支持", ""),
    "replied_on": (datetime(2026, 3, 17), ""),
    "department": ("教务处", "没有的处室", ""),
    "handler": ("王芳", ""),
}
CASES: tuple[dict[str, object], ...] = (
    {}, {"important": True}, {"people": 9}, {"handler": "王芳"}, {"topic": ""}, {"about": "王芳"},
)  # fmt: skip
PRINCIPAL = {"name": "周校长", "role": "校长", "email": "zhou@s.example"}


def main() -> None:
    first, count = (int(text) for text in sys.argv[1:3])
    counted: Counter[str] = Counter()
    for seed in range(first, first + count):
        counted += a_week(seed)
    print(f"{count} weeks: {', '.join(f'{number} {what}' for what, number in sorted(counted.items()))}")


def a_week(seed: int) -> Counter[str]:
    """Run through a week, and say how many runs ended at once, looked and found nothing, or did something."""
    chance, counted = Random(seed), Counter[str]()
    book, kept = some_office(chance), None
    now = FIRST + timedelta(minutes=chance.randrange(600))
    while now < FIRST + timedelta(days=DAYS):
        if chance.random() < 0.12:
            book, kept = somebody_types(book, chance), None
        result = full_run(book, now)
        if kept is not None and kept.since <= now < kept.until:
            counted["ended at once"] += 1
            assert result.found_nothing, f"week {seed}: at {now} there was something to do, kept until {kept.until}"
            assert _said(result) == kept.said, f"week {seed}: at {now} something else was to be said"
        elif result.found_nothing:
            counted["found nothing"] += 1
            until = next_moment(result)
            kept = None if until is None else _Kept(now, until, _said(result))
        else:
            counted["did something"] += 1
            book, kept = _with_retries(after_run(book, result), result, chance), None
        now = _next_tick(now, kept, chance)
    return counted


@dataclass(frozen=True)
class _Kept:
    since: datetime
    until: datetime
    said: object


def _next_tick(now: datetime, kept: _Kept | None, chance: Random) -> datetime:
    """Some minutes later, or just before or after what is kept ends, which is where it would be wrong."""
    if kept is not None and chance.random() < 0.3:
        edge = kept.until + timedelta(microseconds=chance.choice((-1_000_000, -1, 0, 1, 1_000_000)))
        if edge > now:
            return edge
    return now + timedelta(minutes=chance.choice(STEPS), seconds=chance.randrange(60), microseconds=chance.randrange(3))


def full_run(book: Snapshot, now: datetime) -> Result:
    """A whole run in memory, its Dashboard included, on a real clock."""
    result = plan(book, Request(JOBS["run"], now, now, outbox=Path("out"), server=SERVER))
    edits = () if result.stopped else dashboard_edits(book, result.after, result.now)
    return replace(result, edits=(*result.edits, *edits))


def _said(result: Result) -> object:
    """All that such a run says, but for its own time."""
    lines: list[str] = []
    show(result, lines.append, Path("out"), dry_run=False, verbose=False)
    return lines, {key: value for key, value in as_json(result, dry_run=False).items() if key not in ("run", "now")}


def _with_retries(book: Snapshot, result: Result, chance: Random) -> Snapshot:
    """The workbook after the run, in which the server put some mails off."""
    notices, zone = result.after.tables["notices"], result.after.policy.settings.zone
    off = {mail.id for mail in result.mails if chance.random() < 0.2}
    rows = notices.rows[[one in off for one in notices["mail_id"].tolist()]].tolist()
    at = local_time(result.now.replace(tzinfo=zone), zone) + timedelta(minutes=chance.choice((15, 30)))
    said: dict[str, Cell] = {
        "state": NoticeState.RETRY.label("zh"),
        "retry_at": at.replace(microsecond=0),
        "done_at": "",
    }
    columns = [ColumnEdit(notices.at[key], rows, [cell] * len(rows)) for key, cell in said.items()]
    return replace(book, grids=edited(book.grids, [TabEdit(notices.title, columns)])) if rows else book


def somebody_types(book: Snapshot, chance: Random) -> Snapshot:
    """The workbook after somebody typed into some cells of a line of the Register, or began the next one."""
    row = chance.choice(parse(book).register.rows.tolist())
    return typed(
        book,
        "register",
        row,
        {key: chance.choice(TYPED[key]) for key in chance.sample(sorted(TYPED), chance.randint(1, 4))},
    )


def typed(book: Snapshot, tab: str, row: int, cells: Mapping[str, Cell]) -> Snapshot:
    """The workbook with these cells, by column key, in a row."""
    table = parse(book).tables[tab]
    columns = [ColumnEdit(table.at[key], [row], [cell]) for key, cell in cells.items()]
    return replace(book, grids=edited(book.grids, [TabEdit(table.title, columns)]))


def settled(book: Snapshot, now: datetime) -> Snapshot:
    """The workbook after as many runs at this moment as have anything to do."""
    for _ in range(5):
        result = full_run(book, now)
        if result.found_nothing:
            return book
        book = after_run(book, result)
    raise AssertionError("each run of the same moment does something")


def some_office(chance: Random) -> Snapshot:
    """An office with a few cases of the last weeks, and settings as some offices have them."""
    settings = {
        "sending": chance.choice(("正式", "正式", "试运行", "暂停")),
        "go_live_on": chance.choice(("2026-01-01", "")),
        "send_from": chance.choice(("08:00", "07:30", "09:45")),
        "send_until": chance.choice(("20:00", "17:15", "23:59")),
        "problem_grace": chance.choice(("1", "2", "5")),
        "alert_again_minutes": chance.choice(("10", "30", "95")),
        "time_zone": chance.choice(ZONES),
    }
    cases = [
        line(f"LV-{at + 1:05d}", received_on=datetime(2026, 3, 2 + at), contact=f"1380000000{at}", **more)
        for at, more in enumerate(CASES)
    ]
    return office(cases, settings)


def office(cases: Rows, settings: Mapping[str, str]) -> Snapshot:
    """An office with these cases and settings, and people for every role in which a mail is read."""
    book = Snapshot(_laid_out(), "v1", mark="1")
    names = parse(book).policy.settings.rows
    for key, value in settings.items():
        book = typed(book, "settings", names[key], {"value": value})
    for row, case in enumerate(cases, start=2):
        book = typed(book, "register", row, case)  # type: ignore[arg-type]
    return book


@cache
def _laid_out() -> Mapping[str, Grid]:
    rows = {key: preset_rows(key, "zh") for key in ("topics", "routing", "deadlines", "escalation", "settings")}
    duty = [{"start": datetime(2026, 3, 1), "until": datetime(2026, 4, 30), "person": "李敏"}]
    people = [FANG, ADMIN, *LEADER_AND_OFFICE, PRINCIPAL]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "l.xlsx"
        path.write_bytes(new_workbook("zh", {**rows, "people": people, "departments": DEPARTMENTS, "duty": duty}))
        return ExcelWorkbook(path, FIRST).read().grids


if __name__ == "__main__":
    main()
