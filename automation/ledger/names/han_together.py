"""Finds Chinese surnames that share the title behind the last of them: 赵和黄主任, 赵、黄两位主任 (docs/design.md#p5.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from automation.ledger.names.folding import folded_letters
from automation.ledger.names.han import COMMON_SURNAMES
from automation.ledger.names.lexicon import TITLES, known_phrases
from automation.ledger.names.word_endings import ends_in_a_word
from sheet_schema import naming, ordinary_words

_SHORTEST_TITLE = 2
_BEFORE = 6
"""So many characters before a surname may be those of a word that it ends."""


def sharing_a_title(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The words in which several surnames share a title, and those surnames that the title does not stand right behind."""
    folded = folded_letters(text.replace("\n", " "))
    for match in together().finditer(folded):
        surnames = tuple(_surname().findall(match["joined"] or match["counted"]))
        before = folded[max(0, match.start() - _BEFORE) : match.start()]
        first = 1 if _is_a_word(before + surnames[0]) else 0
        yield match.group(), surnames[first:] if match["counted"] or match["number"] else surnames[first:-1]


def _is_a_word(written: str) -> bool:
    """Whether a surname is none, since it ends a word: 上周和黄主任, 语文和黄老师."""
    endings = {written[-length:] for length in (2, 3, 4) if length <= len(written)}
    return ends_in_a_word(written) or any(one in known_phrases() or one in ordinary_words.CHINESE for one in endings)


@cache
def _surname() -> re.Pattern[str]:
    return re.compile("|".join([*naming.DOUBLE_SURNAMES, f"[{''.join(sorted(COMMON_SURNAMES))}]"]))


@cache
def together() -> re.Pattern[str]:
    """Surnames with something between them, or with a number behind them, and a title."""
    one = f"(?:{_surname().pattern})"
    titles = "|".join(
        sorted((word for word, labels in known_phrases().items() if labels & TITLES and _is_long(word)), key=len)[::-1]
    )
    number = f"[{naming.NUMBERS}]"
    return re.compile(
        rf"(?:(?P<joined>{one}(?:[^\S\n]*{naming.BETWEEN_SURNAMES}[^\S\n]*{one})+)(?P<number>{number}?[{naming.OF_PEOPLE}])?"
        rf"|(?P<counted>{one}(?:{naming.BETWEEN_SURNAMES_COUNTED}?{one})+){number}[{naming.OF_PEOPLE}]?)[^\S\n]*(?:{titles})"
    )


def _is_long(title: str) -> bool:
    return not title.isascii() and len(title) >= _SHORTEST_TITLE
