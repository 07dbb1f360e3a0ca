"""What *Letters made* remembers of a case: each letter, its file, what it answered, and when and how it was handed over.

A line for each letter: `2026-03-18 | 受理告知书 | LV-00001 受理告知书.docx | #1c29f0 | 2026-03-20 邮寄`. The mark with # says that the choice in
*Letter* is answered by it; a run takes it away once the cell is empty or says something else, so that the same may be chosen anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sheet_schema.letter_words import LetterKind
from sheet_schema.word import lookup, word_form

_APART = " | "
_MARK = "#"


@dataclass(frozen=True)
class Made:
    """One letter that was made. `mark` stands while its choice does; `handed` says when and how it was handed over."""

    day: str = ""
    kind: str = ""
    label: str = ""
    file: str = ""
    mark: str = ""
    handed: str = ""
    raw: str = ""
    """A line that says something else, as it stands."""

    def line(self) -> str:
        """As it stands in the cell."""
        if self.raw:
            return self.raw
        mark = _MARK + self.mark if self.mark else ""
        return _APART.join(part for part in (self.day, self.label, self.file, mark, self.handed) if part)


def made_in(cell: str) -> list[Made]:
    """The letters that a cell tells of, oldest first."""
    return [_read(line.strip()) for line in cell.split("\n") if line.strip()]


def _read(line: str) -> Made:
    day, label, file, *rest = (*line.split(_APART), "", "")[: max(3, line.count(_APART) + 1)]
    kind = lookup(LetterKind).get(word_form(label), "")
    if not kind or not file:
        return Made(raw=line)
    mark = next((part[1:] for part in rest if part.startswith(_MARK)), "")
    handed = next((part for part in rest if part and not part.startswith(_MARK)), "")
    return Made(day=day, kind=kind, label=label, file=file, mark=mark, handed=handed)


def as_cell(letters: Sequence[Made]) -> str:
    """The cell that tells of these letters."""
    return "\n".join(one.line() for one in letters)


def answered(cell: str, kind: str) -> bool:
    """Whether the choice of this kind, as it stands, has its letter."""
    return any(one.kind == kind and one.mark for one in made_in(cell))


def settled(cell: str, chosen: str) -> str:
    """The cell without the marks of letters that are chosen no more."""
    if _MARK not in cell:
        return cell
    return as_cell([one if one.kind == chosen else replace(one, mark="") for one in made_in(cell)])


def last_of(cell: str, kind: str) -> Made | None:
    """The last letter of this kind that was made; None if there is none."""
    return next((one for one in reversed(made_in(cell)) if one.kind == kind), None)


def last_to_hand_over(cell: str) -> Made | None:
    """The last letter that a record of delivery can be about."""
    return next((one for one in reversed(made_in(cell)) if one.kind not in ("", LetterKind.DELIVERY.key)), None)
