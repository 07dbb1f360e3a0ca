"""Reads the tab Words: what an office itself writes for the words of a list, beside what everybody does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from automation.ledger.admin_row import Row
from automation.ledger.model import Problem
from automation.ledger.normal_form import normal
from automation.ledger.problems import SKIPPED
from automation.ledger.table import Table
from sheet_schema import word_form
from sheet_schema.word import Words
from sheet_schema.word_columns import WORD_COLUMNS

OwnWords = Mapping[str, Mapping[str, str]]
"""By key of `WORD_COLUMNS`, what each word means, in the form in which words are compared: a choice's key, or a topic."""

OTHERWISE = "word_means_other"


def read_own_words(table: Table, topics: Iterable[str]) -> tuple[OwnWords, list[Problem]]:
    """The words that can be used; and the problem beside each row that cannot."""
    named = {normal(topic): topic for topic in topics if topic}
    found: dict[str, dict[str, str]] = {}
    wrong: list[Problem] = []
    for position in range(len(table)):
        row = Row(table, position)
        if any(table.read[key][position] != "" for key in ("column", "word", "means")):
            _read(row, named, found)
            wrong += [replace(one, warning=one.code == OTHERWISE) for one in row.problems()]
    return found, wrong


def unread_words(problems: Iterable[Problem]) -> Iterator[Problem]:
    """The problems with cells; of a row of Words none is of use without all its cells, and the problem says so."""
    for one in problems:
        yield replace(one, said=(*one.said, SKIPPED)) if one.tab == "words" and one.row is not None else one


def _read(row: Row, topics: Mapping[str, str], found: dict[str, dict[str, str]]) -> None:
    for key in ("column", "word", "means"):
        row.needs(key)
    key = row.text("column")
    if row.skipped or not key:
        return  # what is no column was said already
    form, known, choices = word_form(row.text("word")), WORD_COLUMNS[key].keys_by_word, WORD_COLUMNS[key].choices
    meant = known.get(word_form(row.text("means"))) if choices else topics.get(normal(row.text("means")))
    if meant is None:
        row.skip("rule_unknown", "means", value=row.text("means"))
    elif form in found.get(key, {}):
        row.skip("twice", "word", value=row.text("word"))
    elif (other := _label_of(choices, form) if choices else topics.get(form)) and other != meant:
        row.skip("word_is_taken", "word", value=row.text("word"))
    else:
        found.setdefault(key, {})[form] = meant
        usual = known.get(form, meant)
        if choices and usual != meant:
            row.note(OTHERWISE, "word", value=row.text("word"), other=choices.of(usual))


def _label_of(choices: Words, form: str) -> str | None:
    """The key of the choice of which this is the label itself: no word of an office's own can mean another."""
    return next(
        (word.key for word in choices for label in (word.key, *word.labels()) if word_form(label) == form), None
    )
