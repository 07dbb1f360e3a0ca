"""Backups of a local workbook beside it: the last ten, one a day for thirty days, one a month for twelve months.

The newest are files of their own; the older ones share one file, in which what they have in common is kept once.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

from automation.ledger.errors import LedgerError
from automation.text.catalogue import msg
from automation.workbooks.excel.older_copies import DamagedCopyError, OlderCopies
from automation.workbooks.file_rights import Rights, make_folder, rights_of
from automation.workbooks.plain_files import read_plain, reason_of, refuse_special
from automation.workbooks.whole_files import write_whole

MANIFEST = "MANIFEST.sha256"
"""The file of checksums in a folder of backups; `sha256sum -c MANIFEST.sha256` checks them."""
KEPT = 10
DAILY_FOR = timedelta(days=30)
MONTHS = 12
STORED_AT_ONCE = 5
"""How many backups one run puts into the file of older copies. After an upgrade there may be fifty, and a run has an end."""
WHOLE, WHOLE_BYTES = 8, 1_000_000
"""So many backups, and together no more bytes, stay files of their own: opening the older copies costs a small ledger's
run more than anything else it writes, so five are put there together. Of a large ledger only the newest stays."""
_STAMP = "%Y-%m-%d %H%M%S"
_NAME = re.compile(r".* (\d{4}-\d{2}-\d{2} \d{6})(?: \d+)?\.xlsx")


def folder_of(workbook: Path) -> Path:
    """`ledger.xlsx` → `ledger.backups/` beside it."""
    return workbook.with_name(f"{workbook.stem}.backups")


def _free_path(folder: Path, stem: str, now: datetime) -> Path:
    """A dated path that no backup has yet: `ledger 2026-03-18 090000.xlsx`, then `ledger 2026-03-18 090000 2.xlsx`."""
    path, count, stored = folder / f"{stem} {now.strftime(_STAMP)}.xlsx", 1, _readable(OlderCopies(folder).names)
    while path.exists() or path.name in stored:
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


def kept_beside(workbook: Path, copy: DatedCopy, now: datetime) -> Path:
    """Write a dated copy that somebody asked for among the workbook's backups, where it stays a file of its own."""
    made = copy_into(folder_of(workbook), copy, now)
    with suppress(OSError):  # where the older copies cannot be used, nothing is put there either
        OlderCopies(made.parent).note_asked_for(made.name, copy.rights and copy.rights.beside())
    return made


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


def copy_with(folder: Path, checksum: str) -> Path | None:
    """The copy in this folder that has this checksum, by the manifest and by its content; None if there is none."""
    manifest = folder / MANIFEST
    if not _is_there(manifest):
        return None
    lines = (line.partition("  ") for line in manifest.read_text("utf-8").splitlines())
    names = [name for noted, _, name in lines if noted == checksum]
    paths = [folder / name for name in names if (folder / name).is_file()]
    return next((path for path in paths if sha256(read_plain(path)).hexdigest() == checksum), None)


def copies_of(folder: Path, stem: str) -> list[Path]:
    """The dated copies in this folder of what is called so, the newest first."""
    return [folder / name for name in reversed(dated(folder)) if name.startswith(f"{stem} ")]


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
    """Delete the backups that are no longer wanted, and put the older ones with the older copies once they are many.

    Those that somebody asked for stay files of their own, and what people named themselves stays. Raises OSError.
    """
    folder, rights = folder_of(workbook), rights_of(workbook)
    older = OlderCopies(folder)
    whole, stored = dated(folder), _readable(older.names)
    taken: dict[datetime, set[str]] = {}
    for name in (*whole, *stored):
        taken.setdefault(_moment(name, now), set()).add(name)
    gone = {name for moment in to_delete(taken, now) for name in taken[moment]}
    for name in gone.intersection(whole):
        (folder / name).unlink(missing_ok=True)
    asked_for = _readable(older.asked_for)
    kept = [name for name in whole if name not in gone and name not in asked_for]
    put = [name for name in _too_many(folder, kept) if _put_with_older(older, folder / name, rights)]
    _forget(folder, (*gone, *put), rights)
    if gone.intersection((*stored, *asked_for)):
        older.forget(gone)


def _too_many(folder: Path, whole: list[str]) -> list[str]:
    """Which backups no longer stay files of their own, the oldest first."""
    if len(whole) <= WHOLE and sum((folder / name).stat().st_size for name in whole) <= WHOLE_BYTES:
        return []
    return whole[:-1][:STORED_AT_ONCE]


def dated(folder: Path) -> list[str]:
    """The names of the backups that are files of their own, the oldest first."""
    return sorted((file.name for file in folder.glob("*.xlsx") if is_dated(file)), key=_in_order)


def _stamp(name: str) -> str:
    found = _NAME.fullmatch(name)
    return found[1] if found else ""


def _moment(name: str, now: datetime) -> datetime:
    """When a backup of this name was made, by the clock that `now` is of."""
    return datetime.strptime(_stamp(name), _STAMP).replace(tzinfo=now.tzinfo)


def _readable(names: Callable[[], Collection[str]]) -> Collection[str]:
    """The names in the file of older copies; none if it cannot be read, so that the backups stay files of their own."""
    try:
        return names()
    except OSError:
        return []


def _put_with_older(older: OlderCopies, backup: Path, rights: Rights) -> bool:
    """Put a backup with the older copies. False if that cannot be; it then stays a file of its own."""
    try:
        if not older.add(backup.name, read_plain(backup), rights):
            return False
    except (OSError, DamagedCopyError):
        return False
    backup.unlink()
    return True


def all_copies(folder: Path) -> list[str]:
    """The names of all backups in a folder, the oldest first, wherever they are kept. Raises OSError."""
    return sorted({*dated(folder), *OlderCopies(folder).names()}, key=_in_order)


def _in_order(name: str) -> tuple[str, int, str]:
    return _stamp(name), len(name), name  # the second of one second is longer, by its " 2"


def taken_out(folder: Path, name: str) -> bytes | None:
    """An older copy as a file again; None if there is none of this name. Raises LedgerError if it cannot be read."""
    try:
        return OlderCopies(folder).content(name)
    except KeyError:
        return None
    except (DamagedCopyError, OSError) as error:
        raise LedgerError(
            msg("The older copy {name} is damaged: check the disk, and take another backup.").of(name=name)
        ) from error


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
