"""Joined cases (并案): what counts for one from the other, which numbers people mean, and who may not know (docs/design.md#p21.1)."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from automation.cases.confidentiality import judge
from automation.cases.involved import parts_of
from automation.cases.joined_facts import facts_in
from automation.cases.joining import joins_of
from automation.ledger.parsing import parse
from automation.ledger.workbook import Snapshot
from automation.mail.transport.mailer import MailServer
from automation.reports.case.explain import explain, explained
from automation.run.job import JOBS, Request, Result
from automation.run.plan import plan
from automation.run.two_worlds import after_run
from sheet_schema import SETTING
from tests.run.test_proof import ALLEGATION, HEADS, book, proof_of
from tests.support.ledger_in_memory import NOW, PEOPLE, line, snapshot
from tests.support.small_office import HANDLED

REPLIED = {**HANDLED, "outcome": "支持", "replied_on": "2026-03-16"}
OTHER = {"petitioner": "李华", "contact": "13900000002", "received_on": "2026-03-05"}


def run(ledger: Snapshot, now: datetime = NOW) -> Result:
    return plan(
        ledger, Request(JOBS["run"], now, now, outbox=Path("outbox"), dry_run=True, server=MailServer("", 0, "", ""))
    )


def row(result: Result, number: str, *keys: str) -> tuple[object, ...]:
    register = result.after.register
    at = register["case_no"].tolist().index(number)
    return tuple(str(register[key][at]) for key in keys)


def facts(result: Result, number: str) -> dict[str, str]:
    return dict(facts_in(str(row(result, number, "joined_facts")[0])).counts)


# (the cells of the leading case, those of the joined one, its status, what of "counts" is meant)
@pytest.mark.parametrize(
    ("leading", "joined", "status", "counts"),
    [
        pytest.param(HANDLED, {}, "in_hand", {"decision": "accept", "decided_on": "2026-03-05"}, id="decided-before-it-came-counts-from-then"),
        pytest.param({**HANDLED, "decided_on": "2026-03-09"}, {}, "in_hand", {"decision": "accept", "decided_on": "2026-03-09"}, id="decided"),
        pytest.param(REPLIED, {}, "closed", {"outcome": "supported", "replied_on": "2026-03-16"}, id="answered"),
        pytest.param(REPLIED, {"received_on": "2026-03-17"}, "in_hand", {"outcome": "supported", "replied_on": None}, id="answered-before-it-came"),
        pytest.param(REPLIED, {"replied_on": "2026-03-18"}, "closed", {"outcome": "supported", "replied_on": None}, id="answered-on-another-day"),
        pytest.param(REPLIED, {"outcome": "不支持"}, "closed", {"outcome": None, "replied_on": "2026-03-16"}, id="another-outcome"),
        pytest.param(REPLIED, {"department": "总务处"}, "closed", {"department": None, "handler": None}, id="another-department"),
        pytest.param({**HANDLED, "decision": "不予受理", "reason": "不属本校"}, {}, "in_hand", {"decision": "decline", "reason": "LV-00001"}, id="declined-but-not-told-yet"),
        pytest.param({**HANDLED, "decision": "不予受理", "reason": "不属本校"}, {"notified_on": "2026-03-10"}, "closed", {"decision": "decline"}, id="declined-and-told"),
        pytest.param(REPLIED, {"decision": "不予受理", "reason": "重复", "notified_on": "2026-03-10"}, "closed", {"decision": None, "decided_on": None, "reason": None}, id="a-decision-of-its-own"),
        pytest.param({**HANDLED, "decision": "作废", "reason": "误登"}, {}, "in_hand", {"decision": None, "department": None}, id="a-void-case-ends-no-other"),
    ],
)  # fmt: skip
def test_what_counts(
    leading: dict[str, object], joined: dict[str, object], status: str, counts: dict[str, str | None]
) -> None:
    result = run(book(line("LV-00001", **leading), line("LV-00002", **{**OTHER, "joined": "LV-00001", **joined})))
    found = facts(result, "LV-00002")
    assert row(result, "LV-00002", "status") == (status,)
    assert {key: found.get(key) for key in counts} == counts
    written = {change.column for change in result.filled}
    assert written <= {"decided_on", "department", "handler"}  # which are filled in of a case by itself


@pytest.mark.parametrize(
    "typed",
    [
        "LV-00001",
        "1",
        1,
        "lv1",
        "LV-1",
        "lv00001",
        "并入LV-00001",
        "with LV-1",
        "ＬＶ－００００１",
        "与LV-00001并案",
        "LV - 1",
    ],
)
def test_a_number_is_read_as_people_write_it(typed: object) -> None:
    joins = joins_of(parse(book(line("LV-00001"), line("LV-00002", joined=typed))))
    assert (dict(joins.leading), dict(joins.trouble)) == ({1: "LV-00001"}, {})


@pytest.mark.parametrize(
    ("first", "second", "codes"),
    [
        ("", "2", ["", "joined_with_itself"]),
        ("", "99", ["", "joined_with_unknown"]),
        ("", "上一件", ["", "joined_with_unknown"]),
        ("", "LV-1、LV-3", ["", "joined_with_several"]),
        ("2", "1", ["joined_in_a_circle", "joined_in_a_circle"]),
        ("", "无", ["", ""]),
        ("", "4", ["", "joined_with_void"]),
    ],
)
def test_what_is_wrong_is_said_and_counts_nothing(first: str, second: str, codes: list[str]) -> None:
    rows = [
        line("LV-00001", **REPLIED, joined=first),
        line("LV-00002", **{**OTHER, "joined": second}),
        line("LV-00003"),
    ]
    result = run(book(*rows, line("LV-00004", decision="作废", reason="误登", decided_on="2026-03-03")))
    found = {one.case_no: one.code for one in result.problems if one.column == "joined"}
    assert [found.get(number, "") for number in ("LV-00001", "LV-00002")] == codes
    assert facts(result, "LV-00002") == {}


def test_a_chain_counts_from_its_end_and_circles_nowhere() -> None:
    chain = [
        line("LV-00001", **REPLIED),
        line("LV-00002", **{**OTHER, "joined": "1"}),
        line("LV-00003", **{**OTHER, "joined": "2"}),
    ]
    result = run(book(*chain))
    assert [row(result, number, "status") for number in ("LV-00002", "LV-00003")] == [("closed",), ("closed",)]
    assert facts_in(str(row(result, "LV-00001", "joined_facts")[0])).joined == ("LV-00002", "LV-00003")


# Each from its own day received; the rules are cn-school's own: Notify and Decide 15 days, Reply 60 from acceptance (both by
# calendar days that roll forward over days off). The leading case came on Monday 2 March and was accepted on the 9th.
RULES = (
    {
        "enabled": "是",
        "kind": "申诉求决",
        "step": "告知",
        "who": "信访办",
        "starts_from": "收到",
        "amount": 15,
        "unit": "日",
        "roll_forward": "是",
    },
    {
        "enabled": "是",
        "kind": "申诉求决",
        "step": "答复",
        "who": "经办人",
        "starts_from": "受理",
        "amount": 30,
        "unit": "日",
        "roll_forward": "是",
    },
)
HOLIDAYS = ({"date": "2026-04-04", "until": "2026-04-06", "kind": "放假", "name": "清明节"},)


@pytest.mark.parametrize(
    ("received", "accepted", "notify", "reply"),
    [
        # the same day as the leading case: 2 + 15 = 17 March; accepted 9 March + 30 = 8 April
        ("2026-03-02", "2026-03-09", "2026-03-17", "2026-04-08"),
        # later: 6 + 15 = Saturday 21 March, so Monday the 23rd; the decision of the 9th is its own, too
        ("2026-03-06", "2026-03-09", "2026-03-23", "2026-04-08"),
        # earlier than the leading case: Friday 27 February + 15 = 14 March, Saturday, so the 16th
        ("2026-02-27", "2026-03-09", "2026-03-16", "2026-04-08"),
        # accepted on the 5th: 30 days end on 4 April, a holiday until Monday the 6th, so Tuesday the 7th
        ("2026-03-02", "2026-03-05", "2026-03-17", "2026-04-07"),
        # it came after the decision, on the 12th: 12 + 15 = 27 March, accepted from the day it came + 30 = Saturday 11 April, so the 13th
        ("2026-03-12", "2026-03-09", "2026-03-27", "2026-04-13"),
    ],
)  # fmt: skip
def test_its_clocks_run_from_its_own_day(received: str, accepted: str, notify: str, reply: str) -> None:
    rows = [
        line("LV-00001", **{**HANDLED, "decided_on": accepted}),
        line("LV-00002", **{**OTHER, "received_on": received, "joined": "1"}),
    ]
    index = [{"case_no": one["case_no"], "issued_on": "2026-02-20", "first_seen": received} for one in rows]
    ledger = snapshot(register=rows, index=index, deadlines=RULES, calendar=HOLIDAYS, departments=HEADS, people=PEOPLE)
    case = explained(run(ledger), "LV-00002")
    assert {one["step"]: one["due_on"] for one in case["deadlines"]} == {"notify": notify, "reply": reply}  # type: ignore[attr-defined]


def test_emptying_the_cell_restores_what_was() -> None:
    rows = [line("LV-00001", **REPLIED), line("LV-00002", **OTHER)]
    alone, joined = run(book(*rows)), run(book(rows[0], {**rows[1], "joined": "1"}))
    grids = after_run(book(rows[0], {**rows[1], "joined": "1"}), joined)
    register = parse(grids).register
    cleared = [{key: register.read[key][at] for key in register.tab.keys} for at in range(2)]
    cleared[1]["joined"] = ""
    again = run(book(*cleared))
    keys = ("status", "department", "decision", "step", "due_on", "joined_facts")
    assert row(joined, "LV-00002", "status") == ("closed",)
    assert row(again, "LV-00002", *keys) == row(alone, "LV-00002", *keys)


@pytest.mark.parametrize("number", ["LV-00001", "LV-00002"])
def test_an_allegation_bars_in_both_and_nobody_can_tell(number: str) -> None:
    """The leading case is about nobody; what is joined with it accuses the leader."""
    ledger = book(
        line("LV-00001", **HANDLED),
        line("LV-00002", **{**OTHER, **ALLEGATION, "joined": "1"}),
        line("LV-00003", petitioner="吴"),
    )
    result = run(ledger)
    confidence = judge(result.after, NOW)
    at = result.after.register["case_no"].tolist().index(number)
    assert ([party.name for party in confidence.in_conflict[at]], bool(confidence.restricted[at])) == (["赵刚"], True)
    assert not any("LV-00002" in text for text in explain(result, "LV-00001"))
    if number == "LV-00001":
        proof = proof_of(ledger, number)
        assert ({one.reader.name for one in proof.compared}, proof.equal) == ({"赵刚"}, True)


def test_a_repeat_is_not_suggested_between_joined_cases() -> None:
    same = {"received_on": "2026-03-05"}
    assert "疑" in row(run(book(line("LV-00001"), line("LV-00002", **same))), "LV-00002", "flags")[0]  # type: ignore[operator]
    assert row(run(book(line("LV-00001"), line("LV-00002", **same, joined="1"))), "LV-00002", "flags") == ("",)


def test_explain_tells_it_both_ways_and_the_department_is_told() -> None:
    rows = (line("LV-00001", **HANDLED), line("LV-00002", **{**OTHER, "joined": "1"}))
    result = run(book(*rows, go_live_on="2026-03-01"))
    assert any("与LV-00001并案" in text for text in explain(result, "LV-00002"))
    assert any("LV-00002" in text for text in explain(result, "LV-00001"))
    assert row(result, "LV-00002", "department", "handler") == ("", "")  # nothing is filled in
    assert not any(
        "改派" in text for text in explain(result, "LV-00002")
    )  # it stays with who has it, without its own row saying so
    told = [mail.rendered.text for mail in result.mails if mail.kind == "assignment"]
    assert any("LV-00002" in text and "与LV-00001一并答复" in text for text in told)


def test_whoever_is_given_a_repeat_is_told_what_became_of_the_earlier_case() -> None:
    """Unless it is about somebody in that department, or restricted."""
    filed = {**line("LV-00001", **REPLIED, result="已减少作业"), "status": "办结", "filed_on": "2026-03-17"}

    def told(**cells: object) -> str:
        rows = [line("LV-00002", **{**OTHER, **HANDLED, "decision": "", "decided_on": "", "repeat_of": "lv-1"})]
        index = [
            {"case_no": number, "issued_on": "2026-03-01", "first_seen": "2026-03-02"}
            for number in ("LV-00001", "LV-00002")
        ]
        live = {"sending": "正式发送", "go_live_on": "2026-03-01"}
        settings = [{"name": SETTING[key].label("zh"), "value": value} for key, value in live.items()]
        ledger = snapshot(register=rows, filing=[filed | cells], index=index, departments=HEADS, settings=settings)
        return "".join(mail.rendered.text for mail in run(ledger).mails if mail.kind == "assignment")

    assert "重复LV-00001" in told()
    assert "已减少作业" in told()
    assert "LV-00001" not in told(about="王芳") + told(restricted="是")


def test_a_filed_case_leads_on_and_a_filed_row_says_by_itself_what_counted() -> None:
    """The leading case is filed first. What is joined with it stays answered, and is filed with its own seal and what it owed."""
    ledger = book(
        line("LV-00001", **{**REPLIED, "notified_on": "2026-03-04"}),
        line("LV-00002", **{**OTHER, "joined": "1", "review_on": "2026-04-01"}),
    )
    moments = [NOW + timedelta(days=days) for days in (0, 60)]
    for moment in moments:
        ledger = after_run(ledger, run(ledger, moment))
    whole = parse(ledger)
    assert whole.filing["case_no"].tolist() == ["LV-00001"]
    assert (
        row(run(ledger, moments[1]), "LV-00002", "status"),
        facts(run(ledger, moments[1]), "LV-00002")["replied_on"],
    ) == (("in_review",), "2026-03-16")
    register = whole.register
    at = register["case_no"].tolist().index("LV-00002")
    cells = {key: register.read[key][at] for key in register.tab.keys} | {"review_done_on": "2026-04-10"}
    grids = dict(ledger.grids)
    header, *_ = grids[register.title].rows
    grids[register.title] = type(grids[register.title])(
        register.title, (header, tuple(cells[key] for key in register.tab.keys))
    )
    done = run(Snapshot(grids, "v2"), moments[1] + timedelta(days=30))
    filed = done.after.filing
    assert filed["case_no"].tolist() == ["LV-00001", "LV-00002"]
    assert "reply=2026" in filed["owed"][1]
    assert filed["seal"][1] != ""
    assert not [one.code for one in done.problems if one.tab == "filing"]
    assert not np.isnat(filed["filed_on"]).any()


def test_what_counted_from_a_case_in_a_year_book_goes_on_counting_and_no_more() -> None:
    """Its row in the Register has what counted; the leading case's row is in another workbook."""
    counted = line("LV-00002", **{**OTHER, "joined": "1"})
    result = run(book(line("LV-00001", **REPLIED, about="赵刚"), counted))
    kept = {**counted, "joined_facts": row(result, "LV-00002", "joined_facts")[0]}
    index = [
        {"case_no": number, "issued_on": "2026-03-01", "first_seen": "2026-03-02"}
        for number in ("LV-00001", "LV-00002")
    ]
    index[0]["filed_on"] = "2026-03-17"
    parts = {"departments": HEADS, "people": PEOPLE, "index": index}
    again, anew = (run(snapshot(register=[one], **parts)) for one in (kept, counted))
    assert (row(again, "LV-00002", "status"), facts(again, "LV-00002")["replied_on"]) == (("replied",), "2026-03-16")
    assert [party.name for party in judge(again.after, NOW).in_conflict[0]] == ["赵刚"]
    assert facts(anew, "LV-00002") == {}
    emptied = run(snapshot(register=[{**kept, "joined": ""}], **parts))
    assert row(emptied, "LV-00002", "joined_facts") == ("",)


def test_whoever_leads_by_the_other_case_has_no_part_beside() -> None:
    leading = line("LV-00001", **HANDLED, department="教务处")
    joined = line("LV-00002", **OTHER, joined="1", involved="教务处；总务处")
    parts = parts_of(run(snapshot(register=[leading, joined], settings=())).after)
    assert [[part.name for part in parts[at]] for at in parts] == [["总务处"]]
