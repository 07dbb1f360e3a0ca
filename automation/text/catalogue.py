"""One text in the language of the ledger: the choice between English and Chinese, and how several are joined.

Tables of sentences ask `in_language` which of two is meant, so that no other file compares languages.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sheet_schema import Language
from sheet_schema.vocabulary import in_language


class Words(NamedTuple):
    """The same text in English and in Chinese."""

    en: str
    zh: str

    def in_language(self, language: Language) -> str:
        return in_language(language, self.en, self.zh)


_BETWEEN_ITEMS = Words(", ", "、")
_BETWEEN_CLAUSES = Words(", ", "，")
_BETWEEN_GROUPS = Words("; ", "；")
_BETWEEN_SENTENCES = Words(" ", "")


def listed(items: Iterable[str], language: Language) -> str:
    """Things of one kind after each other: `a, b, c`; a、b、c."""
    return _BETWEEN_ITEMS.in_language(language).join(items)


def clauses(parts: Iterable[str], language: Language) -> str:
    """Parts of one sentence after each other: `a, b`; a，b."""
    return _BETWEEN_CLAUSES.in_language(language).join(parts)


def groups(parts: Iterable[str], language: Language) -> str:
    """Parts that may have commas inside after each other: `a, b; c`; a、b；c."""
    return _BETWEEN_GROUPS.in_language(language).join(parts)


def sentences(whole: Iterable[str], language: Language) -> str:
    """Sentences after each other. In Chinese there is no space between them."""
    return _BETWEEN_SENTENCES.in_language(language).join(whole)


def cut_short(items: Sequence[str], most: int, counted: str, language: Language) -> str:
    """The first `most` things, and how many there are besides: `a, b and 5 more`. In Chinese it is how many in all, with
    the word that such things are counted with: a、b 等 7 天."""
    text, more = listed(items[:most], language), len(items) - most
    if more <= 0:
        return text
    return text + in_language(language, f" and {more} more", f" 等 {len(items)} {counted}")


def plural(noun: str, count: object, language: Language) -> str:
    """A noun as it stands behind a number: `1 day`, `2 days`. Chinese has no plural."""
    return in_language(language, noun if count == 1 else f"{noun}s", noun)


def with_note(text: str, note: str, language: Language) -> str:
    """A text with something in brackets behind it: `a (b)`; a（b）."""
    return in_language(language, f"{text} ({note})", f"{text}（{note}）")
