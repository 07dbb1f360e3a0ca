"""The building blocks of a written document, free of what it says and of any file format."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Title:
    """The document's title and the lines below it."""

    lines: tuple[str, ...]
    under: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, which the document numbers by itself unless it is an annex."""

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
    """A table with a caption; `widths` are relative, columns in `numbers` right-aligned, `total` is the last row."""

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
    """A bar chart with a caption, upright or `lying`. `description` tells those who cannot see it what it shows."""

    caption: str
    description: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    lying: bool


@dataclass(frozen=True, slots=True)
class Blank:
    """A place for a person to fill in. Programs know it as `key`, people as `name`, and `prompt` is what it shows at
    first. A `line` follows its name on one line; otherwise it is a paragraph."""

    key: str
    name: str
    prompt: str
    line: bool = False


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """A line of the signature that is known already: its name and its text."""

    name: str
    text: str


Block = Title | Heading | Paragraph | Item | Table | Chart | Blank | SignatureLine
