"""A report as one JSON object: dates in ISO form, choices by their keys, each figure with its parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date

from automation.cases.indicator_text import NAMES, missed
from automation.cases.indicators import Indicator, Measure, Value
from automation.reports.model import Breakdown, Figure, Period, Report
from automation.text.percentages import percent

Json = Mapping[str, object]


def as_json(report: Report) -> dict[str, object]:
    """Everything the report says. Of restricted cases it has the same counts as the report, and no more."""
    return {
        "school": report.school,
        "language": report.language,
        "now": report.now.isoformat(timespec="minutes"),
        "period": _period(report.period),
        "before": _period(report.before),
        "received": report.received,
        "replied": report.replied,
        "figures": [_figure(one, report) for one in report.figures],
        "months": [
            {"month": f"{one.first:%Y-%m}", "received": one.received, "replied": one.replied} for one in report.months
        ],
        "breakdowns": [_breakdown(one) for one in report.breakdowns],
        "open": {"value": report.open.count, "late": report.open.late},
        "ages": {
            "lines": as_json_value(report.open.ages),
            "restricted": report.open.restricted,
            "restricted_late": report.open.restricted_late,
        },
        **{key: as_json_value(getattr(report, key)) for key in ("late", "collective", "repeats")},
        "superiors": _with_restricted(report.superiors, report.superiors_restricted),
        "leapfrog": _with_restricted(report.leapfrog, report.leapfrog_restricted),
        "told": {
            **_with_restricted(report.told, report.told_restricted),
            "minutes_median": report.told_after,
        },
        "integrity": as_json_value(report.integrity),
        **({"receptions": as_json_value(report.receptions)} if report.receptions is not None else {}),
    }


def _period(period: Period) -> Json:
    return {"from": period.first.isoformat(), "to": period.last.isoformat()}


def _with_restricted(cases: object, restricted: int) -> Json:
    return {"cases": as_json_value(cases), "restricted": restricted}


def _breakdown(breakdown: Breakdown) -> Json:
    counts = [
        {"key": one.key, "label": one.label, "count": one.count, "numbers": list(one.numbers)}
        for one in breakdown.counts
    ]
    return {"by": breakdown.by, "counts": counts, "restricted": breakdown.restricted}


def _figure(figure: Figure, report: Report) -> Json:
    one = figure.indicator
    return {
        "key": one.key,
        "name": NAMES[one.key].say(report.language),
        "measure": one.measure.value,
        "target": one.target,
        "missed": missed(one, figure.value),
        **_value(one, figure.value),
        "numbers": list(figure.value.numbers),
        "restricted": figure.restricted,
        "before": _value(one, figure.before),
    }


def _value(one: Indicator, value: Value) -> Json:
    """A share as numerator, denominator, quotient and per cent as every page shows it (null if nothing was due); a count; or
    days, and of how many."""
    if one.measure is Measure.COUNT:
        return {"value": int(value.part), "numerator": int(value.part), "denominator": None}
    if one.measure is Measure.DAYS:
        mean, median = (value.part, value.median) if value.whole else (None, None)
        return {"value": mean, "median": median, "numerator": None, "denominator": value.whole}
    share, shown = (value.part / value.whole, percent(value.part, value.whole)) if value.whole else (None, None)
    return {"value": share, "percent": shown, "numerator": int(value.part), "denominator": value.whole}


def as_json_value(value: object) -> object:
    """Turn dataclasses, tuples and dates into what JSON can hold."""
    if value is None or isinstance(value, str | int | float):
        return value
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: as_json_value(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Mapping):
        return {key: as_json_value(part) for key, part in value.items()}
    if isinstance(value, tuple | list):
        return [as_json_value(part) for part in value]
    if isinstance(value, date):  # or a datetime
        return value.isoformat()
    return value
