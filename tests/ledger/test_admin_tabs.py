""" "A bad rule is reported beside the rule and skipped; the others still work" (docs/design.md#p1.5)."""

from __future__ import annotations

import pytest

from sheet_schema import LANGUAGES, Language
from sheet_schema.preset_files import load
from tests.support.ledger_in_memory import ledger, preset_rows

LAST = {"order": 99, "enabled": "启用", "department": "学校办公室"}


def rule(**cells: object) -> dict[str, object]:
    return {"order": 10, "enabled": "启用", "topic": "教育教学", "department": "教务处", **cells}


def routed(*rules: dict[str, object]) -> tuple[list[int], list[tuple[int | None, str, str]]]:
    """The rows of the rules that are read, in order, and (row, column, code) of each problem on the tab."""
    read = ledger(routing=rules)
    found = [(p.row, p.column, p.code) for p in read.problems if p.tab == "routing"]
    return [one.row for one in read.policy.rules], found


@pytest.mark.parametrize(
    ("rules", "working", "problems"),
    [
        ([rule(), LAST], [2, 3], []),
        ([LAST, rule()], [3, 2], []),  # lowest order first
        (
            [rule(order=5), rule(order=5), LAST],
            [2, 3, 4],
            [(2, "order", "rule_counts"), (3, "order", "rule_shadowed")],
        ),  # then the upper row
        ([rule(order=100), LAST], [3, 2], [(2, "order", "rule_unreachable")]),
        ([rule()], [2], [(None, "", "no_catch_all")]),
        ([rule(), {**LAST, "enabled": "试用"}], [2, 3], [(None, "", "no_catch_all")]),
        ([rule(department="伙食科"), LAST], [3], [(2, "department", "misspelt_department")]),
        ([rule(department="教导处"), LAST], [2, 3], []),  # also_called
        ([rule(handler="张三丰"), LAST], [3], [(2, "handler", "unknown_person")]),
        ([rule(department=""), LAST], [3], [(2, "department", "rule_nowhere")]),
        ([rule(department="", handler="王芳"), LAST], [2, 3], []),
        ([rule(order=""), LAST], [3], [(2, "order", "rule_missing")]),
        ([rule(order="第一"), LAST], [3], [(2, "order", "not_whole")]),
        ([rule(topic="飞碟"), LAST], [3], [(2, "topic", "unknown_topic")]),
        ([rule(kind="申诉求决|牢骚"), LAST], [3], [(2, "kind", "not_on_list")]),
        ([rule(kind="申诉求决|建议"), LAST], [2, 3], []),
        ([rule(enabled="停用", department="伙食科"), LAST], [3], []),  # a rule that is off is not checked
        ([rule(enabled="也许"), LAST], [3], [(2, "enabled", "not_on_list")]),
        ([{"matches": "尚无匹配"}, LAST], [3], []),  # only the program wrote in this line
    ],
)
def test_routing_rules(
    rules: list[dict[str, object]], working: list[int], problems: list[tuple[int | None, str, str]]
) -> None:
    rows, found = routed(*rules)
    assert (rows, sorted(found, key=str)) == (working, sorted(problems, key=str))


def test_a_rule_is_read_whole() -> None:
    read = ledger(
        routing=[
            rule(
                channel="来访|Letter",
                keywords="作业|补课",
                identity="家长",
                restricted="是",
                copy_to="王芳;李敏",
            ),
            LAST,
        ]
    )
    one = read.policy.rules[0]
    assert (one.channels, one.topics, one.keywords, one.identities, one.restricted, one.copy_to, one.catches_all) == (
        ("visit", "letter"), ("教育教学",), ("作业", "补课"), ("parent",), True, ("王芳", "李敏"), False,
    )  # fmt: skip


def deadline(**cells: object) -> dict[str, object]:
    return {
        "enabled": "是",
        "step": "答复",
        "who": "经办人",
        "starts_from": "受理日期",
        "amount": 30,
        "unit": "日",
        **cells,
    }


@pytest.mark.parametrize(
    ("tab", "row", "kept", "problems"),
    [
        ("deadlines", deadline(), 1, []),
        ("deadlines", deadline(amount=""), 0, [("amount", "rule_missing")]),
        ("deadlines", deadline(step="午睡"), 0, [("step", "not_on_list")]),
        ("deadlines", deadline(starts_from="答复日期"), 0, [("starts_from", "bad_start")]),
        ("deadlines", deadline(step="申请复查期", starts_from="答复日期"), 1, []),
        ("deadlines", deadline(remind_before="七天"), 1, [("remind_before", "bad_reminders")]),
        ("deadlines", deadline(enabled="否", step="午睡"), 0, [("step", "not_on_list")]),
        ("calendar", {"date": "2026-10-01", "until": "2026-10-07", "kind": "放假"}, None, []),
        ("calendar", {"date": "2026-10-07", "until": "2026-10-01", "kind": "放假"}, None, [("until", "until_before")]),
        ("calendar", {"date": "2026-10-07"}, None, [("kind", "rule_missing")]),
        ("duty", {"date": "2026-03-02", "person": "李敏"}, 1, []),
        ("duty", {"date": "2026-03-02", "person": "无名"}, 0, [("person", "unknown_person")]),
        ("duty", {"date": "2026-03-02"}, 0, [("person", "rule_missing")]),
        ("departments", {"name": "教务处", "email": "jw@school.example"}, 1, []),
        ("departments", {"name": "教务处", "email": "jw at school"}, 1, [("email", "bad_address")]),
        ("departments", {"name": "教务处", "email": "mailto:jw@s.example, b @ s.example|ｃ＠s.example"}, 1, []),
        ("departments", {"name": "教务处", "email": "jw@s.example（办公室）"}, 1, [("email", "bad_address")]),
        ("departments", {"name": "教务处", "email": "jw@s.example或b@s.example"}, 1, [("email", "bad_address")]),
        ("people", {"name": "王"}, 1, [("name", "reserved_name")]),
        ("people", {"name": "王芳", "role": "校长;厨师"}, 0, [("role", "not_on_list")]),
        (
            "people",
            {"name": "王芳", "absent_from": "2026-03-10", "absent_until": "2026-03-01"},
            1,
            [("absent_until", "absence_backwards")],
        ),
        ("people", {"email": "x@school.example"}, 0, [("name", "rule_missing")]),
        ("escalation", {"step": "答复", "level": 1, "after": 1, "to": "部门负责人"}, 1, []),
        ("escalation", {"step": "答复", "level": 1, "after": 1}, 0, [("to", "rule_missing")]),
    ],
)
def test_the_other_tabs(tab: str, row: dict[str, object], kept: int | None, problems: list[tuple[str, str]]) -> None:
    others = {"routing": [LAST]} if tab == "departments" else {}
    read = ledger(**{tab: [row], **others})
    found = [(p.column, p.code) for p in read.problems if p.tab == tab and p.row == 2]
    tables = {"escalation": "ladder"}
    if kept is not None:
        assert len(getattr(read.policy, tables.get(tab, tab))) == kept
    assert found == problems


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("", ""),
        ("中文", "zh"),
        ("Chinese", "zh"),
        ("ZH", "zh"),
        ("English", "en"),
        ("英语", "en"),
        ("英文", "en"),
        ("Klingon", ""),
    ],
)
def test_the_language_of_a_person(typed: str, read: str) -> None:
    (person,) = ledger(people=[{"name": "王芳", "language": typed}]).policy.people
    assert person.language == read


def test_reminders_largest_first() -> None:
    read = ledger(deadlines=[deadline(remind_before="1, 7、3"), deadline(remind_before=5.0)])
    assert [one.remind_before for one in read.policy.deadlines] == [(7, 3, 1), (5,)]


def test_a_name_that_stands_twice() -> None:
    read = ledger(people=[{"name": "王芳"}, {"name": " 王 芳"}])
    assert [(p.row, p.code) for p in read.problems if p.tab == "people"] == [(3, "twice")]


def upper_and_lower(upper: dict[str, object], lower: dict[str, object]) -> list[tuple[int | None, str, bool]]:
    """(row, code, warning) of each problem with two rules for different departments, above a last one."""
    rules = ({"topic": "", **upper}, {"topic": "", "order": 20, "department": "总务处", **lower})
    read = ledger(routing=[rule(**one) for one in rules] + [LAST])
    return [(p.row, p.code, p.warning) for p in read.problems if p.tab == "routing"]


SHADOWED = [(3, "rule_shadowed", True)]
TALE = {"keywords": "校车"}


# A rule is shadowed if any case that matches it must also match one above. Keywords are substrings of the summary.
@pytest.mark.parametrize(
    ("upper", "lower", "problems"),
    [
        ({"topic": "教育教学"}, {"topic": "教育教学", "kind": "咨询"}, SHADOWED),
        ({"topic": "教育教学|考试与成绩"}, {"topic": "考试与成绩", **TALE}, SHADOWED),
        ({"topic": " 教育 教学"}, {"topic": "教育教学", **TALE}, SHADOWED),
        ({"topic": "教育教学"}, {"topic": "教育教学|考试与成绩"}, []),
        ({"topic": "教育教学"}, {**TALE}, []),
        ({"channel": "来访|来信"}, {"channel": "来信", **TALE}, SHADOWED),
        ({"channel": "来访|来信"}, {"channel": "来信|电话", **TALE}, []),
        ({"kind": "咨询", "channel": "来访"}, {"kind": "咨询"}, []),
        ({"identity": "家长"}, {"identity": "家长", "kind": "咨询"}, SHADOWED),
        ({"keywords": "车"}, {"keywords": "校车"}, SHADOWED),
        ({"keywords": "校车"}, {"keywords": "车"}, []),
        ({"keywords": "车|饭"}, {"keywords": "校车|饭卡"}, SHADOWED),
        ({"keywords": "车|饭"}, {"keywords": "校车|操场"}, []),
        ({"keywords": "ＢＵＳ"}, {"keywords": "school bus"}, SHADOWED),
        ({"keywords": "！"}, {"keywords": "！！"}, []),  # without a letter it matches nothing
        ({"enabled": "试用", **TALE}, {"kind": "咨询", **TALE}, []),  # a rule set to Try takes no case
        ({"topic": "教育教学"}, {"topic": "教育教学", "kind": "咨询", "enabled": "试用"}, SHADOWED),
        # the same conditions but somebody else: tried where the upper one leads to somebody in conflict
        ({**TALE}, {**TALE}, []),
        ({**TALE}, {**TALE, "department": "教务处"}, [*SHADOWED, (2, "rule_counts", True)]),
        ({**TALE}, {**TALE, "department": "教务处", "handler": "王芳"}, []),
        (
            {"department": "学校办公室", "order": 100, **TALE},
            {"order": 101, "kind": "咨询", **TALE},
            [(2, "rule_unreachable", False), (3, "rule_unreachable", False)],
        ),
    ],
)
def test_a_rule_in_the_shadow_of_another(
    upper: dict[str, object], lower: dict[str, object], problems: list[tuple[int | None, str, bool]]
) -> None:
    assert upper_and_lower(upper, lower) == problems


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            [
                "Every case that this rule fits goes by row 2 above first. Give it a lower order, or delete it.",
                "Row 3 is for the same cases, and does not count. Delete one of the two.",
            ],
        ),
        (
            "zh",
            [
                "本规则适用的情形都已先由第2行匹配。请把顺序调小，或删除本行。",
                "第3行的适用范围与本行相同，不起作用。请删除其中一行。",
            ],
        ),
    ],
)
def test_a_shadow_in_words(language: Language, said: list[str]) -> None:
    topic = preset_rows("topics", language)[0]["name"]
    department = preset_rows("departments", language)[0]["name"]
    rules = [
        rule(topic=topic, department=department),
        rule(topic=topic, department=department, order=20),
        {**LAST, "department": department},
    ]
    assert [problem.say(language) for problem in ledger(language, routing=rules).problems] == said


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("preset", ["cn-school", "uk-school"])
def test_the_rules_of_the_presets_are_in_order(preset: str, language: Language) -> None:
    tabs = {
        key: load(preset).rows(key, language) for key in ("topics", "departments", "routing", "deadlines", "escalation")
    }
    assert [problem.say(language) for problem in ledger(language, **tabs).problems if problem.tab in tabs] == []
