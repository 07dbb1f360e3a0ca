"""Names are compared whatever their width, case, accents, apostrophes and characters (docs/design.md#p5.3)."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from automation.ledger.names.folding import loose, name_form
from automation.ledger.names.lexicon import known_phrases
from automation.ledger.names.units import spoken_form, units_of

TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=8)
LATIN = st.text(st.sampled_from("abcdefghijklmnopqrstuvwxyzéèüöäñçøłåßABCDEÉÜ '-"), min_size=1, max_size=12)
HAN = st.text(st.sampled_from("王芳张伟陈刘赵孙丽欧阳吕晓燕马门东华国"), min_size=1, max_size=6)
TRADITIONAL = str.maketrans("张伟陈刘赵孙丽欧阳吕晓马门东华国", "張偉陳劉趙孫麗歐陽呂曉馬門東華國")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Zoë", "zoe"), ("Ｗang,  Fang", "wang fang"), ("O'Brien", "O’Brien"), ("O'Brien", "OBrien"), ("Smith-Jones", "smith jones"), ("張偉", "张伟"),
        ("王老師", "王老师"), ("王　芳", "王芳"), ("Łukasz Ærø", "lukasz aero"), ("STRASSE", "straße"), ("於", "于"), ("劉 曉鈺", "刘晓钰"), ("Nguyễn", "nguyen"), ("锺伟", "钟伟"), ("鍾煇", "钟辉"), ("甯静", "宁静"), ("凃山", "涂山"), ("塗山", "涂山"),
    ],
)  # fmt: skip
def test_spellings_of_one_name_have_one_form(one: str, other: str) -> None:
    assert name_form(one) == name_form(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Müller", "Mueller"), ("Müller", "Muller"), ("Jönsson", "Joensson"), ("Mueller", "Muller")]
)
def test_an_umlaut_may_be_two_letters(one: str, other: str) -> None:
    assert loose(name_form(one)) == loose(name_form(other))


def test_other_names_stay_apart() -> None:
    assert (
        len(
            {
                name_form(name)
                for name in (
                    "傅伟",
                    "付伟",
                    "王芳",
                    "王方",
                    "汪芳",
                    "Smith",
                    "Smyth",
                    "李乾",
                    "李干",
                    "",
                    "Müller",
                    "Miller",
                )
            }
        )
        == 12
    )


@settings(deadline=None, derandomize=True, max_examples=300)
@given(TEXTS)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert name_form(name_form(text)) == name_form(text)


@settings(deadline=None, derandomize=True, max_examples=200)
@given(LATIN)
def test_width_case_and_accents_make_no_difference(text: str) -> None:
    wide = "".join(chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter for letter in text)
    form = name_form(text)
    assert {
        name_form(other)
        for other in (wide, text.upper(), text.title(), unicodedata.normalize("NFD", text), f" {text} ")
    } == {form}


@settings(deadline=None, derandomize=True, max_examples=200)
@given(HAN, HAN)
def test_a_character_is_folded_the_same_whatever_stands_beside_it(one: str, other: str) -> None:
    assert name_form(one.translate(TRADITIONAL)) == one
    assert name_form(f"{one.translate(TRADITIONAL)} {other}") == one + other


def test_the_words_around_names_stand_in_their_folded_form() -> None:
    """They are looked up as they stand, so that a run need not fold them all."""
    assert [phrase for phrase in known_phrases() if spoken_form(units_of(phrase)) != phrase] == []
