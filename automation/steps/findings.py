"""What a check finds: which rows, which column, which problem."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from automation.ledger.table import Array, Table

WARNING = True


@dataclass(frozen=True)
class Finding:
    """One problem in some rows. `details` fill its sentence for all rows, and `each` adds more by position."""

    code: str
    column: str
    positions: Array
    details: Mapping[str, object] = field(default_factory=dict)
    each: Callable[[int], Mapping[str, object]] | None = None
    warning: bool = False


def text_of(register: Table, key: str) -> Callable[[int], Mapping[str, object]]:
    """What stands in this column, as the value that a sentence quotes."""
    return lambda i: {"value": register[key][i]}
