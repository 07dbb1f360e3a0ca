"""Which rows lack a cell they need, and which of those somebody is still typing (docs/design.md#p4.28)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

import numpy as np

from automation.cases.cell_prints import prints, prints_in
from automation.cases.imported import imported_on
from automation.cases.nobody_to_notify import anonymous
from automation.cases.register_lines import (
    PARTS_APART,
    RegisterLines,
    petitioner_and_summary_checksums,
    register_lines_of,
)
from automation.ledger.model import Ledger
from automation.ledger.office_time import today
from automation.ledger.table import Array, Table
from automation.ledger.typed.cell import as_text
from sheet_schema import REGISTER, Column, Required
from sheet_schema.vocabulary import Channel, Decision, Kind


def missing_cells(register: Table, register_lines: RegisterLines) -> dict[str, Array]:
    """For each required column, the mask of cases that lack it. A cell that could not be read counts as lacking."""
    return {
        column.key: register_lines.cases & demanded & (_is_blank(register, column))
        for column in REGISTER
        if (demanded := _is_required(register, column.required)) is not None
    }


def being_typed(ledger: Ledger, now: datetime, silent_lines: Iterable[int]) -> Array:
    """Mask the rows that somebody is still typing: undecided, first seen today, and either incomplete, with no problem
    older than `problem_grace`, or other than the run before saw them and one of those in which About says nothing."""
    register, index, lines = ledger.register, ledger.index, register_lines_of(ledger)
    settled_since = np.datetime64(now.replace(tzinfo=None), "s") - np.timedelta64(
        timedelta(hours=ledger.policy.settings.whole("problem_grace"))
    )
    known = lines.index_at >= 0
    old = np.zeros(len(register), dtype=bool)
    old[known] = index["problems_since"][lines.index_at[known]] <= settled_since
    new: Array = lines.cases & (register["decision"] == "") & ~(lines.first_seen < today(now))
    new &= np.isnat(imported_on(ledger, lines))  # nobody is typing what came with an import
    if not new.any():
        return new
    silent = np.zeros(len(register), dtype=bool)
    silent[list(silent_lines)] = True
    incomplete = new & ~old & (lacks_something(register, lines) | (silent & _needs_about(register)))
    silent &= new
    return incomplete | (silent & _just_typed(ledger, silent)) if silent.any() else incomplete


def _just_typed(ledger: Ledger, wanted: Array) -> Array:
    """Mask those of the lines of which the run before saw another petitioner, summary or About, or nothing at all.

    Before a ledger's first run nobody was seen typing. Nobody types what this run took over from a form, which came whole.
    """
    register, index, lines = ledger.register, ledger.index, register_lines_of(ledger)
    changed = np.zeros(len(register), dtype=bool)
    seen_before = index.read["fingerprint"]  # as the run before left it: this run's own are in the values
    if not (ledger.tables["runs"].read["run"] != "").any():
        return changed
    came_whole = (index["intake"] != "") & (index.read["intake"] == "")
    petitioners, summaries = petitioner_and_summary_checksums(register)
    abouts = prints(register, "about")
    for i in np.flatnonzero(wanted & (lines.index_at >= 0)).tolist():
        if came_whole[lines.index_at[i]]:
            continue
        before = str(seen_before[lines.index_at[i]])
        alike = before.startswith(PARTS_APART.join((petitioners[i], summaries[i], "")))
        changed[i] = not alike or prints_in(before).get("about", abouts[i]) != abouts[i]
    return changed


def lacks_something(register: Table, register_lines: RegisterLines) -> Array:
    """Mask the cases that lack a required cell, or say in a way nobody can read whom they are about or who may know."""
    lacking = [*missing_cells(register, register_lines).values(), unreadable(register, "about")]
    mask: Array = np.logical_or.reduce([*lacking, unreadable(register, "restricted")]) & register_lines.cases
    return mask


def unreadable(table: Table, column: str) -> Array:
    """Mask the cells of a text or a choice in which something stands that could not be read.

    A box that nobody ticked is blank: it says neither Yes nor No.
    """
    mask: Array = (table.read[column] != "") & (table[column] == "")
    for i in np.flatnonzero(mask).tolist():
        cell = table.read[column][i]
        mask[i] = cell is not False and as_text(cell).strip() != ""
    return mask


def _needs_about(register: Table) -> Array:
    needed = _is_required(register, REGISTER["about"].required)
    return np.zeros(len(register), dtype=bool) if needed is None else needed


def says_procedure(register: Table) -> Array:
    """Mask the cases led to a procedure in law that say to which, which is the reason (docs/design.md#p17.6)."""
    said: Array = (register["decision"] == Decision.LEGAL_PROCEDURE.key) & (register["procedure"] != "")
    return said


def _is_blank(register: Table, column: Column) -> Array:
    values = register[column.key]
    blank: Array = np.isnat(values) if values.dtype.kind == "M" else values == ""
    return blank


def _is_required(register: Table, required: Required) -> Array | None:
    """Mask the lines that need the cell; None if no line ever does."""
    if required is Required.NO:
        return None
    if required is Required.ALWAYS:
        return np.ones(len(register), dtype=bool)
    if required is Required.UNLESS_ANONYMOUS:
        return ~register.remembered(anonymous, register["petitioner"])
    demanded: Array
    if required is Required.ALLEGATION:
        demanded = register["kind"] == Kind.ALLEGATION.key
    elif required is Required.SUPERIOR:
        demanded = register["channel"] == Channel.SUPERIOR.key
    elif required is Required.PROCEDURE:
        demanded = register["decision"] == Decision.LEGAL_PROCEDURE.key
    else:
        demanded = (
            (register["decision"] != "") & (register["decision"] != Decision.ACCEPT.key) & ~says_procedure(register)
        )
    return demanded
