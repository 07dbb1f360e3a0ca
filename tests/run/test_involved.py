"""A case of three departments in whole runs: told once, reminded of, late, answered, and closed, with real mails."""

from __future__ import annotations

from pathlib import Path

from tests.support.ledger_in_memory import line
from tests.support.mail_server import mail_server
from tests.support.small_office import DEPARTMENTS, at, column, ledger_at, typed

ON_BOTH = IN_TURN = True

THREE = (*DEPARTMENTS, {"name": "德育处", "email": "dy@s.example", "head": "王强"})
JOINT = {
    "decision": "受理", "decided_on": "2026-03-03", "notified_on": "2026-03-03",
    "department": "教务处、总务处", "involved": "德育处 2026-03-10前",
}  # fmt: skip


def test_from_the_first_mail_until_it_is_closed(tmp_path: Path) -> None:
    path = ledger_at(tmp_path, [line(**JOINT)], departments=THREE, sending="正式发送", go_live_on="2026-01-01")
    told: list[tuple[str, str]] = []
    with mail_server(tmp_path) as (post, server):

        def run(moment: str) -> None:
            before = len(post.to)
            at(path, f"2026-03-{moment}", server=server)
            told.extend((moment[:2], reader) for reader in post.to[before:] if reader != "min@s.example")

        for moment in ("03T09:00", "03T09:10", "06T09:00", "09T09:00", "11T09:00", "11T09:10"):
            run(moment)
        assert column(path, "register", "department", "step", "status")[0] == ("教务处", "part", "in_hand")
        typed(path, "协办答复", "德育处 2026-03-12")
        typed(path, "结论", "予以支持")
        typed(path, "答复日期", "2026-03-12")
        run("12T09:00")
        status, problems = column(path, "register", "status", "problems")[0]
        assert (status, "总务处的协办意见未到" in str(problems)) == ("replied", True)
        typed(path, "协办部门", "德育处 2026-03-10前；总务处 免办：教务处一并办理")
        run("13T09:00")
        run("30T09:00")
    assert column(path, "register", "status", "closed_on")[0][0] == "closed"
    assert sorted(told) == [
        ("03", "dy@s.example"),
        ("03", "jw@s.example"),
        ("03", "zw@s.example"),
        ("06", "dy@s.example"),  # three days before
        ("09", "dy@s.example"),
        ("11", "gang@s.example"),  # the leader, by the ladder of the reply
    ]
