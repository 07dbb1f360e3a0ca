"""What is only to be known stands behind a sign, and makes no row red."""

from __future__ import annotations

import pytest

from automation.ledger.mere_notes import SIGN, signed
from automation.ledger.model import Problem
from automation.ledger.problems import problem
from automation.pages.colours import QUIET, RED_INK
from automation.pages.tables import row_colours
from sheet_schema import TAB


def of(*codes: str) -> list[Problem]:
    return [Problem("deadlines", 2, "step", code, problem("rule_shadowed", other="3")) for code in codes]


@pytest.mark.parametrize(
    ("codes", "quiet"),
    [
        (("rule_begins",), True), (("days_end", "tried"), True), (("rule_stands_in",), True), (("tried_level",), True),
        (("rule_gap",), False), (("rule_begins", "deadline_ignored"), False), (("tried_reason",), False),
    ],
)  # fmt: skip
def test_a_row_is_quiet_if_nothing_of_it_is_to_be_done(codes: tuple[str, ...], quiet: bool) -> None:
    assert signed("text", of(*codes)) == ("ⓘ text" if quiet else "text")


def test_the_colours_look_for_the_sign() -> None:
    at = {key: place for place, key in enumerate(TAB["deadlines"].keys, start=1)}
    found = {one.ink: one.condition for one in row_colours(TAB["deadlines"], at, "zh")}
    letter = found[QUIET].split("$")[1].split("2")[0]
    assert found == {
        QUIET: f'LEFT(${letter}2,1)="{SIGN}"',
        RED_INK: f'AND(LEN(${letter}2)>0,LEFT(${letter}2,1)<>"{SIGN}")',
    }
