"""Random offices for hypothesis: people, roles, absences, shared mailboxes, spellings, cases in every state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from hypothesis import strategies as st

from automation.ledger.workbook import Snapshot
from sheet_schema import SETTING, TABS, Language
from sheet_schema.vocabulary import (
    CaseOutcome,
    Channel,
    Decision,
    DigestRhythm,
    Kind,
    Role,
    RuleState,
    Sending,
    Start,
    Step,
    ToldBy,
    Unit,
    Who,
    YesNo,
)
from sheet_schema.word import Word
from tests.support.ledger_in_memory import grid

NOW = datetime(2026, 3, 18, 9, 0)
"""A Wednesday."""
Row = dict[str, object]

NAMES: Mapping[Language, Sequence[tuple[str, Sequence[str]]]] = {
    "zh": (
        ("王芳", ("王老师", "王芳老师", "教务处王老师", "wang@s.example", "王 芳", "王芳（教务处）")),
        ("王强", ("王老师", "小王", "王主任", "王强主任", "教务处负责人")),
        ("李明", ("李老师", "李明,王老师", "李明和陈静", "李 明")),
        ("张伟", ("張偉", "张校长", "校长", "张伟校长")),
        ("陈静", ("陈静老师", "陈靜", "陈老师", "静")),
        ("赵和平", ("赵书记", "和平", "副校长", "赵老师")),
    ),
    "en": (
        (
            "Mary Smith",
            ("Mrs Smith", "Smith, M.", "Mary Smith (Maths)", "Maths: Mrs Smith", "mary smith", "m@s.example"),
        ),
        ("John Smith", ("Mr Smith", "Mr.Smith", "Mr & Mrs Smith", "Smith’s class", "Jon Smith", "J Smith")),
        ("Robert Dobson", ("the headteacher", "Principal Dobson", "Rob Dobson", "Dobson", "Headteacher Dobson")),
        ("Ann Lee", ("Miss Lee", "Lee", "ANN  LEE", "Mary Brown, Ann Lee")),
        ("José Núñez", ("Jose Nunez", "Mr Nunez", "Núñez")),
        ("Grace Ellery", ("Curriculum (Ms Ellery)", "head of Maths", "Ellery", "Grace Elery")),
    ),
}
"""People, and ways in which others write them; some mean several."""
OTHERS: Mapping[Language, Sequence[str]] = {
    "zh": ("", "", "-", "无", "校车公司", "刘洋", "周老师", "某老师", "教务处", "总务处", "其他家长", "刘洋（校外）"),
    "en": ("", "", "-", "nobody", "the bus company", "Peter Quill", "a teacher", "Maths", "Estates", "other parents"),
}
DEPARTMENTS: Mapping[Language, tuple[str, str]] = {"zh": ("教务处", "总务处"), "en": ("Maths", "Estates")}
ADDRESSES = tuple(f"{name}@s.example" for name in ("a", "b", "c", "d", "e", "f", "box", "office"))
"""Few, so that people and departments share them."""
CONTACTS = ("13800000001", "13800000002", "p@home.example", "p@home.example; q@home.example", *ADDRESSES[:3])
"""At which those are reached who bring a case: some are colleagues."""
CHATS = ("", "", "c1", "c2", "c3", "c4")
"""Few, so that some are one person's and some are rooms."""
MARKS: Mapping[Language, Sequence[str]] = {
    "zh": ("", "", "", "是", "否", "√", "保密"),
    "en": ("", "", "", "Yes", "No", "Y", "x"),
}


@dataclass(frozen=True)
class Office:
    """A workbook, one case in it, and the moments at which runs are worked out."""

    rows: Mapping[str, Sequence[Row]]
    language: Language
    number: str
    moments: tuple[datetime, ...]

    @property
    def book(self) -> Snapshot:
        grids = [grid(tab, self.rows.get(tab.key, ()), self.language) for tab in TABS if tab.columns]
        return Snapshot({one.title: one for one in grids}, "v1")

    def __repr__(self) -> str:
        tabs = "\n".join(
            f"  {tab}: " + "\n    ".join(str({k: v for k, v in row.items() if v != ""}) for row in rows)
            for tab, rows in self.rows.items()
        )
        return f"Office {self.language} {self.number} at {', '.join(map(str, self.moments))}\n{tabs}\n"


@st.composite
def offices(draw: st.DrawFn) -> Office:
    language: Language = draw(st.sampled_from(("zh", "en")))
    known = NAMES[language][: draw(st.integers(3, 6))]
    rows = {
        "people": [draw(_people(language, name, known)) for name, _ in known],
        "departments": [draw(_departments(language, name, known)) for name in DEPARTMENTS[language]],
        "topics": [{"name": "T"}],
        "routing": draw(_routing(language, known)),
        "deadlines": _deadlines(language),
        "escalation": draw(_ladder(language)),
        "duty": draw(_duty(known)),
        "settings": draw(_settings(language)),
    }
    register = [draw(_cases(language, at, known)) for at in range(1, draw(st.integers(2, 4)))]
    rows["register"] = register
    rows["index"] = [
        {
            "case_no": row["case_no"], "issued_on": "2026-03-01", "first_seen": draw(st.sampled_from(("2026-03-02", ""))),
            "waits": f"{since}/{row['waiting_until']}@{since}*?" if (since := row.get("waiting_since")) else "",
        }
        for row in register
    ]  # fmt: skip
    rows["receptions"] = draw(st.lists(_receptions(known, len(register)), max_size=2))
    for at, row in enumerate(rows["receptions"], start=1):
        row["reception_no"] = f"RD-{at:05d}"
    rows["runs"] = [{"run": "r", "at": "2026-03-17 09:00:00", "command": "run"}]
    later = draw(st.sampled_from((1, 2, 5, 6, 13, 30)))
    moments = (NOW, NOW + timedelta(minutes=40), NOW + timedelta(days=later))
    return Office(rows, language, str(draw(st.sampled_from(register))["case_no"]), moments)


def _one_of(word: type[Word], language: Language, *also: str) -> st.SearchStrategy[str]:
    return st.sampled_from((*also, *(one.label(language) for one in word)))


def _spelling(known: Sequence[tuple[str, Sequence[str]]]) -> st.SearchStrategy[str]:
    """Somebody's name, as it stands in People or as others write it."""
    return st.sampled_from([text for name, others in known for text in (name, name, *others)])


@st.composite
def _people(draw: st.DrawFn, language: Language, name: str, known: Sequence[tuple[str, Sequence[str]]]) -> Row:
    roles = draw(st.lists(_one_of(Role, language), min_size=0, max_size=3, unique=True))
    away = draw(st.sampled_from(("", "", "2026-03-10")))
    return {
        "name": name,
        "role": ";".join(roles),
        "email": draw(st.sampled_from(("", *ADDRESSES))),
        "phone": "01000000001",
        "digest": draw(_one_of(DigestRhythm, language)),
        "absent_from": away,
        "absent_until": draw(st.sampled_from(("", "2026-03-25"))) if away else "",
        "stand_in": draw(st.sampled_from(["", *(other for other, _ in known if other != name)])) if away else "",
        "chat": draw(st.sampled_from(CHATS)),
        "told_by": draw(_one_of(ToldBy, language, "")),
    }


@st.composite
def _departments(draw: st.DrawFn, language: Language, name: str, known: Sequence[tuple[str, Sequence[str]]]) -> Row:
    return {
        "name": name,
        "email": draw(st.sampled_from(("", "", *ADDRESSES))),
        "head": draw(st.one_of(st.just(""), _spelling(known))),
        "leader": draw(st.sampled_from(["", "", *(other for other, _ in known)])),
        "read_by": draw(st.sampled_from(["", "", *(other for other, _ in known)])),
        "chat": draw(st.sampled_from(CHATS)),
    }


@st.composite
def _routing(draw: st.DrawFn, language: Language, known: Sequence[tuple[str, Sequence[str]]]) -> list[Row]:
    on, departments = RuleState.YES.label(language), DEPARTMENTS[language]
    first: Row = {
        "order": 1, "enabled": on, "kinds": draw(_one_of(Kind, language, "")), "department": departments[0],
        "copy_to": draw(st.sampled_from(["", *(name for name, _ in known)])),
        "about": draw(st.sampled_from(("", "", "", Role.PRINCIPAL.label(language)))),
    }  # fmt: skip
    return [first, {"order": 9, "enabled": on, "department": departments[draw(st.integers(0, 1))]}]


def _deadlines(language: Language) -> list[Row]:
    def rule(step: Step, who: Who, amount: int, start: Start = Start.RECEIVED) -> Row:
        return {
            "enabled": YesNo.YES.label(language), "step": step.label(language), "who": who.label(language),
            "starts_from": start.label(language), "amount": amount, "unit": Unit.DAY.label(language),
            "roll_forward": YesNo.NO.label(language), "remind_before": "3,1", "wait_up_to": 10,
        }  # fmt: skip

    return [
        rule(Step.DECIDE, Who.OFFICE, 7),
        rule(Step.REPLY, Who.HANDLER, 15),
        rule(Step.TELL_RESULT, Who.HANDLER, 4, Start.CONCLUDED),
        rule(Step.SECOND_PERIOD, Who.OFFICE, 8, Start.REVIEW_DONE),
        rule(Step.SECOND_REVIEW, Who.OFFICE, 3, Start.SECOND_REVIEW),
        rule(Step.PANEL, Who.OFFICE, 15, Start.SECOND_REVIEW),
    ]


@st.composite
def _ladder(draw: st.DrawFn, language: Language) -> list[Row]:
    def level(n: int, after: int) -> Row:
        roles = draw(st.lists(_one_of(Role, language), min_size=1, max_size=2, unique=True))
        return {
            "step": Step.REPLY.label(language), "level": n, "after": after, "unit": Unit.DAY.label(language),
            "to": ";".join(roles), "ask_explanation": YesNo.YES.label(language),
        }  # fmt: skip

    return [level(1, 1), level(2, 4)]


@st.composite
def _duty(draw: st.DrawFn, known: Sequence[tuple[str, Sequence[str]]]) -> list[Row]:
    person = draw(st.sampled_from(["", *(name for name, _ in known)]))
    return [{"start": date(2026, 3, 1), "until": date(2026, 4, 30), "person": person}] if person else []


@st.composite
def _settings(draw: st.DrawFn, language: Language) -> list[Row]:
    values = {
        "blank_rows": "1",
        "sending": draw(_one_of(Sending, language, Sending.LIVE.label(language), Sending.LIVE.label(language))),
        "storm_at": draw(st.sampled_from(("50", "50", "3", "6"))),
        "calendar_with_digests": draw(_one_of(YesNo, language)),
        "reception_days": draw(_one_of(YesNo, language)),
        "go_live_on": draw(st.sampled_from(("2026-01-01", "2026-01-01", ""))),
        "report_within_minutes": draw(st.sampled_from(("0", "60", "20"))),
        "petitioners_from": draw(st.sampled_from(("", "2026-02-01"))),
    }
    return [{"name": SETTING[key].label(language), "value": value} for key, value in values.items()]


@st.composite
def _receptions(draw: st.DrawFn, known: Sequence[tuple[str, Sequence[str]]], cases: int) -> Row:
    """A reception day; of some, cases came."""
    numbers = st.lists(st.integers(1, cases).map(lambda at: f"LV-{at:05d}"), max_size=2, unique=True)
    return {
        "on": NOW.date() + timedelta(days=draw(st.integers(-9, 9))),
        "host": draw(st.one_of(st.just(""), _spelling(known))),
        "came": draw(st.sampled_from(("", "V", "-", "cancelled"))),
        "cases": "; ".join(draw(numbers)),
        "undertaking": draw(st.sampled_from(("", "U", "U"))),
        "by_when": NOW.date() + timedelta(days=draw(st.integers(-9, 9))),
        "noted_at": draw(st.sampled_from(("2026-03-02 09:00:00", "2026-03-02 09:00:00", ""))),
    }


@st.composite
def _cases(draw: st.DrawFn, language: Language, at: int, known: Sequence[tuple[str, Sequence[str]]]) -> Row:
    about = draw(st.one_of(_spelling(known), st.sampled_from(OTHERS[language])))
    mentioned = draw(st.one_of(st.just(""), st.just(""), _spelling(known)))
    received = NOW.date() - timedelta(days=draw(st.integers(0, 25)))
    decided = draw(st.booleans())
    return {
        "case_no": f"LV-{at:05d}",
        "channel": draw(_one_of(Channel, language)),
        "petitioner": draw(st.sampled_from(("P1", "P2", ""))),
        "contact": draw(st.sampled_from(CONTACTS)),
        "people": draw(st.sampled_from(("", "", 6))),
        "important": draw(st.booleans()),
        "kind": draw(_one_of(Kind, language, "", Kind.ALLEGATION.label(language), Kind.COMPLAINT.label(language), "?")),
        "topic": "T",
        "summary": f"S{at} {mentioned}".strip(),
        "about": about,
        "restricted": draw(st.sampled_from(MARKS[language])),
        "received_on": received,
        "received_by": draw(st.sampled_from(["", *(name for name, _ in known)])),
        "department": draw(st.sampled_from(("", "", *DEPARTMENTS[language], "; ".join(DEPARTMENTS[language])))),
        "handler": draw(st.one_of(st.just(""), st.just(""), _spelling(known))),
        "repeat_of": draw(st.sampled_from(("", "", "", "LV-00001"))) if at > 1 else "",
        "joined": draw(st.sampled_from(("", "", "", "", "1", "lv2", "LV-00003"))),
        "leader_note": draw(st.sampled_from(("", "", "N"))),
        "decision": Decision.ACCEPT.label(language) if decided else "",
        "decided_on": received if decided else "",
        "reported_on": draw(st.sampled_from(("", "", NOW.date()))),
        "second_review_on": received if (at_stage_3 := draw(st.sampled_from((False, False, True)))) else "",
        "panel_on": draw(st.sampled_from(("", NOW.date() + timedelta(days=4)))) if at_stage_3 else "",
        "involved": draw(st.sampled_from(_involved(language))),
        "parts_answered": draw(st.sampled_from(("", "", f"{DEPARTMENTS[language][1]} 2026-03-17"))),
        **draw(_wait(at, received)),
        **(draw(st.sampled_from(_turns(language, received))) if decided else {}),
    }


def _turns(language: Language, received: date) -> Sequence[Row]:
    """How far an accepted case may be: most are in hand, a few concluded, reviewed, and reviewed for the second time."""
    concluded: Row = {"outcome": CaseOutcome.SUPPORTED.label(language), "concluded_on": received}
    reviewed: Row = {**concluded, "replied_on": received, "review_on": received, "review_done_on": received}
    asked: Row = {**reviewed, "second_review_on": received}
    return ({}, {}, {}, {}, concluded, reviewed, asked, {**asked, "second_review_done_on": received})


def _involved(language: Language) -> tuple[str, ...]:
    """Which departments have a part in a case, some of them with a day of their own; mostly none."""
    one, other = DEPARTMENTS[language]
    return "", "", other, f"{one} 2026-03-19", f"{other} 2026-03-12; {one}"


@st.composite
def _wait(draw: st.DrawFn, at: int, received: date) -> Row:
    """Now and then a case waits, for good or until a day before the last run."""
    until = draw(st.sampled_from((None, None, None, "", received + timedelta(days=16))))
    return {} if until is None else {"waiting_for": f"W{at}", "waiting_since": received, "waiting_until": until}
