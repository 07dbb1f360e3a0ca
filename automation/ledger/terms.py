"""What the edits of a commit say of whose each row is: every kind of workbook refuses those that contradict one another, so
that a rule that is said wrongly fails in a file as it would among people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from automation.ledger.workbook import RowMove, RowTerms, TabEdit, TabTerms

Places = Mapping[tuple[str, int], RowTerms]
"""Title and row → its terms."""


def refuse_contradictions(edits: Sequence[TabEdit], moves: Sequence[RowMove]) -> None:
    """Raises ValueError, a fault of the program, for a row that is written or moved without terms, a tab of which two edits
    say different things, and a pair of moved rows that are not of one owner and one group."""
    _refuse_unsaid(edits)
    _refuse_two_minds(edits)
    if moves:
        places = {(edit.title, row): terms for edit in edits if edit.terms for row, terms in edit.terms.rows.items()}
        for move in moves:
            _refuse_torn_apart(move, places)


def _refuse_unsaid(edits: Sequence[TabEdit]) -> None:
    for edit in edits:
        if edit.terms is None:
            continue
        for column in edit.columns:
            if not edit.terms.rows.keys() >= set(column.rows):
                row = min(set(column.rows) - edit.terms.rows.keys())
                raise ValueError(f"{edit.title}: nothing is said of whose row {row} is")


def _refuse_two_minds(edits: Sequence[TabEdit]) -> None:
    said: dict[str, object] = {}
    for edit in edits:
        terms = edit.terms
        about = (*terms.found_by, terms.number_at, terms.claims) if terms is not None else "a page"
        if said.setdefault(edit.title, about) != about:
            raise ValueError(f"{edit.title}: two edits say different things of the tab")


def _refuse_torn_apart(move: RowMove, places: Places) -> None:
    for row, to in zip(move.rows, move.to, strict=True):
        ours, theirs = places.get((move.source, row)), places.get((move.target, to))
        if ours is None or theirs is None:
            raise ValueError(f"{move.source}: nothing is said of whose row {row} is, which goes to {move.target}")
        if not ours.group or (ours.owner, ours.group) != (theirs.owner, theirs.group):
            raise ValueError(f"{move.source}: row {row} and the one it becomes in {move.target} can be torn apart")


def each_row_for_itself(edits: Sequence[TabEdit]) -> list[TabEdit]:
    """Make each row of these edits stand for itself, to be written only while it is still blank.

    The tabs were just laid out, so their rows belong to no case; a row that fails is reported by tab and number.
    """
    return [replace(edit, terms=_own_terms(edit)) for edit in edits]


def _own_terms(edit: TabEdit) -> TabTerms:
    rows = sorted({row for column in edit.columns for row in column.rows})
    terms = {row: RowTerms(f"{edit.title} {row}") for row in rows}
    return TabTerms(terms, blank=sorted({column.column for column in edit.columns}))
