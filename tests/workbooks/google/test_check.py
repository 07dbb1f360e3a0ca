"""check on a Google Sheet: who may write, protection, size, time zone, lock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner

import jobs
from automation.ledger.cell_names import column_letters
from automation.workbooks.google.lock import Lease, clock_from
from automation.workbooks.google.probe.scratch import TABS as SCRATCH
from automation.workbooks.google.workbook import GoogleWorkbook
from automation.workbooks.laid_out import Found, Viewpoint
from sheet_schema import REGISTER, Language
from tests.sheets_api import OWNER, SERVICE_ACCOUNT
from tests.support.new_spreadsheet import Office

NOW = datetime(2026, 3, 18, 9, tzinfo=UTC)
LONDON = ZoneInfo("Europe/London")
WRITES = f"Google: {SERVICE_ACCOUNT} reads and writes “Ledger”."
CALLS = "Requests: this check made {}; a run makes 2 when nothing is to do, else 6 and one for each ten mails. Google allows 60 reads and 60 writes a minute for an account and 300 of each for a project; how many of them are left, it does not tell."


def found_in(office: Office, language: Language = "en", zone: ZoneInfo = LONDON) -> Found:
    office.transport.calls = 0
    workbook = GoogleWorkbook(office.book.id, NOW, office.transport)
    return workbook.look_over(workbook.read(), Viewpoint(language, zone, NOW))


def size(office: Office, *free: int) -> str:
    cells = sum(sheet.row_count * sheet.column_count for sheet in office.book.book.sheets)
    return f"Size: {cells:,} of Google's 10,000,000 cells ({cells / 1e7:.0%}); rows free below the last line: Register {free[0]:,}, Filing {free[1]:,}."


def test_of_a_ledger_in_order_it_is_said_how_things_are(office: Office) -> None:
    before = [vars(sheet) for sheet in office.book.book.sheets]
    found = found_in(office)
    assert found == Found((WRITES, size(office, 999, 999), CALLS.format(5)), ())
    assert [vars(sheet) for sheet in office.book.book.sheets] == before


def test_the_same_in_chinese(office: Office) -> None:
    found = found_in(office, "zh")
    cells = sum(sheet.row_count * sheet.column_count for sheet in office.book.book.sheets)
    assert found == Found(
        (
            f"Google：{SERVICE_ACCOUNT} 可读写“Ledger”。",
            f"大小：已用{cells:,}个单元格，Google 上限为10,000,000（2%）；末行以下的空行：Register 999、Filing 999。",
            "请求：本次检查用了5次；一次运行无事可做时用2次，否则6次，另每十封邮件一次。Google 允许每个账号每分钟读、写各60次，每个项目各300次；还剩多少，Google 不提供查询。",
        ),
        (),
    )


def test_free_rows_are_those_below_the_last_line(office: Office) -> None:
    office.book.sheet("Register").type(31, 1, "LV-00030")
    office.book.sheet("Filing").type(1000, 1, "LV-00031")
    assert found_in(office).facts[1] == size(office, 969, 0)


# What a person should look at.


def protected(title: str, *columns: str, **more: Any) -> Callable[[Office], None]:
    """Let the owner protect a tab, or some of its columns one by one."""

    def act(office: Office) -> None:
        header = office.header(title)
        spans = [{"startColumnIndex": header.index(one), "endColumnIndex": header.index(one) + 1} for one in columns]
        for span in spans or [{}]:
            where = {"sheetId": office.id_of(title), **span, **more.get("rows", {})}
            about = {
                "range": where,
                "description": "Hands\noff",
                "editors": {"users": [OWNER]},
                **more.get("about", {}),
            }
            office.do({"addProtectedRange": {"protectedRange": about}})

    return act


def shut(title: str, what: str = "Hands off") -> str:
    return f"{title}: cells that the program writes are protected against it ({what}): in Data, Protect sheets and ranges, add {SERVICE_ACCOUNT}, or take that protection off."


def unprotected(*titles: str) -> Callable[[Office], None]:
    def act(office: Office) -> None:
        for title in titles:
            for entry in office.book.book.sheet(office.id_of(title)).protected_ranges:
                office.do({"deleteProtectedRange": {"protectedRangeId": entry["protectedRangeId"]}})

    return act


def only_warns(office: Office) -> None:
    unprotected("Index")(office)
    protected("Index", about={"warningOnly": True})(office)


def with_rules(title: str, count: int) -> Callable[[Office], None]:
    def act(office: Office) -> None:
        if title not in office.book.titles():
            office.do({"addSheet": {"properties": {"title": title, "hidden": True}}})
        have = len(office.book.book.sheet(office.id_of(title)).conditional_formats)
        late = {
            "condition": {"type": "TEXT_EQ", "values": [{"userEnteredValue": "Late"}]},
            "format": {"textFormat": {"bold": True}},
        }
        rule = {
            "ranges": [{"sheetId": office.id_of(title), "endColumnIndex": 1, "startColumnIndex": 0}],
            "booleanRule": late,
        }
        office.do(*({"addConditionalFormatRule": {"rule": rule}} for _ in range(count - have)))

    return act


def in_zone(zone: str) -> Callable[[Office], None]:
    def act(office: Office) -> None:
        office.do({"updateSpreadsheetProperties": {"properties": {"timeZone": zone}, "fields": "timeZone"}})

    return act


def with_rows_of_their_own(rows: int) -> Callable[[Office], None]:
    size = {"rowCount": rows, "columnCount": 100}
    return lambda office: office.do({"addSheet": {"properties": {"title": "Big", "gridProperties": size}}})


def left_by(until: datetime | None) -> Callable[[Office], None]:
    """Leave the lock of a dead run; with None, a tab of the same name that a person made."""

    def act(office: Office) -> None:
        if until is None:
            office.do({"addSheet": {"properties": {"title": "_lock"}}})
        else:
            Lease(office.transport, office.book.id, clock_from(until - timedelta(minutes=10))).take("properties")

    return act


def cut_off(office: Office) -> None:
    office.do(*({"addSheet": {"properties": {"title": tab.title, "sheetId": tab.sheet_id}}} for tab in SCRATCH))


def not_ours(office: Office) -> None:
    office.do({"addSheet": {"properties": {"title": "_probe"}}})


OPEN = f"Anybody who can edit the spreadsheet can type into the job's own tabs {{}}: protect each in Data, Protect sheets and ranges, with only {SERVICE_ACCOUNT} among those who may edit."
ZONE = "The spreadsheet's time zone is {}, that of Settings Europe/London: Ctrl+; and TODAY() go by the spreadsheet's. Choose the same one in File, Settings, Time zone."
NOBODYS = "The spreadsheet has a tab “_lock” that no run made: rename or delete it."
STALE = "A run that stopped in the middle left its lock, which ended at 2026-03-18 08:59 UTC: the next run takes over and puts right what is half done. If it comes again, look into Runs."
HEADERS = {"rows": {"startRowIndex": 0, "endRowIndex": 1}}
FINDINGS: dict[str, tuple[Callable[[Office], None], list[str]]] = {
    "the whole Register": (protected("Register"), [shut("Register")]),
    "a column of the Register in which only people type": (protected("Register", "Summary"), [shut("Register")]),
    "Filing, twice": (protected("Filing", "Pages", "Box"), [shut("Filing")] * 2),
    "Settings": (protected("Settings", "Value"), [shut("Settings")]),
    "problems of a rule": (protected("Routing", "Problems"), [shut("Routing")]),
    "without a description": (
        protected("Register", about={"description": ""}),
        [shut("Register", "without a description")],
    ),
    "headers only": (protected("Register", **HEADERS), []),
    "what administrators type": (protected("Routing", "Department"), []),
    "a warning": (protected("Register", about={"warningOnly": True}), []),
    "with the account": (protected("Register", about={"editors": {"users": [SERVICE_ACCOUNT]}}), []),
    "one of the job's tabs open": (unprotected("Runs"), [OPEN.format("Runs")]),
    "two of the job's tabs open": (unprotected("Index", "Notices"), [OPEN.format("Index and Notices")]),
    "one that only warns": (only_warns, [OPEN.format("Index")]),
    "another zone": (in_zone("Asia/Shanghai"), [ZONE.format("Asia/Shanghai")]),
    "the same in winter only": (in_zone("Atlantic/Reykjavik"), [ZONE.format("Atlantic/Reykjavik")]),
    "another name of the zone": (in_zone("Europe/Belfast"), []),
    "no zone we know": (in_zone("Mars/Olympus"), [ZONE.format("Mars/Olympus")]),
    "just not full": (with_rows_of_their_own(77_000), []),
    "nearly full": (
        with_rows_of_their_own(81_000),
        [
            "83% of Google's 10,000,000 cells are used: delete empty rows and columns at the end of large tabs, or `copy --move` to a new spreadsheet, before nothing more can be written."
        ],
    ),
    "as many rules as may be": (with_rules("Filing", 200), []),
    "rules piled up": (
        with_rules("Filing", 201),
        [
            "Filing has 201 colour rules, which makes it slow: delete the doubled ones in Format, Conditional formatting."
        ],
    ),
    "rules in the undo log": (
        with_rules("_journal", 300),
        [
            "The hidden tab _journal has 300 colour rules, which makes every run slow: delete that tab while no run is at work; the next run makes it anew."
        ],
    ),
    "rules elsewhere": (with_rules("People", 300), []),
    "a stale lock": (left_by(NOW - timedelta(minutes=1)), [STALE]),
    "a tab called _lock": (left_by(None), [NOBODYS]),
    "scratch tabs": (
        cut_off,
        [
            "A `check --probe` that was cut off left the hidden tabs _probe and _probe_2: the next `check --probe` takes them away."
        ],
    ),
    "a tab that is called like a scratch tab": (not_ours, []),
}


@pytest.mark.parametrize("what", FINDINGS)
def test_what_a_person_should_look_at(office: Office, what: str) -> None:
    act, expected = FINDINGS[what]
    act(office)
    assert list(found_in(office).findings) == expected


def test_a_protection_by_a_name_counts_too(office: Office) -> None:
    area = {"sheetId": office.id_of("Register"), "startColumnIndex": 0, "endColumnIndex": 1}
    office.do(
        {"addNamedRange": {"namedRange": {"name": "Numbers", "namedRangeId": "n", "range": area}}},
        {
            "addProtectedRange": {
                "protectedRange": {
                    "namedRangeId": "n",
                    "description": "Hands off",
                    "editors": {"users": [OWNER]},
                }
            }
        },
    )
    assert list(found_in(office).findings) == [shut("Register")]


def test_a_job_tab_that_is_protected_but_for_some_cells_is_open(office: Office) -> None:
    unprotected("Runs")(office)
    free = {"sheetId": office.id_of("Runs"), "startColumnIndex": 0, "endColumnIndex": 1}
    protected("Runs", about={"editors": {"users": [SERVICE_ACCOUNT]}, "unprotectedRanges": [free]})(office)
    assert list(found_in(office).findings) == [OPEN.format("Runs")]


def test_a_run_or_a_probe_at_work_is_no_fault(office: Office) -> None:
    left_by(NOW + timedelta(minutes=4))(office)
    cut_off(office)
    found = found_in(office)
    working = "A run is at work at the moment (until 2026-03-18 09:04 UTC at the latest)."
    assert (found.facts[2:], found.findings) == ((CALLS.format(6), working), ())


def test_who_may_only_read_is_told_how_to_share_and_of_nothing_that_follows(office: Office) -> None:
    protected("Register")(office)
    office.book.share(SERVICE_ACCOUNT, "reader")
    said = f"The spreadsheet is not shared with {SERVICE_ACCOUNT}, or only for reading: open it, choose Share, and add that address as Editor."
    assert found_in(office) == Found((size(office, 999, 999), CALLS.format(5)), (said,))


def test_an_answer_that_is_lost_leaves_open_whether_it_may_write(office: Office) -> None:
    office.server.fail("503", where=lambda call: call.path.endswith(":batchUpdate"))
    said = "Google Sheets does not answer properly at the moment: the next run goes on where this one stopped."
    assert list(found_in(office).findings) == [said]


# Through the command.


def check(key: str, *options: str) -> tuple[int, list[str], list[str]]:
    ended = CliRunner().invoke(jobs.main, ["check", "-w", key, *options])
    return ended.exit_code, ended.stdout.splitlines(), ended.stderr.splitlines()


def test_the_command_says_it_with_the_rest(office: Office) -> None:
    in_zone("Asia/Shanghai")(office)
    code, said, _ = check(office.book.id, "--now", "2026-03-18")
    at = said.index(WRITES)
    assert (code, said[at : at + 3], said[-1]) == (
        3,
        [WRITES, size(office, 999, 999), CALLS.format(5)],
        "  " + ZONE.format("Asia/Shanghai"),
    )


def not_shared(office: Office, _: pytest.MonkeyPatch, __: Path) -> None:
    office.book.permissions = [p for p in office.book.permissions if p.get("emailAddress") == OWNER]


def api_off(office: Office, _: pytest.MonkeyPatch, __: Path) -> None:
    office.server.api_enabled = False


def no_key(_: Office, patch: pytest.MonkeyPatch, __: Path) -> None:
    patch.setenv("GOOGLE_APPLICATION_CREDENTIALS", "nowhere.json")


def no_key_file(_: Office, patch: pytest.MonkeyPatch, folder: Path) -> None:
    (folder / "key.json").write_text("{}")
    patch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(folder / "key.json"))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (not_shared, f"The spreadsheet is not shared with {SERVICE_ACCOUNT}, or only for reading"),
        (api_off, "The Google Sheets API is not enabled in the key's project"),
        (no_key, "GOOGLE_APPLICATION_CREDENTIALS names nowhere.json, which is not there or is no key file"),
        (no_key_file, "GOOGLE_APPLICATION_CREDENTIALS names "),
    ],
)
def test_what_keeps_the_program_out_is_said_in_words(
    office: Office,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    wrong: Callable[[Office, pytest.MonkeyPatch, Path], None],
    said: str,
) -> None:
    wrong(office, monkeypatch, tmp_path)
    code, shown, errors = check(office.book.id)
    office.server.api_enabled = True
    assert (code, shown, errors[0].startswith(said), len(errors)) == (1, [], True, 1)


def test_a_key_that_names_nothing_is_no_spreadsheet(office: Office) -> None:
    code, _, errors = check("1" * 44)
    said = "There is no spreadsheet with this key: copy the address from the browser's address bar while the spreadsheet is open."
    assert (code, errors[0]) == (1, said)


def test_a_tab_that_lacks_a_column_is_told_once(office: Office) -> None:
    """The part of check that knows the tabs says so, and the part that knows Google does not."""
    header = office.header(REGISTER.label("en"))
    office.book.sheet(REGISTER.label("en")).delete_column(header.index(REGISTER["reason"].label("en")) + 1)
    _, shown, _ = check(office.book.id)
    said = "  Register: The column “Reason” is missing. If it was renamed, give it its old name back. Otherwise run install: it adds what is missing."
    assert ([one for one in shown if "“Reason”" in one], found_in(office).findings) == ([said], ())


# Cells and tabs that are not what they look like.


def test_tables_chips_and_spilling_formulas_are_named(office: Office) -> None:
    register = office.book.sheet("Register")
    contact = office.header("Register").index("Contact") + 1
    for row in (2, 3):
        register.type(row, contact, "0612")
    register.make_chip(3, contact)
    register.type(2, len(office.header("Register")) + 1, "=ARRAYFORMULA(A2:A9)")
    office.book.sheet("People").model.tables.append({"tableId": "1", "name": "Table1"})
    said = found_in(office).findings
    assert [one for one in said if "Table" in one or "chips" in one or "formulas" in one] == [
        "People has a Google Table (Table1), whose column types keep the program's dropdowns out and fill empty rows: take it away in the table's menu, Revert to unformatted range.",
        "Register: smart chips stand in G3. A run cannot compare them with what it read, and mails of these cases go alone: replace them by plain text (Ctrl+Shift+V).",
        f"Register: formulas in {column_letters(len(office.header('Register')) + 1)}2 fill other cells too. What they show was typed nowhere, and mails of these cases go alone: put such formulas on a tab of your own.",
    ]
