"""What `check` says of cases about principals, leaders and heads: where they would go, and who would be told if they are late."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from automation.cases.cases import Cases
from automation.steps.cases_about_leaders import CaseAbout, cases_about_leaders
from automation.text.catalogue import listed
from sheet_schema import Language
from sheet_schema.vocabulary import Step

NAMED_AT_MOST = 3
"""How many names a line has before it only counts the others."""
_TEXTS: dict[Language, dict[str, str]] = {
    "en": {
        "title": "If a case is about a principal, leader or head (tried with every topic):",
        "line": "{name}, {kind}: {goes}. When late: {levels}.",
        "goes": "goes to {names}",
        "office": "the office has to find somebody",
        "both": "{goes}, or the office has to find somebody",
        "level": "level {level} {names}",
        "no_level": "level {level} nobody",
        "no_ladder": "nobody, Escalation has no levels",
        "more": "{n} more",
        "between": "; ",
        "nobody": "If a case about {name} ({kind}) is late, nobody can be told at: {levels}. Enter somebody with the role outside and an address in People.",
        "at": "{step} level {level}",
        "mailbox": "Departments, row {row}: {name} has a mailbox, but neither Head nor Read by, so a case about whoever opens it could be mailed there.",
    },
    "zh": {
        "title": "如果件涉及校长、分管领导或部门负责人（按每个事项试算）：",
        "line": "{name}，{kind}：{goes}。超期时：{levels}。",
        "goes": "交{names}",
        "office": "需由信访办另行确定承办人",
        "both": "{goes}，或需由信访办另行确定承办人",
        "level": "第{level}级告知{names}",
        "no_level": "第{level}级无人可告知",
        "no_ladder": "无人，“督办”表没有级别",
        "more": "另{n}个",
        "between": "；",
        "nobody": "涉及{name}的件（{kind}）超期时，以下级别无人可告知：{levels}。请在“人员”表填写有邮箱的校外人员。",
        "at": "{step}第{level}级",
        "mailbox": "“部门”第 {row} 行：{name}有邮箱，但未填“负责人”和“邮箱查看人”；涉及邮箱查看人的件可能会发到这里。",
    },
}


def tried_lines(tried: Sequence[CaseAbout], language: Language) -> Iterator[str]:
    """A title, and a line for each person and kind; nothing if there is nobody to try."""
    texts = _TEXTS[language]
    if tried:
        yield texts["title"]
    for one in tried:
        goes = texts["goes"].format(names=_few(one.given_to, language)) if one.given_to else texts["office"]
        if one.given_to and one.decided_by_office:
            goes = texts["both"].format(goes=goes)
        levels = [
            texts["level" if names else "no_level"].format(level=level, names=_few(names, language))
            for level, names in one.told.items()
        ]
        said = texts["between"].join(levels) or texts["no_ladder"]
        yield "  " + texts["line"].format(name=one.name, kind=one.kind.label(language), goes=goes, levels=said)


def nobody_left(tried: Sequence[CaseAbout], language: Language) -> Iterator[str]:
    """A finding for each person and kind of case of which nobody would be told at some level."""
    texts = _TEXTS[language]
    for one in tried:
        if one.nobody_at:
            levels = [texts["at"].format(step=Step.of(step).label(language), level=n) for step, n in one.nobody_at]
            yield texts["nobody"].format(
                name=one.name, kind=one.kind.label(language), levels=texts["between"].join(levels)
            )


def unknown_readers(cases: Cases) -> Iterator[str]:
    """A finding for each department with a mailbox of which nobody has said who opens it."""
    texts = _TEXTS[cases.ledger.language]
    for department in cases.ledger.policy.departments:
        if department.email and not department.head and not department.read_by:
            yield texts["mailbox"].format(row=department.row, name=department.name)


def tried_now(cases: Cases) -> list[CaseAbout]:
    """What would become of cases about each of them now."""
    return cases_about_leaders(cases.ledger, cases.now)


def _few(names: Sequence[str], language: Language) -> str:
    more = len(names) - NAMED_AT_MOST
    shown = list(names) if more <= 1 else [*names[:NAMED_AT_MOST], _TEXTS[language]["more"].format(n=more)]
    return listed(shown, language)
