"""Replies by mail, from a real mail server and back from a real mailbox, on both kinds of workbook."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.reply_office import FIRST, a_reply, reply_office
from tests.support.small_office import column, typed

ON_BOTH = True
IN_TURN = True


@pytest.mark.on_both
def test_a_reply_stands_beside_its_case_once_and_is_taken_over_where_a_person_ticks_it(tmp_path: Path) -> None:
    with reply_office(tmp_path) as office:
        office.run(FIRST)
        ours = office.sent_to("fang@s.example")
        office.inbox.put(
            a_reply(ours, "=已向家长说明。\n\n在 2026-03-19 09:30，信访办 <office@s.example> 写道：\n> 旧文").as_bytes()
        )
        first, again = office.take_in("2026-03-19T09:40"), office.take_in("2026-03-19T09:50")
        assert (first.written, again.written, len(again.found.mails)) == (True, False, 0)
        assert office.answers() == [("fang@s.example", "LV-00001", "reply", "=已向家长说明。")]
        typed(office.path, "采用", True, "回复")
        office.run("2026-03-19T10:00")
        assert column(office.path, "register", "result")[0] == ("=已向家长说明。",)
        assert [str(day) for (day,) in office.answers("taken_on")] == ["2026-03-19"]
        last = office.run("2026-03-19T10:10")
        assert (last.edits, office.inbox.flags()) == ((), [frozenset()])
