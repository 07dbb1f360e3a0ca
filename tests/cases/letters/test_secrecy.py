"""Of which cases no letter is made, and whom none names."""

from __future__ import annotations

import pytest

from automation.cases.cases import Cases, cases_of
from automation.cases.joining import with_joined_facts
from automation.cases.letters.objections import considered
from automation.steps.letters import letter_problems
from tests.support.ledger_in_memory import NOW, Rows, ledger, line

ACCEPTED = {"decision": "受理", "decided_on": "2026-03-04", "asked_for": "发票"}
REFERRED = {"decision": "转送", "decided_on": "2026-03-04", "reason": "不属本校", "other_body": "市教育局"}


def cases(*rows: dict[str, object], filing: Rows = ()) -> Cases:
    """A ledger with these rows, which runs have seen before."""
    numbers = [f"LV-{at:05}" for at in range(1, len(rows) + 1)]
    index = [{"case_no": number, "issued_on": "2026-03-01", "first_seen": "2026-03-02"} for number in numbers]
    register = [line(number, **row) for number, row in zip(numbers, rows, strict=True)]
    settings = [{"name": "学校名称", "value": "第一中学"}, {"name": "信访电话", "value": "010-1"}]
    return cases_of(ledger(register=register, index=index, settings=settings, filing=filing), NOW)


@pytest.mark.parametrize(
    ("row", "kind", "column", "said"),
    [
        pytest.param(ACCEPTED, "more_needed", "", "", id="plain"),
        pytest.param({**ACCEPTED, "restricted": "是"}, "more_needed", "restricted", "保密件不制作文书", id="restricted"),
        pytest.param({**ACCEPTED, "kind": "检举控告", "about": "张三"}, "more_needed", "restricted", "保密件", id="allegation"),
        pytest.param({**ACCEPTED, "kind": "也许"}, "more_needed", "letter", "填写清楚之前", id="kind-nobody-can-read"),
        pytest.param({**ACCEPTED, "about": "王芳", "summary": "王芳老师打人"}, "more_needed", "summary", "提到王芳", id="about"),
        pytest.param({**ACCEPTED, "about": "王芳", "summary": "王老师打人"}, "more_needed", "summary", "提到王芳", id="about-by-title"),
        pytest.param({**ACCEPTED, "about": "孙大圣", "asked_for": "孙大圣的收条"}, "more_needed", "asked_for", "提到孙大圣", id="about-a-stranger"),
        pytest.param({**ACCEPTED, "about": "王芳", "summary": "王芳打人", "matter": "教师打人"}, "more_needed", "", "", id="matter-instead"),
        pytest.param({**ACCEPTED, "summary": "我和赵小六都等着"}, "more_needed", "summary", "另一件的信访人", id="another-petitioner"),
        pytest.param({**ACCEPTED, "petitioner": "赵小六", "summary": "赵小六等着"}, "more_needed", "", "", id="themselves"),
        pytest.param({**ACCEPTED, "petitioner": "匿名", "contact": ""}, "more_needed", "contact", "没有可以送达的人", id="nobody-to-write-to"),
        pytest.param({**ACCEPTED, "petitioner": "匿名"}, "more_needed", "", "", id="nameless-with-a-contact"),
        pytest.param(REFERRED, "referral", "", "", id="to-another-body"),
        pytest.param({**REFERRED, "petitioner": "匿名"}, "referral", "petitioner", "未具名", id="nameless-to-another-body"),
        pytest.param({**ACCEPTED, "kind": "检举控告", "about": "王芳", "restricted": "否", "reason": "本人公开"}, "report", "kind", "暴露检举人", id="open-allegation-to-superiors"),
    ],
)  # fmt: skip
def test_what_may_not_be_said(row: dict[str, object], kind: str, column: str, said: str) -> None:
    forbids = considered(cases(row, {"petitioner": "赵小六"}), 0, kind).forbids
    if not column:
        assert forbids == ()
    else:
        assert (forbids[0][0], said in forbids[0][1].say("zh")) == (column, True), forbids[0][1].say("zh")


def test_who_brought_a_restricted_case_is_told_to_nobody_but_whoever_makes_the_letter() -> None:
    row = {**ACCEPTED, "summary": "我和赵小六都等着", "letter": "补正通知"}
    known = cases(row, {"petitioner": "赵小六", "kind": "检举控告", "about": "张三"})

    assert considered(known, 0, "more_needed").forbids == ()
    assert [*letter_problems(known)] == []
    assert len(considered(known, 0, "more_needed", of_all=True).forbids) == 1


def test_a_row_says_why_its_letter_is_not_made_and_if_it_changed_since() -> None:
    (lacking,) = letter_problems(cases({**ACCEPTED, "asked_for": "", "letter": "补正通知"}))
    assert (lacking.column, lacking.warning) == ("asked_for", True)
    (changed,) = letter_problems(
        cases(
            {
                **ACCEPTED,
                "letter": "补正通知",
                "letters_made": "2026-03-17 | 补正通知 | LV-00001 补正通知.docx | #00000000",
            }
        )
    )
    assert "LV-00001 补正通知.docx" in changed.say("zh")


ANSWERED = {**ACCEPTED, "result": "已核实，孙大圣已道歉", "outcome": "支持", "basis": "校规", "department": "教务处"}


def test_a_letter_names_nobody_whom_a_joined_case_is_about_and_says_no_text_of_another_row() -> None:
    rows = [ANSWERED, {"petitioner": "吴丽", "contact": "13900000001", "about": "孙大圣", "joined": "1"}]
    known = cases(*rows)
    known = cases_of(with_joined_facts(known.ledger, NOW), NOW)
    leading, joined = considered(known, 0, "answer"), considered(known, 1, "answer")
    assert [column for column, _ in leading.forbids] == ["result"]
    assert (joined.forbids, joined.facts.values["result"]) == ((), "")
    assert "办理结果" in " ".join(said.say("zh") for _, said in joined.lacks)
