"""The fonts a PDF is set in.

Latin is set in fonts that every viewer has; for everything else a TrueType font of this machine is embedded. If there
is none for Chinese, the viewer's own is used (STSong-Light, which a viewer with a Chinese font shows).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple, Protocol

import reportlab
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from sheet_schema import Language
from sheet_schema.languages import script

_WINDOWS, _MAC, _LINUX = Path("C:/Windows/Fonts"), Path("/System/Library/Fonts"), Path("/usr/share/fonts")
CHINESE = (
    _WINDOWS / "msyh.ttc", _WINDOWS / "simhei.ttf", _WINDOWS / "simsun.ttc", _WINDOWS / "Deng.ttf",
    _MAC / "STHeiti Light.ttc", _MAC / "Supplemental/Songti.ttc", Path("/Library/Fonts/Arial Unicode.ttf"),
    _MAC / "Supplemental/Arial Unicode.ttf",
    _LINUX / "truetype/wqy/wqy-microhei.ttc", _LINUX / "truetype/wqy/wqy-zenhei.ttc",
    _LINUX / "wenquanyi/wqy-microhei/wqy-microhei.ttc", _LINUX / "wqy-microhei/wqy-microhei.ttc",
    _LINUX / "truetype/arphic/uming.ttc", _LINUX / "truetype/droid/DroidSansFallbackFull.ttf",
    _LINUX / "google-droid-sans-fonts/DroidSansFallbackFull.ttf",
)  # fmt: skip
LETTERS = (
    _WINDOWS / "arial.ttf",
    _MAC / "Supplemental/Arial.ttf",
    _LINUX / "truetype/dejavu/DejaVuSans.ttf",
    _LINUX / "truetype/liberation/LiberationSans-Regular.ttf",
    _LINUX / "dejavu-sans-fonts/DejaVuSans.ttf",
    Path(reportlab.__file__).parent / "fonts" / "Vera.ttf",
)
"""Fonts to embed, where Windows, macOS and Linux usually have them: for Chinese, and for ł, ő, Д."""


class Face(Protocol):
    """A font: its name, and a test for the characters it has."""

    @property
    def name(self) -> str: ...
    def has(self, one: str) -> bool: ...


class BuiltIn(NamedTuple):
    """A font that every viewer has, and its characters' encoding; `below` is where better fonts take over."""

    name: str
    encoding: str
    below: int = 0x110000

    def has(self, one: str) -> bool:
        if ord(one) >= self.below:
            return False
        try:
            one.encode(self.encoding)
        except UnicodeEncodeError:
            return False
        return True


@dataclass(frozen=True)
class Embedded:
    """The first embeddable font among `files`, only opened when needed. If there is none, it has no characters."""

    files: tuple[Path, ...]

    @property
    def name(self) -> str:
        return str(self._font.fontName) if self._font else ""

    def has(self, one: str) -> bool:
        return self._font is not None and ord(one) in self._font.face.charToGlyph

    @cached_property
    def _font(self) -> TTFont | None:
        return _embeddable(self.files)


def faces_for(language: Language, chinese: Sequence[Path], letters: Sequence[Path]) -> Callable[[bool], Sequence[Face]]:
    """The fonts to try for a character, in order. Chinese has its own quotation marks and dashes."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    embedded = (Embedded(tuple(chinese)), Embedded(tuple(letters)))
    others = (*(embedded if script(language) == "Hans" else embedded[::-1]), BuiltIn("STSong-Light", "gbk"))
    below = 0x2000 if script(language) == "Hans" else 0x10000
    found: dict[bool, Sequence[Face]] = {
        bold: (BuiltIn("Helvetica-Bold" if bold else "Helvetica", "cp1252", below), *others) for bold in (False, True)
    }
    return found.__getitem__


@cache
def _embeddable(files: tuple[Path, ...]) -> TTFont | None:
    """The font, registered under its file's path, since reportlab keeps the first font of any name for good."""
    for file in files:
        try:
            pdfmetrics.registerFont(TTFont(str(file), str(file)))
        except (TTFError, OSError):  # missing, or its outlines or licence forbid embedding
            continue
        return pdfmetrics.getFont(str(file))  # if two files hold the same face, the one that is drawn
    return None
