"""Each refusal of Google, from its cause, becomes one sentence in both languages that says what to do."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from automation.ledger.errors import Busy, LedgerError
from automation.workbooks.google import refusals
from automation.workbooks.google.client import Transport
from automation.workbooks.google.refusals import Refused
from tests.sheets_api import SERVICE_ACCOUNT, errors
from tests.support.small_spreadsheet import Ledger, Way, said

SECRET = "Wang-hit-my-son"
"""The content of a cell, or the name of a tab."""
SMALL = {"Register": [["Case no.", "Summary"], ["LV-00001", SECRET]], SECRET: [["x"]]}


def a_write(transport: Transport, key: str) -> None:
    transport.write(key, [put(SECRET)])


def a_read(transport: Transport, key: str) -> None:
    transport.read(key)


def put(text: str) -> dict[str, object]:
    """A request that types this into B2."""
    return {
        "updateCells": {
            "start": {"sheetId": 1000, "rowIndex": 1, "columnIndex": 1},
            "rows": [{"values": [{"userEnteredValue": {"stringValue": text}}]}],
            "fields": "userEnteredValue",
        }
    }


def an_office_file(ledger: Ledger) -> None:
    ledger.book.is_office_file = True


def protect(ledger: Ledger) -> None:
    owner = {"range": {"sheetId": 1000}, "editors": {"users": [ledger.book.owner]}}
    ledger.do({"addProtectedRange": {"protectedRange": owner}})


def switch_off(ledger: Ledger) -> None:
    ledger.way.server.api_enabled = False


def share(role: str) -> Callable[[Ledger], None]:
    def shared(ledger: Ledger) -> None:
        ledger.book.permissions.clear()
        if role:
            ledger.book.share(SERVICE_ACCOUNT, role)

    return shared


def refuse_with(error: errors.ApiError) -> Callable[[Ledger], None]:
    def refuse(ledger: Ledger) -> None:
        ledger.way.server.refusing = error

    return refuse


def use_up(ledger: Ledger) -> None:
    ledger.way.server.fail("429", times=99)


def break_down(ledger: Ledger) -> None:
    ledger.way.server.fail("503", times=99)


def unplug(ledger: Ledger) -> None:
    ledger.way.server.fail("drop", times=99)


CAUSES = {
    "not shared, read": (share(""), a_read, refusals.not_shared(SERVICE_ACCOUNT)),
    "not shared, written": (share(""), a_write, refusals.not_shared(SERVICE_ACCOUNT)),
    "shared for reading only": (share("reader"), a_write, refusals.not_shared(SERVICE_ACCOUNT)),
    "shared for comments only": (share("commenter"), a_write, refusals.not_shared(SERVICE_ACCOUNT)),
    "API not enabled, read": (switch_off, a_read, refusals.api_off()),
    "API not enabled, written": (switch_off, a_write, refusals.api_off()),
    "Office file, read": (an_office_file, a_read, refusals.office_file()),
    "Office file, written": (an_office_file, a_write, refusals.office_file()),
    "protected": (protect, a_write, refusals.protected(SERVICE_ACCOUNT)),
    "scopes": (refuse_with(errors.too_few_scopes()), a_read, refusals.too_few_scopes()),
    "scopes, in the older form": (
        refuse_with(errors.DriveError(403, "insufficientPermissions", "Insufficient Permission")), a_write, refusals.too_few_scopes(),
    ),
    "API off, in the older form": (refuse_with(errors.DriveError(403, "accessNotConfigured", "")), a_read, refusals.api_off()),
    "gcloud's own project": (refuse_with(errors.api_disabled(project="764086051850")), a_read, refusals.no_project()),
    "quota, in the older form": (refuse_with(errors.DriveError(403, "userRateLimitExceeded", "")), a_read, refusals.quota()),
    "quota, read": (use_up, a_read, refusals.quota()),
    "quota, written": (use_up, a_write, refusals.quota()),
    "out of order": (break_down, a_read, refusals.busy()),
    "no network": (unplug, a_read, refusals.no_network()),
}  # fmt: skip


@pytest.mark.parametrize(("cause", "ask", "why"), CAUSES.values(), ids=CAUSES)
def test_each_cause_is_told_from_all_others(
    way: Way, cause: Callable[[Ledger], None], ask: Callable[[Transport, str], None], why: LedgerError
) -> None:
    ledger = way.ledger(SMALL)
    cause(ledger)
    before = ledger.raw()
    with pytest.raises(LedgerError) as caught:
        ask(way.transport(waits=()), ledger.key)
    assert (said(caught.value), ledger.raw()) == (said(why), before)


def test_a_wrong_key(way: Way) -> None:
    for ask in (a_read, a_write):
        with pytest.raises(LedgerError) as caught:
            ask(way.transport(), "1" + "x" * 43)
        assert said(caught.value) == said(refusals.no_such_spreadsheet())


def test_shared_for_reading_is_enough_to_read(way: Way) -> None:
    ledger = way.ledger(SMALL, shared="reader")
    assert way.transport().read(ledger.key, fields="properties.title").json() == {"properties": {"title": "Ledger"}}


def test_more_characters_than_google_takes(way: Way) -> None:
    ledger = way.ledger(SMALL)
    way.transport().write(ledger.key, [put("x" * 50_000)])
    with pytest.raises(LedgerError) as caught:
        way.transport().write(ledger.key, [put("y" * 50_001)])
    assert (said(caught.value), ledger.rows()[1][1]) == (said(refusals.cell_too_long()), "x" * 50_000)


def test_more_cells_than_google_takes(way: Way) -> None:
    ledger = way.ledger(SMALL)
    rows = {"sheetId": 1000, "dimension": "ROWS", "length": 3_400_000}
    with pytest.raises(LedgerError) as caught:
        way.transport().write(ledger.key, [{"appendDimension": rows}])
    assert said(caught.value) == said(refusals.too_many_cells())


NOT_TAKEN = {
    "a tab of that name": {"addSheet": {"properties": {"title": SECRET}}},
    "no such tab": {"deleteSheet": {"sheetId": 4}},
    "beyond the last row": {"deleteDimension": {"range": {"sheetId": 1000, "dimension": "ROWS", "startIndex": 999}}},
    "not a request": {"typeCells": {"text": SECRET}},
}


@pytest.mark.parametrize("request_", NOT_TAKEN.values(), ids=NOT_TAKEN)
def test_whatever_else_is_refused_says_nothing_of_what_a_cell_holds(way: Way, request_: dict[str, object]) -> None:
    """Google's own words may quote a cell, so only the program sees them."""
    ledger = way.ledger(SMALL)
    before = ledger.raw()
    with pytest.raises(Refused) as caught:
        way.transport().write(ledger.key, [put("Fees"), request_])
    assert (said(caught.value), ledger.raw()) == (said(Refused()), before)
    assert [text for text in (*said(caught.value), str(caught.value)) if SECRET in str(text)] == []


# --- the sentences ----------------------------------------------------------------------------------------------

SENTENCES = {
    "no credentials": refusals.no_credentials(""), "no key file": refusals.no_credentials("key.json"),
    "deleted key": refusals.key_refused("a@b", None), "wrong clock": refusals.key_refused("a@b", ValueError("Invalid JWT: iat")),
    "not shared": refusals.not_shared("a@b"), "API": refusals.api_off(), "key": refusals.no_such_spreadsheet(),
    "Office": refusals.office_file(), "scopes": refusals.too_few_scopes(), "no project": refusals.no_project(), "protected": refusals.protected("a@b"),
    "characters": refusals.cell_too_long("Register", "B2"), "cells": refusals.too_many_cells(), "other": Refused(),
    "quota": refusals.quota(), "busy": refusals.busy(), "network": refusals.no_network(),
}  # fmt: skip
MAY_BE_TRIED_LATER = {"quota", "busy", "network"}
NAMES_THE_ACCOUNT = {"deleted key", "not shared", "protected"}


def test_no_two_causes_are_said_alike() -> None:
    assert [len({one.say(name) for one in SENTENCES.values()}) for name in ("en", "zh")] == [17, 17]


@pytest.mark.parametrize("name", SENTENCES)
def test_each_is_one_sentence_in_each_language_with_its_exit_code(name: str) -> None:
    error = SENTENCES[name]
    han = [any("\u4e00" <= letter <= "\u9fff" for letter in text) for text in (error.say("en"), error.say("zh"))]
    assert (han, error.say("en")[-1], error.say("zh")[-1], "\n" in error.say("en") + error.say("zh")) == (
        [False, True],
        ".",
        "。",
        False,
    )
    later = name in MAY_BE_TRIED_LATER
    assert (error.exit_code, isinstance(error, Busy)) == (75 if later else 1, later)
    assert ["a@b" in text for text in (error.say("en"), error.say("zh"))] == [name in NAMES_THE_ACCOUNT] * 2


def test_where_the_account_is_not_known_it_is_called_by_what_it_does() -> None:
    who = "the account the program runs under"
    found = [
        refusals.not_shared(""),
        refusals.protected(""),
        refusals.key_refused("", None),
    ]
    assert [(who in one.say("en"), "本程序所用账号" in one.say("zh")) for one in found] == [
        (True, True),
        (True, True),
        (False, False),
    ]
