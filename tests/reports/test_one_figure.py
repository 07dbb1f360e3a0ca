"""The figures of all outputs agree on random ledgers, and say nothing of a restricted case but that it is among all.

`LEDGER_TRIES=2000 .venv/bin/python -m pytest tests/reports/test_one_figure.py` searches for longer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import lxml.html
from hypothesis import given

from automation.cases.cases import Cases
from automation.cases.indicator_text import NAMES, value_text
from automation.cases.indicators import indicators, month_of
from automation.mail.mail import Mail
from automation.pages import report as tab
from automation.pages.dashboard import DEPARTMENTS_LIST, LATE_LIST, TILES
from automation.pages.page import Values
from automation.reports.annual.annual import blocks
from automation.reports.annual.blocks import Paragraph, Table
from automation.reports.as_json import as_json
from automation.reports.build import cases_to_report, report_of, report_on, view_of
from automation.reports.counting import View, figure
from automation.reports.dashboard import dashboard
from automation.reports.model import Period, Report
from automation.reports.page import page_of
from automation.reports.tab import report_cells
from automation.reports.wording import sentence
from automation.run.job import JOBS, Request, Result
from automation.run.plan import plan
from automation.steps.digests import everything, visible_to
from tests.support.random_registers import DEPARTMENTS, NOW, TOPICS, Office, small_offices
from tests.support.sample import random_examples

MONTHS = [Period(*month_of(NOW.date(), back)) for back in range(4)]
QUARTER = Period(date(2026, 1, 1), date(2026, 3, 31))
Texts = dict[str, str]
"""Each figure as its reader reads it, by its name."""


def in_json(report: Report) -> Texts:
    """As somebody writes it who has only the JSON."""

    def said(one: Mapping[str, Any]) -> str:
        if one["measure"] == "count":
            return f"{one['value']}"
        if one["value"] is None:
            return "–"
        if one["measure"] == "days":
            return f"{one['value']:.1f}；{one['median']:g}"
        return f"{one['percent']}%（{one['numerator']}/{one['denominator']}）"

    figures: Any = as_json(report)["figures"]
    return {one["name"]: said(one) for one in figures}


def on_the_page(report: Report) -> Texts:
    page = lxml.html.document_fromstring(page_of(report))
    rows = [body[0] for body in page.xpath("//table[@class='figures']/tbody")]
    return {row[0].text_content().strip(): row[1].text_content().strip() for row in rows}


def in_the_tab(report: Report) -> Texts:
    cells = report_cells(report)
    rows = range(tab.FIGURES + 1, tab.FIGURES + 1 + len(report.figures))
    return {str(cells[row, tab.LEFT]): str(cells[row, tab.LEFT + 3]) for row in rows}


def in_the_document(report: Report) -> Texts:
    tables = [
        one for one in blocks(report) if isinstance(one, Table) and len(one.header) == 5 and one.header[2] == "目标"
    ]
    return {row[0]: row[1] for row in tables[0].rows}


def in_the_digest(mail: Mail) -> list[Texts]:
    """For this month and the two before; a figure that counted nothing in all three is in none."""
    names = [name.say("zh") for name in NAMES.values()]
    lines = re.findall(rf"^  ({'|'.join(map(re.escape, names))})：(.*)$", mail.rendered.text, re.M)
    return [{name: said.split(" | ")[at] for name, said in lines} for at in range(3)]


def numbers_in_the_digest(mail: Mail) -> dict[str, set[str]]:
    found = re.findall(r"^  (\S+)：[^\n]*\n      [^\n：]*：([^\n]*)$", mail.rendered.text, re.M)
    return {name: set(re.findall(r"LV-\d+", numbers)) for name, numbers in found}


def planned(office: Office) -> Result:
    return plan(
        office.book, Request(JOBS["run"], NOW, NOW.astimezone(), outbox=Path("outbox"), instead_of_sending=True)
    )


def seen_by(cases: Cases, reader: str) -> View:
    person = next(one for one in cases.ledger.policy.people if one.name == reader)
    return view_of(cases, visible_to(person, cases.ledger.policy))


def worked_out(view: View, month: Period) -> Texts:
    """Each figure of a month; those of what not every office does only where there is something to count."""
    found = [figure(one, view, month, month) for one in indicators(5)]
    found = [one for one in found if not one.indicator.if_any or one.counts_any]
    return {NAMES[one.indicator.key].say("zh"): value_text(one.indicator, one.value, "zh") for one in found}


@random_examples(10)
@given(small_offices())
def test_five_outputs_say_the_same(office: Office) -> None:
    cases, run = cases_to_report(office.book, NOW), planned(office)
    whole, every = report_of(cases, MONTHS[0], MONTHS[1]), view_of(cases, everything)
    told = in_json(whole)
    assert (on_the_page(whole), in_the_tab(whole), in_the_document(whole)) == (told, told, told)
    _the_same_stands_open(whole, dashboard(run.after, NOW))
    digests = {mail.reader: mail for mail in run.mails if mail.kind == "digest_leader"}
    assert {"孙校长", "赵刚"} <= {*digests}
    for reader in ("孙校长", "赵刚"):
        view = seen_by(cases, reader)
        months = [worked_out(view, month) for month in MONTHS[:3]]
        for shown, read in zip(in_the_digest(digests[reader]), months, strict=True):
            assert {name: read[name] for name in shown} == shown
            assert all(text in ("0", "–") for name, text in read.items() if name not in shown)
        report = report_on(view, cases, MONTHS[0], MONTHS[1])
        assert in_json(report) == months[0]
        _the_same_cases(digests[reader], report)
        if reader == "孙校长" and len(view.every) == len(every.every):  # who is barred from nothing reads the report
            assert months == [worked_out(every, month) for month in MONTHS[:3]]
            assert as_json(report) == as_json(whole)


def _the_same_stands_open(report: Report, values: Values) -> None:
    """Open and late cases: Dashboard, sentence, JSON, document, and the list of those that are late."""
    still, late = report.open.count, report.open.late
    assert (values[TILES["open"]], values[TILES["late"]]) == (still, late)
    assert as_json(report)["open"] == {"value": still, "late": late}
    assert f"目前超期{late}件" in sentence(report) if late else "目前没有超期件" in sentence(report)
    said = next(one.text for one in blocks(report) if isinstance(one, Paragraph))
    assert (f"在办{still}件" in said) if still else ("没有在办" in said or "无在办" in said)
    assert report.late.count == late
    listed = [values.get((LATE_LIST.head + 1 + at, LATE_LIST.left)) for at in range(late)]
    assert set(listed) >= {one.number for one in report.late.cases}
    departments = [
        [values.get((row, DEPARTMENTS_LIST.left + column), "") for column in range(3)]
        for row in range(DEPARTMENTS_LIST.head + 1, DEPARTMENTS_LIST.after)
    ]
    assert sum(int(one[1] or 0) for one in departments if isinstance(one[1], int)) == still  # type: ignore[call-overload]


def _the_same_cases(mail: Mail, report: Report) -> None:
    """Behind each figure as many cases as the report names and counts, and among them those that it names."""
    names = {one.indicator.key: NAMES[one.indicator.key].say("zh") for one in report.figures}
    digest = numbers_in_the_digest(mail)
    for one in report.figures:
        found = digest.get(names[one.indicator.key])
        if found is not None:
            assert (found >= {*one.value.numbers}, len(found)) == (True, len(one.value.numbers) + one.restricted)
    late = re.search(r"^超期，[^\n]*\n((?:  [^\n]*\n)*)", mail.rendered.text, re.M)
    listed = set(re.findall(r"^  (LV-\d+)", late[1], re.M)) if late else set()
    assert (listed >= {case.number for case in report.late.cases}, len(listed)) == (True, report.late.count)


def broken_down(report: Report) -> dict[str, object]:
    """Everything that a total is broken down to, and all lists."""
    found: Any = as_json(report)
    lists = ("late", "collective", "repeats", "superiors", "leapfrog", "told")
    return {
        **{one["by"]: [line for line in one["counts"] if line["count"]] for one in found["breakdowns"]},
        "ages": found["ages"]["lines"],
        **{key: found[key]["cases"] for key in lists},
    }


def totals(report: Report) -> dict[str, int]:
    found: Any = as_json(report)
    return {one["key"]: one["numerator"] for one in found["figures"] if one["measure"] == "count"} | {
        key: found["open"][key] for key in ("value", "late")
    }


@random_examples(6)
@given(small_offices())
def test_subtracted_from_each_other_no_figures_single_out_a_restricted_case(office: Office) -> None:
    """Of any period, each line of a breakdown, each age and each list is as if no restricted case had ever come: none of them
    is in any, so that none is left when one is subtracted from another. Of a total they are part in any number, and it says in what."""
    cases = cases_to_report(office.book, NOW)
    at = {row: cases.confidence.restricted[row] for row in range(len(cases.register))}
    secret = {str(cases.register["case_no"][row]) for row, is_secret in at.items() if is_secret}
    stripped = {"repeat_of": "", "leapfrog": ""}
    rows = [{**row, **stripped} for row in office.register]
    filing = [{**row, **stripped} for row in office.filing]
    secret |= {str(row["case_no"]) for row in filing if row["restricted"] == "是" or row["kind"] == "检举控告"}
    every = cases_to_report(Office(tuple(rows), tuple(filing)).book, NOW)
    without = cases_to_report(
        Office(*(tuple(row for row in some if row["case_no"] not in secret) for some in (rows, filing))).book, NOW
    )
    for period in (MONTHS[0], QUARTER):
        found, others = (report_of(one, period, MONTHS[3]) for one in (every, without))
        assert broken_down(found) == broken_down(others)
        beside = {one.indicator.key: one.restricted for one in found.figures} | {
            "value": found.open.restricted, "late": found.open.restricted_late,
        }  # fmt: skip
        assert totals(found) == {key: count + beside[key] for key, count in totals(others).items()}
        assert [one.restricted for one in found.breakdowns] == [beside["received"]] * 6


OTHERWISE: Mapping[str, Sequence[str]] = {
    "topic": TOPICS, "department": [str(one["name"]) for one in DEPARTMENTS], "summary": ("S", "T"), "petitioner": ("P", "Q"),
    "contact": ("13800000001", "13800000002"),
}  # fmt: skip


@random_examples(4)
@given(small_offices())
def test_of_what_a_restricted_case_is_about_no_report_says_a_byte(office: Office) -> None:
    """Whatever topic, department, text and name it has, each output is the same to the byte."""

    def of_another(row: dict[str, object], turn: int) -> dict[str, object]:
        if row["restricted"] != "是":
            return row
        return {**row, **{key: words[turn % len(words)] for key, words in OTHERWISE.items()}}

    def outputs(turn: int) -> list[object]:
        change = partial(of_another, turn=turn)
        made = Office(tuple(map(change, office.register)), tuple(map(change, office.filing)))
        cases = cases_to_report(made.book, NOW)
        reports = [report_of(cases, QUARTER, MONTHS[3])]
        values = {**dashboard(cases.ledger, NOW), TILES["look"]: ""}  # what is typed wrong there is to be looked at
        return [
            [as_json(one) for one in reports], [page_of(one) for one in reports], [report_cells(one) for one in reports],
            [[*blocks(one)] for one in reports], values,
        ]  # fmt: skip

    assert outputs(0) == outputs(1)
