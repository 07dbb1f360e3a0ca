"""The fonts a PDF is set in. Latin stands in those every viewer has; for everything else a TrueType font of this machine is embedded.

Where there is none, Chinese is left to the viewer's own (STSong-Light, which every viewer with a Chinese font shows).
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
"""Fonts that can be embedded, where Windows, macOS and Linux usually have them: for Chinese, and for ł, ő, Д."""


class Face(Protocol):
    """A font by its name here, and which characters it has."""

    @property
    def name(self) -> str: ...
    def has(self, one: str) -> bool: ...


class BuiltIn(NamedTuple):
    """A font that every viewer has, and the encoding of the characters in it; where it ends, another font has them better."""

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
    """The first of these fonts that can be embedded, looked for when it is first needed; none of them has any character."""

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
    """The fonts to look for a character in, one after another. Chinese has its own quotation marks and dashes."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    embedded = (Embedded(tuple(chinese)), Embedded(tuple(letters)))
    others = (*(embedded if language == "zh" else embedded[::-1]), BuiltIn("STSong-Light", "gbk"))
    below = 0x2000 if language == "zh" else 0x10000
    found: dict[bool, Sequence[Face]] = {
        bold: (BuiltIn("Helvetica-Bold" if bold else "Helvetica", "cp1252", below), *others) for bold in (False, True)
    }
    return found.__getitem__


@cache
def _embeddable(files: tuple[Path, ...]) -> TTFont | None:
    """The font, known to reportlab by its file: of a name reportlab keeps the first font for as long as the program runs."""
    for file in files:
        try:
            pdfmetrics.registerFont(TTFont(str(file), str(file)))
        except (TTFError, OSError):  # not there, or its outlines or its licence do not allow it
            continue
        return pdfmetrics.getFont(str(file))  # what is drawn, should two files hold a font of the same face
    return None
