"""The content of the demo ledger: an invented school over two terms, some of it wrong on purpose.

It is made from a seed: the same day and seed give the same rows. Texts are in `demo_data/cases.toml`; people, telephone
numbers and dates are made here. Nobody is real: addresses end in .example, and the telephone numbers are not in use.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files
from typing import Any

from sheet_schema import Language
from sheet_schema import vocabulary as words
from sheet_schema.preset_files import load

DemoRows = list[dict[str, object]]

PRESET: dict[Language, str] = {"en": "uk-school", "zh": "cn-school"}
MISTAKES = {
    "LV-00020": "useless_extension", "LV-00032": "ambiguous_name", "LV-00033": "missing_contact", "LV-00034": "decline_without_reason",
    "LV-00035": "ambiguous_date", "LV-00036": "unknown_department", "LV-00037": "unknown_kind",
    "LV-00038": "text_people", "LV-00039": "replied_before_received", "LV-00040": "formula_text",
}  # fmt: skip
"""What is wrong on purpose, by case. The text that looks like a formula is not a mistake: it has to stay text."""

_PETITIONERS: dict[Language, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "en": (
        ("Anna", "Bilal", "Carol", "Derek", "Esther", "Femi", "Gwen", "Harold", "Iris", "Jonas", "Keira", "Leo"),
        ("Archer", "Barlow", "Castell", "Dunmore", "Eastwood", "Farrow", "Gately", "Hollis", "Ingram", "Jessop"),
    ),
    "zh": (
        ("陈", "林", "何", "郭", "马", "罗", "梁", "宋", "郑", "谢", "韩", "唐"),
        ("晓燕", "志远", "丽华", "建平", "雨桐", "国栋", "春梅", "子涵", "文博", "秀兰"),
    ),
}

# name, other names, roles, department whose head (h) or leader (l) this is: index into the preset's departments
_STAFF: tuple[tuple[str, str, str, str, str], ...] = (
    # English, 中文, also called (en), also called (zh), roles
    ("Ruth Penrose", "李敏", "", "李主任", "office;administrator"),
    ("Tom Ashby", "孙浩", "", "", "office;duty"),
    ("Grace Ellery", "周岚", "", "", "duty;handler"),
    ("Helen Marsh", "赵国华", "", "赵校长", "principal;group"),
    ("Paul Trent", "刘明远", "", "刘副校长", "leader;group"),
    ("Nadia Osei", "吴静怡", "", "吴副校长", "leader;group"),
    ("Ian Calloway", "王强", "Mr Wang;Mr C", "王老师;王主任", "head"),
    ("Mei Wang", "王芳", "Ms Wang;Mr Wang", "王老师", "handler"),
    ("Sam Okafor", "黄志刚", "", "", "head"),
    ("Joan Whitlock", "徐慧", "", "", "head"),
    ("Peter Lund", "朱建军", "", "", "head"),
    ("Claire Dobson", "胡晓峰", "", "", "head"),
    ("Martin Reeve", "高洁", "", "", "head;discipline"),
    ("Olive Barnes", "沈玉梅", "", "", "archivist"),
    ("Victor Hale", "曹磊", "", "", "handler"),
    ("Lucy Fenn", "邓丽", "", "", "handler"),
    ("George Pike", "彭涛", "", "", "handler"),
    ("Edith Crane", "苏文", "", "", "outside"),
)
_ABOUT: dict[Language, tuple[str, str, str]] = {
    "en": ("Victor Hale", "Joan Whitlock", "Mr Wang"),
    "zh": ("曹磊", "徐慧", "王老师"),
}
_SCHOOL: dict[Language, str] = {"en": "Larkfield School", "zh": "云溪实验学校"}


def demo_rows(language: Language, today: date, seed: int = 2026) -> dict[str, DemoRows]:
    """The rows of each tab as a person would have typed them in this language, by tab and column key."""
    preset = load(PRESET[language])
    topics = [str(row["name"]) for row in preset.rows("topics", language)]
    departments = [str(row["name"]) for row in preset.rows("departments", language)]
    return {
        "register": _register(language, today, topics, random.Random(seed)),  # noqa: S311  (a story, not a secret)
        "departments": _departments(language, departments),
        "people": _people(language, today),
        "duty": _duty(language, today),
        "calendar": _breaks(language, today),
        "settings": [
            {"name": "school_name", "value": _SCHOOL[language]},
            {"name": "school_phone", "value": "01632 960100" if language == "en" else "010-5550-0100"},
            {"name": "reply_to", "value": "office@larkfield.example"},
        ],
    }


def _pick(language: Language, pair: Sequence[str]) -> str:
    return pair[1] if language == "zh" else pair[0]


def _name(language: Language, at: int) -> str:
    return _pick(language, _STAFF[at][:2])


def _people(language: Language, today: date) -> DemoRows:
    rows: DemoRows = []
    for at, (en, _, also_en, also_zh, roles) in enumerate(_STAFF):
        row: dict[str, object] = {
            "name": _name(language, at),
            "also_called": _pick(language, (also_en, also_zh)),
            "email": f"{en.lower().replace(' ', '.')}@larkfield.example",
            "phone": f"01632 9601{at:02d}" if language == "en" else f"010-5550-01{at:02d}",
            "role": ";".join(words.Role.of(role).label(language) for role in roles.split(";")),
            "digest": words.DigestRhythm.of(_rhythm(roles)).label(language),
        }
        rows.append(row)
    rows[9] |= {
        "absent_from": today - timedelta(days=3),
        "absent_until": today + timedelta(days=9),
        "stand_in": _name(language, 10),
    }
    rows[16] |= {"absent_from": today - timedelta(days=50), "email": ""}
    return rows


def _rhythm(roles: str) -> str:
    if "office" in roles:
        return words.DigestRhythm.DAILY.key
    return (
        words.DigestRhythm.WEEKLY if {"principal", "leader"} & set(roles.split(";")) else words.DigestRhythm.NONE
    ).key


def _departments(language: Language, names: Sequence[str]) -> DemoRows:
    """Departments, each with a head and a leader in charge; the last one has no address yet, on purpose, and one
    mailbox is opened by somebody else, too."""
    heads, leaders = (6, 8, 9, 10, 11, 12), (4, 5)
    return [
        {
            "name": name,
            "email": "" if at == len(names) - 1 else f"dept{at + 1}@larkfield.example",
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
    year = today.year
    spans = (
        (
            (date(year - 1, 12, 22), date(year, 1, 2), "Christmas break"),
            (date(year, 2, 16), date(year, 2, 20), "Half-term"),
        )
        if language == "en"
        else ((date(year, 1, 31), date(year, 3, 1), "寒假"), (date(year, 7, 11), date(year, 8, 31), "暑假"))
    )
    return [{"date": first, "until": last, "kind": closed, "name": name} for first, last, name in spans]


def _register(language: Language, today: date, topics: Sequence[str], chance: random.Random) -> DemoRows:
    data = tomllib.loads(files("automation.commands").joinpath("demo_data/cases.toml").read_text("utf-8"))
    sample, rows = _Sample(language, today, topics, chance), DemoRows()
    for at, case in enumerate(data["case"]):
        rows.append(_row(sample, at, case, rows))
    for row, case in zip(rows, data["case"], strict=True):
        _spoil(row, str(case.get("mistake", "")), language)
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

    def label(kind: words.Words, key: str) -> str:
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
        person, contact = _pick(language, ("Anonymous", "匿名")), ""
    row: dict[str, object] = {
        "case_no": f"LV-{at + 1:05d}",
        "channel": label(words.Channel, "channel"),
        "petitioner": person,
        "contact": contact,
        "kind": label(words.Kind, "kind"),
        "topic": sample.topics[case["topic"][0 if language == "en" else 1]],
        "summary": case[language],
        "important": words.TICK_MARK if case.get("important") else "",
        "people": case.get("people", ""),
        "about": _ABOUT[language][case["about"]] if "about" in case else "",
        "received_on": received,
        "decision": label(words.Decision, "decision"),
        "decided_on": day("decided"),
        "reason": _pick(language, case["reason"]) if "reason" in case else "",
        "notified_on": day("notified"),
        "result": _pick(language, case["result"]) if "result" in case else "",
        "outcome": label(words.CaseOutcome, "outcome"),
        "replied_on": day("replied"),
        "fed_back_on": day("fed_back"),
        "review_on": day("review"),
        "satisfaction": label(words.Satisfaction, "satisfaction"),
        "leapfrog": words.TICK_MARK if case.get("leapfrog") else "",
        "identity": label(words.Identity, "identity"),
    }
    if "superior_due" in case:
        row |= {
            "superior_ref": f"EDU-{received.year}-{at + 1:03d}",
            "superior_due": received + timedelta(days=case["superior_due"]),
        }
    if case.get("leader_told"):
        row["leader_told"] = f"{_name(language, 3)} {received:%m-%d}"
    if "extended" in case:
        row |= {
            "extended_to": received + timedelta(days=case["extended"]),
            "extension_by": _name(language, 4),
            "extension_reason": _pick(language, case["extended_reason"]),
        }
    return row


def _petitioner(language: Language, chance: random.Random) -> tuple[str, str]:
    first, second = (chance.choice(part) for part in _PETITIONERS[language])
    if language == "en":
        return f"{first} {second}", f"01632 960{chance.randrange(200, 999)}"
    return f"{first}{second}", f"010-5550-{chance.randrange(2000, 9999)}"


def _on_a_weekday(day: date) -> date:
    return day - timedelta(days=max(0, day.weekday() - 4))


def _spoil(row: dict[str, object], mistake: str, language: Language) -> None:
    """Make the row wrong the way people do."""
    received = row["received_on"]
    assert isinstance(received, date)
    wrong: dict[str, dict[str, object]] = {
        "missing_contact": {"contact": ""},
        "ambiguous_date": {"received_on": "3/2/2026"},
        "unknown_department": {"department": _pick(language, ("The kitchen", "伙食科"))},
        "unknown_kind": {"kind": _pick(language, ("Grumble", "牢骚"))},
        "text_people": {"people": _pick(language, ("about four", "四五个"))},
        "replied_before_received": {"replied_on": received - timedelta(days=7)},
    }
    row.update(wrong.get(mistake, {}))
