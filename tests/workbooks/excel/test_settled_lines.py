"""A run that leaves out what is over does and says the same as one that reads everything."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path
from random import Random

import openpyxl
import pytest

from automation.commands.output import as_json
from automation.ledger.parsing import parse
from automation.ledger.settled_lines import SETTLED_LINES
from automation.ledger.workbook import JournalLine, Snapshot
from automation.mail.transport.mailer import MailServer
from automation.run.job import JOBS, Request, Result
from automation.run.plan import plan
from automation.workbooks.excel.kept_tabs import KeptTabs
from automation.workbooks.excel.sheets_read import grids_of, grids_sifted
from automation.workbooks.excel.xml.package import Package
from automation.workbooks.excel.xml.row_texts import RowTexts, shared_texts
from sheet_schema import SETTING
from sheet_schema.vocabulary import NoticeKind, NoticeState
from tests.support.ledger_in_memory import LEADER_AND_OFFICE, line
from tests.support.new_ledger import file_with
from tests.support.sample import tries
from tests.support.small_office import DEPARTMENTS, FANG, LADDER, RULE

NOW = datetime(2026, 3, 18, 9)
SERVER = MailServer("", 0, "", "")
Row = dict[str, object]
FILED = [f"LV-{at:05d}" for at in range(1, 9)]
LIVE = ["LV-00009", "LV-00010", "LV-00011"]


def notice(number: str, at: int, **more: object) -> Row:
    """A reminder that went out in January, but for these cells."""
    row: Row = {
        "case_no": number, "kind": "reminder", "step": "reply", "due_on": "2026-01-20", "level": "-3", "slot": "handler",
        "to": "fang@s.example", "subject": f"{number}：还有3天", "state": "sent", "attempts": 1, "run": "2026-01-17T09:00:00",
        "claimed_at": datetime(2026, 1, 17, 9), "done_at": datetime(2026, 1, 17, 9, 1), "key": f"{number}|reminder|{at}", "mail_id": f"{at:016x}",
    }  # fmt: skip
    return row | more


def office(notices: Sequence[Row], history: Sequence[Row] = ()) -> bytes:
    """A ledger of filed and of live cases, with these Notices."""
    filed = [line(number, received_on="2026-01-02", filed_on="2026-02-20", department="教务处") for number in FILED]
    live = [line(number, handler="王芳") for number in LIVE] + [line(FILED[-1], handler="王芳")]  # the last is back
    index = [
        {"case_no": number, "issued_on": "2026-01-02", "first_seen": "2026-01-02"} for number in (*FILED[1:], *LIVE)
    ]
    settings = {"blank_rows": "1", "sending": "正式", "go_live_on": "2026-01-01", "file_old_cases": "2099-12-31"}
    tabs: dict[str, Sequence[Mapping[str, object]]] = {
        "register": live, "filing": filed, "index": index, "notices": notices, "history": history,
        "runs": [{"run": "2026-03-17T09:00:00", "at": datetime(2026, 3, 17, 9), "command": "run", "notices": 1}],
        "people": [FANG, *LEADER_AND_OFFICE], "departments": DEPARTMENTS, "deadlines": [RULE], "escalation": [LADDER],
        "topics": [{"name": line()["topic"]}], "routing": [{"order": 1, "enabled": "启用", "department": "教务处"}],
        "settings": [{"name": SETTING[key].label("zh"), "value": value} for key, value in settings.items()],
    }  # fmt: skip
    return file_with(tabs)


def saved_by_another(data: bytes) -> bytes:
    """The same file with its texts shared, as Excel keeps them."""
    out = io.BytesIO()
    openpyxl.load_workbook(io.BytesIO(data)).save(out)
    return out.getvalue()


def both(data: bytes, journal: Sequence[JournalLine] = ()) -> tuple[Snapshot, Snapshot]:
    """The file as read whole, and as a run reads it."""
    package = Package(data, "l.xlsx")
    whole = Snapshot(grids_of(data, package), "v", journal, mark="1")
    return whole, replace(
        whole, grids=grids_sifted(package, SETTLED_LINES, journal, KeptTabs(Path("nothing")), large=0)
    )


def outcome(snapshot: Snapshot) -> tuple[object, ...]:
    """All that a run writes, sends and says."""
    result: Result = plan(snapshot, Request(JOBS["run"], NOW, NOW, outbox=Path("out"), server=SERVER))
    mails = [(mail.id, mail.to, mail.rendered.subject, mail.rendered.text) for mail in result.mails]
    said = as_json(result, dry_run=True)
    return said, mails, result.edits, result.claims, result.moves, result.held, result.unreachable


def left(snapshot: Snapshot, tab: str) -> list[str]:
    return parse(snapshot).tables[tab]["case_no"].tolist()


def test_what_is_over_is_left_out_and_nothing_else_comes_of_it() -> None:
    rows = [notice(number, at) for at, number in enumerate([*FILED, *LIVE, *FILED, ""])]
    rows += [notice(FILED[1], 90 + at, state=state.key) for at, state in enumerate(NoticeState)]
    rows += [notice(FILED[2], 120 + at, kind=kind.key, to="x@s.example") for at, kind in enumerate(NoticeKind)]
    history = [
        {"case_no": number, "at": NOW, "column": "承办部门", "run": "r"}
        for number in ("LV-00001", *FILED[1:], *LIVE, "LV-77777")
    ]
    for data in (office(rows, history), saved_by_another(office(rows, history))):
        whole, light = both(data)
        assert outcome(light) == outcome(whole)
        assert set(left(light, "history")) == {"LV-00001", "LV-77777"}  # one is not in Index, one was never issued
        assert len(left(light, "notices")) < len(left(whole, "notices"))


SENT = notice(FILED[1], 1)
STAYS: Mapping[str, tuple[Sequence[Row], Sequence[JournalLine]]] = {
    "a case of the Register": ([notice(LIVE[0], 1)], ()),
    "a case of the Register that was filed, too": ([notice(FILED[-1], 1)], ()),
    "a filed case that Index does not have": ([notice(FILED[0], 1)], ()),
    "no case": ([notice("", 1, kind="digest_office", slot="李敏")], ()),
    "a mail on its way": ([notice(FILED[1], 1, state="claimed")], ()),
    "a mail that may have gone": ([notice(FILED[1], 1, state="uncertain")], ()),
    "a state in words of the office's own": ([notice(FILED[1], 1, state="好了")], ()),
    "an address that refused another mail": ([SENT, notice(LIVE[0], 2, state="failed", to="FANG@s.example", error="550")], ()),
    "what the journal knows": ([SENT], [{"mail_id": SENT["mail_id"], "key": SENT["key"], "to": SENT["to"], "case_no": FILED[1], "state": "sent"}]),  # type: ignore[list-item]
}  # fmt: skip
ALL_OF_THE_ADDRESS = ("an address that refused another mail", "a state in words of the office's own")


@pytest.mark.parametrize("what", sorted(STAYS))
def test_what_may_matter_stays(what: str) -> None:
    rows, journal = STAYS[what]
    rows = [*rows, notice(FILED[3], 50), notice(FILED[3], 51)]  # the last row of a tab always stays
    whole, light = both(office(rows), journal)
    assert outcome(light) == outcome(whole)
    assert len(left(light, "notices")) == len(rows) - (what not in ALL_OF_THE_ADDRESS)


def test_the_rows_that_stay_are_where_they_were() -> None:
    rows = [notice(FILED[1], 1), notice(LIVE[0], 2), notice(FILED[2], 3), notice(LIVE[1], 4)]
    _, light = both(office(rows))
    table = parse(light).tables["notices"]
    assert dict(zip(table.rows.tolist(), table["case_no"].tolist(), strict=True)) == {3: LIVE[0], 5: LIVE[1]}


@pytest.mark.parametrize("seed", range(tries(2)))
def test_whatever_stands_in_notices_the_run_is_the_same(seed: int) -> None:
    chance = Random(seed)
    rows = [
        notice(
            chance.choice([*FILED, *LIVE, "", "LV-77777", " LV-00002 "]),
            at,
            state=chance.choice([state.key for state in NoticeState] + ["", "?"]),
            kind=chance.choice([kind.key for kind in NoticeKind]),
            to=chance.choice(["fang@s.example", "a@s.example", "B@s.example", ""]),
            slot=chance.choice(["handler", "李敏", "leader"]),
        )
        for at in range(120)
    ]
    data = office(rows)
    whole, light = both(saved_by_another(data) if seed % 2 else data)
    assert outcome(light) == outcome(whole)


@cache
def _notices() -> tuple[bytes, str]:
    package = Package(office([notice(FILED[1], at) for at in range(1, 4)]), "l.xlsx")
    return package.part(package.sheets["通知"]), "通知"


ODD: Mapping[str, Callable[[bytes], bytes]] = {
    "a formula": lambda xml: xml.replace(b'<c r="A3"', b'<c r="A3" t="str"><f>1</f><v>LV-00002</v></c><c r="ZZ3"', 1),
    "cells without their places": lambda xml: xml.replace(b'<c r="B3" ', b"<c ", 1),
    "rows without their numbers": lambda xml: xml.replace(b'<row r="3"', b"<row", 1),
    "no row": lambda xml: xml[: xml.index(b"<row")] + xml[xml.index(b"</sheetData>") :],
}


@pytest.mark.parametrize("odd", sorted(ODD))
def test_of_cells_that_are_written_otherwise_nothing_is_taken_for_sure(odd: str) -> None:
    xml, _ = _notices()
    rows = RowTexts(ODD[odd](xml), ())
    assert not rows.is_plain or rows.texts(1)[2] is None


def test_shared_texts_are_known_by_their_numbers_or_not_at_all() -> None:
    assert shared_texts(b"<sst><si><t>a</t></si><si><r><t>b</t></r></si><si><t>c</t></si></sst>") == [b"a", None, b"c"]
    assert shared_texts(b"<sst><si><t>a</t></si><si/><si><t>c</t></si></sst>") == []
