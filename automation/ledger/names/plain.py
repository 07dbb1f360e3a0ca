"""Tells somebody's plain name from what else may stand in its place: `Hal Hope` and 冯远 from `all staff`, `Front desk`, 安保处."""

from __future__ import annotations

import re
from collections.abc import Sequence

from automation.ledger.names.lexicon import WORDS_ALONE, Label, Span, known_phrases
from automation.ledger.names.units import readable, units_of
from sheet_schema import naming, words_beside

_POSTS = frozenset((Label.WORK_TITLE, Label.JOB, Label.POST_BEHIND, Label.ROLE))
_SEVERAL = re.compile(r"[&＆+＋]")
"""What stands between names, and in none."""
_NOT_WRITTEN = re.compile(r"…|\.\.|[?？]|[&＆+＋]\s*$")
"""What stands for somebody who is not written, and in no name: `Robert Jones …`."""
_LATIN, _HAN = ("|".join(word for word in words_beside.AND if word.isascii() is latin) for latin in (True, False))
_BREAKS_OFF = re.compile(rf"(\b({_LATIN})|\w{{3}}({_HAN})|\w({'|'.join(words_beside.IN_NO_NAME)}))\s*$")
"""`Robert Jones and`, 黄丽娟和, 王芳等; 张和 and 李建和 may be names."""
_NOT_ALWAYS = tuple(re.compile(rf"\b{word}\b" if word.isascii() else word) for word in words_beside.NOT_ALWAYS)
_GIVEN_NAME = (1, 2)
"""How many characters a Chinese given name has."""


def is_plainly_a_name(text: str) -> bool:
    """Whether a text is the name of one person, who may be nobody here, and cannot be what a group is called. In doubt it is not."""
    if _SEVERAL.search(text) or leaves_room(text):
        return False
    spans = WORDS_ALONE.spans(units_of(readable(text)))
    if not spans or "".join(span.form for span in spans) in naming.BODIES:
        return False
    return _is_plain_han(spans) if spans[0].is_han else _is_plain_western(spans)


def says_their_post(spans: Sequence[Span], *, in_brackets: bool) -> bool:
    """Whether words beside a name are only the post of whoever is named: the clerk in `Ann Lee, clerk`, 干事 in 黄丽娟，干事, but
    neither `teachers` nor, unless in brackets, `PA`, who may be somebody else."""
    posts = [span for span in spans if span.labels & _POSTS]
    others = words_beside.NOT_SIMPLY_THEIR_POST if not in_brackets else ()
    is_one = all(not _is_several(span.form) and span.form not in others for span in posts)
    return bool(posts) and is_one and all(span.labels for span in spans)


def _is_several(word: str) -> bool:
    return word.endswith("s") and word[:-1] in known_phrases()


def leaves_room(text: str) -> bool:
    """Whether a text about who opens a mailbox breaks off, or says that it is not always those whom it names."""
    said = text[:1].lower() + text[1:]  # May Till is a name
    return stands_for_somebody(text) or any(one.search(said) for one in (_BREAKS_OFF, *_NOT_ALWAYS))


def stands_for_somebody(text: str) -> bool:
    """Whether a mark stands for somebody who is not written."""
    return bool(_NOT_WRITTEN.search(text))


def _is_plain_western(spans: Sequence[Span]) -> bool:
    """Two words with a capital, or one behind a title, of which none is known to mean anything. Initials alone are no name."""
    name = [span for span in spans if Label.COURTESY not in span.labels]
    return (
        any(len(span.form) > 1 for span in name)
        and len(spans) > 1
        and all(span.is_unknown and span.units[0].is_capital and span.form not in naming.BODIES for span in name)
    )


def _is_plain_han(spans: Sequence[Span]) -> bool:
    """A surname with one or two characters behind it, or with a title."""
    titled = Label.COURTESY in spans[-1].labels
    name = spans[:-1] if titled else spans
    text = "".join(span.form for span in name)
    surname = 2 if text[:2] in naming.DOUBLE_SURNAMES else 1
    given = len(text) - surname
    return (
        all(len(span.units) == 1 for span in name)
        and (surname > 1 or text[:1] in set(naming.SURNAMES))
        and (given in _GIVEN_NAME or (titled and given == 0))
        and not text.endswith(naming.DEPARTMENT_ENDINGS)
    )
