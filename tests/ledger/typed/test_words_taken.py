"""The row says what a word was taken for where that has consequences, and nothing where it has none (docs/design.md#p2.13)."""

from __future__ import annotations

import pytest

from automation.steps.validation import derive
from sheet_schema import REGISTER, Language
from tests.support.ledger_in_memory import NOW, ledger, line

SEEN = {"case_no": "LV-00001", "issued_on": "2026-03-01", "first_seen": "2026-03-02"}
TAKEN = {"en": "is taken for", "zh": "视为"}


def note(language: Language, cells: dict[str, object], words: tuple[dict[str, object], ...] = ()) -> str:
    """What the row says, if it says what a word was taken for."""
    case = line(**{"about": "-", "decided_on": "", **cells})
    after = derive(ledger(language, register=[case], index=[SEEN], words=words), NOW).ledger
    said = str(after.register["problems"][0])
    return said if TAKEN[language] in said else ""


@pytest.mark.parametrize(
    ("language", "cells", "said"),
    [
        ("zh", {"kind": "举报"}, "“类别”：“举报”视为检举控告"),
        ("zh", {"kind": "检举信"}, "“类别”：“检举信”视为检举控告"),
        ("en", {"kind": "accusation"}, "Kind: “accusation” is taken for Allegation"),
        ("zh", {"restricted": "无需保密"}, "“保密”：“无需保密”视为否"),
        ("en", {"restricted": "unrestricted"}, "Restricted: “unrestricted” is taken for No"),
        ("zh", {"decision": "转办", "reason": "x"}, "“受理意见”：“转办”视为转送"),
        ("zh", {"decision": "法定途径", "reason": "x"}, "“受理意见”：“法定途径”视为导入法定程序"),
        ("en", {"decision": "told where to go", "reason": "x"}, "Decision: “told where to go” is taken for Signposted"),
        ("zh", {"outcome": "查实"}, "“结论”：“查实”视为属实"),
        ("en", {"outcome": "resolved"}, "Outcome: “resolved” is taken for Upheld"),
        # its own words, in either language and however written, and those that change nothing much
        ("zh", {"kind": "检举控告"}, ""),
        ("zh", {"kind": "Allegation"}, ""),
        ("en", {"kind": " ALLEGATION. "}, ""),
        ("zh", {"kind": "投诉"}, ""),
        ("en", {"kind": "suggestions"}, ""),
        ("zh", {"kind": "检举"}, ""),
        ("en", {"kind": "allegations"}, ""),
        ("zh", {"restricted": "是"}, ""),
        ("zh", {"restricted": "要保密"}, ""),
        ("en", {"restricted": "✓"}, ""),
        ("en", {"restricted": True}, ""),
        ("en", {"restricted": False}, ""),
        ("zh", {"decision": "已受理"}, ""),
        ("zh", {"decision": "转送", "reason": "x"}, ""),
        ("zh", {"decision": "处理", "reason": "x"}, ""),
        ("zh", {"channel": "微信"}, ""),
        ("en", {"outcome": "upheld"}, ""),
    ],
)
def test_the_row_says_what_a_word_is_taken_for(language: Language, cells: dict[str, object], said: str) -> None:
    found = note(language, cells)
    assert (said in found, bool(found)) == (True, bool(said))


def test_so_it_does_for_a_word_of_the_offices_own() -> None:
    own = (
        {"column": "类别", "word": "实名件", "means": "检举控告"},
        {"column": "类别", "word": "小事", "means": "咨询"},
    )
    assert "“类别”：“实名件”视为检举控告" in note("zh", {"kind": "实名件"}, own)
    assert note("zh", {"kind": "小事"}, own) == ""


def test_it_is_a_note_and_no_problem() -> None:
    """It stands in the row and nowhere else: nobody is asked to put it right, and no digest counts it."""
    before = ledger(register=[line(kind="举报", about="-")], index=[SEEN])
    after = derive(before, NOW).ledger
    assert [(one.code, one.column) for one in before.notes] == [("word_taken", "kind")]
    assert "word_taken" not in str(after.index["problem_codes"][0])
    assert after.register["status"][0] != "incomplete"


def test_every_choice_that_is_told_is_one_of_its_column() -> None:
    for column in REGISTER:
        assert not column.tells_taken or {*column.tells_taken} <= {word.key for word in column.choices or ()}
