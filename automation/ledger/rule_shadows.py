"""Routing rules that stand in another's shadow: which rule takes every case that a later one would."""

from __future__ import annotations

from collections.abc import Iterable

from automation.ledger.directory import normal
from automation.ledger.model import Rule
from sheet_schema.vocabulary import RuleState


def takes_all_of(earlier: Rule, later: Rule) -> bool:
    """Whether every case that the later rule fits also fits the earlier one, whatever cases there are: each condition the
    earlier one has allows all that the later one's allows. A summary that holds "school bus" holds "bus"."""
    narrower = (
        (earlier.channels, later.channels),
        (earlier.kinds, later.kinds),
        (earlier.identities, later.identities),
        (tuple(map(normal, earlier.topics)), tuple(map(normal, later.topics))),
    )
    if not all(not wide or (narrow and set(narrow) <= set(wide)) for wide, narrow in narrower):
        return False
    wanted, held = _words(earlier), _words(later)
    return not earlier.keywords or (bool(held) and all(any(word in text for word in wanted) for text in held))


def stands_in_for(earlier: Rule, later: Rule) -> bool:
    """Whether the later rule is there for a conflict of interest: the same conditions, and somebody else who gets the case."""
    same = takes_all_of(earlier, later) and takes_all_of(later, earlier)
    return same and destination(earlier) != destination(later)


def shadow_of(rule: Rule, earlier: Iterable[Rule]) -> Rule | None:
    """The first enabled rule above that takes every case this one fits; None where there is none, or this one stands in."""
    for one in earlier:
        if one.state == RuleState.YES and takes_all_of(one, rule) and not stands_in_for(one, rule):
            return one
    return None


def destination(rule: Rule) -> tuple[str, str]:
    """To whom the rule gives a case: department and handler."""
    return rule.department, rule.handler


def _words(rule: Rule) -> list[str]:
    """The keywords as they are looked for; one without any letter is found nowhere."""
    return [word for keyword in rule.keywords if (word := normal(keyword))]
