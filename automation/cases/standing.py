"""How the cases stand today: which are open, late, due soon. Dashboard, digest and report all count them here."""

from __future__ import annotations

from typing import Protocol

from automation.ledger.table import Array
from sheet_schema.vocabulary import Decision, Light, Status


class ByColumn(Protocol):
    """Cases by column: the Register, or those of it that somebody may see."""

    def __getitem__(self, key: str) -> Array: ...


def is_open(cases: ByColumn) -> Array:
    """Mask the open cases. "What is void counts nowhere" (docs/design.md#p4.9), and a line without status is no case."""
    status = cases["status"]
    masked: Array = (status != "") & (status != Status.CLOSED.key) & (cases["decision"] != Decision.VOID.key)
    return masked


def with_light(cases: ByColumn, light: Light) -> Array:
    """Mask the open cases with this light."""
    masked: Array = is_open(cases) & (cases["light"] == light.key)
    return masked
