"""The classes that declare columns and tabs. The other modules of this package use them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property

from sheet_schema.languages import Language, translated
from sheet_schema.usual_words import NO_TICKS, TICKS
from sheet_schema.vocabulary import YesNo
from sheet_schema.word import Labelled, Words, keys_of, lookup, word_form


class Type(Enum):
    """What the cells of a column hold. It decides their format, alignment and parsing."""

    TEXT = "text"
    LONG = "long text"
    WHOLE = "whole number"
    DATE = "date"
    MOMENT = "date and time"
    TICK = "tick"
    CHOICE = "choice"
    CHOICES = "several choices"


class By(Enum):
    """Who fills in the column. A job fills in a cell of BOTH only while it is blank (docs/design.md#p2.4)."""

    STAFF = "S"
    JOB = "J"
    BOTH = "S/J"


class Required(Enum):
    """When a row is incomplete without the cell."""

    NO = ""
    ALWAYS = "always"
    UNLESS_ANONYMOUS = "unless anonymous"
    ALLEGATION = "for an allegation"
    NOT_ACCEPTED = "for every decision but Accept"
    SUPERIOR = "for a matter from superiors"
    PROCEDURE = "for the decision Legal procedure"


@dataclass(frozen=True, slots=True)
class Group(Labelled):
    """Neighbouring columns that fold away together."""

    key: str
    english: str


@dataclass(frozen=True)
class Column(Labelled):
    """One column of a tab.

    `choices` is a fixed list of allowed values; instead, `source` may name the tab whose first column lists them. With
    `strict` False people may also type what is not on the list. Cells with several values have `separator` between
    them. `derived` columns are worked out anew by every run. `width` is in characters. `also_written` has, by the key of a
    choice (of a tick: of Yes and No), what people write for it in this column beside what they write for it anywhere.
    `tells_taken` are the choices with consequences, of which the row says so if they were meant by another word.
    `counts_people` says that a number may be written as people speak of a crowd. `sense` tells it from a column of
    another tab with the same key and label that is called otherwise in another language. A cell of `one_line`
    is for the program, so that people see its beginning only; a `checksum` is another such, and tells nobody anything. A text of more than `longest` characters is not read.
    Without a `later` column, which came with a later version, a ledger goes on as before; of a group it has all of them or none
    (docs/design.md#p17.9).
    """

    key: str
    english: str
    type: Type
    by: By
    note_english: str = ""
    required: Required = Required.NO
    choices: Words | None = None
    also_written: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    tells_taken: tuple[str, ...] = ()
    source: str = ""
    strict: bool = True
    separator: str = ""
    counts_people: bool = False
    group: Group | None = None
    width: float = 12
    frozen: bool = False
    derived: bool = False
    checksum: bool = False
    one_line: bool = False
    longest: int = 0
    later: bool = False
    sense: str = ""

    @cached_property
    def context(self) -> str:
        return f"Column {self.key} {self.sense}".strip()

    def note(self, language: Language) -> str:
        return translated(language, f"{self.context} note", self.note_english)

    @cached_property
    def keys_by_word(self) -> Mapping[str, str]:
        """The key of each choice by the form of all that people write for it in this column."""
        return keys_of(self.also_written) | lookup(self.choices) if self.choices else {}

    @property
    def ticks(self) -> frozenset[str]:
        """What means a tick in this column, folded."""
        return frozenset((*TICKS, *map(word_form, self.also_written.get(YesNo.YES.key, ()))))

    @property
    def no_ticks(self) -> frozenset[str]:
        """What plainly means no tick in this column, folded."""
        return frozenset((*NO_TICKS, *map(word_form, self.also_written.get(YesNo.NO.key, ()))))

    @property
    def names_somebody(self) -> bool:
        """Whether its cells hold a name from People or Departments."""
        return self.source in ("people", "departments")

    @property
    def is_cut(self) -> bool:
        """Whether people see only as much of its cells as there is room for in one line."""
        return self.checksum or self.one_line

    @property
    def staff(self) -> bool:
        """Whether people type here."""
        return self.by is not By.JOB


class Place(Enum):
    """Who works in a tab, which also decides where it is among the tabs."""

    FRONT = "front"
    STAFF = "staff"
    ADMINISTRATOR = "administrator"
    JOB = "job"


@dataclass(frozen=True)
class Tab(Labelled):
    """One tab. A `page` has no columns: jobs or `install` write it for people to read."""

    key: str
    english: str
    place: Place
    columns: tuple[Column, ...] = field(default=())
    colour: str = "FFFFFF"
    page: bool = False
    hidden: bool = False
    on_demand: bool = False
    """Whether it is only made once what it is for was turned on."""

    def __getitem__(self, key: str) -> Column:
        """The column with this key. Raises KeyError if the tab has none."""
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
        """The columns that people type in, in order. A row's fingerprint is made from them."""
        return tuple(column.key for column in self.columns if column.staff)
