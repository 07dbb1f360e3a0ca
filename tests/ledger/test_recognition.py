"""A ledger is known by its mark, or by most of the Register's headings; never by the titles of its tabs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from automation.ledger.errors import LedgerError
from automation.ledger.parsing import INSTALL_REFUSES, parse
from automation.ledger.recognition import LEDGER_VERSION, is_ledger, mark_among, mark_is_due
from automation.ledger.workbook import Cell, Grid, Snapshot
from sheet_schema import LANGUAGES, REGISTER, TAB, TABS, Language
from tests.support.ledger_in_memory import snapshot

NEWER = str(LEDGER_VERSION + 1)
OWN = ("No.", "Date", "Name", "Complaint", "Kind", "Status", "Handled by", "Result")


def workbook(tabs: Mapping[str, list[list[Cell]]], mark: str = "") -> Snapshot:
    return Snapshot({title: Grid(title, rows) for title, rows in tabs.items()}, "v", mark=mark)


def headings(language: Language, share: float = 1.0) -> list[Cell]:
    labels = [column.label(language) for column in REGISTER]
    return [*labels[: round(len(labels) * share)]]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("title_rows", [0, 1, 3])
def test_an_offices_own_tabs_are_no_ledger_whatever_they_are_called(language: Language, title_rows: int) -> None:
    above: list[list[Cell]] = [["Complaints register"], [], ["printed by the office"]][:title_rows]
    every = {tab.label(language): [*above, list[Cell](OWN), ["1", "2026-03-02"]] for tab in TABS}
    for tabs in (every, *({title: rows} for title, rows in every.items()), {"登记表": [*above, [*OWN]]}, {"": []}):
        with pytest.raises(LedgerError, match="is not a ledger of this program, so nothing in it was touched"):
            parse(workbook(tabs))


@pytest.mark.parametrize(
    ("tabs", "ledger"),
    [
        ({"Register": [headings("en")]}, True),
        ({"登记": [headings("zh")]}, True),
        ({"Sheet1": [headings("en")]}, True),
        ({"Cases 2026": [["A title"], [], headings("zh")]}, True),  # a run says that they stand in row 3
        ({"Notes": [[]], "Old": [headings("en", 0.6)]}, True),  # of an early version, or with columns taken away
        ({"Filing": [headings("en")]}, True),
        ({"Register": [headings("en", 0.4)]}, False),
        ({"Register": [], "登记": []}, False),
    ],
)
def test_a_ledger_without_a_mark_is_known_by_its_headings(tabs: Mapping[str, list[list[Cell]]], ledger: bool) -> None:
    assert is_ledger(workbook(tabs)) is ledger


@pytest.mark.parametrize(
    ("mark", "due", "newer"),
    [
        ("", True, False), (str(LEDGER_VERSION), False, False), (f"{LEDGER_VERSION}.0", False, False), ("0", True, False),
        (NEWER, False, True), ("2b", False, True), ("-1", False, True),
    ],
)  # fmt: skip
def test_a_mark_is_read_as_its_version(mark: str, due: bool, newer: bool) -> None:
    """One that cannot be read is taken for a newer one: fails closed."""
    whole = replace(snapshot(), mark=mark)
    assert mark_is_due(mark) is due
    assert is_ledger(replace(workbook({"Sheet1": []}), mark=mark)) is bool(mark)
    if newer:
        with pytest.raises(LedgerError, match="in use by a newer version of this program") as refused:
            parse(whole)
        assert refused.value.language == "zh"
    else:
        assert parse(whole).problems == ()


def test_of_several_marks_the_newest_counts() -> None:
    assert [mark_among(marks) for marks in ((), ("0", "1"), ("1", "0"), ("1", NEWER, "0"), ("1", "?"))] == [
        "", "1", "1", NEWER, "?",
    ]  # fmt: skip


@pytest.mark.parametrize("mark", ["1", ""])
@pytest.mark.parametrize(
    ("lost", "gone", "gone_without_mark"),
    [
        (("register",), ["tab_gone register"], ["tab_gone register"]),
        (("filing",), ["tab_gone filing"], ["no_tab filing"]),
        (("index", "duty"), ["tab_gone index"], ["no_tab index", "no_tab duty"]),
        (("duty",), ["no_tab duty"], ["no_tab duty"]),
        (
            ("notices", "history", "runs"),
            ["no_tab notices", "no_tab history", "no_tab runs"],
            ["no_tab notices", "no_tab history", "no_tab runs"],
        ),
    ],
)
def test_what_was_there_once_is_gone_and_not_to_be_made_anew(
    lost: tuple[str, ...], gone: list[str], gone_without_mark: list[str], mark: str
) -> None:
    """In a ledger that was not in use yet, so that of Notices, History and Runs nothing is lost."""
    whole = snapshot()
    titles = {TAB[key].label("zh") for key in lost}
    left = {title: grid for title, grid in whole.grids.items() if title not in titles}
    problems = [one for one in parse(replace(whole, grids=left, mark=mark)).problems if one.stops]
    assert sorted(f"{one.code} {one.tab}" for one in problems) == sorted(gone if mark else gone_without_mark)
    assert (problems[0].code in INSTALL_REFUSES) is (problems[0].code == "tab_gone")
    assert ("install" in str([message.say("en") for message in problems[0].said])) is (problems[0].code == "no_tab")


def test_a_ledgers_register_that_became_another_is_no_place_for_our_columns() -> None:
    """A copy of a ledger, say, that somebody emptied to keep a list of their own in."""
    whole = snapshot()
    other = {**whole.grids, "登记": Grid("登记", [[*OWN], ["1"]])}
    for left in (other, {"登记": other["登记"]}):
        problems = [one for one in parse(replace(whole, grids=left, mark="1")).problems if one.stops]
        assert ("headings_gone", "register") in [(one.code, one.tab) for one in problems]
        assert {one.code for one in problems} <= {"headings_gone", "tab_gone"}
