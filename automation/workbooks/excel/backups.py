"""Backups of a local workbook beside it: the last ten, one a day for thirty days, one a month for twelve months."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

from automation.ledger.errors import LedgerError
from automation.text.catalogue import msg
from automation.workbooks.whole_files import write_flushed, write_whole

MANIFEST = "MANIFEST.sha256"
"""The file of checksums in a folder of backups; `sha256sum -c MANIFEST.sha256` checks them."""
KEPT = 10
DAILY_FOR = timedelta(days=30)
MONTHS = 12
_STAMP = "%Y-%m-%d %H%M%S"
_NAME = re.compile(r".* (\d{4}-\d{2}-\d{2} \d{6})(?: \d+)?\.xlsx")


def folder_of(workbook: Path) -> Path:
    """`ledger.xlsx` → `ledger.backups/` beside it."""
    return workbook.with_name(f"{workbook.stem}.backups")


def _free_path(folder: Path, stem: str, now: datetime) -> Path:
    """A dated path that no file has yet: `ledger 2026-03-18 090000.xlsx`, then `ledger 2026-03-18 090000 2.xlsx`."""
    path, count = folder / f"{stem} {now.strftime(_STAMP)}.xlsx", 1
    while path.exists():
        count += 1
        path = folder / f"{stem} {now.strftime(_STAMP)} {count}.xlsx"
    return path


def back_up(workbook: Path, now: datetime) -> Path:
    """Keep a copy of the workbook as it is among its backups. Returns the copy's path; raises OSError."""
    folder = folder_of(workbook)
    folder.mkdir(exist_ok=True)
    made = _free_path(folder, workbook.stem, now)
    try:
        os.link(workbook, made)  # the commit renames a new file over the old one, so the link keeps the old content
    except OSError:
        shutil.copy2(workbook, made)
    return made


def copy_into(folder: Path, data: bytes, stem: str, now: datetime) -> Path:
    """Write `data` as a dated copy into a folder, with its checksum in the manifest. Returns its path."""
    try:
        return _copied_into(folder, data, stem, now)
    except OSError as error:
        raise LedgerError(
            msg("The backup cannot be written ({reason}): free some space or check who may write there.").of(
                reason=error.strerror
            )
        ) from error


def _copied_into(folder: Path, data: bytes, stem: str, now: datetime) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    made = _free_path(folder, stem, now)
    with made.open("xb") as file:
        write_flushed(file, data)
    note_checksum(made, sha256(data).hexdigest())  # of what was to be written, so that a bad disk shows
    return made


def note_checksum(made: Path, checksum: str) -> None:
    """Add a backup and its checksum to its folder's manifest. Raises OSError."""
    with (made.parent / MANIFEST).open("a", encoding="utf-8") as manifest:
        manifest.write(f"{checksum}  {made.name}\n")


def checksum_of(backup: Path) -> str:
    """The checksum of a backup in the manifest beside it; empty if it is not listed."""
    manifest = backup.parent / MANIFEST
    if not manifest.is_file():
        return ""
    lines = (line.partition("  ") for line in manifest.read_text("utf-8").splitlines())
    return next((checksum for checksum, _, name in lines if name == backup.name), "")


def _forget(folder: Path, gone: Iterable[str]) -> None:
    manifest, names = folder / MANIFEST, frozenset(gone)
    if not names or not manifest.is_file():
        return
    lines = manifest.read_text("utf-8").splitlines(keepends=True)
    kept = "".join(line for line in lines if line.rstrip("\n").partition("  ")[2] not in names)
    write_whole(manifest, kept.encode())


def is_dated(file: Path) -> bool:
    """Whether a file is named as a backup is."""
    return _NAME.fullmatch(file.name) is not None


def prune(workbook: Path, now: datetime) -> None:
    """Delete the backups that are no longer wanted. Files that people named themselves stay."""
    taken: dict[datetime, list[Path]] = {}
    for file in folder_of(workbook).glob("*.xlsx"):
        if match := _NAME.fullmatch(file.name):
            taken.setdefault(datetime.strptime(match[1], _STAMP).replace(tzinfo=now.tzinfo), []).append(file)
    gone = [file for moment in to_delete(taken, now) for file in taken[moment]]
    for file in gone:
        file.unlink(missing_ok=True)
    _forget(folder_of(workbook), (file.name for file in gone))


def to_delete(existing: Iterable[datetime], now: datetime) -> list[datetime]:
    """Which of the backups taken at these moments to delete: the last of a day or month is the one that stays."""
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
