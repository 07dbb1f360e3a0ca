"""Which choice of a list a word means that says more than the choice itself: by letter, 经查属实, Letter (posted)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from sheet_schema import folded, word_form
from sheet_schema.languages import said_for

_ROUNDS = 2
"""So many words before and behind may be left out: 经查系实名举报."""
_REMARK = re.compile(r"(.+?)[(\[]([^()\[\]?]+)[)\]]")


def meant_with_more(typed: str, known: Mapping[str, str], *, remarks: bool) -> str:
    """The key that a cell means once words that change nothing are left out; `""` if it means none, or could mean two.

    `remarks` says that what stands in brackets behind may be left out, too: not where it may turn an Allegation into a
    Complaint, or Upheld (in part) into Upheld.
    """
    plain = folded(typed)
    for _ in range(_ROUNDS):
        for shorter in _shorter(plain):
            if key := known.get(word_form(shorter), ""):
                return key
        plain = _around().sub("", _behind().sub("", plain))
    remark = _REMARK.fullmatch(folded(typed)) if remarks else None
    key = known.get(word_form(remark[1]), "") if remark else ""
    return key if remark and known.get(word_form(remark[2]), key) == key else ""


def _shorter(plain: str) -> tuple[str, ...]:
    """The text without a word before, without one behind, and without both."""
    return _around().sub("", plain), _behind().sub("", plain), _around().sub("", _behind().sub("", plain))


@cache
def _around() -> re.Pattern[str]:
    return re.compile(_pattern("before", "^", " +"))


@cache
def _behind() -> re.Pattern[str]:
    return re.compile(_pattern("behind", " +", "$"))


def _pattern(place: str, start: str, end: str) -> str:
    """A filler at the edge of a text: of Latin words whole ones, with a blank towards the rest."""
    words = sorted(set(said_for("fillers", place)), key=len, reverse=True)
    latin, other = ([re.escape(word) for word in words if word.isascii() == is_latin] for is_latin in (True, False))
    outer_start, outer_end = start.strip(" +"), end.strip(" +")
    return f"{start}(?:{'|'.join(latin) or '(?!)'}){end}|{outer_start}(?:{'|'.join(other) or '(?!)'}){outer_end}"
