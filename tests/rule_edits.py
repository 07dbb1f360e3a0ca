"""Random edits of rules and calendar, and reports on the days before: `python -m tests.rule_edits SEED COUNT`
(docs/design.md#p3.17).

A ledger is made once: cases of every kind, some restricted, some filed and sealed, and rules and days off that run after run
were changed. Then administrators type an edit dated D into Deadlines, Escalation and Calendar, or type it on D without a
day, and a run applies it. A report on any period that ends before D must be the same to the byte before and after, as text,
page, JSON, tab and document: made on D all of it but what is still ahead, made later all of it but what it says of its own day.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property
from random import Random

import numpy as np

from automation.cases.cases import Cases
from automation.ledger.equal_rows import IGNORED
from automation.ledger.parsing import parse
from automation.ledger.workbook import Cell, Grid, Snapshot
from automation.reports.annual.annual import blocks
from automation.reports.as_json import as_json
from automation.reports.build import report_on, view_of
from automation.reports.counting import View
from automation.reports.model import CaseList, Integrity, Listed, OpenCases, Period, Report, Superior
from automation.reports.page import page_of
from automation.reports.summary import summary
from automation.reports.tab import report_cells
from automation.run.job import JOBS, Request
from automation.run.plan import plan
from automation.run.two_worlds import after_run
from automation.steps.cases_now import cases_now
from automation.steps.digests import everything
from sheet_schema import TAB
from tests.support.ledger_in_memory import line, snapshot

Row = dict[str, object]
Rows = list[Row]
BEGIN, FIRST_RUN = date(2026, 1, 5), date(2026, 3, 2)
EDITS_OF_A_LEDGER, DAYS_OF_A_LEDGER = 12, 4
STARTS = {
    "受理": ("收到日期",), "告知": ("收到日期",), "答复": ("收到日期", "受理日期"), "法定时限": ("收到日期", "受理日期"),
    "反馈交办方": ("收到日期", "受理日期"), "复查": ("申请复查日期",), "异议期": ("答复日期",), "延期告知": ("延期填写日期",),
}  # fmt: skip
KINDS, CHANNELS = ("", "申诉求决", "咨询", "建议", "检举控告"), ("", "来访", "来信", "上级交办", "领导交办")
OF_TODAY = ("first_time_settled",)
"""The figures that leave out what is not late yet on the report's own day."""


def some_rule(random: Random) -> Row:
    step = random.choice([*STARTS])
    return {
        "enabled": random.choice(("是", "是", "否")), "step": step, "starts_from": random.choice(STARTS[step]), "kind": random.choice(KINDS),
        "channel": random.choice(CHANNELS), "amount": random.choice((0, 2, 5, 10, 15, 30, 60)), "who": "经办人",
        "unit": random.choice(("日", "工作日", "上课日")), "roll_forward": random.choice(("是", "否")),
        "extend_up_to": random.choice(("", 30)),
    }  # fmt: skip


def some_rules(random: Random) -> Rows:
    """Rules of which none is a rival of another: which of two counts is said by their order, and by a problem beside them."""
    rules = ({**some_rule(random), "enabled": "是"} for _ in range(18))
    return [*{tuple(str(rule[key]) for key in ("step", "kind", "channel")): rule for rule in rules}.values()]


def some_rung(random: Random) -> Row:
    return {
        "step": random.choice([*STARTS]), "level": random.randrange(1, 4), "after": random.randrange(1, 9),
        "unit": random.choice(("日", "工作日")), "to": random.choice(("分管领导", "校外人员", "部门负责人")),
    }  # fmt: skip


def day_off(random: Random) -> Row:
    first = BEGIN + timedelta(random.randrange(200))
    kind = random.choice(("放假", "调休上班", "校历假期"))
    return {"date": str(first), "until": str(first + timedelta(random.randrange(8))), "kind": kind, "name": "假"}


SOME = {"deadlines": some_rule, "escalation": some_rung, "calendar": day_off}
TYPED = {
    "deadlines": ("enabled", "amount", "unit", "roll_forward", "kind", "channel", "extend_up_to"),
    "escalation": ("level", "after", "unit", "to"),
    "calendar": ("date", "until", "kind", "name"),
}
"""What people change in a row."""
FIRST = {"deadlines": "from", "escalation": "from", "calendar": "in_force_from"}
LAST = {"deadlines": "until", "escalation": "until", "calendar": "in_force_until"}


def some_case(random: Random, number: int) -> Row:
    def later(day: date, most: int) -> date:
        return day + timedelta(random.randrange(most))

    received = BEGIN + timedelta(random.randrange(150))
    cells: Row = {
        "received_on": str(received),
        "kind": random.choice(KINDS[1:]),
        "channel": random.choice(CHANNELS[1:]),
    }
    cells |= {
        "about": "-",
        "restricted": random.choice(("", "", "是")),
        "satisfaction": random.choice(("", "满意", "不满意")),
    }
    if random.random() < 0.8:
        decided = later(received, 20)
        decision = random.choice(("受理", "受理", "受理", "不予受理"))
        cells |= {"decision": decision, "decided_on": str(decided), "reason": "有理"}
        if random.random() < 0.7:
            cells |= {"notified_on": str(later(decided, 20))}
        if random.random() < 0.6:
            replied = later(decided, 70)
            cells |= {"replied_on": str(replied), "outcome": "支持", "result": "已办"}
            if random.random() < 0.2:
                cells |= {"review_on": str(later(replied, 40))}
    if random.random() < 0.3:
        cells |= {
            "superior_ref": "7号",
            "superior_due": str(later(received, 60)),
            "fed_back_on": str(later(received, 90)),
        }
    if random.random() < 0.2:
        extended = received + timedelta(random.randrange(20, 90))
        cells |= {"extended_to": str(extended), "extension_by": "赵刚", "extension_reason": "调查"}
    return line(f"LV-{number:05d}", **cells)


def known_on(case: Row, day: date) -> Row:
    """What stands in the row on a day: nothing that is done later."""
    days = {key: value for key, value in case.items() if key.endswith("_on") or key == "extended_to"}
    ahead = {key for key, value in days.items() if key != "extended_to" and str(value) > str(day)}
    with_it = {"decided_on": ("decision", "reason"), "replied_on": ("outcome", "result", "satisfaction")}
    gone = ahead | {one for key in ahead for one in with_it.get(key, ())}
    if "replied_on" not in days:
        gone.add("satisfaction")
    if str(case["received_on"]) > str(day):
        return {"case_no": case["case_no"]}
    return {key: "" if key in gone else value for key, value in case.items()}


def with_rows(book: Snapshot, tab: str, rows: Sequence[Row]) -> Snapshot:
    title, keys = TAB[tab].label("zh"), TAB[tab].keys
    body: list[list[Cell]] = [[row.get(key, "") for key in keys] for row in rows]  # type: ignore[misc]
    return replace(book, grids={**book.grids, title: Grid(title, [book.grids[title].rows[0], *body])})


def rows_in(book: Snapshot, tab: str) -> Rows:
    """The rows of a tab that are filled in, as people see them."""
    keys, rows = TAB[tab].keys, book.grids[TAB[tab].label("zh")].rows[1:]
    return [
        {key: cell for key, cell in zip(keys, row, strict=False) if cell != ""}
        for row in rows
        if any(c != "" for c in row)
    ]


def typed_until(book: Snapshot, cases: Sequence[Row], day: date) -> Snapshot:
    """The Register as the office has filled it in by this day; what is filed stays where it is."""
    filed = {row["case_no"] for row in rows_in(book, "filing")}
    return with_rows(book, "register", [known_on(case, day) for case in cases if case["case_no"] not in filed])


def run_on(book: Snapshot, day: date, job: str = "run") -> Snapshot:
    now = datetime.combine(day, time(9))
    result = plan(book, Request(JOBS[job], now, now))
    if result.stopped:
        raise SystemExit("the run stopped: " + "; ".join(one.say("en") for one in result.problems if one.stops))
    return after_run(book, result)


def edited(random: Random, rows: Rows, tab: str, day: date) -> Rows:
    """The rows of a tab with some changed, ended, taken out, added and sorted; some with the day on which that holds."""
    found = []
    for row in rows:
        turn, over = random.random(), str(row.get(LAST[tab], "9999")) < str(day)
        if turn < 0.1:
            continue
        if turn < 0.35:
            key = random.choice(TYPED[tab])
            row = {**row, key: SOME[tab](random).get(key, "")}
            if random.random() < 0.3:
                row |= {FIRST[tab]: str(day + timedelta(random.randrange(20)))}
        elif turn < 0.45:
            row = {key: cell for key, cell in row.items() if key != random.choice((FIRST[tab], LAST[tab]))}
        elif turn < 0.5:
            row = {**row, random.choice((FIRST[tab], LAST[tab])): str(day + timedelta(random.randrange(20)))}
        elif turn < 0.55 and not over:
            row = {**row, LAST[tab]: str(day - timedelta(1))}
        elif turn < 0.6 and tab == "deadlines":
            row = {**row, "open_cases": "是"}
        if str(row.get(FIRST[tab], "")) > str(row.get(LAST[tab], "9999")):
            del row[LAST[tab]]
        found.append(row)
    for _ in range(random.randrange(4)):
        new = SOME[tab](random)
        if random.random() < 0.5:
            new |= {FIRST[tab]: str(day + timedelta(random.randrange(9)))}
            new |= {"open_cases": random.choice(("", "是"))} if tab == "deadlines" else {}
        found.append(new)
    if random.random() < 0.5:
        random.shuffle(found)
    return found


def without_counts(cases: OpenCases) -> OpenCases:
    return OpenCases(0, 0, tuple(replace(age, count=0, late=0) for age in cases.ages))


def without_wrong_rows(integrity: Integrity) -> Integrity:
    return replace(integrity, invalid=(), restricted=0)


def of_its_period(report: Report) -> Report:
    """The report without what it says of its own day: what is open, late or wrong by then, and which step a case is at."""

    def listed(case: Listed) -> Listed:
        return replace(case, step="", due_on=None, days_late=0, age=0)

    def named(cases: CaseList) -> CaseList:
        return replace(cases, cases=tuple(map(listed, cases.cases)))

    return replace(
        report,
        open=without_counts(report.open),
        late=CaseList((), 0),
        integrity=without_wrong_rows(report.integrity),
        figures=tuple(one for one in report.figures if one.indicator.key not in OF_TODAY),
        collective=named(report.collective),
        repeats=named(report.repeats),
        superiors=tuple(replace(one, case=listed(one.case)) for one in report.superiors),
        leapfrog=tuple(replace(one, case=listed(one.case)) for one in report.leapfrog),
        told=tuple(replace(one, case=listed(one.case)) for one in report.told),
    )


def without_what_is_ahead(report: Report, day: date) -> Report:
    """The report without due days from this day on, which an edit of this day may move, and what hangs on them: that a row is
    wrong, too, may be a matter of an extension up to such a day."""

    def listed(case: Listed) -> Listed:
        ahead = case.due_on is not None and case.due_on >= day
        return replace(case, step="", due_on=None) if ahead else case

    def named(cases: CaseList) -> CaseList:
        return replace(cases, cases=tuple(map(listed, cases.cases)))

    def superior(one: Superior) -> Superior:
        ahead = one.wanted_by is None or one.wanted_by >= day
        return replace(one, case=listed(one.case), **{"wanted_by": None, "in_time": None} if ahead else {})

    return replace(
        report,
        integrity=without_wrong_rows(report.integrity),
        collective=named(report.collective),
        repeats=named(report.repeats),
        superiors=tuple(map(superior, report.superiors)),
        leapfrog=tuple(replace(one, case=listed(one.case)) for one in report.leapfrog),
        told=tuple(replace(one, case=listed(one.case)) for one in report.told),
    )


def printed(report: Report) -> str:
    """All that is made of a report: text, page, JSON, tab, document."""
    document = [repr(one) for one in blocks(report)]
    cells = sorted(report_cells(report).items(), key=repr)
    return "\n".join([*summary(report), page_of(report), json.dumps(as_json(report)), repr(cells), *document])


@dataclass(frozen=True)
class Reports:
    """The reports of a ledger made at one time, on periods that end before the day of an edit."""

    book: Snapshot
    edited_on: date
    made_on: date

    @cached_property
    def cases(self) -> Cases:
        return cases_now(self.book, datetime.combine(self.made_on, time(10)))

    @cached_property
    def view(self) -> View:
        return view_of(self.cases, everything)

    @cached_property
    def answered_that_day(self) -> bool:
        """Whether an objection period begins on the day of the edit, so that it tells whether the case is closed."""
        return bool((self.view.every["replied_on"] == np.datetime64(self.edited_on)).any())

    def on(self, period: Period) -> Report:
        before = Period(period.first - timedelta(31), period.first - timedelta(1))
        found = without_what_is_ahead(report_on(self.view, self.cases, period, before), self.edited_on)
        if self.made_on != self.edited_on:
            return of_its_period(found)
        return replace(found, open=without_counts(found.open)) if self.answered_that_day else found


@dataclass
class Trial:
    """A ledger on the day of an edit, with the reports that were made of it so far."""

    book: Snapshot
    day: date
    made: dict[date, Reports]
    known: dict[tuple[date, Period], Report]

    def before(self, made_on: date, period: Period) -> Report:
        reports = self.made.setdefault(made_on, Reports(self.book, self.day, made_on))
        if (made_on, period) not in self.known:
            self.known[made_on, period] = reports.on(period)
        return self.known[made_on, period]

    def wrong(self, random: Random, after: Snapshot) -> Iterator[str]:
        """The reports that are not what they were."""
        later = self.day + timedelta(random.choice((0, 0, 1, 21)))
        reports = Reports(after, self.day, later)
        last = self.day - timedelta(1)
        others = [Period(last - timedelta(ago + 30), last - timedelta(ago)) for ago in (9, 35)]
        whole = Period(date(self.day.year, 1, 1), last)
        for period in (Period(last - timedelta(30), last), random.choice([whole, *others])):
            before, now = self.before(later, period), reports.on(period)
            if before != now and printed(before) != printed(now):  # equal ones print alike
                yield f"a report of {later} on {period.first} to {period.last}, after an edit of {self.day}"


def ledger_of(random: Random) -> tuple[Snapshot, list[Row]]:
    """A ledger that a run has seen, and all that its cases will ever hold."""
    cases = [some_case(random, number) for number in range(1, 25)]
    seen = [known_on(case, FIRST_RUN) for case in cases]
    index = [
        {"case_no": one["case_no"], "issued_on": str(BEGIN), "first_seen": one.get("received_on", "")} for one in seen
    ]
    book = snapshot(
        register=seen, index=index, deadlines=some_rules(random),
        escalation=[some_rung(random) for _ in range(4)], calendar=[day_off(random) for _ in range(5)],
    )  # fmt: skip
    return run_on(book, FIRST_RUN), cases


def edits_of(seed: int, most: int, each: int = EDITS_OF_A_LEDGER) -> tuple[int, list[str]]:
    """Up to so many edits of a ledger with this seed, `each` on one day: how many there were, and what was wrong."""
    random = Random(seed)
    book, cases = ledger_of(random)
    day, count, wrong = FIRST_RUN, 0, list[str]()
    for _ in range(DAYS_OF_A_LEDGER):
        day += timedelta(random.randrange(1, 30))
        trial = Trial(run_on(typed_until(book, cases, day), day, "validate"), day, {}, {})  # new cases have been seen
        after = trial.book
        for _ in range(min(each, most - count)):
            after = trial.book
            for tab in random.choice((["deadlines"], ["calendar"], [*SOME], [*SOME])):
                after = with_rows(after, tab, edited(random, rows_in(after, tab), tab, day))
            if random.random() < 0.9:  # else every command counts as if the run had been
                after = run_on(after, day, "validate")
            wrong += [f"ledger {seed}: {one}" for one in trial.wrong(random, after)]
            count += 1
        if count >= most or any(one.code == IGNORED for one in parse(after).problems):
            break  # of rivals the upper one counts: sorting them is an edit that nobody can date
        book = run_on(after, day)
    return count, wrong


def main() -> None:
    seed, wanted = int(sys.argv[1]), int(sys.argv[2])
    done, ledgers, failed = 0, 0, 0
    while done < wanted:
        count, wrong = edits_of(seed + ledgers, wanted - done)
        done, ledgers, failed = done + count, ledgers + 1, failed + len(wrong)
        for one in wrong:
            print(one, flush=True)
    print(f"{done} edits of {ledgers} ledgers, {failed} reports that changed")
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
