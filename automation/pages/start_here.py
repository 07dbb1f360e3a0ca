"""What Start here says in both languages: ten lines, what is still to be filled in, the colours, the tabs.

Each kind of workbook decides where on the page it goes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from automation.pages import colours
from automation.text.catalogue import Words
from sheet_schema import REGISTER, SETTING, Language
from sheet_schema.vocabulary import Light, Role

Cells = Callable[[str, str], str]
"""(tab key, column key) → the column's cells with the header, such as `'People'!$C$1:$C$500`."""
Title = Callable[[str], str]
"""Tab key → its title in this workbook."""

LEFT_NUMBER, LEFT_TEXT, RIGHT_MARK, RIGHT_TEXT = 2, 3, 5, 6
WIDTHS = {1: 2.5, LEFT_NUMBER: 15, LEFT_TEXT: 66, 4: 4, RIGHT_MARK: 15, RIGHT_TEXT: 50, 7: 2.5}
"""Columns: the number and text of a line at the left, the mark and text at the right, and how wide each is."""
FIRST = 5
"""The first row below the headings."""

PAGE_TITLE = Words("Letters and visits ledger", "信访台账")
SUBTITLE = Words(
    "Type each matter into the next numbered line of the {register}. Everything grey is done for you.",
    "在“{register}”表下一个已编号的空行填写即可，灰色部分由系统完成。",
)
LINES_TITLE = Words("Ten lines for everyone who types here", "填写须知（十条）")
CLOSE_IT = Words(
    "Save and close the workbook when you leave it. While it is open, nothing can be filled in for you.",
    "用完请保存并关闭。工作簿打开期间，系统无法写入。",
)
LINES = (
    Words(
        "Each visit, letter or call goes into the next numbered line of the {register}. One line, one matter.",
        "每件来访、来信、来电，填在“{register}”表下一个已编号的空行，一件一行。",
    ),
    Words(
        "The number stands there before you type: tell it to the visitor. Never copy or change a number.",
        "编号在填写之前就已编好，请告诉来访人。不要复制、也不要改动编号。",
    ),
    Words(
        "Six cells are enough: {channel}, {petitioner}, {contact}, {kind}, {topic}, {summary}.",
        "填六格就够了：{channel}、{petitioner}、{contact}、{kind}、{topic}、{summary}。",
    ),
    Words(
        "Choose from the list wherever there is one. For a date, Ctrl+; types today.",
        "有下拉列表的，请从列表中选择。日期按 Ctrl+; 输入今天。",
    ),
    Words(
        "Nobody has to give a name. Type Anonymous; {contact} may then stay empty.",
        "不强求实名。不愿留名的，“{petitioner}”填“匿名”，“{contact}”可以不填。",
    ),
    Words(
        "{problems} says what is missing or wrong in a line and what to do. It empties itself once the line is right.",
        "“{problems}”写明本行缺什么、错在哪里、怎么改，改好后自动清空。",
    ),
    Words(
        "An important visit or an emergency: telephone first, then tick {important}. The leaders are told at once.",
        "重要来访或突发事件：先打电话，再勾选“{important}”，系统会立即报告领导。",
    ),
    Words(
        "Sort, filter, insert and delete whole lines as you like, and add columns and tabs of your own.",
        "整行的排序、筛选、插入、删除都可以，也可以加自己的列和工作表。",
    ),
    CLOSE_IT,
    Words(
        "Questions? Ask the administrator: whoever has that role on the tab {people}.",
        "有疑问请找管理员，即“{people}”表中角色为“管理员”的人。",
    ),
)

COLOURS_TITLE = Words("What the colours mean", "颜色说明")


class Sample(NamedTuple):
    """One line of the colour key: a sample cell, and what its colours mean."""

    shows: Words
    means: Words
    ink: str = colours.INK
    background: str = colours.WHITE
    bold: bool = False
    underline: str = ""


COLOURS = (
    Sample(
        Words("{channel}", "{channel}"),
        Words("White header: you type here", "白色表头：由您填写"),
        bold=True,
        underline=REGISTER.colour,
    ),
    Sample(
        Words("{summary}", "{summary}"),
        Words("Blue words, thick line: every matter needs it", "蓝字粗线：每件必填"),
        ink=colours.ACCENT,
        bold=True,
        underline=colours.ACCENT,
    ),
    Sample(
        Words("{status}", "{status}"),
        Words("Grey header: filled in for you", "灰色表头：由系统填写"),
        ink=colours.QUIET,
        background=colours.HEADER_GREY,
        bold=True,
    ),
    Sample(
        Words(Light.LATE.en, Light.LATE.zh),
        Words("A deadline has passed", "已超过期限"),
        ink=colours.RED_INK,
        background=colours.RED,
        bold=True,
    ),
    Sample(
        Words(Light.SOON.en, Light.SOON.zh),
        Words("A deadline is near; or a cell still to fill in", "期限将到；或有一格待填"),
        ink=colours.AMBER_INK,
        background=colours.AMBER,
        bold=True,
    ),
    Sample(
        Words(Light.ON_TIME.en, Light.ON_TIME.zh),
        Words("In time", "在期限内"),
        ink=colours.GREEN_INK,
        background=colours.GREEN,
        bold=True,
    ),
    Sample(
        Words("LV-00042", "LV-00042"),
        Words("Pale number: a free line waits for you", "浅色编号：空行，等待填写"),
        ink=colours.FAINT,
    ),
    Sample(
        Words("Closed", "办结"),
        Words("Grey line: the matter is closed", "灰色整行：已办结"),
        ink=colours.QUIET,
        background=colours.CLOSED_GREY,
    ),
)

TABS_TITLE = Words("Where things are", "各工作表")
TAB_WORDS = {
    "register": Words("Every matter, one line each", "每件一行，在此登记"),
    "dashboard": Words("The state of things at a glance", "总体情况一览"),
    "form": Words("Print the form of a matter: choose its number there", "选一个编号，打印该件的登记表"),
    "filing": Words("Closed matters, moved here by themselves", "办结的事项自动移到这里"),
    "routing": Words("Which department gets what", "什么事由哪个部门承办"),
    "departments": Words("Departments and their e-mail", "部门及其邮箱"),
    "people": Words("Who does what, who is away", "人员、角色、离岗与代理"),
    "topics": Words("What matters are about", "事项分类"),
    "deadlines": Words("How long each step may take, and by which rule", "各环节的时限和依据"),
    "escalation": Words("Who is told when something is late", "超期后报告谁"),
    "calendar": Words("Holidays and working Saturdays", "放假与调休上班"),
    "duty": Words("Who is on duty when", "值班安排"),
    "settings": Words("Everything else that can be set", "其他设置"),
    "notices": Words(
        "Every mail that went out (to be read only, like the tabs after it)",
        "发出的每封邮件（本表及以后各表只供查阅）",
    ),
    "history": Words("Every cell that was filled in for you, and why", "系统写入的每一格及原因"),
    "runs": Words("When the job ran", "系统何时运行"),
    "report": Words("Figures for a period", "一段时间的统计"),
}

TO_DO_TITLE = Words("Still to fill in", "还需填写")
DONE = "✓"


class ToDo(NamedTuple):
    """Something the office has to fill in: on which tab, and what to say before and after. `left` is a formula that
    gives 0 when it is done, otherwise how many are left, or ○ if there is no number."""

    tab: str
    left: str
    undone: Words
    done: Words


def to_dos(cells: Cells) -> Iterator[ToDo]:
    """In the order in which a new office would do them."""
    department, department_mail = cells("departments", "name"), cells("departments", "email")
    person, person_mail = cells("people", "name"), cells("people", "email")
    yield ToDo(
        "departments",
        f'IF(COUNTA({department})<2,"○",SUMPRODUCT(({department}<>"")*({department_mail}="")))',
        Words("departments still need an e-mail address", "个部门还没有邮箱"),
        Words("Every department has an e-mail address", "各部门都有邮箱"),
    )
    yield ToDo(
        "people",
        f'IF(COUNTA({person})<2,"○",0)',
        Words("Enter the people of the office and the heads of department", "请填写信访办人员和各部门负责人"),
        Words("People are entered", "已填写人员"),
    )
    yield ToDo(
        "people",
        f'IF(COUNTA({person})<2,"○",SUMPRODUCT(({person}<>"")*({person_mail}="")))',
        Words("people still need an e-mail address", "人还没有邮箱"),
        Words("Everyone has an e-mail address", "人员都有邮箱"),
    )
    for role, undone, done in (
        (
            Role.LEADER,
            Words("Say who is leader in charge", "请指定分管领导"),
            Words("The leader in charge is named", "已指定分管领导"),
        ),
        (Role.PRINCIPAL, Words("Say who is principal", "请指定校长"), Words("The principal is named", "已指定校长")),
        (
            Role.ADMINISTRATOR,
            Words("Say who is administrator", "请指定管理员"),
            Words("The administrator is named", "已指定管理员"),
        ),
    ):
        roles = cells("people", "role")
        held = f'COUNTIF({roles},"*{role.en}*")+COUNTIF({roles},"*{role.zh}*")'
        yield ToDo("people", f'IF({held}>0,0,"○")', undone, done)
    names, values = cells("settings", "name"), cells("settings", "value")
    school = SETTING["school_name"]
    known = f'SUMPRODUCT((({names}="{school.en}")+({names}="{school.zh}")+({names}="{school.key}")>0)*({values}<>""))'
    yield ToDo(
        "settings",
        f'IF({known}>0,0,"○")',
        Words("Give the name of the school", "请填写学校名称"),
        Words("The school's name is given", "已填写学校名称"),
    )
    days = cells("calendar", "date")
    this_year = f'COUNTIF({days},">="&DATE(YEAR(TODAY()),1,1))-COUNTIF({days},">"&DATE(YEAR(TODAY()),12,31))'
    yield ToDo(
        "calendar",
        f'IF({this_year}>0,0,"○")',
        Words("Enter this year's public holidays", "请填写今年的放假安排"),
        Words("This year's public holidays are entered", "已填写今年的放假安排"),
    )


def names_on(title: Title, language: Language) -> Mapping[str, str]:
    """The names that the words mention: the Register's columns and two tabs, for `in_words`."""
    names = {column.key: column.label(language) for column in REGISTER}
    return names | {"register": title("register"), "people": title("people")}


def in_words(words: Words, names: Mapping[str, str], language: Language) -> str:
    """The sentence in one language, with these names filled in."""
    return words.in_language(language).format_map(names)
