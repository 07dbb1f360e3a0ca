"""The reception days of the demo: one kept, one late, one without a host, and a rule for those to come."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from automation.ledger.receptions import number_of
from automation.steps.reception_rows import print_of_texts


def demo_receptions(
    told: Sequence[Mapping[str, Any]], name: Callable[[int], str], today: date
) -> list[dict[str, object]]:
    """The rows. Each says how many days before today it was or, below nought, after; `told` has what is said in words."""
    return [_row(at, one, name, today) for at, one in enumerate(told, start=1)]


def _row(at: int, one: Mapping[str, Any], name: Callable[[int], str], today: date) -> dict[str, object]:
    def day(key: str) -> object:
        return _on_a_weekday(today - timedelta(days=one[key])) if key in one else ""

    typed = {
        "on": one.get("rule") or day("ago"),
        "time": one.get("time", ""),
        "host": name(one["host"]) if "host" in one else "",
        "place": one.get("place", ""),
        "came": one.get("came", ""),
        "cases": one.get("case", ""),
        "undertaking": one.get("undertaking", ""),
        "by_when": day("by_when"),
        "done_on": day("done"),
    }
    seen = datetime.combine(today - timedelta(days=40), time(9))
    return {
        "reception_no": number_of(at),
        **typed,
        "noted_at": seen,
        "changed_at": seen,
        "seen": print_of_texts({key: str(cell) for key, cell in typed.items()}),
    }


def _on_a_weekday(day: date) -> date:
    return day - timedelta(days=max(0, day.weekday() - 4))
