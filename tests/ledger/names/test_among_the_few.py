"""An allegation about the office or the governors by their common post does not reach them (docs/design.md#p5.3)."""

from __future__ import annotations

import pytest

from automation.ledger.directory import Directory
from automation.ledger.names.among_the_few import may_be_any_of_the_few
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
    "a an the one some any this that your receptionist",
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


WITH_THE_ROLE = Directory(
    (*ENGLISH.people, person("Gil Hart", "", "", Role.GROUP)),
    (department("Clerk to the governors", head="Clara Moss"),),
)
IN_CHINESE_WITH_THE_ROLE = Directory((*CHINESE.people, person("吴铭", "", "", Role.GROUP)), CHINESE.departments)
CHAIRS = (
    "the chair of governors", "Chairman", "the Chair", "vice chair of governors", "the governors' chair", "Chair of Trustees", "head of governors",
    "chair of the governing body", "CoG", "Chair of the Board", "chair of the board of governors", "former chair of governors",
    "one of the governors", "all the governors", "members of the governing body",
)  # fmt: skip
CHAIRS_IN_CHINESE = (
    "董事长",
    "理事长",
    "校董会主席",
    "学校董事长",
    "领导小组组长",
    "信访工作领导小组组长",
    "领导小组副组长",
)


@pytest.mark.parametrize(
    ("school", "text", "meant"),
    [
        *((WITH_THE_ROLE, text, {"Gil Hart"}) for text in (*GOVERNORS, *CHAIRS)),
        *((IN_CHINESE_WITH_THE_ROLE, text, {"吴铭"}) for text in (*GOVERNORS_IN_CHINESE, *CHAIRS_IN_CHINESE)),
        *((ENGLISH, text, {"Gordon Platt"}) for text in CHAIRS),
        *((CHINESE, text, {"石磊"}) for text in CHAIRS_IN_CHINESE),
        *((WITH_GOVERNORS, text, {"Grace Will"}) for text in CHAIRS),
    ],
)
def test_whoever_has_the_role_may_be_a_governor_or_their_chair(school: Directory, text: str, meant: set[str]) -> None:
    """Where somebody is called a chair, it is them."""
    assert meant <= {party.name for party in school.meant_by(text).parties}


@pytest.mark.parametrize("text", ["PTA chair", "chair of the parents' association", "家委会主席", "a broken chair"])
def test_a_chair_of_something_else_is_no_governor(text: str) -> None:
    school = WITH_THE_ROLE if text.isascii() else IN_CHINESE_WITH_THE_ROLE
    assert school.meant_by(text).parties == frozenset()


@pytest.mark.parametrize(
    "text",
    ["Emma Watts, clerk", "clerk Emma Watts", "Emma Watts (receptionist)", "李娜（文员）", "文员李娜", "秘书李娜"],
)
def test_a_post_beside_a_name_means_nobody_else(text: str) -> None:
    school = ENGLISH if text.isascii() else CHINESE
    assert len(school.meant_by(text).parties) == 1


@pytest.mark.parametrize(
    ("text", "leaves_open"),
    [("Emma Watts", False), ("the clerk", True), ("our receptionist", True), ("Governors", True), ("School governors", True), ("clerk Emma Watts", False), ("Hal Hope", False), ("Emma Watts; the secretary", True), ("Clerk Lyle", True)],
)  # fmt: skip
def test_a_mailbox_that_the_few_open_may_be_read_by_more_than_are_known(text: str, leaves_open: bool) -> None:
    assert ENGLISH.leaves_open(text) is leaves_open


@pytest.mark.parametrize(
    ("school", "text", "leaves_open"),
    [
        (Directory((person("Linda Frost", "Front desk; Registrar"),), ()), text, leaves_open)
        for text, leaves_open in (("the front desk", True), ("Linda Frost; the front desk", True), ("the registrar", False))
    ]
    + [
        (Directory((person("徐静", "前台;教务员"),), ()), text, leaves_open)
        for text, leaves_open in (("学校前台", True), ("徐静、学校前台", True), ("学校教务员", False))
    ],
)  # fmt: skip
def test_more_may_sit_at_the_front_desk_than_whoever_is_called_so(
    school: Directory, text: str, leaves_open: bool
) -> None:
    assert school.leaves_open(text) is leaves_open


@pytest.mark.parametrize(
    ("text", "may_be"),
    [("clerk", True), ("the school's clerk", True), ("governors", True), ("the Governors", True), ("学校前台", True), ("理事会", True), ("the", False), ("", False), ("clerk the", False), ("my clerk", False), ("Emma Watts", False)],
)  # fmt: skip
def test_which_words_mean_any_of_the_few(text: str, may_be: bool) -> None:
    assert may_be_any_of_the_few(text) is may_be


def test_a_page_of_words_around_means_nobody() -> None:
    assert ENGLISH.meant_by("a an the one some any this that your our receptionist").parties == frozenset()
