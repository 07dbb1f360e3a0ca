"""Tells a Chinese surname before a title from the end of an ordinary word: 任老师, but not 信任老师 (docs/design.md#p5.3)."""

from __future__ import annotations

from collections.abc import Sequence

from automation.ledger.names.lexicon import Span
from sheet_schema import ordinary_words

MOST_CHARACTERS = 6
_LENGTHS = frozenset(map(len, ordinary_words.BEFORE_TITLES))
_LENGTHS_BEFORE = frozenset(map(len, ordinary_words.BEFORE_A_SURNAME))


def written_before(spans: Sequence[Span], at: int) -> str:
    """The Chinese characters right before this place, with what stands for the beginning of a clause or a number."""
    units = [unit for span in spans[max(0, at - MOST_CHARACTERS) : at] for unit in span.units][-MOST_CHARACTERS:]
    characters: list[str] = []
    for unit in reversed(units):
        if not unit.is_han:
            return _backwards(
                [*characters, ordinary_words.ANY_NUMBER if unit.form.isdigit() else ordinary_words.CLAUSE_BEGINS]
            )
        characters.append(unit.form)
        if unit.gap:
            return _backwards([*characters, ordinary_words.CLAUSE_BEGINS])
    return _backwards([*characters, ordinary_words.CLAUSE_BEGINS] if len(units) < MOST_CHARACTERS else characters)


def _backwards(characters: Sequence[str]) -> str:
    return "".join(reversed(characters))


def ends_in_a_word(written: str) -> bool:
    """Whether the last character belongs to an ordinary word, and no other word ends right before it: 相信任老师."""
    endings = (written[-length:] for length in _LENGTHS if length <= len(written))
    return any(word in ordinary_words.BEFORE_TITLES and not _is_cut_apart(written[:-1], len(word)) for word in endings)


def _is_cut_apart(before: str, length: int) -> bool:
    """Whether these characters end in a word as long as the one that is cut apart, or longer: 相信 before the 任 of 信任."""
    return any(
        before[-more:] in ordinary_words.BEFORE_A_SURNAME for more in _LENGTHS_BEFORE if length <= more <= len(before)
    )
