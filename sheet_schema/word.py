"""What a word of the workbook is: a key, a label in each language, and what people write for it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from enum import Enum
from functools import cache, cached_property
from typing import Self, cast

from sheet_schema.languages import (
    LANGUAGES,
    Language,
    also_written,
    labels_of,
    spellings_of,
    translated,
)


class Labelled:
    """Something with a label in each language: declared in English, translated in the language's `labels.po`."""

    key: str
    english: str

    @cached_property
    def context(self) -> str:
        """What tells its label from the same English words elsewhere: what it is, and its key."""
        return f"{type(self).__name__} {self.key}"

    def label(self, language: Language) -> str:
        return translated(language, self.context, self.english)

    def labels(self) -> tuple[str, ...]:
        """Its label in every installed language, each once, English first; behind them those it had before."""
        return labels_of(self.context, self.english)

    def spellings(self, language: Language) -> tuple[str, ...]:
        """All it may be called, best first. If an old label stands beside the new one, somebody else made the latter."""
        return spellings_of(self.context, self.english, self.key, language)

    def said_also(self) -> tuple[str, ...]:
        """What people also write for it, in every installed language."""
        return tuple(word for language in LANGUAGES for word in also_written(language, self.context))


class Word(Labelled, str, Enum):  # noqa: UP042  (a StrEnum member cannot carry its label)
    """One word of a fixed list. Its value is the key; `label(language)` is what a cell shows."""

    def __new__(cls, key: str, english: str) -> Self:
        word = str.__new__(cls, key)
        word._value_ = word.key = key
        word.english = english
        return word

    @classmethod
    def of(cls, key: str) -> Self:
        """The word with this key. Raises KeyError if the list has none."""
        return cast(Self, cls._value2member_map_[key])

    __str__ = str.__str__


Words = type[Word]
"""A fixed list: the class whose members are its words."""


def folded(text: str) -> str:
    """The form in which words are compared, without differences of width, case and spacing: `ＹＥＳ ` → `yes`."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def word_form(text: str) -> str:
    """The form in which a word is looked up in a list, without differences of width, case, spacing and punctuation: `In-person.` →
    `inperson`. A question mark stays, since it doubts the word; so does what is nothing but punctuation."""
    plain = folded(text)
    if plain.isalnum():
        return plain
    bare = "".join(sign for sign in plain if sign == "?" or not (sign == " " or unicodedata.category(sign)[0] == "P"))
    return bare or plain


@cache
def lookup(words: type[Word]) -> dict[str, str]:
    """The key of each word of a list, by the form of every accepted spelling: as declared, or as people also write it."""
    also = {word_form(spelling): word.key for word in words for spelling in word.said_also()}
    return also | {word_form(spelling): word.key for word in words for spelling in (word.key, *reversed(word.labels()))}


def keys_of(spellings: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """The key of each spelling's form, from the spellings by key."""
    return {word_form(spelling): key for key, given in spellings.items() for spelling in given}


def keys_by_spelling(declared: Iterable[Labelled]) -> dict[str, str]:
    """The key of each of these by every accepted spelling, folded: its key, and its label in every language."""
    return {folded(spelling): one.key for one in declared for spelling in (one.key, *reversed(one.labels()))}
