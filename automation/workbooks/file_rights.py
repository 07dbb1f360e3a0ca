"""Whose a file is, and who may read it: kept when it is written anew, and given to what lies beside it.

"A workbook keeps its owner, group, mode, access list and attributes, or is not written at all" (docs/design.md#p8.8).
Without POSIX rights (Windows) only the read-only mark is a file's own; the rest comes from its folder.
"""

from __future__ import annotations

import os
import stat
import struct
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from errno import ENODATA, ENOSYS, ENOTSUP
from pathlib import Path

from automation.ledger.errors import LedgerError
from automation.text.catalogue import Message, msg
from automation.workbooks.plain_files import refuse_linked_folder

_LIST = "system.posix_acl_access"
_ACCESS = (_LIST, "system.nfs4_acl", "system.richacl")
"""The attributes that hold an access list."""
_OF_THE_SYSTEM = ("security.ima", "security.evm")
"""Checksums that the system keeps of a file's content."""
_FILE, _FOLDER, _ANYBODY_RUNS = 0o666, 0o777, 0o111
_ENTRY, _HEAD = struct.Struct("<HHI"), 4


@dataclass(frozen=True)
class Rights:
    """Owner, group, mode, and extended attributes, among which are access lists."""

    owner: int
    group: int
    mode: int
    attributes: Mapping[str, bytes] = field(default_factory=dict)

    def beside(self) -> Rights:
        """The rights of a file that lies beside one with these: read and written by the same people."""
        access = {name: value for name, value in self.attributes.items() if name in _ACCESS}
        return replace(self, mode=self.mode & _FILE | 0o600, attributes=access)

    def of_folder(self) -> Rights:
        """The rights of a folder for such files: whoever may read them may enter it."""
        mode = self.mode & _FILE | 0o600
        access = {name: _entering(value) if name == _LIST else value for name, value in self.attributes.items()}
        return replace(self, mode=mode | (mode & 0o444) >> 2, attributes=access)


def rights_of(path: Path) -> Rights:
    """The rights of a file. Raises OSError."""
    status = path.stat()
    return Rights(status.st_uid, status.st_gid, stat.S_IMODE(status.st_mode), _attributes(path))


def for_one_account(path: Path) -> Rights:
    """The rights of a file that only one account may read: whoever has it already, or else the account that writes it."""
    with suppress(OSError):
        return Rights(path.stat().st_uid, path.stat().st_gid, 0o600)
    if os.name != "posix":
        return Rights(0, 0, 0o600)
    return Rights(os.geteuid(), os.getegid(), 0o600)


def give_all(path: Path, rights: Rights, name: str) -> None:
    """Give a new file the rights of the one it replaces. Raises LedgerError, which calls it `name`, if that cannot be."""
    _give(path, rights, set(_attributes(path)) | set(rights.attributes), name)


def give_access(path: Path, rights: Rights, name: str) -> None:
    """Let the people of `rights` read and write a file or enter a folder, and nobody else. Raises as `give_all`."""
    _give(path, rights, _ACCESS, name)


def give_or_keep_private(path: Path, rights: Rights) -> None:
    """As `give_access`; where that cannot be (a drive without owners, a folder of somebody else), for its owner only."""
    try:
        give_access(path, rights, path.name)
    except LedgerError:
        with suppress(OSError):
            path.chmod(rights.mode & 0o700)


def make_folder(folder: Path, rights: Rights | None) -> None:
    """Make a folder if it is not there, for whoever has `rights` to a file in it (None: for anybody).

    Raises OSError, also if a link is in its place.
    """
    refuse_linked_folder(folder)
    if folder.is_dir():
        return
    folder.mkdir(mode=0o700 if rights else 0o777, parents=True)
    if rights:
        give_or_keep_private(folder, rights.of_folder())


def _give(path: Path, wanted: Rights, names: Collection[str], name: str) -> None:
    """Change what differs, look again, and refuse if anything still does."""
    if os.name != "posix":
        path.chmod(wanted.mode)
        return
    now = rights_of(path)
    if (now.owner, now.group) != (wanted.owner, wanted.group):
        with suppress(OSError):
            os.chown(path, wanted.owner, wanted.group)
    for attribute in sorted(names):
        with suppress(OSError):
            _set(path, attribute, now.attributes.get(attribute), wanted.attributes.get(attribute))
    if rights_of(path).mode != wanted.mode:
        with suppress(OSError):
            path.chmod(wanted.mode)
    _refuse_other(rights_of(path), wanted, names, name)


def _set(path: Path, attribute: str, old: bytes | None, new: bytes | None) -> None:
    if new is None and old is not None:
        os.removexattr(path, attribute)
    elif new is not None and new != old:
        os.setxattr(path, attribute, new)


def _refuse_other(got: Rights, wanted: Rights, names: Collection[str], name: str) -> None:
    if (got.owner, got.group) != (wanted.owner, wanted.group):
        raise LedgerError(
            msg(
                "{name} belongs to {theirs}, and what {ours} writes would not: let the first of them run this (or root), or give the file to {ours} (chown). Nothing was written."
            ).of(name=name, theirs=_people(wanted), ours=_people(got))
        )
    lost: list[Message | str] = [msg("mode {mode}").of(mode=f"{wanted.mode:o}")] if got.mode != wanted.mode else []
    lost += [one for one in sorted(names) if got.attributes.get(one) != wanted.attributes.get(one)]
    if lost:
        raise LedgerError(
            msg(
                "{name} would lose what governs who may use it ({lost}): take that off, or let its owner (or root) run this. Nothing was written."
            ).of(name=name, lost=lost)
        )


def _people(rights: Rights) -> str:
    import grp  # POSIX only, and only for a refusal
    import pwd

    owner, group = str(rights.owner), str(rights.group)
    with suppress(KeyError):
        owner = pwd.getpwuid(rights.owner).pw_name
    with suppress(KeyError):
        group = grp.getgrgid(rights.group).gr_name
    return f"{owner}:{group}"


def _attributes(path: Path) -> dict[str, bytes]:
    """The file's extended attributes; none where the system or the drive has no such thing."""
    if not hasattr(os, "listxattr"):
        return {}
    try:
        return {name: os.getxattr(path, name) for name in os.listxattr(path) if name not in _OF_THE_SYSTEM}
    except OSError as error:
        if error.errno in (ENOTSUP, ENOSYS, ENODATA):
            return {}
        raise


def _entering(entries: bytes) -> bytes:
    """A POSIX access list in which everybody who may read may also enter."""
    found = list(_ENTRY.iter_unpack(entries[_HEAD:]))
    return entries[:_HEAD] + b"".join(
        _ENTRY.pack(tag, permission | (permission & 4) >> 2, who) for tag, permission, who in found
    )
