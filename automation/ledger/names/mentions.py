"""Finds who is named in a summary (docs/design.md#p5.3).

A summary is running text, so less counts there than in a cell that names people: a whole name, a surname with a title, a
Western surname that is no ordinary word. A role word or a given name alone is no mention.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from automation.ledger.meant import Party
from automation.ledger.names.folding import HAN, name_form
from automation.ledger.names.found import NOTHING, Doubt, Found, found
from automation.ledger.names.han import surname_of
from automation.ledger.names.han_part import Run, left_open, runs_of, surnamed, titled
from automation.ledger.names.han_together import sharing_a_title
from automation.ledger.names.lexicon import Label, Span, is_title, known_phrases
from automation.ledger.names.only_words import is_a_pupil_of_that_name
from automation.ledger.names.parts import Part, parts_of
from automation.ledger.names.reading import Reader
from automation.ledger.names.units import ENDS_A_SENTENCE, units_of
from automation.ledger.names.western_mentions import named_in_letters
from automation.ledger.names.word_endings import ends_in_a_word, written_before
from sheet_schema import ordinary_words
from sheet_schema.naming import (
    BEFORE_A_NAME,
    DOUBLE_SURNAMES,
    GOES_ON,
    JOINING,
    MASKS,
    OLD,
    POSTS_BEFORE,
    POSTS_IN_DEPARTMENTS,
    SHORT_TITLES,
    SHORT_TITLES_GO_ON,
    SOME,
)

_MASKED = re.compile(rf"({HAN.pattern}{{1,2}})(?:\s?[{MASKS}]|[xX]{{2}})")


def mentioned(text: str, reader: Reader) -> Iterator[tuple[str, Found]]:
    """Everyone named in a summary, with the words around."""
    plain, addressed = reader.addressed(text)
    for address, owners in addressed:
        yield address, found(owners)
    for match in _MASKED.finditer(plain):
        yield match.group(), _masked(match.group(1), reader)
    parts = parts_of(reader.lexicon.spans(units_of(plain)))
    for before, part, after in zip((None, *parts), parts, (*parts[1:], None), strict=False):
        for one in (
            *_whole_names(part, _Listed.between(before, part, after, plain), reader),
            *_posts(part, reader),
            *named_in_letters(part, before, plain, reader),
            *_han(part, reader),
            *_short_titled(part, reader),
        ):
            yield plain[part.start : part.end], one
    for words, surnames in sharing_a_title(plain):
        yield words, found((party for one in surnames for party in reader.han.bearers(one)), Doubt.PARTLY_NAMED)


def _masked(characters: str, reader: Reader) -> Found:
    """Everyone whose surname stands before what hides the rest: 王**, 王XX. One that is a common word is no surname: 高**."""
    double, single = characters[-2:], characters[-1:]
    bearers = reader.han.bearers(double) if len(double) > 1 else frozenset()
    return found(
        bearers or (frozenset() if single in known_phrases() else reader.han.bearers(single)), Doubt.PARTLY_NAMED
    )


@dataclass(frozen=True)
class _Listed:
    """Whether a list of names goes on from the part before, and to the part behind."""

    before: bool
    behind: bool

    @classmethod
    def between(cls, before: Part | None, part: Part, after: Part | None, text: str) -> _Listed:
        return cls(
            before is not None and _names_at_its_end(before) and _is_a_list(text[before.end : part.start]),
            after is not None and _is_a_plain_name(after.spans[0]) and _is_a_list(text[part.end : after.start]),
        )

    def has(self, spans: Sequence[Span], at: int) -> bool:
        """Whether the word stands where the list goes on: 江山 in 高远、江山三人."""
        return (self.before and at == 0) or (self.behind and at + 1 == len(spans))


def _is_a_list(between: str) -> bool:
    return re.fullmatch(ordinary_words.LISTED, between) is not None


def _names_at_its_end(part: Part) -> bool:
    names = [span for span in part.spans if not span.is_title]
    return bool(names) and _is_a_plain_name(names[-1])


def _is_a_plain_name(span: Span) -> bool:
    """Whether it is somebody's whole Chinese name, and no word."""
    is_a_persons = any(not party.is_department for party in span.parties)
    return span.is_han and is_a_persons and span.form not in ordinary_words.CHINESE


def _whole_names(part: Part, listed: _Listed, reader: Reader) -> Iterator[Found]:
    for i, span in enumerate(part.spans):
        people = frozenset(party for party in span.parties if not party.is_department)
        if people and _counts(span, people, part.spans, i, is_listed=listed.has(part.spans, i)):
            yield found(people | reader.bearers(span))
        departments = span.parties - people
        if (
            departments
            and not _begins_a_word(part.spans, i)
            and (span.is_han or not _is_ordinary(span) or _is_capital_by_choice(span))
        ):
            yield found(departments)
        if span.givens and not span.parties and _has_a_title(part.spans, i):
            yield found(span.givens, Doubt.PARTLY_NAMED)


def _posts(part: Part, reader: Reader) -> Iterator[Found]:
    """The heads of departments whose own post stands there: 教务处主任, 教务主任, `head of Curriculum`, `Curriculum lead`."""
    spans = [span for span in part.spans if span.parties or span.heads or Label.FILLER not in span.labels]
    for i, span in enumerate(spans):
        departments = {party for party in span.parties if party.is_department}
        before = i > 0 and not span.is_han and Label.POST_BEFORE in spans[i - 1].labels
        behind = any(_is_a_post(one) and not _begins_a_word(spans, i + 1) for one in spans[i + 1 : i + 2])
        if before or behind:
            yield reader.heads_of(departments)
        if (headed := span.heads or _headed_by(span, reader)) and not _begins_a_word(spans, i):
            yield reader.heads_of(headed)


def _headed_by(span: Span, reader: Reader) -> frozenset[Party]:
    """The departments whose head has a title of which their name is part: `head of sixth form`, 年级组长 of 高三年级组."""
    if Label.WORK_TITLE not in span.labels:
        return frozenset()
    called = (span.form.removeprefix(f"{post} ") for post in POSTS_BEFORE if span.form.startswith(f"{post} "))
    named = frozenset(party for name in called for party in reader.lexicon.spellings.get(name_form(name), ()))
    return frozenset(party for party in named if party.is_department) | reader.short_names.ending_like(span.form)


def _is_a_post(span: Span) -> bool:
    """Whether it is a post behind a department, not `the office leads` or `the office chair`."""
    return Label.POST_BEHIND in span.labels and span.form not in ordinary_words.NO_POSTS


def _short_titled(part: Part, reader: Reader) -> Iterator[Found]:
    """Everyone whose Chinese surname stands before a title of one character, or behind 老: 王总收了钱, 老王, but neither 王总是 nor 高校."""
    for at in range(len(part.spans) - 1):
        for surname in (_surname_before_a_short_title(part.spans, at), _surname_behind_old(part.spans, at)):
            if surname:
                yield found(reader.han.bearers(surname), Doubt.PARTLY_NAMED)


def _surname_before_a_short_title(spans: Sequence[Span], at: int) -> str:
    """The surname that ends here, if one does and a title of one character stands behind it; else `""`."""
    one, title = spans[at], spans[at + 1]
    if not one.is_han or len(one.units) > 1 or title.form not in SHORT_TITLES or title.units[0].gap:
        return ""
    goes_on = any(title.form + behind.form[0] in SHORT_TITLES_GO_ON for behind in spans[at + 2 : at + 3])
    if goes_on or one.form + title.form in ordinary_words.SHORT_TITLED:
        return ""
    before = spans[at - 1] if at > 0 and not one.units[0].gap else None
    if before is None or not before.is_unknown or before.form in BEFORE_A_NAME:
        return one.form
    return before.form + one.form if before.form + one.form in DOUBLE_SURNAMES else ""


def _surname_behind_old(spans: Sequence[Span], at: int) -> str:
    """The surname in 老王, if this is its 老 and neither it nor the surname begins another word: 老路, 老毛病."""
    old, surname = spans[at], spans[at + 1]
    if (
        old.form != OLD
        or not surname.is_unknown
        or surname.units[0].gap
        or old.form + surname.form in ordinary_words.OLD_AND
    ):
        return ""
    following = "".join(span.form for span in spans[at + 2 : at + 3])
    goes_on = surname.form + following[:1] in ordinary_words.CHINESE | ordinary_words.BEHIND_OLD
    is_alone = at == 0 or not spans[at - 1].is_unknown or bool(old.units[0].gap) or spans[at - 1].form in BEFORE_A_NAME
    return surname.form if is_alone and not goes_on else ""


def _is_capital_by_choice(span: Span) -> bool:
    """Whether a word has a capital that is not due to the beginning of a sentence."""
    first = span.units[0]
    return first.is_capital and first.start > 0 and ENDS_A_SENTENCE.search(first.gap) is None


def _begins_a_word(spans: Sequence[Span], at: int) -> bool:
    """Whether the last character of what looks like a department begins another word: 学生处理."""
    return any(spans[at].form[-1] + behind.form[0] in GOES_ON for behind in spans[at + 1 : at + 2])


def _counts(span: Span, people: frozenset[Party], spans: Sequence[Span], at: int, *, is_listed: bool) -> bool:
    """Whether a name that stands there names somebody, though its words may be ordinary ones."""
    if span.is_han:
        form = span.form
        if _is_part_of_words(spans, at) or is_a_pupil_of_that_name(spans, at):
            return False
        if all(_is_given_part(form, party) for party in people):
            return _has_a_title(spans, at)
        return form not in ordinary_words.CHINESE or is_listed or _has_a_title(spans, at) or _follows_a_title(spans, at)
    if not _is_ordinary(span):
        return True
    capital = all(unit.is_capital for unit in span.units)
    return capital and (len(span.units) > 1 or _has_a_title(spans, at))


def _follows_a_title(spans: Sequence[Span], at: int) -> bool:
    """Whether a Chinese title stands right before a name that does not begin like 和: 体育老师江山, but not 校长和平解决."""
    if at == 0 or spans[at].units[0].gap or spans[at].form[0] in JOINING:
        return False
    return spans[at - 1].is_han and spans[at - 1].is_title


def _is_part_of_words(spans: Sequence[Span], at: int) -> bool:
    """Whether a name is part of a saying (万里长城), or stands where one word ends and another begins: 班主任静静地, 五分钟伟大."""
    form = spans[at].form
    behind = form + "".join(span.form for span in spans[at + 1 : at + 4])
    before = written_before(spans, at)
    if any(form in saying and saying in before + behind for saying in ordinary_words.SAYINGS):
        return True
    written = before + form[0]
    ends_one = ends_in_a_word(written) or any(is_title(written[-length:]) for length in (2, 3))
    return ends_one and behind[1 : len(form) + 1] in ordinary_words.CHINESE


def _is_given_part(form: str, party: Party) -> bool:
    """Whether this is the party's name without the surname: 和平 for 王和平."""
    return party.name == surname_of(party.name) + form


def _is_ordinary(span: Span) -> bool:
    is_a_post = span.labels == {Label.WORK_TITLE} and span.form in POSTS_IN_DEPARTMENTS  # a department called Bursar
    return bool(span.labels and not is_a_post) or all(unit.form in ordinary_words.ENGLISH for unit in span.units)


def _has_a_title(spans: Sequence[Span], at: int) -> bool:
    """Whether a title stands before a Western name or behind a Chinese one."""
    neighbour = at + 1 if spans[at].is_han else at - 1
    return 0 <= neighbour < len(spans) and spans[neighbour].is_title


def _han(part: Part, reader: Reader) -> Iterator[Found]:
    for run in runs_of(part):
        if not ends_in_a_word(run.written.partition(SOME)[0]):
            yield left_open(run, reader.han)
        if run.has_title:
            yield surnamed(run, reader.han)
            yield _titled(run, written_before(part.spans, run.end).rstrip(SOME), reader)
    yield from filter(None, (_behind_a_word(part.spans, at, reader) for at in range(1, len(part.spans))))


def _titled(run: Run, written: str, reader: Reader) -> Found:
    """Everyone whom the characters before a title could mean. An ordinary word at their end is nobody's name: 信任老师."""
    if not run.follows_a_title and ends_in_a_word(written) and not reader.han.bearers(written[-2:]):
        return found(reader.han.misspelt(run.written) if len(run.written) > 2 else (), Doubt.PARTLY_NAMED)
    everyone = NOTHING
    for reading in run.readings:
        everyone |= titled(reading, run, reader.han) | found(reader.han.several_surnames(reading), Doubt.PARTLY_NAMED)
    return everyone


def _behind_a_word(spans: Sequence[Span], at: int, reader: Reader) -> Found:
    """Everyone whose surname stands before a title or 某, though it looks like the end of a word such as 现任: 发现任老师收钱."""
    before, behind = spans[at - 1], spans[at]
    looks_like_a_word = before.is_han and before.labels == {Label.FILLER} and len(before.units) > 1
    is_one = behind.is_han and (behind.is_title or behind.form.startswith(SOME))
    if not (looks_like_a_word and is_one) or behind.units[0].gap.strip():
        return NOTHING
    written = written_before(spans, at)
    bearers = reader.han.bearers(written[-1:])
    return NOTHING if ends_in_a_word(written) else found(bearers, Doubt.PARTLY_NAMED)
