"""Names in the rows of cases are taken as they stand in People and Departments; the cells stay as they were typed."""

from __future__ import annotations

import numpy as np
import pytest

from automation.cases.register_lines import fingerprints
from automation.cases.seals import row_values
from automation.commands.copy_cells import translated
from automation.ledger.case_names import listed_holder
from automation.ledger.changes import differences
from automation.ledger.model import Ledger
from automation.steps.validation import derive
from sheet_schema import LANGUAGES, Language
from tests.support.ledger_in_memory import NOW, ledger, line

PEOPLE = (
    {"name": "Robert Jones", "also_called": "Bob;Mr Jones", "role": "handler"},
    {"name": "Mary Brown", "also_called": "the Boss"},
    {"name": "Anna Brown", "also_called": "the Boss"},
)
DEPARTMENTS = ({"name": "Maths", "also_called": "Numbers", "head": "bob"},)
ALL = np.ones(1, dtype=bool)
INDEX = {"case_no": "LV-00001", "issued_on": "2026-03-01", "first_seen": "2026-03-02"}


def typed(**cells: object) -> Ledger:
    return ledger("en", people=PEOPLE, departments=DEPARTMENTS, register=[line(**cells)], index=[INDEX])


@pytest.mark.parametrize(
    ("column", "cell", "taken_as"),
    [
        ("department", "Maths", "Maths"),
        ("department", "ＭＡＴＨＳ ", "Maths"),
        ("department", "numbers", "Maths"),
        ("department", "Physics", "Physics"),  # nobody: as typed, and the row says so
        ("department", "Robert Jones", "Robert Jones"),  # a person is no department
        ("handler", "robert  jones", "Robert Jones"),
        ("handler", "Bob", "Robert Jones"),
        ("received_by", "mr jones", "Robert Jones"),
        ("extension_by", "BOB", "Robert Jones"),
        ("handler", "the Boss", "the Boss"),  # two could be meant
        ("handler", "Maths", "Maths"),
        ("handler", "", ""),
    ],
)
def test_the_name_is_taken_from_the_list_and_the_cell_stays(column: str, cell: str, taken_as: str) -> None:
    read = typed(**{column: cell})
    register = read.register
    assert (register[column][0], register.read[column][0]) == (taken_as, cell)
    nobody = ledger("en", people=[], departments=[], routing=[], register=[line(**{column: cell})])
    assert fingerprints(register, ALL).tolist() == fingerprints(nobody.register, ALL).tolist()
    changed = differences(read, derive(read, NOW).ledger)
    assert [one.column.key for one in changed if one.table.tab.key == "register" and one.column.staff] == []


def test_a_seal_is_made_of_what_was_typed() -> None:
    values = row_values(typed(department="numbers", handler=" bob").register, [0])[0]
    assert (values["department"], values["handler"]) == ("numbers", "bob")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_copy_has_what_was_typed(language: Language) -> None:
    copied = translated(typed(department="numbers", handler="bob"), language)
    assert [(row["department"], row["handler"]) for row in copied["register"]] == [("numbers", "bob")]


@pytest.mark.parametrize(
    ("written", "today"),
    [
        ("Maths", "Maths"),
        ("Numbers · Bob", "Maths · Robert Jones"),
        (" · Bob", "· Robert Jones"),
        ("Physics · Eve", "Physics · Eve"),
        ("", ""),
    ],
)
def test_whoever_was_told_is_known_by_the_name_of_today(written: str, today: str) -> None:
    assert listed_holder(written, typed().policy.directory) == today
