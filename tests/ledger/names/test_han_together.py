"""Chinese surnames in a summary that share a title, stand behind 老 or before a post (docs/design.md#p5.3)."""

from __future__ import annotations

import pytest

from automation.ledger.directory import Directory
from tests.support.school_of_names import department, person

SCHOOL = Directory(
    tuple(map(person, ("赵敏", "黄丽娟", "曾国强", "钟伟", "周静", "任静", "文娟", "马军", "李敏", "路遥", "欧阳娜", "方圆", "Michael Stevenson"))),
    (
        department("教务处", head="黄丽娟"), department("高三年级组", head="钟伟"), department("高一年级组", head="周静"), department("Sixth Form", head="Michael Stevenson"),
    ),
)  # fmt: skip


@pytest.mark.parametrize(
    ("summary", "named"),
    [
        *((text, "赵敏 黄丽娟") for text in ("赵和黄主任收钱", "赵、黄两位主任收钱", "赵黄两主任收钱", "赵黄主任收钱", "家长对赵、黄主任不满", "反映赵，黄两位老师", "赵/黄主任", "趙與黃主任", "赵 和 黄老师", "赵\n、黄主任")),
        ("赵和钱主任收钱", "赵敏"), ("钱、赵和孙主任", "赵敏"), ("赵黄李三位老师", "李敏 赵敏 黄丽娟"), ("欧阳和黄老师", "欧阳娜 黄丽娟"), ("教务处赵与黄主任", "教务处 赵敏 黄丽娟"),
        ("上周和黄主任谈过", "黄丽娟"), ("语文和黄老师", "黄丽娟"), ("信任和李老师", "李敏"), ("平时和李老师", "李敏"), ("赵，黄主任", "黄丽娟"), ("赵和家长", ""), ("赵和主任", ""),
        ("老黄打人", "黄丽娟"), ("老马收钱", "马军"), ("老路打人", "路遥"), ("老方打人", "方圆"),
        *((text, "") for text in ("老黄牛精神", "老黄历", "老马识途", "老路线", "走老路", "老路灯坏了", "老方法", "老师打人", "老毛病")),
        ("曾队长打人", "曾国强"), ("保安曾队长打人", "曾国强"), ("大队长选举", ""),
        ("年级组长打人", "周静 钟伟"), ("高三年级组长打人", "钟伟"), ("年级主任打人", "周静 钟伟"), ("教研组长打人", ""), ("组长打人", ""), ("主任打人", ""), ("年级组长期不管", ""),
        ("head of sixth form shouts", "Michael_Stevenson"), ("head of year shouts", ""), ("head of department", ""),
    ],
)  # fmt: skip
def test_who_is_named(summary: str, named: str) -> None:
    found = {party.name for meant in SCHOOL.mentioned_in(["", summary]).values() for party in meant.parties}
    assert found == {one.replace("_", " ") for one in named.split()}
