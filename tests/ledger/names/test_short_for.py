"""What a department is called for short means it, and nobody who stands beside it is passed over (docs/design.md#p5.3)."""

from __future__ import annotations

import pytest

from automation.ledger.directory import Directory
from automation.ledger.meant import Meant
from sheet_schema.vocabulary import Role
from tests.support.school_of_names import department, person

CHINESE = Directory(
    (person("马超"), person("韩东升", "", "", Role.LEADER), person("高远"), person("陈思远"), person("王建军")),
    (
        department("学生发展中心", "德育处", head="马超"), department("后勤保障处", "总务处", head="高远"), department("七年级部", "初一年级组", head="陈思远"), department("心理辅导室"), department("宿舍管理科"), department("体育健康部"),
    ),
)  # fmt: skip
ENGLISH = Directory(
    (person("Ann Lee"), person("Tim Ford"), person("Kit Hall")),
    (
        department("Sports centre", head="Ann Lee"), department("Administration", head="Tim Ford"), department("Year teams"), department("Business office", "Bursary"), department("English and Drama"), department("Key Stage 2 team"),
    ),
)  # fmt: skip


@pytest.mark.parametrize(
    ("school", "texts", "meant"),
    [
        (ENGLISH, ("Sports", "Sports team", "the sports dept", "school sports", "Sports office", "sport", "sports support", "the wellbeing sports services"), "Sports centre"), (ENGLISH, ("Admin", "Admin team", "admin office", "the school's admin", "ADMIN"), "Administration"),
        (ENGLISH, ("Year team", "the year team", "Year teams"), "Year teams"), (ENGLISH, ("KS2 team", "KS2", "ks2", "Key Stage 2"), "Key Stage 2 team"), (ENGLISH, ("Business", "business team", "the business dept", "the school business office", "Business office team"), "Business office"), (ENGLISH, ("English team", "Drama", "drama dept", "English", "drama english"), "English and Drama"),
        (CHINESE, ("学生处", "学生工作处", "学生管理处", "学校学生处", "学生中心", "学发中心", "学生处学校", "德育", "学校德育", "我校德育处"), "学生发展中心"), (CHINESE, ("后勤", "后勤处", "学校后勤", "后勤中心", "总务", "本校总务", "后勤全体", "全体后勤全体", "学校的后勤"), "后勤保障处"),
        (CHINESE, ("七年级部", "7年级部", "七年级", "7年级", "学校七年级", "七年级全体", "初一", "初1年级组", "年级组", "学校年级组"), "七年级部"), (CHINESE, ("心理", "心理室", "学校心理"), "心理辅导室"), (CHINESE, ("宿舍科", "宿舍管理处"), "宿舍管理科"), (CHINESE, ("体健部",), "体育健康部"),
    ],
)  # fmt: skip
def test_the_department_is_meant(school: Directory, texts: tuple[str, ...], meant: str) -> None:
    found = {text: school.meant_by(text) for text in texts}
    assert {text: [one.name for one in parties.parties] for text, parties in found.items()} == {text: [meant] for text in texts}  # fmt: skip
    assert [text for text, parties in found.items() if parties.strangers] == []


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("学生处马", "学生发展中心 马超"), ("学生处的马", "学生发展中心 马超"), ("学生处王老师", "学生发展中心 王建军"), ("学生工作处高老师", "学生发展中心 高远"), ("后勤处王", "后勤保障处 王建军"), ("后勤处王建军", "后勤保障处 王建军"), ("学校后勤处王老师", "后勤保障处 王建军"), ("校外后勤处王老师", "王建军"), ("王老师后勤处", "王建军"), ("后勤处7年级王老师", "后勤保障处 王建军"), ("学生王老师", "王建军"), ("后勤马超", "马超"), ("校外处马", "马超"),
        ("分管德育的韩", "韩东升 马超"), ("管后勤的王", "王建军 高远"), ("负责德育的王", "王建军 马超"), ("主管后勤的韩", "韩东升 高远"), ("后勤处负责人", "高远"), ("后勤中心主任", "高远"), ("学生处主任", "马超"), ("7年级主任", "陈思远"), ("7年级组长", "陈思远"), ("七年级级长", "陈思远"), ("初一级长", "陈思远"),
    ],
)  # fmt: skip
def test_everybody_beside_it_is_meant(text: str, means: str) -> None:
    assert sorted(one.name for one in CHINESE.meant_by(text).parties) == sorted(means.split())


@pytest.mark.parametrize("text", ["学生处钱", "后勤处钱老师", "七年级的钱老师", "教研室", "外语组", "Science dept", "Sports lead Mr Quill", "Sportswear team", "Yearbook dept", "the Latin team", "sports teacher", "year 7b team", "后勤 7年级", "后勤老师", "七年级们", "后勤Team", "本校后勤处全体教师"])  # fmt: skip
def test_whoever_is_nobody_here_is_asked_for(text: str) -> None:
    school = ENGLISH if text.isascii() else CHINESE
    assert school.meant_by(text).strangers


@pytest.mark.parametrize("text", ["sports 7b", "7b sports", "sports drama", "the school", "学校"])
def test_words_that_are_no_departments_alone_mean_nobody(text: str) -> None:
    school = ENGLISH if text.isascii() else CHINESE
    assert school.meant_by(text) == Meant()
