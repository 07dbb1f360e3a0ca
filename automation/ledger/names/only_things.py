"""Tells a part that speaks of nothing but ordinary things from somebody: `Head lice`, `Traffic on Church Lane`, 早高峰
(docs/design.md#p5.3)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from automation.ledger.names.classes import is_a_class
from automation.ledger.names.found import Doubt, Found
from automation.ledger.names.lexicon import Label, Span
from automation.ledger.names.parts import Part
from automation.ledger.names.units import Unit, spoken_form
from sheet_schema import naming, ordinary_words, words_beside, words_of_a_school, words_of_things

MOST_WORDS = 12
"""In English words or Chinese characters: what is longer tells something, and is read as a sentence."""
SHORTEST_NAMELESS = 3
"""In Chinese characters: a shorter word may be a surname with a short title, as 施工."""
GIVEN_NAME = 2
"""How many characters a given name has by which a building is called."""
_POSTS = frozenset((Label.COURTESY, Label.WORK_TITLE, Label.ROLE, Label.POST_BEFORE, Label.POST_BEHIND, Label.JOB))
IsAName = Callable[[str], bool]


def are_only_things(part: Part, found: Found, is_a_name: IsAName) -> bool:
    """Whether a part names nobody, since all its words are such as are said of things. `found` is who was found in it, and
    `is_a_name` says of a word whether somebody here is called so: it is a thing then only within a longer word for one."""
    units = [unit for span in part.spans for unit in span.units][: MOST_WORDS + 1]
    if len(units) > MOST_WORDS or any(_is_named_in_full(span, len(units)) for span in part.spans):
        return False
    if all(unit.is_han for unit in units):
        written = "".join(unit.form for unit in units)
        is_found = bool(found) and found.doubt != Doubt.PERHAPS
        if is_found and len(written) < SHORTEST_NAMELESS:
            return False
        return _is_a_building(part.spans) or _speaks_of_things(written, is_a_name)
    if any(unit.is_han for unit in units) or (found and found.doubt != Doubt.PERHAPS and len(units) == 1):
        return False
    return _are_english_things(part.spans, is_a_name, may_be_unknown=not found)


def says_only_what_is_done(spans: Sequence[Span]) -> bool:
    """Whether a part only says what somebody who is named behind it does: `Lack of response from`."""
    words = {unit.form for span in spans[: MOST_WORDS + 1] for unit in span.units}
    ends = spans[-1].units[-1].form in words_of_things.BEHIND_DEEDS
    known = words_of_things.DEEDS | words_of_things.SAID_OF_THINGS | words_of_things.BEHIND_DEEDS
    return ends and len(spans) <= MOST_WORDS and words <= known and not words.isdisjoint(words_of_things.DEEDS)


def _is_named_in_full(span: Span, length: int) -> bool:
    """Whether somebody's whole name stands there: of several English words, or as all there is."""
    is_of_words = not span.is_han and len(span.units) > 1
    return bool(span.parties) and (is_of_words or len(span.units) == length)


@cache
def _things() -> frozenset[str]:
    return words_of_a_school.THINGS | words_of_things.THINGS


@cache
def _known() -> frozenset[str]:
    """Every word that may stand there: a thing, what is said of one, whoever is outside, a subject."""
    groups = (naming.GROUPS - words_of_a_school.OURS) | naming.THIS_SCHOOL
    return _things() | words_of_things.SAID_OF_THINGS | groups | naming.SUBJECTS


def _speaks_of_things(written: str, is_a_name: IsAName) -> bool:
    """Whether Chinese characters are nothing but known words, a thing among them: 早高峰拥堵."""
    ends: dict[int, bool] = {0: False}  # where words end, and whether there is a thing among them
    for start in range(len(written)):
        if start not in ends:
            continue
        for end in range(start + 1, len(written) + 1):
            word = written[start:end]
            if word in _known() and not is_a_name(word):
                ends[end] = ends.get(end, False) or ends[start] or word in _things()
    return ends.get(len(written), False)


def _is_a_building(spans: Sequence[Span]) -> bool:
    """Whether a building or a place is called by a given name, or by a word that is no name: 志远楼, 明德楼."""
    written = "".join(span.form for span in spans)
    building = next((one for one in words_of_things.BUILDINGS if written.endswith(one)), "")
    name = written.removesuffix(building)
    if not building or len(name) < GIVEN_NAME:
        return False
    is_given = bool(spans[0].givens) and not spans[0].parties and spans[0].form == name
    is_unknown = (
        len(name) == GIVEN_NAME and name[0] not in naming.SURNAMES and all(span.is_unknown for span in spans[:2])
    )
    return is_given or is_unknown


def _are_english_things(spans: Sequence[Span], is_a_name: IsAName, *, may_be_unknown: bool) -> bool:
    """Whether English words are nothing but known ones, a thing among them. Before the first thing a word in small letters
    may be one of which nothing is known, if nobody was found in it."""
    units = [unit for span in spans for unit in span.units]
    unlabelled = [span.is_unknown for span in spans for _ in span.units]
    posts = [bool(span.labels & _POSTS) for span in spans for _ in span.units]
    has_thing = is_unknown = travels = False
    at = 0
    while at < len(units):
        word = _word_at(units, at, is_a_name)
        if word and posts[at] and " " not in word:
            return False
        if word:
            has_thing |= word in _things()
            travels |= word in words_of_things.TRAVEL
            is_unknown = is_unknown and word not in _things()
            if is_unknown and word in words_of_things.BETWEEN:
                return False
            at += word.count(" ") + 1
        elif has_thing and _is_a_road(units[at : at + 2]):
            at += 2
        elif travels and unlabelled[at] and units[at].is_capital and not is_a_name(units[at].form):
            at += 1
        elif may_be_unknown and not has_thing and unlabelled[at] and _is_in_small_letters(units[at]):
            is_unknown = True
            at += 1
        else:
            return False
    return has_thing and not is_unknown


def _word_at(units: Sequence[Unit], at: int, is_a_name: IsAName) -> str:
    """The longest known word that begins there; `""` if none does. One that may be a surname is none with a capital or alone."""
    for length in range(min(_longest(), len(units) - at), 0, -1):
        some = units[at : at + length]
        word = spoken_form(some)
        if word in _known() and (length > 1 or _can_be_no_name(some[0], len(units), is_a_name)):
            return word
    first = units[at]
    return first.form if first.form.isdigit() or is_a_class(Span((first,))) else ""


def _can_be_no_name(unit: Unit, length: int, is_a_name: IsAName) -> bool:
    if unit.form in naming.THIS_SCHOOL | naming.CLASSES:
        return True
    if length > 1 and is_a_name(unit.form):
        return False
    return unit.form not in ordinary_words.ENGLISH or (length > 1 and not unit.is_capital)


def _is_a_road(units: Sequence[Unit]) -> bool:
    return len(units) > 1 and all(unit.is_capital for unit in units) and units[1].form in ordinary_words.ROADS


def _is_in_small_letters(unit: Unit) -> bool:
    """Whether it is a word that nobody would take for a name: neither with a capital nor a surname that is a word."""
    return unit.shown.islower() and unit.form not in ordinary_words.ENGLISH and unit.form not in _people()


@cache
def _people() -> frozenset[str]:
    return naming.SOMEBODY | words_beside.WHOEVER | naming.WORKERS | naming.BODIES


@cache
def _longest() -> int:
    return max(word.count(" ") + 1 for word in _known() if word.isascii())
