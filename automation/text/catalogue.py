"""Every sentence that a person reads, declared once in English and said in the language of the ledger.

A sentence stands where it is used, marked by `msg` or `counted`: Babel collects it from there
(`python -m docs.translations`), and `sheet_schema/languages/` has its translations.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, Self

from sheet_schema.languages import SOURCE, catalogue, traits
from sheet_schema.word import Labelled


class Message(NamedTuple):
    """A sentence in English, with places in braces for what is said in it."""

    text: str
    many: str = ""
    """The sentence for any other number than one; empty if it does not depend on a number."""
    context: str = ""
    """What tells it from a sentence of the same English words."""
    values: tuple[tuple[str, object], ...] = ()
    """What is said in it: place and value."""

    def of(self, **values: object) -> Self:
        """The sentence about these, to be said later in a language that is not known yet."""
        return self._replace(values=(*self.values, *values.items()))

    def say(self, language: str, **values: object) -> str:
        """The sentence in this language; its places are filled if there are values.

        Sentences and labels among the values are said in the same language: several in a list as things of one kind, behind a colon or in brackets without an `and`, several in a tuple as whole sentences. A sentence that depends on a number takes it as `n`.
        """
        known = dict((*self.values, *values.items()))
        text = self._in_english(known) if language == SOURCE else self._translated(language, known)
        return (
            text.format(**{key: _said(_as_placed(value, key, text), language) for key, value in known.items()})
            if known
            else text
        )

    def forms(self, language: str) -> tuple[str, ...]:
        """The sentence with its places still open: as it is for one and, if it depends on a number, for two."""
        if not self.many:
            return (self.say(language),)
        if language == SOURCE:
            return self.text, self.many
        return tuple(self._translated(language, {"n": n}) for n in (1, 2))

    def _in_english(self, values: Mapping[str, object]) -> str:
        return self.many if self.many and values["n"] != 1 else self.text

    def _translated(self, language: str, values: Mapping[str, object]) -> str:
        known = catalogue(language, "messages")
        if self.many:
            number = int(str(values["n"]))
            if self.context:
                return known.npgettext(self.context, self.text, self.many, number)
            return known.ngettext(self.text, self.many, number)
        return known.pgettext(self.context, self.text) if self.context else known.gettext(self.text)


def _as_placed(value: object, key: str, text: str) -> object:
    """The value; a list behind a colon or in brackets is a row."""
    return Row(value) if isinstance(value, list) and re.search(rf"[:：(（]\s*\{{{key}\}}", text) else value


def _said(value: object, language: str) -> object:
    if isinstance(value, Message):
        return value.say(language)
    if isinstance(value, Labelled):
        return value.label(language)
    if isinstance(value, Row):
        return in_a_row((str(_said(one, language)) for one in value), language)
    if isinstance(value, list):
        return listed([str(_said(one, language)) for one in value], language)
    if isinstance(value, tuple):
        return sentences((str(_said(one, language)) for one in value), language)
    return value


def msg(text: str, context: str = "") -> Message:
    """A sentence. Where its English words also mean something else elsewhere, a word of context tells the two apart."""
    return Message(text, context=context)


def counted(one: str, many: str, context: str = "") -> Message:
    """A sentence that depends on a number `n`: as it is for one, and for any other."""
    return Message(one, many, context)


class Sentences(Mapping[str, str]):
    """Messages by key, all said in one language."""

    def __init__(self, messages: Mapping[str, Message], language: str) -> None:
        self._messages = messages
        self._language = language

    def __getitem__(self, key: str) -> str:
        return self._messages[key].say(self._language)

    def say(self, key: str, **values: object) -> str:
        """The sentence about these. If they are none (`n` is 0), it is the one under the key with a 0 behind, if any."""
        of_none = f"{key}0"
        return self._messages[of_none if values.get("n") == 0 and of_none in self._messages else key].say(
            self._language, **values
        )

    def __iter__(self) -> Iterator[str]:
        return iter(self._messages)

    def __len__(self) -> int:
        return len(self._messages)


WITH_NOTE = msg("{text} ({note})")


class Row(list[object]):
    """Things that no `and` joins: numbers of rows, or things that do not end there."""


def listed(items: Iterable[str], language: str) -> str:
    """Things of one kind in a sentence, as the CLDR joins them: `a, b and c`; a、b和c."""
    *first, last = [*items] or [""]
    return between("last_item", language).join((in_a_row(first, language), last)) if first else last


def in_a_row(items: Iterable[str], language: str) -> str:
    """Things of one kind after each other: `a, b, c`; a、b、c."""
    return between("items", language).join(items)


def clauses(parts: Iterable[str], language: str) -> str:
    """Parts of one sentence after each other: `a, b`; a，b."""
    return between("clauses", language).join(parts)


def groups(parts: Iterable[str], language: str) -> str:
    """Parts that may have commas inside after each other: `a, b; c`; a、b；c."""
    return between("groups", language).join(parts)


def sentences(whole: Iterable[str], language: str) -> str:
    """Sentences after each other. In Chinese there is no space between them."""
    return between("sentences", language).join(whole)


MORE_CASES = msg("{named} and {more} more", "cases")
MORE_DAYS = msg("{named} and {more} more", "days")
MORE_OF_THEM = msg("{named} and {more} more", "departments or people")


def first_of(items: Sequence[object], most: int, and_more: Message) -> Message | list[object]:
    """The first `most` things, and how many there are besides, to be said in a sentence."""
    more = len(items) - most
    return and_more.of(named=Row(items[:most]), more=more) if more > 0 else [*items]


def cut_short(items: Sequence[object], most: int, and_more: Message, language: str) -> str:
    """The same as text: `a, b and 5 more`; a、b及另外5天."""
    named = first_of(items, most, and_more)
    return str(_said(Row(named) if isinstance(named, list) else named, language))


def between(what: str, language: str) -> str:
    """What stands between two things of this kind when they follow each other."""
    return str(traits(language)["between"][what])


def with_note(text: str, note: str, language: str) -> str:
    """A text with something in brackets behind it: `a (b)`; a（b）."""
    return WITH_NOTE.say(language, text=text, note=note)
