"""What a cell resolves to, the nearest name, and who is mentioned in a summary (docs/design.md#p5.3)."""

from __future__ import annotations

import subprocess
import sys

import pytest

from automation.ledger.directory import Directory, person_named
from automation.ledger.meant import Meant, Party
from tests.support import ROOT
from tests.support.school_of_names import CHINESE, ENGLISH, department, person


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Robert Jones", "Robert Jones"), ("robert  jones", "Robert Jones"), ("Mr Robert Jones", "Robert Jones"), ("Jones, Robert", "Robert Jones"), ("Molly Brown", "Mary Brown"),
        ("robert.jones@school.example", "Robert Jones"), ("Zoe Mueller", "Zoë Müller"), ("the headteacher", "Helen Dobson"), ("Mrs Dobson", "Helen Dobson"), ("head of Curriculum", "Robert Jones"),
        ("Mr Smith", ""), ("Robret Jones", ""), ("Peter Zimmer", ""), ("Curriculum", ""), ("", ""), ("-", ""), ("Mary Brown; Robert Jones", ""), ("Robert Jones, Peter Zimmer", ""),
    ],
)  # fmt: skip
def test_a_cell_that_names_one_person(text: str, name: str) -> None:
    assert ENGLISH.person(text) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("王芳", "王芳"), ("王芳老师", "王芳"), ("张偉", "张伟"), ("張主任", "张伟"), ("校长", "赵建国"), ("赵校长", "赵建国"), ("丽姐", "孙丽丽"), ("教务主任", "王强"), ("王老师", ""), ("书记", ""),
        ("王方", ""), ("钱老师", ""), ("教务处", ""), ("wangfang@school.example", "王芳"),
    ],
)  # fmt: skip
def test_a_cell_that_names_one_person_in_chinese(text: str, name: str) -> None:
    assert CHINESE.person(text) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Curriculum", "Curriculum"), ("the curriculum department", "Curriculum"), ("Health & Safety", "Health and Safety"), ("h&s", "Health and Safety"), ("Maths", "Maths department"),
        ("Robert Jones", ""), ("head of Curriculum", ""), ("Curriculum; Catering", ""), ("Curiculum", ""), ("", ""),
    ],
)  # fmt: skip
def test_a_cell_that_names_one_department(text: str, name: str) -> None:
    assert ENGLISH.department(text) == name


@pytest.mark.parametrize(
    ("school", "text", "name"),
    [
        (ENGLISH, "Robret Jones", "Robert Jones"), (ENGLISH, "Curiculum", "Curriculum"), (ENGLISH, "Mary Browne", "Mary Brown"), (ENGLISH, "xyz", ""), (ENGLISH, "Jane Smith", ""), (ENGLISH, "Paul Jones", ""), (ENGLISH, "Jon Smith", "John Smith"), (ENGLISH, "Marie Brown", "Mary Brown"), (ENGLISH, "Health and Savety", "Health and Safety"), (ENGLISH, "Curcu", ""), (ENGLISH, "", ""),
        (CHINESE, "王方", "王芳"), (CHINESE, "教务外", "教务处"), (CHINESE, "钱进", ""),
    ],
)  # fmt: skip
def test_the_nearest_name(school: Directory, text: str, name: str) -> None:
    assert school.nearest(text) == name


@pytest.mark.parametrize(
    ("school", "summary", "named"),
    [
        (ENGLISH, "parents ask Headteacher Dobson to act at once", {"Helen Dobson"}), (ENGLISH, "the headteacher Mr Dobson shouted at my son", {"Helen Dobson"}),
        (ENGLISH, "Mr Head was late", {"Mark Head"}), (ENGLISH, "mark head gave detention, will he stop", set()), (ENGLISH, "Mark Head gave detention", {"Mark Head"}),
        (ENGLISH, "robert jones refused", {"Robert Jones"}), (ENGLISH, "Bob Jones refused", {"Robert Jones"}), (ENGLISH, "Dobson swears in class", {"Helen Dobson"}),
        (ENGLISH, "write to john.smith@school.example", {"John Smith"}), (ENGLISH, "Ms Mueller cooks badly", {"Zoë Müller"}), (ENGLISH, "Mr van der Berg shouted", {"Anna van der Berg"}), (ENGLISH, "complaint: van der Berg is late", {"Anna van der Berg"}), (ENGLISH, "a white van was late", set()), (ENGLISH, "OBrien’s class", {"Sean O'Brien"}),
        (ENGLISH, "Miss Kate is rude", {"Katherine Lloyd"}), (ENGLISH, "Miss Kate told Zimmer", {"Katherine Lloyd"}), (CHINESE, "王某打骂赖某", {"王芳", "王强"}), (ENGLISH, "the headteacher shouted", set()), (ENGLISH, "Mary told me", set()),
        (CHINESE, "反映王芳老师打骂学生", {"王芳"}), (CHINESE, "教务处王老师打人", {"#教务处", "王芳", "王强"}), (CHINESE, "和平老师打人", {"刘和平"}), (CHINESE, "刘和平打人", {"刘和平"}),
        (CHINESE, "張偉乱收费", {"张伟"}), (CHINESE, "赵校长不管", {"赵建国"}), (CHINESE, "王某打人", {"王芳", "王强"}), (CHINESE, "希望和平解决", set()), (CHINESE, "请校长重视", set()),
        (ENGLISH, "Müller老师打人", {"Zoë Müller"}), (ENGLISH, "家长找Dobson，没人", {"Helen Dobson"}), (ENGLISH, "反映dobson打学生", {"Helen Dobson"}), (ENGLISH, "John老师打人", {"John Smith"}),
        (ENGLISH, "MsMueller", {"Zoë Müller"}), (ENGLISH, "MxMuellerdale", set()), (ENGLISH, "mrjones hit a child", {"Robert Jones", "Anne-Marie Smith-Jones"}),
        (CHINESE, "反映王**收红包", {"王芳", "王强"}), (CHINESE, "王XX打人", {"王芳", "王强"}), (CHINESE, "欧阳○○打人", {"欧阳娜"}), (CHINESE, "身高××厘米", set()), (CHINESE, "时间××", set()), (ENGLISH, "Smithson老师打人", set()), (ENGLISH, "OK老师来了", set()), (CHINESE, "Mr王打人", {"王芳", "王强"}), (CHINESE, "找Mr王", {"王芳", "王强"}),
        (CHINESE, "Wang老师打人", {"王芳", "王强"}), (CHINESE, "王Sir骂人", {"王芳", "王强"}), (CHINESE, "王老师Wang", {"王芳", "王强"}), (CHINESE, "Ms王芳", {"王芳"}), (CHINESE, "用PPT老师讲课", set()),
        *((CHINESE, text, {"王芳", "王强"}) for text in ("王总收了家长的钱", "找王总，没人", "王工 收钱", "家长说王导骂人", "王总经理收钱", "老王收钱", "家长找老王，没人")), (CHINESE, "请欧阳总回电", {"欧阳娜"}), (CHINESE, "丽丽姐不理人", {"孙丽丽"}),
        *((CHINESE, text, set()) for text in ("王总是迟到", "王工作不认真", "高校录取", "周总结没写", "李处理不当", "小王收钱", "老师收钱", "老毛病", "走老路", "国王总会赢", "王 总")),
        *((CHINESE, text, {"王强"}) for text in ("教务处主任收了家长的钱", "教务主任收钱", "教务处长打人", "教导处负责人不管")), (CHINESE, "教务处的负责人不管", {"#教务处", "王强"}), (CHINESE, "教务处长期不管", set()), (CHINESE, "负责教务处的人不管", {"#教务处"}), (CHINESE, "主任不管", set()),
        (ENGLISH, "the head of Curriculum shouted", {"#Curriculum", "Robert Jones"}), (ENGLISH, "Curriculum lead shouted", {"#Curriculum", "Robert Jones"}), (ENGLISH, "Finance leads to nothing", {"#Finance"}), (ENGLISH, "a broken office chair", set()), (ENGLISH, "Smith → Dobson → me", {"Anne-Marie Smith-Jones", "John Smith", "Helen Dobson", "Mary Smith"}),
        (CHINESE, "王芳老师\n很好", {"王芳"}), (CHINESE, "反映德育处", {"#德育处"}), (CHINESE, "学生处理不当", set()), (CHINESE, "学生处不理家长", {"#德育处"}),
    ],
)  # fmt: skip
def test_who_is_mentioned_in_a_summary(school: Directory, summary: str, named: set[str]) -> None:
    texts = ["x", summary, ""]
    mentions = school.mentioned_in(texts)
    assert set(mentions) <= {1}
    assert {f"#{p.name}" if p.is_department else p.name for meant in mentions.values() for p in meant.parties} == named


def test_other_names_that_are_only_a_surname_mean_all_who_bear_it() -> None:
    """王老师 is what one of them is called; the other bears the surname all the same."""
    directory = Directory((person("王芳", "王老师"), person("王强")), ())
    assert {party.name for party in directory.meant_by("王老师").parties} == {"王芳", "王强"}
    assert directory.person("王老师") == "王芳"
    double = Directory((person("欧阳娜", "欧阳老师"), person("欧阳明")), ())
    assert {party.name for party in double.meant_by("欧阳老师").parties} == {"欧阳娜", "欧阳明"}
    of_another = Directory((person("李娜", "欧阳"), person("欧阳明")), ())
    assert {party.name for party in of_another.meant_by("欧阳").parties} == {"李娜", "欧阳明"}


NAMES_WITHIN_NAMES = Directory(
    (
        person("Ann Lee"),
        person("Ann Lee Ng"),
        person("李明"),
        person("李明亮"),
        person("彭娥"),
        person("解文"),
        person("任明"),
    ),
    (department("Art", head="Ann Lee; Ng"), department("Safety"), department("Health & Safety")),
)


@pytest.mark.parametrize(
    ("text", "meant", "one"),
    [
        ("Ann Lee Ng", {"Ann Lee Ng"}, "Ann Lee Ng"), ("Ng, Ann Lee", {"Ann Lee Ng", "Ann Lee"}, ""), ("李明亮", {"李明亮"}, "李明亮"), ("Ann\nLee", {"Ann Lee"}, "Ann Lee"), ("Ann Lee Ng;", {"Ann Lee Ng"}, "Ann Lee Ng"),
        *((f"Ann Lee{mark}Ng", {"Ann Lee", "Ann Lee Ng"}, "") for mark in (";", "；", "、", "|", "\n", ", ", " / ", " & ", " (")),
        *((f"x; Ann Lee{mark}Ng", {"Ann Lee", "Ann Lee Ng"}, "") for mark in (";", "、", "|", "\n", ", ", "/")),
        *((f"李明{mark}亮", {"李明", "李明亮"}, "") for mark in (";", "；", "、", "|", "\n", "，", "/")),
        ("head of Art", {"Art", "Ann Lee", "Ann Lee Ng"}, ""), ("Health & Safety", {"Health & Safety"}, ""), ("PE", set(), ""), ("P.E.", {"彭娥"}, "彭娥"), ("XW", {"解文"}, "解文"), ("李明主任明", {"李明", "李明亮", "任明"}, ""),
    ],
)  # fmt: skip
def test_a_name_within_another_is_meant_where_a_separator_sets_it_apart(text: str, meant: set[str], one: str) -> None:
    assert {party.name for party in NAMES_WITHIN_NAMES.meant_by(text).parties} == meant
    assert NAMES_WITHIN_NAMES.person(text) == one


@pytest.mark.parametrize(
    ("text", "one"),
    [
        ("Mr Smith", ""), ("Smith", ""), ("mr  smith", ""), ("Mr Smith (Maths)", "John Smith"), ("John Smith", "John Smith"), ("Ms Brown", "Ida Brown"), ("Dr Grey", "Kit Grey"), ("王老师", "王芳"), ("李老师", ""), ("李老师（语文）", "李明"),
        ("孙主任", "孙立"), ("Chair", ""), ("Chair (Trust)", "Ann Ash"),
    ],
)  # fmt: skip
def test_what_fits_two_people_names_neither_unless_one_is_called_just_so(text: str, one: str) -> None:
    school = Directory(
        (
            person("John Smith", "Mr Smith (Maths)"), person("Jane Smith"), person("Ida Brown", "Ms Brown (Art)"), person("Kit Grey", "Dr Grey"), person("王芳", "王老师"), person("王强"), person("李明", "李老师（语文）"), person("李亮"),
            person("孙立", "孙主任（教务）"), person("Ann Ash", "Chair (Trust)"), person("Bo Li", "Chair of governors"),
        ),
        (),
    )  # fmt: skip
    assert school.person(text) == one


def test_a_person_and_a_department_of_one_name_are_both_meant() -> None:
    directory = Directory((person("Grace House"),), (department("Grace House"),))
    assert directory.meant_by("grace house") == Meant(frozenset((Party("Grace House"), Party("Grace House", True))))


DOUBLE = Directory((person("John Smith"), person("Mary Brown"), person("Anne-Marie Smith-Brown"), person("Ada Min"), person("Ann Lee"), person("Lee Ann Quill")), ())  # fmt: skip


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        *(
            (text, {"John Smith", "Mary Brown", "Anne-Marie Smith-Brown"})
            for text in (
                "Smith → Brown", "Smith -> Brown", "Smith · Brown", "Smith\\Brown", "• Smith • Brown", "Smith_Brown", "Smith–Brown", "Smith ⇒ Brown", "Smith ➔ Brown", "Smith = Brown", "Smith ~ Brown",
                "Smith Brown", "Mr Smith Brown", "Smith/Brown",
            )
        ),
        *((text, {"Anne-Marie Smith-Brown"}) for text in ("Smith-Brown", "Ms Smith-Brown", "A. Smith Brown", "Anne-Marie_Smith-Brown", "Anne-Marie Smith Brown")),
        *((text, set()) for text in ("AQA", "ADO", "no-one", "No-one", "nobody in particular", "none known", "没有特定对象")), ("Adaa", {"Ada Min"}), ("LAQ", {"Lee Ann Quill"}), ("ANN", {"Ann Lee", "Lee Ann Quill", "Anne-Marie Smith-Brown"}),
    ],
)  # fmt: skip
def test_whom_words_beside_each_other_mean(text: str, meant: set[str]) -> None:
    assert {party.name for party in DOUBLE.meant_by(text).parties} == meant


@pytest.mark.parametrize(
    "text", ["no-one", "nobody in particular", "None known", "no particular person", "不针对个人", "没有特定对象"]
)
def test_what_means_nobody(text: str) -> None:
    assert DOUBLE.meant_by(text) == Meant()


@pytest.mark.parametrize(
    ("name", "texts"),
    [
        ("王芳 Fiona", ("王芳", "王老师", "Fiona", "Ms Fiona")), ("Fiona Wang 王芳", ("王芳", "Fiona Wang", "Wang, Fiona", "Ms Wang", "王老师")), ("王芳（语文）", ("王芳", "王芳老师", "王老师")),
        ("王芳老师", ("王芳", "王老师")), ("欧阳老师", ("欧阳", "欧阳老师")), ("Mr John Smith (Maths)", ("John Smith", "Smith, John", "Mr Smith")), ("J. Smith", ("John Smith", "Mr Smith")),
        ("Smith, John", ("John Smith", "Mr Smith", "J. Smith")), ("Robert (Bob) Jones", ("Robert Jones", "Bob Jones", "Mr Jones")), ("Sir Ian Fox OBE", ("Ian Fox", "Mr Fox")),
        ("王老师", ("王老师", "小王")), ("Wang Fang", ("王老师", "Ms Wang", "Fang Wang")), ("张偉", ("张伟", "張偉", "张老师")), ("Grace", ("Grace", "Ms Grace")), ("Jones-Müller, Zoë", ("Zoe Mueller", "Ms Jones")),
    ],
)  # fmt: skip
def test_however_a_name_stands_in_people_others_find_it(name: str, texts: tuple[str, ...]) -> None:
    directory = Directory((person(name), person("Somebody Else")), ())
    assert [text for text in texts if directory.meant_by(text).parties != {Party(name)}] == []


OFFICE = Directory(
    (person("于洋"), person("周立"), person("高兴"), person("刘和平", "和平"), person("Ann Lee"), person("Tim Cook")),
    (
        department("Headteacher's office", "Head", head="Ann Lee"), department("Pastoral care", "Heads of year", head="Tim Cook"), department("Catering", "Kitchen"),
        department("教务处", "教导处", head="于洋"), department("纪检监察室", "纪委", head="周立"),
    ),
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("教务", {"教务处"}), ("教导", {"教务处"}), ("教务、纪委", {"教务处", "纪检监察室"}), ("纪委书记", {"周立"}), ("Headteacher’s office", {"Headteacher's office", "Ann Lee"}),
        ("head of year 7", {"Pastoral care", "Tim Cook"}), ("the kitchen", {"Catering"}), ("对于老师不满", {"于洋"}), ("the cook", set()), ("Mr Cook", {"Tim Cook"}),
    ],
)  # fmt: skip
def test_what_departments_are_called_for_short(text: str, meant: set[str]) -> None:
    assert {party.name for party in OFFICE.meant_by(text).parties} == meant


@pytest.mark.parametrize(
    ("summary", "named"),
    [
        ("属于老师的责任", set()), ("由于老师不在", set()), ("于老师不在", {"于洋"}), ("上周老师没来", set()), ("周老师上周没来", {"周立"}), ("Head lice again", set()), ("he hit his head", set()),
        ("they asked the Head", {"Headteacher's office"}), ("It hurt. Kitchen smells", set()), ("学生高兴地说", set()), ("高兴老师打人", {"高兴"}), ("希望和平解决", set()), ("和平老师打人", {"刘和平"}), ("刘和平打人", {"刘和平"}), ("smells from the Kitchen", {"Catering"}), ("Ms Lee cooks", {"Ann Lee"}), ("the cook left", set()),
    ],
)  # fmt: skip
def test_words_that_are_also_names_are_no_mention(summary: str, named: set[str]) -> None:
    assert {party.name for meant in OFFICE.mentioned_in([summary]).values() for party in meant.parties} == named


def test_a_number_that_tells_two_of_one_name_apart_is_no_name() -> None:
    directory = Directory((person("李明01"), person("李明02")), ())
    both, one = frozenset((Party("李明01"), Party("李明02"))), frozenset((Party("李明02"),))
    mentions = directory.mentioned_in(["共02人到了", "李明02迟到", "李明打人"])
    assert {i: meant.parties for i, meant in mentions.items()} == {1: one, 2: both}
    assert (directory.meant_by("李明").parties, directory.meant_by("李明02").parties) == (both, one)


def test_several_heads_and_leaders_are_all_meant() -> None:
    directory = Directory(
        (person("Ann Low"), person("Bob Hay"), person("Cy Day")),
        (department("Art", head="Ann Low; Bob Hay", leader="Mr Day"),),
    )
    assert {party.name for party in directory.meant_by("head of Art").parties} == {"Art", "Ann Low", "Bob Hay"}
    assert {party.name for party in directory.meant_by("the deputy head").parties} == {"Cy Day"}


def test_names_that_are_somebodys_need_no_library() -> None:
    """A run with nothing to do pays for none of the four."""
    script = """
import sys
from tests.support.school_of_names import CHINESE, ENGLISH
for school, names in ((ENGLISH, ("Robert Jones", "robert  jones", "Molly Brown", "Curriculum")), (CHINESE, ("王芳", "教务处", "王老师", "校长"))):
    for name in names:
        school.meant_by(name), school.person(name), school.department(name)
ENGLISH.mentioned_in(["Robert Jones is late", "nothing to see"]), CHINESE.mentioned_in(["王芳老师打人"])
print([name for name in ("nameparser", "nicknames", "opencc", "rapidfuzz") if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("[]\n", "")


def test_the_number_that_tells_namesakes_apart_is_no_name() -> None:
    school = Directory((person("李明01"), person("李明02")), ())

    assert [meant_names(school.meant_by(text)) for text in ("李明02", "李明", "02")] == [
        ["李明02"],
        ["李明01", "李明02"],
        [],
    ]
    assert {i: meant_names(meant) for i, meant in school.mentioned_in(["2026年02月的事", "李明02打人"]).items()} == {
        1: ["李明02"]
    }


def meant_names(meant: Meant) -> list[str]:
    return sorted(party.name for party in meant.parties)


LISTED_BY_TITLE = Directory(
    (person("Mr Okafor"), person("Tom Lee"), person("欧阳老师"), person("欧阳"), person("王老师"), person("李明")),
    (department("Maths", "Mathematics"),),
)


@pytest.mark.parametrize(
    ("text", "meant", "unsure", "strangers"),
    [
        ("Mr Okafor", {"Mr Okafor"}, False, ()),
        ("欧阳老师", {"欧阳老师"}, False, ()),
        *[(text, {"Mr Okafor"}, True, ()) for text in ("Okafor", "Mr Okafer", "Dr Okafor", "James Okafor")],
        *[(text, {"欧阳", "欧阳老师"}, True, ()) for text in ("欧阳", "小欧阳")],
        *[(text, {"王老师"}, True, ()) for text in ("王", "小王")],
        ("王芳", set(), False, ("王芳",)),
        ("李老师", {"李明", "Tom Lee"}, True, ()),
        ("Maths: Mr Quimby", {"Maths"}, False, ("Mr Quimby",)),
        ("parents of Mr Quimby", set(), False, ("parents of Mr Quimby",)),
        ("parents of Quimby", set(), False, ()),
    ],
)
def test_somebody_who_is_listed_by_surname_and_title(
    text: str, meant: set[str], unsure: bool, strangers: tuple[str, ...]
) -> None:
    found = LISTED_BY_TITLE.meant_by(text)
    assert ({party.name for party in found.parties}, bool(found.unsure), found.strangers) == (meant, unsure, strangers)


def test_mentions_are_found_at_their_own_place_whatever_lines_a_summary_has() -> None:
    summaries = [
        "A long\nletter\nabout\nnothing",
        "Helen Dobson shouted",
        "x",
        "the cook\nHelen Dobson shouted",
        "MRS DOBSON'S CAR",
    ]
    found = ENGLISH.mentioned_in(summaries)
    named = {at: " ".join(party.name for party in one.parties) for at, one in found.items()}
    assert named == dict.fromkeys((1, 3, 4), "Helen Dobson")


def test_who_is_called_by_title_is_found_whatever_the_summary_above_ends_with() -> None:
    found = CHINESE.mentioned_in(["we asked the principal", "Mr Wang hit my son"])
    assert {at: meant_names(one) for at, one in found.items()} == {1: ["王强", "王芳"]}


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Mary Brown", "Mary Brown"),
        (" ｍａｒｙ  brown", "Mary Brown"),
        ("Mary", ""),
        ("", ""),
        ("-", ""),
        ("Nobody Here", ""),
    ],
)
def test_a_person_is_looked_up_by_the_whole_name_only(name: str, found: str) -> None:
    person_found = person_named(name, ENGLISH.people)
    assert (person_found.name if person_found else "") == found


def test_nobody_is_looked_up_by_a_name_without_letters() -> None:
    assert person_named("-", (person("…"),)) is None
