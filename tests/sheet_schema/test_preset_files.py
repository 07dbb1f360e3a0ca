"""A school relies on the preset files, so every row is checked, in both languages."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from automation.commands.install import preset_rows
from sheet_schema import SETTING, TAB, folded, word_form
from sheet_schema.languages import LANGUAGES, Language
from sheet_schema.preset_files import NAMES, SECTIONS, Preset, load
from sheet_schema.vocabulary import Channel, Role, Sending
from sheet_schema.word import lookup

NOT_COLUMNS = {section: {"basis", "source"} - {column.key for column in TAB[section].columns} for section in SECTIONS}
WHOLE_NUMBERS = ("order", "amount", "level", "after")

every_preset = pytest.mark.parametrize("preset", [load(name) for name in NAMES], ids=NAMES)
every_language = pytest.mark.parametrize("language", LANGUAGES)


def split(cell: object, separator: str) -> list[str]:
    return [part.strip() for part in str(cell).split(separator) if part.strip()]


@every_preset
@pytest.mark.parametrize("section", SECTIONS)
def test_every_row_is_whole(preset: Preset, section: str) -> None:
    for english, chinese in zip(*(preset.rows(section, language) for language in LANGUAGES), strict=True):
        assert_whole(section, english, chinese)


def assert_whole(section: str, english: Mapping[str, object], chinese: Mapping[str, object]) -> None:
    columns = {column.key: column for column in TAB[section].columns}

    assert english["basis"]
    assert chinese["basis"]
    assert list(english) == list(chinese)
    assert set(english) - NOT_COLUMNS[section] <= set(columns)
    assert {type(value) for value in (*english.values(), *chinese.values())} <= {str, int}
    for key in set(english) & set(columns):
        # A choice is a key, the same in both languages; a text is blank in both or in neither.
        if choices := columns[key].choices:
            keys = split(english[key], columns[key].separator or "\n")
            assert english[key] == chinese[key]
            assert set(keys) <= {word.key for word in choices}
        assert (english[key] == "") == (chinese[key] == "")
    for key in set(english) & set(WHOLE_NUMBERS):
        assert isinstance(english[key], int)
        assert int(str(english[key])) > 0


SHORT = {"en": 100, "zh": 45}
"""Characters that a reader takes in at a glance."""


@every_preset
@every_language
def test_what_a_deadline_rests_on_is_one_short_line_for_readers(preset: Preset, language: Language) -> None:
    """It stands in mails, so it quotes nothing and names no site; what was read for it stands beside it."""
    for row in preset.rows("deadlines", language):
        basis = str(row["basis"])
        assert len(basis) <= SHORT[language], basis
        assert not re.search(r"[\"<>“”\n]|\w\.(?:com|org|uk|edu|gov|cn)\b", basis), basis
        assert row["source"]


def test_no_workbook_gets_the_sources() -> None:
    for name in NAMES:
        for rows in preset_rows(load(name), "en").values():
            assert not any("source" in row for row in rows)


@every_preset
@every_language
def test_the_chinese_is_chinese_and_the_english_english(preset: Preset, language: Language) -> None:
    for section, keys in {
        "topics": ("name", "hint"),
        "departments": ("name", "also_called", "note"),
        "routing": ("topic", "department", "note"),
        "escalation": ("basis",),
    }.items():
        for row in preset.rows(section, language):
            for key in keys:
                # An English text may quote Chinese words, a Chinese one has at least some.
                text = re.sub(r'信访工作条例|".*?"', "", str(row[key])) if language == "en" else str(row[key])
                assert not text or bool(re.search("[一-鿿]", text)) == (language == "zh"), (section, text)


@every_preset
def test_names_are_given_once(preset: Preset) -> None:
    for section in ("topics", "departments", "settings"):
        for language in LANGUAGES:
            names = [folded(str(row["name"])) for row in preset.rows(section, language)]
            assert sorted(names) == sorted(set(names))


@every_preset
@every_language
def test_routing_names_topics_departments_and_roles_that_exist(preset: Preset, language: Language) -> None:
    topics = {row["name"] for row in preset.rows("topics", language)}
    departments = {row["name"] for row in preset.rows("departments", language)}
    for row in preset.rows("routing", language):
        assert set(split(row["topic"], "|")) <= topics
        assert row["department"] in departments
        assert {word_form(role) for role in split(row["copy_to"], ";")} <= set(lookup(Role))


@every_preset
def test_every_topic_is_routed_somewhere(preset: Preset) -> None:
    rules = [row for row in preset.rows("routing", "en") if row["enabled"] == "yes" and not row["kind"]]
    routed = {topic for row in rules for topic in split(row["topic"], "|")}
    assert {str(row["name"]) for row in preset.rows("topics", "en")} - routed == {"Other"}


@every_preset
def test_routing_begins_with_restricted_allegations_and_ends_with_a_catch_all(preset: Preset) -> None:
    *_, last = rows = preset.rows("routing", "en")
    about = rows[: preset.name == "uk-school"]  # where a head answers to governors, what is about them comes before
    first = rows[len(about)]
    assert [(row["about"], row["restricted"]) for row in about] == [("principal|group", "yes")][: len(about)]
    orders = [int(str(row["order"])) for row in preset.rows("routing", "en")]
    conditions = ("channel", "kind", "topic", "identity", "keywords")
    assert orders == sorted(set(orders))
    assert [first[key] for key in (*conditions, "restricted")] == ["", "allegation", "", "", "", "yes"]
    assert [last[key] for key in (*conditions, "enabled", "department")] == [
        "",
        "",
        "",
        "",
        "",
        "yes",
        "School office",
    ]


@every_preset
def test_reminders_lie_within_the_period_and_are_in_falling_order(preset: Preset) -> None:
    for row in preset.rows("deadlines", "en"):
        before = [int(number) for number in split(row["remind_before"], ",")]
        assert before == sorted(set(before), reverse=True)
        assert all(0 < number < int(str(row["amount"])) for number in before)
        assert row["extend_up_to"] == "" or int(str(row["extend_up_to"])) > 0


@every_preset
def test_each_step_has_its_own_start(preset: Preset) -> None:
    starts = {(row["step"], row["starts_from"]) for row in preset.rows("deadlines", "en") if row["enabled"] == "yes"}
    second = {
        "cn-school": {
            ("second_period", "review_done"),
            ("second_review", "second_review"),
            ("tell_result", "concluded"),
        },
        "uk-school": {("second_period", "review_done"), ("panel", "second_review"), ("second_review", "panel")},
    }[preset.name]
    assert starts - {("legal_limit", "accepted")} == {
        *second,
        ("decide", "received"),
        ("notify", "received"),
        ("reply", "accepted"),
        ("tell_extension", "extended"),
        ("feedback", "received"),
        ("review", "review"),
        ("objection_period", "replied"),
    }


@every_preset
def test_no_two_enabled_deadlines_are_equally_specific(preset: Preset) -> None:
    enabled = [row for row in preset.rows("deadlines", "en") if row["enabled"] == "yes"]
    places = [(row["step"], row["kind"], row["channel"]) for row in enabled]
    assert sorted(places) == sorted(set(places), key=str)


@every_preset
def test_levels_of_a_ladder_rise_one_by_one_and_later_and_later(preset: Preset) -> None:
    ladders: dict[object, list[tuple[int, int]]] = {}
    for row in preset.rows("escalation", "en"):
        ladders.setdefault(row["step"], []).append((int(str(row["level"])), int(str(row["after"]))))
    for rungs in ladders.values():
        assert [level for level, _ in rungs] == list(range(1, len(rungs) + 1))
        assert [after for _, after in rungs] == sorted({after for _, after in rungs})


@every_preset
@every_language
def test_settings_are_known_and_within_their_bounds(preset: Preset, language: Language) -> None:
    for row in preset.rows("settings", language):
        setting, value = SETTING[str(row["name"])], row["value"]
        if isinstance(value, int):
            assert setting.least <= value <= setting.most
        elif setting.pattern:
            assert re.fullmatch(setting.pattern, str(value))
        if setting.choices:
            assert value in {word.key for word in setting.choices}
    values = {row["name"]: row["value"] for row in preset.rows("settings", language)}
    assert (values["preset"], values["sending"]) == (preset.name, Sending.TRIAL)


@every_preset
def test_only_the_school_s_own_answer_waits_for_papers_and_no_day_of_the_law(preset: Preset) -> None:
    may = [row for row in preset.rows("deadlines", "zh") if row.get("wait_up_to", "") != ""]
    assert {row["step"] for row in may} == {"reply"}
    assert not [row for row in may if str(row["basis"]).startswith("《信访工作条例》第")]


# The figures of 信访工作条例 (2022), which nobody may change by accident.
def test_the_legal_figures_of_the_chinese_preset() -> None:
    enabled = [row for row in load("cn-school").rows("deadlines", "zh") if row["enabled"] == "yes"]
    legal = [
        tuple(row[key] for key in ("step", "kind", "channel", "starts_from", "amount", "unit", "extend_up_to"))
        for row in enabled
        if str(row["basis"]).startswith("《信访工作条例》第")
    ]
    assert legal == [
        ("decide", "", "superior", "received", 5, "workday", ""),  # art. 23
        ("notify", "", "", "received", 15, "day", ""),  # art. 23
        ("notify", "", "superior", "received", 15, "day", ""),  # art. 23
        ("decide", "", "passed_on", "received", 5, "workday", ""),  # art. 23
        ("notify", "", "passed_on", "received", 15, "day", ""),  # art. 23
        ("legal_limit", "complaint", "", "accepted", 60, "day", 30),  # art. 34, complaints only
        ("review", "", "", "review", 30, "day", ""),  # art. 35
        ("objection_period", "complaint", "", "replied", 30, "day", ""),  # art. 35
        ("second_period", "complaint", "", "review_done", 30, "day", ""),  # art. 36
        ("second_review", "", "", "second_review", 30, "day", ""),  # art. 36
    ]


def test_the_english_preset_counts_in_school_days() -> None:
    enabled = [row for row in load("uk-school").rows("deadlines", "en") if row["enabled"] == "yes"]
    assert {row["unit"] for row in enabled} == {"schoolday"}
    assert "legal_limit" not in {row["step"] for row in enabled}


def test_every_channel_from_above_is_reported_back() -> None:
    for name in NAMES:
        reported = {row["channel"] for row in load(name).rows("deadlines", "en") if row["step"] == "feedback"}
        assert reported == {Channel.SUPERIOR, Channel.LEADER}


def test_text_comes_in_the_language_asked_for() -> None:
    assert [load("cn-school").rows("topics", language)[-1]["name"] for language in LANGUAGES] == [
        "Other",
        "其他",
    ]


def test_what_is_not_there_is_refused_in_a_sentence() -> None:
    with pytest.raises(ValueError, match="no preset called 'us-school': choose one of cn-school, uk-school"):
        load("us-school")
    with pytest.raises(ValueError, match="not 'people'"):
        load("cn-school").rows("people", "en")
