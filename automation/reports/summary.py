"""A report on one screen: its sentence, and the figures with their targets and the period before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from automation.cases.indicator_text import NAMES, missed, target, value_text
from automation.reports.model import Report
from automation.reports.wording import BEHIND, numbers_behind, period_name, sentence, title
from automation.text.catalogue import Message, Sentences, msg
from automation.text.characters import breadth

MOST_NUMBERS = 4
_TEXTS: Mapping[str, Message] = {
    "value": msg("In the period"),
    "target": msg("Target"),
    "earlier": msg("Before"),
    "before": msg("Before: {before}."),
    "missed": msg("missed"),
    "behind": msg("{behind}: {numbers}"),
}


def summary(report: Report) -> Iterator[str]:
    """The lines of text, in the ledger's language."""
    texts, language = Sentences(_TEXTS, report.language), report.language
    yield " · ".join(part for part in (report.school, title(report)) if part)
    yield sentence(report)
    yield texts.say("before", before=period_name(report.before, language))
    yield ""
    rows = [*_rows(report)]
    table = _table([("", texts["value"], texts["target"], texts["earlier"]), *(cells for cells, _ in rows)])
    yield next(table)
    for line, (_, behind) in zip(table, rows, strict=True):
        yield line
        if behind:
            yield f"    {behind}"


def _rows(report: Report) -> Iterator[tuple[Sequence[str], str]]:
    """The cells of each figure, and the cases behind it in words, if it has a target and there are any."""
    texts, language = Sentences(_TEXTS, report.language), report.language
    for figure in report.figures:
        one, value = figure.indicator, figure.value
        short = f" {texts['missed']}" if missed(one, value) else ""
        behind = numbers_behind(figure, language, MOST_NUMBERS)
        shown = (
            texts.say("behind", behind=BEHIND[one.key].say(language), numbers=behind)
            if one.target is not None and behind
            else ""
        )
        cells = (
            NAMES[one.key].say(language),
            value_text(one, value, language),
            target(one, language) + short,
            value_text(one, figure.before, language),
        )
        yield cells, shown


def _table(lines: Sequence[Sequence[str]]) -> Iterator[str]:
    """Columns aligned for a terminal, where a Chinese character takes two."""
    widths = [max(breadth(line[at]) for line in lines) for at in range(len(lines[0]))]
    for line in lines:
        cells = (text + " " * (width - breadth(text)) for text, width in zip(line, widths, strict=True))
        yield "  ".join(cells).rstrip()
