"""Tabs and columns are found by their label in the workbook's language, then in the other one, then by their key."""

from __future__ import annotations

from automation.ledger.titles_and_headers import (
    columns_of,
    language_of,
    places_of,
    title_of,
    titles_found,
    titles_of,
)
from sheet_schema import DUTY, PEOPLE, REGISTER, START_HERE, TABS


def test_the_language_is_that_of_most_titles_and_english_where_there_is_no_telling() -> None:
    assert language_of(["登记", "人员", "People"]) == "zh"
    assert language_of(["登记", "People"]) == "en"
    assert language_of([]) == "en"


def test_a_title_in_the_ledgers_language_goes_before_the_other_language_and_the_key() -> None:
    every = [REGISTER.key, REGISTER.label("zh"), REGISTER.label("en")]

    assert title_of(REGISTER, every, "en") == REGISTER.label("en")
    assert title_of(REGISTER, every, "zh") == REGISTER.label("zh")
    assert title_of(START_HERE, ["start_here", START_HERE.label("zh")], "en") == START_HERE.label("zh")
    assert title_of(START_HERE, [" START_HERE "], "zh") == " START_HERE "
    assert title_of(PEOPLE, ["Register"], "en") is None


def test_a_missing_tab_is_not_found_and_would_have_its_label() -> None:
    titles = ["Rota", PEOPLE.label("zh")]

    assert titles_found(titles, "en") == {"people": PEOPLE.label("zh")}
    assert titles_of(titles, "en") == {tab.key: tab.label("en") for tab in TABS} | {"people": PEOPLE.label("zh")}


def test_a_column_is_found_by_any_of_its_names_and_a_doubled_header_at_every_place() -> None:
    first, second, *others = DUTY
    headers = [None, second.key, 2024, first.label("zh"), first.label("zh")]

    assert places_of(DUTY, headers, "en") == {first.key: [4, 5], second.key: [2]} | {other.key: [] for other in others}
    assert columns_of(DUTY, headers, "en") == {first.key: 4, second.key: 2}


def test_a_header_in_the_ledgers_language_goes_before_one_in_the_other() -> None:
    first = next(iter(DUTY))

    assert places_of(DUTY, [first.label("zh"), first.label("en")], "en")[first.key] == [2]
    assert places_of(DUTY, [first.label("zh"), first.label("en")], "zh")[first.key] == [1]
