"""The words beside a name that speak of somebody else, in English and Chinese. Data of `automation/ledger/names/others.py`."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """The words of a text; a `_` stands for the space within one."""
    return frozenset(word.replace("_", " ") for word in text.split())


RELIGIOUS = words("father mother brother sister")
"""With a capital, right before a name with one, these are titles of religious people: `Sister Agnes`."""

OTHERS = words("""
    others other another et_al etal etc etcetera rest the_rest team his_team her_team their_team
    等 等人 等等 及其他 及其它 及其余 其他 其它 其余 一伙 一伙人 一帮 一帮人 一行 之流 之类 多名 多位 几名 几位 几人 多人 他们 她们 另外 另一个 别的 团队 有关人员 相关人员
""")
"""Behind a name: there are more than it names. 赵敏等三人, `Mr Bell and others`."""

AND_SO_ON = "等"
"""Behind a name, with a number behind it that is that of the names, it only ends the list: 王芳、李明等两人."""

OF_THINGS_TOO = words("other another rest the_rest team his_team her_team their_team 其他 其它 其余 另外 另一个 别的")
"""Those of `OTHERS` that may be said of things, too: 王芳其他问题."""

SPOUSES = words(
    "wife husband spouse girlfriend boyfriend fiance fiancee missus missis hubby better_half other_half lover mistress 前妻 前夫 情人 情妇 对象 另一半 那口子 媳妇 爱人 妻子 老婆 丈夫 老公 太太 男朋友 女朋友 男友 女友 未婚妻 未婚夫 配偶 夫人 夫妇 夫妻 两口子 之妻 之夫 其妻 其夫"
)

RELATED = words("""
    boss line_manager superior superiors partner colleague colleagues co_worker co_workers coworker coworkers successor predecessor replacement
    subordinate subordinates stand_in understudy cover supply substitute locum apprentice trainee protege sidekick right_hand underling mate mates pal pals crony cronies buddy number_two
    搭班 师父 实习生 帮手 接手 接棒 顶班 替补 关系户 左膀右臂 红人 铁哥们 哥们 闺蜜 死党 上级 上司 顶头上司 下属 下级 部下 手下 同事 搭档 徒弟 副手 助手 接班人 接任者 继任者 前任 继任 接任 继任人 替班 代班 亲信 心腹 同伙 同党
""")
"""Behind a name, and in English with `of` before one, these are somebody else: 赵敏的上级, `successor of Mr Bell`."""

REPLACING = words("""
    replaced replaces replacing replace succeeded succeeds succeeding covering covered_for covering_for covers_for cover_for over_from in_for
    instead_of in_place_of in_the_place_of on_behalf_of acting_for married_to engaged_to related_to close_to next_to
    接替 顶替 代替 替代 取代 替换 接任 接手 替 顶
""")
"""Before the only one who is named, these speak of somebody else: `took over from Mr Bell`, 接替赵敏."""

WHOEVER = words("whoever one ones anyone anybody those bloke chap fellow fella staff employee colleague sub")
"""What else points at a person without a name, as `the lady` does."""

CALLED = words("called named surnamed is was be being as like says said apparently maybe perhaps eg ie aka mr")
"""Between a word for a person and a name these say what that person is called: `a man called Bell`."""

BETWEEN_TWO = words("in at for from to with by after before under over above near beside behind opposite")
"""Between a word for a person and a name these set two people apart: `the lady with Mr Bell`, but not `about Mr Bell`."""

THE_SAME = words("是 这 那 这个 那个 这位 那位 这名 那名 这种 那种 这样 那样 等 等人 本人 自己")
"""Behind a name: what follows is still said of that person. 赵敏这样的老师."""

SUPERIORS = words("""
    boss line_manager manager superior superiors supervisor 领导 上级 上司 顶头上司 主管 分管领导 主管领导 分管校领导
""")
"""Beside somebody else's name these may be whoever leads the school."""

NOT_SIMPLY_THEIR_POST = words(
    "staff colleague assistant pa personal_assistant deputy 助理 职工 员工 职员 教职工 工作人员 教师"
)
"""Behind a name and a comma these may be others, or somebody who works for them: `Ann Lee, PA`. In brackets they are hers."""

FORMER = words("""
    former formerly previous previously ex old late last past outgoing retired then incoming next
    前任 前 原 老 原任 时任 上任 上一任 前一任 上届 历任 卸任 离任 退休 曾任 曾经 原来 以前 之前 此前 去年 候任 下任 下一任
""")
"""Before a post: it was another's, or will be. 原校长, `former head of Science`."""

DEPUTIES = (
    "deputy",
    "assistant head",
    "acting",
    "interim",
    "vice",
    "stand in",
    "temporary",
    "substitute",
    "副",
    "代理",
    "临时",
    "二把手",
)
"""How the post begins of whoever stands in for a head: beside a department it is not the head's own."""

IN_CHARGE = words("in_charge_of person_in_charge_of 分管 主管 负责")
"""With these beside a department a deputy is the school's: 分管教务处的副校长."""

WORK = (
    "工作", "职务", "岗位", "身份", "津贴", "办公室", "方式", "能力", "资格", "评价", "作风", "水平",
    "injury", "training", "meeting", "teaching", "headship", "role", "style", "skills", "duties", "lesson", "class",
)  # fmt: skip
"""Behind a post these make it something that somebody does: 王芳的班主任工作."""

NAMED = words("姓 叫 叫做 名叫 名为")
"""What stands before a name that says what somebody is called: 姓王的老师."""

NUMBERS = {
    "one": 1, "two": 2, "both": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "一": 1, "二": 2, "两": 2, "俩": 2, "三": 3, "仨": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10,
}  # fmt: skip
"""How many people a cell says there are."""

IN_ALL = words("共 一共 总共 共计 合计")
OF_PEOPLE = "[位名个][男女]?(?:STAFF|人|同志)?|人|(?<=[俩仨])"
"""What stands around a number of people: 共两人, 三位老师, 两名女教师, 俩. Pupils are not counted: they hinder nothing."""

COUNTED = words("""
    people persons person staff members_of_staff members staff_members colleagues employees adults teachers tutors tas men women
    ladies individuals
""")
"""Behind a number these are whom it counts: `two members of staff`. Pupils are not counted: they hinder nothing."""

_OF_POSTS = {word for word in (*DEPUTIES, *FORMER) if not word.isascii()} - {"副", "老", "二把手"}
FILLERS = (OTHERS | SPOUSES | RELATED | _OF_POSTS) - words(
    "boss colleague cover supply lover mistress trainee mate mates pal pals buddy"
)
"""Those that say nothing of whom the words around them name."""

AND = words("and or with plus 及 和 与 或")
"""At the end of a cell these say that somebody is missing."""

IN_NO_NAME = words("等 及 或")
"""At the end of a cell these say that others are missing, also behind two characters, where 和 may be a given name: 王芳等."""

NOT_ALWAYS = words("""
    mainly mostly usually normally chiefly primarily generally sometimes often currently temporarily until till from since for_now at_present on_and_off
    主要 为主 暂由 暂时 暂代 目前 有时 轮流 轮值 月起 日起 年起 为止
""")
"""Beside the name of whoever opens a mailbox these say that it is not always, or not only, them: `Robert Jones until May`, 黄丽娟为主."""
