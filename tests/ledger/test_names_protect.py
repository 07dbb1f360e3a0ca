"""Everybody whose name stands in People, or in a cell that names somebody, can be kept out of a case (docs/design.md#p5.3)."""

from __future__ import annotations

import pytest

from automation.ledger.people import NO_ROW
from automation.ledger.workbook import Cell, CellError, Formula
from tests.support.ledger_in_memory import ledger

ROBERT: dict[str, Cell] = {
    "name": "Robert Jones",
    "also_called": "Bob;Mr Jones",
    "email": "robert@s.example",
    "phone": "0100",
    "role": "leader;handler",
}


# (cells, whether the row can be used, what of it is known)
@pytest.mark.parametrize(
    ("cells", "used", "known"),
    [
        ({}, True, ROBERT),
        ({"phone": Formula("=1+1")}, True, {"phone": ""}),
        ({"digest": "hourly"}, True, {}),
        ({"language": "Klingon"}, True, {}),
        ({"stand_in": Formula("=A2")}, True, {}),
        ({"email": "robert at s.example"}, True, {"email": ""}),
        ({"email": "Robert <robert@s.example>, bob@s.example"}, True, {"email": "robert@s.example;bob@s.example"}),
        ({"email": Formula('=HYPERLINK("mailto:robert@s.example")')}, True, {}),
        ({"absent_from": "soon"}, False, ROBERT),
        ({"absent_until": "3/2/2026"}, False, ROBERT),
        ({"role": "leader;cook"}, False, {"role": "leader"}),
        ({"role": Formula("=A2")}, False, {"role": ""}),
        ({"also_called": CellError("#REF!")}, False, {"also_called": ""}),
    ],
)
def test_a_row_of_people(cells: dict[str, Cell], used: bool, known: dict[str, Cell]) -> None:
    policy = ledger("en", people=[{**ROBERT, **cells}]).policy
    expected = {**ROBERT, **known}
    assert [person.name for person in policy.people] == (["Robert Jones"] if used else [])
    (named,) = policy.named_people
    assert {
        "name": named.name,
        "also_called": ";".join(named.also_called),
        "email": named.email,
        "role": ";".join(named.roles),
        "phone": named.phone,
    } == expected


def test_both_rows_of_a_name_that_stands_twice() -> None:
    policy = ledger("en", people=[ROBERT, {**ROBERT, "email": "jones@s.example"}]).policy
    assert [person.email for person in policy.named_people] == ["robert@s.example", "jones@s.example"]


# (a cell in which people are named, the tab, who is named there and has no row in People)
@pytest.mark.parametrize(
    ("tab", "cells", "without_row"),
    [
        ("departments", {"name": "Maths", "head": "Ann Lee"}, ["Ann Lee"]),
        ("departments", {"name": "Maths", "leader": "Ann Lee"}, ["Ann Lee"]),
        ("departments", {"name": "Maths", "read_by": "Bob; Ann Lee；Eve Ray"}, ["Ann Lee", "Eve Ray"]),
        ("departments", {"name": "Maths", "head": "Ann Lee", "leader": "ann  lee"}, ["Ann Lee"]),
        ("departments", {"name": "Maths", "head": "Ann Lee", "email": Formula("=A1")}, ["Ann Lee"]),
        ("departments", {"name": "Maths", "head": "Ann Lee", "leader": Formula("=A1")}, ["Ann Lee"]),
        ("departments", {"name": "Maths", "head": "robert  JONES"}, []),
        ("departments", {"name": "Maths", "head": "bob"}, []),
        ("people", {**ROBERT, "stand_in": "Ann Lee"}, ["Ann Lee"]),
        ("people", {**ROBERT, "absent_from": "soon", "stand_in": "Ann Lee"}, ["Ann Lee"]),
        ("duty", {"date": "2026-03-02", "person": "Ann Lee"}, ["Ann Lee"]),
        ("duty", {"date": "soon", "person": "Ann Lee"}, ["Ann Lee"]),
        ("routing", {"order": 10, "handler": "Ann Lee"}, ["Ann Lee"]),
    ],
)
def test_people_who_have_no_row(tab: str, cells: dict[str, Cell], without_row: list[str]) -> None:
    policy = ledger("en", **{"people": [ROBERT], tab: [cells]}).policy
    assert [person.name for person in policy.named_people if person.row == NO_ROW] == without_row


def test_a_department_is_known_whatever_is_wrong_with_its_row() -> None:
    policy = ledger("en", departments=[{"name": "Maths", "also_called": "Numbers", "leader": Formula("=A1")}]).policy
    assert policy.departments == ()
    assert [(one.name, one.also_called) for one in policy.named_departments] == [("Maths", ("Numbers",))]


def test_a_misspelt_name_means_whoever_it_could_be_and_whoever_bears_it() -> None:
    policy = ledger(
        "en", people=[ROBERT], departments=[{"name": "Maths", "head": "Rob Jnes", "email": "m@s.example"}]
    ).policy
    assert {party.name for party in policy.directory.meant_by("Rob Jnes").parties} >= {"Rob Jnes"}
    policy = ledger("en", people=[ROBERT], departments=[{"name": "Maths", "head": "Robert Jnes"}]).policy
    assert {party.name for party in policy.directory.meant_by("Robert Jnes").parties} == {"Robert Jnes", "Robert Jones"}
    assert policy.departments[0].read_by == ("Robert Jones", "Robert Jnes")
