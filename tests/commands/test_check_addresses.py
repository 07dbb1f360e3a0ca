"""What `check` says of a department that no mail reaches: its head is named as a reason only where it has one."""

from __future__ import annotations

import pytest

from automation.commands.check_findings import departments_without_address
from sheet_schema import Language
from tests.support.ledger_in_memory import NOW, ledger

ANN = {"name": "Ann", "email": "ann@s.example"}
BEN = {"name": "Ben", "email": ""}


@pytest.mark.parametrize(
    ("cells", "en", "zh"),
    [
        ({}, "Departments, row 2: Library has no address that mail can go to, and no head.", "“部门”第2行：Library没有可用邮箱，也未填写负责人。"),
        ({"head": "Ben"}, "Departments, row 2: Library has no address that mail can go to, nor has its head.", "“部门”第2行：Library及其负责人都没有可用邮箱。"),
        ({"head": "Ann"}, "", ""),
        ({"email": "library@s.example"}, "", ""),
    ],
)  # fmt: skip
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_department_that_no_mail_reaches(language: Language, cells: dict[str, str], en: str, zh: str) -> None:
    read = ledger(language, people=[ANN, BEN], departments=[{"name": "Library", **cells}])
    expected = {"en": en, "zh": zh}[language]
    assert list(departments_without_address(read, NOW)) == ([expected] if expected else [])
