"""What `check` says of cases about principals, leaders and heads, in both languages."""

from __future__ import annotations

import pytest

from automation.commands.check_leaders import nobody_left, tried_lines
from automation.steps.cases_about_leaders import CaseAbout
from sheet_schema import Language
from sheet_schema.vocabulary import Kind

TRIED = [
    CaseAbout("Ann", Kind.COMPLAINT, ("East", "West", "North", "South", "Centre"), {1: ("Bob",), 2: ("Cy", "Di")}),
    CaseAbout("Ann", Kind.ALLEGATION, (), {1: ("Bob",), 2: ()}, (("reply", 2), ("decide", 2)), decided_by_office=True),
    CaseAbout("Bob", Kind.COMPLAINT, ("East",), {}, decided_by_office=True),
]
SAID: dict[Language, list[str]] = {
    "en": [
        "If a case is about a headteacher, senior leader or head of department (tried with every topic):",
        "  Ann, Complaint: goes to East, West, North and 2 more. When late: level 1 Bob; level 2 Cy, Di.",
        "  Ann, Allegation: the office has to find somebody. When late: level 1 Bob; level 2 nobody.",
        "  Bob, Complaint: goes to East, or the office has to find somebody. When late: nobody, Escalation has no levels.",
        "If a case about Ann (Allegation) is late, nobody can be told at: Reply level 2; Decide level 2. "
        "Enter somebody with the role outside and an address in People.",
    ],
    "zh": [
        "信访件涉及校长、分管领导或部门负责人时（按每个事项试算）：",
        "  Ann，申诉求决：交East、West、North及另外2个部门或人员。超期时：第1级告知Bob；第2级告知Cy、Di。",
        "  Ann，检举控告：需由信访办另行确定承办人。超期时：第1级告知Bob；第2级无人可告知。",
        "  Bob，申诉求决：交East，或需由信访办另行确定承办人。超期时：无人，“督办”表没有级别。",
        "涉及Ann的信访件（检举控告）超期时，以下级别无人可告知：答复第2级；受理第2级。请在“人员”表填写有邮箱的校外人员。",
    ],
}


@pytest.mark.parametrize("language", SAID)
def test_every_line(language: Language) -> None:
    assert [*tried_lines(TRIED, language), *nobody_left(TRIED, language)] == SAID[language]


def test_nothing_is_said_of_nobody() -> None:
    assert [*tried_lines([], "en"), *nobody_left([], "en")] == []
