"""Whom the beginning of an address means that nobody here has (docs/design.md#p5.3)."""

from __future__ import annotations

import pytest

from automation.ledger.names.local_parts import local_forms
from tests.support.school_of_names import ENGLISH


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("robert.jones@other.example", ["Robert Jones"]), ("jones.robert@other.example", ["Robert Jones"]), ("JonesRobert@other.example", ["Robert Jones"]), ("fang@other.example", ["Wang Fang"]),
        ("zoe@other.example", ["Zoë Müller"]), ("head@other.example", []), ("robert.office@other.example", ["Robert Jones"]), ("quill@other.example", []),
    ],
)  # fmt: skip
def test_who_is_called_so_is_meant_in_doubt_and_whoever_has_the_address_too(text: str, names: list[str]) -> None:
    meant = ENGLISH.meant_by(text)
    assert [party.name for party in meant.parties] == names
    assert meant.unsure == (((text, tuple(names)),) if names else ())
    assert meant.strangers == (text,)


@pytest.mark.parametrize(
    ("address", "forms"),
    [("wang.fang@x.example", ["fangwang", "wangfang"]), ("wang_fang-2@x", ["2fangwang", "wangfang2"]), ("fang@x", ["fang"]), ("zoe@x", []), ("the.head@x", []), ("Head@x", []), ("fang", []), ("@x", [])],
)  # fmt: skip
def test_the_names_in_an_address(address: str, forms: list[str]) -> None:
    assert list(local_forms(address)) == forms
