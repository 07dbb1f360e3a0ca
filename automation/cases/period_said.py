"""How a period without a reception day is named."""

from __future__ import annotations

from automation.cases.reception_roster import Gap
from automation.text.catalogue import msg
from automation.text.dates import short_month
from sheet_schema.vocabulary import HowOften

_SPAN = msg("{first} to {last}")


def period_said(every: str, gap: Gap, language: str) -> str:
    """A month by its name, a week or a fortnight by its days."""
    if every == HowOften.MONTH:
        return short_month(gap.first, language)
    return _SPAN.say(language, first=gap.first, last=gap.last)
