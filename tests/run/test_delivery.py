"""Handing over the mails that Notices claims: what each row says afterwards, when that is kept, and what is withdrawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from automation.ledger.errors import LedgerError
from automation.ledger.model import Ledger
from automation.ledger.notices_journal import read_ledger
from automation.ledger.workbook import NOTHING_NOTED, JournalLine, Notes, Undone
from automation.mail.mail import Mail
from automation.mail.transport.folder import FolderMailer
from automation.mail.transport.mailer import Handed, Mailer
from automation.mail.transport.server import ServerMailer
from automation.run.confirmations import Confirmations, confirmations, first_marked, in_order, keep_as_claimed
from automation.run.delivery import Delivery, deliver, fold_in, speaks_of, withdrawn
from automation.text.catalogue import msg
from automation.text.templates import Rendered
from sheet_schema import SETTING
from sheet_schema.vocabulary import NoticeState
from tests.support.ledger_in_memory import Rows, ledger
from tests.support.mail_server import Post, mail_server
from tests.support.new_ledger import settle_new
from tests.support.small_office import CLOCK, column
from tests.support.workbook_homes import book_at

NOW = datetime(2026, 3, 18, 9, 0, 30)
ENDED = LedgerError(msg("Working"))


def row(mail_id: str, state: str = "claimed", **cells: object) -> dict[str, object]:
    """A row of Notices about a mail of this run."""
    return {
        "key": f"k {mail_id} {cells.get('case_no', '')}", "mail_id": mail_id, "kind": "reminder", "state": state,
        "to": f"{mail_id}@s.example", "run": "r1", "claimed_at": "2026-03-18 09:00:30", **cells,
    }  # fmt: skip


def mail(mail_id: str, kind: str = "reminder", cases: Sequence[str] = (), subject: str = "s", text: str = "t") -> Mail:
    rendered = Rendered(subject, text, "<p>t</p>")
    return Mail(
        mail_id, kind, f"{mail_id}@s.example", "Ann", rendered, "office@s.example", "Office", CLOCK, cases=tuple(cases)
    )


@dataclass
class Listened:
    """A real workbook, and what was kept safe in it: where, which mails in which state, and how many notes were to come.

    With `journal_apart` False it is written to as a Google Sheet is.
    """

    workbook: Any
    journal_apart: bool = True
    heard: list[tuple[object, ...]] = field(default_factory=list)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.workbook, name)

    def note(self, notes: Notes) -> None:
        self.heard.append(("note", _said(notes.lines), notes.to_come))
        self.workbook.note(notes)

    def note_beside(self, lines: Sequence[JournalLine]) -> None:
        self.heard.append(("beside", _said(lines)))
        self.workbook.note_beside(lines)


def _said(lines: Sequence[JournalLine]) -> str:
    return " ".join(f"{line['mail_id']}={line['state']}" for line in lines)


@contextmanager
def opened(folder: Path, rows: Rows, *, journal_apart: bool = True) -> Iterator[tuple[Path, Listened, Ledger]]:
    """A workbook with these rows of Notices, locked, and the ledger in it."""
    path = settle_new(
        folder / "ledger.xlsx", {"notices": rows, "runs": [{"run": "r1", "at": "2026-03-18 09:00:30", "message": "m"}]}
    )
    workbook = Listened(book_at(path, CLOCK), journal_apart)
    with workbook.lock():
        yield path, workbook, read_ledger(workbook.read())[1]


def kept(path: Path) -> Ledger:
    """The ledger as a later run reads it."""
    return read_ledger(book_at(path, CLOCK).read())[1]


def became(after: Ledger) -> list[tuple[object, ...]]:
    """State, hand-overs, time to try again, time it was done and error of each row of Notices."""
    table = after.tables["notices"]
    return [
        (state, attempts, *("" if np.isnat(when) else str(when)[11:] for when in (again, done)), error)
        for state, attempts, again, done, error in zip(
            *(table[key] for key in ("state", "attempts", "retry_at", "done_at", "error")), strict=True
        )
    ]


def delivering(workbook: Listened, mailer: Mailer, **more: Any) -> Delivery:
    return Delivery(workbook, mailer, **more)  # type: ignore[arg-type]


BATCH = [f"m{at:02}" for at in range(23)]


def test_mails_are_confirmed_ten_at_a_time_and_progress_is_told(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    rows = [
        row("other"),
        *(row(name) for name in BATCH),
        row("m00", case_no="LV-00002"),
        row("m01", "sent", case_no="LV-00003"),
    ]
    with opened(tmp_path, rows) as (path, workbook, read):
        listening = delivering(workbook, FolderMailer(tmp_path / "out", "en"), tell=lambda *said: told.append(said))  # type: ignore[arg-type]
        outcome = deliver(listening, [mail(name) for name in BATCH], read, NOW, to_come=11)
    written = Handed(NoticeState.WRITTEN)
    assert (outcome, told) == (dict.fromkeys(BATCH, written), [("sending", at, 23) for at in range(1, 24)])
    first, second, third = ([f"{name}=written" for name in BATCH[at : at + 10]] for at in (0, 10, 20))
    assert workbook.heard == [
        ("note", " ".join([*first, "m00=written"]), 4),
        ("note", " ".join(second), 3),
        ("note", " ".join(third), 2),
    ]
    done = ("written", 1.0, "", "09:00:30", "")
    after = became(kept(path))
    assert after[1:24] == [done] * 23
    assert (after[0][0], after[24], after[25][0], after[25][3]) == ("claimed", done, "sent", "")


FAULTS = {
    "taken": ("sent", 1.0, "", "09:00:30", ""),
    "again": ("retry", 1.0, "09:15:30", "", "450 busy"),
    "never": ("failed", 1.0, "", "09:00:30", "550 nobody"),
    "doubt": ("handing_over", 0.0, "", "", "SMTPServerDisconnected: Connection unexpectedly closed"),
}


def test_what_a_server_says_of_each_mail_is_kept_before_the_next_begins(tmp_path: Path) -> None:
    with opened(tmp_path, [row(name, error="old", attempts=0) for name in FAULTS]) as (path, workbook, read):
        with mail_server(tmp_path) as (post, server):
            _at_fault(post)
            mailer = ServerMailer(server)
            mailer.open()
            outcome = deliver(delivering(workbook, mailer), [mail(name) for name in FAULTS], read, NOW)
            mailer.close()
        after = became(kept(path))
    assert after == list(FAULTS.values())
    assert [handed.state.key for handed in outcome.values()] == [state for state, *_ in FAULTS.values()]
    assert workbook.heard == [
        ("beside", "taken=handing_over"),
        ("beside", "taken=sent"),  # at once, so that a run killed here leaves no doubt of it
        ("beside", "again=retry never=failed doubt=handing_over"),
        ("beside", "doubt=handing_over"),
    ]


def test_where_there_is_no_journal_the_next_ten_are_marked_in_one_write(tmp_path: Path) -> None:
    names = [f"m{at:02}" for at in range(12)]
    rows = [row(name, "handing_over" if name == "m00" else "claimed") for name in names]
    with opened(tmp_path, rows, journal_apart=False) as (_, workbook, read), mail_server(tmp_path) as (post, server):
        post.on_rcpt = {"m03@s.example": "450 busy"}
        mailer = ServerMailer(server)
        mailer.open()
        ends = iter([None] * 11 + [ENDED])
        listening = delivering(workbook, mailer, time_is_up=lambda: next(ends))
        outcome = deliver(listening, [mail(name) for name in names], read, NOW)
        mailer.close()
    became_of = ["sent", "sent", "sent", "retry", *["sent"] * 7, "claimed"]
    assert [handed.state.key for handed in outcome.values()] == became_of
    assert outcome["m11"].error == "处理中"
    marks, batch, marked = names[1:10], names[:10], "=handing_over"
    assert workbook.heard[:3] == [
        ("beside", " ".join(f"{name}=claimed" for name in marks)),
        ("note", " ".join(f"{name}{marked}" for name in marks), 2),
        ("beside", "m00=handing_over"),
    ]
    ended = dict(zip(names, became_of, strict=True))
    tail = [one for one in workbook.heard if one[0] == "note"]
    assert tail[1:] == [
        ("note", " ".join([*(f"{name}={ended[name]}" for name in batch), "m10=handing_over m11=handing_over"]), 1),
        ("note", "m10=sent m11=claimed", 0),
    ]


@pytest.mark.parametrize(
    ("attempts", "state", "again"),
    [
        ("", "retry", "09:15:30"), (0, "retry", "09:15:30"), (1, "retry", "09:30:30"), (2, "retry", "10:00:30"),
        (3, "retry", "11:00:30"), (4, "retry", "13:00:30"), (5, "retry", "13:00:30"), (8, "retry", "13:00:30"),
        (9, "failed", ""), (10, "failed", ""),
    ],
)  # fmt: skip
def test_a_mail_put_off_is_tried_again_less_and_less_often_for_about_a_day(
    tmp_path: Path, attempts: object, state: str, again: str
) -> None:
    put_off = Handed(NoticeState.RETRY, "450 busy")
    with opened(tmp_path, [row("m", attempts=attempts)]) as (path, workbook, read):
        confirming = Confirmations(workbook, read, NOW)  # type: ignore[arg-type]
        confirming.became(mail("m"), put_off)
        confirming.end([], 0)
    assert became(kept(path)) == [(state, float(attempts or 0) + 1, again, "" if again else "09:00:30", "450 busy")]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("handed", "row_after"),
    [
        (Handed(NoticeState.RETRY, "cut off", answered=False), ("retry", 2.0, "09:30:30", "", "cut off")),
        (Handed(NoticeState.FAILED, "550"), ("failed", 3.0, "", "09:00:30", "550")),
        (Handed(NoticeState.SENT), ("sent", 3.0, "", "09:00:30", "")),
        (Handed(NoticeState.CLAIMED), ("claimed", 2.0, "", "", "")),
        (Handed(NoticeState.HANDING_OVER, "cut off", answered=False), ("handing_over", 2.0, "", "", "cut off")),
    ],
)
def test_only_what_a_server_answered_is_an_attempt(
    tmp_path: Path, handed: Handed, row_after: tuple[object, ...]
) -> None:
    rows = [row("m", attempts=2, retry_at="2026-03-18 08:00:00", error="old"), row("m", attempts=1, case_no="LV-00002")]
    with opened(tmp_path, rows) as (path, workbook, read):
        confirming = Confirmations(workbook, read, NOW)  # type: ignore[arg-type]
        confirming.became(mail("m"), handed)
        confirming.end([], 0)
    assert became(kept(path)) == [row_after] * 2


def test_when_the_time_is_up_what_is_left_stays_claimed_and_says_why(tmp_path: Path) -> None:
    names = ["a", "b", "c"]
    ends = iter([None, ENDED])
    with opened(tmp_path, [row(name) for name in names]) as (path, workbook, read):
        listening = delivering(workbook, FolderMailer(tmp_path / "out", "zh"), time_is_up=lambda: next(ends))
        outcome = deliver(listening, [mail(name) for name in names], read, NOW)
    left = Handed(NoticeState.CLAIMED, "处理中")
    assert outcome == {"a": Handed(NoticeState.WRITTEN), "b": left, "c": left}
    assert [state for state, *_ in became(kept(path))] == ["written", "claimed", "claimed"]
    assert workbook.heard == [("note", "a=written", 0)]


def test_delivery_has_ended_when_the_mailer_or_the_time_has() -> None:
    mailer, other = FolderMailer(Path(), "zh"), LedgerError(msg("No server."))
    assert Delivery(None, mailer).ended is None  # type: ignore[arg-type]
    assert Delivery(None, mailer, time_is_up=lambda: ENDED).ended is ENDED  # type: ignore[arg-type]
    mailer.ended = other
    assert Delivery(None, mailer, time_is_up=lambda: ENDED).ended is other  # type: ignore[arg-type]


def in_memory(*rows: dict[str, object], **settings: str) -> Ledger:
    typed = [{"name": SETTING[key].label("en"), "value": value} for key, value in settings.items()]
    return ledger("en", notices=rows, settings=typed, runs=[{"run": "r1"}])


def test_answers_go_last_and_the_first_ten_of_the_others_are_marked_with_the_claim() -> None:
    mails = [mail("answer", "answer"), *(mail(name) for name in BATCH[:12]), mail("late", "alert")]
    assert [one.id for one in in_order(mails)] == [*BATCH[:12], "late", "answer"]
    rows = [row("answer", kind="answer"), *(row(name) for name in BATCH[:12]), row("m01", "retry"), row("gone")]
    table = in_memory(*rows).tables["notices"]
    marked = first_marked(table, mails)["state"].tolist()
    assert marked == ["claimed", *["handing_over"] * 10, "claimed", "claimed", "retry", "claimed"]
    only_answers = first_marked(table, mails[:1])["state"].tolist()
    assert only_answers == ["handing_over", *["claimed"] * 12, "retry", "claimed"]


def test_what_the_claim_marks_is_kept_as_claimed_until_it_begins(tmp_path: Path) -> None:
    rows = [
        row("a", "handing_over", attempts=1),
        row("b", "handing_over"),
        row("a", "handing_over", case_no="2"),
        row("c"),
    ]
    rows.append(row("other", "handing_over"))
    with opened(tmp_path, rows) as (_, workbook, read):
        keep_as_claimed(workbook, read.tables["notices"], [mail("c"), mail("b"), mail("a")])  # type: ignore[arg-type]
    assert workbook.heard == [("beside", "b=claimed a=claimed")]


@pytest.mark.parametrize(("mails", "count"), [(-3, 0), (0, 0), (1, 1), (10, 1), (11, 2), (20, 2), (21, 3)])
def test_the_number_of_confirmations(mails: int, count: int) -> None:
    assert confirmations(mails) == count


def test_the_cases_of_which_a_mail_speaks() -> None:
    read = in_memory(number_prefix="LV-")
    spoken = mail("a", cases=["LV-00009"], subject="About lv-00001", text="xLV-00002, LV-3\nLV- 4 LV00005")
    assert speaks_of(spoken, read) == {"LV-00009", "LV-00001", "LV-00002", "LV-3"}
    assert speaks_of(mail("a", "answer", ["LV-00009"]), read) == {"LV-00009", "please_do"}
    assert speaks_of(mail("a", subject="CASE-1 LV-00001"), in_memory(number_prefix="Case-")) == {"CASE-1"}


def test_mails_of_cases_that_were_undone_are_withdrawn() -> None:
    rows = [
        row("stays"),
        row("goes", "handing_over"),
        row("goes", "claimed", case_no="LV-00002"),
        row("goes", "sent", case_no="LV-00003"),
        row("asked", kind="answer", claimed_at="2026-03-18 09:00:29"),
        row("new", kind="answer"),
        row("goes too", claimed_at="2026-03-18 08:00:00"),
    ]
    read = in_memory(*rows)
    mails = [
        mail("stays", cases=["LV-00001"]), mail("goes", cases=["LV-00002"]), mail("asked", "answer"), mail("new", "answer"),
        mail("goes too", text="LV-00002"),
    ]  # fmt: skip
    left, after, notes = withdrawn(
        mails, read, Undone(frozenset(["LV-00002", "please_do"])), NOW.replace(microsecond=5)
    )
    states = ["claimed", "void", "void", "sent", "retry", "void", "void"]
    assert ([one.id for one in left], after.tables["notices"]["state"].tolist()) == (["stays"], states)
    assert (_said(notes.lines), notes.to_come) == ("goes=void goes=void asked=retry new=void goes too=void", 1)
    assert read.tables["notices"]["state"].tolist()[1] == "handing_over"


def test_nothing_is_withdrawn_where_nothing_was_undone_and_all_where_the_claims_are_in_doubt() -> None:
    read, mails = in_memory(row("a"), row("b")), [mail("a", cases=["LV-00001"]), mail("b")]
    for undone in (Undone(), Undone(frozenset(["LV-00002"]))):
        assert withdrawn(mails, read, undone, NOW) == (tuple(mails), read, NOTHING_NOTED)
    left, after, notes = withdrawn(mails, read, Undone(claims=True), NOW)
    assert (left, after.tables["notices"]["state"].tolist(), notes) == ((), ["void", "void"], NOTHING_NOTED)


def test_the_journal_is_folded_into_the_workbook_with_the_reason_why_sending_ended(tmp_path: Path) -> None:
    with opened(tmp_path, [row("a"), row("b")]) as (path, workbook, read):
        fold_in(workbook)  # type: ignore[arg-type]
        untouched = path.read_bytes()
        deliver(delivering(workbook, FolderMailer(tmp_path / "out", "zh")), [mail("a")], read, NOW)
        assert path.read_bytes() == untouched
        held = path.with_name(f"~${path.name}")
        held.write_bytes(b"\x04Anna")  # as Excel marks a workbook that is open
        fold_in(workbook, "r1", ENDED)  # type: ignore[arg-type]
        assert path.read_bytes() == untouched
        held.unlink()
        fold_in(workbook, "r1", ENDED)  # type: ignore[arg-type]
    assert column(path, "notices", "mail_id", "state") == [("a", "written"), ("b", "claimed")]
    assert column(path, "runs", "run", "message") == [("r1", "m 处理中")]


def _at_fault(post: Post) -> None:
    post.on_rcpt = {"again@s.example": "450 busy", "never@s.example": "550 nobody"}
    post.after_data = {"doubt@s.example"}
