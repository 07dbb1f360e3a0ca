"""The yearly summary of letters and visits (`report --annual`), as a Word document that people go on writing.

Schools have to hand one in: "The school shall summarise letters and visits over the past year" (信访工作条例 art. 41 asks the
same of the authorities). It has figures, tables and charts with few words; what was done and learnt is for people to
write.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from automation.cases.indicator_text import NAMES, missed, target, value_text
from automation.cases.indicators import Measure
from automation.reports.annual.blocks import (
    Blank,
    Block,
    Chart,
    Heading,
    Item,
    Paragraph,
    Series,
    SignatureLine,
    Table,
    Title,
)
from automation.reports.annual.docx import About, document
from automation.reports.annual.lists import chapters, numbers_said
from automation.reports.annual.template import template_at
from automation.reports.annual.wording import TEXTS, month_short, text_for, year_name, yes_no
from automation.reports.model import Breakdown, Figure, Month, Report
from automation.reports.receptions import receptions_said
from automation.reports.wording import HOW, NOT_RANKED, NOTHING_DUE, RESTRICTED, column_name, is_running
from automation.text.catalogue import Sentences, groups, msg, sentences
from automation.text.dates import day_name
from automation.text.percentages import percent
from sheet_schema import SETTING, TAB, Language
from sheet_schema.languages import traits


def annual_docx(report: Report, own_template: Path | None = None) -> bytes:
    """The document as bytes: the same for the same report and template, since nothing else goes into it.

    Raises LedgerError if the office's own template cannot be used.
    """
    about = About(report.language, report.school, report.now)
    return document(blocks(report), about, template_at(own_template, report.language))


def annual_name(report: Report) -> str:
    """The file's name, such as `Annual summary 2025-26.docx`. No text from cells gets into it."""
    year = year_name(report.period, report.language).replace("/", "-")
    return text_for(report.language, "name", year=year) + ".docx"


def blocks(report: Report) -> Iterator[Block]:
    """The document's content, in order."""
    yield _title(report)
    yield from _figures(report)
    yield from _indicators(report)
    yield from _received(report)
    yield from chapters(report)
    yield from _own_account(report)
    yield from _counting(report)


def _title(report: Report) -> Title:
    language, period = report.language, report.period
    text = text_for(language, "title", year=year_name(period, language))
    span = text_for(language, "span", first=day_name(period.first, language), last=day_name(period.last, language))
    if traits(language)["school_heads_documents"]:
        return Title(tuple(line for line in (report.school, text) if line), (msg("({span})").say(language, span=span),))
    return Title((text_for(language, "of"), text), tuple(line for line in (report.school, span) if line))


def _figures(report: Report) -> Iterator[Block]:
    """What came in and how it stands: a paragraph, and the months."""
    language, texts = report.language, Sentences(TEXTS, report.language)
    yield Heading(texts["h_figures"])
    yield Paragraph(sentences(_sentences(report), language))
    if said := receptions_said(report, language):
        yield Paragraph(said)
    months = _months(report)
    if not any(month.received or month.replied for month in months):
        return
    labels = tuple(month_short(month.first, report.period, language) for month in months)
    received, replied = tuple(month.received for month in months), tuple(month.replied for month in months)
    header = (texts["month"], texts["month_received"], texts["month_replied"])
    yield Table(
        caption=texts["months"],
        header=header,
        rows=tuple(
            (label, f"{came:,}", f"{went:,}") for label, came, went in zip(labels, received, replied, strict=True)
        ),
        widths=(2, 1, 1),
        numbers=frozenset({1, 2}),
        total=(texts["total"], f"{sum(received):,}", f"{sum(replied):,}"),
    )
    shown = texts.say("months_shown", first=labels[0], last=labels[-1])
    yield Chart(texts["months"], shown, labels, (Series(header[1], received), Series(header[2], replied)), lying=False)


def _sentences(report: Report) -> Iterator[str]:
    language, period, now = report.language, report.period, report.now.date()
    span = {"first": day_name(period.first, language), "last": day_name(period.last, language)}
    before = next((int(one.before.part) for one in report.figures if one.indicator.key == "received"), 0)
    year = year_name(report.before, language)
    yield text_for(language, "received", n=report.received, **span) + text_for(language, "before", n=before, year=year)
    for breakdown in report.breakdowns:
        if breakdown.by in ("channel", "kind") and report.received:
            yield _parts(report, breakdown)
    yield text_for(language, "replied", n=report.replied)
    if is_running(report):
        yield text_for(language, "not_over", day=day_name(now, language))
    yield _standing(report)


def _months(report: Report) -> list[Month]:
    """The report's months within the period."""
    return [month for month in report.months if month.first >= report.period.first.replace(day=1)]


def _parts(report: Report, breakdown: Breakdown) -> str:
    """ "By kind: Suggestion 4; Complaint 20." """
    language = report.language
    counts = [(one.label, one.count) for one in breakdown.counts]
    parts = [text_for(language, "part", label=label, n=n) for label, n in (*counts, *_apart(report, breakdown)) if n]
    return text_for(language, f"by_{breakdown.by}", parts=groups(parts, language))


def _apart(report: Report, breakdown: Breakdown) -> list[tuple[str, int]]:
    return [(Sentences(TEXTS, report.language)["part_apart"], breakdown.restricted)] if breakdown.restricted else []


def _standing(report: Report) -> str:
    """How many cases are open on the report's day, and how many of them late."""
    language = report.language
    still, late = report.open.count, report.open.late
    begun = text_for(language, "open", n=still, day=day_name(report.now.date(), language))
    if not still:
        return begun
    return begun + (text_for(language, f"open1_late{late}") if still == 1 else text_for(language, "late", n=late))


def _indicators(report: Report) -> Iterator[Block]:
    """How many targets were met, which were missed, and every indicator beside the year before."""
    language, texts = report.language, Sentences(TEXTS, report.language)
    years = [year_name(period, language) for period in (report.period, report.before)]
    header = (texts["indicator"], years[0], texts["target"], texts["met"], years[1])
    rows = tuple(_indicator(one, language) for one in report.figures)
    yield Heading(texts["h_indicators"])
    yield Paragraph(sentences(_targets(report), language))
    yield Table(texts["indicators"], header, rows, (3.8, 2.2, 1.1, 1.4, 2.2), frozenset({1, 2, 4}))


def _targets(report: Report) -> Iterator[str]:
    language = report.language
    wanted = [one for one in report.figures if one.indicator.target is not None]
    measured = [one for one in wanted if _measured(one)]
    short = _short(report)
    met = len(measured) - len(short)
    yield text_for(language, "targets", n=len(wanted), measured=len(measured), met=met, missed=len(short))
    if short:
        parts = groups((_missed(one, language) for one in short), language)
        yield text_for(language, "missed_ones", parts=parts)


def _missed(one: Figure, language: Language) -> str:
    key = "missed_count" if one.indicator.measure is Measure.COUNT else "missed_one"
    return text_for(
        language, key, name=NAMES[one.indicator.key].say(language), value=value_text(one.indicator, one.value, language)
    )


def _short(report: Report) -> list[Figure]:
    """The figures that missed their target."""
    return [one for one in report.figures if missed(one.indicator, one.value)]


def _measured(figure: Figure) -> bool:
    return figure.indicator.measure is Measure.COUNT or figure.value.whole > 0


def _indicator(one: Figure, language: Language) -> tuple[str, ...]:
    wanted = target(one.indicator, language)
    met = yes_no(None if not _measured(one) else not missed(one.indicator, one.value), language)
    value, before = (value_text(one.indicator, value, language) for value in (one.value, one.before))
    return NAMES[one.indicator.key].say(language), value, wanted, met if wanted else "", before


def _received(report: Report) -> Iterator[Block]:
    texts = Sentences(TEXTS, report.language)
    yield Heading(texts["h_parts"])
    if not report.received:
        yield Paragraph(texts["no_part"])
        return
    for breakdown in report.breakdowns:
        yield Heading(texts[f"h_{breakdown.by}"], 2)
        if breakdown.by == "department":
            yield Paragraph(NOT_RANKED.say(report.language))
        yield _breakdown(report, breakdown)
        if breakdown.by in ("kind", "topic") and any(one.count for one in breakdown.counts):
            yield _bars(report, breakdown)


def _breakdown(report: Report, breakdown: Breakdown) -> Table:
    """In the order of the list or tab. Departments get no shares, so as not to be compared."""
    texts = Sentences(TEXTS, report.language)
    shares = breakdown.by != "department"
    lines = [*((one.label, one.count) for one in breakdown.counts), *_apart(report, breakdown)]
    header = (
        column_name(breakdown.by, report.language),
        texts["cases"],
        *([texts["share"]] if shares else []),
    )
    rows = tuple((label, f"{n:,}", *([_share(n, report)] if shares else [])) for label, n in lines)
    total = (texts["total"], f"{report.received:,}", *([_share(report.received, report)] if shares else []))
    return Table(
        caption=texts[f"t_{breakdown.by}"],
        header=header,
        rows=rows,
        widths=(3, 1, 1) if shares else (4, 1),
        numbers=frozenset({1, 2}),
        total=total,
    )


def _share(n: int, report: Report) -> str:
    return Sentences(TEXTS, report.language).say("per_cent", n=percent(n, report.received))


def _bars(report: Report, breakdown: Breakdown) -> Chart:
    texts = Sentences(TEXTS, report.language)
    series = Series(texts["cases"], tuple(one.count for one in breakdown.counts))
    shown = texts.say("bars_shown", by=texts[f"t_{breakdown.by}"])
    return Chart(texts[f"t_{breakdown.by}"], shown, tuple(one.label for one in breakdown.counts), (series,), lying=True)


def _own_account(report: Report) -> Iterator[Block]:
    """What only people can write, and who signs."""
    language, texts = report.language, Sentences(TEXTS, report.language)
    yield Heading(texts["h_words"])
    for key in ("done", "learnt", "change"):
        yield Heading(texts[f"h_{key}"], 2)
        yield Blank(key, texts[f"h_{key}"], texts[key])
    yield Blank("drawn_up_by", texts["drawn_up_by"], texts["person"], line=True)
    yield Blank("approved_by", texts["approved_by"], texts["person"], line=True)
    if report.phone:
        yield SignatureLine(SETTING["school_phone"].label(language), report.phone)
    name = SETTING["school_name"].label(language)
    yield SignatureLine(name, report.school) if report.school else Blank("school", name, texts["school"], line=True)
    yield Blank("signed_on", texts["signed_on"], texts["date"], line=True)


def _counting(report: Report) -> Iterator[Block]:
    """How each figure is counted, and what holds for all of them."""
    language, texts = report.language, Sentences(TEXTS, report.language)
    yield Heading(texts["h_counting"], annex=True)
    for text in (texts["now"], NOTHING_DUE.say(language), texts["shares"], RESTRICTED.say(language)):
        yield Item(text)
    rows = tuple(
        (NAMES[one.indicator.key].say(language), HOW[one.indicator.key].say(language)) for one in report.figures
    )
    yield Table(texts["counting"], (texts["indicator"], texts["how"]), rows, (1, 2.6))
    yield from _behind(report)
    tabs = {key: TAB[key].label(language) for key in ("register", "filing")}
    day = day_name(report.now.date(), language)
    yield Paragraph(text_for(language, "source", day=day, time=f"{report.now:%H:%M}", **tabs))


def _behind(report: Report) -> Iterator[Block]:
    """The cases that missed a target; of restricted ones only how many."""
    language, texts = report.language, Sentences(TEXTS, report.language)
    short = _short(report)
    if not short:
        return
    yield Heading(texts["h_behind"], 2, annex=True)
    rows = tuple(
        (
            NAMES[one.indicator.key].say(language),
            value_text(one.indicator, one.value, language),
            numbers_said(one.value.numbers, one.restricted, language),
        )
        for one in short
    )
    header = (texts["indicator"], year_name(report.period, language), texts["cases_column"])
    yield Table(texts["behind"], header, rows, (3, 2, 5), frozenset({1}))
