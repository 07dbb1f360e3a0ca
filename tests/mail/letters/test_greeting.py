"""How a mail greets its reader: as Address as has it, in Chinese else by surname and title, else by name; a department by its own."""

from __future__ import annotations

import pytest

from automation.mail.mail import Mail
from sheet_schema import SETTING, Language
from tests.support.mails_of_a_run import PEOPLE, Row, case, mails

LATE = "2026-03-27T10:00"
"""East is told of its case, and the principal that it is late."""


def greeted(mail: Mail) -> str:
    return mail.rendered.text.split("\n", 1)[0]


def run(language: Language, principal: Row, setting: str | None = None) -> dict[str, str]:
    """The first line of the mails to the department East and to the principal, who is called as given."""
    values = {"blank_rows": "1", "sending": "live", "go_live_on": "2026-03-01"}
    if setting is not None:
        values["mail_greeting"] = setting
    rows = [{"name": SETTING[key].label(language), "value": value} for key, value in values.items()]
    people = [*(one for one in PEOPLE if one["role"] != "principal"), {**PEOPLE[2], **principal}]
    departments: list[Row] = [{"name": "East", "email": "east@s.example", "head": "Hal", "leader": "Lea"}]
    sent = mails(LATE, (case("LV-00001"),), language, people=people, settings=rows, departments=departments)
    return {reader: greeted(mail) for (_, reader), mail in sent.items()}


@pytest.mark.parametrize(
    ("language", "cells", "line"),
    [
        ("zh", {"name": "赵国华"}, "赵国华，您好："),
        ("zh", {"name": "赵国华", "also_called": "老赵；赵校长；赵主任"}, "赵校长："),
        ("zh", {"name": "赵国华", "also_called": "校长；国华；钱校长；赵国华校长"}, "赵国华，您好："),
        ("zh", {"name": "欧阳娜", "also_called": "欧校长；欧阳书记"}, "欧阳书记："),
        ("zh", {"name": "赵国华", "also_called": "赵校长", "address_as": "赵国华同志："}, "赵国华同志："),
        ("zh", {"name": "Helen Marsh", "also_called": "Mrs Marsh"}, "Helen Marsh，您好："),
        ("en", {"name": "Helen Marsh", "also_called": "Mrs Marsh"}, "Dear Helen Marsh,"),
        ("en", {"name": "Helen Marsh", "address_as": "Mrs  Marsh,"}, "Dear Mrs Marsh,"),
        ("en", {"name": "赵国华", "also_called": "赵校长"}, "Dear 赵国华,"),
        ("en", {"name": "赵国华", "also_called": "赵校长", "language": "zh"}, "赵校长："),
        ("zh", {"name": "赵国华", "address_as": "Mr Zhao", "language": "en"}, "Dear Mr Zhao,"),
    ],
)
def test_a_person(language: Language, cells: Row, line: str) -> None:
    assert run(language, cells)[str(cells["name"])] == line


@pytest.mark.parametrize(
    ("language", "setting", "person", "department"),
    [
        ("zh", "{name}，您好：", "赵校长：", "East："),
        ("zh", "Dear {name},", "赵校长：", "East："),
        ("zh", "尊敬的{name}：", "尊敬的赵校长：", "尊敬的East："),
        ("en", "Dear {name},", "Dear 赵国华,", "Dear East,"),
        ("en", "Hello {name}!", "Hello 赵国华!", "Hello East!"),
        ("en", "Good morning,", "Good morning,", "Good morning,"),
        # what cannot be filled in never goes out: ours stands until it is mended
        ("en", "Hello {firstname},", "Dear 赵国华,", "Dear East,"),
        ("zh", "{姓名}同志：", "赵校长：", "East："),
        ("zh", "尊敬的｛name｝：", "尊敬的赵校长：", "尊敬的East："),
    ],
)
def test_a_greeting_of_the_schools_own_stays(language: Language, setting: str, person: str, department: str) -> None:
    said = run(language, {"name": "赵国华", "also_called": "赵校长"}, setting)
    assert (said["赵国华"], said["East"]) == (person, department)


@pytest.mark.parametrize(("closing", "last"), [("{school}", "信访办公室"), ("育才中学信访办", "育才中学信访办")])
def test_the_closing_lines_are_in_the_ledgers_language(closing: str, last: str) -> None:
    """Those of Settings, or where these cannot be used the default."""
    values = {"blank_rows": "1", "sending": "live", "go_live_on": "2026-03-01", "mail_closing": closing}
    rows = [{"name": SETTING[key].label("zh"), "value": value} for key, value in values.items()]
    sent = mails(LATE, (case("LV-00001"),), "zh", settings=rows)
    assert sent
    for mail in sent.values():
        assert last in mail.rendered.text.splitlines()
        assert "Letters and visits office" not in mail.rendered.text


def test_who_is_addressed_so_is_meant_by_it() -> None:
    """A name that stands only in Address as keeps its owner out like any other."""
    people = [*PEOPLE[:2], {**PEOPLE[2], "address_as": "Moppet"}, PEOPLE[3]]
    sent = mails(LATE, (case("LV-00001", about="Moppet", restricted="yes"),), people=people)
    assert "Pru" not in {reader for _, reader in sent}
