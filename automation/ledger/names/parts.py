"""Takes a cell that names several apart, at every separator people use but not inside a name that has one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from automation.ledger.names.classes import is_a_class
from automation.ledger.names.lexicon import Label, Span
from sheet_schema import naming, words_beside, words_of_a_school, words_of_work

SINGLE_WORD = 1
_OWN_POSTS = frozenset((Label.WORK_TITLE, Label.JOB))
_POSTS = _OWN_POSTS | {Label.ROLE, Label.POST_BEHIND}
_JOINING_MARKS = ("&", "+", "/")


@dataclass(frozen=True)
class Part:
    """What stands between two separators. `follows_a_comma` is told because `Jones, Robert` is one person."""

    spans: tuple[Span, ...]
    follows_a_comma: bool
    is_bracket: bool

    @property
    def start(self) -> int:
        return self.spans[0].units[0].start

    @property
    def end(self) -> int:
        return self.spans[-1].units[-1].end

    @property
    def speaks_of_a_pupil(self) -> bool:
        """Whether it says of whom it names that they are a pupil or a parent, so that a slip is not looked for."""
        return any(span.form in naming.PUPILS_AND_PARENTS for span in self.spans)

    @property
    def is_description(self) -> bool:
        """Whether it only says what the one before is: `Mr Smith, teacher`, `Mr Smith (Year 3 teacher)`, `Mr Smith - TA`."""
        is_behind = self.follows_a_comma or self.is_bracket or self.spans[0].units[0].follows_a_dash
        return is_behind and (self._says_only_what_somebody_is or self._says_only_where)

    @property
    def _says_only_what_somebody_is(self) -> bool:
        """Whether no word is unknown but the number of a year or a class beside a post."""
        has_a_post = any(span.labels & _POSTS or span.form in naming.TEACHERS for span in self.spans)
        return not any(
            span.is_unknown
            and span.form not in words_beside.FORMER
            and not (has_a_post and (span.form.isdigit() or is_a_class(span)))
            for span in self.spans
        )

    @property
    def _says_only_where(self) -> bool:
        """Whether it is what a Chinese unit does where somebody works: （食堂）."""
        return self.spans[0].is_han and "".join(span.form for span in self.spans) in words_of_work.SHORT_WORKS

    def is_introduction_of(self, after: Part | None) -> bool:
        """Whether it only says who comes: `两位老师：李明；王强`, `Teacher - Emma Watts`."""
        if after is None or any(span.is_unknown for span in self.spans):
            return False
        first = after.spans[0].units[0]
        binds = (first.follows_a_comma or first.follows_a_dash) and is_a_whole_name(after.spans[0])
        return ":" in first.gap or (binds and (self._is_post_alone or self._is_a_unit))

    @property
    def _is_post_alone(self) -> bool:
        """Whether it is the post of one person and nothing else: `Midday supervisor`, but not `a teacher`, `teachers`."""
        return len(self.spans) == 1 and bool(self.spans[0].labels & _OWN_POSTS) and not self.spans[0].form.endswith("s")

    @property
    def _is_a_unit(self) -> bool:
        """Whether it is a body of staff called by its subject: `PE Department`, 数学教研组."""
        units = words_of_a_school.UNITS_OF_STAFF
        is_one = any(span.form in units for span in self.spans)
        return is_one and all(Label.SUBJECT in span.labels or span.form in units for span in self.spans)


def is_a_whole_name(span: Span) -> bool:
    """Whether it is somebody's name of several words or characters."""
    return len(span.units) > SINGLE_WORD and any(not party.is_department for party in span.parties)


def parts_of(spans: Sequence[Span]) -> list[Part]:
    parts: list[Part] = []
    held: list[Span] = []
    after_comma = bracket = next_comma = False

    def close() -> None:
        nonlocal held
        if held:
            parts.append(Part(tuple(held), after_comma, bracket))
        held = []

    for i, span in enumerate(spans):
        first = span.units[0]
        if _waits_for_a_name(held) and (first.gap.strip() in _JOINING_MARKS or Label.JOINING in span.labels):
            if Label.JOINING not in span.labels:
                held.append(span)
            continue
        if first.opens_a_part or _is_before_a_name(span, held):
            close()
            next_comma = first.follows_a_comma
            bracket = first.opens_a_bracket
        if Label.JOINING in span.labels and not span.parties and not _is_in_a_name(spans, i):
            close()
            next_comma = bracket = False
            continue
        if not held:
            after_comma = next_comma
        held.append(span)
    close()
    return parts


def _waits_for_a_name(held: Sequence[Span]) -> bool:
    """Whether all there is yet is an English title: the first in `Mr & Mrs Smith`, which are one part."""
    return bool(held) and all(Label.COURTESY in span.labels and not span.is_han for span in held)


def is_post_of_a_department(spans: Sequence[Span], at: int) -> bool:
    """Whether a post stands behind its department: the head in `Curriculum head` is not the school's."""
    before = [span for span in spans[:at] if span.parties or Label.FILLER not in span.labels]
    return Label.POST_BEHIND in spans[at].labels and bool(before) and any(p.is_department for p in before[-1].parties)


def _is_before_a_name(span: Span, held: Sequence[Span]) -> bool:
    """Whether a Latin title begins another person: `Mr Smith Ms Brown`, but not `Headteacher Mr Smith`, `naughty Mr Smith`."""
    is_courtesy = Label.COURTESY in span.labels and not span.is_han
    return is_courtesy and any(
        _has_a_person(other) or (other.is_unknown and other.units[0].is_capital) for other in held
    )


def _has_a_person(span: Span) -> bool:
    return any(not party.is_department for party in span.parties)


def _is_in_a_name(spans: Sequence[Span], at: int) -> bool:
    """Whether a joining character is part of a name: alone (和**), before a title (和老师), or between two others (刘和萍)."""
    if len(spans[at].units) > SINGLE_WORD or not spans[at].is_han or at + 1 == len(spans):
        return len(spans) == 1 and spans[at].is_han
    following = spans[at + 1]
    if at == 0 or spans[at].units[0].opens_a_part:
        return following.is_title or following.form.startswith(naming.PLACEHOLDERS[0])
    around = spans[at - 1], following
    alone = all(span.is_unknown and span.is_han for span in around) and not following.units[0].gap
    first = at == 1 or spans[at - 1].units[0].opens_a_part
    last = at + 2 == len(spans) or spans[at + 2].units[0].opens_a_part or spans[at + 2].is_title
    return alone and first and last and following.form not in naming.SURNAMES


def words_behind(text: str, part: Part, after: Part | None) -> str:
    """What stands between a part and the next."""
    return text[part.end : after.start if after is not None else len(text)]
