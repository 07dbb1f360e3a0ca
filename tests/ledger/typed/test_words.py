"""What people type for a word of a list, in both languages."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from automation.cases.urgency import is_important
from automation.ledger.case_numbers import says_no_repeat
from sheet_schema import REGISTER, TABS, word_form
from sheet_schema.languages import LANGUAGES, traits
from sheet_schema.word import Word
from tests.support.as_typed import ledger_of, read_as

TABLE = tomllib.loads((Path(__file__).parent / "words.toml").read_text("utf-8"))
LISTS = [key for key in TABLE if REGISTER[key].choices]
HERE = Path(__file__).parent


@pytest.mark.parametrize("column", LISTS)
def test_words_of_a_list(tmp_path: Path, column: str) -> None:
    expected = {text: key for key, texts in TABLE[column].items() for text in texts}
    expected = {text: "(not_on_list)" if key == "asked" else key for text, key in expected.items()}
    found = read_as(tmp_path / "台账.xlsx", column, [*expected])
    assert {text: value.removesuffix(" (word_taken)") for text, value in found.items()} == expected


@pytest.mark.parametrize(("column", "ticked"), [(c, t) for c in ("important", "leapfrog") for t in ("True", "False")])
def test_ticks(tmp_path: Path, column: str, ticked: str) -> None:
    """A cross is no. In Important, what cannot be read counts as a tick, so here the column's meaning is asked."""
    cells = TABLE[column][ticked]
    register = ledger_of(tmp_path / "台账.xlsx", column, cells).register
    values = is_important(register) if column == "important" else register[column]
    by_row = dict(zip(register.rows.tolist(), values.tolist(), strict=True))
    assert {cell: by_row[row] for row, cell in enumerate(cells, start=2)} == dict.fromkeys(cells, ticked == "True")


@pytest.mark.parametrize(("kind", "none"), [("none", True), ("asked", False)])
def test_what_says_that_it_is_no_repeat(tmp_path: Path, kind: str, *, none: bool) -> None:
    cells = TABLE["repeat_of"][kind]
    register = ledger_of(tmp_path / "台账.xlsx", "repeat_of", cells).register
    said = {text: says_no_repeat(text) for text in register["repeat_of"].tolist() if text in cells}
    assert said == dict.fromkeys(cells, none)


@pytest.mark.parametrize("words", [one for one in Word.__subclasses__() if [*one]], ids=lambda one: one.__name__)
def test_no_word_means_two(words: type[Word]) -> None:
    """Neither a label nor what people also write, in whatever language and form."""
    meant: dict[str, set[str]] = {}
    for word in words:
        for spelling in (word.key, *word.labels(), *word.said_also()):
            meant.setdefault(word_form(spelling), set()).add(word.key)
    assert {form: keys for form, keys in meant.items() if len(keys) > 1} == {}


def test_every_context_is_that_of_a_word() -> None:
    known = {word.context for words in Word.__subclasses__() for word in words}
    said = {context for language in LANGUAGES for context in traits(language).get("also_written", {})}
    assert said <= known


def test_the_tables_are_as_long_as_promised() -> None:
    """At least 400 entries, in both languages."""
    count = 0
    for name in ("words", "days", "headcounts", "petitioners"):
        count += _entries(tomllib.loads((HERE / f"{name}.toml").read_text("utf-8")))
    assert count >= 700


def _entries(table: object) -> int:
    if isinstance(table, list):
        return len(table)
    return sum(_entries(one) for one in table.values()) if isinstance(table, dict) else 1


def test_people_may_type_what_is_not_on_the_list() -> None:
    """Else the words of the office never reach the program."""
    refused = [column.key for column in REGISTER if column.staff and column.choices and column.strict]
    assert refused == []
    assert any(column.strict for tab in TABS for column in tab if column.choices and column.staff)
