"""The problems of rows as people read them elsewhere: each row once, and of a restricted case only how many."""

from __future__ import annotations

import pytest

from automation.cases.row_problems import by_row
from automation.ledger import problems as messages
from automation.ledger.model import Problem
from automation.text.catalogue import msg
from sheet_schema import TAB, Language
from tests.support.ledger_in_memory import ledger, line

REGISTER = (
    line("LV-00001", about="-"),
    line("LV-00002", about="-", restricted="yes"),
    line("LV-00003", about="-", kind=""),
)
FILING = (
    line("LV-00004", about="-"),
    line("LV-00005", about="-", restricted="yes"),
    line("", about="-", restricted="yes"),
)


def problem(row: int | None, number: str, text: str, tab: str = "register") -> Problem:
    return Problem(tab, row, "topic", "code", (msg(f"{text}."), msg("Mend it.")), number)


FOUND = (
    problem(3, "LV-00002", "MARKER"),
    problem(2, "LV-00001", "A"),
    problem(3, "LV-00002", "MARKER"),
    problem(4, "LV-00003", "MARKER"),
    problem(None, "", "The tab"),
    problem(2, "LV-00001", "B"),
    problem(2, "", "A rule", "routing"),
    problem(2, "", "Another", "routing"),
    problem(None, "LV-00002", "MARKER", "index"),
    problem(2, "LV-00004", "C", "filing"),
    problem(2, "LV-00004", "D", "filing"),
    problem(3, "LV-00005", "MARKER", "filing"),
    problem(3, "", "MARKER", "filing"),
    problem(4, "", "MARKER", "filing"),
    problem(None, "LV-00005", "MARKER", "index"),
)


@pytest.mark.parametrize(
    ("language", "keys", "said"),
    [
        ("en", ["contact"], "Contact is missing. Fill it in."),
        ("en", ["contact", "topic"], "Missing: Contact, Topic. Fill them in."),
        ("zh", ["contact", "kind", "topic"], "缺少：联系方式、类别、事项。请填写。"),
    ],
)
def test_cells_that_are_only_missing_are_named_in_one_sentence(language: Language, keys: list[str], said: str) -> None:
    found = [
        Problem("register", 2, key, "missing", messages.problem("missing", column=TAB["register"][key]), "LV-00001")
        for key in keys
    ]
    other = problem(2, "LV-00001", "A")
    ((both, n),) = by_row([found[0], other, *found[1:]], ledger(language, register=REGISTER))
    gap = "" if language == "zh" else " "
    assert (both.say(language), n) == (f"{said}{gap}A.{gap}Mend it.", len(keys) + 1)


@pytest.mark.parametrize(
    ("language", "one", "two"),
    [
        ("en", "1 problem; look at the row.", "2 problems; look at the row."),
        ("zh", "1个问题，请查看该行。", "2个问题，请查看该行。"),
    ],
)
def test_each_row_once_and_of_what_may_not_be_quoted_only_how_many(language: Language, one: str, two: str) -> None:
    gap = "" if language == "zh" else " "
    said = [
        (each.tab, each.row, each.case_no, each.say(language), n)
        for each, n in by_row(FOUND, ledger(language, register=REGISTER, filing=FILING))
    ]
    assert said == [
        ("register", 3, "LV-00002", two, 2),
        ("register", 2, "LV-00001", f"A.{gap}Mend it.{gap}B.{gap}Mend it.", 2),
        ("register", 4, "LV-00003", one, 1),
        ("register", None, "", f"The tab.{gap}Mend it.", 1),
        ("routing", 2, "", f"A rule.{gap}Mend it.", 1),
        ("routing", 2, "", f"Another.{gap}Mend it.", 1),
        ("index", None, "LV-00002", one, 1),
        ("filing", 2, "LV-00004", f"C.{gap}Mend it.", 1),
        ("filing", 2, "LV-00004", f"D.{gap}Mend it.", 1),
        ("filing", 3, "LV-00005", two, 2),
        ("filing", 4, "", one, 1),
        ("index", None, "LV-00005", one, 1),
    ]
