"""Checks the terms of a commit's edits.

Both kinds of workbook refuse contradictory terms, so that a mistake shows in a local file too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from automation.ledger.workbook import RowMove, RowTerms, TabEdit, TabTerms

Places = Mapping[tuple[str, int], RowTerms]
"""Title and row → its terms."""


def refuse_contradictions(edits: Sequence[TabEdit], moves: Sequence[RowMove]) -> None:
    """Raises ValueError, which is a fault of the program, if terms are missing or contradict each other.

    That is so for a row that is written or moved without terms, for two edits of a tab whose terms differ, and for a
    moved row whose owner or group is not the same in both tabs.
    """
    _refuse_missing_terms(edits)
    _refuse_differing_terms(edits)
    if moves:
        places = {(edit.title, row): terms for edit in edits if edit.terms for row, terms in edit.terms.rows.items()}
        for move in moves:
            _refuse_separable_rows(move, places)


def _refuse_missing_terms(edits: Sequence[TabEdit]) -> None:
    for edit in edits:
        if edit.terms is None:
            continue
        for column in edit.columns:
            if not edit.terms.rows.keys() >= set(column.rows):
                row = min(set(column.rows) - edit.terms.rows.keys())
                raise ValueError(f"{edit.title}: row {row} has no terms")


def _refuse_differing_terms(edits: Sequence[TabEdit]) -> None:
    found: dict[str, object] = {}
    for edit in edits:
        terms = edit.terms
        of_tab = (*terms.found_by, terms.number_at, terms.claims) if terms is not None else "a page"
        if found.setdefault(edit.title, of_tab) != of_tab:
            raise ValueError(f"{edit.title}: two edits have different terms for the tab")


def _refuse_separable_rows(move: RowMove, places: Places) -> None:
    for row, to in zip(move.rows, move.to, strict=True):
        ours, theirs = places.get((move.source, row)), places.get((move.target, to))
        if ours is None or theirs is None:
            raise ValueError(f"{move.source}: row {row}, which moves to {move.target}, has no terms")
        if not ours.group or (ours.owner, ours.group) != (theirs.owner, theirs.group):
            raise ValueError(f"{move.source}: row {row} may be separated from its target row in {move.target}")


def each_row_for_itself(edits: Sequence[TabEdit]) -> list[TabEdit]:
    """Give each row of these edits an owner of its own, and let it be written only while it is still blank.

    The tabs were just laid out, so their rows belong to no case; a row that fails is reported by tab and number.
    """
    return [replace(edit, terms=_own_terms(edit)) for edit in edits]


def _own_terms(edit: TabEdit) -> TabTerms:
    rows = sorted({row for column in edit.columns for row in column.rows})
    terms = {row: RowTerms(f"{edit.title} {row}") for row in rows}
    return TabTerms(terms, blank=sorted({column.column for column in edit.columns}))
