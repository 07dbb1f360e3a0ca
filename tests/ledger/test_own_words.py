"""The office's own words for the choices of a list, from the tab Words."""

from __future__ import annotations

import pytest

from automation.steps.validation import derive, prepare
from sheet_schema import TAB
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


# Words of the administrators' own, wherever they choose from a list: the tab Words, a cell, and what it is read as.
ANYWHERE = [
    (("角色", "年级长", "部门负责人"), ("people", "role", "年级长"), "head"),
    (("角色", "年级长", "部门负责人"), ("people", "role", "经办人；年级长"), "经办人;head"),
    (("角色", "年级长", "部门负责人"), ("escalation", "to", "年级长;分管领导"), "head;分管领导"),
    (("角色", "年级长", "部门负责人"), ("routing", "copy_to", "年级长"), "head"),
    (("Role", "year lead", "head of department"), ("people", "role", "Year Lead"), "head"),
    (("简报", "逢周一", "每周"), ("people", "digest", "逢周一"), "weekly"),
    (("语言", "本国话", "中文"), ("people", "language", "本国话"), "zh"),
    (("环节", "书面答复单", "答复"), ("deadlines", "step", "书面答复单"), "reply"),
    (("环节", "书面答复单", "答复"), ("escalation", "step", "书面答复单"), "reply"),
    (("责任方", "承办人", "经办人"), ("deadlines", "who", "承办人"), "handler"),
    (("起算", "挂号那天", "收到日期"), ("deadlines", "starts_from", "挂号那天"), "received"),
    (("单位", "个班日", "工作日"), ("deadlines", "unit", "个班日"), "workday"),
    (("单位", "个班日", "工作日"), ("escalation", "unit", "个班日"), "workday"),
    (("顺延", "往后挪", "是"), ("deadlines", "roll_forward", "往后挪"), "yes"),
    (("要求书面说明", "写检查", "是"), ("escalation", "ask_explanation", "写检查"), "yes"),
    (("启用", "看看再说", "试用"), ("routing", "enabled", "看看再说"), "try"),
    (("启用", "歇着", "停用"), ("deadlines", "enabled", "歇着"), "no"),
    (("启用", "看看再说", "试用"), ("deadlines", "enabled", "看看再说"), "try"),
    (("启用", "看看再说", "试用"), ("deadlines", "roll_forward", "看看再说"), ""),
    (("日期类别", "放春假", "校历假期"), ("calendar", "kind", "放春假"), "closed"),
    (("保管期限", "长期", "30年"), ("topics", "retention", "长期"), "years_30"),
    (("类别", "家长吐槽", "申诉求决"), ("routing", "kind", "家长吐槽|建议"), "complaint|建议"),
    (("类别", "家长吐槽", "申诉求决"), ("deadlines", "kind", "家长吐槽"), "complaint"),
    (("来源形式", "门卫转告", "来访"), ("routing", "channel", "门卫转告"), "visit"),
    (("身份", "爷爷奶奶", "家长"), ("routing", "identity", "爷爷奶奶"), "parent"),
    (("事项", "作业", TOPIC), ("routing", "topic", "作业"), TOPIC),
    (("保密", "公开", "否"), ("routing", "restricted", "公开"), "no"),
    (("单位", "放春假", "日"), ("calendar", "kind", "放春假"), ""),
]


@pytest.mark.parametrize(("word", "cell", "read"), ANYWHERE, ids=lambda value: str(value)[:40])
def test_words_count_in_every_tab_where_people_choose(
    word: tuple[str, str, str], cell: tuple[str, str, str], read: str
) -> None:
    tab, column, typed = cell
    own = [dict(zip(("column", "word", "means"), word, strict=True))]
    found = ledger(
        words=own, **{tab: [{"name": "某", column: typed}] if "name" in TAB[tab].keys else [{column: typed}]}
    )  # type: ignore[arg-type]
    assert (found.tables[tab][column][0], found.tables[tab].read[column][0]) == (read, typed)
    assert [one for one in found.problems if one.tab == "words"] == []


def test_a_rule_and_a_person_in_own_words_work() -> None:
    own = [
        {"column": "角色", "word": "年级长", "means": "分管领导"},
        {"column": "类别", "word": "吐槽", "means": "申诉求决"},
        {"column": "单位", "word": "个班日", "means": "工作日"},
    ]
    rule = {"step": "答复", "starts_from": "收到日期", "amount": 5, "unit": "个班日", "kind": "吐槽"}
    found = ledger(
        words=own,
        people=[{"name": "王芳", "role": "年级长", "email": "f@s.example"}],
        deadlines=[rule],
        routing=[{"order": 1, "kind": "吐槽", "department": "教务处"}],
        escalation=[{"step": "答复", "level": 1, "after": 1, "unit": "个班日", "to": "年级长"}],
        departments=[{"name": "教务处", "email": "jw@s.example"}],
    )
    policy = found.policy
    assert [person.roles for person in policy.people] == [("leader",)]
    assert [(one.kind, one.unit) for one in policy.deadlines] == [("complaint", "workday")]
    assert [one.kinds for one in policy.rules] == [("complaint",)]
    assert [(one.to, one.unit) for one in policy.ladder] == [(("leader",), "workday")]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"column": "角色", "word": "年级长", "means": "主任"}, "rule_unknown"),
        ({"column": "角色", "word": "经办人", "means": "校长"}, "word_is_taken"),
        ({"column": "日历类别", "word": "校庆", "means": "半天"}, "rule_unknown"),
        ({"column": "校验问题", "word": "校庆", "means": "工作日"}, "not_on_list"),
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
