"""What is attached to a mail, under a name that is safe on any disk; what could do harm is not kept, but named."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

LARGEST_FILES = 10_000_000
"""Bytes of all files of one mail that are kept."""
MOST_FILES = 20
_LONGEST_NAME = 60
_MOST_BYTES = 150
"""Of a name without its ending: a disk takes 255 bytes with all that is put before and behind it, and a character may have four."""
_LONGEST_ENDING = 10
_RUNS = frozenset({
    "ade", "adp", "apk", "app", "appx", "bat", "bin", "chm", "cmd", "com", "cpl", "dll", "dmg", "docm", "dotm", "exe", "gadget", "hta", "htm",
    "html", "img", "inf", "ins", "iso", "jar", "js", "jse", "lnk", "mht", "mhtml", "msc", "msi", "msix", "msp", "one", "pif", "potm", "ppam",
    "ppsm", "pptm", "ps1", "ps1xml", "psc1", "py", "pyw", "reg", "scf", "scr", "sct", "sh", "shtml", "svg", "sys", "url", "vb", "vbe", "vbs",
    "vhd", "vhdx", "wsc", "wsf", "wsh", "xbap", "xht", "xhtml", "xla", "xlam", "xll", "xlsm", "xltm", "desktop", "command", "settingcontent-ms",
})  # fmt: skip
"""Endings of files that a double click may run, or that carry programs."""
_PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe")
_DEVICES = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?:\..*)?", re.IGNORECASE)


@dataclass(frozen=True)
class Attached:
    """A file that came with a mail: its safe name, its content, and whether it could do harm."""

    name: str
    content: bytes
    harmful: bool = False


def attached(name: str, content: bytes) -> Attached:
    """A file of a mail, whatever name it came with."""
    safe = safe_name(name)
    endings = {one.casefold() for one in safe.split(".")[1:]}
    harmful = not _RUNS.isdisjoint(endings) or content.startswith(_PROGRAMS)
    return Attached(safe, content, harmful)


def safe_name(name: str) -> str:
    """The name of a file without a path, and without anything that a disk or a person could stumble over."""
    plain = unicodedata.normalize("NFKC", name)
    plain = re.split(r"[/\\]", plain)[-1]
    shown = "".join(one if one.isprintable() and unicodedata.category(one) != "Cf" else " " for one in plain)
    shown = re.sub(r'[<>:"|?*\x00-\x1f%$`&;!{}~#\']', "_", " ".join(shown.split())).strip(" .")
    stem, dot, ending = shown.rpartition(".")
    if not dot or not stem.strip(" .") or len(ending.encode()) > _LONGEST_ENDING:
        stem, ending = shown, ""
    stem = stem.strip(" .")[:_LONGEST_NAME].encode()[:_MOST_BYTES].decode(errors="ignore").strip(" .") or "file"
    found = f"{stem}.{ending.strip()}" if ending.strip() else stem
    return f"_{found}" if _DEVICES.fullmatch(found) else found


@dataclass(frozen=True)
class Kept:
    """The files of one mail that are kept, each under the name that it gets on the disk, and those that are not."""

    files: tuple[tuple[str, bytes], ...]
    left: tuple[str, ...]


def kept_files(before: str, files: Iterable[Attached], *, named: bool) -> Kept:
    """The files to keep, their names beginning with `before`, which no other mail has. Without `named` they get a number instead
    of their own name."""
    kept: list[tuple[str, bytes]] = []
    left: list[str] = []
    room = LARGEST_FILES
    for number, one in enumerate(files, start=1):
        shown = one.name if named else str(number)
        if one.harmful or len(one.content) > room or len(kept) >= MOST_FILES:
            left.append(shown)
            continue
        room -= len(one.content)
        kept.append(
            (f"{before} {number} {one.name}" if named else f"{before} {number}{_ending(one.name)}", one.content)
        )
    return Kept(tuple(kept), tuple(left))


def _ending(name: str) -> str:
    _, dot, ending = name.rpartition(".")
    return f".{ending}" if dot and ending.isalnum() and ending.isascii() else ""
