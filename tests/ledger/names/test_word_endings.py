"""A Chinese surname before a title, and the end of an ordinary word that only looks like one (docs/design.md#p5.3)."""

from __future__ import annotations

import pytest

from automation.ledger.directory import Directory
from automation.ledger.names.lexicon import WORDS_ALONE
from automation.ledger.names.units import units_of
from automation.ledger.names.word_endings import ends_in_a_word, written_before
from sheet_schema.ordinary_words import BEFORE_A_SURNAME, BEFORE_TITLES
from tests.support.school_of_names import person

STAFF = [
    "任静", "周静", "单雪梅", "解晓东", "钟伟", "万里", "于洋", "何文", "方圆", "白雪", "文娟", "谢芳", "许丽", "查良", "费玉", "高明", "常青", "管军", "时光", "程序", "金凤", "段红", "席娟", "王信仁", "欧阳娜", "明亮", "章华", "冷风",
    "房华", "车军", "毛红", "水华", "平凡", "钱进", "关山", "全红", "张伟", "成龙", "石磊",
]  # fmt: skip
SCHOOL = Directory(tuple(map(person, STAFF)), ())
NAMED = [
    "班主任任静打人", "发现任静静坐着骂人", "任静静静地看着", "万里打人", "钟伟大声骂人", "处分钟伟大家都支持", "行万里路",
    "发现任某打人", "课上周某打人", "因为何某打我孩子", "相信任某", "任某某打人", "学校任某老师",
    "任老师打人", "单老师收钱", "周老师打人", "解老师骂人", "钟老师打人", "发现任老师收钱", "家长发现任老师打人", "课上周老师打人", "课堂上周老师骂人", "早上周老师来了", "因为何老师打我孩子", "家长认为何老师打人", "这位于老师打人", "教务处于老师打人", "有一位于老师", "我校高中文老师打人",
    "上课时任老师打人", "放学前任老师收钱", "晚上任老师打人", "我相信任老师", "微信任老师收钱", "举报信任老师看了", "网传单老师收钱", "都传单老师打人", "上课程老师骂人", "点名单老师不在", "被单老师打了", "找单老师", "受不了解老师", "要求处理解老师", "原谅解老师", "处分钟老师",
    "学校立刻钟老师", "那一刻钟老师来了", "上课钟老师还没来", "提出于老师", "现在于老师", "学校方老师打人", "说明白老师收钱", "写明白老师", "高一周老师", "周五周老师打人", "初三万老师", "高三张老师", "三班费老师", "3班费老师收钱", "数学段老师打人", "小学段老师", "放学时段老师打人",
    "语文章老师打人", "保安全老师", "对方老师意见大", "这周老师打人", "和解老师", "新来的任老师", "班主任任老师", "班主任周老师", "教导主任周老师打人", "投诉周老师", "举报任老师", "王信任老师打人", "高老师打人", "明老师", "跟车老师", "给钱老师送礼", "要钱老师道歉", "课下周老师打人",
    "日本周老师", "二班周老师", "学校聘请任老师", "转账单老师五千", "任某打人", "小任老师打人", "英语任老师", "我孩子任老师打了", "指责任老师", "欧阳老师", "太阳欧阳老师", "经常任老师打人", "每次周老师打人", "负责任静老师", "负责的任老师", "一次周老师", "周主任", "任校长",
    "解书记", "老师任静", "请查查老师", "公开查老师", "水老师", "平老师", "公平水老师",
]  # fmt: skip
NAMED_BY_NOBODY = [
    "班主任静静地看着", "主任静静坐着", "五分钟伟大成就", "参观万里长城",
    "不信任某老师", "感谢某老师", "请调查某老师", "现任某校长", "上周某老师", "如何某",
    "孩子不信任老师", "信任老师", "新任老师没有经验", "专任老师不够", "历任老师都没管过", "值周老师检查", "每周老师都布置", "成绩单老师迟迟不发", "菜单老师", "传单老师不让发", "宣传单老师发", "不了解老师的安排", "不理解老师为什么", "希望了解主任的处理意见", "上课五分钟老师才到",
    "一刻钟老师都没来", "要求撤换班主任老师", "对现任校长有意见", "各单位主任推诿", "简单主任了事", "不信任校长", "信任主任", "调解主任没来", "讲解老师态度差", "下周主任答复", "本周校长没空", "担任老师的亲戚", "责任主任没有到场", "委任老师", "闹钟老师收走了", "三周老师没换",
    "双周老师会", "3周老师没换", "感谢老师", "感谢校长", "谢谢老师", "也许老师忘了", "不允许老师", "请调查老师", "检查主任", "收费老师", "乱收费老师不开票", "不交费老师", "提高老师待遇", "应付老师", "不管老师", "经常老师", "平时老师", "非常老师", "上课时老师睡觉",
    "奖金老师没有", "课程老师", "安全主任", "启蒙老师", "说明老师有责任", "聪明老师", "完成老师", "违纪老师", "收了一万老师才", "高中老师", "高级教师", "全部老师", "时候老师", "一张老师", "红包老师", "旁边老师", "反应老师", "没回应老师", "不负责任老师", "很不负责任老师",
    "前任校长", "时任校长", "上任校长", "任教老师", "任职老师", "单独老师", "周边老师", "解题老师", "方便老师", "关于老师", "由于老师", "属于老师", "多余老师", "公平老师", "热水老师", "机房老师", "出席老师", "教室太冷老师", "停车主任", "收钱老师", "马上老师",
    "明天老师", "高二年级老师", "万一老师", "何时老师", "全体老师", "成为老师", "石头老师", "金牌老师",
]  # fmt: skip


def test_a_surname_before_a_title_is_found_whatever_word_it_ends() -> None:
    mentions = SCHOOL.mentioned_in(NAMED)
    assert [text for at, text in enumerate(NAMED) if at not in mentions] == []


def test_the_end_of_an_ordinary_word_before_a_title_is_no_surname() -> None:
    mentions = SCHOOL.mentioned_in(NAMED_BY_NOBODY)
    assert {NAMED_BY_NOBODY[at]: [one.name for one in meant.parties] for at, meant in mentions.items()} == {}


def test_a_surname_by_itself_and_behind_another_word_is_none_of_these_words() -> None:
    own = {word.lstrip("，")[-1] for word in BEFORE_TITLES}
    assert [surname for surname in own if ends_in_a_word(f"，{surname}")] == []


def test_each_word_that_cuts_another_apart_cuts_one_apart() -> None:
    beginnings = {word[:-1] for word in BEFORE_TITLES if not word.startswith("，")}
    idle = [word for word in BEFORE_A_SURNAME if not any(word.endswith(one) and word != one for one in beginnings)]
    assert idle == []


@pytest.mark.parametrize(
    ("written", "is_word"),
    [
        ("信任", True), ("不信任", True), ("相信任", False), ("任", False), ("", False), ("，时任", True), ("课时任", False), ("几周", True), ("高三周", False),
        ("不了解", True), ("了解", False), ("受不了解", False), ("一刻钟", True), ("那一刻钟", False), ("上任", False), ("，上任", True), ("晚上任", False),
    ],
)  # fmt: skip
def test_which_characters_end_in_a_word(written: str, is_word: bool) -> None:
    assert ends_in_a_word(written) == is_word


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("", "，"), ("信", "，信"), ("好。不信", "，不信"), ("好，不 信", "，信"), ("Mr信", "，信"), ("3班", "几班"), ("3", "几"), ("Mr", "，"), ("二三四五六", "，二三四五六"), ("一二三四五六", "一二三四五六"), ("零一二三四五六", "一二三四五六"),
        ("我的孩子不", "，我的孩子不"), ("我的孩子不相", "我的孩子不相"), ("我的孩子不相信", "的孩子不相信"), ("3我的孩子不相", "我的孩子不相"), ("，二三四五六", "，二三四五六"),
    ],
)  # fmt: skip
def test_what_is_written_before_a_surname(text: str, before: str) -> None:
    spans = WORDS_ALONE.spans(units_of(f"{text}任老师"))
    at = next(i for i, span in enumerate(spans) if span.form == "任")
    assert written_before(spans, at) == before
