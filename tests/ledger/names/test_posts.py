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
        (ENGLISH, "Mr Jones, head, Maths", "Maths; Robert Jones; Eve Rae; Headteacher's office; Helen Dobson", ()), (ENGLISH, "Ann Lee (head), English", "Ann Lee; English; Eve Rae; Headteacher's office; Helen Dobson", ()), (ENGLISH, "Maths leader Mr Quill", "Ann Lee; Maths", ()),
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
