"""The digest: one sentence, what is late (worst first), what is due soon, what superiors and leaders want, the figures.

Each reader's digest is worked out as if the cases they must not know of did not exist (`automation.steps.digests`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from automation.cases.confidentiality import may_quote
from automation.cases.indicator_text import MOST_NUMBERS, NAMES, missed, numbers_named, target, value_text
from automation.cases.indicators import Indicator, Value, indicators, month_of, stock_of, values
from automation.cases.row_problems import by_row
from automation.ledger.directory import person_named
from automation.ledger.model import Problem
from automation.ledger.normal_form import normal
from automation.ledger.people import Person
from automation.ledger.table import Array
from automation.mail.letters.case_parts import given_to, when
from automation.mail.letters.context import LetterContext
from automation.mail.letters.involved import step_named
from automation.mail.letters.not_told import not_told
from automation.mail.letters.quoting import whom_to_ask
from automation.mail.letters.reasons import because, because_of_role
from automation.mail.letters.replies_told import replies_told
from automation.mail.letters.tasks_in_digest import receptions_told, task_sections
from automation.mail.letters.waits import waiting_row
from automation.mail.mail import OutgoingMail
from automation.steps.digests import Lists, StepAndDue, lists_for, visible_to
from automation.steps.needs_attention import Attention, attention
from automation.text.catalogue import (
    MORE_DAYS,
    Message,
    Sentences,
    clauses,
    cut_short,
    msg,
    sentences,
    with_note,
)
from automation.text.dates import short_month
from automation.text.percentages import percent
from automation.text.templates import TemplateValues
from sheet_schema import TAB, Language
from sheet_schema.vocabulary import DigestRhythm, NoticeKind, NoticeState, Role, Step
from sheet_schema.wording import FOOTER_DIGEST

PERIODS = 3
"""Months shown: this one so far, and the two before."""


@dataclass(frozen=True)
class Extent:
    """How many cases a section lists and a line names; of the rest there is the number."""

    rows: int
    numbers: int


IN_THE_MAIL = Extent(40, MOST_NUMBERS)
WHOLE = Extent(1_000_000, 1_000_000)
"""On the page that goes along where a mail has to cut a list."""
WIDEST = 100
"""Width of a full bar, in percent."""
DAYS_FOR_A_FULL_BAR = 30
COUNTS_ALL = ("received",)
"""Indicators that count every case, without the numbers: in such a run of numbers a gap would tell of the case that its
reader must not know of (docs/design.md#p5.13)."""
_TEXTS: Mapping[str, Message] = {
        "late": msg("{n} late"), "soon": msg("{n} due soon"), "open": msg("{n} open in all"), "nothing_late": msg("nothing is late"),
        "no_case": msg("No case is open"),
        "title_late": msg("Late, worst first", "digest"), "title_soon": msg("Due soon"), "title_superiors": msg("To report back to authorities and leaders"),
        "title_instructions": msg("Leaders' instructions without an answer"), "title_moved": msg("Due dates that moved"),
        "title_waiting": msg("Waiting, so that the clock stands still"),
        "moved": msg("{n} due dates moved because the Calendar or the Deadlines changed: {numbers}"),
        "more": msg("… and {n} more, on the attached page."), "attached": msg("The attached page has every list whole."), "month": msg("{month}"), "days": msg("{n} days"),
        "why_office": msg("It comes every working day on which there is something to say."),
        "why_daily": msg("People has you down for a daily digest, which comes when something is late, due soon or waits for an answer"),
        "why_weekly": msg("People has you down for a weekly digest"),
        "stands_in": msg("{name} is away and you stand in"),
        "row": msg("{number} (row {row}): {text}"), "rule": msg("{tab}, row {row}: {text}"), "tab": msg("{tab}: {text}"),
        "runs": msg("Nothing ran on {days}. Check what starts the ledger."), "duty": msg("Nobody is on duty on {days}. Fill in the Duty tab."),
        "stuck": msg("{kind} to {to}: {state}. {error}"), "held": msg("{n} mails are held: {numbers}"),
    }  # fmt: skip


def for_a_leader(letters: LetterContext, mail: OutgoingMail) -> TemplateValues:
    person = _reader(letters, mail)
    lists = lists_for(letters.at_hand, person)
    attends = Role.ADMINISTRATOR in person.roles
    return {
        "why": _why(letters, mail),
        **_digest(letters, mail, person, lists),
        "attention": _attention(letters, person) if attends else [],
    }


def for_the_office(letters: LetterContext, mail: OutgoingMail) -> TemplateValues:
    person = _reader(letters, mail)
    return {
        "why": _why(letters, mail),
        **_digest(letters, mail, person, lists_for(letters.at_hand, person)),
        "attention": [
            *replies_told(letters, mail, person),
            *receptions_told(letters, person),
            *_attention(letters, person),
        ],
    }


def _reader(letters: LetterContext, mail: OutgoingMail) -> Person:
    """The person who really reads it, and whose rights count: the stand-in, while somebody is away."""
    person = person_named(mail.reader.name, letters.ledger.policy.people)
    assert person is not None  # the mail is addressed to somebody in People
    return person


def _why(letters: LetterContext, mail: OutgoingMail) -> str:
    """Why the reader gets the digest: as People says for them, or in place of somebody who is away."""
    texts, slot = Sentences(_TEXTS, letters.language), mail.notices[0].slot
    owner = person_named(slot, letters.ledger.policy.people)
    stands_in = normal(slot) != normal(mail.reader.name)
    if mail.kind == NoticeKind.DIGEST_OFFICE:
        instead = [texts.say("stands_in", name=slot)] if stands_in else None
        return sentences([because_of_role(letters, Role.OFFICE, instead), texts["why_office"]], letters.language)
    rhythm = "why_daily" if owner is not None and owner.digest == DigestRhythm.DAILY else "why_weekly"
    return because(letters, [texts.say("stands_in", name=slot) if stands_in else texts[rhythm]], FOOTER_DIGEST.key)


def _digest(letters: LetterContext, mail: OutgoingMail, person: Person, lists: Lists) -> dict[str, object]:
    results = _results(letters, person)
    longest = max(len(at) for at in _sections(lists).values())
    named = max([len(lists.moved), *(len(_named(indicator, of_months)) for indicator, of_months in results)])
    cut = longest > IN_THE_MAIL.rows or named > IN_THE_MAIL.numbers
    return {
        "ask": whom_to_ask(letters, mail),
        "headline": _headline(lists, letters.language),
        **_all_lists(letters, person, lists, results, IN_THE_MAIL),
        "attached": Sentences(_TEXTS, letters.language)["attached"] if cut else "",
        "whole": _all_lists(letters, person, lists, results, WHOLE) if cut else None,
    }


def _sections(lists: Lists) -> Mapping[str, Array]:
    return {
        "late": lists.late,
        "soon": lists.soon,
        "superiors": lists.superiors,
        "instructions": lists.instructions,
        "waiting": lists.waiting,
    }


def _all_lists(
    letters: LetterContext, person: Person, lists: Lists, results: Results, extent: Extent
) -> dict[str, object]:
    """Everything that lists cases, as far as this extent allows."""
    texts = Sentences(_TEXTS, letters.language)
    numbers = [str(letters.at_hand.register["case_no"][i]) for i in lists.moved.tolist()]
    moved = numbers_named(numbers, letters.language, extent.numbers)
    return {
        "sections": [
            _section(letters, texts[f"title_{key}"], (at, lists.shown[key]), extent, waits=key == "waiting")
            for key, at in _sections(lists).items()
            if len(at)
        ]
        + task_sections(letters, person),
        "moved": texts.say("moved", n=len(numbers), numbers=moved) if numbers else "",
        **_figures(letters, results, extent),
    }


def _headline(lists: Lists, language: Language) -> str:
    """What is late, due soon and open, in a sentence without its full stop."""
    texts = Sentences(_TEXTS, language)
    if not len(lists.open):
        return texts["no_case"]
    late = texts.say("late", n=len(lists.late)) if len(lists.late) else texts["nothing_late"]
    soon = [texts.say("soon", n=len(lists.soon))] if len(lists.soon) else []
    sentence = clauses([late, *soon, texts.say("open", n=len(lists.open))], language)
    return sentence[0].upper() + sentence[1:]


def _section(
    letters: LetterContext, title: str, listed: tuple[Array, StepAndDue], extent: Extent, *, waits: bool
) -> TemplateValues:
    positions, shown = listed
    rows = [_row(letters, int(i), shown) for i in positions[: extent.rows]]
    if waits:
        rows = [waiting_row(letters, int(i), row) for i, row in zip(positions, rows, strict=False)]
    more = len(positions) - extent.rows
    return {
        "title": with_note(title, str(len(positions)), letters.language),
        "rows": rows,
        "bars": any(row["width"] for row in rows),
        "more": Sentences(_TEXTS, letters.language).say("more", n=more) if more > 0 else "",
    }


def _row(letters: LetterContext, at: int, shown: StepAndDue) -> TemplateValues:
    """One case in a line: topic and department, unless that must not know of it; of a restricted case only number, step and
    date."""
    register = letters.at_hand.register
    step, due = str(shown[0][at]), shown[1][at].item()
    late = (letters.now.date() - due).days if due else 0
    quoted = may_quote(letters.at_hand.confidence, at)
    return {
        "number": register["case_no"][at],
        "step": step_named(letters, at, Step.of(step), due, quoted=quoted) if step else "",
        "when": when(letters, due),
        "light": "late" if late > 0 else "soon",
        "width": max(4, min(WIDEST, WIDEST * late // DAYS_FOR_A_FULL_BAR)) if late > 0 else 0,
        "restricted": not quoted,
        "about": " · ".join(part for part in (register["topic"][at], given_to(letters, at)[0]) if part)
        if quoted
        else "",
    }


Results = Sequence[tuple[Indicator, Sequence[Value]]]
"""Each indicator with its values of this month and those before."""


def _periods(letters: LetterContext) -> list[tuple[date, date]]:
    return [month_of(letters.now.date(), back) for back in range(PERIODS)]


def _results(letters: LetterContext, person: Person) -> Results:
    """The indicators of this month so far and of the two months before; none that counted nothing in all three."""
    stock = stock_of(letters.at_hand, visible_to(person, letters.ledger.policy))
    wanted = indicators(letters.ledger.policy.settings.whole("collective_from"))
    results = [(one, [values(one, stock, period) for period in _periods(letters)]) for one in wanted]
    return [(one, of_months) for one, of_months in results if any(value.part or value.whole for value in of_months)]


def _figures(letters: LetterContext, results: Results, extent: Extent) -> dict[str, object]:
    return {
        "months": [short_month(first, letters.language) for first, _ in _periods(letters)],
        "figures": [_figure(letters, indicator, of_months, extent) for indicator, of_months in results],
    }


def _named(indicator: Indicator, results: Sequence[Value]) -> tuple[str, ...]:
    """The cases named below a figure."""
    return () if indicator.key in COUNTS_ALL else results[0].numbers


def _figure(letters: LetterContext, indicator: Indicator, results: Sequence[Value], extent: Extent) -> TemplateValues:
    is_share = indicator.measure.value == "share"
    return {
        "name": NAMES[indicator.key].say(letters.language),
        "values": [value_text(indicator, value, letters.language) for value in results],
        "target": target(indicator, letters.language),
        "missed": missed(indicator, results[0]),
        "width": percent(results[0].part, results[0].whole) if is_share and results[0].whole else None,
        "numbers": numbers_named(_named(indicator, results), letters.language, extent.numbers),
    }


def _attention(letters: LetterContext, person: Person) -> list[str]:
    """Everything this person should look at, one line each."""
    cases = letters.at_hand
    found = attention(cases, visible_to(person, letters.ledger.policy))
    return [
        *_mails(letters, person, found),
        *_days(letters, "runs", found.missed_runs),
        *_days(letters, "duty", found.no_duty),
        *(_problem(letters, problem) for problem, _ in by_row([*found.rows, *found.rules], letters.ledger)),
    ]


def _days(letters: LetterContext, key: str, days: Iterable[date]) -> list[str]:
    spoken = [letters.spoken(day) for day in days]
    named = cut_short(spoken, MOST_NUMBERS, MORE_DAYS, letters.language)
    return [Sentences(_TEXTS, letters.language).say(key, days=named)] if spoken else []


def _mails(letters: LetterContext, person: Person, found: Attention) -> list[str]:
    """Mails that are held, failed, or reach nobody, as far as this reader may know of their cases."""
    texts, cases, notices = (
        Sentences(_TEXTS, letters.language),
        letters.at_hand,
        letters.ledger.tables["notices"],
    )
    visible = visible_to(person, letters.ledger.policy)(cases.register, cases.confidence, cases.register_lines.cases)
    held, of_cases = letters.events.held_about(lambda at: bool(visible[at]))
    lines = []
    if held:
        lines.append(texts.say("held", n=len(held), numbers=numbers_named(of_cases, letters.language)))
    lines += not_told(letters, visible, to_the_office=Role.OFFICE in person.roles)
    for i in found.stuck_mails:
        kind, state = NoticeKind.of(notices["kind"][i]), NoticeState.of(notices["state"][i])
        number = f" {notices['case_no'][i]}" if notices["case_no"][i] else ""
        lines.append(
            texts["stuck"]
            .format(
                kind=kind.label(letters.language) + number,
                to=notices["to"][i],
                state=state.label(letters.language),
                error=notices["error"][i],
            )
            .strip()
        )
    return lines


def _problem(letters: LetterContext, problem: Problem) -> str:
    texts, tab = Sentences(_TEXTS, letters.language), TAB[problem.tab]
    if problem.row is None:
        return texts.say("tab", tab=tab, text=problem.said)
    if problem.tab != "register":
        return texts.say("rule", tab=tab, row=problem.row, text=problem.said)
    return texts.say("row", number=problem.case_no, row=problem.row, text=problem.said)
