"""What a written document is made of, in order. What it says stands elsewhere, and so does the file format."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Title:
    """The document's title in its lines, and the lines under it."""

    lines: tuple[str, ...]
    under: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """Numbered by the document itself, except an annex."""

    text: str
    level: int = 1
    annex: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a list."""

    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """A captioned table. `widths` are shares of the page's width, one a column; columns in `numbers` stand to the right.
    Where there is a `total`, it is the last row."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    numbers: frozenset[int] = frozenset()
    total: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Series:
    name: str
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A captioned chart of bars, standing or `lying`. `description` says to those who cannot see it what it shows."""

    caption: str
    description: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    lying: bool


@dataclass(frozen=True, slots=True)
class Blank:
    """A place that a person fills in: `key` to programs, `name` to people; `prompt` stands there until then. Where it is a
    `line`, it follows its name; else it is a paragraph."""

    key: str
    name: str
    prompt: str
    line: bool = False


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """One line of the signature that is known: a name and what it is."""

    name: str
    text: str


Block = Title | Heading | Paragraph | Item | Table | Chart | Blank | SignatureLine
