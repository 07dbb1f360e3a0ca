"""Ordinary words that look like somebody's name name nobody, and a name beside them still does (docs/design.md#p5.3)."""

from __future__ import annotations

import pytest

from automation.ledger.directory import Directory
from automation.ledger.meant import Meant
from sheet_schema.vocabulary import Role
from tests.support.school_of_names import department, person

ENGLISH = Directory(
    (
        person("Angela Thornton", "", "", Role.PRINCIPAL), person("David Bright"), person("Colin Reeve"), person("Linda Frost", "", "", Role.OFFICE),
        person("Helen Marks"), person("Mark Lane"), person("Tom Day", "Day"), person("Ann Bell"), person("Steve Rudd"),
    ),
    (department("Site", head="Steve Rudd"), department("Library"), department("Maths department", head="Helen Marks")),
)  # fmt: skip
CHINESE = Directory(
    (person("何志远", "", "", Role.PRINCIPAL), person("高峰"), person("方圆"), person("周晓东"), person("唐丽华"), person("施亮"), person("徐静", "", "", Role.OFFICE)),
    (department("总务处", head="周晓东"), department("图书馆")),
)  # fmt: skip
NOBODY = (
    *((ENGLISH, text) for text in ("Head lice", "Head injury", "head injuries", "Sports day", "Open day", "INSET day", "Day trip", "Non-uniform day", "Covid", "Mark sheet", "Mark scheme", "Exam marks", "Marks in exams", "building site", "Building site noise", "site next door", "construction site", "Headphones", "Frost on paths", "Bell times", "Results day")),
    *((CHINESE, text) for text in ("早高峰", "上学高峰", "晚高峰拥堵", "上学高峰期拥堵", "高峰时段", "高考", "高中", "方案", "高考报名", "志远楼", "晓东小区", "丽华路", "小升初", "施工噪音", "施工扰民", "图书角", "高中招生")),
)  # fmt: skip
SOMEBODY = (
    (ENGLISH, "Mr Day", "Tom Day"), (ENGLISH, "Day", "Tom Day"), (ENGLISH, "old Bell", "Ann Bell"), (ENGLISH, "the old bell", "Ann Bell"), (ENGLISH, "Mr Day's trip", "Tom Day"), (ENGLISH, "Marks", "Helen Marks"),
    (ENGLISH, "Mark Lane traffic", "Mark Lane"), (ENGLISH, "Head", "Angela Thornton"), (ENGLISH, "the head", "Angela Thornton"), (ENGLISH, "Site", "Site"), (ENGLISH, "Site; Head lice", "Site"),
    (ENGLISH, "Mrs Frost on paths", "Linda Frost"), (ENGLISH, "Maths lessons", "Maths department"), (ENGLISH, "Library", "Library"), (ENGLISH, "Mr Bell and lost property", "Ann Bell"), (ENGLISH, "Reve", "Colin Reeve"),
    (CHINESE, "高峰", "高峰"), (CHINESE, "高峰打人", "高峰"), (CHINESE, "高峰、补课", "高峰"), (CHINESE, "早高峰，高峰", "高峰"), (CHINESE, "高老师补课", "高峰"), (CHINESE, "方圆停车", "方圆"), (CHINESE, "志远", "何志远"),
    (CHINESE, "晓东", "周晓东"), (CHINESE, "何志远楼上", "何志远"), (CHINESE, "施工", "施亮"), (CHINESE, "图书馆", "图书馆"), (CHINESE, "高老师", "高峰"),
)  # fmt: skip


@pytest.mark.parametrize(("school", "text"), NOBODY)
def test_what_is_said_of_things_names_nobody(school: Directory, text: str) -> None:
    assert school.meant_by(text) == Meant()


@pytest.mark.parametrize(("school", "text", "meant"), SOMEBODY)
def test_a_name_beside_or_instead_of_a_thing_is_found(school: Directory, text: str, meant: str) -> None:
    assert meant in {party.name for party in school.meant_by(text).parties}
