"""Judges whether words in which nobody was found could be somebody who is nobody here, or mean somebody here (docs/design.md#p5.3)."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from automation.ledger.names.classes import is_a_class
from automation.ledger.names.found import Found
from automation.ledger.names.lexicon import Label, Span
from automation.ledger.names.parts import Part
from automation.ledger.names.things import speaks_of_a_body_outside, without_things
from sheet_schema import naming, words_beside, words_of_a_school, words_of_things

_POSTS = frozenset((Label.WORK_TITLE, Label.ROLE, Label.POST_BEFORE, Label.POST_BEHIND, Label.JOB))
_POSSESSIVE = ("'s", "'S")
_SAYING_LITTLE = frozenset((Label.FILLER, Label.SUBJECT))
_OF_NO_ONE = frozenset((Label.GROUP, Label.OUTSIDE, Label.SUBJECT))


def may_be_somebody(part: Part, one: Found) -> bool:
    """Whether the words of a part in which nobody was found could be somebody's name, or mean somebody here."""
    spans = part.spans
    unknown = [span for span in without_things(spans) if _may_be_a_word_of_a_name(span)]
    if speaks_of_a_body_outside(spans):
        return False
    if one.parties:
        return any(_is_somebody_here(span) for span in spans) or any(
            _looks_like_a_name(spans, i) for i, span in enumerate(spans) if span in unknown
        )
    if _is_somebodys_post(spans):
        return True
    if _is_a_unit_of_staff(spans):
        return True
    if any(_has_a_religious_title(spans, i) for i in range(1, len(spans))):
        return True
    if unknown and _speaks_of_outsiders(spans):
        return any(_has_a_title(spans, i) for i, span in enumerate(spans) if span in unknown)
    return bool(unknown)


def titles_somebody(part: Part) -> bool:
    """Whether a title that anybody has stands beside a word of which nothing is known: `Maths leader Mr Quill`."""
    return any(
        _may_be_a_word_of_a_name(name) and not name.is_han and Label.COURTESY in title.labels
        for title, name in itertools.pairwise(part.spans)
    )


def _speaks_of_outsiders(spans: Sequence[Span]) -> bool:
    """Whether there are pupils, parents or a company, whose name or whose doing the other words are: 学生张三, `bus company`.
    The school, people and business are none: `school bursar` and 学校招生办 may be somebody here."""
    labels = frozenset().union(*(span.labels for span in spans))
    return Label.POST_BEFORE not in labels and any(_is_of_outsiders(span) for span in spans)


def _has_a_religious_title(spans: Sequence[Span], at: int) -> bool:
    """Whether a name of which nothing is known stands behind what a priest or a nun is called: `Father Quill`, `Sister A`."""
    title, name = spans[at - 1].units[-1], spans[at].units[0]
    is_one = spans[at - 1].form in words_beside.RELIGIOUS and title.is_capital and at == 1
    return is_one and name.is_capital and name.gap == " " and not title.shown.endswith(_POSSESSIVE)


def _is_of_outsiders(span: Span) -> bool:
    return Label.GROUP in span.labels and span.form not in words_of_a_school.OURS


def _is_a_unit_of_staff(spans: Sequence[Span]) -> bool:
    """Whether a body of staff is meant, though nobody knows who belongs to it: `French dept`, 数学教研组, `people in the office`."""
    groups = {span.form for span in spans if Label.GROUP in span.labels} - words_of_a_school.OURS
    if not groups <= naming.SERVED or any(Label.OUTSIDE in span.labels for span in spans):
        return False
    serves = bool(groups - naming.SERVED_THINGS) and any(span.form in words_of_a_school.SERVICES for span in spans)
    return serves or any(
        span.form in words_of_a_school.UNITS_OF_STAFF or _ends_a_unit(spans, i) for i, span in enumerate(spans)
    )


def _ends_a_unit(spans: Sequence[Span], at: int) -> bool:
    """Whether a Chinese character ends what a unit of the school is called, and begins no other word: 学生处, but not 学生处理."""
    written = "".join(span.form for span in spans[max(0, at - 1) : at + 1])
    ending = next((one for one in words_of_a_school.ENDINGS_OF_UNITS if written.endswith(one)), "")
    if not ending or at < len(ending) or spans[at].units[0].gap:
        return False
    before, behind = spans[at - len(ending)], "".join(span.form for span in spans[at + 1 : at + 2])
    is_one = before.is_han and before.form not in words_of_a_school.OURS and (len(before.units) > 1 or at > 1)
    return is_one and (ending[-1] + behind[:1]) not in words_of_a_school.UNITS_GO_ON


def is_a_letter_for_anybody(part: Part) -> bool:
    """Whether it is a title with a letter that need not be an initial: `Mr X`, Z老师."""
    others = [span for span in part.spans if _is_a_letter(span) or not (span.is_title or span.labels & _SAYING_LITTLE)]
    is_one_letter = len(others) == 1 and (others[0].is_unknown or _is_a_letter(others[0])) and len(others[0].form) == 1
    return is_one_letter and others[0].form in naming.ANYBODY and any(span.is_title for span in part.spans)


def _is_a_letter(span: Span) -> bool:
    """Whether it is a capital by itself: the A of `Mr A`."""
    return span.units[0].is_initial and span.units[0].is_capital and len(span.units) == 1


def name_no_one_here(parts: Sequence[Part]) -> bool:
    """Whether parts in which nobody was found say who is meant: a company, a pupil, a class, a lesson, a thing. `Sir`, `12345`,
    那位 and `the lady` do not."""
    return any(map(_speaks_of_things, parts)) or any(
        span.labels & _OF_NO_ONE or span.form in naming.CLASSES or is_a_class(span)
        for part in parts
        for span in part.spans
    )


def _speaks_of_things(part: Part) -> bool:
    return speaks_of_a_body_outside(part.spans) or len([*without_things(part.spans)]) < len(part.spans)


def may_be_anothers_post(part: Part) -> bool:
    """Whether the words beside a role make it somebody else's post: `site team leader`, `School 7 head`, 校长室主任, 食堂管理员."""
    spans = part.spans
    roles = [i for i, span in enumerate(spans) if Label.ROLE in span.labels]
    return any(_is_told_apart(spans, i) or is_told_apart_before(spans, i) for i in roles)


def is_told_apart_before(spans: Sequence[Span], at: int) -> bool:
    """Whether a word that nobody knows, a subject or a department stands right before a Chinese role: 教学校长, 钱校长."""
    before = next((span for span in reversed(spans[:at]) if span.form != naming.OF), None)
    return (
        before is not None
        and before.is_han
        and (
            before.is_unknown or Label.SUBJECT in before.labels or any(party.is_department for party in before.parties)
        )
    )


def _is_told_apart(spans: Sequence[Span], at: int) -> bool:
    for i, span in enumerate(spans):
        if i == at or span.parties or Label.ROLE in span.labels or _is_a_deed_of(spans, i, at):
            continue
        if span.labels & (_POSTS - {Label.ROLE}) or (
            Label.GROUP in span.labels and span.form not in naming.THIS_SCHOOL
        ):
            return True
        if span.form in naming.CLASSES and _is_general(spans[at]) and i < at:
            return True
        if span.is_han:
            if span.is_unknown and i == at - 1:
                return True
        elif _tells_apart(span, is_general=_is_general(spans[at])) and not _is_a_list_number(spans, i):
            return True
    return False


def _is_a_deed_of(spans: Sequence[Span], at: int, role: int) -> bool:
    """Whether a word is what whoever holds a role does or says: `the Head's decision`, `Lack of response from the Head`."""
    if spans[at].form not in words_of_things.DEEDS:
        return False
    if at > role:
        return spans[role].units[-1].shown.endswith(_POSSESSIVE)
    return spans[at + 1].units[0].form in words_of_things.BEHIND_DEEDS


def _tells_apart(span: Span, *, is_general: bool) -> bool:
    """Whether a Western word beside a role tells whose post it is; beside `headteacher`, which says enough, only a name does."""
    if span.labels:
        return is_general and Label.SUBJECT in span.labels
    return is_general or span.units[0].is_capital


def _is_general(role: Span) -> bool:
    """Whether a role word is what heads of anything are called: `head`, `leader`, `deputy`."""
    return Label.POST_BEHIND in role.labels or role.form in naming.GENERAL_ROLES


def _is_a_list_number(spans: Sequence[Span], at: int) -> bool:
    return spans[at].form.isdigit() and at in (0, len(spans) - 1)


def _is_somebodys_post(spans: Sequence[Span]) -> bool:
    """Whether there is a title, a post or a job that is one of this school's: not a company's manager, but `pupil's teacher`."""
    groups = {span.form for span in spans if Label.GROUP in span.labels}
    others = groups - naming.THIS_SCHOOL - words_of_a_school.OURS
    if not others <= naming.SERVED:
        return False
    if any(span.labels & _POSTS or span.form in naming.TEACHERS | naming.WORKERS for span in spans):
        return True
    if groups and any(text.endswith(naming.ENDINGS_OF_JOBS) for text in _unknown_words(spans)):
        return True
    points_at_somebody = any(_is_somebody_here(span) or _is_a_body(span) for span in spans)
    return others <= naming.SERVED_THINGS and (
        points_at_somebody or (bool(groups) and any(span.form in naming.PEOPLE_OF_A_PLACE for span in spans))
    )


def _is_a_body(span: Span) -> bool:
    return not span.is_han and span.form in naming.BODIES


def _unknown_words(spans: Sequence[Span]) -> Iterator[str]:
    """The Chinese characters of which nothing is known, those beside each other together: 放映员."""
    for i, span in enumerate(spans):
        if span.is_han and span.is_unknown and (i == 0 or not spans[i - 1].is_unknown):
            word = "".join(_unknown_from(spans, i))
            if len(word) > 1:
                yield word


def _is_somebody_here(span: Span) -> bool:
    is_titled = span.is_han and Label.COURTESY in span.labels
    works_here = (
        bool(span.labels & {Label.WORK_TITLE, Label.JOB}) and span.form not in naming.FUNCTIONS and not span.parties
    )
    return is_titled or works_here or span.form in naming.SOMEBODY


def _may_be_a_word_of_a_name(span: Span) -> bool:
    return span.is_unknown and not span.form.isdigit() and not is_a_class(span)


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
