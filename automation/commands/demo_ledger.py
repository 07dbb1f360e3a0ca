"""The content of the demo ledger: an invented school over two terms, some of it wrong on purpose.

It is made from a seed: the same day and seed give the same rows. The cases are in `demo_data/cases.toml`, what is said in
words in the file of the language beside it. Nobody is real: addresses end in .example, and the telephone numbers are not
in use.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from automation.cases.waits import Wait
from automation.commands.demo_receptions import demo_receptions
from sheet_schema import Language
from sheet_schema import vocabulary as words
from sheet_schema.languages import SOURCE, traits
from sheet_schema.preset_files import load
from sheet_schema.reception import RECEPTION_DAYS
from sheet_schema.settings import REPORT_WITHIN
from sheet_schema.usual_words import TICK_MARK
from sheet_schema.word import Words

DemoRows = list[dict[str, object]]

MISTAKES = {
    "LV-00020": "useless_extension", "LV-00032": "ambiguous_name", "LV-00033": "missing_contact", "LV-00034": "decline_without_reason",
    "LV-00035": "ambiguous_date", "LV-00036": "unknown_department", "LV-00037": "unknown_kind",
    "LV-00038": "text_people", "LV-00039": "replied_before_received", "LV-00040": "formula_text",
}  # fmt: skip
"""What is wrong on purpose, by case. The text that looks like a formula is not a mistake: it has to stay text."""


@cache
def _invented(name: str) -> Mapping[str, Any]:
    """A file of invented data; in English for a language in which nobody has invented any."""
    folder = files("automation.commands") / "demo_data"
    there = folder / f"{name}.toml"
    return tomllib.loads((there if there.is_file() else folder / f"{SOURCE}.toml").read_text("utf-8"))


def demo_rows(language: Language, today: date, seed: int = 2026) -> dict[str, DemoRows]:
    """The rows of each tab as a person would have typed them in this language, by tab and column key."""
    preset = load(traits(language)["preset"])
    topics = [str(row["name"]) for row in preset.rows("topics", language)]
    departments = [str(row["name"]) for row in preset.rows("departments", language)]
    school = _invented(language)
    register = _register(language, today, topics, random.Random(seed))  # noqa: S311  (a story, not a secret)
    return {
        "register": register,
        "index": _index(register, today),
        "departments": _departments(language, departments),
        "people": _people(language, today),
        "duty": _duty(language, today),
        "calendar": _breaks(language, today),
        "receptions": demo_receptions(school["reception"], lambda at: _name(language, at), today),
        "settings": [
            {"name": RECEPTION_DAYS, "value": words.YesNo.YES.key},
            {"name": "school_name", "value": school["school_name"]},
            {"name": "school_phone", "value": school["school_phone"]},
            {"name": "reply_to", "value": f"office@{school['domain']}"},
        ],
    }


def _index(register: DemoRows, today: date) -> DemoRows:
    """The numbers issued so far. The office typed each case in on the day it came, and those of today a moment ago; and each
    wait on the day on which it began."""
    came = {row["case_no"]: row["received_on"] for row in register if row["case_no"]}
    before = {number: day for number, day in came.items() if isinstance(day, date) and day < today}
    waits = {row["case_no"]: row["waiting_since"] for row in register if isinstance(row.get("waiting_since"), date)}
    return [
        {
            "case_no": number,
            "issued_on": before.get(number, today),
            "first_seen": before.get(number, ""),
            "waits": Wait(day, None, day, current=True).text() if isinstance(day := waits.get(number), date) else "",
        }
        for number in came
    ]


def _name(language: Language, at: int) -> str:
    return str(_invented(language)["staff"][at]["name"])


def _people(language: Language, today: date) -> DemoRows:
    rows: DemoRows = []
    school = _invented(language)
    for at, (person, one) in enumerate(zip(school["staff"], _invented("cases")["staff"], strict=True)):
        row: dict[str, object] = {
            "name": person["name"],
            "also_called": person.get("also_called", ""),
            "address_as": person.get("address_as", ""),
            "email": f"{person['address']}@{school['domain']}",
            "phone": school["staff_phone"].format(n=at),
            "role": ";".join(words.Role.of(role).label(language) for role in one["roles"]),
            "digest": words.DigestRhythm.of(_rhythm(one["roles"])).label(language),
        }
        rows.append(row)
    rows[9] |= {
        "absent_from": today - timedelta(days=3),
        "absent_until": today + timedelta(days=9),
        "stand_in": _name(language, 10),
    }
    rows[16] |= {"absent_from": today - timedelta(days=50), "email": ""}
    return rows


def _rhythm(roles: Sequence[str]) -> str:
    if "office" in roles:
        return words.DigestRhythm.DAILY.key
    return (words.DigestRhythm.WEEKLY if {"principal", "leader"} & set(roles) else words.DigestRhythm.NONE).key


def _departments(language: Language, names: Sequence[str]) -> DemoRows:
    """Departments, each with a head and a leader in charge; the last one has no address yet, on purpose, and one
    mailbox is opened by somebody else, too."""
    heads, leaders = (6, 8, 9, 10, 11, 12), (4, 5)
    return [
        {
            "name": name,
            "email": "" if at == len(names) - 1 else f"dept{at + 1}@{_invented(language)['domain']}",
            "read_by": _name(language, 15) if at == 2 else "",
            "head": _name(language, 0 if at == 0 else heads[at % len(heads)]),
            "leader": _name(language, leaders[at % len(leaders)]),
        }
        for at, name in enumerate(names)
    ]


def _duty(language: Language, today: date) -> DemoRows:
    """A weekly roster up to two weeks ahead, with one week for which nobody was entered."""
    monday = today - timedelta(days=today.weekday())
    rows: DemoRows = []
    for week in range(-26, 3):
        if week != -9:
            start = monday + timedelta(weeks=week)
            person = (0, 1, 2)[week % 3]
            rows.append({"date": start, "until": start + timedelta(days=6), "person": _name(language, person)})
    return rows


def _breaks(language: Language, today: date) -> DemoRows:
    closed = words.DayKind.CLOSED.label(language)

    def day(after: int, month: int, of_month: int) -> date:
        return date(today.year + after, month, of_month)

    return [
        {"date": day(*one["first"]), "until": day(*one["last"]), "kind": closed, "name": one["name"]}
        for one in _invented(language)["breaks"]
    ]


def _register(language: Language, today: date, topics: Sequence[str], chance: random.Random) -> DemoRows:
    facts, told = _invented("cases")["case"], _invented(language)["case"]
    sample, rows = _Sample(language, today, topics, chance), DemoRows()
    for at, (fact, said) in enumerate(zip(facts, told, strict=True)):
        row = _row(sample, at, {**fact, **said}, rows)
        parts = _parts(language, row["received_on"], fact, said) if "involved" in fact else {}
        rows.append({**row, **parts})
    for row, fact in zip(rows, facts, strict=True):
        _spoil(row, str(fact.get("mistake", "")), language)
    return rows


@dataclass(frozen=True)
class _Sample:
    """What all invented cases share."""

    language: Language
    today: date
    topics: Sequence[str]
    chance: random.Random


def _row(sample: _Sample, at: int, case: Mapping[str, Any], earlier: DemoRows) -> dict[str, object]:
    language, today, chance = sample.language, sample.today, sample.chance
    received = _on_a_weekday(today - timedelta(days=case["ago"]))

    def day(key: str) -> object:
        return min(_on_a_weekday(received + timedelta(days=case[key])), today) if key in case else ""

    def label(kind: Words, key: str) -> str:
        return kind.of(case[key]).label(language) if key in case else ""

    person, contact = _petitioner(language, chance)
    if "same" in case:
        person, contact = (
            str(earlier[case["same"] - 1]["petitioner"]).replace(" ", "  "),
            str(earlier[case["same"] - 1]["contact"]),
        )
    if case.get("joint"):
        person = f"{person}; {_petitioner(language, chance)[0]}"
    if case.get("anonymous"):
        person, contact = _invented(language)["anonymous"], ""
    row: dict[str, object] = {
        "case_no": f"LV-{at + 1:05d}",
        "channel": label(words.Channel, "channel"),
        "petitioner": person,
        "contact": contact,
        "kind": label(words.Kind, "kind"),
        "topic": sample.topics[case["topic"]],
        "summary": case["summary"],
        "important": TICK_MARK if case.get("important") else "",
        "people": case.get("people", ""),
        "about": _invented(language)["about"][case["about"]] if "about" in case else "",
        "received_on": received,
        "decision": label(words.Decision, "decision"),
        "decided_on": day("decided"),
        "reason": case.get("reason", ""),
        "notified_on": day("notified"),
        "result": case.get("result", ""),
        "outcome": label(words.CaseOutcome, "outcome"),
        "replied_on": day("replied"),
        "fed_back_on": day("fed_back"),
        "review_on": day("review"),
        "review_done_on": day("reviewed"),
        "second_review_on": day("second_review"),
        "satisfaction": label(words.Satisfaction, "satisfaction"),
        "leapfrog": TICK_MARK if case.get("leapfrog") else "",
        "identity": label(words.Identity, "identity"),
    }
    if "superior_due" in case:
        row |= {
            "superior_ref": f"EDU-{received.year}-{at + 1:03d}",
            "superior_due": received + timedelta(days=case["superior_due"]),
        }
    if case.get("leader_told"):
        row["leader_told"] = f"{_name(language, 3)} {received:%m-%d}"
    if "panel" in case:  # it lies ahead
        row["panel_on"] = received + timedelta(days=case["panel"])
    if _reports(language):
        row["reported_on"] = day("reported")
    if "extended" in case:
        row |= {
            "extended_to": received + timedelta(days=case["extended"]),
            "extension_by": _name(language, 4),
            "extension_reason": case["extended_reason"],
        }
    if "waiting" in case:
        row |= {"waiting_for": case["waiting_for"], "waiting_since": day("waiting")}
    return row


def _reports(language: Language) -> bool:
    """Whether the preset of the language asks for reports to the authority above."""
    settings = {row["name"]: row["value"] for row in load(traits(language)["preset"]).rows("settings", language)}
    return bool(settings[REPORT_WITHIN])


def _parts(language: Language, received: object, days: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, object]:
    """The departments also involved, each with its last day, and the answers of the last of them."""
    assert isinstance(received, date)
    names, part = said["involved"], _invented(language)["part"]
    until = (received + timedelta(days=one) for one in days["involved"])
    answered = (received + timedelta(days=one) for one in days["parts_answered"])
    return {
        "involved": "; ".join(part.format(department=name, day=day) for name, day in zip(names, until, strict=True)),
        "parts_answered": "; ".join(f"{name} {day}" for name, day in zip(reversed(names), answered, strict=False)),
    }


def _petitioner(language: Language, chance: random.Random) -> tuple[str, str]:
    school = _invented(language)
    name = school["visitor"].format(first=chance.choice(school["first"]), second=chance.choice(school["second"]))
    return name, school["visitor_phone"].format(n=chance.randrange(*school["visitor_phones"]))


def _on_a_weekday(day: date) -> date:
    return day - timedelta(days=max(0, day.weekday() - 4))


def _spoil(row: dict[str, object], mistake: str, language: Language) -> None:
    """Make the row wrong the way people do."""
    received = row["received_on"]
    assert isinstance(received, date)
    typed = _invented(language)["mistakes"]
    wrong: dict[str, dict[str, object]] = {
        "missing_contact": {"contact": ""},
        "ambiguous_date": {"received_on": "3/2/2026"},
        "unknown_department": {"department": typed["unknown_department"]},
        "unknown_kind": {"kind": typed["unknown_kind"]},
        "text_people": {"people": typed["text_people"]},
        "replied_before_received": {"replied_on": received - timedelta(days=7)},
    }
    row.update(wrong.get(mistake, {}))
