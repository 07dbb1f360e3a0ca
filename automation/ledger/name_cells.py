"""Resolves each cell of the administrators' tabs that names somebody to the name that stands in People or Departments.

A cell that fits nobody, or several, is a problem beside it. Whoever it names is remembered all the same, so that they
can be kept out of a case (docs/design.md#p5.3).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from automation.ledger.admin_row import Row
from automation.ledger.directory import Directory
from automation.ledger.names.folding import name_form
from automation.ledger.people import NO_ROW, Department, Person

OR = " / "


@dataclass
class NameCells:
    """Resolves the cells of the administrators' tabs, and collects who is named in them but has no row in People."""

    directory: Directory
    _strangers: dict[str, str] = field(default_factory=dict)
    """Who has no row, as first typed, by the form in which names are compared."""

    def department(self, row: Row, key: str) -> str:
        """The department's name for this cell; blank, with a problem, if there is none or several."""
        typed = row.text(key)
        name = self.directory.department(typed)
        if typed and not name:
            code, details = unknown(self.directory, typed, is_department=True)
            row.note(code, key, **details)
        return name

    def person(self, row: Row, key: str) -> str:
        """The person's name for this cell; blank, with a problem, if there is none or several."""
        return self._person(row, key, row.text(key))

    def person_or_typed(self, row: Row, key: str) -> str:
        """The person's name for this cell, or what was typed if it fits nobody or several."""
        return self.named_or_typed(row, key, row.text(key))

    def named_or_typed(self, row: Row, key: str, typed: str) -> str:
        """The same for a part of a cell."""
        return self._person(row, key, typed) or self._strangers.get(name_form(typed), typed)

    def each_person(self, row: Row, key: str) -> tuple[str, ...]:
        """Everybody whom the cell names; parts that fit nobody, or several, are left out with a problem."""
        return tuple(name for part in row.several(key) if (name := self._person(row, key, part)))

    def everybody_meant(self, row: Row, key: str) -> tuple[str, ...]:
        """Everybody whom the parts of the cell could mean that are not plain."""
        parts = (part for part in row.several(key) if not self.directory.person(part))
        return tuple(
            dict.fromkeys(name for part in parts for name in could_be(self.directory, part, is_department=False))
        )

    def people(self, row: Row, key: str) -> tuple[str, ...]:
        """Everybody whom the cell names or could name; what names nobody, or a group, stays as typed."""
        names: list[str] = []
        for part in row.several(key):
            found = [name for name in (self._person(row, key, part), *self.doubtful(part)) if name]
            names += found or [part]
        return tuple(dict.fromkeys(names))

    def left_open(self, row: Row, key: str) -> Sequence[str]:
        """The parts of the cell that may mean somebody who is not named, which is a problem beside it."""
        open_parts = [part for part in row.several(key) if self.directory.leaves_open(part)]
        if open_parts and all(one.column != key for one in row.wrong):  # else the cell has its problem
            row.note("readers_unnamed", key, value=open_parts[0])
        return open_parts

    def doubtful(self, typed: str) -> tuple[str, ...]:
        """Everybody whom this text could name, if it is not plain who is meant."""
        if not typed or self.directory.person(typed):
            return ()
        stranger = self._strangers.get(name_form(typed))
        return (*could_be(self.directory, typed, is_department=False), *([stranger] if stranger else ()))

    def everybody(self) -> tuple[Person, ...]:
        """The people of the directory, and those who have no row.

        Whoever was perhaps meant by a name that has no row bears that name, too.
        """
        extra: dict[str, list[str]] = {}
        for typed in self._strangers.values():
            for name in could_be(self.directory, typed, is_department=False):
                extra.setdefault(name, []).append(typed)
        listed = (
            replace(person, also_called=(*person.also_called, *extra[person.name])) if person.name in extra else person
            for person in self.directory.people
        )
        return (*listed, *map(_without_row, self._strangers.values()))

    def _person(self, row: Row, key: str, typed: str) -> str:
        name = self.directory.person(typed)
        if typed and not name:
            code, details = unknown(self.directory, typed, is_department=False)
            row.note(code, key, **details)
            if name_form(typed) and name_form(typed) not in self.directory.spellings:
                self._strangers.setdefault(name_form(typed), typed)
        return name


def unknown(directory: Directory, typed: str, *, is_department: bool) -> tuple[str, dict[str, str]]:
    """The code of the problem with a name that fits nobody or several, and what fills the gaps in its sentence."""
    entries: Sequence[Person | Department] = directory.departments if is_department else directory.people
    listed = {entry.name for entry in entries if entry.row != NO_ROW}
    found = could_be(directory, typed, is_department=is_department) or [directory.nearest(typed)]
    others = [name for name in found if name in listed]
    codes = _DEPARTMENT if is_department else _PERSON
    return codes[min(len(others), 2)], {"value": typed, "others": OR.join(others)}


_PERSON = ("unknown_person", "misspelt_person", "several_people")
_DEPARTMENT = ("unknown_department", "misspelt_department", "several_departments")
"""The code of the problem with a name that nobody, one or several could have."""


def could_be(directory: Directory, typed: str, *, is_department: bool) -> list[str]:
    """The names of everybody whom this text could mean, in order."""
    parties = directory.meant_by(typed).parties
    return sorted(party.name for party in parties if party.is_department == is_department)


def _without_row(name: str) -> Person:
    return Person(
        name=name,
        also_called=(),
        email="",
        phone="",
        roles=(),
        digest="",
        absent_from=None,
        absent_until=None,
        stand_in="",
        row=NO_ROW,
    )
