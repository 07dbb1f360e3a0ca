"""Tells whether words in which nobody was found could be somebody all the same, who is then a stranger (docs/design.md#p5.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from automation.ledger.names.found import Found
from automation.ledger.names.lexicon import Label, Span
from automation.ledger.names.parts import Part
from sheet_schema import naming

_DIGIT_FOR_A_LETTER = re.compile(r"(?!y[0-9])[a-z]+[0-9][a-z]{2,}")
"""`j0nes`, but neither `7b` nor `y3red`."""


def may_be_somebody(part: Part, one: Found) -> bool:
    """Whether the words of a part in which nobody was found could be somebody's name, or mean somebody here."""
    spans = part.spans
    unknown = [span for span in spans if span.is_unknown and not span.form.isdigit() and not _is_a_class(span)]
    if one.parties:
        return any(_is_somebody_here(span) for span in spans) or any(
            _looks_like_a_name(spans, i) for i, span in enumerate(spans) if span in unknown
        )
    labels = frozenset().union(*(span.labels for span in spans))
    if unknown and Label.GROUP in labels and Label.POST_BEFORE not in labels:
        return any(_has_a_title(spans, i) for i, span in enumerate(spans) if span in unknown)
    somebody = {Label.WORK_TITLE, Label.ROLE, Label.POST_BEFORE, Label.POST_BEHIND}
    of_others = any(Label.GROUP in span.labels and span.form not in naming.THIS_SCHOOL for span in spans)
    return bool(unknown) or bool(labels & somebody and not of_others) or _is_a_teacher(spans)


def _is_a_class(span: Span) -> bool:
    """Whether it is a class such as `7B` or `Y10`, not a name with a digit for a letter: `J0nes`."""
    return any(letter.isdigit() for letter in span.form) and _DIGIT_FOR_A_LETTER.fullmatch(span.form) is None


def _has_a_title(spans: Sequence[Span], at: int) -> bool:
    before = at > 0 and spans[at - 1].is_title and not spans[at - 1].is_han
    behind = at + 1 < len(spans) and spans[at + 1].is_title and spans[at].is_han
    return before or behind


def _looks_like_a_name(spans: Sequence[Span], at: int) -> bool:
    """Whether an unknown word beside a department is a name: with a title or a capital, or a Chinese surname first."""
    if _has_a_title(spans, at):
        return True
    if not spans[at].is_han:
        return spans[at].units[0].is_capital
    rest = list(_unknown_from(spans, at))
    first = at == 0 or not spans[at - 1].is_unknown
    return first and len(rest) in (2, 3) and rest[0] in naming.SURNAMES


def _unknown_from(spans: Sequence[Span], at: int) -> Iterator[str]:
    for span in spans[at:]:
        if not span.is_unknown:
            return
        yield span.form


def is_a_title_alone(parts: Sequence[Part]) -> bool:
    """Whether all there is is a form of address: `Sir`."""
    labels = [span.labels for part in parts for span in part.spans]
    return any(Label.COURTESY in one for one in labels) and all(one & {Label.COURTESY, Label.FILLER} for one in labels)


def _is_somebody_here(span: Span) -> bool:
    return Label.WORK_TITLE in span.labels or (span.is_han and Label.COURTESY in span.labels)


def _is_a_teacher(spans: Sequence[Span]) -> bool:
    """Whether a Chinese title stands alone: 老师 is somebody here, where `Mr` in `Mr & Mrs Smith` is nobody yet."""
    return any(span.is_han and Label.COURTESY in span.labels for span in spans) and not any(
        Label.GROUP in span.labels for span in spans
    )
