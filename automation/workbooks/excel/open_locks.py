"""Whether a person has the workbook open: Excel, LibreOffice and WPS then keep a small owner file beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from automation.ledger.errors import Busy
from automation.text.catalogue import Message, msg
from automation.text.dates import for_how_long
from automation.workbooks.plain_files import read_plain

STALE_AFTER = timedelta(hours=12)
"""An owner file older than this was left behind by a crash: it is reported, but no longer blocks."""

_MOST = 4096
"""Bytes of an owner file that are read."""
_LONGEST_OWNER = 52
"""Characters of the user's name that Office stores."""


@dataclass(frozen=True, slots=True)
class Opened:
    """An owner file: its program, the person as far as it says, and its age."""

    file: Path
    program: str
    owner: str
    age: timedelta

    @property
    def stale(self) -> bool:
        return self.age > STALE_AFTER

    def in_words(self) -> Message:
        """Who has the workbook open, where and for how long."""
        who, time = self.owner or msg("somebody"), for_how_long(self.age)
        return msg("{who}, in {program}, for {time} ({file})").of(
            who=who, program=self.program, time=time, file=self.file.name
        )


def opened(workbook: Path, now: datetime) -> list[Opened]:
    """Every owner file beside the workbook."""
    return list(_owner_files(workbook, now))


def _owner_files(workbook: Path, now: datetime) -> Iterator[Opened]:
    name = workbook.name
    for candidate, program, owner in (
        (f"~${name}", "Excel / WPS", _excel_owner),
        (
            f"~${name[2:]}",
            "Excel / WPS",
            _excel_owner,
        ),  # of a long name, Excel replaces the first two letters
        (f".~lock.{name}#", "LibreOffice", _libreoffice_owner),
        (f".~{name}", "WPS", _excel_owner),
    ):
        file = workbook.with_name(candidate)
        try:
            age = now - datetime.fromtimestamp(file.stat().st_mtime, tz=now.tzinfo)
            yield Opened(file, program, owner(read_plain(file, _MOST)), max(age, timedelta()))
        except OSError:
            continue  # not there, or gone again between the two calls


def _excel_owner(content: bytes) -> str:
    """The user's name: its length and itself in the computer's encoding, then both again from byte 55 on in UTF-16."""
    if len(content) > 57 and 0 < content[55] <= _LONGEST_OWNER:
        return content[57 : 57 + 2 * content[55]].decode("utf-16-le", "replace").strip("\x00 ")
    return _latin(content)


def _latin(content: bytes) -> str:
    return content[1 : 1 + content[0]].decode("utf-8", "replace").strip("\x00 ") if content else ""


def _libreoffice_owner(content: bytes) -> str:
    """Comma-separated: name, system user, host, date, profile."""
    fields = content.decode("utf-8", "replace").split(",")
    name, user, host = (*fields, "", "", "")[:3]
    return " ".join(
        part for part in (name.strip() or user.strip(), f"@ {host.strip()}" if host.strip() else "") if part
    )


def refuse_while_open(workbook: Path, now: datetime) -> list[Opened]:
    """Raise Busy if a person has the workbook open; otherwise return the owner files that are merely left over."""
    owner_files = opened(workbook, now)
    held = [owner_file for owner_file in owner_files if not owner_file.stale]
    if held:
        raise Busy(
            msg("{workbook} is open: {by}. Close it and run again; nothing was written.").of(
                workbook=workbook.name, by=held[0].in_words()
            )
        )
    return owner_files
