"""Whom a case is about: what About says and, where that leaves it open, whom the summary names."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest

from automation.cases.about import whom_it_is_about
from automation.ledger.workbook import Formula
from tests.support.ledger_in_memory import Rows, ledger, line

PEOPLE: Rows = ({"name": "Ann Archer"}, {"name": "Ben Booth"})
DEPARTMENTS: Rows = ({"name": "Maths", "head": "Ben Booth"},)
OPEN, SECRET = False, True


@pytest.mark.parametrize(
    ("cells", "secret", "parties", "only_named"),
    [
        pytest.param({"about": ""}, SECRET, "Ann Archer", True, id="blank"),
        pytest.param({"about": ""}, OPEN, "Ann Archer", True, id="blank-of-a-complaint"),
        pytest.param({"about": "/"}, OPEN, "Ann Archer", True, id="says-nothing"),
        pytest.param({"about": "Zoltan Quimby"}, OPEN, "Ann Archer", True, id="a-stranger"),
        pytest.param({"about": "-"}, SECRET, "", False, id="nobody"),
        pytest.param({"about": "none"}, SECRET, "", False, id="nobody-in-a-word"),
        pytest.param({"about": "the school"}, SECRET, "Ann Archer", True, id="the-school"),
        pytest.param({"about": "the school"}, OPEN, "", False, id="the-school-of-a-complaint"),
        pytest.param({"about": "Year 7"}, SECRET, "Ann Archer", True, id="pupils"),
        pytest.param({"about": "parents"}, SECRET, "Ann Archer", True, id="parents"),
        pytest.param({"about": "the bus company"}, SECRET, "Ann Archer", True, id="a-company"),
        pytest.param({"about": "Maths"}, SECRET, "Ann Archer, Maths", False, id="a-department"),
        pytest.param({"about": "Maths"}, OPEN, "Maths", False, id="a-department-of-a-complaint"),
        pytest.param({"about": "Ben Booth"}, SECRET, "Ben Booth", False, id="somebody-else"),
        pytest.param({"about": "Ben Booth; the school"}, SECRET, "Ben Booth", False, id="somebody-else-and-the-school"),
        pytest.param(
            {"about": "", "topic": "Conduct of Ms Archer", "summary": "She hit him"},
            OPEN,
            "Ann Archer",
            True,
            id="a-topic-of-the-rows-own",
        ),
        pytest.param(
            {"about": "Zoltan Quimby", "topic": "Mr Booth", "summary": "He hit him"},
            SECRET,
            "Ben Booth",
            True,
            id="a-topic-and-a-stranger",
        ),
        pytest.param(
            {"about": "", "topic": "Mr Booth", "summary": "Ms Archer hit him"},
            OPEN,
            "Ann Archer, Ben Booth",
            True,
            id="topic-and-summary",
        ),
        pytest.param(
            {"about": "", "topic": "Maths", "summary": "too hard"},
            SECRET,
            "",
            False,
            id="a-topic-called-like-a-department",
        ),
        pytest.param(
            {"about": "", "topic": "Ms Archer's fund", "summary": "too little"},
            OPEN,
            "",
            False,
            id="a-topic-of-the-list",
        ),
        pytest.param(
            {"about": "-", "topic": "Mr Booth", "summary": "He hit him"},
            SECRET,
            "",
            False,
            id="a-topic-though-it-is-about-nobody",
        ),
        pytest.param(
            {"about": "the teacher said so " * 60 + "Mr Booth", "summary": "no"},
            OPEN,
            "Ben Booth",
            True,
            id="pages-in-about",
        ),
        pytest.param(
            {"about": Formula('="Mr "&"Booth"&" or Mr Booth"'), "summary": "no"},
            OPEN,
            "Ben Booth",
            True,
            id="a-formula",
        ),
        pytest.param({"about": "Zoltan Quimby", "summary": "nobody"}, SECRET, "", False, id="the-summary-names-nobody"),
    ],
)
def test_whom_a_case_is_about(cells: Mapping[str, object], secret: bool, parties: str, only_named: bool) -> None:
    read = ledger(
        "en",
        register=[line(**{"summary": "Ms Archer took the trip cash", **cells})],
        people=PEOPLE,
        departments=DEPARTMENTS,
        topics=[{"name": "Ms Archer's fund"}],
    )
    about = whom_it_is_about(read.register, read.policy, np.asarray([secret]))
    everyone = {party.name for _, those in about.parties for party in those}
    assert (", ".join(sorted(everyone)), about.only_named(0)) == (parties, only_named)


def test_each_case_is_about_its_own_people() -> None:
    cells = (("Ben Booth", "x"), ("", "Ms Archer shouted"), ("-", "Ms Archer shouted"), ("Maths", "Ms Archer shouted"), ("Ben Booth", "x"), ("", "x"), ("Maths", "Ms Archer shouted"))  # fmt: skip
    read = ledger(
        "en",
        register=[line(about=about, summary=summary) for about, summary in cells],
        people=PEOPLE,
        departments=DEPARTMENTS,
    )
    secret = np.asarray([True, True, True, True, True, True, False])
    about = whom_it_is_about(read.register, read.policy, secret)
    everyone = [(at, " ".join(sorted(party.name for party in those))) for at, those in about.parties if those]
    assert everyone == [(0, "Ben Booth"), (1, "Ann Archer"), (3, "Ann Archer Maths"), (4, "Ben Booth"), (6, "Maths")]
    assert [about.only_named(at) for at in range(len(cells))] == [False, True, False, False, False, False, False]
