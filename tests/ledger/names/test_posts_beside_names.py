"""A whole name with what its owner is beside it means nobody else, and asks nothing (docs/design.md#p5.3)."""

from __future__ import annotations

import pytest

from automation.ledger.directory import Directory
from automation.ledger.meant import Meant, Party
from tests.support.school_of_names import person

ENGLISH = Directory(
    (
        person("Helen Marks", "SENCO"),
        person("Michael Okoro", "Librarian"),
        person("Lily May", "Cook"),
        person("Ann Cook"),
    ),
    (),
)
CHINESE = Directory((person("王芳"), person("李明", "心理老师")), ())
THEIRS_ALONE = (
    *((ENGLISH, text, "Helen Marks") for text in ("Helen Marks SENCO", "Helen Marks (SENCO)", "SENCO", "the SENCO", "senco", "Helen Marks - SENCO", "SENCO Helen Marks", "SENCO, Helen Marks", "SENCO: Helen Marks", "Helen Marks, SENCO", "Marks, Helen (SENCO)")),
    *((ENGLISH, text, "Michael Okoro") for text in ("PE Department - Michael Okoro", "Michael Okoro (PE Department)", "Librarian", "Michael Okoro - Librarian", "Michael Okoro, Year 8 form tutor")),
    *((CHINESE, text, "王芳") for text in ("王芳（食堂）", "王芳，食堂", "王芳（三班班主任）", "王芳（图书）", "王芳-教师", "班主任 王芳", "王芳（保卫）", "王芳 - 宿管", "王芳（3班班主任）", "教师 - 王芳")),
)  # fmt: skip


@pytest.mark.parametrize(("school", "text", "name"), THEIRS_ALONE)
def test_nobody_else_is_meant(school: Directory, text: str, name: str) -> None:
    assert school.meant_by(text) == Meant(frozenset((Party(name, is_department=False),)))


@pytest.mark.parametrize("text", ["Cook", "the cook", "Mr Cook"])
def test_a_post_that_is_also_a_surname_means_both(text: str) -> None:
    assert {party.name for party in ENGLISH.meant_by(text).parties} >= {"Ann Cook"}
    assert ENGLISH.meant_by(text).unsure


@pytest.mark.parametrize("text", ["食堂", "食堂、王芳", "王芳；食堂"])
def test_a_unit_by_itself_may_be_somebody(text: str) -> None:
    assert CHINESE.meant_by(text).strangers
