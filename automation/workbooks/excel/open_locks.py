"""Whether a person has the workbook open: Excel, LibreOffice and WPS leave a small file beside it while they do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from automation.ledger.errors import Busy
from automation.text.words import for_how_long

STALE_AFTER = timedelta(hours=12)
"""An owner file older than this was left behind by a crash; it is named, and blocks no longer."""

_LONGEST_OWNER = 52
"""Letters that Office keeps of its user's name."""


@dataclass(frozen=True, slots=True)
class Opened:
    """One owner file: the program, the person as far as the file tells, and how old it is."""

    file: Path
    program: str
    owner: str
    age: timedelta

    @property
    def stale(self) -> bool:
        return self.age > STALE_AFTER

    def said(self) -> tuple[str, str]:
        """Who, where and for how long, in English and Chinese."""
        age = for_how_long(self.age)
        who = self.owner or "somebody"
        return (
            f"{who}, in {self.program}, for {age.en} ({self.file.name})",
            f"{self.owner or '有人'}（{self.program}，已 {age.zh}，{self.file.name}）",
        )


def opened(workbook: Path, now: datetime) -> list[Opened]:
    """Every owner file that stands beside the workbook."""
    return list(_owner_files(workbook, now))


def _owner_files(workbook: Path, now: datetime) -> Iterator[Opened]:
    name = workbook.name
    for candidate, program, owner in (
        (f"~${name}", "Excel / WPS", _excel_owner),
        (
            f"~${name[2:]}",
            "Excel / WPS",
            _excel_owner,
        ),  # Excel shortens long names by their first two letters
        (f".~lock.{name}#", "LibreOffice", _libreoffice_owner),
        (f".~{name}", "WPS", _excel_owner),
    ):
        file = workbook.with_name(candidate)
        try:
            age = now - datetime.fromtimestamp(file.stat().st_mtime, tz=now.tzinfo)
            yield Opened(file, program, owner(file.read_bytes()), max(age, timedelta()))
        except OSError:
            continue  # not there, or gone again between the two calls


def _excel_owner(content: bytes) -> str:
    """A length byte and the user's name in the computer's own letters, spaces up to byte 55; then both in UTF-16."""
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
    """Raises Busy while a person has the workbook open; gives back the owner files that are only left behind."""
    there = opened(workbook, now)
    held = [one for one in there if not one.stale]
    if held:
        en, zh = held[0].said()
        raise Busy(
            f"{workbook.name} is open: {en}. Close it and run again; nothing was written.",
            f"{workbook.name} 正被打开：{zh}。请关闭后再运行；本次未写入。",
        )
    return there
