"""Several who have a role, words cut short, letters set apart, addresses: whoever is called so is meant (docs/design.md#p5.3)."""

from __future__ import annotations

import pytest

from automation.ledger.directory import Directory
from sheet_schema.vocabulary import Role
from tests.support.school_of_names import department, person

ENGLISH = Directory(
    (
        person("Margaret Whitcombe", "", "head@larch.example", Role.PRINCIPAL), person("Daniel Okonkwo", "", "d.okonkwo@larch.example", Role.LEADER), person("Siobhan McAllister", "", "s.mcallister@larch.example", Role.LEADER),
        person("Graham Pell", "School business manager", "g.pell@larch.example"), person("Kevin Lamb", "", "k.lamb@larch.example"), person("Tom Hargreaves", "", "t.hargreaves@larch.example"), person("Priya Raman"), person("Janet Clay", "Chair of governors"),
    ),
    (department("Curriculum", head="Graham Pell"), department("Site team", head="Kevin Lamb")),
)  # fmt: skip
CHINESE = Directory(
    (
        person("沈国栋", "", "", Role.PRINCIPAL), person("梁慧敏", "", "", Role.LEADER), person("韩东升", "", "", Role.LEADER), person("冯洁", "", "", Role.DISCIPLINE), person("田海", "", "", Role.OUTSIDE),
        person("王丽", "", "wangli@s.example"), person("张静怡", "", "zhangjy@s.example"), person("高远"),
    ),
    (department("教学处", head="王丽"), department("后勤处", head="高远")),
)  # fmt: skip
DEPUTIES = "Daniel Okonkwo; Siobhan McAllister"
ALL_WHO_LEAD = f"{DEPUTIES}; Margaret Whitcombe"
WAYS = (
    (ENGLISH, ("both deputies", "the deputies", "Deputies", "two deputies", "our deputies", "Dep Head", "Dep. Head", "the deputy headteachers", "vice principals", "assistant heads", "the assistant headteachers", "deputy principals"), DEPUTIES),
    (ENGLISH, ("Head & Deputies", "the headteacher and both deputies", "Head; Deputies", "headteacher, deputies", "SMT", "S.L.T."), ALL_WHO_LEAD),
    (ENGLISH, ("all the heads of dept", "heads of department", "the HoDs", "department heads", "middle leaders", "heads of departments", "all heads of department", "every one of the heads of dept", "dept heads", "middle management"), "Graham Pell; Kevin Lamb"),
    (ENGLISH, ("the heads", "Heads"), "Graham Pell; Kevin Lamb; Margaret Whitcombe"),
    (ENGLISH, ("hargreaves.t@larch.example", "t.hargreaves@gmail.com", "thargreaves@school.example", "Hargreaves_T@x.example", "T.HARGREAVES@OTHER.EXAMPLE", "t.hargreaves", "thargreaves", "t-hargreaves@x.example"), "Tom Hargreaves"),
    (ENGLISH, ("L a m b", "Mr L a m b", "l a m b", "K e v i n L a m b", "Kevin Lamb"), "Kevin Lamb"), (ENGLISH, ("P e l l", "Mr Pel", "Ms Pelk", "mr pel", "Mr Pel, maths", "MR PEL", "Mr Pll", "Mr Peel", "Mr Pel's class", "business mgr", "the business mngr", "SBM", "school business mgr", "business manager"), "Graham Pell"),
    (ENGLISH, ("CoG", "the CoG", "Chair of Governors"), "Janet Clay"), (ENGLISH, ("Miss P", "Mr P", "mrs P"), "Priya Raman; Graham Pell"), (ENGLISH, ("Mr T", "Mr H", "Miss H"), "Tom Hargreaves"), (ENGLISH, ("Mr D",), "Daniel Okonkwo"), (ENGLISH, ("Miss S",), "Siobhan McAllister"),
    (CHINESE, ("副校", "副校长们", "各副校长", "副校级领导"), "梁慧敏; 韩东升"), (CHINESE, ("韩副校", "韩副", "韩校"), "韩东升"), (CHINESE, ("各处室主任", "中层干部", "中层", "各部门负责人", "处室负责人", "科室负责人", "各处主任", "中层领导", "部门领导", "各科室主任"), "王丽; 高远"),
    (CHINESE, ("沈国栋校长等校领导", "沈国栋等校领导", "沈校长等领导", "王丽等校领导", "沈国栋校长等学校领导"), "沈国栋; 梁慧敏; 韩东升"), (CHINESE, ("丽丽老师", "小丽老师", "丽丽"), "王丽"), (CHINESE, ("zhangjy", "ZhangJY", "zhangjy@qq.example", "zhangjy@163.example"), "张静怡"),
    (CHINESE, ("冯纪委", "纪委", "纪委冯"), "冯洁"), (CHINESE, ("田督学", "督学田海"), "田海"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("school", "text", "means"), [(school, text, means) for school, texts, means in WAYS for text in texts]
)
def test_everybody_called_so_is_meant(school: Directory, text: str, means: str) -> None:
    assert set(means.split("; ")) <= {one.name for one in school.meant_by(text).parties}


@pytest.mark.parametrize(
    "text", ["info@larch.example", "head@elsewhere.example", "a b c", "J R R", "Mr Pe", "Mr Lan", "王利老师等家长"]
)
def test_who_is_not_called_so_is_not_meant(text: str) -> None:
    names = {one.name for school in (ENGLISH, CHINESE) for one in school.meant_by(text).parties}
    assert names.isdisjoint({"Margaret Whitcombe", "Graham Pell", "Tom Hargreaves", "沈国栋", "韩东升"})
