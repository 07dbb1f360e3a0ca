"""Which words of which nobody here is found could be somebody here, and which cannot (docs/design.md#p5.3)."""

from __future__ import annotations

import pytest

from automation.ledger.directory import Directory
from sheet_schema.vocabulary import Role
from tests.support.school_of_names import department, person

ENGLISH = Directory((person("Helen Dobson", "", "", Role.PRINCIPAL), person("Mary Brown")), (department("Maths"),))
CHINESE = Directory((person("赵建国", "", "", Role.PRINCIPAL), person("王强")), (department("教务处"),))
MAY_BE_SOMEBODY = (
    # a unit of the school, of which nobody knows who belongs to it
    "学生处", "学校处", "教研处", "同学处", "数学教研组", "the French dept", "kids' team", "pupil support", "school support", "school bus desk",
    # the title, the post or the job of one of the school
    "放映员", "学生放映员", "放映员学生", "校车放映员", "家长放映师", "pupil's teacher", "bus drivers", "the parents' helper", "class teacher",
    # a title that need not be a letter of a name
    "Mr X", "Z老师", "Quill",
)  # fmt: skip
CANNOT_BE_ANYBODY = (
    "学生处理", "同学处于困境", "学生放映", "学生员", "校车放映员张三", "学生张三", "外卖员", "bus company manager", "parent people", "people at school", "parents", "7B", "the bus company",
)  # fmt: skip


def strangers_in(text: str) -> tuple[str, ...]:
    return (ENGLISH if text.isascii() else CHINESE).meant_by(text).strangers


@pytest.mark.parametrize("text", MAY_BE_SOMEBODY)
def test_who_may_be_somebody_here_is_a_stranger(text: str) -> None:
    assert strangers_in(text) == (text,)


@pytest.mark.parametrize("text", CANNOT_BE_ANYBODY)
def test_who_cannot_be_anybody_here_is_none(text: str) -> None:
    assert strangers_in(text) == ()
