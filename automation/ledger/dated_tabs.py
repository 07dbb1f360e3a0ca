"""The tabs of rules with a date: where the days stand, how a rule is read, and where a policy has it (docs/design.md#p3.17)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from automation.ledger.admin_tabs import calendar_days_in, deadlines_in, rungs_in
from automation.ledger.calendar import Calendar, CalendarDays
from automation.ledger.policy import Deadline, Policy, Rung
from automation.ledger.rule_successions import taken_over
from automation.ledger.table import Table
from sheet_schema import TAB, Tab

DatedRule = Deadline | Rung | CalendarDays


@dataclass(frozen=True)
class DatedTab:
    """A tab whose rows hold from a day on and up to a day.

    `first` and `last` are the columns with these days, `about` the one that says what a row is about, `plain` those in which
    an edit moves no due day.
    """

    key: str
    first: str
    last: str
    about: str
    plain: frozenset[str]
    rules_in: Callable[[Table], Sequence[DatedRule]]
    """The rows of such a table that are correct."""

    @property
    def tab(self) -> Tab:
        return TAB[self.key]

    @property
    def days_or_plain(self) -> frozenset[str]:
        """The columns in which an edit moves no due day, or says itself from when on."""
        return self.plain | {self.first, self.last, "correction"}

    def rules_of(self, policy: Policy) -> Sequence[DatedRule]:
        if self.key == "calendar":
            return tuple(policy.calendar.entries)
        return policy.deadlines if self.key == "deadlines" else policy.ladder

    def with_rules(self, policy: Policy, rules: Iterable[DatedRule]) -> Policy:
        """The policy with these as the rules of this tab."""
        if self.key == "deadlines":
            return replace(policy, deadlines=tuple(one for one in rules if isinstance(one, Deadline)))
        if self.key == "escalation":
            return replace(policy, ladder=taken_over(tuple(one for one in rules if isinstance(one, Rung))))
        return replace(policy, calendar=Calendar(one for one in rules if isinstance(one, CalendarDays)))


DATED_TABS = (
    DatedTab(
        key="deadlines",
        first="from",
        last="until",
        about="step",
        plain=frozenset({"basis", "remind_before", "who"}),
        rules_in=deadlines_in,
    ),
    DatedTab(key="escalation", first="from", last="until", about="step", plain=frozenset(), rules_in=rungs_in),
    DatedTab(
        key="calendar",
        first="in_force_from",
        last="in_force_until",
        about="kind",
        plain=frozenset({"name"}),
        rules_in=calendar_days_in,
    ),
)


def decides_before(rule: DatedRule, day: date) -> bool:
    """Whether a rule has a say in what was due before this day. A day off or a make-up day has not while it lies ahead."""
    return not isinstance(rule, CalendarDays) or rule.start < day
