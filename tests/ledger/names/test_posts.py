"""A post beside a department, or beside part of its name, means its head (docs/design.md#p5.3)."""

from __future__ import annotations

import pytest

from automation.ledger.directory import Directory
from sheet_schema.vocabulary import Role
from tests.support.school_of_names import department, person

ENGLISH = Directory(
    (
        person("Helen Dobson", "", "", Role.PRINCIPAL), person("Robert Jones", "", "", Role.LEADER), person("Mary Brown"), person("Ann Lee"), person("Tim Ford"), person("Eve Rae"),
    ),
    (
        department("Pastoral care", head="Mary Brown"), department("Maths", head="Ann Lee"), department("English", head="Tim Ford"), department("Administration", "Main office", head="Eve Rae"),
        department("Catering"), department("Headteacher's office", "Head", head="Eve Rae"),
    ),
)  # fmt: skip
CHINESE = Directory(
    (person("赵建国", "", "", Role.PRINCIPAL), person("周立", "", "", Role.LEADER), person("王强"), person("张伟")),
    (department("教务处", "教导处", head="王强"), department("德育处", "政教处", head="张伟"), department("语文组", head="张伟"), department("总务处")),
)  # fmt: skip
ENGLISH_POSTS = (
    "{} head", "Head ({})", "the Head, {}", "Head, {}", "head - {}", "Head/{}", "{} (head)", "{}: head", "{} - head", "{}, head", "{}'s head", "acting head of {}", "head for {}", "head in {}", "head of {}",
    "{} HoD", "HoD {}", "HOD of {}", "H.O.D. {}", "Hd of {}", "Head of Dept ({})", "head of department {}", "head of the {} department", "the {} department's head", "{} head teacher", "head {} teacher",
    "{} lead", "{} leader", "leader of {}", "KS3 {} lead", "{} subject leader", "{} coordinator", "{} manager", "director of {}", "in charge of {}", "person in charge of {}", "{} boss", "{} supervisor", "{} chair",
    "{} deputy", "deputy ({})", "the {} head and the Headteacher", "head of {} and staff", "heads of Games and {}", "1. {} head",
)  # fmt: skip
CHINESE_POSTS = (
    "{}主任", "主任({})", "主任，{}", "{}：主任", "{}的头", "{}头儿", "{}领导", "{}分管领导", "{}主要领导", "{}组长", "{}负责人", "{}的负责人", "{}主要负责人", "{}第一负责人", "{}负责同志", "{}那个主任", "{}正主任", "{}处长",
    "{}一把手", "负责{}的", "管{}的", "管{}的主任", "分管{}的领导", "主管{}的校长", "{}校长", "{}主任等", "{}、总务处主任",
)  # fmt: skip
HEADS = (
    (ENGLISH, ENGLISH_POSTS, {"Maths": "Ann Lee", "maths": "Ann Lee", "Math": "Ann Lee", "Pastoral": "Mary Brown", "Pastoral care": "Mary Brown", "ENGLISH": "Tim Ford", "admin": "Eve Rae", "main office": "Eve Rae"}),
    (CHINESE, CHINESE_POSTS, {"教务": "王强", "教务处": "王强", "教导": "王强", "政教处": "张伟", "德育": "张伟", "语文": "张伟", "语文组": "张伟"}),
)  # fmt: skip


@pytest.mark.parametrize(
    ("school", "department", "head", "posts"),
    [(school, name, head, posts) for school, posts, heads in HEADS for name, head in heads.items()],
)
def test_the_head_is_meant(school: Directory, department: str, head: str, posts: tuple[str, ...]) -> None:
    texts = [post.format(department) for post in posts]
    missed = [text for text in texts if head not in {party.name for party in school.meant_by(text).parties}]
    assert missed == []


@pytest.mark.parametrize(
    ("school", "text", "meant", "strangers"),
    [
        (ENGLISH, "Maths", "Maths", ()), (ENGLISH, "Maths; headteacher", "Helen Dobson; Maths", ()), (ENGLISH, "the headteacher and Maths", "Helen Dobson; Maths", ()), (ENGLISH, "Maths & English", "English; Maths", ()),
        (ENGLISH, "Maths teacher", "Maths", ("Maths teacher",)), (ENGLISH, "head of Games", "", ("head of Games",)), (ENGLISH, "art head", "Eve Rae; Headteacher's office; Helen Dobson", ("art head",)), (ENGLISH, "Mat lead", "", ("Mat lead",)),
        (ENGLISH, "head of Catering", "Catering", ("head of Catering",)), (ENGLISH, "Catering (head)", "Catering; Eve Rae; Headteacher's office; Helen Dobson", ("head",)), (ENGLISH, "Headteacher's office", "Headteacher's office; Eve Rae", ()),
        (ENGLISH, "Mr Jones, head, Maths", "Maths; Robert Jones; Eve Rae; Headteacher's office; Helen Dobson", ()), (ENGLISH, "Ann Lee (head), English", "Ann Lee; English; Eve Rae; Headteacher's office; Helen Dobson", ()), (ENGLISH, "Maths leader Mr Quill", "Ann Lee; Maths", ("Maths leader Mr Quill",)),
        (ENGLISH, "Maths: Mr Ford (lead)", "Maths; Tim Ford", ()), (ENGLISH, "English and head of Maths", "Ann Lee; English; Maths", ()), (ENGLISH, "head of Maths; English", "Ann Lee; English; Maths", ()), (ENGLISH, "Maths, Mr Ford, English head", "Maths; Tim Ford; English; Eve Rae; Headteacher's office", ()),
        (CHINESE, "教务处长期不作为", "王强", ()), (CHINESE, "语文老师长期打人", "", ("语文老师长期打人",)), (CHINESE, "教务处王主任", "教务处; 王强", ()), (CHINESE, "总务处主任", "", ("总务处主任",)),
        (CHINESE, "教务处；校长", "教务处; 赵建国", ()), (CHINESE, "校长和教务处", "教务处; 赵建国", ()), (CHINESE, "教务副主任", "", ("教务副主任",)), (CHINESE, "保管教务处公章", "教务处; 王强", ()),
    ],
)  # fmt: skip
def test_who_else_is_meant(school: Directory, text: str, meant: str, strangers: tuple[str, ...]) -> None:
    found = school.meant_by(text)
    assert ("; ".join(sorted(party.name for party in found.parties)), found.strangers) == (
        "; ".join(sorted(filter(None, meant.split("; ")))),
        strangers,
    )


def test_who_is_meant_besides_the_head_is_said_in_the_row() -> None:
    assert ENGLISH.meant_by("Pastoral head").unsure == (
        ("Pastoral head", ("Eve Rae", "Headteacher's office", "Helen Dobson", "Mary Brown")),
    )


FEW_ENGLISH = Directory(
    (person("Rachel Green", "", "", Role.OFFICE), person("Michael Stevenson")), (department("Sixth Form", head="Michael Stevenson"), department("7th House", head="Michael Stevenson")),
)  # fmt: skip
FEW_CHINESE = Directory(
    (person("周静", "", "", Role.OFFICE), person("钟伟"), person("解晓东"), person("任静")), (department("高三年级组", head="钟伟"), department("语文组", head="钟伟")),
)  # fmt: skip


@pytest.mark.parametrize(
    ("school", "text", "meant", "is_stranger"),
    [
        (FEW_ENGLISH, "6th Form", "Sixth Form", False), (FEW_ENGLISH, "the 6th form", "Sixth Form", False), (FEW_ENGLISH, "head of 6th form", "Michael Stevenson; Sixth Form", False), (FEW_ENGLISH, "Seventh House", "7th House", False), (FEW_ENGLISH, "form 6", "", False),
        (FEW_ENGLISH, "the office", "Rachel Green", False), (FEW_ENGLISH, "office lady", "Rachel Green", False), (FEW_ENGLISH, "school office", "Rachel Green", False), (FEW_ENGLISH, "office manager", "Rachel Green", True), (FEW_ENGLISH, "the Stevenson office", "Michael Stevenson", False),
        (FEW_CHINESE, "高三", "高三年级组", False), (FEW_CHINESE, "高三備課組", "高三年级组", False), (FEW_CHINESE, "高三级部", "高三年级组", False), (FEW_CHINESE, "语文教研组", "语文组", False), (FEW_CHINESE, "高三主任", "钟伟", False), (FEW_CHINESE, "高三组长", "钟伟", False),
        (FEW_CHINESE, "高三1班", "", False), (FEW_CHINESE, "高三学生", "", False), (FEW_CHINESE, "高三老师", "", True), (FEW_CHINESE, "高二", "", False), (FEW_CHINESE, "办公室", "周静", False), (FEW_CHINESE, "办公室的人", "周静", False),
        (FEW_CHINESE, "X老师", "解晓东", True), (FEW_CHINESE, "Z老师", "周静; 钟伟", True), (FEW_CHINESE, "J老师", "解晓东", False), (FEW_CHINESE, "新任老师", "", True), (FEW_CHINESE, "任老师", "任静", False),
    ],
)  # fmt: skip
def test_what_is_short_for_a_department_or_the_office(
    school: Directory, text: str, meant: str, is_stranger: bool
) -> None:
    found = school.meant_by(text)
    assert ("; ".join(sorted(party.name for party in found.parties)), bool(found.strangers)) == (meant, is_stranger)


@pytest.mark.parametrize(
    ("text", "heads"),
    [
        # a post by itself is that of the department before it, else of the one behind it
        ("Maths: head", "Ann Lee"), ("head: Maths", "Ann Lee"), ("Maths / head", "Ann Lee"), ("Maths: the head: English", "Ann Lee"), ("Maths; English: head", "Tim Ford"), ("pupils: head: Maths", "Ann Lee"), ("the: head (Maths)", "Ann Lee"),
        # unless a list parts them, or somebody is named before it, whose post it is
        ("Maths; head", ""), ("Maths + head", ""), ("Maths & head", ""), ("Maths and head", ""), ("head; Maths", ""), ("head and Maths", ""), ("Mr Zimmer: head (Maths)", ""), ("sir: head: Maths", ""), ("Zimmer, head, Maths", ""), ("Maths: Mr Zimmer, head", ""), ("Mary Brown: head: Maths", ""),
    ],
)  # fmt: skip
def test_whose_a_post_by_itself_is(text: str, heads: str) -> None:
    found = {party.name for party in ENGLISH.meant_by(text).parties} & {"Ann Lee", "Tim Ford"}
    assert " ".join(sorted(found)) == heads
