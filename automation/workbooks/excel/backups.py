"""Backups of a local workbook beside it: the last ten, one a day for thirty days, one a month for twelve months."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

from automation.ledger.errors import LedgerError
from automation.text.catalogue import msg
from automation.workbooks.file_rights import Rights, make_folder, rights_of
from automation.workbooks.plain_files import read_plain, reason_of, refuse_special
from automation.workbooks.whole_files import write_whole

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
    rights = rights_of(workbook)
    folder = folder_of(workbook)
    make_folder(folder, rights.beside())
    made = _free_path(folder, workbook.stem, now)
    try:
        os.link(workbook, made)  # the commit renames a new file over the old one, so the link keeps the old content
    except OSError:
        write_whole(made, workbook.read_bytes(), rights.beside())
    return made


@dataclass(frozen=True)
class DatedCopy:
    """A copy to make: the name without date and ending, the content, and whose it is to be (None: anybody's)."""

    stem: str
    data: bytes
    rights: Rights | None = None


def copy_into(folder: Path, copy: DatedCopy, now: datetime) -> Path:
    """Write a dated copy into a folder, with its checksum in the manifest. Returns its path."""
    try:
        return _copied_into(folder, copy, now)
    except OSError as error:
        raise LedgerError(
            msg("The backup cannot be written ({reason}): free some space or check who may write there.").of(
                reason=reason_of(error)
            )
        ) from error


def _copied_into(folder: Path, copy: DatedCopy, now: datetime) -> Path:
    make_folder(folder, copy.rights and copy.rights.beside())
    made = _free_path(folder, copy.stem, now)
    write_whole(made, copy.data, copy.rights and copy.rights.beside())
    # Of what was to be written, so that a bad disk shows.
    note_checksum(made, sha256(copy.data).hexdigest(), copy.rights)
    return made


def note_checksum(made: Path, checksum: str, rights: Rights | None) -> None:
    """Add a backup and its checksum to its folder's manifest. Raises OSError."""
    manifest = made.parent / MANIFEST
    listed = read_plain(manifest) if _is_there(manifest) else b""
    write_whole(manifest, listed + f"{checksum}  {made.name}\n".encode(), rights and rights.beside())


def checksum_of(backup: Path) -> str:
    """The checksum of a backup in the manifest beside it; empty if it is not listed."""
    manifest = backup.parent / MANIFEST
    if not _is_there(manifest):
        return ""
    lines = (line.partition("  ") for line in manifest.read_text("utf-8").splitlines())
    return next((checksum for checksum, _, name in lines if name == backup.name), "")


def _is_there(manifest: Path) -> bool:
    refuse_special(manifest)
    return manifest.exists()


def _forget(folder: Path, gone: Iterable[str], rights: Rights) -> None:
    manifest, names = folder / MANIFEST, frozenset(gone)
    if not names or not _is_there(manifest):
        return
    lines = manifest.read_text("utf-8").splitlines(keepends=True)
    kept = "".join(line for line in lines if line.rstrip("\n").partition("  ")[2] not in names)
    write_whole(manifest, kept.encode(), rights.beside())


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
    _forget(folder_of(workbook), (file.name for file in gone), rights_of(workbook))


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
