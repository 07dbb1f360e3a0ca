"""What a column and a tab are. The declarations themselves stand in the modules beside this one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum

from sheet_schema.vocabulary import Labelled, Language, Words


class Type(Enum):
    """What a cell of the column holds, which decides its number format, parsing and alignment."""

    TEXT = "text"
    LONG = "long text"
    WHOLE = "whole number"
    DATE = "date"
    MOMENT = "date and time"
    TICK = "tick"
    CHOICE = "choice"
    CHOICES = "several choices"


class By(Enum):
    """Who fills the column. A job writes a BOTH cell only while it is blank."""

    STAFF = "S"
    JOB = "J"
    BOTH = "S/J"


class Required(Enum):
    """When a row is not complete without the cell."""

    NO = ""
    ALWAYS = "always"
    UNLESS_ANONYMOUS = "unless anonymous"
    ALLEGATION = "for an allegation"
    NOT_ACCEPTED = "for every decision but Accept"
    SUPERIOR = "for a matter from superiors"


@dataclass(frozen=True, slots=True)
class Group(Labelled):
    """Neighbouring columns that fold away together."""

    key: str
    en: str
    zh: str


@dataclass(frozen=True)
class Column(Labelled):
    """One column, declared once; headers, notes, dropdowns, formats, parsing and docs all come from here.

    `source` names the tab whose first column lists the allowed values; with `choices` the list is fixed.
    `strict` is False where a person may have reason to type something that is not on the list.
    """

    key: str
    en: str
    zh: str
    type: Type
    by: By
    note_en: str = ""
    note_zh: str = ""
    required: Required = Required.NO
    choices: Words | None = None
    source: str = ""
    strict: bool = True
    separator: str = ""
    group: Group | None = None
    width: float = 12
    frozen: bool = False
    derived: bool = False

    def note(self, language: Language) -> str:
        return self.note_zh if language == "zh" else self.note_en

    @property
    def staff(self) -> bool:
        """Whether people type here (alone or before the job does)."""
        return self.by is not By.JOB


class Place(Enum):
    """Where the tab stands in the tab order and who works in it."""

    FRONT = "front"
    STAFF = "staff"
    ADMINISTRATOR = "administrator"
    JOB = "job"


@dataclass(frozen=True)
class Tab(Labelled):
    """One tab. `page` tabs have no column headers: the job or install writes them as a page to be read."""

    key: str
    en: str
    zh: str
    place: Place
    columns: tuple[Column, ...] = field(default=())
    colour: str = "FFFFFF"
    page: bool = False
    hidden: bool = False

    def __getitem__(self, key: str) -> Column:
        """The column of that key; KeyError if the tab has none."""
        for column in self.columns:
            if column.key == key:
                return column
        raise KeyError(f"{self.key} has no column {key!r}")

    def __iter__(self) -> Iterator[Column]:
        return iter(self.columns)

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(column.key for column in self.columns)

    @property
    def staff_keys(self) -> tuple[str, ...]:
        """The columns people type in, in order: what a fingerprint of a row is made of."""
        return tuple(column.key for column in self.columns if column.staff)
