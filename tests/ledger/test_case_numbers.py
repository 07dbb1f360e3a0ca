"""Which case is meant by a number that was typed short."""

from __future__ import annotations

import pytest

from automation.ledger.case_numbers import number_meant
from automation.ledger.errors import LedgerError
from tests.support.ledger_in_memory import Rows, ledger, line

IN_HAND = ("LV-00020", "LV-00021", "AB-00021", "AB-00022", "2026-3", "LV-9")
FILED: Rows = ({"case_no": "LV-00007"}, {"case_no": "LV-00020"}, {"case_no": "XY-1"})
PREFIX = {"name": "编号前缀", "value": "LV-"}


def meant(typed: str, *numbers: str, prefix: str = "LV-") -> str:
    settings = ({**PREFIX, "value": prefix},)
    rows = [line(number) for number in numbers or IN_HAND]
    return number_meant(typed, ledger(register=rows, filing=FILED, settings=settings))


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("LV-00020", "LV-00020"), ("lv-00020", "LV-00020"), ("20", "LV-00020"), ("00020", "LV-00020"), (" ２０ ", "LV-00020"), ("#20", "LV-00020"),
        ("LV-20", "LV-00020"), ("lv20", "LV-00020"), ("Lv 020", "LV-00020"), ("7", "LV-00007"), ("xy-01", "XY-1"), ("9", "LV-9"),
        ("lv-21", "LV-00021"), ("ab21", "AB-00021"), ("22", "AB-00022"), ("3", "2026-3"), ("2026-03", "2026-3"),
        ("99", "99"), ("LV-99", "LV-99"), ("AB-20", "AB-20"), ("", ""), ("LV-", "LV-"), ("LV-00020x", "LV-00020X"),
    ],
)  # fmt: skip
def test_a_number_typed_short_finds_the_one_case_it_can_mean(typed: str, number: str) -> None:
    assert meant(typed) == number


def test_a_prefix_that_ends_in_a_digit_is_no_part_of_the_count() -> None:
    assert meant("5", "LV202600005", prefix="LV2026") == "LV202600005"


def test_a_number_typed_in_full_is_that_case_whatever_else_it_could_be_short_for() -> None:
    assert meant("20", "20", "LV-00020") == "20"


def test_several_cases_that_could_be_meant_are_named() -> None:
    with pytest.raises(LedgerError) as refused:
        meant("21")

    assert refused.value.say("en") == "21 could be AB-00021, LV-00021: write the whole number."
    assert refused.value.say("zh") == "21 可能是 AB-00021、LV-00021：请写出完整编号。"
