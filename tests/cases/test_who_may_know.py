"""Who may know of a case, who may be given it, and what may be said of it: for everybody of a small school."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from automation.cases.confidentiality import Confidence, Said, judge, judge_table, quotable_cases, restricted_cases
from automation.cases.mailboxes import Mailboxes, Recipient, is_away
from automation.ledger.meant import Party
from automation.ledger.people import Person
from automation.ledger.workbook import CellError
from tests.support.ledger_in_memory import NOW, Rows, ledger, line

TODAY = date(2026, 3, 18)
AWAY = {"absent_from": "2026-03-16", "absent_until": "2026-03-20"}
PEOPLE: Mapping[str, dict[str, object]] = {
    "Ann Archer": {"role": "handler", "email": "ann@s.example"},
    "Ben Booth": {"role": "head", "email": "ben@s.example"},
    "Cleo Cole": {"role": "office", "email": "cleo@s.example; desk@s.example"},
    "Dora Dunn": {"role": "leader", "email": "dora@s.example"},
    "Finn Ford": {"role": "discipline", "email": "finn@s.example"},
    "Olga Otis": {"role": "outside", "email": "olga@x.example"},
    "Rory Reed": {"role": "handler"},
}
DEPARTMENTS: Rows = (
    {"name": "Maths", "email": "maths@s.example", "head": "Ben Booth"},
    {"name": "Library", "email": "lib@s.example", "head": "Hal Hope", "read_by": "Ann Archer"},
    {"name": "Garden", "head": "Ben Booth"},
)
READERS = {
    **{name.split()[0]: Recipient(name, str(cells.get("email", "")).split(";")[0]) for name, cells in PEOPLE.items()},
    "desk": Recipient("Cleo Cole", "desk@s.example"),
    "Hal": Recipient("Hal Hope", ""),
    "MATHS": Recipient("Maths", "maths@s.example", is_department=True),
    "LIBRARY": Recipient("Library", "lib@s.example", is_department=True),
    "GARDEN": Recipient("Garden", "", is_department=True),
}
"""Everybody who might read of a case, by a short name; departments in capitals."""
NEW = {"case_no": "LV-00001", "issued_on": "2026-03-18", "first_seen": "2026-03-18"}
OLD = {"case_no": "LV-00001", "issued_on": "2026-03-02", "first_seen": "2026-03-02"}
ALLEGATION = {"kind": "allegation", "about": "-"}


def confidence_of(
    cells: Mapping[str, object], index: Mapping[str, object] = OLD, **people: dict[str, object]
) -> Confidence:
    """The confidence of one case; `people` changes rows of People, by first name."""
    rows = [{"name": name, **PEOPLE[name], **people.get(name.split()[0], {})} for name in PEOPLE]
    case = line(**{"department": "Maths", "about": "-", **cells})
    routing = [{"order": 1, "enabled": "yes", "department": "Maths"}]
    return judge(
        ledger("en", register=[case], index=[index], people=rows, departments=DEPARTMENTS, routing=routing), NOW
    )


def told_of(confidence: Confidence) -> str:
    """From whom the case is kept, who gets no alert of it, who is barred, and who may not be given it."""
    people = {name.split()[0]: name for name in PEOPLE}
    departments = {str(one["name"]).upper(): str(one["name"]) for one in DEPARTMENTS}
    asked = {
        "kept from": [name for name, reader in READERS.items() if not confidence.may_know(0, reader)],
        "no alert": [name for name, reader in READERS.items() if not confidence.may_be_alerted(0, reader)],
        "barred": [name for name, reader in READERS.items() if confidence.bars(0, reader)]
        + [f"({name})" for name, full in departments.items() if confidence.bars_department(0, full)],
        "not all": [name for name, full in people.items() if not confidence.person_may_know(0, full)],
        "not given": [name for name, full in people.items() if not confidence.person_may_have(0, full)]
        + [name for name, full in departments.items() if not confidence.department_may_have(0, full)],
    }
    return "; ".join(f"{what}: {' '.join(names)}" for what, names in asked.items() if names)


def said_of(confidence: Confidence) -> str:
    """How much an alert and a reminder say of the case, to Dora and to Ann."""
    to = (READERS[name] for name in ("Dora", "Ann"))
    said = [confidence.what_may_be_said(0, reader, kind) for reader in to for kind in ("alert", "reminder")]
    return " ".join(one.value for one in said)


FULL, SECRET, NUMBER = (" ".join([one] * 4) for one in ("full", "restricted", "number"))
CASES: list[tuple[dict[str, object], str, str]] = [
    ({}, "", FULL),
    (
        {"about": "Ben Booth"},
        "kept from: Ben MATHS; no alert: Ben MATHS; barred: Ben MATHS (MATHS) (GARDEN); not all: Ben; not given: Ben MATHS GARDEN",
        FULL,
    ),
    (
        {"about": "Ann Archer"},
        "kept from: Ann LIBRARY; no alert: Ann LIBRARY; barred: Ann LIBRARY (LIBRARY); not all: Ann; not given: Ann LIBRARY",
        "full full number full",
    ),
    (
        {"about": "Hal Hope"},
        "kept from: Hal LIBRARY; no alert: Hal LIBRARY; barred: Hal LIBRARY (LIBRARY); not given: LIBRARY",
        FULL,
    ),
    (
        {"about": "Cleo Cole"},
        "kept from: Cleo desk; no alert: Cleo desk; barred: Cleo desk; not all: Cleo; not given: Cleo",
        FULL,
    ),
    ({"about": "Rory Reed"}, "kept from: Rory; no alert: Rory; barred: Rory; not all: Rory; not given: Rory", FULL),
    ({"about": "Maths"}, "", FULL),
    (
        {"about": "Maths", "kind": "allegation"},
        "kept from: Ben MATHS; no alert: Ben MATHS; barred: Ben MATHS (MATHS) (GARDEN); not all: Ben; not given: Ben MATHS GARDEN",
        SECRET,
    ),
    (
        {"about": "Library", "restricted": "yes"},
        "kept from: Hal LIBRARY; no alert: Hal LIBRARY; barred: Hal LIBRARY (LIBRARY); not given: LIBRARY",
        SECRET,
    ),
    (
        {"about": "Maths", "kind": "gossip"},
        "kept from: Ben MATHS; no alert: Ben MATHS; barred: Ben MATHS (MATHS) (GARDEN); not all: Ben; not given: Ben MATHS GARDEN",
        "number restricted number restricted",
    ),
    (
        {"about": "Maths", "kind": "gossip", "restricted": "no"},
        "kept from: Ben MATHS; no alert: Ben MATHS; barred: Ben MATHS (MATHS) (GARDEN); not all: Ben; not given: Ben MATHS GARDEN",
        "number restricted number restricted",
    ),
    (
        {"about": "Maths", "kind": "allegation", "restricted": "no", "reason": "in the paper"},
        "kept from: Ben MATHS; no alert: Ben MATHS; barred: Ben MATHS (MATHS) (GARDEN); not all: Ben; not given: Ben MATHS GARDEN",
        FULL,
    ),
    (
        {"about": "Ann Archer", "restricted": "perhaps"},
        "kept from: Ann LIBRARY; no alert: Ann LIBRARY; barred: Ann LIBRARY (LIBRARY); not all: Ann; not given: Ann LIBRARY",
        "number restricted number restricted",
    ),
    ({"about": "Zoltan Quimby"}, "", FULL),
    (
        {"about": "Zoltan Quimby", "restricted": "yes"},
        "kept from: Ann Ben Dora Finn Rory Hal MATHS LIBRARY GARDEN; no alert: Ann Ben Dora Finn Rory Hal MATHS LIBRARY GARDEN; not all: Ann Ben Dora Finn Rory; not given: Ann Ben Dora Finn Rory MATHS LIBRARY GARDEN",
        SECRET,
    ),
    (
        {"about": "Zoltan Quimby; Dora Dunn", "kind": "allegation"},
        "kept from: Ann Ben Dora Finn Rory Hal MATHS LIBRARY GARDEN; no alert: Ann Ben Dora Finn Rory Hal MATHS LIBRARY GARDEN; barred: Dora; not all: Ann Ben Dora Finn Rory; not given: Ann Ben Dora Finn Rory MATHS LIBRARY GARDEN",
        "number restricted restricted restricted",
    ),
    (
        {"about": "", "kind": "allegation"},
        "kept from: Ann Ben Dora Rory Hal MATHS LIBRARY GARDEN; no alert: Ann Ben Dora Rory Hal MATHS LIBRARY GARDEN; not all: Ann Ben Dora Rory; not given: Ann Ben Dora Rory MATHS LIBRARY GARDEN",
        SECRET,
    ),
    (
        {"about": "", "kind": "gossip"},
        "kept from: Ann Ben Dora Rory Hal MATHS LIBRARY GARDEN; no alert: Ann Ben Dora Rory Hal MATHS LIBRARY GARDEN; not all: Ann Ben Dora Rory; not given: Ann Ben Dora Rory MATHS LIBRARY GARDEN",
        "number restricted number restricted",
    ),
    ({"about": "", "kind": ""}, "", "number restricted number restricted"),
    (
        {"about": "", "summary": "Dora Dunn must act"},
        "kept from: Dora; barred: Dora; not all: Dora; not given: Dora",
        "number full full full",
    ),
    (
        {"about": "", "kind": "allegation", "summary": "Dora Dunn shouted"},
        "kept from: Ann Ben Dora Rory Hal MATHS LIBRARY GARDEN; no alert: Ann Ben Dora Rory Hal MATHS LIBRARY GARDEN; barred: Dora; not all: Ann Ben Dora Rory; not given: Ann Ben Dora Rory MATHS LIBRARY GARDEN",
        "number restricted restricted restricted",
    ),
    (
        {"about": "", "kind": "", "summary": "Dora Dunn shouted"},
        "kept from: Dora; no alert: Dora; barred: Dora; not all: Dora; not given: Dora",
        "number restricted number restricted",
    ),
    ({"about": "-", "summary": "Dora Dunn must act"}, "", FULL),
    (
        {"about": "", "restricted": "yes", "summary": "Dora Dunn must act"},
        "kept from: Dora; barred: Dora; not all: Dora; not given: Dora",
        "number restricted restricted restricted",
    ),
    ({"about": "", "summary": "the Library is cold"}, "", FULL),
    # a cell that cannot be read may name anybody
    (
        {"about": CellError("#N/A")},
        "kept from: Ann Ben Dora Finn Rory Hal MATHS LIBRARY GARDEN; no alert: Ann Ben Dora Finn Rory Hal MATHS LIBRARY GARDEN; not all: Ann Ben Dora Finn Rory; not given: Ann Ben Dora Finn Rory MATHS LIBRARY GARDEN",
        "number restricted number restricted",
    ),
]


@pytest.mark.parametrize(("cells", "told", "said"), CASES)
def test_who_may_know_and_what_may_be_said(cells: dict[str, object], told: str, said: str) -> None:
    confidence = confidence_of(cells)
    assert (told_of(confidence), said_of(confidence)) == (told, said)


@pytest.mark.parametrize(
    ("cells", "index", "people", "told"),
    [
        (
            {"summary": ""},
            NEW,
            {},
            "kept from: Ann Ben Dora Finn Olga Rory Hal MATHS LIBRARY GARDEN; not all: Ann Ben Dora Finn Olga Rory",
        ),
        (
            {"summary": "", "about": "Ben Booth"},
            NEW,
            {},
            "kept from: Ann Ben Dora Finn Olga Rory Hal MATHS LIBRARY GARDEN; no alert: Ben MATHS; barred: Ben MATHS (MATHS) (GARDEN); not all: Ann Ben Dora Finn Olga Rory; not given: Ben MATHS GARDEN",
        ),
        ({"summary": ""}, OLD, {}, ""),
        (
            {"summary": "", "kind": "allegation", "about": ""},
            NEW,
            {},
            "kept from: Ann Ben Dora Finn Olga Rory Hal MATHS LIBRARY GARDEN; no alert: Ann Ben Dora Rory Hal MATHS LIBRARY GARDEN; not all: Ann Ben Dora Finn Olga Rory; not given: Ann Ben Dora Rory MATHS LIBRARY GARDEN",
        ),
        (
            {"about": "Ann Archer"},
            OLD,
            {"Ann": {"stand_in": "Finn Ford"}},
            "kept from: Ann Finn LIBRARY; no alert: Ann Finn LIBRARY; barred: Ann Finn LIBRARY (LIBRARY); not all: Ann Finn; not given: Ann Finn LIBRARY",
        ),
        (
            {"about": "Ann Archer"},
            OLD,
            {"Ann": {"stand_in": "Finn Ford"}, "Finn": {"stand_in": "Olga Otis"}},
            "kept from: Ann Finn LIBRARY; no alert: Ann Finn LIBRARY; barred: Ann Finn LIBRARY (LIBRARY); not all: Ann Finn; not given: Ann Finn LIBRARY",
        ),
        (
            {"about": "Ann Archer"},
            OLD,
            {
                "Ann": {"stand_in": "Finn Ford"},
                "Finn": {"stand_in": "Olga Otis", **AWAY},
                "Olga": {"stand_in": "Ann Archer", **AWAY},
            },
            "kept from: Ann Finn Olga LIBRARY; no alert: Ann Finn Olga LIBRARY; barred: Ann Finn Olga LIBRARY (LIBRARY); not all: Ann Finn Olga; not given: Ann Finn Olga LIBRARY",
        ),
        (
            {"about": "Ben Booth"},
            OLD,
            {"Rory": {"email": "BEN@s.example, rory@s.example"}},
            "kept from: Ben MATHS; no alert: Ben MATHS; barred: Ben MATHS (MATHS) (GARDEN); not all: Ben Rory; not given: Ben MATHS GARDEN",
        ),
        (
            {"about": "Rory Reed"},
            OLD,
            {"Rory": {"email": "desk@s.example"}},
            "kept from: Rory desk; no alert: Rory desk; barred: Rory desk; not all: Cleo Rory; not given: Rory",
        ),
        (
            {"about": "Rory Reed"},
            OLD,
            {"Rory": {"email": "maths@s.example"}},
            "kept from: Rory MATHS; no alert: Rory MATHS; barred: Rory MATHS (MATHS); not all: Rory; not given: Rory MATHS",
        ),
    ],
)
def test_rows_being_typed_stand_ins_and_shared_mailboxes(
    cells: dict[str, object], index: dict[str, object], people: dict[str, dict[str, object]], told: str
) -> None:
    assert told_of(confidence_of(cells, index, **people)) == told


@pytest.mark.parametrize(
    ("cells", "people", "acts"),
    [
        ({}, {}, ("Maths", "")),
        ({"handler": "Ann Archer"}, {}, ("Maths", "Ann Archer")),
        ({"about": "Ann Archer", "handler": "Ann Archer"}, {}, ("", "")),
        ({"about": "Ann Archer"}, {}, ("Maths", "")),
        ({"about": "Ben Booth", "handler": "Ann Archer"}, {}, ("", "Ann Archer")),
        ({"about": "Ben Booth", "department": "maths", "handler": "Ann Archer"}, {}, ("", "Ann Archer")),
        ({"about": "Ben Booth", "department": "Library"}, {}, ("Library", "")),
        ({"about": "Rory Reed", "handler": "Ann Archer"}, {}, ("Maths", "Ann Archer")),
        ({"about": "Rory Reed", "handler": "Ann Archer"}, {"Ann": {**AWAY, "stand_in": "Rory Reed"}}, ("", "")),
        ({"about": "Rory Reed", "handler": "Ann Archer"}, {"Ann": {**AWAY, "stand_in": "Dora Dunn"}}, ("Maths", "Ann Archer")),
    ],
)  # fmt: skip
def test_who_may_be_named_as_those_who_act(
    cells: dict[str, object], people: dict[str, dict[str, object]], acts: tuple[str, str]
) -> None:
    found = confidence_of(cells, **people)
    assert found.may_act(0, str(cells.get("department", "Maths")), str(cells.get("handler", ""))) == acts


def test_of_cases_of_which_nothing_is_known_everybody_may_act() -> None:
    assert Confidence.of_nobody(1).may_act(0, "Maths", "Ann Archer") == ("Maths", "Ann Archer")


@pytest.mark.parametrize(
    ("cells", "few"),
    [
        ({"kind": "allegation", "about": "Zoltan Quimby"}, "Cleo Olga desk"),
        ({"kind": "allegation", "about": "/"}, "Cleo Finn Olga desk"),
        ({"about": "Zoltan Quimby"}, ""),
        ({"about": "Ann Archer"}, ""),
    ],
)
def test_who_is_among_the_few_that_alone_may_know(cells: dict[str, object], few: str) -> None:
    found = confidence_of(cells)
    assert " ".join(sorted(short for short, reader in READERS.items() if found.has_role_for(0, reader))) == few


@pytest.mark.parametrize(
    ("cells", "restricted", "clear", "strangers", "only_for", "mentioned"),
    [
        ({}, False, True, (), "", ""),
        ({"kind": ""}, False, False, (), "", ""),
        ({"kind": "gossip"}, True, False, (), "", ""),
        ({"kind": "gossip", "about": ""}, True, False, (), "discipline office outside", ""),
        ({"kind": "gossip", "restricted": "no"}, True, False, (), "", ""),
        ({"kind": "gossip", "restricted": "no", "reason": "in the paper"}, False, False, (), "", ""),
        ({"restricted": "perhaps"}, True, False, (), "", ""),
        ({"restricted": "no", "kind": "allegation"}, True, True, (), "", ""),
        ({"restricted": "no", "kind": "allegation", "reason": "in the paper"}, False, True, (), "", ""),
        ({"kind": "allegation"}, True, True, (), "", ""),
        ({"about": CellError("#N/A")}, False, False, (), "office outside", ""),
        ({"about": CellError("#N/A"), "kind": "allegation"}, True, False, (), "office outside", ""),
        ({"about": "Zoltan Quimby"}, False, True, ("Zoltan Quimby",), "", ""),
        ({"about": "Zoltan Quimby", "kind": "allegation"}, True, True, ("Zoltan Quimby",), "office outside", ""),
        ({"about": "/"}, False, True, ("/",), "", ""),
        ({"about": "x", "summary": "Dora Dunn must act"}, False, True, ("x",), "", "Dora Dunn"),
        ({"about": "/", "kind": "allegation"}, True, True, ("/",), "discipline office outside", ""),
        ({"about": "某", "kind": "gossip"}, True, False, ("某",), "discipline office outside", ""),
        ({"about": "X", "restricted": "yes"}, True, True, ("X",), "office outside", ""),
        ({"about": "Zoltan Quimby; X", "kind": "allegation"}, True, True, ("Zoltan Quimby", "X"), "office outside", ""),
        ({"about": "", "summary": "Dora Dunn must act"}, False, True, (), "", "Dora Dunn"),
        ({"about": "", "summary": "Dora Dunn must act", "kind": ""}, False, False, (), "", ""),
        ({"about": "", "summary": "Dora Dunn", "kind": "allegation"}, True, True, (), "discipline office outside", ""),
    ],
)
def test_what_is_judged_of_a_case(
    cells: dict[str, object], restricted: bool, clear: bool, strangers: tuple[str, ...], only_for: str, mentioned: str
) -> None:
    found = confidence_of(cells)
    assert (bool(found.restricted[0]), bool(found.clear[0]), bool(found.quotable[0])) == (
        restricted, clear, clear and not restricted,
    )  # fmt: skip
    assert (found.strangers.get(0, ()), " ".join(sorted(found.only_for.get(0, ())))) == (strangers, only_for)
    assert " ".join(party.name for party in found.mentioned.get(0, ())) == mentioned
    assert bool(found.nameable[0]) is (not restricted and found.guarded == frozenset())


def test_each_case_of_a_register_is_judged_for_itself() -> None:
    abouts = ("Ann Archer", "", "Ann Archer", "Zoltan Quimby", "Dora Dunn", "", "-")
    kinds = ("complaint", "complaint", "allegation", "allegation", "complaint", "allegation", "complaint")
    summaries = ("x", "Ben Booth did", "x", "x", "Ben Booth did", "x", "x")
    lines = [
        line(f"LV-0000{at}", about=about, kind=kind, summary=summary)
        for at, (about, kind, summary) in enumerate(zip(abouts, kinds, summaries, strict=True), start=1)
    ]
    index = [{**OLD, "case_no": one["case_no"]} for one in lines]
    rows = [{"name": name, **cells} for name, cells in PEOPLE.items()]
    read = ledger(
        "en",
        register=[*lines, line("LV-00008", kind="", summary="", about="")],
        index=index,
        people=rows,
        departments=DEPARTMENTS,
    )
    found = judge(read, NOW)
    names = {at: sorted(party.name for party in parties) for at, parties in found.in_conflict.items()}
    assert names == {0: ["Ann Archer"], 1: ["Ben Booth"], 2: ["Ann Archer"], 4: ["Dora Dunn"]}
    assert (found.strangers, set(found.mentioned), found.unsure) == ({3: ("Zoltan Quimby",)}, {1}, {})
    assert {at: sorted(roles) for at, roles in found.only_for.items()} == {
        3: ["office", "outside"], 5: ["discipline", "office", "outside"],
    }  # fmt: skip
    assert found.guarded == {0, 1, 2, 3, 4, 5}
    assert np.flatnonzero(found.restricted).tolist() == [2, 3, 5]
    assert np.flatnonzero(found.nameable).tolist() == [6, 7]
    assert restricted_cases(read.register, read.policy).tolist() == found.restricted.tolist()
    assert quotable_cases(read.register, read.policy).tolist() == found.quotable.tolist()
    assert judge_table(read.register, read.policy, TODAY).being_typed == frozenset()


def test_of_nobody_nothing_is_known() -> None:
    nothing = Confidence.of_nobody(2)
    assert (nothing.quotable.tolist(), nothing.guarded, str(nothing.restricted.dtype)) == (
        [False, False],
        frozenset(),
        "bool",
    )
    assert all(nothing.may_know(at, READERS["Ann"]) for at in (0, 1))


RULES = [
    {"order": 1, "enabled": "yes", "keywords": "cane", "department": "Maths"},
    {"order": 2, "enabled": "yes", "keywords": "cane|hit", "department": "Maths", "restricted": "yes"},
    {"order": 3, "enabled": "try", "keywords": "bribe", "department": "Maths", "restricted": "yes"},
    {"order": 4, "enabled": "no", "keywords": "theft", "department": "Maths", "restricted": "yes"},
    {"order": 5, "enabled": "yes", "keywords": "drunk", "department": "Maths", "restricted": "yes"},
    {"order": 6, "enabled": "yes", "department": "Maths", "restricted": "yes"},
]


def test_the_first_rule_that_matches_restricts_and_the_last_that_catches_all_does_not() -> None:
    words = ("cane", "hit", "bribe", "theft", "drunk", "nothing", "hit", "cane, drunk")
    lines = [line(f"LV-0000{at}", summary=f"a {word}", about="-") for at, word in enumerate(words, start=1)]
    lines[6]["restricted"] = "no"
    read = ledger("en", register=lines, routing=RULES, departments=DEPARTMENTS)
    assert np.flatnonzero(restricted_cases(read.register, read.policy)).tolist() == [1, 4]
    without = ledger("en", register=lines, routing=[RULES[0], RULES[2], RULES[3]], departments=DEPARTMENTS)
    assert not restricted_cases(without.register, without.policy).any()
    catching_all = ledger(
        "en", register=lines, routing=[RULES[1], {**RULES[5], "restricted": ""}], departments=DEPARTMENTS
    )
    assert np.flatnonzero(restricted_cases(catching_all.register, catching_all.policy)).tolist() == [0, 1, 7]


@pytest.mark.parametrize(
    ("first", "last", "away"),
    [
        (None, None, False), (18, None, True), (17, None, True), (19, None, False), (16, 18, True), (16, 17, False),
        (18, 18, True), (19, 20, False), (None, 20, True), (None, 18, True), (None, 17, False),
    ],
)  # fmt: skip
def test_who_is_away(first: int | None, last: int | None, away: bool) -> None:
    days = [None if day is None else date(2026, 3, day) for day in (first, last)]
    person = Person("Ann", (), "", "", (), "", *days, "", 2)  # type: ignore[arg-type]
    assert is_away(person, TODAY) is away


def boxes(**people: dict[str, object]) -> Mailboxes:
    rows = [{"name": name, **PEOPLE[name], **people.get(name.split()[0], {})} for name in PEOPLE]
    return Mailboxes(ledger("en", people=rows, departments=DEPARTMENTS).policy)


def test_what_is_barred_with_somebody() -> None:
    found = boxes(
        Ann={"stand_in": "Finn Ford", "email": "ann@s.example;Hall@s.example"},
        Finn={"stand_in": "Olga Otis", **AWAY},
        Olga={"stand_in": "Ivy Innes", **AWAY},
        Rory={"email": "HALL@s.example"},
    )
    there, away = date(2026, 3, 21), TODAY
    ann = frozenset([Party("Ann Archer")])
    barred = found.barred(ann, there)
    assert {party.name for party in barred.parties} == {"Ann Archer", "Finn Ford"}
    assert barred.addresses == {"ann@s.example", "hall@s.example", "lib@s.example", "finn@s.example"}
    assert found.barred(ann, there) is barred
    longer = found.barred(ann, away)
    assert {party.name for party in longer.parties} == {"Ann Archer", "Finn Ford", "Olga Otis", "Ivy Innes"}
    assert longer.addresses == barred.addresses | {"olga@x.example"}
    assert [longer.bars(one) for one in (Recipient("Rory Reed", " Hall@S.example"), Recipient("Rory Reed", ""))] == [
        True,
        False,
    ]
    maths = found.barred(frozenset([Party("Maths", is_department=True)]), away)
    assert (maths.addresses, len(maths.parties)) == ({"maths@s.example"}, 1)
    assert found.barred(frozenset(), away).addresses == frozenset()


def test_heads_roles_and_addresses() -> None:
    found = boxes(Cleo={"role": "office; duty"})
    heads = [{party.name for party in found.heads_of(name)} for name in ("Maths", "Library", "Chess")]
    assert heads == [{"Ben Booth"}, {"Hal Hope"}, set()]
    roles = [found.roles_of(name) for name in ("Cleo Cole", "Rory Reed", "Nobody")]
    assert roles == [{"office", "duty"}, {"handler"}, frozenset()]
    assert found.addresses_of("Cleo Cole") == ("cleo@s.example", "desk@s.example")
    assert (found.addresses_of("Maths"), found.addresses_of("Maths", is_department=True)) == ((), ("maths@s.example",))


def test_a_person_with_a_departments_name_is_somebody_else() -> None:
    found = replace(confidence_of({"about": "Maths", "restricted": "yes"}), mailboxes=None)
    assert not found.bars(0, READERS["MATHS"])  # nobody knows who reads what
    found = confidence_of({"about": "Maths", "restricted": "yes"})
    assert [found.bars(0, Recipient("Maths", "", one)) for one in (True, False)] == [True, False]
    assert Said.FULL.value == "full"


def test_every_mailbox_that_somebody_in_conflict_reads() -> None:
    found = confidence_of({"about": "Ann Archer"})
    assert found.barred_mailboxes(0) == {"ann@s.example", "lib@s.example"}
    assert confidence_of({}).barred_mailboxes(0) == frozenset()
    assert replace(found, mailboxes=None).barred_mailboxes(0) == frozenset()


def test_whoever_has_no_address_of_their_own_is_given_nothing() -> None:
    """Somebody whose only address a barred person reads may not be given the case."""
    shared = confidence_of({"about": "Rory Reed"}, Rory={"email": "ann@s.example"})
    asked = (shared.person_may_have, shared.person_may_know)
    assert [[ask(0, name) for name in ("Ann Archer", "Ben Booth")] for ask in asked] == [[False, True]] * 2


NAMESAKES: Rows = (
    {"name": "Maths", "role": "office", "email": "m@s.example", "stand_in": "Ann Archer"},
    {"name": "Ann Archer", "role": "handler", "email": "ann@s.example"},
    {"name": "John Smith", "role": "head", "email": "john@s.example"},
    {"name": "Mary Smith", "role": "head", "email": "mary@s.example"},
)
NAMED: Rows = (
    {"name": "Maths", "email": "maths@s.example"},
    {"name": "Chess"},
    {"name": "Choir", "email": "choir@s.example", "head": "Mr Smith"},
)


def test_a_department_is_not_the_person_of_its_name_and_a_head_may_be_several_people() -> None:
    def judged(departments: Rows = NAMED, **cells: object) -> Confidence:
        read = ledger("en", register=[line(**cells)], index=[OLD], people=NAMESAKES, departments=departments)
        return judge(read, NOW)

    nobody_named = judged(kind="allegation", about="")
    assert [nobody_named.department_may_have(0, "Maths"), nobody_named.person_may_have(0, "Maths")] == [False, True]
    opened_by_office = judged([{**NAMED[0], "read_by": "office"}], kind="allegation", about="")
    assert not opened_by_office.department_may_have(0, "Maths")
    assert judged(about="Chess", restricted="yes").bars_department(0, "Chess")
    boxes_of = Mailboxes(ledger("en", people=NAMESAKES, departments=NAMED).policy)
    assert {party.name for party in boxes_of.heads_of("Choir")} == {"Mr Smith", "John Smith", "Mary Smith"}
    barred = boxes_of.barred(frozenset([Party("Maths", is_department=True)]), TODAY)
    assert {party.name for party in barred.parties} == {"Maths"}
    assert barred.addresses == {"maths@s.example"}
    smith = boxes_of.barred(frozenset([Party("John Smith")]), TODAY)
    assert smith.addresses == {"john@s.example", "choir@s.example"}
