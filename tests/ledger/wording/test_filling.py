"""A sentence is filled in by its braces alone, and whatever cannot be filled in is said."""

from __future__ import annotations

import pytest

from automation.ledger.wording.blocks import BLOCK
from automation.ledger.wording.filling import Facts, faults, filled, ours
from sheet_schema.wording import Placeholder as Known

FACTS: Facts = {
    Known.CASE_NO: "LV-00001",
    Known.STEP: "Reply",
    Known.DUE_ON: "17 March",
    Known.COUNT: 1,
    Known.SCHOOL: "{step}",
}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", ""),
        ("no braces", "no braces"),
        ("{case_no}: {step}", "LV-00001: Reply"),
        ("{ Case_No }", "LV-00001"),
        ("{编号}：{环节}，{到期日}", "LV-00001：Reply，17 March"),
        ("｛编号｝", "LV-00001"),
        ("{count} {count}", "1 1"),
        ("{school}", "{step}"),  # a value is not looked into again
        ("{case_no} {department}", ""),  # this mail has no department to name: ours is said
        ("a\nb {case_no}", "a\nb LV-00001"),
        ("%s $step {{case_no}", "%s $step {LV-00001"),  # reported, and never filled; but harmless if it were
    ],
)
def test_filled(text: str, said: str) -> None:
    assert filled(text, FACTS) == said


@pytest.mark.parametrize("blank", ["", None])
def test_a_blank_value_is_no_value(blank: object) -> None:
    assert filled("due {due_on}", {**FACTS, Known.DUE_ON: blank}) == ""


@pytest.mark.parametrize(
    ("block", "text", "codes"),
    [
        ("reminder.subject", "{case_no} {到期日} {today}", []),
        ("reminder.subject", "nothing in braces", []),
        ("reminder.subject", "{summary}", ["wording_unknown"]),
        ("reminder.subject", "{}", ["wording_unknown"]),
        ("reminder.subject", "{0} {case_no!r} {case_no:>9} {case_no.text}", ["wording_unknown"] * 4),
        ("reminder.subject", "{reason} {headline}", ["wording_not_here", "wording_not_here"]),
        ("reminder.subject", "{department}", ["wording_not_here"]),
        ("reminder.subject", "{count}", ["wording_not_here"]),  # it is about one case
        ("reminder.subject", "{case_no", ["wording_brace"]),
        ("reminder.subject", "case_no}", ["wording_brace"]),
        ("reminder.subject", "{{case_no}}", ["wording_brace"]),
        ("reminder.subject", "{{ cases[0].about }}", ["wording_brace", "wording_unknown"]),
        ("reminder.subject", "{% if a %}", ["wording_unknown"]),
        ("footer.leader", "{reason}. Keep it to yourself.", []),
        ("footer.leader", "{原因}。", []),
        ("footer.leader", "Keep it to yourself.", ["wording_needs"]),
        ("footer.leader", "{case_no}", ["wording_not_here", "wording_needs"]),
    ],
)
def test_what_cannot_be_filled_in_is_said(block: str, text: str, codes: list[str]) -> None:
    assert [code for code, _ in faults(BLOCK[block], text)] == codes


@pytest.mark.parametrize(
    ("block", "facts", "said"),
    [
        ("assignment.subject", FACTS, "LV-00001 is yours: Reply due 17 March"),
        ("assignment.subject", {**FACTS, Known.STEP: "", Known.DUE_ON: ""}, "LV-00001 is yours"),
        (
            "assignment.subject_copied",
            {**FACTS, Known.DEPARTMENT: "East"},
            "For information: LV-00001 was given to East",
        ),
        ("assignment.subject_copied", FACTS, "For information: LV-00001 was assigned"),
        ("reminder.opening", FACTS, "This is due soon."),
        ("reminder.opening", {**FACTS, Known.COUNT: 2}, "These are due soon."),
        ("digest_office.closing", FACTS, ""),
    ],
)
def test_ours_is_the_first_that_can_be_filled(block: str, facts: Facts, said: str) -> None:
    assert ours(BLOCK[block], facts, "en") == said


def test_a_department_is_called_otherwise_in_some_languages() -> None:
    block = BLOCK["assignment.opening"]
    assert ours(block, FACTS, "zh") != ours(block, FACTS, "zh", to_department=True)
