"""What offices call the columns of the registers they had before, and what they wrote there, in every installed language.

It stands in `old_registers.toml` beside each `language.toml`: only `import`, and whoever takes over rows of online forms, reads it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from sheet_schema.languages import FOLDER, LANGUAGES, Language
from sheet_schema.register import REGISTER
from sheet_schema.word import word_form

FORMER_NO, CLOSED, STATUS, DUE, ARCHIVE = "former_no", "closed_on", "status", "due_on", "archive_no"
KEEP, LEAVE = "keep", "leave"
"""What may become of a column that is none of ours: it goes to the cell for the rest, or nowhere."""
SPECIAL = (FORMER_NO, STATUS, CLOSED, DUE, ARCHIVE, KEEP, LEAVE)
"""What a column of an old register can be that no person types in the Register."""
MEANINGS: tuple[str, ...] = (*REGISTER.staff_keys, *SPECIAL)
"""All that a column of an old register can be for us."""


@cache
def said(language: Language) -> Mapping[str, Any]:
    """What one language's `old_registers.toml` says; nothing if it has none."""
    source = FOLDER / language / "old_registers.toml"
    return tomllib.loads(source.read_text("utf-8")) if source.is_file() else {}


@cache
def headings() -> Mapping[str, tuple[str, int]]:
    """For each heading in the form in which words are compared: what it is for us, and how far down its list it stands.

    Our own headings come first, as in the copy of a ledger.
    """
    found: dict[str, tuple[str, int]] = {}
    for column in REGISTER:
        if column.key in MEANINGS:
            for label in column.labels():
                found.setdefault(word_form(label), (column.key, 0))
    for language in LANGUAGES:
        for key, words in said(language).get("headings", {}).items():
            for rank, word in enumerate(words, start=1):
                found.setdefault(word_form(word), (key, rank))
    return found


@cache
def words_for(key: str) -> Mapping[str, str]:
    """The choice of a Register column that each word means in old registers, by the word's form: what people write anywhere and
    more."""
    column = REGISTER[key]
    if column.choices is None:
        return {}
    more = {
        word_form(word): choice.key
        for choice in column.choices
        for language in LANGUAGES
        for word in said(language).get("words", {}).get(choice.context, ())
    }
    return {**more, **column.keys_by_word, **more}


@cache
def states() -> Mapping[str, bool]:
    """Whether each word of a column of state says that the case is closed, by the word's form."""
    return {
        word_form(word): key == "closed"
        for key in ("open", "closed")
        for language in LANGUAGES
        for word in said(language).get("states", {}).get(key, ())
    }


def of_tables(what: str) -> Iterator[Any]:
    """What each language says of this: what stands around the cases of an old register."""
    for language in LANGUAGES:
        if (value := said(language).get("table", {}).get(what)) is not None:
            yield value


@cache
def form_words(what: str) -> Mapping[str, int]:
    """The headings of an online form that are this (`sent`, `of_the_form`), and the words beside its hours (`morning`,
    `afternoon`), in the form in which words are compared, with how far down its list each stands."""
    found: dict[str, int] = {}
    for language in LANGUAGES:
        for rank, word in enumerate(said(language).get("forms", {}).get(what, ())):
            found.setdefault(word_form(word), rank)
    return found


@cache
def listed(what: str) -> frozenset[str]:
    """All words of this, in the form in which words are compared."""
    return frozenset(word_form(word) for words in of_tables(what) for word in words)
