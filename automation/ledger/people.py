"""The people and departments of the ledger, as the administrators' tabs name them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

NO_ROW = 0
"""The row of somebody who is named, as the head of a department or on duty, but has no row in People."""


@dataclass(frozen=True, slots=True)
class Department:
    """A row of Departments."""

    name: str
    also_called: tuple[str, ...]
    email: str
    head: str
    leader: str
    row: int
    read_by: tuple[str, ...] = ()
    """Who opens the mailbox besides the head, by name; also whoever a cell that is not plain could mean."""
    left_open: tuple[str, ...] = ()
    """The texts in Head and Read by, as typed, that may mean somebody whom they do not name."""
    chat: str = ""
    """The name of the chat that its people read, as typed."""


@dataclass(frozen=True, slots=True)
class Person:
    """A row of People."""

    name: str
    also_called: tuple[str, ...]
    email: str
    phone: str
    roles: tuple[str, ...]
    digest: str
    absent_from: date | None
    absent_until: date | None
    stand_in: str
    row: int
    language: str = ""
    """In which language they get mails; empty for the ledger's."""
    address_as: str = ""
    """How mails greet them, such as `Mr Hughes`; empty for their name."""
    chat: str = ""
    """The name of their chat, as typed."""
    told_by: str = ""
    """How they want to be told of a case; empty for every way they have."""
