"""Finds routing rules that are never used, because an earlier rule matches every case they would match."""

from __future__ import annotations

from collections.abc import Iterable

from automation.ledger.normal_form import normal
from automation.ledger.policy import Rule
from sheet_schema.vocabulary import RuleState


def takes_all_of(earlier: Rule, later: Rule) -> bool:
    """Whether any case that matches the later rule must also match the earlier one.

    So it is if each condition of the earlier rule allows all that the later one's allows. Keywords are substrings: a
    summary with "school bus" in it has "bus" in it.
    """
    conditions = (
        (earlier.channels, later.channels),
        (earlier.kinds, later.kinds),
        (earlier.identities, later.identities),
        (earlier.about, later.about),
        (tuple(map(normal, earlier.topics)), tuple(map(normal, later.topics))),
    )
    if not all(not wide or (narrow and set(narrow) <= set(wide)) for wide, narrow in conditions):
        return False
    shorter, longer = _keywords(earlier), _keywords(later)
    return not earlier.keywords or (bool(longer) and all(any(word in text for word in shorter) for text in longer))


def stands_in_for(earlier: Rule, later: Rule) -> bool:
    """Whether the later rule is for conflicts of interest: the same conditions, but somebody else gets the case."""
    same = takes_all_of(earlier, later) and takes_all_of(later, earlier)
    return same and destination(earlier) != destination(later)


def shadow_of(rule: Rule, earlier: Iterable[Rule]) -> Rule | None:
    """The first enabled rule above that takes all cases of this one, unless this one stands in for it; else None."""
    for above in earlier:
        if above.state == RuleState.YES and takes_all_of(above, rule) and not stands_in_for(above, rule):
            return above
    return None


def destination(rule: Rule) -> tuple[str, str]:
    """The department and the handler to whom the rule gives a case."""
    return rule.department, rule.handler


def _keywords(rule: Rule) -> list[str]:
    """The keywords in normal form. One without letters or digits matches nothing and is left out."""
    return [word for keyword in rule.keywords if (word := normal(keyword))]
