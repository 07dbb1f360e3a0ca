"""The demo ledger is the same every time, has something of everything, and is wrong only where it is meant to be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from contextvars import copy_context
from datetime import UTC, date, datetime
from pathlib import Path

import click
import pytest

import jobs
from automation.commands.demo import FILE, DemoOptions, build, show_demo
from automation.commands.demo_ledger import MISTAKES, demo_rows
from automation.commands.language import choose_language
from automation.commands.options import Session
from automation.pages.dashboard import TILES
from automation.pages.report import LEFT, TITLE
from automation.run.job import JOBS, Request, Result
from automation.run.run import run
from automation.run.stages import silent
from automation.workbooks.excel.workbook import ExcelWorkbook
from sheet_schema import LANGUAGES, REGISTER, TAB, Language, lookup, word_form
from sheet_schema.vocabulary import CaseOutcome, Channel, Decision, Flag, Kind, Light, Status, Words
from tests.support.ledger_in_memory import NOW

CLOCK = datetime(2026, 3, 18, 1, tzinfo=UTC)
TODAY = NOW.date()
every_language = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Mapping[Language, tuple[Result, Result, Path]]:
    """For each language the first run, the second, and the file."""
    made = {}
    for language in LANGUAGES:
        path = tmp_path_factory.mktemp(language) / "ledger.xlsx"
        build(path, language, NOW, CLOCK)
        workbook, request = ExcelWorkbook(path, CLOCK), Request(JOBS["run"], NOW, CLOCK)
        made[language] = (run(workbook, request), run(workbook, request), path)
    return made


def keys(language: Language, column: str, words: Words) -> Counter[str]:
    """How often each choice appears in a column of the register, leaving out blank cells and other text."""
    cells = [word_form(str(row[column])) for row in demo_rows(language, TODAY)["register"]]
    return Counter(lookup(words)[cell] for cell in cells if cell in lookup(words))


# The same day and seed give the same rows.


@every_language
def test_the_same_day_and_seed_give_the_same_rows(language: Language) -> None:
    once, twice = demo_rows(language, TODAY, 7), demo_rows(language, TODAY, 7)
    other = demo_rows(language, TODAY, 8)

    def without_names(rows: dict[str, list[dict[str, object]]]) -> list[dict[str, object]]:
        return [{**row, "petitioner": "", "contact": ""} for row in rows["register"]]

    assert once == twice
    assert other["register"] != once["register"]
    assert without_names(other) == without_names(once)


def test_the_same_day_gives_the_same_file(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("one.xlsx", "two.xlsx")]
    for path in paths:
        build(path, "en", NOW, CLOCK)

    assert paths[0].read_bytes() == paths[1].read_bytes()


@every_language
@pytest.mark.parametrize("day", [date(2026, 1, 1), date(2026, 3, 15), date(2028, 2, 29)], ids=str)
def test_on_any_day_nothing_lies_ahead_and_visits_come_on_weekdays(language: Language, day: date) -> None:
    rows = demo_rows(language, day)["register"]

    received = [row["received_on"] for row in rows if isinstance(row["received_on"], date)]
    done = [
        row[key] for row in rows for key in ("decided_on", "notified_on", "replied_on") if isinstance(row[key], date)
    ]
    assert [one for one in (*received, *done) if one > day] == []
    assert [one for one in received if one.weekday() > 4] == []


# Something of everything.


@every_language
@pytest.mark.parametrize(
    ("column", "words", "left_out"),
    [
        ("channel", Channel, {"email", "hotline", "passed_on"}),
        ("kind", Kind, set()),
        ("decision", Decision, {"elsewhere", "legal_procedure"}),
        (
            "outcome",
            CaseOutcome,
            {
                "explained",
                "withdrawn",
                "partly_adopted",
                "not_adopted",
                "substantiated",
                "partly_substantiated",
                "unsubstantiated",
                "unverifiable",
                "mediated",
            },
        ),
    ],
    ids=["channel", "kind", "decision", "outcome"],
)
def test_each_choice_is_there(language: Language, column: str, words: Words, left_out: set[str]) -> None:
    assert {word.key for word in words} - set(keys(language, column, words)) == left_out


@every_language
def test_both_languages_tell_the_same_cases(language: Language) -> None:
    for column, words in (
        ("channel", Channel),
        ("kind", Kind),
        ("decision", Decision),
        ("outcome", CaseOutcome),
    ):
        assert keys(language, column, words) == keys("en", column, words)
    assert [row["case_no"] for row in demo_rows(language, TODAY)["register"]] == [
        f"LV-{number:05d}" for number in range(1, 43)
    ]


@every_language
def test_every_light_and_every_status_is_shown(
    ran: Mapping[Language, tuple[Result, Result, Path]], language: Language
) -> None:
    register = ran[language][0].after.register

    assert set(register["light"]) == {"", *(word.key for word in Light)}
    assert set(register["status"]) - {""} == {word.key for word in Status}


@every_language
def test_nobody_in_it_is_real(language: Language) -> None:
    """Addresses end in .example, and telephone numbers come from the ranges reserved for fiction."""
    rows = demo_rows(language, TODAY)
    free = "01632 960" if language == "en" else "010-5550-"

    addresses = [str(row["email"]) for tab in ("people", "departments") for row in rows[tab]]
    numbers = [str(row["phone"]) for row in rows["people"]] + [str(row["contact"]) for row in rows["register"]]
    assert [one for one in addresses if one and not one.endswith(".example")] == []
    assert [one for one in numbers if one and not one.startswith(free)] == []


# Nothing may be reported as wrong but what is wrong on purpose.
REPORTED: Mapping[str, tuple[str, set[str]]] = {
    "useless_extension": ("extended_to", {"extension_late", "extension_no_gain"}),
    "ambiguous_name": ("about", {"ambiguous_name"}),
    "missing_contact": ("contact", {"missing"}),
    "decline_without_reason": ("reason", {"missing"}),
    "ambiguous_date": ("received_on", {"ambiguous_date"}),
    "unknown_department": ("department", {"unknown_department"}),
    "unknown_kind": ("kind", {"not_on_list"}),
    "text_people": ("people", {"not_whole"}),
    "replied_before_received": ("replied_on", {"out_of_order"}),
}
"""How each mistake is reported: the column, and the code (one of two where the presets' limits differ)."""


@every_language
def test_the_mistakes_made_on_purpose_are_the_ones_reported(
    ran: Mapping[Language, tuple[Result, Result, Path]], language: Language
) -> None:
    problems = ran[language][0].problems
    expected = {case: REPORTED[mistake] for case, mistake in MISTAKES.items() if mistake != "formula_text"}
    if language == "zh":  # an alert of today, whose report to the superior has just come due
        expected["LV-00041"] = ("reported_on", {"report_owed"})

    assert {(one.tab, one.case_no, one.column) for one in problems} == {
        *(("register", case, column) for case, (column, _) in expected.items()),
        ("receptions", "", "host"),  # nobody hosts the one to come, on purpose
    }
    assert [one for one in problems if one.case_no and one.code not in expected[one.case_no][1]] == []
    assert [one.case_no for one in problems if one.stops] == []


@every_language
def test_text_that_looks_like_a_formula_stays_text(
    ran: Mapping[Language, tuple[Result, Result, Path]], language: Language
) -> None:
    ledger = ran[language][0].after
    at = list(ledger.register["case_no"]).index("LV-00040")

    assert str(ledger.register["summary"][at]).startswith("=1+1 ")
    assert MISTAKES["LV-00040"] == "formula_text"


@every_language
def test_one_extension_counts_and_one_does_not(
    ran: Mapping[Language, tuple[Result, Result, Path]], language: Language
) -> None:
    ledger = ran[language][0].after
    register, extended = ledger.register, Flag.EXTENDED.label(language)
    flagged = [
        number for number, flags in zip(register["case_no"], register["flags"], strict=True) if extended in flags
    ]
    steps = dict(zip(register["case_no"], register["step"], strict=True))

    assert (flagged, steps["LV-00030"]) == (["LV-00030"], "tell_extension")


# Every job runs on it, and has nothing to do when it runs again.


@every_language
def test_the_second_run_has_nothing_to_do(
    ran: Mapping[Language, tuple[Result, Result, Path]], language: Language
) -> None:
    first, second, path = ran[language]

    assert (first.written, second.written, second.edits, first.stopped) == (True, False, (), False)
    numbers = list(first.after.register["case_no"])
    assert numbers == [f"LV-{number:05d}" for number in range(1, 73)]  # 42 cases, and 30 lines of the pad
    assert {column.key for column in REGISTER} == set(first.after.register.values)
    assert path.exists()


def demo(folder: Path, language: Language) -> list[str]:
    """What the demo shows, made in this folder by a call in this language."""
    lines: list[str] = []
    asked = DemoOptions(str(folder), None, "2026-03-18T09:00")
    call = copy_context()
    call.run(choose_language, click.Context(jobs.main), click.Option(["--language"]), language)
    assert call.run(show_demo, asked, Session(datetime.now(UTC), lines.append, silent)) == 0
    return lines


@every_language
def test_what_the_demo_shows(tmp_path: Path, language: Language) -> None:
    lines = demo(tmp_path / "demo", language)
    if language == "en":  # an earlier demo is replaced
        assert demo(tmp_path / "demo", language) == lines
        assert lines[1] == "First run: 3032 cells written, 42 cases, 34 given a department."

    path = tmp_path / "demo" / FILE.say(language)
    text = "\n".join(lines)
    assert (
        lines[0]
        == {
            "en": "A sample ledger of an invented school, as on 2026-03-18.",
            "zh": "一所虚构学校的示例台账，日期为2026-03-18。",
        }[language]
    )
    assert (
        lines[2:4]
        == {
            "en": [
                "17 cases closed long ago went to Filing, numbered and sealed.",
                "Second run: nothing to do.",
            ],
            "zh": ["16件早已办结，移入“归档”表，已编档号并封存。", "第二次运行：没有需要做的。"],
        }[language]
    )
    assert lines[-1] == f"  jobs.py run --workbook {path} --now 2026-03-18"
    # Restricted cases among the pressing ones say no more than where to ask.
    hidden = {"en": "ask the office", "zh": "请向信访办当面了解"}[language]
    shown = [line for line in lines if line.startswith("  LV-00032")]
    assert [line.endswith(hidden) for line in shown] == [True]
    names = ("Mr Wang", "王老师", "Victor Hale", "曹磊")
    assert [name for name in names if name in text] == []
    # Both pages of the workbook are filled, and say no more either.
    grids = ExcelWorkbook(path, CLOCK).read().grids
    pages = {key: grids[TAB[key].label(language)].rows for key in ("dashboard", "report")}
    assert pages["dashboard"][TILES["open"][0] - 1][TILES["open"][1] - 1] == 25
    assert {"en": "Letters and visits, ", "zh": "来信来访情况（"}[language] in str(pages["report"][TITLE - 1][LEFT - 1])
    said = "\n".join(str(cell) for rows in pages.values() for row in rows for cell in row)
    assert [name for name in names if name in said] == []
