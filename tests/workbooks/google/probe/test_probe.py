"""check --probe finds out whether each assumption holds, and leaves the spreadsheet as it was."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import jobs
from automation.ledger.errors import Busy, LedgerError
from automation.workbooks.google.lock import Lease, clock_from
from automation.workbooks.google.probe.assumptions import ASSUMPTION, ASSUMPTIONS
from automation.workbooks.google.probe.probe import MOST_CALLS, Probed, probed
from automation.workbooks.google.probe.scratch import FIRST, SECOND
from sheet_schema import Language
from tests.sheets_api import SERVICE_ACCOUNT
from tests.sheets_api.quirks import QUIRKS
from tests.support.new_spreadsheet import Office
from tests.support.sample import every

NOW = datetime(2026, 3, 18, 9, tzinfo=UTC)
CAN_BE_TOLD = [one.key for one in ASSUMPTIONS if one.can_be_probed]
BROKEN_BY = {
    "echo-before": "echo",
    "batch-not-rolled-back": "whole",
    "duplicate-sheet-title-allowed": "titles",
    "deleted-sheet-ignored": "fence",
    "reads-lag": "next_read",
    "tabs-of-different-moments": "one_moment",
    "emptying-ignored": "emptying",
    "unmerging-nothing-refused": "unmerging",
    "copypaste-skips-hidden": "hidden_rows",
    "copypaste-drops-notes": "looks_go_along",
    "copypaste-doubles-rules": "colour_rules",
    "paste-of-looks-ignored": "new_rows",
    "text-becomes-formula": "text",
    "formula-render-formats-dates": "as_typed",
    "writing-drops-notes": "notes_stay",
    "strict-rules-hold-for-all": "strict_lists",
    "lost-names-stay-lost": "names",
    "semicolons-refused": "semicolons",
    "duplicate-metadata-id-allowed": "metadata_ids",
    "metadata-search-lags": "metadata_found",
}
"""Each way in which Google may differ, and the assumption that then does not hold."""
UNTOLD = {
    "reads-lag": {
        "titles", "fence", "whole", "hidden_rows", "looks_go_along", "colour_rules", "text", "as_typed", "notes_stay",
        "emptying", "new_rows", "strict_lists", "semicolons",
    },
}  # fmt: skip
"""What cannot be found out then: a write while old content is shown."""


@pytest.fixture
def small(office: Office) -> Office:
    """A few tabs with some of everything, since a whole ledger takes the server thirty times as long."""
    few = Office(office.server, office.transport)
    register = few.book.sheet("Sheet1")
    register.rename("Register")
    register.load([["Case no.", "Summary"], ["LV-00001", "=1+1"], ["LV-00002", ""]])
    area = {"startRowIndex": 1, "endRowIndex": 9, "startColumnIndex": 0, "endColumnIndex": 2}
    late = {"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": "=$A2=1"}]}
    few.do(
        {"updateCells": {"start": {"rowIndex": 1, "columnIndex": 1}, "rows": [{"values": [{"note": "n"}]}], "fields": "note"}},
        {"addNamedRange": {"namedRange": {"name": "list_people", "range": area}}},
        {"addProtectedRange": {"protectedRange": {"range": {"sheetId": 0}, "editors": {"users": [few.server.owner]}}}},
        {"addConditionalFormatRule": {"rule": {"ranges": [area], "booleanRule": {"condition": late, "format": {}}}}},
        {"setBasicFilter": {"filter": {"range": area}}},
        {"addSheet": {"properties": {"title": "_journal", "hidden": True}}},
        {"createDeveloperMetadata": {"developerMetadata": {
            "metadataKey": "k", "visibility": "DOCUMENT", "location": {"spreadsheet": True}}}},
    )  # fmt: skip
    office.server.clear_calls()
    return few


def all_there_is(office: Office) -> list[Any]:
    book = office.book.book
    return [
        dict(book.properties),
        [vars(sheet) for sheet in book.sheets],
        book.named_ranges,
        book.metadata,
    ]


def probe(office: Office) -> Probed:
    return probed(office.transport, office.book.id, NOW)


def test_on_the_server_as_it_is_everything_holds(office: Office) -> None:
    before = all_there_is(office)
    assert (probe(office), all_there_is(office) == before) == (
        Probed(dict.fromkeys(CAN_BE_TOLD, True), MOST_CALLS),
        True,
    )
    assert MOST_CALLS == 39


@pytest.mark.parametrize("quirk", QUIRKS)
def test_what_does_not_hold_is_told_from_all_that_does(small: Office, quirk: str) -> None:
    small.server.quirks.add(quirk)
    before = all_there_is(small)
    found = probe(small)
    expected = dict.fromkeys(CAN_BE_TOLD, True) | dict.fromkeys(UNTOLD.get(quirk, ()))
    assert found.findings == {**expected, BROKEN_BY[quirk]: False}
    assert found.calls <= 60
    assert all_there_is(small) == before


def test_every_assumption_that_can_be_tried_is_broken_once() -> None:
    assert sorted(BROKEN_BY.values()) == sorted(CAN_BE_TOLD)


def test_nothing_is_asked_or_written_but_of_the_two_scratch_tabs(small: Office) -> None:
    ledgers = {sheet.id for sheet in small.book.book.sheets}
    probe(small)
    ranges = {one for call in small.server.calls for one in call.query.get("ranges", [])}
    ranges |= {one for call in small.server.calls for one in (call.body or {}).get("responseRanges", [])}
    ids = {
        int(found) for call in small.server.calls for found in re.findall(r'"sheetId": (\d+)', json.dumps(call.body))
    }
    assert {one.split("!")[0] for one in ranges} == {"'_probe'", "'_probe_2'"}
    assert ids & ledgers == set()


FAULTS = ("503-before", "503-after", "502-html-after", "drop-before", "drop-after")
FOURTH = 4


@pytest.mark.parametrize(("nth", "kind"), every(FOURTH, [(nth, kind) for nth in range(1, 24) for kind in FAULTS]))
def test_the_scratch_tabs_are_gone_whatever_request_fails(small: Office, kind: str, nth: int) -> None:
    """Each of the requests that write, with one or two of the faults."""
    before = all_there_is(small)
    small.server.fail(kind, nth, lambda call: call.path.endswith(":batchUpdate"))
    try:
        failed = probe(small).failed
    except Busy:  # the lock, or the scratch tabs, could not be made for certain
        failed = []
    assert (failed, all_there_is(small) == before) == ([], True)


def test_a_quota_that_is_used_up_in_the_middle_ends_it_in_words(small: Office) -> None:
    before = all_there_is(small)
    small.server.fail("429", 12, times=4)  # one more than there are further tries
    with pytest.raises(Busy, match="quota of requests"):
        probe(small)
    assert all_there_is(small) == before


def test_a_lock_that_is_lost_in_the_middle_ends_it(small: Office) -> None:
    def take_over(number: int, call: Any) -> None:
        if len(small.server.calls) == 12:
            small.book.sheet("_lock").delete()

    small.server.between = take_over
    with pytest.raises(Busy, match="lost its lock"):
        probe(small)
    small.server.between = None
    assert probe(small).failed == []
    assert FIRST.title not in small.book.titles()


def test_while_a_run_is_on_nothing_is_tried(small: Office) -> None:
    run = Lease(small.transport, small.book.id, clock_from(NOW))
    run.take("properties(title)")
    before = all_there_is(small)
    with pytest.raises(Busy, match="Another run"):
        probe(small)
    assert all_there_is(small) == before


def test_what_a_probe_left_that_was_cut_off_is_taken_away(small: Office) -> None:
    before = all_there_is(small)
    for tab in (FIRST, SECOND):
        small.do({"addSheet": {"properties": {"title": tab.title, "sheetId": tab.sheet_id}}})
    small.book.sheet("_probe").type(3, 1, 99)
    assert (probe(small).failed, all_there_is(small) == before) == ([], True)


def test_a_tab_of_somebodys_own_is_not_taken_for_a_scratch_tab(small: Office) -> None:
    small.do({"addSheet": {"properties": {"title": "_probe", "sheetId": 5}}})
    small.book.sheet("_probe").type(1, 1, "mine")
    before = all_there_is(small)
    with pytest.raises(LedgerError, match="_probe / _probe_2 that this program did not make"):
        probe(small)
    assert all_there_is(small) == before


# What is said.


def check(office: Office, *options: str) -> Result:
    return CliRunner().invoke(jobs.main, ["check", "-w", office.book.id, "--probe", *options])


HEAD = "What the program takes for granted of Google, tried with {} requests on two hidden tabs that are gone again:"


@pytest.mark.parametrize(
    ("said", "kind", "line"),
    [
        (True, "en", "  Holds: A batch is done whole or not at all."),
        (True, "zh", "  成立：一次批量写入要么全部完成，要么完全不做。"),
        (None, "en", "  Could not be told: A batch is done whole or not at all."),
        (None, "zh", "  无法判断：一次批量写入要么全部完成，要么完全不做。"),
        (
            False,
            "en",
            "  Does not hold: A batch is done whole or not at all. A refused batch may leave half of its changes behind: keep the ledger in a local workbook (`copy`) instead.",
        ),
        (
            False,
            "zh",
            "  不成立：一次批量写入要么全部完成，要么完全不做。被拒绝的写入可能只做了一半：请用 `copy` 改用本地台账。",
        ),
    ],
)
def test_each_has_a_line_with_what_follows_where_it_does_not_hold(said: bool | None, kind: Language, line: str) -> None:
    found = list(Probed({**dict.fromkeys(CAN_BE_TOLD, True), "whole": said}, 9).lines(kind))
    ends = {
        ("en", True): "All that could be told holds.",
        ("en", False): "Do not hold: 1.",
        ("zh", True): "能够判断的各项均成立。",
        ("zh", False): "不成立：1项。",
    }
    assert (len(found), found[2], found[-1]) == (
        len(ASSUMPTIONS) + 2,
        line,
        ends[kind, said is not False],
    )


def test_how_often_it_was_tried_and_how_a_person_can_see_it_are_said() -> None:
    found = list(Probed(dict.fromkeys(CAN_BE_TOLD, True), 9).lines("en"))
    often, locks = ASSUMPTION["next_read"], ASSUMPTION["locks"]
    assert locks.by_hand is not None
    assert [line for line in found if often.says.say("en") in line or locks.says.say("en") in line] == [
        f"  Holds, tried 3 times: {often.says.say('en')}",
        f"  Only a person can see: {locks.says.say('en')} {locks.by_hand.say('en')} If not: {locks.otherwise.say('en')}",
    ]


def test_the_command_shows_all_of_it_after_the_usual_check(office: Office) -> None:
    shown = check(office).stdout.splitlines()
    at = shown.index(HEAD.format(MOST_CALLS))
    everything = list(Probed(dict.fromkeys(CAN_BE_TOLD, True), MOST_CALLS).lines("en"))
    assert (shown[0].startswith("Time: "), shown[at:]) == (True, everything)


@pytest.mark.parametrize(("quirk", "code"), [("", 0), ("metadata-search-lags", 3)])
def test_an_empty_spreadsheet_can_be_tried_before_it_becomes_a_ledger(office: Office, quirk: str, code: int) -> None:
    """The exit code says whether an assumption does not hold."""
    office.server.quirks.update({quirk} - {""})
    empty = office.server.new_spreadsheet("New", shared=True)
    shown = CliRunner().invoke(jobs.main, ["check", "-w", empty.id, "--probe"])
    found = {**dict.fromkeys(CAN_BE_TOLD, True), "metadata_found": not quirk}
    lines = list(Probed(found, MOST_CALLS).lines("en"))
    assert (shown.exit_code, shown.stdout.splitlines(), empty.titles()) == (code, lines, ["Sheet1"])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-w", "some.xlsx"], "--probe tries what Google Sheets does, and some.xlsx is a local workbook: there is nothing to probe."),
        (["-w", "x" * 44, "--dry-run"], "--probe writes to two scratch tabs and --dry-run writes nothing: leave one of them out."),
    ],
)  # fmt: skip
def test_where_there_is_nothing_to_probe(arguments: list[str], said: str, tmp_path: Path) -> None:
    shown = CliRunner().invoke(jobs.main, ["check", "--probe", *arguments])
    assert (shown.exit_code, shown.stderr.splitlines()[0]) == (2, said)


def test_who_may_only_read_is_told_so_before_anything_is_tried(office: Office) -> None:
    office.book.share(SERVICE_ACCOUNT, "reader")
    shown = check(office)
    said = f"The spreadsheet is not shared with {SERVICE_ACCOUNT}, or only for reading: open it, choose Share, and add that address as Editor."
    assert (shown.exit_code, shown.stderr.splitlines()[0]) == (1, said)
