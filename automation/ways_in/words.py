"""Which choice of ours a word of an old register means. A cell that says two things at once means none of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from automation.ledger.typed.list_words import meant_with_more
from automation.ways_in.headings import GUESSED, LIKELY, SURE
from automation.ways_in.proposal import CLOSED, NOTHING, OPEN
from sheet_schema import Column, word_form
from sheet_schema.old_registers import listed, of_tables, states, words_for

_BETWEEN = r"\s*(?:[;；,，、/|+&\n]|\bor\b|\band\b)\s*"


@dataclass(frozen=True, slots=True)
class Meant:
    """What a word means: a choice's key, or `""`; how sure that is; and whether it says two things at once."""

    key: str
    sure: str = SURE
    two: bool = False


def says_nothing(text: str) -> bool:
    """Whether a cell of a list holds nothing but a dash, n/a and the like."""
    return re.fullmatch(r"[\W_]*", text) is not None or word_form(text) in listed("nothing")


def choice_meant(column: Column, typed: str, own: Mapping[str, str]) -> Meant:
    """What a word means in a column with a list; `own` are the office's own words, by form."""
    return _meant(typed, {**words_for(column.key), **own})


def state_meant(typed: str) -> Meant:
    """Whether a word in a column of state says `closed` or `open`."""
    known = {form: CLOSED if closed else OPEN for form, closed in states().items()}
    return _meant(typed, known)


def _meant(typed: str, known: Mapping[str, str]) -> Meant:
    if key := known.get(word_form(typed), ""):
        return Meant(key)
    if says_nothing(typed):
        return Meant(NOTHING)
    if key := meant_with_more(typed, known, remarks=True):
        return Meant(key, LIKELY)
    parts = [part for part in _parts().split(typed) if part]
    found = [key for part in parts for key in _in_part(part, known)]
    distinct = dict.fromkeys(found)
    if len(distinct) == 1:
        return Meant(found[0], LIKELY if len(parts) == len(found) > 1 else GUESSED)
    return Meant(NOTHING, GUESSED, two=len(distinct) > 1)


@cache
def _parts() -> re.Pattern[str]:
    """What stands between two things in a cell, and before the second: 受理，并转办."""
    then = "|".join(re.escape(word) for words in of_tables("and_then") for word in words)
    return re.compile(f"{_BETWEEN}(?:{then})?")


def _in_part(part: str, known: Mapping[str, str]) -> Iterator[str]:
    """The keys that a part of a cell means: by the whole of it, else by the longest known words in it."""
    form = word_form(part)
    if key := known.get(form) or meant_with_more(part, known, remarks=False):
        yield key
        return
    if form.isascii():
        yield from _latin(part, known)
    else:
        yield from _chinese(form, known)


def _latin(part: str, known: Mapping[str, str]) -> Iterator[str]:
    words = re.findall(r"[\w'-]+", part)
    at = 0
    while at < len(words):
        for end in range(len(words), at, -1):
            form = word_form(" ".join(words[at:end]))
            if len(form) > 3 and (key := known.get(form)):
                yield key
                at = end
                break
        else:
            at += 1


def _chinese(form: str, known: Mapping[str, str]) -> Iterator[str]:
    at = 0
    while at < len(form):
        for end in range(len(form), at, -1):
            word = form[at:end]
            if (end - at > 1 or at == 0) and (key := known.get(word)):
                yield key
                at = end
                break
        else:
            at += 1
