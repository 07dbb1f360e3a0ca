"""The rules of new steps reach an older ledger of a school in England together with their columns, and are its own then."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from automation.commands.install import preset_rows
from automation.commands.install_rules import rules_of_new_steps
from automation.ledger.model import Ledger
from sheet_schema.preset_files import load
from tests.cases.test_stages import UK
from tests.support.ledger_in_memory import Rows, ledger

DAY = date(2026, 12, 1)
OWN = {
    "enabled": "yes",
    "step": "panel",
    "who": "office",
    "starts_from": "second_review",
    "amount": 30,
    "unit": "schoolday",
}


def without(columns: tuple[str, ...], deadlines: Rows, escalation: Rows) -> Ledger:
    read = ledger("en", deadlines=deadlines, escalation=escalation)
    at = {key: place for key, place in read.register.at.items() if key not in columns}
    return replace(read, tables={**read.tables, "register": replace(read.register, at=at)})


def of_before(tab: str) -> Rows:
    return [row for row in UK[tab] if row["step"] not in ("panel", "second_review", "second_period")]


@pytest.mark.parametrize(
    ("lacks", "more", "steps"),
    [
        (("second_review_on", "panel_on"), [], {"Time to ask for stage 3", "Panel", "Stage 3"}),
        (("panel_on",), [], {"Panel"}),
        (("panel_on",), [OWN], set()),  # a row of the school's own is for it
        ((), [], set()),
    ],
)
def test_the_rows_of_new_steps(lacks: tuple[str, ...], more: Rows, steps: set[str]) -> None:
    old = without(lacks, [*of_before("deadlines"), *more], of_before("escalation"))
    found = rules_of_new_steps(old, preset_rows(load("uk-school"), "en"), DAY)
    assert {row["step"] for row in found["deadlines"]} == steps
    assert {row["from"] for rows in found.values() for row in rows} <= {DAY}
