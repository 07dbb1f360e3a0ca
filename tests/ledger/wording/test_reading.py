"""The tab Wording as it is read: what can be used, and what is said beside it."""

from __future__ import annotations

import pytest

from automation.ledger.wording.reading import with_ours
from automation.ledger.workbook import Formula
from sheet_schema import Language
from tests.support.ledger_in_memory import Rows, ledger

SUBJECT = "Reminder: subject"


@pytest.mark.parametrize(
    ("rows", "used", "said"),
    [
        ([], {}, []),
        ([{"block": SUBJECT}], {}, []),
        ([{"block": SUBJECT, "text": "  "}], {}, []),
        ([{"block": SUBJECT, "text": " {case_no} "}], {"reminder.subject": "{case_no}"}, []),
        ([{"block": "reminder.subject", "text": "a"}], {"reminder.subject": "a"}, []),
        ([{"block": "到期提醒：主题", "text": "a"}], {"reminder.subject": "a"}, []),
        ([{"block": SUBJECT, "text": "a\n b"}], {"reminder.subject": "a b"}, []),
        ([{"block": "Reminder: opening", "text": "a\nb"}], {"reminder.opening": "a\nb"}, []),
        ([{"block": SUBJECT, "text": 2026}], {"reminder.subject": "2026"}, []),
        ([{"block": SUBJECT, "text": "{summary}"}], {}, [(2, "wording_unknown")]),
        ([{"block": SUBJECT, "text": "{x} {y"}], {}, [(2, "wording_brace"), (2, "wording_unknown")]),
        ([{"block": SUBJECT, "text": Formula("=A1")}], {}, [(2, "formula")]),
        ([{"block": "Reminder: postscript", "text": "a"}], {}, [(2, "unknown_block")]),
        ([{"block": "", "text": "a"}], {}, [(2, "unknown_block")]),
        ([{"block": "", "ours": "a"}], {}, []),
        ([{"block": SUBJECT, "text": "a"}, {"block": "reminder.subject", "text": "b"}], {"reminder.subject": "a"}, [(3, "twice")]),
    ],
)  # fmt: skip
def test_what_can_be_used(rows: Rows, used: dict[str, str], said: list[tuple[int, str]]) -> None:
    found = ledger("en", wording=rows)
    assert found.policy.wording == used
    assert [(problem.row, problem.code) for problem in found.problems if problem.tab == "wording"] == said


@pytest.mark.parametrize(
    ("language", "name", "text", "said"),
    [
        (
            "en",
            SUBJECT,
            "{summary}",
            "{summary} is nothing that can be filled in."
            " Here only these can: {case_no}, {step}, {due_on}, {today}, {school}. Until then ours is used.",
        ),
        (
            "zh",
            "到期提醒：主题",
            "{原因}",
            "此处不能填入{原因}。此处只能填入：{编号}、{环节}、{到期日}、{今天}、{学校}。改正之前使用默认用语。",
        ),
        (
            "en",
            "Footer: senior leader",
            "Hush!",
            "The text does not say why somebody gets the mail. Put {reason} in; until then ours is used.",
        ),
    ],
)
def test_what_is_said_beside_it(language: Language, name: str, text: str, said: str) -> None:
    found = ledger(language, wording=[{"block": name, "text": text}])
    assert [problem.say(language) for problem in found.problems if problem.tab == "wording"] == [said]


def test_beside_each_sentence_stand_ours_and_what_it_may_contain() -> None:
    rows: Rows = [{"block": "到期提醒：开头"}, {"block": "Overdue: subject"}, {"block": "old", "ours": "old"}]
    table = with_ours(ledger("en", wording=rows)).tables["wording"]
    assert [table[key].tolist() for key in ("ours", "allowed", "meaning")] == [
        ["This is due soon. / These are due soon.", "Late: {case_no} {step} was due {due_on}", ""],
        ["{count} {case_no} {step} {due_on} {today} {school}", "{case_no} {step} {due_on} {today} {school}", ""],
        ["The first sentence, above the cases or figures.", "The subject of a mail about one case.", ""],
    ]
