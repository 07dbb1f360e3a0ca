"""Whether what a filed case owed was altered: *Owed* of *Filing* against what *Index* still keeps (docs/design.md#p4.21)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from automation.cases.owed import owed_in, to_seal
from automation.cases.seals import row_values, seal
from automation.ledger.model import Ledger
from automation.ledger.table import positions_of


class Altered(NamedTuple):
    """What is wrong with a row whose seal is broken: its *Owed*, something else, or both."""

    owed: bool
    more: bool


def altered(ledger: Ledger, broken: Iterable[int]) -> dict[int, Altered]:
    """What was altered in each of these rows of Filing, by their positions. None of them is as it was sealed."""
    filing, positions = ledger.filing, [*broken]
    at = positions_of(filing["case_no"][positions], ledger.index["case_no"])
    kept = [ledger.index["owed"][one] if one >= 0 else "" for one in at.tolist()]
    sealed = to_seal(filing, positions, kept)
    seals = filing["seal"][positions].tolist()
    rows = zip(positions, sealed, seals, row_values(filing, positions), strict=True)
    return {position: _of_row(values, was, seal_then) for position, was, seal_then, values in rows}


def _of_row(values: Mapping[str, str], owed_then: str, seal_then: str) -> Altered:
    """`owed_then` is what the case owed if no day of the row was altered, as far as Index knows; a case that an earlier
    version filed has none under its seal."""
    if any(seal({**values, "owed": owed}) == seal_then for owed in (owed_then, "")):
        return Altered(owed=True, more=False)
    now = values.get("owed", "")
    return Altered(bool(now and owed_then) and _without_verdicts(now) != _without_verdicts(owed_then), more=True)


def _without_verdicts(owed: str) -> list[str]:
    """Whether a step was done in time follows from the row's own days, too, which may be what was altered."""
    return [part._replace(kept="").text() for part in owed_in(owed).values()]
