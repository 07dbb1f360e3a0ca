"""What `check` says of cases about principals, leaders and heads: where they would go, and who would be told if they are late."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from automation.cases.cases import Cases
from automation.steps.cases_about_leaders import CaseAbout, cases_about_leaders
from automation.text.catalogue import MORE_OF_THEM, Message, Sentences, cut_short, msg
from sheet_schema import Language
from sheet_schema.vocabulary import Step

NAMED_AT_MOST = 3
"""How many names a line has before it only counts the others."""
_TEXTS: Mapping[str, Message] = {
    "title": msg("If a case is about a headteacher, senior leader or head of department (tried with every topic):"),
    "line": msg("{name}, {kind}: {goes}. When late: {levels}."),
    "goes": msg("goes to {names}"),
    "office": msg("the office has to find somebody"),
    "both": msg("{goes}, or the office has to find somebody"),
    "level": msg("level {level} {names}"),
    "no_level": msg("level {level} nobody"),
    "no_ladder": msg("nobody, Escalation has no levels"),
    "between": msg("; "),
    "nobody": msg(
        "If a case about {name} ({kind}) is late, nobody can be told at: {levels}. Enter somebody with the role outside and an address in People."
    ),
    "at": msg("{step} level {level}"),
    "mailbox": msg(
        "Departments, row {row}: {name} has a mailbox, but neither Head nor Read by, so a case about whoever opens it could be mailed there."
    ),
}


def tried_lines(tried: Sequence[CaseAbout], language: Language) -> Iterator[str]:
    """A title, and a line for each person and kind; nothing if there is nobody to try."""
    texts = Sentences(_TEXTS, language)
    if tried:
        yield texts["title"]
    for one in tried:
        goes = texts.say("goes", names=_few(one.given_to, language)) if one.given_to else texts["office"]
        if one.given_to and one.decided_by_office:
            goes = texts.say("both", goes=goes)
        levels = [
            texts.say("level" if names else "no_level", level=level, names=_few(names, language))
            for level, names in one.told.items()
        ]
        said = texts["between"].join(levels) or texts["no_ladder"]
        yield "  " + texts.say("line", name=one.name, kind=one.kind.label(language), goes=goes, levels=said)


def nobody_left(tried: Sequence[CaseAbout], language: Language) -> Iterator[str]:
    """A finding for each person and kind of case of which nobody would be told at some level."""
    texts = Sentences(_TEXTS, language)
    for one in tried:
        if one.nobody_at:
            levels = [texts.say("at", step=Step.of(step).label(language), level=n) for step, n in one.nobody_at]
            yield texts.say(
                "nobody", name=one.name, kind=one.kind.label(language), levels=texts["between"].join(levels)
            )


def unknown_readers(cases: Cases) -> Iterator[str]:
    """A finding for each department with a mailbox of which nobody has said who opens it."""
    texts = Sentences(_TEXTS, cases.ledger.language)
    for department in cases.ledger.policy.departments:
        if department.email and not department.head and not department.read_by:
            yield texts.say("mailbox", row=department.row, name=department.name)


def tried_now(cases: Cases) -> list[CaseAbout]:
    """What would become of cases about each of them now."""
    return cases_about_leaders(cases.ledger, cases.now)


def _few(names: Sequence[str], language: Language) -> str:
    shown = len(names) if len(names) == NAMED_AT_MOST + 1 else NAMED_AT_MOST
    return cut_short(names, shown, MORE_OF_THEM, language)
