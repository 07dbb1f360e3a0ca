"""Reads a cell that names people and departments, to its last word (docs/design.md#p5.3)."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce
from operator import or_

from automation.ledger.addresses import ADDRESS, mailbox_of, visible
from automation.ledger.meant import Party
from automation.ledger.names.among_the_few import meant_among_the_few
from automation.ledger.names.by_relation import is_said_by_another
from automation.ledger.names.counted import Count, count_in
from automation.ledger.names.found import NOTHING, Doubt, Found, found
from automation.ledger.names.han import HanNames
from automation.ledger.names.han_part import behind_a_department, behind_the_last_of, han_found, longer_name
from automation.ledger.names.lexicon import Label, Lexicon, Span, roles_called, surname_alone
from automation.ledger.names.local_parts import LocalParts, local_names
from automation.ledger.names.only_things import are_only_things, says_only_what_is_done
from automation.ledger.names.only_words import is_a_place, names_only_a_pupil
from automation.ledger.names.others import (
    describes_another,
    ends_with_a_post,
    related_in,
    roles_behind_and_so_on,
    roles_of_the_related,
    speaks_of_another,
    speaks_of_another_holder,
)
from automation.ledger.names.outside import is_outside, named_all_the_same, says_pupil_behind_a_comma
from automation.ledger.names.part_read import PartRead, Words
from automation.ledger.names.parts import Part, is_post_of_a_department, parts_of, words_behind
from automation.ledger.names.plain import says_their_post
from automation.ledger.names.posts import ShortNames, called_like_posts, headed_in, is_a_post
from automation.ledger.names.role_words import heads_the_school, names_only_a_role
from automation.ledger.names.short_for import beside_somebody, short_for
from automation.ledger.names.strangers import (
    is_a_letter_for_anybody,
    is_told_apart_before,
    may_be_anothers_post,
    may_be_somebody,
    name_no_one_here,
    titles_somebody,
)
from automation.ledger.names.telephones import Telephones
from automation.ledger.names.titles import Titles, titles_alone
from automation.ledger.names.units import Unit, readable, spoken_form, units_of
from automation.ledger.names.western import WesternNames
from automation.ledger.names.western_part import (
    WesternPart,
    closed_up,
    initials_like_titles,
    western_found,
    western_part,
)
from automation.ledger.normal_form import names_nobody
from sheet_schema import naming
from sheet_schema.vocabulary import Role

_SHORT_BRACKET = re.compile(r"\(([0-9]{1,3}|[A-Za-z])\)")
"""No separator: 高三(2)班."""
Parties = frozenset[Party]


@dataclass(frozen=True)
class Reader:
    """All that a text is read against."""

    lexicon: Lexicon
    western: WesternNames
    han: HanNames
    holders: Mapping[str, Parties] = field(default_factory=dict)
    """Who holds each role."""
    heads: Mapping[Party, Parties] = field(default_factory=dict)
    """Who heads each department."""
    by_address: Mapping[str, Parties] = field(default_factory=dict)
    local_parts: LocalParts = field(default_factory=LocalParts)
    telephones: Telephones = field(default_factory=Telephones)
    short_names: ShortNames = field(default_factory=ShortNames)
    """What departments are called for short: 教务, `Pastoral`."""
    titles: Titles = field(default_factory=lambda: Titles(()))

    def read(self, text: str) -> list[PartRead]:
        """Every part of the text, and whom it could mean."""
        plain, addressed = self.addressed(text)
        plain, called = self.telephones.taken_from(plain)
        addressed += called
        plain = closed_up(plain, self.western)
        read = [
            PartRead(address, Found(owners) if owners else self._called_like(address), is_stranger=not owners)
            for address, owners in addressed
        ]
        parts = parts_of(self.lexicon.spans(units_of(_SHORT_BRACKET.sub(r" \1 ", plain))))
        gaps = [words_behind(plain, part, after) for part, after in itertools.zip_longest(parts, parts[1:])]
        headed = headed_in(parts, gaps, self.short_names)
        count = count_in(plain, parts)
        used = is_anybody_named = is_named = False
        for i, part in enumerate(parts):
            after, behind = (parts[at] if at < len(parts) else None for at in (i + 1, i + 2))
            if used or (i > 0 and is_outside(parts[i - 1], part)):
                used = False
                continue
            words = western_part(part, after, self.western)
            used = bool(words.behind_comma)
            end = after.end if used and after is not None else part.end
            one = self._found(part, words, gaps[i], headed[i])
            describes = part.is_description and bool(read)
            is_another = describes and describes_another(part, is_named=is_named)
            settled = part.is_introduction_of(after) or (describes and bool(read[-1].found.people) and not is_another)
            if settled or (describes and read[-1].is_stranger):
                one = replace(one, by_title=NOTHING)
            is_their_post = settled and says_their_post(part.spans, in_brackets=part.is_bracket)
            counted = count if count is not None and count.at == i else None
            if is_outside(part, behind if used else after):
                by_surname = western_found(words, self.western, self.han)
                one, settled, is_their_post, counted = Words(named_all_the_same(part, by_surname)), True, False, None
            next_part = behind if used else after
            if not one.people and next_part is not None and says_pupil_behind_a_comma(next_part):
                settled = True
            is_a_thing = are_only_things(part, one.everyone, self._is_a_name)
            is_a_deed = after is not None and says_only_what_is_done(part.spans)
            if is_a_thing or is_a_deed or names_only_a_pupil(part.spans):
                one, settled, is_their_post, counted = Words(NOTHING), True, False, None
            stranger = (not settled and _may_be_others(part, one, counted, is_another=is_another)) or (
                counted is not None and counted.names_fewer
            )
            is_named = bool(one.by_name.people - self._of_departments(part).people)
            is_anybody_named |= bool(one.by_name | one.by_role) or stranger or is_a_thing
            read.append(
                PartRead(plain[part.start : end].strip(), one.everyone, stranger, is_their_post and not stranger)
            )
        settles_nothing = not name_no_one_here(parts) and not any(names_nobody(part.text) for part in read)
        if parts and not is_anybody_named and not addressed and settles_nothing:
            return [PartRead(plain.strip(), reduce(or_, (part.found for part in read), NOTHING), is_stranger=True)]
        if not read and "?" in plain:
            read.append(PartRead(plain.strip(), NOTHING, is_stranger=True))
        return read

    def _called_like(self, address: str) -> Found:
        """Everyone whose address begins like one that nobody here has, or whose name it begins with, in doubt: it may be
        their own one at home (`becky.hart@home.example`)."""
        spelt = (one.found for words in local_names(address) for one in self.read(words))
        named = reduce(or_, spelt, NOTHING).people
        return self.local_parts.of(address) | found(named, Doubt.PERHAPS)

    def addressed(self, text: str) -> tuple[str, list[tuple[str, Parties]]]:
        """The readable text without its mail addresses, and each address with everybody who has it.

        Words around an @ with blanks are an address only if somebody has it: they may be names.
        """
        found: list[tuple[str, Parties]] = []

        def take(match: re.Match[str]) -> str:
            owners = self.by_address.get(mailbox_of(match.group()), frozenset())
            if not owners and len(match.group().split()) > 1:
                return match.group()
            found.append((match.group(), owners))
            return ";"

        plain = visible(readable(text))
        return (ADDRESS.sub(take, plain) if "@" in plain else plain), found

    def department_named(self, text: str) -> str:
        """The department that a cell names beside words like `the` and `department`; `""` for none or several."""
        spans = [
            span
            for span in self.lexicon.spans(units_of(readable(text)))
            if Label.FILLER not in span.labels or span.parties
        ]
        named = {party for span in spans for party in span.parties if party.is_department}
        return next(iter(named)).name if len(named) == len(spans) == 1 else ""

    def _is_a_name(self, word: str) -> bool:
        """Whether a person or a department here is called by a word, or tells a department in whose name it stands."""
        names = (self.lexicon.spellings, self.lexicon.givens, self.short_names.words, self.short_names.stems)
        return any(word in known for known in names) or bool(self.western.bearers(word) or self.western.called(word))

    def _found(self, part: Part, words: WesternPart, tail: str, headed: Parties) -> Words:
        """Everyone the words of a part mean."""
        named = self._named_in_full(part)
        few = NOTHING if named else meant_among_the_few(part, self.holders, self.titles)
        by_name = named | (NOTHING if few else western_found(words, self.western, self.han))
        by_name |= NOTHING if few else han_found(part, tail, self.han, self.western)
        short = NOTHING if by_name.people else short_for(part, self.short_names)
        lone = behind_the_last_of(part, self.han)
        units = beside_somebody(part, self.short_names) if by_name.people or lone else short
        by_name |= NOTHING if units.parties <= by_name.parties else units
        result = by_name | self._of_departments(part)
        in_roles = self._in_roles(part, named, result)
        result |= self._behind_a_department(part) if not result else NOTHING
        result |= NOTHING if result.people else lone
        titled = self.titles.meant_in(part, heads_the_school=heads_the_school(part.spans))
        works = [one for one in self.short_names.of_posts(part) if one not in headed]
        titled |= initials_like_titles(words, self.western) | self._heads_beside(works, result)
        titled |= few
        if result.people or titled.parties <= in_roles.parties:
            titled = few  # whoever holds the role is meant for certain, and called so as well
        others = headed - called_like_posts(part)
        is_titled = by_name.people and (by_name.doubt == Doubt.NONE or not ends_with_a_post(part))
        is_anothers = not is_titled and speaks_of_another_holder(part, of_a_department=bool(others))
        if by_name.people and self._may_be_a_title(part):
            return Words(result, in_roles, titled, is_anothers)
        is_open = not all(self.heads.get(one) for one in others) if others else may_be_anothers_post(part)
        is_open |= is_anothers or (not by_name.people and bool(headed) and titles_somebody(part))
        return Words(result | self._heads_beside(headed, result), in_roles, titled, is_open, is_short=bool(short))

    def _may_be_a_title(self, part: Part) -> bool:
        """Whether there are words besides posts and departments: then a post may be the title of whoever they name."""
        return any(
            span.givens
            or (span.is_unknown and not self.short_names.called(span.form))
            or any(not party.is_department for party in span.parties)
            for span in part.spans
        )

    def _heads_beside(self, departments: Iterable[Party], result: Found) -> Found:
        """The heads of departments beside which a post stands, in doubt if they are not meant anyway: `Head (Maths)`."""
        heads = self.heads_of(departments)
        return NOTHING if heads.people <= result.people else found(heads.parties, Doubt.PARTLY_NAMED)

    def _named_in_full(self, part: Part) -> Found:
        """Everyone whose name or other name stands there. One that is only a surname means all who bear it."""
        whole = "".join(unit.form for span in part.spans for unit in span.units)
        result = found(self.short_names.called_whole(whole))
        if not any(span.parties for span in part.spans):
            result |= self.local_parts.called(whole)
        for i, span in enumerate(part.spans):
            if span.parties and not is_a_place(part.spans, i):
                result |= found(span.parties | self.bearers(span))
                if longer := longer_name(part.spans, i):
                    result |= Found(self.han.misspelt(longer), Doubt.PERHAPS)
            if span.givens and not span.parties:
                result |= found(span.givens, Doubt.PARTLY_NAMED)
        return result

    def _behind_a_department(self, part: Part) -> Found:
        """Whoever stands behind what a department is called for short: 后勤的司马."""
        departments, behind = behind_a_department("".join(span.form for span in part.spans), self.short_names.stems)
        rest = reduce(or_, (one.found for one in self.read(behind)), NOTHING)
        return rest | found(departments) if rest else NOTHING

    def bearers(self, span: Span) -> Parties:
        """Everyone with the surname or the title that a spelling consists of: `Smith`, `Mr Smith`, 王老师, `Chair`."""
        titled = self.with_title_alone(span.units, span.parties)
        surname = surname_alone(span.units)
        if not surname:
            return titled
        if span.is_han:
            return titled | self.han.bearers(surname)
        return titled | frozenset(name.party for name in self.western.bearers(surname))

    def with_title_alone(self, units: Sequence[Unit], owners: Parties) -> Parties:
        """Everyone with the title of which the other name of these people consists; if it is a role's and none of them
        holds that, whoever does."""
        if all(owner.is_department for owner in owners):
            return frozenset()
        everyone: set[Party] = set()
        for title in titles_alone(units):
            holders = frozenset().union(
                *(self.holders.get(role, frozenset()) for role in roles_called().get(title, ()))
            )
            everyone |= self.titles.bearers(title) | (frozenset() if holders & owners else holders)
        return frozenset(everyone)

    def _of_departments(self, part: Part) -> Found:
        """The heads of departments that stand there as somebody's post: `head of Curriculum`, 教务主任, `Bursar`."""
        result = NOTHING
        spans = [span for span in part.spans if span.parties or span.heads or not span.labels <= {Label.FILLER}]
        for i, span in enumerate(spans):
            departments = {party for party in span.parties if party.is_department}
            post_before = i > 0 and Label.POST_BEFORE in spans[i - 1].labels
            post_behind = i + 1 < len(spans) and Label.POST_BEHIND in spans[i + 1].labels
            if departments and (post_before or post_behind or is_a_post(span.units)):
                result |= self.heads_of(departments)
            result |= self.heads_of(span.heads)
        return result

    def heads_of(self, departments: Iterable[Party]) -> Found:
        """Whoever heads one of these departments."""
        return Found(frozenset().union(*(self.heads.get(one, frozenset()) for one in departments)))

    def _in_roles(self, part: Part, named: Found, result: Found) -> Found:
        """Whoever holds a role that stands there. Beside somebody's whole name it is a title, unless it is somebody else's
        beside them (赵敏的领导); beside a surname it may be."""
        related = [role for span in related_in(part.spans) for role in roles_of_the_related(span)]
        related += [role for span in roles_behind_and_so_on(part.spans) for role in roles_called()[span.form]]
        beside = found((one for role in related for one in self.holders.get(role, ())), Doubt.PARTLY_NAMED)
        return beside | (NOTHING if named.people and named.doubt == Doubt.NONE else self._in_own_roles(part, result))

    def _in_own_roles(self, part: Part, result: Found) -> Found:
        """Whoever holds a role that stands there, if it is nobody's title."""
        written = spoken_form([unit for span in part.spans for unit in span.units])
        if written in naming.OFFICE_STAFF and not result and not part.is_description:
            return found(self.holders.get(Role.OFFICE.key, frozenset()), Doubt.PARTLY_NAMED)
        holders: set[Party] = set()
        for i, span in enumerate(part.spans):
            if (
                Label.ROLE in span.labels
                and not self._is_a_surname(part.spans, i)
                and not is_post_of_a_department(part.spans, i)
            ):
                roles = set(roles_called().get(span.form, ()))
                if span.form.endswith(naming.HEAD_OF_A_SCHOOL) and is_told_apart_before(part.spans, i):
                    roles.add(Role.LEADER.key)  # 教学校长 is a deputy
                for role in roles:
                    holders |= self.holders.get(role, frozenset())
        if not result.parties and heads_the_school(part.spans):
            holders |= self.holders.get(Role.PRINCIPAL.key, frozenset())
        if not holders or holders & result.people:
            return NOTHING
        if result.people:
            return found(holders, Doubt.PARTLY_NAMED)
        return found(holders, Doubt.NONE if names_only_a_role(part.spans) else Doubt.PERHAPS)

    def _is_a_surname(self, spans: Sequence[Span], at: int) -> bool:
        """Whether a role word is somebody's surname, behind a title: `Mr Head`."""
        behind_a_title = at > 0 and Label.COURTESY in spans[at - 1].labels and not spans[at].is_han
        return behind_a_title and bool(self.western.bearers(spans[at].form))


def _may_be_others(part: Part, one: Words, counted: Count | None, *, is_another: bool) -> bool:
    """Whether a part may mean somebody besides whom it was found to mean. Who are as many as it says are all."""
    is_of_another = any(True for _ in related_in(part.spans)) or (bool(one.people) and is_said_by_another(part.spans))
    if one.is_open or is_of_another:
        return True
    if counted is not None and counted.names_all:
        return False
    return (
        is_another
        or is_a_letter_for_anybody(part)
        or speaks_of_another(part, finds_people=bool(one.people))
        or (not one.people and not one.is_short and may_be_somebody(part, one.by_name | one.by_role))
    )
