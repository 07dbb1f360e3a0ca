"""A register that an office kept before, as it was read: its tabs, and nothing of what they mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from automation.ledger.workbook import Cell


@dataclass(frozen=True, slots=True)
class ForeignSheet:
    """One tab. `rows[0]` is its row 1; lengths differ.

    `remarks` are the notes on cells, and `colours` the fill (`C6EFCE`) of the rows that have one in most of their cells; both
    by row, a remark by column as well. `merged` are ranges as first row, first column, last row, last column. All count from 1.
    """

    title: str
    rows: Sequence[Sequence[Cell]]
    remarks: Mapping[tuple[int, int], str] = field(default_factory=dict)
    colours: Mapping[int, str] = field(default_factory=dict)
    merged: Sequence[tuple[int, int, int, int]] = ()


@dataclass(frozen=True, slots=True)
class ForeignFile:
    """A file with its tabs. Of a text table, `encoding` and `separator` are those with which it was read. `looks` says whether the
    colours of its rows were read, as they are of an .xlsx only."""

    name: str
    sheets: Sequence[ForeignSheet]
    encoding: str = ""
    separator: str = ""
    looks: bool = False
