"""What stands behind a name and says that it is nobody here settles every doubt about it, and about nothing else (docs/design.md#p5.3)."""

from __future__ import annotations

import pytest

from automation.ledger.directory import Directory
from tests.support.school_of_names import CHINESE, ENGLISH, department, person

NEAR = Directory(
    (person("陈静", "陈老师"), person("张伟"), person("郑书记", "郑海"), person("和平"), person("王老师"), person("李明", "小李")), (department("食堂"),)
)  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "陈静静（校外）", "张伟明（校外）", "郑海涛(校外)", "陈老师（校外）", "陈某（外校）", "小陈（外校）", "陈静静（外校）", "陈静静（家长）", "张伟明（学生家长）", "张伟明（学生）", "陈女士（家长）", "张先生（学生家长）",
        "书记（外单位）", "张玮（校外人员）", "张伟明（非本校）", "陈静静【校外】", "陈静静 ( 校外 )",
    ],
)  # fmt: skip
def test_whoever_is_said_to_be_outside_is_nobody_here(text: str) -> None:
    meant = NEAR.meant_by(text)
    assert (meant.parties, meant.unsure, meant.strangers) == (frozenset(), (), ())


@pytest.mark.parametrize(
    "text",
    [
        "Mr Smith (outside)", "Smith, J. (outside)", "J. Smith (not staff)", "Mr & Mrs Smith (outside)", "John Smith Quill (outside)", "Bob Jones (external)", "Jnoes (outside)", "Peter Zimmer, outside", "Mr Smith (parent)", "Mr Smith (a parent)", "Mary Smyth (pupil)",
        "Mr Smith (outside contractor)", "the headteacher (another school)",
    ],
)  # fmt: skip
def test_whoever_is_said_to_be_outside_is_nobody_here_in_english(text: str) -> None:
    meant = ENGLISH.meant_by(text)
    assert (meant.parties, meant.unsure, meant.strangers) == (frozenset(), (), ())


@pytest.mark.parametrize(
    ("school", "text", "names"),
    [
        (NEAR, "陈静（校外）", {"陈静"}), (NEAR, "陈静老师（家长）", {"陈静"}), (NEAR, "王老师（校外）", {"王老师"}), (NEAR, "小李（校外）", {"李明"}), (NEAR, "食堂（校外）", {"食堂"}),
        *((NEAR, text, {"陈静"}) for text in ("陈老师、校外人员", "陈老师，校外培训机构", "陈老师和校外人员", "陈老师，校外", "陈老师（校外培训）", "陈老师（家长）", "陈老师（家长投诉）", "陈老师；外校", "陈老师 校外")),
        (NEAR, "陈老师，和平老师（校外）", {"陈静", "和平"}), (NEAR, "陈静静（校外）、张伟", {"张伟"}),
        (ENGLISH, "John Smith (outside)", {"John Smith"}), (ENGLISH, "Smith, John (outside)", {"John Smith"}), (ENGLISH, "naughty John Smith (outside)", {"John Smith"}),
        *((ENGLISH, text, {"John Smith", "Mary Smith", "Anne-Marie Smith-Jones"}) for text in ("Mr Smith and outsider", "Mr Smith; outside", "Mr Smith (school)", "teacher Smith (parent)", "Mr Smith, parent")),
        (ENGLISH, "Robert Jones, Mr Smith (outside)", {"Robert Jones"}),
    ],
)  # fmt: skip
def test_nothing_else_is_settled_by_it(school: Directory, text: str, names: set[str]) -> None:
    assert {party.name for party in school.meant_by(text).parties} == names


def test_a_chinese_name_of_somebody_in_another_school_hinders_nobody() -> None:
    assert not CHINESE.meant_by("王老师（外校）").parties
