"""Finds posts that stand beside a department, or beside part of its name: they mean its head (docs/design.md#p5.3)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property

from automation.ledger.meant import Party
from automation.ledger.names.lexicon import Label, Span, known_phrases, roles_called
from automation.ledger.names.parts import Part
from automation.ledger.names.units import Unit, readable, spoken_form, units_of
from sheet_schema import naming, words_of_a_school, words_of_work
from sheet_schema.vocabulary import Role

Parties = frozenset[Party]
SHORTEST_BEGINNING = 4
"""In letters: `Admin` may be Administration, `Art` is nothing but Art."""
LONGEST_ENDING = 20
SHORT_ENDING = 2
"""In letters: where no post says that a department is meant, `Academics` is Academic, but `Caretaking` no *Pastoral care*."""
SHORTEST_STEM = 2
"""In characters: 教务 may be a department, 教 is none."""
_HEADS_THE_SCHOOL = frozenset((Role.PRINCIPAL.key, Role.LEADER.key))
_NO_PART_OF_A_NAME = frozenset(
    (Label.COURTESY, Label.WORK_TITLE, Label.ROLE, Label.POST_BEHIND, Label.POST_BEFORE, Label.JOINING)
)
_LISTED = re.compile(r"[;、|&+\n\r]|[^\W\d_]")
"""Between a department and somebody else: `Maths; the head`, `Maths and the head`. A bracket, a comma or a colon bind."""
_ENDS_A_LIST = re.compile(r"[;|\n\r]")


@dataclass(frozen=True)
class ShortNames:
    """The words that tell departments apart (`pastoral` of *Pastoral care*), and what Chinese ones are called for short."""

    words: Mapping[str, Parties] = field(default_factory=dict)
    stems: Mapping[str, Parties] = field(default_factory=dict)

    @cached_property
    def _beginnings(self) -> Mapping[str, tuple[str, ...]]:
        grouped: defaultdict[str, list[str]] = defaultdict(list)
        for word in self.words:
            grouped[word[:SHORTEST_BEGINNING]].append(word)
        return {beginning: tuple(words) for beginning, words in grouped.items()}

    def called(self, word: str, longest_ending: int = LONGEST_ENDING) -> Parties:
        """Every department in whose name the word stands, or one that it begins or that begins it: `Math`, `Admin`."""
        if len(word) < SHORTEST_BEGINNING:
            return self.words.get(word) or self.words.get(words_of_work.SHORT_SUBJECTS.get(word, ""), frozenset())
        alike = self._beginnings.get(word[:SHORTEST_BEGINNING], ())
        fits = (
            own
            for own in alike
            if own.startswith(word)
            or (word.startswith(own) and _is_long_enough(own) and len(word) - len(own) <= longest_ending)
        )
        return frozenset().union(*(self.words[own] for own in fits))

    def called_whole(self, written: str) -> Parties:
        """Every department that is called this for short, or with a word for a group of teachers behind: 高三, 高三备课组."""
        whole = self.stems.get(written, frozenset())
        groups = (one for one in naming.GROUPS_OF_TEACHERS if written.endswith(one))
        return whole or frozenset().union(*(self.stems.get(written.removesuffix(one), frozenset()) for one in groups))

    def alike(self, written: str) -> Parties:
        """Every department whose name begins with these characters; if they end like a department, also if it ends with the
        rest, or has it in this order: 后勤 and 后勤中心 for 后勤保障处, 学发中心 and 学生工作处 for 学生发展中心."""
        bare = next((written.removesuffix(one) for one in naming.DEPARTMENT_ENDINGS if written.endswith(one)), "")
        short = next((bare.removesuffix(one) for one in words_of_a_school.WORKS if bare.endswith(one)), bare) or written
        if len(short) < SHORTEST_STEM or written in naming.GROUPS:
            return frozenset()
        fits = (
            parties
            for stem, parties in self.stems.items()
            if stem.startswith((short, *same_work(short)))
            or (bare and (stem.endswith(short) or _is_abbreviated(short, stem)))
        )
        return frozenset().union(*fits)

    def doing_the_work_of(self, text: str) -> Parties:
        """Every department that goes by another name for the work that a text speaks of: 总务处 in 后勤主任."""
        others = tuple(
            other for work in words_of_work.ALL_SAME_WORK - naming.GROUPS if work in text for other in same_work(work)
        )
        fits = (parties for stem, parties in self.stems.items() if others and stem.startswith(others))
        return frozenset().union(*fits)

    def ending_like(self, title: str) -> Parties:
        """Every department whose head may be called so, though other words stand before it in its name: 年级组长."""
        works = tuple(name for work in works_of(title) for name in (work, *same_work(work)))
        return frozenset(party for stem, parties in self.stems.items() if stem.endswith(works) for party in parties)

    def named_in(self, part: Part) -> Parties:
        """Every department that a part names, also by a word of its name."""
        named = {party for span in part.spans for party in (*span.parties, *span.heads) if party.is_department}
        for span in part.spans:
            if not span.is_han and _may_tell_a_department(span):
                named.update(*(self.called(word) for word in _telling_words(span)))
        for text in _han_runs(part.spans):
            named.update(*(parties for stem, parties in self.stems.items() if stem in text))
            named.update(*(self.alike(unit) for unit in (*_before_a_post(text), *_behind_a_post(text))))
            if not named:
                named.update(self.doing_the_work_of(text))
        return frozenset(named)

    def of_posts(self, part: Part) -> Parties:
        """The departments whose head may have a post that a part names, though it does not name them: the DSL, 年级长."""
        written = f" {spoken_form([unit for span in part.spans for unit in span.units])} "
        works = (
            work for posts, works in words_of_work.WORKS_OF_POSTS.items() if _is_in(written, posts) for work in works
        )
        titles = [span.form for span in part.spans if span.is_han and Label.WORK_TITLE in span.labels]
        return frozenset().union(*map(self.called, works), *map(self.ending_like, titles))

    def has_a_post(self, part: Part) -> bool:
        """Whether a part calls somebody the head of something: `lead`, 负责人, 管教务的."""
        if any(is_post_of_a_head(span) and self._is_one_there(part.spans, i) for i, span in enumerate(part.spans)):
            return True
        texts = [text for text in _han_runs(part.spans) if naming.RUNS in text]
        return any(f"{naming.RUNS}{stem}" in text for text in texts for stem in self.stems) or any(
            self.alike(unit) for text in texts for unit in _behind_a_post(text)
        )

    def _is_one_there(self, spans: Sequence[Span], at: int) -> bool:
        """A post of one character is none in a word such as 长期, only right behind a department: 教务处的头."""
        if len(spans[at].form) > 1 or not spans[at].is_han or at == 0:
            return True
        before = "".join(span.form for span in spans[:at]).removesuffix(naming.OF)
        return any(before.endswith(stem) for stem in self.stems)


def _telling_words(span: Span) -> Iterator[str]:
    """The words of a phrase that may stand for a department: of one that is a department's name not the year in `Year 9`."""
    is_a_year = bool(span.parties or span.heads) and any(unit.form.isdigit() for unit in span.units)
    return (unit.form for unit in span.units if not (is_a_year and unit.form in naming.FILLERS_IN_DEPARTMENTS))


def _before_a_post(text: str) -> Iterator[str]:
    """What stands before a Chinese post at the end, if it ends like a department: 后勤处 of 后勤处负责人."""
    for post in naming.POSTS_BEHIND:
        before = text.removesuffix(post).removesuffix(naming.OF)
        if not post.isascii() and text.endswith(post) and before.endswith(naming.DEPARTMENT_ENDINGS):
            yield before


def _behind_a_post(text: str) -> Iterator[str]:
    """What is run by somebody, up to 的: 后勤 of 分管后勤的王."""
    for post in (naming.RUNS, *naming.POSTS_BEFORE):
        behind = text.partition(post)[2].partition(naming.OF)[0]
        if not post.isascii() and behind:
            yield behind


def _is_abbreviated(short: str, stem: str) -> bool:
    """Whether the characters stand in a name in this order, the first of them at its beginning."""
    rest = iter(stem)
    return stem[0] == short[0] and all(character in rest for character in short)


def _is_in(written: str, posts: Iterable[str]) -> bool:
    return any(f" {post} " in written for post in posts)


@cache
def same_work(work: str) -> tuple[str, ...]:
    """What schools call the same work otherwise: 后勤 for 总务."""
    return tuple(sorted(frozenset().union(*(same for same in words_of_work.SAME_WORK if work in same)) - {work}))


@cache
@cache
def works_of(title: str) -> tuple[str, ...]:
    """What a Chinese title says of the work, without the post: 年级 and 年级组 of 年级组长, nothing of 主任."""
    works = {title.removesuffix(post) for post in naming.POSTS_BEHIND if title.endswith(post)}
    return tuple(work for work in works if len(work) > 1 and not work.isascii())


def words_of_departments(spellings: Iterable[tuple[str, Party]]) -> Mapping[str, Parties]:
    """The Latin words of departments' names that are neither posts nor such as `the` and `department`."""
    grouped: defaultdict[str, set[Party]] = defaultdict(set)
    for spelling, party in spellings:
        for unit in units_of(readable(spelling)):
            if not unit.is_han and len(unit.form) > 1 and _tells_a_department(unit.form):
                grouped[unit.form].add(party)
    return {word: frozenset(parties) for word, parties in grouped.items()}


def _tells_a_department(word: str) -> bool:
    labels = known_phrases().get(word, frozenset())
    if word in naming.THIS_SCHOOL or labels & _NO_PART_OF_A_NAME or word in naming.POSTS_IN_DEPARTMENTS:
        return False
    return Label.FILLER not in labels or word in naming.FILLERS_IN_DEPARTMENTS


def _is_long_enough(word: str) -> bool:
    return len(word) >= SHORTEST_BEGINNING


def _may_tell_a_department(span: Span) -> bool:
    """Whether a word of a department may stand in it: not in a person's name, nor in `head teacher`, but in `year head`."""
    if any(not party.is_department for party in span.parties):
        return False
    return not span.is_title or _is_a_heads_title(span)


def _han_runs(spans: Sequence[Span]) -> Iterator[str]:
    """The Chinese characters that nothing stands between, nobody's whole name among them."""
    held = ""
    for span in spans:
        is_name = any(not party.is_department for party in span.parties)
        if is_name or not span.is_han or span.units[0].gap.strip():
            yield held
            held = ""
        if span.is_han and not is_name:
            held += span.form
    yield held


def is_a_post(units: Sequence[Unit]) -> bool:
    """Whether a department is called like somebody's post: `Bursar`, 财务主管."""
    forms = [unit.form for unit in units]
    joined = "".join(forms)
    return any(form in naming.POSTS_IN_DEPARTMENTS for form in forms) or (
        units[0].is_han and any(joined.endswith(post) for post in naming.POSTS_IN_DEPARTMENTS)
    )


def is_post_of_a_head(span: Span) -> bool:
    """Whether a phrase is what the head of something is called: `lead`, 负责人, `head of department`, deputy head."""
    if any(not party.is_department for party in span.parties):
        return False
    if span.labels & {Label.POST_BEHIND, Label.POST_BEFORE} or span.heads:
        return True
    roles = roles_called().get(span.form, frozenset()) if Label.ROLE in span.labels else frozenset()
    return bool(roles & _HEADS_THE_SCHOOL) or _is_a_heads_title(span)


def _is_a_heads_title(span: Span) -> bool:
    return Label.WORK_TITLE in span.labels and "head" in span.form.split()


def headed_in(parts: Sequence[Part], between: Sequence[str], names: ShortNames) -> list[Parties]:
    """For each part the departments whose heads it means, by a post in it or beside it. `between` is what stands behind each."""
    named = [names.named_in(part) for part in parts]
    posts = [names.has_a_post(part) for part in parts]
    headed = [
        departments if is_post else called_like_posts(part)
        for part, departments, is_post in zip(parts, named, posts, strict=True)
    ]
    for i, part in enumerate(parts):
        if posts[i] and _is_a_post_alone(part):
            headed[i] |= _beside(i, parts, between, named)
    for i, part in enumerate(parts):
        if posts[i] and (named[i] - called_like_posts(part) or _is_of_a_subject(part)):
            for other in _listed_with(i, parts, between):
                headed[i] |= named[other]
    return headed


def called_like_posts(part: Part) -> Parties:
    """The departments in a part that are called like somebody's post."""
    spans = [span for span in part.spans if span.parties and is_a_post(span.units)]
    return frozenset(party for span in spans for party in span.parties if party.is_department)


def _is_a_post_alone(part: Part) -> bool:
    """Whether there is nothing but a post: `(head)`, `the acting lead`, 主要负责人."""
    return all(
        (is_post_of_a_head(span) and not span.heads) or (Label.FILLER in span.labels and not span.parties)
        for span in part.spans
    )


def _beside(at: int, parts: Sequence[Part], between: Sequence[str], named: Sequence[Parties]) -> Parties:
    """The departments in the part before a post that stands alone, or behind it: `Maths: head`, `Head (Maths)`."""
    before = at > 0 and not _LISTED.search(between[at - 1])
    behind = at + 1 < len(parts) and not _LISTED.search(between[at])
    if before and named[at - 1]:
        return named[at - 1]
    is_somebodys = before and any(_may_be_in_a_name(span) for span in parts[at - 1].spans)
    return named[at + 1] if behind and not is_somebodys else frozenset()


def _may_be_in_a_name(span: Span) -> bool:
    return span.is_unknown or Label.COURTESY in span.labels or bool(span.parties or span.givens)


def _listed_with(at: int, parts: Sequence[Part], between: Sequence[str]) -> Iterator[int]:
    """The parts that list more departments of the same post: `head of Maths and English`, 教务处、德育处负责人."""
    behind = at + 1
    while behind < len(parts) and _begins_with_a_post(parts[at]) and _goes_on(parts[behind], between[behind - 1]):
        yield behind
        behind += 1
    before = at - 1
    while before >= 0 and not _begins_with_a_post(parts[at]) and _goes_on(parts[before], between[before]):
        yield before
        before -= 1


def _goes_on(part: Part, gap: str) -> bool:
    """Whether a list goes on: nothing but departments stands there."""
    return not _ENDS_A_LIST.search(gap) and not any(
        is_post_of_a_head(span) or _is_a_persons(span) for span in part.spans
    )


def _is_of_a_subject(part: Part) -> bool:
    return any(Label.SUBJECT in span.labels for span in part.spans)


def _is_a_persons(span: Span) -> bool:
    return span.is_title or any(not party.is_department for party in span.parties)


def _begins_with_a_post(part: Part) -> bool:
    telling = [span for span in part.spans if span.parties or Label.FILLER not in span.labels]
    return bool(telling) and not telling[0].heads and is_post_of_a_head(telling[0])
