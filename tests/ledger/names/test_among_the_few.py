"""An allegation about the office or the governors by their common post does not reach them (docs/design.md#p5.3)."""

from __future__ import annotations

import pytest

from automation.ledger.directory import Directory
from sheet_schema.vocabulary import Role
from tests.support.school_of_names import department, person

ENGLISH = Directory(
    (person("Angela Thornton", "", "", Role.PRINCIPAL), person("Linda Frost", "", "", Role.OFFICE), person("Gordon Platt", "", "", Role.OUTSIDE), person("Emma Watts")),
    (department("Teaching", head="Emma Watts"),),
)  # fmt: skip
CHINESE = Directory(
    (person("何志远", "", "", Role.PRINCIPAL), person("徐静", "", "", Role.OFFICE), person("石磊", "", "", Role.OUTSIDE), person("李娜")),
    (department("教务处", head="李娜"),),
)  # fmt: skip
WITH_GOVERNORS = Directory(
    (*ENGLISH.people, person("Grace Will", "Chair of governors"), person("Tom Hale", "Parent governor")), ()
)
WITH_DIRECTORS = Directory((*CHINESE.people, person("高远", "校务委员会理事")), ())
OFFICE = (
    "Receptionist",
    "the school receptionist",
    "School secretary",
    "Admin staff",
    "the clerk",
    "Office manager",
    "Clerical staff",
    "Secretaries",
    "the admin team",
    "someone: the receptionist",
)
OFFICE_IN_CHINESE = (
    "文员",
    "前台",
    "办公室工作人员",
    "学校办公室工作人员",
    "办公室文员",
    "办公室老师",
    "前台老师",
    "办公室主任",
    "信访室",
    "行政人员",
)
GOVERNORS = (
    "Governors",
    "the governors",
    "Governing body",
    "School board",
    "School governors",
    "Board of governors",
    "a governor",
    "the trustees",
    "our governing board",
    "Board of directors",
)
GOVERNORS_IN_CHINESE = (
    "校董会",
    "理事会",
    "董事会",
    "学校理事会",
    "学校董事会",
    "校董",
    "理事们",
    "各位理事",
    "监事会",
    "学校校董会",
)


@pytest.mark.parametrize(
    ("school", "text", "meant"),
    [
        *((ENGLISH, text, "Linda Frost") for text in OFFICE),
        *((CHINESE, text, "徐静") for text in OFFICE_IN_CHINESE),
        *((ENGLISH, text, "Gordon Platt") for text in GOVERNORS),
        *((CHINESE, text, "石磊") for text in GOVERNORS_IN_CHINESE),
        *((WITH_GOVERNORS, text, "Grace Will; Tom Hale") for text in GOVERNORS if text != "a governor"),
        *((WITH_DIRECTORS, text, "高远") for text in GOVERNORS_IN_CHINESE),
    ],
)
def test_the_few_are_in_doubt_and_somebody_else_may_be_meant(school: Directory, text: str, meant: str) -> None:
    read = school.meant_by(text)
    assert "; ".join(sorted(party.name for party in read.parties)) == meant
    assert read.unsure
    assert read.strangers


@pytest.mark.parametrize(
    "text",
    ["Emma Watts, clerk", "clerk Emma Watts", "Emma Watts (receptionist)", "李娜（文员）", "文员李娜", "秘书李娜"],
)
def test_a_post_beside_a_name_means_nobody_else(text: str) -> None:
    school = ENGLISH if text.isascii() else CHINESE
    assert len(school.meant_by(text).parties) == 1
