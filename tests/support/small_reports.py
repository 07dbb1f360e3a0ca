"""Reports on small ledgers, for tests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from automation.cases.cases import Cases, cases_of
from automation.reports.build import everything, report_of
from automation.reports.model import Period, Report
from automation.steps.digests import visible_to
from automation.steps.known_to import Visible
from automation.steps.validation import derive, prepare
from sheet_schema import Language
from sheet_schema.vocabulary import Channel, Decision, Kind, Step, Unit, Who, YesNo
from sheet_schema.word import Word
from tests.support.ledger_in_memory import Rows, ledger, preset_rows

NOW = datetime(2026, 3, 18, 9)
MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))
FEBRUARY = Period(date(2026, 2, 1), date(2026, 2, 28))
MARKER = "CANARY"
"""The text in every cell of a restricted case that must not be quoted anywhere."""
DONE = {
    "decided_on": "2026-03-02",
    "notified_on": "2026-03-05",
    "outcome": "支持",
    "replied_on": "2026-03-10",
}
LATE = {"decided_on": "2026-03-02", "notified_on": "2026-03-05"}
"""The cells of a case that was accepted but not answered by the 12th."""
SECRET = {
    "kind": "检举控告", "about": "-", "summary": MARKER, "petitioner": MARKER, "topic": MARKER, "department": MARKER,
    "superior_ref": MARKER,
}  # fmt: skip


def deadlines(language: Language = "zh") -> Rows:
    """Deadlines: notify within ten days, reply within ten of acceptance, report back within twelve."""

    def said(word: Word) -> str:
        return word.label(language)

    return [
        {
            "enabled": said(YesNo.YES),
            "step": said(step),
            "who": said(Who.HANDLER),
            "starts_from": {"zh": "受理日期", "en": "Accepted"}[language]
            if step is Step.REPLY
            else {"zh": "收到日期", "en": "Received"}[language],
            "amount": amount,
            "unit": said(Unit.DAY),
            "roll_forward": said(YesNo.NO),
        }
        for step, amount in ((Step.NOTIFY, 10), (Step.REPLY, 10), (Step.FEEDBACK, 12))
    ]


def case(number: int, language: Language = "zh", **cells: object) -> dict[str, object]:
    """A complaint that came on 2 March and was accepted, except for the given cells."""
    return {
        "case_no": f"LV-{number:05d}", "channel": Channel.VISIT.label(language), "petitioner": f"P{number}", "contact": f"1380000{number:04d}",
        "kind": Kind.COMPLAINT.label(language), "topic": preset_rows("topics", language)[0]["name"], "summary": f"S{number}",
        "received_on": "2026-03-02", "received_by": "李敏", "department": preset_rows("departments", language)[0]["name"],
        "decision": Decision.ACCEPT.label(language), "decided_on": cells.get("received_on", "2026-03-02"), **cells,
    }  # fmt: skip


def known_cases(register: Rows, filing: Rows = (), language: Language = "zh", **tabs: Rows) -> Cases:
    """The cases of a ledger as a run sees them. Each was first seen on the day it came."""
    index = [
        {
            "case_no": row["case_no"],
            "first_seen": row.get("received_on", ""),
            "issued_on": row.get("received_on", ""),
        }
        for row in (*register, *filing)
    ]
    given: dict[str, Rows] = {"deadlines": deadlines(language), "index": index, **tabs}
    read = prepare(ledger(language, register=register, filing=filing, **given), NOW).ledger
    return cases_of(derive(read, NOW).ledger, NOW)


def report(
    register: Rows,
    filing: Rows = (),
    period: Period = MARCH,
    before: Period = FEBRUARY,
    language: Language = "zh",
    visible: Visible = everything,
    **tabs: Rows,
) -> Report:
    return report_of(known_cases(register, filing, language, **tabs), period, before, visible)


def report_for(reader: str, register: Rows, filing: Rows = (), **tabs: Rows) -> Report:
    """The report that this person reads."""
    cases = known_cases(register, filing, **tabs)
    person = next(one for one in cases.ledger.policy.people if one.name == reader)
    return report_of(cases, MARCH, FEBRUARY, visible_to(person, cases.ledger.policy))


def secret(first: int, count: int, **cells: object) -> list[dict[str, object]]:
    """`count` restricted cases, numbered from `first`."""
    return [case(first + i, **{**SECRET, **cells}) for i in range(count)]


def numbers(cases: Sequence[object]) -> list[str]:
    return [one.number for one in cases]  # type: ignore[attr-defined]
