"""A name that stands in a phrase of ordinary words, or is a pupil's, is nobody here; with a title or in a list it names somebody
(docs/design.md#p5.3)."""

from __future__ import annotations

import pytest

from automation.ledger.directory import Directory
from sheet_schema.words_of_a_school import PLACES
from tests.support.school_of_names import person

CHINESE = Directory(tuple(map(person, ("江山", "高远", "白雪", "杜鹃", "马超", "王丽", "刘和平"))), ())
ENGLISH = Directory(
    tuple(map(person, ("Kevin Lamb", "Will Young", "Chloe Baker", "Omar Farouk", "Daniel Okonkwo"))), ()
)
NAMES = (
    ("体育老师江山体罚学生", "江山"), ("教师江山打人", "江山"), ("班主任江山骂人", "江山"), ("数学老师江山收钱", "江山"), ("高远、江山、白雪三人赌博", "高远 江山 白雪"), ("江山和高远打架", "江山 高远"), ("高远,江山收红包", "高远 江山"), ("江山、马超两位", "江山 马超"),
    ("主任江山不管", "江山"), ("马超与江山不作为", "马超 江山"), ("江山老师", "江山"), ("白雪打人", "白雪"), ("杜鹃花了公款", "杜鹃"), ("马超同学校领导吵架", "马超"), ("高远收钱", "高远"), ("王丽老师打了同学", "王丽"), ("教练江山打人", "江山"), ("高远老师、江山打人", "高远 江山"),
)  # fmt: skip
NO_NAMES = (
    "大好江山", "江山如画", "白雪皑皑的操场没清扫", "白雪公主演出", "杜鹃花被踩", "杜鹃花坛", "高远的理想", "登高远足活动", "立志高远", "志存高远", "马超同学被打", "王丽同学在操场摔伤", "七三班王丽同学受伤", "江山打人", "校长和平解决", "老师和平相处", "白雪同学",
)  # fmt: skip


@pytest.mark.parametrize(("text", "names"), [*NAMES, *((text, "") for text in NO_NAMES)])
def test_who_is_named_in_a_summary(text: str, names: str) -> None:
    found = CHINESE.mentioned_in([text])
    assert sorted(one.name for meant in found.values() for one in meant.parties) == sorted(names.split())


@pytest.mark.parametrize("text", ["王丽同学", "马超同学", "白雪同学", "七年级王丽同学", *(f"江山{place}" for place in sorted(PLACES))])  # fmt: skip
def test_a_pupil_or_a_place_called_so_is_nobody_here(text: str) -> None:
    meant = CHINESE.meant_by(text)
    assert (meant.parties, meant.strangers) == (frozenset(), ())


@pytest.mark.parametrize(
    ("text", "name"),
    [("王丽", "王丽"), ("王丽、马超同学", "王丽"), ("王丽老师和马超同学", "王丽"), ("王丽同学校长", "王丽"), ("江山", "江山"), ("江山老师", "江山"), ("王丽社区", "王丽"), ("马超公司", "马超"), ("江山的社区", "江山"), ("王丽等同学", "王丽"), ("王丽同学们", "王丽"), ("王丽 同学", "王丽"), ("江山 社区", "江山"), ("江山社区的", "江山")],
)  # fmt: skip
def test_whoever_may_be_meant_stays_meant(text: str, name: str) -> None:
    assert name in {one.name for one in CHINESE.meant_by(text).parties}


@pytest.mark.parametrize("text", ["lamb curry", "young children", "the baker's shop", "Baker Street bus stop", "Omar's mother", "my Daniel's dad", "Daniel (Year 4 pupil)", "Omar (pupil in 7C)", "lamb stew", "young people's parents", "the lamb burgers", "young kids", "young pupils", "Mr Quill, parent", "Quill, a parent", "young bus stop", "lamb bus"])  # fmt: skip
def test_ordinary_words_are_no_names(text: str) -> None:
    meant = ENGLISH.meant_by(text)
    assert (meant.parties, meant.strangers) == (frozenset(), ())


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("lamb", "Kevin Lamb"), ("mr lamb curry", "Kevin Lamb"), ("Lamb curry", "Kevin Lamb"), ("lamb lessons", "Kevin Lamb"), ("lamb's children", "Kevin Lamb"), ("the new baker's shop", "Chloe Baker"), ("lamb's children the", "Kevin Lamb"), ("young stop", "Will Young"), ("lamb in the playground", "Kevin Lamb"), ("lamb homework", "Kevin Lamb"), ("lamb and pupils", "Kevin Lamb"), ("Mr Baker Street", "Chloe Baker"), ("baker shouted", "Chloe Baker"),
        ("Mr Lamb, parent", "Kevin Lamb"), ("Mr Lamb, pupil in 7C", "Kevin Lamb"), ("Lamb, a parent", "Kevin Lamb"), ("Mr Omar's mother", "Omar Farouk"), ("Omar's class", "Omar Farouk"), ("Omar", "Omar Farouk"), ("Young, children", "Will Young"), ("Will Young's mother", "Will Young"),
    ],
)  # fmt: skip
def test_an_english_name_stays_one(text: str, name: str) -> None:
    assert name in {one.name for one in ENGLISH.meant_by(text).parties}
