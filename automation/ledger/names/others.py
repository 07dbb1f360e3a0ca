"""Reads words beside somebody found that speak of somebody else: `Mr Bell's deputy`, 赵敏等三人, `former head` (docs/design.md#p5.3)."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from automation.ledger.names.lexicon import Label, Span, is_title, roles_called
from automation.ledger.names.parts import Part
from sheet_schema import naming, words_beside
from sheet_schema.vocabulary import Role

_POSTS = frozenset((Label.ROLE, Label.WORK_TITLE, Label.POST_BEFORE, Label.POST_BEHIND))
_CALLED = frozenset((Label.FILLER, Label.COURTESY, Label.SUBJECT, Label.POST_BEFORE))
_POSSESSIVE = ("'s", "'S", "'")
_TO = " to"
_OF = (" of", _TO, " for")
_ABSTRACT = frozenset(("leadership", "management"))
"""What somebody does, and no one beside them: `Mr Bell's management of the site`."""


def speaks_of_another(part: Part, *, finds_people: bool) -> bool:
    """Whether a part speaks of somebody besides those who were found in it, or of others without a name: `and others`."""
    if finds_people:
        return any(True for _ in related_in(part.spans)) or _goes_on_to_others(part.spans)
    return _is_only_others(part.spans)


def speaks_of_another_holder(part: Part, *, of_a_department: bool) -> bool:
    """Whether a post that stands there was or will be another's, or is that of a head's deputy: `former head`, 前任校长,
    `deputy head of Science`."""
    posts = [i for i, span in enumerate(part.spans) if _is_a_post(span)]
    if posts and any(_is_of_another_time(part.spans, i, posts[-1]) for i in range(len(part.spans))):
        return True
    is_in_charge = any(span.form in words_beside.IN_CHARGE for span in part.spans)
    called = part.spans[: posts[-1] + 1] if posts else ()
    return of_a_department and not is_in_charge and any(_is_a_deputy(span) for span in called)


def ends_with_a_post(part: Part) -> bool:
    """Whether the last word is a post, which may look like a surname: `former Head`."""
    return _is_a_post(part.spans[-1])


def describes_another(part: Part, *, is_named: bool) -> bool:
    """Whether words behind somebody, which would say what they are, speak of somebody else: `(and others)`, （爱人）; of a post
    that nobody is named with, also `(former)`."""
    is_a_spouse = any(span.form in words_beside.SPOUSES for span in part.spans)
    is_of_another_time = any(span.form in words_beside.FORMER for span in part.spans)
    return is_a_spouse or (is_of_another_time and not is_named) or _is_only_others(part.spans)


def related_in(spans: Sequence[Span]) -> Iterator[Span]:
    """The words for somebody who is said by another: the deputy of `Mr Bell's deputy`, 领导 in 赵敏的领导."""
    for i, span in enumerate(spans):
        if not (_is_related(span) or _is_called_like_a_post(span)):
            continue
        following = spans[i + 1] if i + 1 < len(spans) else None
        is_his_own = following is not None and is_named(following) and not span.form.endswith(_OF)
        if is_his_own or _goes_on_as_work(spans[i + 1 :]):
            continue
        if _stands_behind_somebody(spans, i) or _stands_before_somebody(spans, i):
            yield span


def roles_behind_and_so_on(spans: Sequence[Span]) -> Iterator[Span]:
    """The words for a role right behind 等, which mean everybody who holds it: 沈校长等校领导."""
    for before, span in itertools.pairwise(spans):
        if before.form == words_beside.AND_SO_ON and Label.ROLE in span.labels:
            yield span


def _goes_on_as_work(behind: Sequence[Span]) -> bool:
    """Whether a post is only what somebody does, or part of a word: 赵敏的班主任工作, `Mr Bell's head injury`."""
    return "".join(span.form for span in behind).startswith(words_beside.WORK)


def roles_of_the_related(span: Span) -> frozenset[str]:
    """The roles that a word for somebody related may mean: whoever leads the school is everybody's superior."""
    called = span.form.removesuffix(" of")
    if called in words_beside.SUPERIORS:
        return frozenset((Role.PRINCIPAL.key, Role.LEADER.key))
    return roles_called().get(called, frozenset())


def _is_related(span: Span) -> bool:
    return span.form in words_beside.RELATED or span.form in words_beside.SPOUSES


def _is_called_like_a_post(span: Span) -> bool:
    """Whether it is a title, a post or a job, which stands beside a name as that person's own, too."""
    known = span.labels & (_POSTS | {Label.JOB, Label.COURTESY})
    return bool(known) and not span.parties and span.form not in _ABSTRACT | naming.FUNCTIONS


def is_named(span: Span) -> bool:
    """Whether a word is the whole name, or the given name, of somebody here."""
    return any(not party.is_department for party in span.parties) or bool(span.givens)


def is_somebody(span: Span) -> bool:
    """Whether a word is somebody's name, title or post, or may be a surname."""
    if is_named(span) or span.heads or (span.labels & {Label.ROLE, Label.WORK_TITLE} and not span.parties):
        return True
    if span.is_han:
        return Label.COURTESY in span.labels or (span.is_unknown and span.form in naming.SURNAMES)
    return span.is_unknown and span.units[0].is_capital


def _stands_behind_somebody(spans: Sequence[Span], at: int) -> bool:
    """Whether a name stands before it as whose it is: with a possessive, with 的, or right before what can be nothing else.
    One word may say which: `Mr Bell's new deputy`, 赵敏的直接领导, but not `Mr Bell's role as deputy`."""
    before = [*itertools.takewhile(_describes_the_related, reversed(spans[: _behind_of(spans, at)]))]
    owner = _behind_of(spans, at) - len(before) - 1
    if owner < 0 or _is_what_somebody_is_called(spans, owner):
        return False
    is_possessive = spans[owner].units[-1].shown.endswith(_POSSESSIVE)
    if spans[at].form in words_beside.SPOUSES and spans[owner].parties and is_possessive:
        return True
    if not is_somebody(spans[owner]):
        return False
    if spans[owner].is_han:
        return _is_related(spans[at]) or any(span.form == naming.OF for span in before)
    unknown = sum(span.is_unknown for span in before)
    return (is_possessive and unknown <= 1) or (_is_related(spans[at]) and not unknown)


def _behind_of(spans: Sequence[Span], at: int) -> int:
    """Where a word of two characters begins that stands between 的 and this, and is no name; here if there is none."""
    if at < 3 or spans[at - 3].form != naming.OF:
        return at
    word = spans[at - 2 : at]
    is_a_word = all(span.is_han and span.is_unknown for span in word) and word[0].form not in naming.SURNAMES
    return at - 2 if is_a_word else at


def _describes_the_related(span: Span) -> bool:
    """Whether it may stand between a name and the word for somebody related: 的 and 分管, `new`, but neither title nor name."""
    if span.form == naming.OF or span.form in words_beside.FORMER:
        return True
    if not span.is_han and (span.is_unknown or span.labels == {Label.FILLER}):
        return span.is_unknown and not span.units[0].is_capital
    return bool(span.labels & _CALLED) and not span.parties and not is_title(span.form)


def _is_what_somebody_is_called(spans: Sequence[Span], owner: int) -> bool:
    """Whether the name says what the one behind is called: 姓王的老师, 叫王芳的老师."""
    before = spans[owner - 1].form if owner else ""
    return before in words_beside.NAMED


def _stands_before_somebody(spans: Sequence[Span], at: int) -> bool:
    """Whether a name stands behind it with `of`: `deputy to Bell`, `head of Mr Bell`, but not `head of Design`."""
    if spans[at].is_han:
        return False
    rest, of = [*spans[at + 1 :]], next((one for one in _OF if spans[at].form.endswith(one)), "")
    if not of and (not rest or (of := f" {rest.pop(0).form}") not in _OF):
        return False
    titles = [*itertools.takewhile(_is_a_title_before_a_name, rest)]
    owner = rest[len(titles)] if len(titles) < len(rest) else None
    if owner is None or is_named(owner):
        return owner is not None
    is_of_a_person = _is_related(spans[at]) or of == _TO or any(one.is_title for one in titles)
    return is_of_a_person and (owner.labels & {Label.ROLE} != set() or (owner.is_unknown and owner.units[0].is_capital))


def _is_a_title_before_a_name(span: Span) -> bool:
    return (span.form in naming.ARTICLES or Label.COURTESY in span.labels) and not span.parties


def _goes_on_to_others(spans: Sequence[Span]) -> bool:
    """Whether others stand behind somebody, and are no pupils or parents: 赵敏等三人, but not 赵敏等同学."""
    return any(
        span.form in words_beside.OTHERS
        and not _is_of_other_things(spans, i)
        and any(is_somebody(one) or one.is_unknown for one in spans[:i])
        and not _are_groups(spans[i + 1 : i + 4])
        for i, span in enumerate(spans)
    )


def _is_of_other_things(spans: Sequence[Span], at: int) -> bool:
    """Whether a word that need not be said of people stands before a thing: 赵敏其他问题, `Mr Bell's team meeting`."""
    return spans[at].form in words_beside.OF_THINGS_TOO and at + 1 < len(spans) and spans[at + 1].is_unknown


def _are_groups(behind: Sequence[Span]) -> bool:
    until = itertools.takewhile(lambda one: not is_title(one.form), behind)
    return any(Label.GROUP in one.labels for one in until)


def _is_only_others(spans: Sequence[Span]) -> bool:
    """Whether nothing stands there but others: the second of `Mr Bell and others`, `Mr Bell + 1`."""
    known = all(
        (Label.FILLER in span.labels and not span.parties and span.form not in naming.CLASSES)
        or span.form.isdigit()
        or span.form in words_beside.COUNTED
        or span.form in words_beside.NUMBERS
        for span in spans
    )
    others = words_beside.OTHERS | words_beside.RELATED | words_beside.SPOUSES
    is_counted = "+" in spans[0].units[0].gap and any(span.form.isdigit() for span in spans)
    return known and (is_counted or any(span.form in others for span in spans))


def _is_a_post(span: Span) -> bool:
    return bool(span.labels & _POSTS or span.heads)


def _is_of_another_time(spans: Sequence[Span], at: int, last_post: int) -> bool:
    """Whether a word for another time stands before a post; one Chinese character only right before it: 原校长."""
    word = spans[at]
    if word.form not in words_beside.FORMER or at >= last_post:
        return False
    following = spans[at + 1]
    if word.is_han and len(word.form) == 1:
        return _is_a_post(following) or any(party.is_department for party in following.parties)
    return following.form not in naming.PUPILS_AND_PARENTS


def _is_a_deputy(span: Span) -> bool:
    return span.form.startswith(words_beside.DEPUTIES) and not span.parties
