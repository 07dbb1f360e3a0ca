"""Goes through every copy in a folder of backups and writes anew those from which something is taken out (docs/design.md#p23.6).

A copy is written beside and renamed over, with its new checksum in the manifest; the file of older copies is made anew as a whole, so that no
piece of an erased text stays in it. A process that dies leaves each copy as it was or as it is to be.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from automation.ledger.errors import LedgerError
from automation.workbooks.excel import backups
from automation.workbooks.excel.older_copies import FILE, DamagedCopyError, OlderCopies
from automation.workbooks.file_rights import Rights, make_folder
from automation.workbooks.plain_files import read_plain
from automation.workbooks.whole_files import write_whole

_BESIDE = ".erasing"
Cleaned = Callable[[str, bytes], bytes]
"""A copy without what is erased, by its name and content; the very same bytes if nothing is. Raises LedgerError."""


@dataclass
class Rewritten:
    """How many copies were written anew, and the paths of those from which nothing could be taken out."""

    count: int = 0
    failed: list[Path] = field(default_factory=list)


def rewrite_copies(folder: Path, cleaned: Cleaned, rights: Rights | None, *, again: bool) -> Rewritten:
    """Rewrite the copies in this folder, below it, and in its file of older copies.

    A copy that is not what the manifest says is damaged, and left; not so `again`, where a process died that wrote it anew.
    Raises OSError.
    """
    done = Rewritten()
    if not folder.is_dir():
        return done
    for path in sorted(folder.rglob("*.xlsx")):
        if path.is_symlink() or _BESIDE in path.parts:
            continue
        data = read_plain(path)
        noted = backups.checksum_of(path)
        if noted and noted != sha256(data).hexdigest() and not again:
            done.failed.append(path)
            continue
        try:
            left = cleaned(path.name, data)
        except LedgerError:
            done.failed.append(path)
            continue
        if left != data:
            write_whole(path, left, rights)
            done.count += 1
        if noted and noted != sha256(left).hexdigest():
            _renew_checksum(path, left, rights)
    _older(folder, cleaned, rights, done)
    return done


def _renew_checksum(path: Path, data: bytes, rights: Rights | None) -> None:
    manifest = path.parent / backups.MANIFEST
    lines = manifest.read_text("utf-8").splitlines(keepends=True)
    new = f"{sha256(data).hexdigest()}  {path.name}\n"
    kept = [new if line.rstrip("\n").partition("  ")[2] == path.name else line for line in lines]
    write_whole(manifest, "".join(kept).encode(), rights)


def _older(folder: Path, cleaned: Cleaned, rights: Rights | None, done: Rewritten) -> None:
    older, beside = OlderCopies(folder), folder / _BESIDE
    shutil.rmtree(beside, ignore_errors=True)  # of a process that died
    names = [*older.names()]
    if not names:
        return
    make_folder(beside, rights)
    anew, changed = OlderCopies(beside), 0
    try:
        for name in names:
            data = older.content(name)
            left = cleaned(name, data)
            changed += left != data
            anew.add(name, left, rights)
        for name in older.asked_for():
            anew.note_asked_for(name, rights)
        if {*anew.names()} != {*names}:
            done.failed.append(folder / FILE)
        elif changed:
            (beside / FILE).replace(folder / FILE)
            done.count += changed
    except (DamagedCopyError, LedgerError):
        done.failed.append(folder / FILE)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
