"""The other name by which somebody is politely addressed: 赵校长 of 赵国华."""

from __future__ import annotations

from automation.ledger.people import Person
from sheet_schema import naming

_TITLES = (
    naming.COURTESY
    | naming.WORK_TITLES
    | naming.SHORT_TITLES
    | frozenset(word for words in naming.ROLE_WORDS for word in words)
)


def title_form(person: Person) -> str:
    """The first of a person's other names that is their Chinese surname with a title; empty if there is none."""
    name = person.name.strip()
    surname = name[: 2 if name[:2] in naming.DOUBLE_SURNAMES else 1]
    return next((other for other in person.also_called if _is_titled(other, surname)), "")


def _is_titled(other: str, surname: str) -> bool:
    return bool(surname) and other.startswith(surname) and other.removeprefix(surname) in _TITLES
