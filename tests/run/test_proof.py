"""The proof for one case: who is kept from it, what of theirs is compared, until when, and what would be a difference."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from automation.ledger.errors import LedgerError
from automation.ledger.workbook import Snapshot
from automation.run.job import JOBS, Request
from automation.run.kept_out import KeptOut
from automation.run.previews import previewed
from automation.run.proof import Compared, Proof, Question, proved
from automation.run.reached import MAIL, Item
from sheet_schema import SETTING, TAB
from tests.support.ledger_in_memory import NOW, PEOPLE, Rows, line, preset_rows, snapshot
from tests.support.small_office import HANDLED, LADDER, RULE

HEADS: Rows = tuple(
    {**row, "head": "王强", "email": "office@school.example"} if at == 0 else row
    for at, row in enumerate(preset_rows("departments", "zh"))
)
ALLEGATION = {"kind": "检举控告", "about": "赵刚", "summary": "收受礼品"}


def book(*register: dict[str, object], people: Rows = PEOPLE, **settings: str) -> Snapshot:
    index = [{"case_no": row["case_no"], "issued_on": "2026-03-01", "first_seen": "2026-03-02"} for row in register]
    given = {"blank_rows": "2", "sending": "正式发送", **settings}
    rows = [{"name": SETTING[key].label("zh"), "value": value} for key, value in given.items()]
    tabs: dict[str, Rows] = {"deadlines": [RULE], "escalation": [LADDER], "departments": HEADS, "settings": rows}
    return snapshot(register=register, index=index, people=people, **tabs)


def proof_of(ledger: Snapshot, number: str = "LV-00001", now: datetime = NOW) -> Proof:
    request = Request(JOBS["run"], now, now, outbox=Path("outbox"))
    return proved(Question(number, None, ledger, request))  # type: ignore[arg-type]  (only answers need the workbook)


@pytest.mark.parametrize(
    ("case", "kept_out"),
    [
        pytest.param({"about": "王芳"}, {"王芳"}, id="the-person"),
        pytest.param({"about": "王老师"}, {"王芳", "王强"}, id="whoever-it-may-be"),
        pytest.param(ALLEGATION, {"赵刚"}, id="a-leader"),
        pytest.param({"about": "无"}, set(), id="nobody"),
    ],
)
def test_who_is_kept_from_a_case_gets_the_same_without_it(case: dict[str, object], kept_out: set[str]) -> None:
    others = [line("LV-00002", important=True), line("LV-00003", petitioner="李华", about="赵刚")]
    proof = proof_of(book(line("LV-00001", **case), *others))
    assert ({one.reader.name for one in proof.compared}, proof.equal) == (kept_out, True)


def test_all_that_reaches_them_until_the_last_mail_is_compared() -> None:
    """The leader gets alerts, late steps and digests of the other case, and none of these tells of the first."""
    people: Rows = tuple({**one, "digest": "每日"} if one["name"] == "赵刚" else one for one in PEOPLE)
    proof = proof_of(
        book(line("LV-00001", **HANDLED | ALLEGATION), line("LV-00002", **HANDLED, important=True), people=people)
    )
    (one,) = proof.compared
    assert proof.equal
    assert one.counts == {"mail": 2, "digest": 11, "figures": 3}
    assert proof.last == datetime(
        2026, 3, 31, 7
    )  # eight days after Monday 23 March, when the office is told that it is late


def test_an_alert_that_reaches_somebody_by_rule_is_not_compared() -> None:
    """About is blank, and the leader is mentioned: an alert with nothing but the number goes to them all the same."""
    case = line("LV-00001", **HANDLED, important=True, received_on="2026-03-18", summary="请赵刚处理", about="")
    proof = proof_of(book(case, line("LV-00002", **HANDLED)))
    assert [(one.reader.name, one.reader.alerted) for one in proof.compared] == [("赵刚", True)]
    assert proof.equal


def test_an_alert_by_rule_is_not_compared_at_a_mailbox_that_its_reader_opens_either() -> None:
    """The row is being typed. The alert goes to whoever is on duty, at the address of the department that they open."""
    case = line("LV-00001", kind="", important=True, received_on="2026-03-18")
    on_duty = {**PEOPLE[2], "role": "值班", "email": "box@school.example"}
    departments = [{"name": "教务处", "email": "box@school.example", "read_by": "李敏"}]
    ledger = snapshot(register=[case], index=[{"case_no": "LV-00001", "issued_on": "2026-03-18"}], people=[on_duty],
                      departments=departments, settings=[{"name": SETTING["sending"].label("zh"), "value": "正式发送"}])  # fmt: skip
    proof = proof_of(ledger)
    assert [(one.reader.name, one.reader.alerted) for one in proof.compared] == [("李敏", True), ("教务处", True)]
    assert proof.equal


def test_an_address_is_compared_while_nobody_who_may_know_reads_it_too() -> None:
    """The row has no kind yet, so only the office may know today; later the outside person may, at the mailbox's address."""
    case = line("LV-00001", kind="", restricted="是", about="某老师", received_on="2026-02-20")
    index = [{"case_no": "LV-00001", "issued_on": "2026-03-18"}]
    people = [{"name": "周立", "role": "校外人员", "email": "box@school.example"}, PEOPLE[2]]
    tabs: dict[str, Rows] = {
        "departments": [{"name": "教务处", "email": "box@school.example"}],
        "escalation": [{**LADDER, "to": "校外人员"}],
        "deadlines": [RULE],
        "people": people,
        "settings": [
            {"name": SETTING["sending"].label("zh"), "value": "正式发送"},
            {"name": SETTING["go_live_on"].label("zh"), "value": "2026-01-01"},
        ],
    }
    proof = proof_of(snapshot(register=[case], index=index, **tabs))
    assert {one.reader.name for one in proof.compared} == {"周立", "教务处"}
    assert [one.differences for one in proof.compared] == [[], []]


def test_the_figures_of_a_filed_case_are_compared_too() -> None:
    filed = line(
        "LV-00001", **HANDLED | ALLEGATION, seal_no=1, seal="s", filed_on="2026-03-10", replied_on="2026-03-05"
    )
    index = [{"case_no": "LV-00001", "issued_on": "2026-03-01", "first_seen": "2026-03-02", "filed_on": "2026-03-10"}]
    ledger = snapshot(register=[line("LV-00002")], filing=[filed], index=index)
    proof = proof_of(ledger)
    assert [(one.reader.name, one.counts["figures"], one.differences) for one in proof.compared] == [("赵刚", 3, [])]


def test_a_number_that_is_nowhere_is_refused_in_words() -> None:
    with pytest.raises(LedgerError) as refused:
        proof_of(book(line()), "LV-00009")
    assert refused.value.say("en") == "There is no case LV-00009 in the Register."


def item(text: str, at: datetime = NOW) -> Item:
    return Item(at, MAIL, "reminder", "R", text.encode())


@pytest.mark.parametrize(
    ("with_case", "without", "differences"),
    [
        pytest.param(["a"], ["a"], 0, id="equal"),
        pytest.param(["a"], ["b"], 1, id="one-byte"),
        pytest.param(["a"], [], 1, id="only-with"),
        pytest.param([], ["a"], 1, id="only-without"),
        pytest.param(["a", "b"], ["b", "a"], 2, id="another-order"),
    ],
)
def test_whatever_is_not_alike_in_both_worlds_is_a_difference(
    with_case: list[str], without: list[str], differences: int
) -> None:
    compared = Compared(KeptOut("Y", frozenset()))
    compared.compare([item(text) for text in with_case], [item(text) for text in without])
    assert len(compared.differences) == differences


def test_a_ledger_that_stops_is_neither_proved_nor_previewed() -> None:
    """Nothing would be sent, so every comparison would be equal."""
    whole = book(line("LV-00001", about="王芳"))
    stopped = Snapshot({title: grid for title, grid in whole.grids.items() if title != TAB["duty"].label("zh")}, "v")
    for ask in (proof_of, lambda ledger: previewed(ledger, Request(JOBS["run"], NOW, NOW, outbox=Path("outbox")))):
        with pytest.raises(LedgerError) as refused:
            ask(stopped)
        assert "缺少“值班”表，而本台账已在使用。" in refused.value.say("zh")
