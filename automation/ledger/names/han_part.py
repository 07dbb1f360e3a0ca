"""Finds whom the Chinese characters of a part could mean."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from automation.ledger.meant import Party
from automation.ledger.names.folding import loose
from automation.ledger.names.found import NOTHING, Doubt, Found, found
from automation.ledger.names.han import HanNames, surname_of
from automation.ledger.names.lexicon import Label, Span
from automation.ledger.names.parts import Part
from automation.ledger.names.western import WesternNames
from sheet_schema.naming import OF, PLACEHOLDERS, ROMANISED_SURNAMES
from sheet_schema.words_of_work import SHORT_WORKS

_IN_A_NAME = frozenset((Label.FILLER, Label.JOINING, Label.POST_BEHIND))
_AROUND_A_NAME = "的之是该在等对被把让向给找请管他她我名叫姓"
_LEFT_OPEN = re.compile("([^某]{1,2})某")
_SURNAMED = re.compile("(?=姓(.{1,2}))|(?=(.{1,2})姓)")


@dataclass(frozen=True)
class Run:
    """Neighbouring characters of which nothing is known as a phrase, with what stands around them."""

    written: str
    has_title: bool
    is_left_open: bool
    """Whether something stands for the given name: 王某某, 王**."""
    goes_on_a_name: bool = False
    """Whether somebody's whole name stands right before them: 明 in 张伟明 is nobody's given name."""
    follows_a_title: bool = False
    """Whether a Latin title stands before them, so that they begin with a surname: `Mr王`."""
    stands_before_work: bool = False
    """Whether a word for what somebody does follows, which is as good as a title in a cell of names: 三楼王人事."""
    end: int = 0
    """Where in the part what stands behind them begins."""

    @property
    def characters(self) -> str:
        """Without what stands for the given name."""
        return self.written.rstrip(PLACEHOLDERS) or self.written

    @property
    def readings(self) -> list[str]:
        """The characters, also without words like 的 around them, and without what stands for a given name: 叫王什么的."""
        bare = self.characters.strip(_AROUND_A_NAME)
        every = (self.characters, bare, bare.rstrip(PLACEHOLDERS))
        return list(dict.fromkeys(one for one in every if one))


def runs_of(part: Part) -> Iterator[Run]:
    held: list[Span] = []
    before_has_title = False
    for i, span in enumerate(part.spans):
        if _may_be_in_a_name(span):
            held.append(span)
            following = part.spans[i + 1] if i + 1 < len(part.spans) else None
            if following is not None and _may_be_in_a_name(following) and not following.units[0].gap.strip():
                continue
            if _may_be_a_name(held, following, len(part.spans)):
                run = _run(held, following, has_title=before_has_title)
                yield replace(run, goes_on_a_name=goes_on_a_name(part.spans, i + 1 - len(held)), end=i + 1)
            held = []
        before_has_title = span.is_title and not span.is_han


def goes_on_a_name(spans: Sequence[Span], at: int) -> bool:
    """Whether a person's name ends right before this character: 王芳 before the 芳 of 王芳芳."""
    if at == 0 or spans[at].units[0].gap:
        return False
    before = spans[at - 1]
    return before.is_han and spans[at].is_han and any(not party.is_department for party in before.parties)


def longer_name(spans: Sequence[Span], at: int) -> str:
    """The name that begins with the one found there, if it goes on: 王芳芳 for 王芳."""
    if at + 1 == len(spans) or not goes_on_a_name(spans, at + 1):
        return ""
    behind = itertools.takewhile(lambda one: one.is_han and one.is_unknown and not one.units[0].gap, spans[at + 1 :])
    rest = "".join(span.form for span in behind)
    return spans[at].form + rest if rest else ""


def _may_be_in_a_name(span: Span) -> bool:
    return span.is_han and len(span.units) == 1 and not span.parties and span.labels <= _IN_A_NAME


def _may_be_a_name(held: Sequence[Span], following: Span | None, length: int) -> bool:
    """Whether characters that are all known as words may be a name after all: with a title, with 某, or alone."""
    known = not any(one.is_unknown or one.form in PLACEHOLDERS for one in held)
    return not known or len(held) == length or (following is not None and following.is_title)


def _run(held: list[Span], following: Span | None, *, has_title: bool) -> Run:
    characters = "".join(span.units[0].form for span in held)
    titled = has_title or (following is not None and following.is_title)
    shown = following.units[0].shown if following is not None else ""
    word = following.form if following is not None else ""
    left_open = (
        following is not None
        and (any(mark in PLACEHOLDERS for mark in following.units[0].gap) or all(letter in PLACEHOLDERS for letter in shown))
    )  # fmt: skip
    is_open = left_open or characters[-1] in PLACEHOLDERS
    return Run(characters, titled, is_open, follows_a_title=has_title, stands_before_work=word in SHORT_WORKS)


def han_found(part: Part, tail: str, han: HanNames, western: WesternNames) -> Found:
    """Everyone the characters could mean. `tail` is what stands behind the part: it may be 王**."""
    result = NOTHING
    for run in runs_of(part):
        result |= left_open(run, han) | surnamed(run, han)
        open_end = run.is_left_open or any(mark in PLACEHOLDERS for mark in tail)
        for reading in run.readings:
            result |= _meant(reading, run, han, open_end=open_end, is_pupil=part.speaks_of_a_pupil)
            result |= found(_in_latin_letters(reading, western), Doubt.PARTLY_NAMED)
    return result


def left_open(run: Run, han: HanNames) -> Found:
    """Everyone whose surname stands before a 某: 王某, 王某某."""
    result = NOTHING
    for match in _LEFT_OPEN.finditer(run.written):
        result |= found(han.bearers(match.group(1)) or han.bearers(match.group(1)[1:]), Doubt.PARTLY_NAMED)
    return result


def behind_a_department(written: str, stems: Mapping[str, frozenset[Party]]) -> tuple[frozenset[Party], str]:
    """The departments called for short at the beginning, and what stands behind: 的司马 in 后勤的司马."""
    for length in range(len(written) - 1, 1, -1):
        if departments := stems.get(written[:length]):
            return departments, written[length:]
    return frozenset(), ""


def behind_the_last_of(part: Part, han: HanNames) -> Found:
    """Everyone whose surname stands alone behind 的: 带三班的王."""
    written = "".join(span.form for span in part.spans)
    return found(han.bearers(written.rpartition(OF)[2]), Doubt.PARTLY_NAMED)


def surnamed(run: Run, han: HanNames) -> Found:
    """Everyone with a surname that is called one: 王姓女教师, 姓王的女老师."""
    result = NOTHING
    for behind, before in _SURNAMED.findall(run.written):
        for surname in filter(None, (behind, behind[:1], before)):
            result |= found(han.bearers(surname), Doubt.PARTLY_NAMED)
    return result


def titled(reading: str, run: Run, han: HanNames) -> Found:
    """Everyone whom characters with a title could mean; behind a Latin title, if nobody else, whoever bears the surname:
    `Mr王打人`."""
    people = han.with_title(reading)
    if not people and run.follows_a_title:
        people = han.bearers(surname_of(reading)) or han.bearers(reading[:1])
    return found(people, Doubt.PARTLY_NAMED)


def _meant(reading: str, run: Run, han: HanNames, *, open_end: bool, is_pupil: bool) -> Found:
    if open_end and (bearers := han.bearers(reading) or han.bearers(reading[-1:])):
        return found(bearers, Doubt.PARTLY_NAMED)
    if together := han.several_surnames(reading):
        return found(together, Doubt.PARTLY_NAMED)
    if run.has_title or run.stands_before_work:
        return titled(reading, run, han)
    if run.goes_on_a_name and len(set(reading)) == 1:
        return found(han.bearers(reading), Doubt.PARTLY_NAMED)
    return found(han.without_title(reading) or han.with_work(reading), Doubt.PARTLY_NAMED) or (
        NOTHING if is_pupil else found(han.misspelt_alone(reading), Doubt.PERHAPS)
    )


def _in_latin_letters(reading: str, western: WesternNames) -> list[Party]:
    """People whose name is kept in Latin letters and who have this surname in it."""
    return [
        name.party
        for word in _romanised(reading[:1])
        for name in (*western.by_surname.get(loose(word), ()), *western.by_given.get(loose(word), ()))
    ]


@cache
def _romanised(surname: str) -> tuple[str, ...]:
    return tuple(word for word, surnames in ROMANISED_SURNAMES.items() if surname and surname in surnames)
