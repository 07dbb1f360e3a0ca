"""Words beside somebody found that speak of somebody else (docs/design.md#p5.3)."""

from __future__ import annotations

import pytest

from automation.ledger.directory import Directory
from sheet_schema.vocabulary import Role
from tests.support.school_of_names import department, person

ENGLISH = Directory(
    (person("Helen Dobson", "", "", Role.PRINCIPAL), person("Robert Jones", "", "", Role.LEADER), person("Mary Brown")),
    (department("Maths", head="Mary Brown"), department("Design & Technology", head="Mary Brown")),
)
CHINESE = Directory(
    (person("赵建国", "", "", Role.PRINCIPAL), person("周立", "", "", Role.LEADER), person("王强")),
    (department("教务处", head="王强"), department("德育处", head="王强")),
)
SOMEBODY_ELSE = (
    (ENGLISH, "{}'s {}", ("Mary Brown", "Ms Brown", "The headteacher"), ("secretary", "wife", "new partner", "replacement", "former deputy", "line manager", "teacher", "team")),
    (ENGLISH, "{} of {}", ("wife", "colleague", "successor", "line manager"), ("Mary Brown", "Mr Brown", "the headteacher")),
    (ENGLISH, "{}{}", ("Mary Brown", "Mr Jones", "The headteacher"), (" and others", ", etc.", " et al.", " + 2", " (and one other)", " and the rest")),
    (ENGLISH, "{} {}", ("former", "previous", "the outgoing", "last year's"), ("headteacher", "head of Maths", "Maths lead")),
    (ENGLISH, "{} {}", ("headteacher", "head of Maths", "Maths lead"), ("(former)", "(retired)", "and her husband", "and the team")),
    (ENGLISH, "{} of {}", ("deputy head", "acting head", "assistant head", "interim head", "vice head", "temporary head", "stand-in head"), ("Maths", "Technology")),
    (CHINESE, "{}的{}", ("王强", "王老师", "校长", "王强主任", "教务主任"), ("爱人", "上级", "分管领导", "师傅", "秘书", "那位同事", "直接领导", "前任")),
    (CHINESE, "{}{}", ("王强", "王老师", "校长", "教务主任"), ("等", "等三人", "等多名老师", "及其他人员", "和其他几位", "一伙", "爱人", "夫妇", "（等人）", "他们", "和另外两人", "的团队", "及有关人员")),
    (CHINESE, "{}{}", ("校长", "教务主任", "教务处主任"), ("（原）", "(前任)", "（已退休）")),
    (CHINESE, "{}{}", ("教务处", "德育处"), ("副主任", "代理主任", "临时负责人", "老主任", "二把手")),
    (CHINESE, "{}{}", ("前任", "原", "前", "老", "去年的", "退休"), ("校长", "教务主任", "教务处主任", "德育处负责人")),
)  # fmt: skip
NOBODY_ELSE = (
    (ENGLISH, ("Mary Brown's lesson", "Mary Brown's leadership", "Mary Brown's head injury", "Mary Brown's behaviour to staff", "Mary Brown's role as head", "Mary Brown's team meeting", "Mary Brown another time", "Mary Brown's brother", "headteacher Helen Dobson", "Mary Brown's deputy Robert Jones", "Maths lead", "head of Design", "in charge of Maths", "deputy head in charge of Maths", "acting headteacher", "the head", "Helen Dobson, former deputy head", "Mary Brown (former head)", "my boss Helen Dobson")),
    (CHINESE, ("王强的课", "王强的家长", "王强等学生", "王强等几名同学", "王强等待", "王强的主任工作", "王强的领导方式", "王强的财务", "王强其他问题", "叫王强的老师", "同事王强", "校长", "教务主任", "教务处的主任", "德育副校长", "分管教务处的副校长", "原主任王强", "王强（原主任）")),
)  # fmt: skip


@pytest.mark.parametrize(
    ("school", "text"),
    [(school, way.format(a, b)) for school, way, firsts, seconds in SOMEBODY_ELSE for a in firsts for b in seconds],
)
def test_somebody_else_is_a_stranger_beside_whom_is_found(school: Directory, text: str) -> None:
    meant = school.meant_by(text)
    assert meant.strangers
    assert meant.parties


@pytest.mark.parametrize(("school", "text"), [(school, text) for school, texts in NOBODY_ELSE for text in texts])
def test_nobody_else_is_spoken_of(school: Directory, text: str) -> None:
    assert school.meant_by(text).strangers == ()


@pytest.mark.parametrize(
    ("school", "text", "meant"),
    [
        (ENGLISH, "Mary Brown's boss", "Helen Dobson; Mary Brown; Robert Jones"), (ENGLISH, "deputy to Mary Brown", "Mary Brown; Robert Jones"), (ENGLISH, "Mary Brown's head", "Helen Dobson; Mary Brown"),
        (CHINESE, "王强的领导", "周立; 王强; 赵建国"), (CHINESE, "王强的副手", "周立; 王强"), (CHINESE, "王强的师傅", "王强"),
    ],
)  # fmt: skip
def test_whoever_holds_the_role_is_meant_too(school: Directory, text: str, meant: str) -> None:
    assert "; ".join(sorted(party.name for party in school.meant_by(text).parties)) == meant
