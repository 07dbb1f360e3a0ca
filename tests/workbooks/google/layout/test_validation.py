"""What a column does by itself on Google: the rule for each kind of column, and formulas that work in every locale."""

from __future__ import annotations

import pytest

from automation.workbooks.google.layout.formats import colour
from automation.workbooks.google.layout.places import places
from automation.workbooks.google.layout.tables import value_of
from automation.workbooks.google.layout.validation import check_setting, formula, protect, typing_rule
from sheet_schema import SETTING, TAB, Language
from tests.support.new_spreadsheet import EDITORS, EMPTY

LISTS = {key: f"='{key}'!$A$2:$A$500" for key in ("departments", "people", "topics")}


@pytest.mark.parametrize(
    ("tab", "column", "rule"),
    [
        ("register", "case_no", None),
        ("register", "light", None),
        ("register", "summary", None),
        ("register", "kind", {
            "condition": {"type": "ONE_OF_LIST", "values": [
                {"userEnteredValue": "Suggestion"}, {"userEnteredValue": "Complaint"},
                {"userEnteredValue": "Allegation"}, {"userEnteredValue": "Enquiry"}]},
            "strict": False, "showCustomUi": True,
            "inputMessage": "Choose Kind from the list: Suggestion, Complaint, Allegation, Enquiry."}),
        ("register", "topic", {
            "condition": {"type": "ONE_OF_RANGE", "values": [{"userEnteredValue": "='topics'!$A$2:$A$500"}]},
            "strict": False, "showCustomUi": True,
            "inputMessage": "Choose Topic from the list. It comes from the tab Topics: add what is missing there."}),
        ("register", "handler", {
            "condition": {"type": "ONE_OF_RANGE", "values": [{"userEnteredValue": "='people'!$A$2:$A$500"}]},
            "strict": False, "showCustomUi": True,
            "inputMessage": "Choose Handler from the list. It comes from the tab People: add what is missing there."}),
        ("register", "important", {
            "condition": {"type": "BOOLEAN"}, "strict": False, "showCustomUi": True}),
        ("register", "replied_on", {
            "condition": {"type": "DATE_IS_VALID"}, "strict": False, "showCustomUi": False,
            "inputMessage": "Type a date like 2026-03-02. Ctrl+; types today."}),
        ("register", "people", {
            "condition": {"type": "NUMBER_GREATER_THAN_EQ", "values": [{"userEnteredValue": "0"}]},
            "strict": False, "showCustomUi": False, "inputMessage": "Type a whole number, such as 3."}),
        ("escalation", "unit", {
            "condition": {"type": "ONE_OF_LIST", "values": [
                {"userEnteredValue": "day"}, {"userEnteredValue": "working day"}, {"userEnteredValue": "school day"}]},
            "strict": True, "showCustomUi": True,
            "inputMessage": "Choose Unit from the list: day, working day, school day."}),
    ],
)  # fmt: skip
def test_what_happens_when_something_is_typed(tab: str, column: str, rule: dict[str, object] | None) -> None:
    assert typing_rule(TAB[tab][column], LISTS, "en") == rule


@pytest.mark.parametrize(("tab", "column"), [("people", "role"), ("routing", "topic"), ("routing", "channel")])
def test_where_several_may_be_typed_nothing_is_rejected(tab: str, column: str) -> None:
    rule = typing_rule(TAB[tab][column], LISTS, "zh")

    assert rule is not None
    assert (rule["strict"], rule["showCustomUi"]) == (False, True)


def test_a_setting_that_is_a_choice_has_its_own_list() -> None:
    settings = places(EMPTY, "en", {})["settings"]

    assert list(check_setting(settings, SETTING["school_name"], 2, "en")) == []
    assert list(check_setting(settings, SETTING["sending"], 7, "en")) == [
        {
            "setDataValidation": {
                "range": {
                    "sheetId": settings.sheet_id,
                    "startRowIndex": 6,
                    "endRowIndex": 7,
                    "startColumnIndex": 1,
                    "endColumnIndex": 2,
                },
                "rule": {
                    "condition": {
                        "type": "ONE_OF_LIST",
                        "values": [{"userEnteredValue": word} for word in ("trial", "live", "paused", "release")],
                    },
                    "strict": True,
                    "showCustomUi": True,
                    "inputMessage": "Choose Sending from the list: trial, live, paused, release.",
                },
                "filteredRowsIncluded": True,
            }
        }
    ]


@pytest.mark.parametrize(
    ("excel", "google"),
    [
        ("LEN($A2)>0", "=LEN($A2)>0"),
        ('AND($A2<>"",$C2="")', '=AND($A2<>"";$C2="")'),
        ('IF(A1=0,"one, two",B1)', '=IF(A1=0;"one, two";B1)'),
        ("COUNTIF('Mine, not yours'!$A$1:$A$5,\"*a,b*\")", "=COUNTIF('Mine, not yours'!$A$1:$A$5;\"*a,b*\")"),
        ("SUM('Wang''s, all'!A1,1)", "=SUM('Wang''s, all'!A1;1)"),
        ('IF(A1="it\'s",1,2)', '=IF(A1="it\'s";1;2)'),
    ],
)
def test_arguments_are_separated_as_every_locale_takes_it(excel: str, google: str) -> None:
    assert formula(excel) == google


def test_a_colour_is_not_a_step_darker_after_google_has_cut_it() -> None:
    reds = [colour(f"{step:02X}0000")["rgbColor"]["red"] for step in range(256)]

    assert [int(red * 255) for red in reds] == [*range(256)]


@pytest.mark.parametrize(
    ("tab", "language", "warned"),
    [
        (
            "register",
            "en",
            [(0, 4), (16, 18), (56, 59), (60, 61), (62, 63), (68, 71)],
        ),  # number, light, status, problems; step and due; flags to kept from; shared with it; letters made; the old register
        (
            "filing",
            "zh",
            [(0, 74), (75, 79)],
        ),  # all that came with its row; the archive's own but what people fill in
        ("people", "en", [(13, 14)]),
        ("routing", "en", [(2, 3), (14, 15)]),
    ],
)
def test_what_the_job_fills_in_warns_where_people_work(
    tab: str, language: Language, warned: list[tuple[int, int]]
) -> None:
    placed = places(EMPTY, language, {})[tab]
    text = {"en": "Filled in for you: please do not type here.", "zh": "由系统填写，请勿在此输入。"}[language]

    assert [
        request["addProtectedRange"]["protectedRange"]
        for request in protect(placed, placed.tab.columns, language, EDITORS)
    ] == [
        {
            "range": {"sheetId": placed.sheet_id, "startColumnIndex": first, "endColumnIndex": last},
            "description": text,
            "warningOnly": True,
        }
        for first, last in warned
    ]


@pytest.mark.parametrize("tab", ["index", "notices", "history", "runs", "report"])
def test_the_jobs_own_tabs_are_locked_but_for_those_named(tab: str) -> None:
    placed = places(EMPTY, "zh", {})[tab]

    assert list(protect(placed, placed.tab.columns, "zh", ("a@x.org", "b@x.org"))) == [
        {
            "addProtectedRange": {
                "protectedRange": {
                    "range": {"sheetId": placed.sheet_id},
                    "description": "由系统维护，仅供查阅。",
                    "warningOnly": False,
                    "editors": {"users": ["a@x.org", "b@x.org"]},
                }
            }
        }
    ]


@pytest.mark.parametrize(
    ("given", "written"),
    [(True, True), ("✓", True), ("是", True), ("yes", True), (False, ""), ("", ""), (None, ""), ("no", "")],
)
def test_a_tick_is_a_checkbox(given: object, written: object) -> None:
    assert value_of(TAB["register"]["important"], given, "en") is written or written == ""
    assert value_of(TAB["register"]["important"], given, "en") == written
