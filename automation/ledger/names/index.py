"""Makes of the people and departments of a ledger what a name is looked up in."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache

from automation.ledger.addresses import addresses_in, mailbox_of
from automation.ledger.meant import Party
from automation.ledger.names.folding import HAN, loose, name_form
from automation.ledger.names.han import HanNames, han_spelling
from automation.ledger.names.lexicon import Lexicon, owners_of
from automation.ledger.names.local_parts import LocalParts, local_forms
from automation.ledger.names.pieces import pieces_of
from automation.ledger.names.posts import ShortNames, words_of_departments
from automation.ledger.names.reading import Reader
from automation.ledger.names.telephones import Telephones
from automation.ledger.names.titles import Titles
from automation.ledger.names.units import joined_form, readable, units_of
from automation.ledger.names.western import WesternNames
from automation.ledger.people import Department, Person
from sheet_schema import naming, words_of_a_school, words_of_work
from sheet_schema.vocabulary import Role

Parties = frozenset[Party]
Entry = Person | Department
LONGEST_HEAD = 2
"""In words: `Head of`, which may stand before a name."""
_AND = re.compile(r"\s*(?:&|＆|\+)\s*|\s+and\s+", re.IGNORECASE)
_BRACKET = re.compile(r"\([^)]*\)")
_BETWEEN_PARTS = re.compile("[·•・]")
"""Between the parts of a name such as 阿依古丽·买买提, each of which is used alone, too."""
_LETTER = re.compile(r"[^\W\d_]")
_IN_CHINESE = re.compile(rf"{HAN.pattern}+")
_A_YEAR = re.compile(f"(?:{'|'.join(words_of_work.YEAR)})([0-9]{{1,2}})(?:group|team)?")
_A_CHINESE_YEAR = re.compile(
    rf"(?:{'|'.join([*words_of_work.FIGURES, *words_of_work.NUMERALS])})(?={words_of_work.BEHIND_A_NUMBER})"
)
_DEPARTMENT = re.compile(r"^the\s+|\s+(?:department|dept\.?|faculty|team)$", re.IGNORECASE)


def party_of(entry: Entry) -> Party:
    return Party(entry.name, isinstance(entry, Department))


def spellings_of(people: Iterable[Person], departments: Iterable[Department]) -> Mapping[str, Parties]:
    """Everyone who has a name or other name, by its folded form."""
    entries: tuple[Entry, ...] = (*people, *departments)
    return _grouped(
        (form, party_of(entry)) for entry in entries for spelling in spellings_in(entry) for form in _forms(spelling)
    )


def spellings_in(entry: Entry) -> Iterator[str]:
    """Name and other names; of a person also without what stands in brackets, without a title, and in each script alone."""
    for spelling in (entry.name, *entry.also_called):
        yield spelling
        if isinstance(entry, Person) and not _is_plain_latin(spelling):
            yield from _variants(spelling)


def _is_plain_latin(spelling: str) -> bool:
    return spelling.isascii() and "(" not in spelling


@lru_cache(maxsize=2**12)
def _variants(spelling: str) -> tuple[str, ...]:
    bare = _BRACKET.sub(" ", readable(spelling)).strip()
    if (han := "".join(HAN.findall(bare))) in ("", bare):
        return (bare, han_spelling(bare))
    other = _IN_CHINESE.sub(" ", bare).strip()
    latin = (other,) if _LETTER.search(other) else ()  # the number that tells 李明02 from 李明01 is no name
    parts = (
        [part for part in _BETWEEN_PARTS.split(bare) if len(part) > 1 and HAN.fullmatch(part[0])]
        if not other.strip("·•・ ")
        else []
    )
    return (bare, han, han_spelling(han), *latin, *parts)


@lru_cache(maxsize=2**13)
def _forms(spelling: str) -> tuple[str, ...]:
    """The folded form, also with `and` for `&`, without either, without `department` or a possessive, and one of several heads."""
    forms = [name_form(spelling)]
    if (bare := _DEPARTMENT.sub("", spelling)) != spelling:
        forms.append(name_form(bare))
    if "'" in (plain := readable(spelling)):
        forms.append(joined_form(units_of(plain)))
    if spelling.casefold().startswith("heads "):
        forms.append(name_form(f"head {spelling[6:]}"))
    if _AND.search(spelling):
        forms += [name_form(_AND.sub(" and ", spelling)), name_form(_AND.sub(" ", spelling))]
    every = (
        written
        for form in forms
        for written in (
            *_with_an_ordinal(form),
            *_of_a_year(form),
            *_of_a_stage(form),
            *_in_figures(form),
            *_of_one_unit(form),
        )
    )
    return tuple(dict.fromkeys(every))


def _of_a_stage(form: str) -> Iterator[str]:
    """A key stage cut short: `ks2` of *Key Stage 2*."""
    if form.startswith(words_of_work.STAGE):
        yield words_of_work.SHORT_FOR_A_STAGE + form.removeprefix(words_of_work.STAGE)


def _of_a_year(form: str) -> Iterator[str]:
    """The ways to write a year group: `year9`, `yr9`, `y9`."""
    if match := _A_YEAR.fullmatch(form):
        yield from (word + match[1] for word in words_of_work.YEAR)


def _in_figures(form: str) -> Iterator[str]:
    """A Chinese year group with its number in figures, or in characters: 7年级部 of 七年级部."""
    if match := _A_CHINESE_YEAR.search(form):
        other = words_of_work.FIGURES.get(match[0]) or words_of_work.NUMERALS.get(match[0], match[0])
        yield form[: match.start()] + other + form[match.end() :]


def _of_one_unit(form: str) -> Iterator[str]:
    """The name of several units as of one: `Year team` of *Year teams*."""
    if form.isascii() and form.endswith(words_of_a_school.SEVERAL_UNITS):
        yield form.removesuffix("s")


def _with_an_ordinal(form: str) -> Iterator[str]:
    """The form, and with an ordinal at its beginning in figures or in letters: `6thform` for Sixth Form."""
    yield form
    for word, figures in words_of_work.ORDINALS.items():
        for one, other in ((word, figures), (figures, word)):
            if form.startswith(one):
                yield other + form.removeprefix(one)


def _grouped(pairs: Iterable[tuple[str, Party]]) -> Mapping[str, Parties]:
    grouped: defaultdict[str, set[Party]] = defaultdict(set)
    for form, party in pairs:
        if len(form) > 1:
            grouped[form].add(party)
    return {form: frozenset(parties) for form, parties in grouped.items()}


def addresses_of(entry: Entry) -> list[str]:
    return [mailbox_of(address) for address in addresses_in(entry.email)]


def index_of(people: Iterable[Person], departments: Iterable[Department]) -> Reader:
    """All that a text is read against, sorted out once for the same names, posts and addresses, whatever else stands in their
    rows: a run asks three times, of the rows as typed, of everybody named anywhere, and of those who have a row."""
    return _index(
        tuple(replace(one, stand_in="", digest="", absent_from=None, absent_until=None) for one in people),
        tuple(replace(one, read_by=(), left_open=()) for one in departments),
    )


@lru_cache(maxsize=4)
def _index(people: tuple[Person, ...], departments: tuple[Department, ...]) -> Reader:
    """Heads are read without roles and posts, since one may be another's."""
    spellings = spellings_of(people, departments)
    named = [(spelling, party_of(one)) for one in people for spelling in dict.fromkeys(spellings_in(one))]
    han = HanNames(tuple((form, party) for spelling, party in named if (form := han_spelling(spelling))))
    entries: tuple[Entry, ...] = (*people, *departments)
    typed = [spelling for one in entries for spelling in (one.name, *one.also_called)]
    lexicon = Lexicon(
        spellings=spellings,
        loose_spellings=_grouped((loose(f), p) for f, parties in spellings.items() for p in parties if f.isascii()),
        heads=_posts(departments),
        givens=han.givens,
        longest=max((len(units_of(readable(spelling))) for spelling in typed), default=1) + LONGEST_HEAD,
    )
    western = WesternNames(tuple((party, spelling) for spelling, party in named))
    by_address = _grouped((a, party_of(entry)) for entry in entries for a in addresses_of(entry))
    by_local_part = _grouped(
        (form, party_of(one)) for one in people for address in addresses_of(one) for form in local_forms(address)
    )
    titles = Titles(tuple((spelling, party_of(one)) for one in people for spelling in (one.name, *one.also_called)))
    telephones = Telephones(tuple((readable(person.phone), party_of(person)) for person in people if person.phone))
    names_only = Reader(
        lexicon,
        western,
        han,
        by_address=by_address,
        local_parts=LocalParts(by_local_part),
        telephones=telephones,
        titles=titles,
    )
    heads = {party_of(one): _people_named(one.head, names_only) for one in departments}
    leaders = [party for one in departments for party in _people_named(one.leader, names_only)]
    holders: defaultdict[str, set[Party]] = defaultdict(
        set, {Role.LEADER.key: set(leaders), Role.HEAD.key: set().union(*heads.values())}
    )
    for person in people:
        for role in person.roles:
            holders[role].add(party_of(person))
    holding = {role: frozenset(parties) for role, parties in holders.items()}
    called = [(spelling, party_of(one)) for one in departments for spelling in (one.name, *one.also_called)]
    short = ShortNames(words_of_departments(called), _stems_of(departments))
    return replace(names_only, holders=holding, heads=heads, short_names=short)


def _people_named(cell: str, reader: Reader) -> Parties:
    if not cell:
        return frozenset()
    exact = frozenset(p for p in owners_of(cell, reader.lexicon.spellings) if not p.is_department)
    pieces = dict.fromkeys(pieces_of(cell))
    return exact or frozenset().union(*(part.found.people for piece in pieces for part in reader.read(piece)))


def _posts(departments: Iterable[Department]) -> Mapping[str, Parties]:
    """Names of the post of a department's head: 教务主任 and 教务处主任 for 教务处, but not 学校主任 for 学校办公室; `HoY 9` for Year 9."""
    return _grouped(
        (post, party_of(one))
        for one in departments
        for spelling in (one.name, *one.also_called)
        for post in _posts_of(name_form(spelling))
    )


def _posts_of(department: str) -> Iterator[str]:
    if _is_chinese(department):
        posts = [post for post in naming.POSTS_BEHIND if not post.isascii()]
        posts += [group + naming.HEAD for group in naming.GROUPS_OF_TEACHERS]
        yield from (stem + post for stem in _stems(department) for post in posts)
    yield from (head + year for year in _of_a_year(department) for head in words_of_work.YEAR_HEADS)


def _stems_of(departments: Iterable[Department]) -> Mapping[str, Parties]:
    """What a department is called for short: 教务 for 教务处."""
    return _grouped(
        (stem, party_of(one))
        for one in departments
        for spelling in (one.name, *one.also_called)
        if _is_chinese(form := name_form(spelling))
        for stem in _stems(form)
    )


def _is_chinese(form: str) -> bool:
    return HAN.match(form.lstrip("0123456789")) is not None


def _stems(department: str) -> Iterator[str]:
    for written in (department, *_in_figures(department)):
        yield from _with_and_without_an_ending(written)


def _with_and_without_an_ending(department: str) -> Iterator[str]:
    yield department
    for ending in naming.DEPARTMENT_ENDINGS:
        if department.endswith(ending):
            stem = department.removesuffix(ending)
            if len(stem) > 1 and stem not in naming.GROUPS:
                yield stem
            if stem.endswith(naming.YEAR_GROUP) and len(stem) > len(naming.YEAR_GROUP) + 1:
                yield stem.removesuffix(naming.YEAR_GROUP)
            return
