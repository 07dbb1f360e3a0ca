"""A school with staff whose names are easily mistaken, in English and in Chinese, to try ways of naming people."""

from __future__ import annotations

from automation.ledger.directory import Directory
from automation.ledger.people import Department, Person
from sheet_schema.vocabulary import Role


def person(name: str, also_called: str = "", email: str = "", *roles: Role, phone: str = "") -> Person:
    others = tuple(one.strip() for one in also_called.split(";") if one.strip())
    return Person(
        name=name, also_called=others, email=email, phone=phone, roles=tuple(role.key for role in roles), digest="", absent_from=None,
        absent_until=None, stand_in="", row=0,
    )  # fmt: skip


def department(name: str, also_called: str = "", email: str = "", head: str = "", leader: str = "") -> Department:
    others = tuple(one.strip() for one in also_called.split(";") if one.strip())
    return Department(name=name, also_called=others, email=email, head=head, leader=leader, row=0)


ENGLISH = Directory(
    (
        person("Helen Dobson", "", "head@school.example", Role.PRINCIPAL),
        person("Robert Jones", "", "robert.jones@school.example", Role.LEADER),
        person("John Smith", "", "john.smith@school.example", Role.HANDLER, phone="07700 900123"),
        person("Mary Smith", "", "mary.smith@school.example", Role.HANDLER),
        person("Mary Brown", "Molly Brown", "mary.brown@school.example", Role.HEAD),
        person("Zoë Müller", "", "zoe@school.example", Role.HANDLER),
        person("Sean O'Brien", "", "sean@school.example", Role.DUTY),
        person("Anne-Marie Smith-Jones", "", "ams@school.example", Role.HANDLER),
        person("Anna van der Berg", "", "anna@school.example", Role.DISCIPLINE),
        person("Katherine Lloyd", "", "kate@school.example", Role.OFFICE),
        person("Grace Will", "Chair of governors", "grace@school.example", Role.HANDLER),
        person("Mark Head", "", "mark@school.example", Role.HANDLER),
        person("Dr Priya Patel", "", "priya@school.example", Role.ARCHIVIST),
        person("Wang Fang", "", "fang@school.example", Role.HANDLER),
    ),
    (
        department("Curriculum", "Deputy head (academic)", "curriculum@school.example", "Robert Jones"),
        department("Pastoral care", "Heads of year", "pastoral@school.example", "Mary Brown"),
        department("Health and Safety", "H&S", "safety@school.example", "John Smith"),
        department("Catering", "Kitchen", "kitchen@school.example", "Zoë Müller"),
        department("School office", "Office; Reception", "office@school.example", "Katherine Lloyd"),
        department("Finance", "Bursar", "finance@school.example", "Sean O'Brien"),
        department("Maths department", "", "", "Anna van der Berg"),
    ),
)

CHINESE = Directory(
    (
        person("赵建国", "", "zhao@school.example", Role.PRINCIPAL),
        person("周立", "", "zhouli@school.example", Role.LEADER),
        person("王芳", "", "wangfang@school.example", Role.HANDLER),
        person("王强", "", "wangqiang@school.example", Role.HEAD),
        person("李明", "", "liming@school.example", Role.HANDLER, phone="138 0000 0009"),
        person("张伟", "", "zhangwei@school.example", Role.HEAD),
        person("欧阳娜", "", "ouyang@school.example", Role.HANDLER),
        person("阿依古丽·买买提", "", "guli@school.example", Role.HANDLER),
        person("刘和平", "刘主席", "heping@school.example", Role.HANDLER),
        person("陈文明", "", "wenming@school.example", Role.DUTY),
        person("孙丽丽", "丽姐", "lili@school.example", Role.OFFICE),
        person("高洁", "高书记", "gaojie@school.example", Role.DISCIPLINE),
        person("司马光", "", "sima@school.example", Role.HEAD),
        person("和秀英", "", "he@school.example", Role.HANDLER),
        person("吕晓燕", "", "lv@school.example", Role.HANDLER),
    ),
    (
        department("教务处", "教导处", "jiaowu@school.example", "王强"),
        department("德育处", "政教处；学生处".replace("；", ";"), "deyu@school.example", "张伟"),
        department("总务处", "后勤处", "zongwu@school.example", "司马光"),
        department("学校办公室", "校办;办公室", "xiaoban@school.example", "孙丽丽"),
        department("年级组", "级部", "nianji@school.example", "吕晓燕"),
        department("食堂", "", "", "李明"),
    ),
)

# Names that stand in People and Departments in odd ways
ODD_ENGLISH = Directory(
    (
        person("J. Smyth", "", "j.smyth@school.example"),
        person("R. J. Fox", "", "", Role.PRINCIPAL),
        person("Ian Fox"),
        person("Lee Ann Ng", "Annie"),
        person("Mr Okafor", "", "okafor@school.example", Role.GROUP),
        person("Maria de la Cruz", "", "anna@school.example"),
        person("Ali bin Omar"),
        person("Joan Ash", "the Boss"),
        person("Ann Ash", "the Boss"),
        person("Li Wei"),
        person("Robert (Bob) Hale", "", "", Role.LEADER),
        person("James St John"),
        person("Lily May", "Cook"),
        person("Grace House"),
        person("Tom Lee", "Smiths"),
        person("Jane Jane"),
        person("Alexander Featherstone"),
        person("章华 Harold"),
        person("Smith, Joan Mary"),
    ),
    (
        department("Art", "", "art@school.example", head="Joan Ash; Mr Okafor", leader="Li Wei"),
        department("SENCO", "", "", head="Ann Ash"),
        department("Heads of house", "", "", head="R. J. Fox"),
        department("Design & Technology", "DT", "", head="Hale"),
        department("Grace House", "", "", head="Grace House"),
        department("Headteacher's office", "Head", "", head="Nobody"),
        department("Deputy manager", "Science faculty", "", head="Lily May"),
        department("Kitchen Team", "The Kitchen"),
    ),
)

ODD_CHINESE = Directory(
    (
        person("欧阳老师"),
        person("欧阳"),
        person("王老师"),
        person("李明01"),
        person("李明02"),
        person("于洋"),
        person("周立"),
        person("Fiona 马", "马芳芳"),
        person("章华", "华子"),
        person("何平", "", "", Role.PRINCIPAL),
        person("和平", "", "", Role.LEADER),
        person("Zhang Wei"),
        person("Tom Lee"),
        person("吐尔逊·买买提", "", "", Role.GROUP),
        person("高兴"),
        person("诸葛亮明"),
        person("单于飞"),
        person("王"),
    ),
    (
        department("教务处", "教导处", "", head="于洋"),
        department("纪检监察室", "纪委", "", head="周立", leader="何平"),
        department("财务主管", "", "", head="章华"),
        department("学生处", "", "", head="王老师; 李明02"),
        department("高兴办公室"),
        department("班级组"),
        department("Maths", "数学组", "", head="Tom Lee"),
    ),
)

FEW = Directory(
    (
        person("Tom James", "", "tom@school.example", Role.PRINCIPAL),
        person("James Brown"),
        person("Nil Patel"),
        person("Mr Okafor"),
        person("Ada Okafor"),
        person("马丽"),
        person("王老师"),
        person("王强"),
        person("大卫"),
        person("…"),
        person("丽丽"),
        person("刘丽丽"),
    ),
    (
        department("Art", head="tom@school.example"),
        department("财务处", head="王老师"),
        department("安全办", head="马丽"),
    ),
)
