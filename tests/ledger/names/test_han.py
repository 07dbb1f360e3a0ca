"""Whom Chinese characters could mean, with a title and without."""

from __future__ import annotations

import pytest

from automation.ledger.meant import Party
from automation.ledger.names.han import HanNames, han_spelling

NAMES = HanNames(
    tuple(
        (name, Party(name))
        for name in ("王芳", "李明", "欧阳娜", "刘和平", "孙丽丽", "章华", "诸葛亮明", "大卫", "吐尔逊买买提", "于洋")
    )
)


def whose(parties: frozenset[Party]) -> str:
    return " ".join(sorted(party.name for party in parties))


@pytest.mark.parametrize(
    ("characters", "with_title", "alone", "misspelt"),
    [
        ("王", "王芳", "王芳", ""), ("小王", "王芳", "王芳", ""), ("老小王", "王芳", "", ""), ("大", "大卫", "大卫", ""), ("小", "", "", ""), ("王王", "王芳", "", "王芳"), ("丽丽", "孙丽丽", "孙丽丽", ""), ("丽", "孙丽丽", "孙丽丽", ""),
        ("芳", "王芳", "王芳", ""), ("小芳", "王芳", "王芳", ""), ("芳芳", "王芳", "王芳", ""), ("和平", "刘和平", "刘和平", ""), ("小和平", "刘和平", "刘和平", ""), ("欧阳", "欧阳娜", "欧阳娜", "欧阳娜"), ("欧", "欧阳娜", "欧阳娜", ""), ("阳", "", "", ""), ("娜", "欧阳娜", "欧阳娜", ""),
        ("王工", "王芳", "王芳", "王芳"), ("芳姐", "", "王芳", ""), ("小工", "", "", ""), ("高个子王", "王芳", "", ""), ("高个子欧阳", "欧阳娜", "", ""), ("高个子李民", "李明", "", ""), ("高个子刘和萍", "刘和平", "", ""), ("瘦和平", "", "", "刘和平"), ("张化", "", "", ""), ("张华", "章华", "", "章华"), ("章化", "章华", "", "章华"),
        ("赵王", "", "", ""), ("高个王", "王芳", "", ""), ("王方", "王芳", "", "王芳"), ("李芳", "李明", "", "李明"), ("汪芳", "王芳", "", "王芳"), ("江芳", "", "", ""), ("刘平", "刘和平", "", "刘和平"), ("王和平", "刘和平", "", "刘和平"), ("小王方", "王芳", "", "王芳"), ("大为", "", "", "大卫"), ("诸葛明", "诸葛亮明", "", "诸葛亮明"), ("诸明", "", "", ""),
        ("诸葛", "诸葛亮明", "诸葛亮明", ""), ("诸葛量明", "诸葛亮明", "", "诸葛亮明"), ("买买提", "", "", ""), ("吐尔逊买买", "", "", ""), ("余洋", "于洋", "", "于洋"), ("刘和萍打", "", "", ""),
    ],
)  # fmt: skip
def test_characters(characters: str, with_title: str, alone: str, misspelt: str) -> None:
    assert (
        whose(NAMES.with_title(characters)),
        whose(NAMES.without_title(characters)),
        whose(NAMES.misspelt_alone(characters)),
    ) == (with_title, alone, misspelt)


@pytest.mark.parametrize(
    ("characters", "people"),
    [("王李", "李明 王芳"), ("王李两位", "李明 王芳"), ("王", ""), ("王两人", ""), ("王李刘孙", "刘和平 孙丽丽 李明 王芳"), ("王李刘孙于", ""), ("王方", "")],
)  # fmt: skip
def test_several_surnames(characters: str, people: str) -> None:
    assert whose(NAMES.several_surnames(characters)) == people


@pytest.mark.parametrize(
    ("spelling", "form"),
    [("王芳", "王芳"), ("王芳老师", "王芳"), ("王老师", "王"), ("張偉", "张伟"), ("王 Fang", ""), ("Fang", ""), ("", ""), ("…", ""), ("老师", "老师"), ("王", "王")],
)  # fmt: skip
def test_a_spelling_without_its_title(spelling: str, form: str) -> None:
    assert han_spelling(spelling) == form
