"""What becomes of each mail that an earlier run left: row by row, and which mails go out again."""

from __future__ import annotations

from datetime import date, datetime

import numpy as np
import pytest

from automation.cases.recipients import Recipient
from automation.ledger.notices import Notice
from automation.ledger.table import Table
from automation.mail.mail import OutgoingMail
from automation.mail.recovery import recovered
from sheet_schema.vocabulary import NoticeKind
from tests.support.ledger_in_memory import ledger

NOW = datetime(2026, 3, 18, 9, 0)
ANN, BEN = Recipient("Ann", "ann@school.example"), Recipient("Ben", "ben@school.example")


def notice(case_no: str, kind: str = "reminder") -> Notice:
    return Notice(kind, case_no, 0, "reply", date(2026, 3, 20), -1, "handler", date(2026, 3, 17))


def mail(case_nos: str, kind: str = "reminder", reader: Recipient = ANN) -> OutgoingMail:
    """What today's jobs raise, under another id than the mails of earlier runs."""
    return OutgoingMail("today", kind, reader, tuple(notice(case_no, kind) for case_no in case_nos.split()))


def left(mail_id: str, case_no: str, state: str, **cells: object) -> dict[str, object]:
    """A row of Notices that an earlier run left, about a case, to Ann."""
    kind = str(cells.get("kind", "reminder"))
    return {
        "key": notice(case_no, kind).key, "mail_id": mail_id, "kind": kind, "state": state, "to": ANN.address,
        "run": "earlier", **cells,
    }  # fmt: skip


def notices_of(*rows: dict[str, object]) -> Table:
    return ledger("en", notices=rows).tables["notices"]


def settled(
    rows: list[dict[str, object]], *raised: OutgoingMail, kinds: tuple[NoticeKind, ...] = tuple(NoticeKind)
) -> tuple[list[tuple[object, ...]], list[tuple[str, str, str, str]]]:
    """State, hand-overs, doubts and run of each row; and of each mail that goes again its id, kind, reader and cases."""
    before = notices_of(*rows)
    table, again = recovered(before, raised, "now", NOW, kinds)
    numbers = (np.nan_to_num(table[key], nan=-1).astype(int).tolist() for key in ("attempts", "doubts"))
    mails = [(one.id, one.kind, one.reader.name, " ".join(each.case_no for each in one.notices)) for one in again]
    assert (before["state"].tolist(), before["run"].tolist()) == (
        [row["state"] for row in rows],
        ["earlier"] * len(rows),
    )
    return list(zip(table["state"].tolist(), *numbers, table["run"].tolist(), strict=True)), mails


@pytest.mark.parametrize(
    ("row", "becomes"),
    [
        # claimed, and never begun: it goes out however many runs died
        ({"state": "claimed"}, ("claimed", -1, -1, "now")),
        ({"state": "claimed", "attempts": 3, "doubts": 2}, ("claimed", 3, 2, "now")),
        # being handed over: in doubt once more, and after the second time for a person to look at
        ({"state": "handing_over"}, ("claimed", 1, 1, "now")),
        ({"state": "handing_over", "attempts": 4, "doubts": 0}, ("claimed", 5, 1, "now")),
        ({"state": "handing_over", "attempts": 1, "doubts": 1}, ("uncertain", 2, 2, "earlier")),
        ({"state": "handing_over", "attempts": 2, "doubts": 2}, ("uncertain", 3, 3, "earlier")),
        # an alert is sent again rather than lost, but not for ever
        ({"kind": "alert", "state": "handing_over", "attempts": 1, "doubts": 1}, ("claimed", 2, 2, "now")),
        ({"kind": "alert", "state": "handing_over", "attempts": 8, "doubts": 8}, ("claimed", 9, 9, "now")),
        ({"kind": "alert", "state": "handing_over", "attempts": 9, "doubts": 9}, ("uncertain", 10, 10, "earlier")),
        # put off by a server: when its time has come, to the second
        ({"state": "retry", "attempts": 1}, ("claimed", 1, -1, "now")),
        ({"state": "retry", "attempts": 1, "retry_at": "2026-03-18 09:00:00"}, ("claimed", 1, -1, "now")),
        ({"state": "retry", "attempts": 1, "retry_at": "2026-03-18 09:00:01"}, ("retry", 1, -1, "earlier")),
        ({"state": "claimed", "retry_at": "2026-03-18 09:00:01"}, ("claimed", -1, -1, "now")),
        # settled already
        *[
            ({"state": state, "attempts": 1}, (state, 1, -1, "earlier"))
            for state in ("sent", "written", "failed", "uncertain")
        ],
        *[({"state": state}, (state, -1, -1, "earlier")) for state in ("void", "superseded")],
    ],
    ids=lambda value: " ".join(map(str, value.values())) if isinstance(value, dict) else "",
)
def test_what_is_still_due_to_the_same_person(row: dict[str, object], becomes: tuple[object, ...]) -> None:
    given = left("m1", "LV-00001", **row)  # type: ignore[arg-type]
    kind = str(given["kind"])
    again = [("m1", kind, "Ann", "LV-00001")] if becomes[0] == "claimed" else []
    assert settled([given], mail("LV-00001", kind)) == ([becomes], again)


@pytest.mark.parametrize(
    ("row", "raised", "becomes"),
    [
        ({"state": "claimed"}, (), "void"),
        ({"state": "retry"}, (), "void"),
        ({"state": "claimed"}, (mail("LV-00001", reader=BEN),), "void"),  # due to somebody else: raised afresh
        ({"state": "claimed"}, (mail("LV-00002"),), "void"),
        # in doubt and due to nobody: it may have arrived, so nobody may read that it is void
        ({"state": "handing_over"}, (), "uncertain"),
        ({"state": "handing_over"}, (mail("LV-00001", reader=BEN),), "void"),
        ({"state": "handing_over", "kind": "alert"}, (), "void"),
    ],
)
def test_what_is_due_no_longer(row: dict[str, object], raised: tuple[OutgoingMail, ...], becomes: str) -> None:
    rows, again = settled([left("m1", "LV-00001", **row)], *raised)  # type: ignore[arg-type]
    assert ([state for state, *_ in rows], [run for *_, run in rows], again) == ([becomes], ["earlier"], [])


def test_a_mail_goes_again_as_a_whole_or_not_at_all_and_other_mails_do_not_matter() -> None:
    rows = [
        left("whole", "LV-00001", "claimed"),
        left("half", "LV-00003", "claimed"),
        left("whole", "LV-00002", "claimed"),
        left("half", "LV-00004", "claimed"),
        left("doubt", "LV-00005", "handing_over"),
        left("doubt", "LV-00006", "handing_over", doubts=1, attempts=1),
        left("whole", "LV-00007", "sent", attempts=1),  # of a mail with the same id: settled, and stays so
        left("doubt gone", "LV-00001", "handing_over"),
        left("doubt gone", "LV-00008", "handing_over"),
    ]
    states, again = settled(rows, mail("LV-00001 LV-00002 LV-00003"), mail("LV-00005 LV-00006", reader=ANN))
    assert [(state, run) for state, *_, run in states] == [
        ("claimed", "now"),
        ("void", "earlier"),
        ("claimed", "now"),
        ("void", "earlier"),
        ("uncertain", "earlier"),
        ("uncertain", "earlier"),
        ("sent", "earlier"),
        ("void", "earlier"),
        ("uncertain", "earlier"),
    ]
    assert again == [("whole", "reminder", "Ann", "LV-00001 LV-00002")]


def test_mails_go_again_in_the_order_of_their_rows_each_to_its_own_reader() -> None:
    rows = [
        left("b", "LV-00002", "claimed", to=BEN.address),
        left("a", "LV-00001", "retry"),
        left("c", "LV-00003", "claimed", kind="digest_office"),
    ]
    raised = (mail("LV-00001"), mail("LV-00002", reader=BEN), mail("LV-00003", "digest_office"))
    assert settled(rows, *raised)[1] == [
        ("b", "reminder", "Ben", "LV-00002"),
        ("a", "reminder", "Ann", "LV-00001"),
        ("c", "digest_office", "Ann", "LV-00003"),
    ]


def test_mails_of_other_kinds_stay_as_they_are() -> None:
    rows = [
        left("a", "LV-00001", "claimed"),
        left("b", "LV-00001", "handing_over", doubts=1, attempts=1),
        left("c", "LV-00001", "handing_over", kind="storm"),
    ]
    states, again = settled(rows, mail("LV-00001"), mail("LV-00001", "storm"), kinds=(NoticeKind.STORM,))
    assert states == [("claimed", -1, -1, "earlier"), ("handing_over", 1, 1, "earlier"), ("claimed", 1, 1, "now")]
    assert again == [("c", "storm", "Ann", "LV-00001")]
