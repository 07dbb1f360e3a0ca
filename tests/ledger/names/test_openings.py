"""No length of a phrase is tried that no phrase has, and none is missed that one has."""

from __future__ import annotations

import pytest

from automation.ledger.directory import Directory
from automation.ledger.meant import Party
from automation.ledger.names.openings import LONGEST_PHRASE, openings_of
from automation.ledger.names.units import Wording, readable, units_of
from tests.support.school_of_names import department, person

PHRASES = ("王芳", "王芳芳", "王芳 smith", "head of maths", "heather")


@pytest.mark.parametrize(
    ("text", "tried"),
    [
        ("王芳芳和", ["王芳芳", "王芳"]),
        ("王芳", ["王芳"]),
        ("王 Smith", []),
        ("王芳 Smith等", ["王芳 smith", "王芳"]),
        ("王\n芳芳", []),
        ("李芳", []),
        ("Head of Maths Department", ["head of maths", "head of", "head"]),
        ("Head; of Maths", ["head"]),
        ("Heather Jones and others", ["heather jones and", "heather jones", "heather"]),
        ("Maths", []),
    ],
)
def test_what_is_tried(text: str, tried: list[str]) -> None:
    words = Wording(units_of(readable(text)))
    assert [words.spoken(0, end) for end in openings_of(PHRASES).ends(words, 0)] == tried


def test_a_latin_phrase_has_an_end() -> None:
    words = Wording(units_of("a " * 1_000))
    assert next(openings_of(["a" * 500], longest=500).ends(words, 0)) == LONGEST_PHRASE


@pytest.mark.parametrize(
    "one",
    [
        pytest.param("字" * 20_000, id="one-character"),
        pytest.param("字王" * 10_000, id="a-surname-in-turn"),
        pytest.param("word " * 5_000, id="one-word"),
        pytest.param("Ann Lee and " * 2_000, id="one-name"),
        pytest.param("Mr " * 5_000, id="one-title"),
    ],
)
def test_a_page_pasted_into_every_cell_of_names_is_read(one: str) -> None:
    """Tried at every length from every word it took hours."""
    directory = Directory((person(one), person("Ann Lee")), (department(one, one, head=one, leader=one),))
    meant = directory.meant_by(one)
    assert Party("Ann Lee") in meant.parties if "Ann" in one else meant.parties or meant.names_only_strangers


def test_a_name_longer_than_a_phrase_is_found_where_it_fills_the_cell() -> None:
    name = " ".join(["Word"] * (LONGEST_PHRASE + 10))
    assert Directory((person(name),), ()).person(name) == name
