"""Takes a long text apart at the ends of its sentences, so that reading it takes as long as it is, not the square of that."""

from __future__ import annotations

import re
from collections.abc import Iterator

LONGEST = 1000
"""In characters: no shorter text is taken apart."""
_SHORTEST = 500
_OVERLAP = 100
"""Where there is no end of a sentence, what stands across the cut is read twice."""
_END_OF_A_SENTENCE = re.compile(r"[。！？；\n]|[.!?;](?=\s)")
_BLANK = re.compile(r"\s")


def pieces_of(text: str) -> Iterator[str]:
    """The text, or its pieces, each of whole sentences as far as there are any."""
    start = 0
    while len(text) - start > LONGEST:
        ends = [match.end() for match in _END_OF_A_SENTENCE.finditer(text, start + _SHORTEST, start + LONGEST)]
        end = ends[-1] if ends else start + LONGEST
        yield text[start:end]
        start = end if ends else _begin_of_a_word(text, end - _OVERLAP, end)
    yield text[start:]


def _begin_of_a_word(text: str, first: int, last: int) -> int:
    """Where the first word behind a blank begins there; Chinese has no blanks."""
    blank = _BLANK.search(text, first, last)
    return blank.end() if blank else first
