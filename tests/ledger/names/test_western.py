"""Which words are a Western name's: surname, given name, initials, and what is like one."""

from __future__ import annotations

import pytest

from automation.ledger.meant import Party
from automation.ledger.names.han import HanNames
from automation.ledger.names.lexicon import WORDS_ALONE
from automation.ledger.names.parts import parts_of
from automation.ledger.names.units import units_of
from automation.ledger.names.western import WesternName, WesternNames, is_slip, western_name
from automation.ledger.names.western_part import western_found, western_part

JOAN = Party("Joan Mary Ash")
NAMES = WesternNames(
    tuple(
        (Party(name), name)
        for name in ("Joan Mary Ash", "Alexander Featherstone", "Jo Lloyd", "Ian van der Berg", "Al Ross", "Hugh Ng")
    )
)


def whose(names: tuple[WesternName, ...]) -> list[str]:
    return sorted({name.party.name for name in names})


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [
        ("smith", "smyth", True), ("smith", "smiht", True), ("smith", "smit", True), ("smith", "smithe", True), ("smith", "smyht", False), ("smith", "smithes", False),
        ("thornton", "thurntan", False), ("thorntons", "thurntans", True), ("thornton", "thurntans", False), ("thorntons", "thurntens", True), ("thorntons", "thurntenz", False),
        ("a", "b", True), ("ab", "cd", False),
    ],
)  # fmt: skip
def test_what_is_a_slip(one: str, other: str, is_one: bool) -> None:
    assert (is_slip(one, other), is_slip(other, one)) == (is_one, is_one)


@pytest.mark.parametrize(
    ("word", "fits"),
    [
        ("j", True),
        ("m", True),
        ("jm", True),
        ("mj", False),
        ("a", False),
        ("jma", False),
        ("joan", False),
        ("x", False),
    ],
)
def test_initials(word: str, fits: bool) -> None:
    name = western_name(JOAN, JOAN.name)
    assert name is not None
    assert name.has_initials(word) == fits


@pytest.mark.parametrize(
    ("given", "word", "is_theirs", "may_be"),
    [
        ("Robert", "bob", True, True), ("Robert", "robbie", False, True), ("Robert", "ro", False, False), ("Robert", "rupert", True, True), ("Robert", "hubert", False, False), ("Robert", "rqbqrq", False, False),
        ("Shaun", "sean", False, True), ("Jon", "jan", False, True), ("Jon", "jak", False, True), ("Jo", "ja", False, False), ("Jo", "joanne", True, True), ("Al", "alexander", True, True), ("Ian", "ean", False, True), ("Ian", "ion", False, True),
        ("Anne-Marie", "annemarie", True, True), ("Zoë", "zoe", True, True), ("R", "robert", False, False), ("Mary", "marx", False, True), ("Mary", "moly", False, True), ("Mary", "molx", False, False), ("Ann", "ax", False, False),
    ],
)  # fmt: skip
def test_given_names(given: str, word: str, is_theirs: bool, may_be: bool) -> None:
    name = western_name(JOAN, f"{given} Ash")
    assert name is not None
    assert (name.has_given(word), name.may_have_given(word)) == (is_theirs, may_be)


@pytest.mark.parametrize(
    ("word", "neighbours", "people"),
    [
        ("lloyd", [], ["Jo Lloyd"]), ("loyd", [], ["Jo Lloyd"]), ("lyod", [], []), ("lloy", [], ["Jo Lloyd"]), ("llo", [], []), ("roos", [], ["Al Ross"]), ("ros", [], []), ("ros", ["alex"], ["Al Ross"]), ("rosx", ["mary"], ["Al Ross"]),
        ("ahs", [], []), ("ahs", ["joan"], ["Joan Mary Ash"]), ("ahs", ["peter", "mary"], ["Joan Mary Ash"]), ("ahs", ["peter"], []), ("ashe", [], []), ("ashe", ["joan"], ["Joan Mary Ash"]), ("gn", ["hugh"], []), ("nga", ["hugh"], []),
        ("fetherstoen", [], ["Alexander Featherstone"]), ("feat", [], ["Alexander Featherstone"]), ("fea", [], []), ("burg", [], ["Ian van der Berg"]), ("muellr", [], []),
    ],
)  # fmt: skip
def test_misspelt_surnames(word: str, neighbours: list[str], people: list[str]) -> None:
    assert whose(NAMES.misspelt(word, neighbours)) == people


@pytest.mark.parametrize(
    ("word", "people"),
    [
        ("ash", ["Joan Mary Ash"]), ("ashs", ["Joan Mary Ash"]), ("ngs", []), ("ng", ["Hugh Ng"]), ("berg", ["Ian van der Berg"]), ("bergs", ["Ian van der Berg"]), ("vanderberg", ["Ian van der Berg"]), ("der", []),
        ("derberg", []), ("ross", ["Al Ross"]), ("ros", []), ("joan", []), ("mary", []), ("maryash", []),
    ],
)  # fmt: skip
def test_surnames(word: str, people: list[str]) -> None:
    assert whose(NAMES.bearers(word)) == people


@pytest.mark.parametrize(
    ("spelling", "given", "family"),
    [
        ("Grace", ("grace",), ("grace",)), ("J. Ash", ("j",), ("ash",)), ("Ash, Joan Mary", ("joan", "mary"), ("ash",)), ("Robert (Bob) Hale", ("robert", "bob"), ("hale",)), ("Sir Ian Fox OBE", ("ian",), ("fox",)),
        ("Maria de la Cruz", ("maria",), ("de", "la", "cruz")), ("Mr Okafor", ("okafor",), ("okafor",)), ("王芳", None, None), ("…", None, None), ("Fiona 马", None, None),
    ],
)  # fmt: skip
def test_the_parts_of_a_spelling(spelling: str, given: tuple[str, ...] | None, family: tuple[str, ...] | None) -> None:
    name = western_name(JOAN, spelling)
    assert (name and name.given, name and name.family) == (given, family)


BOTH = WesternNames(
    tuple(
        (Party(name), name)
        for name in (
            "Stephen Price", "Steven Ford", "Mary Stevenson", "Mohammed Ali", "Mohamed Ford", "Catherine Hill", "Kate Ford", "John Hill", "Mary Jackson", "Robert Hill", "Mary Roberts", "Jack James", "Thomas Okonkwo", "Siobhán Ó Néill",
        )
    )
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Steve", ["Mary Stevenson", "Stephen Price", "Steven Ford"]), ("Mr Steven", ["Mary Stevenson", "Stephen Price", "Steven Ford"]), ("Steven P", ["Mary Stevenson", "Stephen Price", "Steven Ford"]),
        ("Stephen", ["Stephen Price", "Steven Ford"]), ("Mohamed", ["Mohamed Ford", "Mohammed Ali"]), ("Kate", ["Catherine Hill", "Kate Ford"]), ("Jack", ["Jack James", "John Hill", "Mary Jackson"]),
        ("Robert H", ["Mary Roberts", "Robert Hill"]), ("H. Roberts", ["Mary Roberts"]), ("Stephen Price", ["Stephen Price"]), ("Ms Jackson", ["Mary Jackson"]),
        ("T.O.", ["Thomas Okonkwo"]), ("T O", ["Thomas Okonkwo"]), ("Mr T.O.", ["Thomas Okonkwo"]), ("S.O.", ["Siobhán Ó Néill"]), ("S.N.", ["Siobhán Ó Néill"]), ("Ms O", ["Siobhán Ó Néill", "Thomas Okonkwo"]), ("O Neill", ["Siobhán Ó Néill"]),
    ],
)  # fmt: skip
def test_a_word_means_all_whom_it_fits(text: str, people: list[str]) -> None:
    (part,) = parts_of(WORDS_ALONE.spans(units_of(text)))
    meant = western_found(western_part(part, None, BOTH), BOTH, HanNames(()))
    assert sorted(party.name for party in meant.parties) == people
