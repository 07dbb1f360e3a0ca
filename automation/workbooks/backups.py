"""Copies of a local workbook beside it: the last ten, one a day for thirty days, one a month for twelve months."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

KEPT = 10
DAILY_FOR = timedelta(days=30)
MONTHS = 12
_STAMP = "%Y-%m-%d %H%M%S"
_NAME = re.compile(r".* (\d{4}-\d{2}-\d{2} \d{6})(?: \d+)?\.xlsx")


def folder_of(workbook: Path) -> Path:
    """`ledger.xlsx` → `ledger.backups/` beside it."""
    return workbook.with_name(f"{workbook.stem}.backups")


def back_up(workbook: Path, now: datetime) -> Path:
    """Put a copy of the workbook as it is into its backups; the copy. Raises OSError."""
    folder = folder_of(workbook)
    folder.mkdir(exist_ok=True)
    made = folder / f"{workbook.stem} {now.strftime(_STAMP)}.xlsx"
    count = 1
    while made.exists():
        count += 1
        made = folder / f"{workbook.stem} {now.strftime(_STAMP)} {count}.xlsx"
    try:
        os.link(
            workbook, made
        )  # the commit renames a new file over the old one, so the link keeps the old content
    except OSError:
        shutil.copy2(workbook, made)
    return made


def prune(workbook: Path, now: datetime) -> None:
    """Remove the backups that are no longer wanted. Files people put there under other names stay."""
    taken: dict[datetime, list[Path]] = {}
    for file in folder_of(workbook).glob("*.xlsx"):
        if match := _NAME.fullmatch(file.name):
            taken.setdefault(datetime.strptime(match[1], _STAMP).replace(tzinfo=now.tzinfo), []).append(file)
    for moment in to_delete(taken, now):
        for file in taken[moment]:
            file.unlink(missing_ok=True)


def to_delete(existing: Iterable[datetime], now: datetime) -> list[datetime]:
    """Which of the backups taken at these moments to remove: the last of each day and month are the ones kept."""
    newest = sorted(existing, reverse=True)
    keep = set(newest[:KEPT])
    days: set[object] = set()
    months: list[tuple[int, int]] = []
    for moment in newest:
        if now - moment <= DAILY_FOR and moment.date() not in days:
            days.add(moment.date())
            keep.add(moment)
        month = (moment.year, moment.month)
        if month not in months and len(months) < MONTHS:
            months.append(month)
            keep.add(moment)
    return sorted(moment for moment in newest if moment not in keep)
