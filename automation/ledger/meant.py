"""Whom a text means: people and departments of the ledger, and who is nobody here."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Party:
    """A person or a department that a case may be about."""

    name: str
    is_department: bool = False


@dataclass(frozen=True, slots=True)
class Meant:
    """Everyone a text may mean. `unsure` lists each name in it that is in doubt, with those it could mean; `strangers`
    the parts that are nobody here."""

    parties: frozenset[Party] = frozenset()
    unsure: tuple[tuple[str, tuple[str, ...]], ...] = ()
    strangers: tuple[str, ...] = ()

    @property
    def names_only_strangers(self) -> bool:
        """Whether something stands there that could be somebody, but means nobody here: it settles nothing."""
        return bool(self.strangers) and not self.parties
