"""Backups beside a workbook: the last ten, one a day for thirty days, one a month for twelve months."""

from __future__ import annotations

import io
import random
import string
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from automation.workbooks.excel.backups import (
    all_copies,
    back_up,
    dated,
    prune,
    taken_out,
    to_delete,
)
from automation.workbooks.excel.older_copies import FILE

NOW = datetime(2026, 3, 18, 9, tzinfo=UTC)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def kept(existing: list[datetime]) -> list[datetime]:
    gone = to_delete(existing, NOW)
    return sorted(moment for moment in existing if moment not in gone)


# The last 10, one a day for 30 days, one a month for 12 (docs/design.md#p8.4).


def test_the_last_ten_are_kept_however_close_together() -> None:
    existing = [NOW - timedelta(minutes=minutes) for minutes in range(25)]

    assert kept(existing) == sorted(existing[:10])


def test_the_last_of_each_day_is_kept_for_thirty_days() -> None:
    existing = [NOW - timedelta(days=days, hours=hours) for days in range(40) for hours in (0, 1)]

    # The ten newest are from the last five days; 16 February is thirty days back; before that, one a month stays.
    last_ten = existing[:10]
    daily = [NOW - timedelta(days=days) for days in range(31)]
    monthly = [NOW, NOW.replace(month=2, day=28)]
    assert kept(existing) == sorted({*last_ten, *daily, *monthly})


def test_the_last_of_each_month_is_kept_for_twelve_months() -> None:
    existing = [
        at(f"{year}-{month:02d}-{day:02d}T09:00")
        for year in (2023, 2024, 2025)
        for month in range(1, 13)
        for day in (5, 20)
    ]
    existing += [at("2026-01-05T09:00"), at("2026-02-20T09:00"), at("2026-03-18T08:00")]

    months = [(2025, month) for month in range(4, 13)]
    monthly = [at(f"{year}-{month:02d}-20T09:00") for year, month in months]
    monthly += existing[-3:]
    last_ten = sorted(existing)[-10:]
    assert kept(existing) == sorted({*monthly, *last_ten})


@pytest.mark.parametrize(
    ("age", "stays"),
    [
        pytest.param(timedelta(days=30), True, id="thirty-days-old"),
        pytest.param(timedelta(days=30, seconds=1), False, id="and-a-second"),
    ],
)
def test_a_day_counts_for_exactly_thirty_days(age: timedelta, *, stays: bool) -> None:
    """With ten newer backups, one of them in the same month."""
    newer = [NOW - timedelta(minutes=minutes) for minutes in range(10)]
    existing = [*newer, at("2026-02-25T09:00"), NOW - age]

    assert (NOW - age in kept(existing)) is stays


MOMENTS = st.lists(
    st.integers(0, 900 * 24 * 60).map(lambda minutes: NOW - timedelta(minutes=minutes)),
    max_size=60,
    unique=True,
)


@settings(max_examples=100, derandomize=True, deadline=None, database=None)
@given(existing=MOMENTS)
def test_pruning_again_removes_nothing_more(existing: list[datetime]) -> None:
    once = kept(existing)

    assert kept(once) == once
    assert once[-10:] == sorted(existing)[-10:]
    assert len(once) <= 10 + 31 + 12


# On the disk.


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    path = tmp_path / "ledger.v2.xlsx"
    path.write_bytes(b"first")
    return path


def test_a_backup_keeps_the_content_when_a_new_file_is_renamed_over(workbook: Path) -> None:
    first = back_up(workbook, NOW)
    beside = workbook.with_name("beside")
    beside.write_bytes(b"second")
    beside.replace(workbook)
    second = back_up(workbook, NOW)

    assert {file.name: file.read_bytes() for file in (workbook.parent / "ledger.v2.backups").iterdir()} == {
        "ledger.v2 2026-03-18 090000.xlsx": b"first",
        "ledger.v2 2026-03-18 090000 2.xlsx": b"second",
    }
    assert [first.name, second.name] == [
        "ledger.v2 2026-03-18 090000.xlsx",
        "ledger.v2 2026-03-18 090000 2.xlsx",
    ]


def test_pruning_leaves_what_people_put_there(workbook: Path) -> None:
    for minutes in range(12):
        back_up(workbook, NOW - timedelta(days=200, minutes=minutes))
    folder = workbook.parent / "ledger.v2.backups"
    for name in (
        "before the holidays.xlsx",
        "2025-09-01.xlsx",
        "notes.txt",
        "ledger.v2 2020-01-01 000000.xls",
    ):
        (folder / name).write_bytes(b"theirs")

    prune(workbook, NOW)

    # Of twelve backups a minute apart the two oldest went: not among the last ten, nor the last of their month.
    assert sorted(file.name for file in folder.iterdir()) == sorted(
        [
            *((NOW - timedelta(days=200, minutes=minutes)).strftime("ledger.v2 %Y-%m-%d %H%M%S.xlsx") for minutes in range(10)),
            "2025-09-01.xlsx", "before the holidays.xlsx", "ledger.v2 2020-01-01 000000.xls", "notes.txt",
        ]
    )  # fmt: skip


def test_all_backups_of_one_second_share_their_fate(workbook: Path) -> None:
    for _ in range(3):
        back_up(workbook, NOW - timedelta(days=200))
    for minutes in range(10):
        back_up(workbook, NOW - timedelta(days=200) + timedelta(minutes=minutes + 1))

    prune(workbook, NOW)

    assert len(list((workbook.parent / "ledger.v2.backups").iterdir())) == 10


def a_zip(text: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/workbook.xml", text)
    return out.getvalue()


def text_in(data: bytes | None) -> bytes:
    return zipfile.ZipFile(io.BytesIO(data or b"")).read("xl/workbook.xml")


LARGE = "".join(random.Random(1).choices(string.printable, k=600_000))
"""Two workbooks with so much in them are more than a megabyte."""
SIZES = [pytest.param("", 4, id="small: five at a time"), pytest.param(LARGE, 1, id="large: all but the newest")]


@pytest.mark.parametrize(("more", "whole"), SIZES)
def test_the_older_ones_are_kept_in_one_file(workbook: Path, more: str, whole: int) -> None:
    folder = workbook.parent / "ledger.v2.backups"
    for minute in range(14):
        workbook.unlink()
        workbook.write_bytes(a_zip(f"as of {minute}{more}"))
        back_up(workbook, NOW + timedelta(minutes=minute))
        prune(workbook, NOW + timedelta(minutes=minute))

    named = [f"ledger.v2 2026-03-18 09{minute:02d}00.xlsx" for minute in range(14)]
    assert sorted(file.name for file in folder.iterdir()) == [*named[-whole:], FILE]
    assert all_copies(folder) == named[-10:]
    assert [text_in(taken_out(folder, name)) for name in named[-10:-whole]] == [
        f"as of {minute}{more}".encode() for minute in range(4, 14 - whole)
    ]


@pytest.mark.parametrize(
    ("more", "left"), [pytest.param("", [7, 7], id="small"), pytest.param(LARGE, [7, 2, 1, 1], id="large")]
)
def test_after_an_upgrade_a_few_are_put_away_in_each_run(workbook: Path, more: str, left: list[int]) -> None:
    workbook.write_bytes(a_zip(f"old{more}"))
    for day in range(12):
        back_up(workbook, NOW + timedelta(days=day))
    folder = workbook.parent / "ledger.v2.backups"
    assert left == [(prune(workbook, NOW + timedelta(days=12)), len(dated(folder)))[1] for _ in left]


def test_where_the_file_of_older_copies_cannot_be_used_backups_stay_files(workbook: Path) -> None:
    workbook.write_bytes(a_zip("old"))
    folder = workbook.parent / "ledger.v2.backups"
    for minute in range(12):
        back_up(workbook, NOW - timedelta(days=200) + timedelta(minutes=minute))
    (folder / FILE).write_bytes(b"somebody's notes" * 100)
    prune(workbook, NOW)

    assert len(dated(folder)) == 10
    assert (folder / FILE).read_bytes() == b"somebody's notes" * 100


def test_no_two_backups_of_one_second_share_a_name_wherever_they_are_kept(workbook: Path) -> None:
    workbook.write_bytes(a_zip("the same"))
    for _ in range(3):
        back_up(workbook, NOW)
        prune(workbook, NOW)

    folder = workbook.parent / "ledger.v2.backups"
    assert all_copies(folder) == [f"ledger.v2 2026-03-18 090000{more}.xlsx" for more in ("", " 2", " 3")]
