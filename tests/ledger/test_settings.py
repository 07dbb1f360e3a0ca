"""A setting that cannot be used is reported beside it, and the default counts."""

from __future__ import annotations

from datetime import date, time

import pytest

from sheet_schema import SETTING, SETTINGS_LIST
from tests.support.ledger_in_memory import ledger


def read(key: str, value: object, name: str = "") -> tuple[str, list[tuple[int | None, str]]]:
    found = ledger(settings=[{"name": name or SETTING[key].label("zh"), "value": value}])
    return found.policy.settings[key], [(p.row, p.code) for p in found.problems if p.tab == "settings"]


@pytest.mark.parametrize(
    ("key", "value", "meant"),
    [
        ("blank_rows", "12", "12"), ("blank_rows", 12.0, "12"), ("blank_rows", "１２", "12"), ("blank_rows", "", "30"),
        ("send_from", "7:30", "07:30"), ("send_from", time(7, 30), "07:30"), ("send_from", 0.3125, "07:30"),
        ("go_live_on", "2026年3月2日", "2026-03-02"), ("go_live_on", date(2026, 3, 2), "2026-03-02"),
        ("sending", "正式发送", "live"), ("sending", "Live", "live"), ("sending", "live", "live"),
        ("time_zone", "Europe/London", "Europe/London"), ("school_name", " 示范学校 ", "示范学校"),
    ],
)  # fmt: skip
def test_values(key: str, value: object, meant: str) -> None:
    if key == "sending" and value == "正式发送":
        value = SETTING["sending"].choices.of("live").label("zh")  # type: ignore[union-attr]
    assert read(key, value) == (meant, [])


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("blank_rows", "many"), ("blank_rows", "0"), ("blank_rows", "1001"), ("send_from", "25:00"), ("time_zone", "Mars/Base"),
        ("time_zone", "../etc/passwd"), ("sending", "perhaps"), ("go_live_on", "3/2/2026"), ("number_prefix", "=1"), ("country", "China"),
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_used(key: str, value: object) -> None:
    assert read(key, value) == (SETTING[key].default, [(2, "bad_setting")])


# What stands in braces and cannot be filled in would go out to everybody as it stands.
@pytest.mark.parametrize(
    ("key", "typed", "meant", "wrong"),
    [
        ("mail_greeting", "Hello {name},", "Hello {name},", ""),
        ("mail_greeting", "｛ Name ｝您好：", "{name}您好：", ""),
        ("mail_greeting", "Good morning,", "Good morning,", ""),
        ("mail_greeting", "", "", ""),
        ("mail_greeting", "Hello {firstname},", "Dear {name},", "{firstname}"),
        ("mail_greeting", "{title} {name} {姓名}", "Dear {name},", "{title}, {姓名}"),
        ("mail_greeting", "Hello {name,", "Dear {name},", "{"),
        ("mail_greeting", "{{ name }}", "Dear {name},", "{}"),
        ("mail_closing", "The office of {school}", "Letters and visits office", "{school}"),
        ("mail_closing", "The office", "The office", ""),
        ("archive_pattern", "{fonds}-{year}-{ITEM}", "{fonds}-{year}-{item}", ""),
        ("archive_pattern", "{fond}-{year}-{item}", SETTING["archive_pattern"].default, "{fond}"),
        ("school_name", "School {of} Arts", "School {of} Arts", ""),
    ],
)
def test_what_cannot_be_filled_in_is_said_beside_the_setting(key: str, typed: str, meant: str, wrong: str) -> None:
    found = ledger("en", settings=[{"name": SETTING[key].label("en"), "value": typed}])
    said = [one.say("en") for one in found.problems if one.tab == "settings"]
    allowed = {
        "mail_greeting": "Here only these can: {name}.",
        "mail_closing": "Nothing in braces is filled in here: write what is meant.",
        "archive_pattern": "Here only these can: {fonds}, {category}, {year}, {retention}, {class}, {item}.",
        "school_name": "",
    }[key]
    label, default = SETTING[key].label("en"), SETTING[key].default
    sentence = (
        f"{label}: {wrong} is nothing that can be filled in. {allowed} Until then the default, “{default}”, stands."
    )
    assert (found.policy.settings[key], said) == (meant, [sentence] if wrong else [])


@pytest.mark.parametrize(
    ("key", "typed", "used"),
    [("mail_greeting", "您好{firstname}，", "{name}，您好："), ("mail_greeting", "{姓名", "{name}，您好："), ("mail_closing", "{school}办公室", "信访办公室"),
     ("archive_pattern", "{fond}", SETTING["archive_pattern"].default)],
)  # fmt: skip
def test_the_default_is_named_in_the_ledgers_language(key: str, typed: str, used: str) -> None:
    found = ledger("zh", settings=[{"name": SETTING[key].label("zh"), "value": typed}])
    (said,) = (one.say("zh") for one in found.problems if one.tab == "settings")
    assert f"“{used}”" in said


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("", []), ("@s.example, *.t.example、u.example", []), ("*.example\ns.example", []), ("example", ["example"]),
        ("s.example; our school", ["our; school"]), ("https://s.example", ["https:"]),
    ],
)  # fmt: skip
def test_what_is_no_mail_domain_is_said_beside_the_setting(value: str, said: list[str]) -> None:
    found = ledger("en", settings=[{"name": SETTING["allowed_domains"].label("en"), "value": value}])
    told = [p.said[0].say("en") for p in found.problems if p.code == "not_a_domain"]
    assert told == [f"Allowed mail domains: “{one}” is not a mail domain." for one in said]


@pytest.mark.parametrize("name", ["blank_rows", "Numbered blank lines", " numbered  blank lines", "预留空行"])
def test_a_setting_goes_by_any_of_its_names(name: str) -> None:
    assert read("blank_rows", "7", name) == ("7", [])


def test_doubled_and_unknown_names() -> None:
    rows = [
        {"name": "预留空行", "value": "7"},
        {"name": "blank_rows", "value": "8"},
        {"name": "天气", "value": "晴"},
    ]
    found = ledger(settings=rows)
    assert (found.policy.settings["blank_rows"], [(p.row, p.code) for p in found.problems if p.tab == "settings"]) == (
        "7",
        [(3, "twice"), (4, "unknown_setting")],
    )


def test_without_rows_every_default_stands_and_can_be_read() -> None:
    found = ledger(settings=[])
    assert {one.key: found.policy.settings[one.key] for one in SETTINGS_LIST} == {
        one.key: one.default for one in SETTINGS_LIST
    }
