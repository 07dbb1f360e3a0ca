"""Whoever brought a case is mailed by a real server, answers into a real mailbox, and the word goes into Satisfaction once."""

from __future__ import annotations

from pathlib import Path

from automation.reports.case.explain import explain
from tests.support.ledger_in_memory import line
from tests.support.reply_office import FIRST, a_reply, reply_office
from tests.support.small_office import HANDLED, column, typed

CHEN = "chen@home.example"
CLOSED = {
    **HANDLED, "received_on": "2026-03-16", "decided_on": "2026-03-16", "outcome": "支持", "replied_on": "2026-03-18", "notified_on": "2026-03-17",
    "contact": CHEN,
}  # fmt: skip


def test_the_word_is_taken_over_once_and_only_while_the_cell_is_blank(tmp_path: Path) -> None:
    cases = [
        line("LV-00001", **CLOSED),
        line("LV-00002", **{**CLOSED, "contact": "wu@home.example", "petitioner": "吴"}),
    ]
    with reply_office(tmp_path, cases, petitioners_from="2026-03-16") as office:
        office.run(FIRST)
        told = explain(office.run("2026-03-19T09:35"), "LV-00001")
        assert any(f"发给{CHEN}" in text for text in told)
        asked = [to for to, _ in office.post.messages if to.endswith("home.example")]
        assert sorted(asked) == [CHEN, "wu@home.example"]  # once each, though there were two runs
        ours, theirs = office.sent_to(CHEN), office.sent_to("wu@home.example")
        office.inbox.put(
            a_reply(ours, "满意", CHEN).as_bytes(),
            a_reply(ours, "不满意", CHEN).as_bytes(),  # a second thought comes too late: a person reads it
            a_reply(ours, "满意", "mallory@home.example").as_bytes(),  # nobody to whom that mail went
            a_reply(theirs, "还行吧，就是慢了点", "wu@home.example").as_bytes(),
        )
        office.take_in("2026-03-19T09:40")
        states = office.answers("case_no", "state")
        assert sorted(states) == [("", "stranger"), *[("LV-00001", "petitioner")] * 2, ("LV-00002", "petitioner")]
        for row in range(2, 6):
            typed(office.path, "采用", True, "回复", row=row)
        office.run("2026-03-19T10:00")
        rated = column(office.path, "register", "satisfaction", "result")
        assert rated[:2] == [("good", ""), ("", "")]
        problems = " ".join(str(said) for (said,) in office.answers("problems"))
        assert ["LV-00001的“满意度”已经填写" in problems, "LV-00002的信访人来信" in problems] == [True, True]
        typed(office.path, "满意度", "")
        office.run("2026-03-19T10:10")  # the one that was taken over is not taken over again
        assert column(office.path, "register", "satisfaction")[0] != ("good",)
