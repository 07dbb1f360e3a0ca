"""Posts with a year, a department or what it does, and surnames with what somebody does (docs/design.md#p5.3)."""

from __future__ import annotations

import pytest

from automation.ledger.directory import Directory
from sheet_schema.vocabulary import Role
from tests.support.school_of_names import department, person

ENGLISH = Directory(
    (
        person("Helen Dobson", "", "", Role.PRINCIPAL), person("Robert Jones", "", "", Role.LEADER), person("Hal Tern"), person("Dan H. Tuck"), person("Amy Holt"),
        person("Mary Brown"), person("Ian Bell"), person("Deb Ladle"), person("Tim Abbot"),
    ),
    (
        department("Science", head="Mary Brown"), department("Year 9", head="Ian Bell"), department("Year 10", head="Deb Ladle"), department("Safeguarding", head="Amy Holt"),
        department("Inclusion", head="Deb Ladle"), department("Examinations", head="Mary Brown"),
    ),
)  # fmt: skip
CHINESE = Directory(
    (
        person("赵建国", "", "", Role.PRINCIPAL), person("赵敏"), person("林涛", "", "", Role.LEADER), person("林芳"), person("张伟"), person("王强"), person("王芳"), person("陈刚"), person("刘洋"), person("司马光"),
    ),
    (
        department("教务处", "教导处", head="王强"), department("高三年级组", head="张伟"), department("保安队", head="陈刚"), department("食堂", head="刘洋"), department("宿管科", head="司马光"),
    ),
)  # fmt: skip


def means(school: Directory, text: str) -> set[str]:
    return {party.name for party in school.meant_by(text).parties if not party.is_department}


@pytest.mark.parametrize(
    ("school", "texts", "whom"),
    [
        (ENGLISH, ("HT", "the HT", "H.T.", "HT's decision", "our HT", "the school's HT", "complaint re HT"), "Hal Tern; Helen Dobson"),
        (ENGLISH, ("DHT", "the DHT", "D.H.T."), "Dan H. Tuck; Robert Jones"),
        (ENGLISH, ("AH", "A.H."), "Amy Holt; Robert Jones"),
        (ENGLISH, ("AHT", "VP", "DH", "V.P."), "Robert Jones"),
        (ENGLISH, ("ht", "EHT", "HoS", "Exec Head", "Co-Head", "Head of School", "Mrs Dobson (HT)", "HT Dobson"), "Helen Dobson"),
        (ENGLISH, ("Head of Sci", "HoD Science", "HoF Science", "H of Science", "Hd of Science", "Sci lead", "Science mgr", "Head of Examinations"), "Mary Brown"),
        (ENGLISH, ("Head of Year 9", "Head of Yr 9", "Head of Y9", "Head of Yr9", "HoY 9", "HOY9", "Yr 9 lead", "Y9 head", "Year 9 HoY"), "Ian Bell"),
        (ENGLISH, ("Head of Y10", "HoY 10"), "Deb Ladle"),
        (CHINESE, ("教导主任", "教务主任", "教导处主任"), "王强"),
        (CHINESE, ("高三组长", "高三年级长", "高三级长", "高三年级主任", "高三备课组长"), "张伟"),
        (CHINESE, ("食堂经理", "食堂主管"), "刘洋"),
        (CHINESE, ("保安队长",), "陈刚"),
        (CHINESE, ("林副", "林副校", "林副校长", "林教务", "三楼林总务"), "林涛; 林芳"),
        (CHINESE, ("赵教导", "赵德育", "小赵政教", "赵团委"), "赵建国; 赵敏"),
        (CHINESE, ("王年级长", "王教研", "王人事", "王副书"), "王强; 王芳"),
        (CHINESE, ("张总务", "张后勤", "张队", "老张总务"), "张伟"),
        (CHINESE, ("司马教务",), "司马光"), (CHINESE, ("司马副校",), "司马光; 林涛"),
    ],
)  # fmt: skip
def test_a_post_means_whoever_holds_it(school: Directory, texts: tuple[str, ...], whom: str) -> None:
    found = {text: "; ".join(sorted(means(school, text))) for text in texts}
    assert found == dict.fromkeys(texts, whom)
    assert [text for text in texts if school.meant_by(text).strangers] == []


@pytest.mark.parametrize(
    ("school", "texts", "whom"),
    [
        (ENGLISH, ("DSL", "the DSL", "safeguarding officer"), "Amy Holt"),
        (ENGLISH, ("SENCo", "SENDCO", "the SENDCo", "SEN coordinator"), "Deb Ladle"),
        (ENGLISH, ("Exams Officer", "exam officer"), "Mary Brown"),
        (ENGLISH, ("TA",), "Tim Abbot"),
        (CHINESE, ("年级长", "年级组长", "高二年级长"), "张伟"),
    ],
)  # fmt: skip
def test_a_post_that_only_may_be_a_heads_leaves_a_stranger(
    school: Directory, texts: tuple[str, ...], whom: str
) -> None:
    assert {text: "; ".join(sorted(means(school, text))) for text in texts} == dict.fromkeys(texts, whom)
    assert [text for text in texts if not school.meant_by(text).strangers] == []


@pytest.mark.parametrize(
    ("school", "text"),
    [(school, text) for school, texts in ((ENGLISH, ("Lead TA", "Head of Hist", "Head of Yr 8", "HoY 8", "2ic Science", "SBM", "Bursar", "Site manager", "LSA")), (CHINESE, ("宿管老师", "保安班长", "图书馆长", "德育主任", "高二组长", "钱教务", "食堂老板", "食堂厨师长"))) for text in texts],
)  # fmt: skip
def test_a_post_that_nobody_is_known_to_hold_is_a_stranger(school: Directory, text: str) -> None:
    assert school.meant_by(text).strangers
