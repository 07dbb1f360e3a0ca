"""Whose telephone number stands in a text, however it is written."""

from __future__ import annotations

import pytest

from automation.ledger.meant import Party
from automation.ledger.names.telephones import Telephones

PHONES = Telephones(
    (
        ("07700 900123", Party("Ann")), ("010-6543 2100; 138 0000 0009", Party("Bo")), ("ext. 2041", Party("Cy")), ("7", Party("Di")),
        ("07700 900123", Party("Ed")), ("13900000001 13900000002", Party("Flo")),
    ),
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "owners", "rest"),
    [
        ("07700 900123", "Ann Ed", ";"), ("+44 7700 900 123", "Ann Ed", ";"), ("call (07700) 900123 now", "Ann Ed", "call ; now"), ("07700900123", "Ann Ed", ";"),
        ("65432100", "Bo", ";"), ("010 65432100", "Bo", ";"), ("8613800000009", "Bo", ";"), ("13800000009和65432100", "Bo Bo", ";和;"), ("65432100 13900000002", "Bo Flo", ";"),
        ("2041", "Cy", ";"), ("room 2041", "Cy", "room ;"), ("07700 900124", "", "07700 900124"), ("900123", "", "900123"), ("7", "", "7"), ("12041", "", "12041"),
        ("x07700900123", "", "x07700900123"), ("077009001234", "", "077009001234"), ("Year 7", "", "Year 7"), ("", "", ""),
    ],
)  # fmt: skip
def test_whose_number(text: str, owners: str, rest: str) -> None:
    left, found = PHONES.taken_from(text)
    assert (sorted(party.name for _, parties in found for party in parties), left) == (sorted(owners.split()), rest)


def test_without_numbers_a_text_stays_as_it_is() -> None:
    assert Telephones().taken_from("07700 900123") == ("07700 900123", [])
