"""The office's own words for the choices of a list, from the tab Words."""

from __future__ import annotations

import pytest

from automation.steps.validation import derive, prepare
from tests.support.ledger_in_memory import NOW, ledger, line, preset_rows

TOPIC = str(preset_rows("topics", "zh")[1]["name"])
OWN = (
    {"column": "来源形式", "word": "门卫 转告", "means": "来访"},
    {"column": "Kind", "word": "家长吐槽", "means": "投诉"},
    {"column": "事项", "word": "作业", "means": TOPIC},
    {"column": "保密", "word": "公开", "means": "否"},
    {"column": "结论", "word": "搞定", "means": "supported"},
)


@pytest.mark.parametrize(
    ("column", "typed", "read"),
    [
        ("channel", "门卫转告", "visit"),
        ("channel", "（门卫转告）", "visit"),
        ("channel", "门卫", ""),
        ("kind", "家长吐槽", "complaint"),
        ("topic", "作业", TOPIC),
        ("topic", "作业多", "作业多"),
        ("restricted", "公开", "no"),
        ("restricted", "公开吧", ""),
        ("outcome", "搞定", "supported"),
    ],
)
def test_what_a_word_means(column: str, typed: str, read: str) -> None:
    found = ledger(register=[line(**{column: typed})], words=OWN).register
    assert (found[column][0], found.read[column][0]) == (read, typed)


def test_the_same_words_count_in_filing_and_in_rules() -> None:
    found = ledger(filing=[line(channel="门卫转告")], deadlines=[{"channel": "门卫转告"}], words=OWN)
    assert [found.filing["channel"][0], found.tables["deadlines"]["channel"][0]] == ["visit", "visit"]
    assert ledger(calendar=[{"kind": "家长吐槽"}], words=OWN).tables["calendar"]["kind"][0] == ""


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"column": "来源形式", "word": "门卫转告", "means": "门卫"}, "rule_unknown"),
        ({"column": "事项", "word": "作业", "means": "没有的事项"}, "rule_unknown"),
        ({"column": "来源形式", "word": "来信", "means": "来访"}, "word_is_taken"),
        ({"column": "来源形式", "word": "门卫转告", "means": ""}, "rule_missing"),
        ({"column": "来源形式", "word": "", "means": "来访"}, "rule_missing"),
        ({"column": "", "word": "门卫转告", "means": "来访"}, "rule_missing"),
        ({"column": "联系方式", "word": "门卫转告", "means": "来访"}, "not_on_list"),
    ],
)
def test_a_row_that_cannot_work_says_so_beside_it(row: dict[str, object], code: str) -> None:
    before = ledger(register=[line(channel="门卫转告")], words=[row])
    assert [one.code for one in before.problems if one.tab == "words"] == [code]
    assert before.register["channel"][0] == ""
    assert str(derive(prepare(before, NOW).ledger, NOW).ledger.tables["words"]["problems"][0]) != ""


def test_a_word_twice() -> None:
    twice = [OWN[0], {**OWN[0], "word": "门卫转告", "means": "来信"}]
    found = ledger(register=[line(channel="门卫转告")], words=twice)
    assert ([one.code for one in found.problems if one.tab == "words"], found.register["channel"][0]) == (
        ["twice"],
        "visit",
    )


def test_an_own_word_comes_before_what_everybody_writes() -> None:
    found = ledger(register=[line(decision="转办")], words=[{"column": "受理意见", "word": "转办", "means": "受理"}])
    assert found.register["decision"][0] == "accept"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            {"column": "类别", "word": "举报", "means": "建议"},
            ["“词”：“举报”通常指检举控告，本行改变了它的含义。如非本意，请删除本行。"],
        ),
        (
            {"column": "保密", "word": "不用", "means": "是"},
            ["“词”：“不用”通常指否，本行改变了它的含义。如非本意，请删除本行。"],
        ),
        (
            {"column": "受理意见", "word": "转 办", "means": "受理"},
            ["“词”：“转 办”通常指转送，本行改变了它的含义。如非本意，请删除本行。"],
        ),
        ({"column": "类别", "word": "举报", "means": "检举控告"}, []),
        ({"column": "类别", "word": "家长吐槽", "means": "建议"}, []),
    ],
)
def test_a_word_that_usually_means_another_choice_says_so_beside_it(row: dict[str, object], said: list[str]) -> None:
    """It counts as the office wants it, and the warning stops nothing."""
    found = [one for one in ledger(words=[row]).problems if one.tab == "words"]
    assert ([one.say("zh") for one in found], [one.warning for one in found]) == (said, [True] * len(said))
