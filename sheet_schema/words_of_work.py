"""What tells a post by the work it is for, in English and Chinese. Data of `automation/ledger/names/`, as `naming.py` is."""

from __future__ import annotations

from sheet_schema.words_beside import words

SHORT_WORKS = words("""
    教导 教务 总务 德育 政教 后勤 团委 校办 党办 人事 财务 行政 教研 教科 电教 体卫 安保 保卫 信访 纪检 纪委 工会 学工 招办 食堂 宿管 年级 级部 档案 图书
    副校 副书 副主 副处 副科 副院 副园 副班 副组 副 教导处 教务处 总务处 德育处 政教处
""")
"""What somebody does, right behind a surname as their title: 赵教导, 张总务, 林副校."""

WORKS_OF_POSTS: dict[frozenset[str], tuple[str, ...]] = {
    words("dsl designated_safeguarding_lead safeguarding_officer child_protection_officer"): ("safeguarding", "protection"),
    words("senco sendco sen_co sen_coordinator send_coordinator special_needs_coordinator inclusion_manager"): (
        "send", "sen", "senco", "sendco", "inclusion", "special",
    ),
    words("exams_officer examinations_officer exam_officer exams_manager"): ("exams", "examinations", "exam"),
    words("bursar sbm school_business_manager business_manager finance_officer"): ("finance", "bursary", "accounts"),
    words("attendance_officer"): ("attendance", "welfare"),
    words("site_manager premises_manager estates_manager"): ("site", "premises", "estates", "facilities"),
    words("catering_manager"): ("catering", "kitchen", "canteen"),
}  # fmt: skip
"""What the department does whose head may have a post that does not name it: the DSL may head Safeguarding."""

SHORT_SUBJECTS = {
    "sci": "science", "eng": "english", "geo": "geography", "his": "history", "phy": "physics", "che": "chemistry", "bio": "biology", "tec": "technology", "com": "computing",
    "lit": "literacy", "psy": "psychology", "soc": "sociology", "pe": "physical", "dt": "design", "mfl": "languages", "re": "religious",
}  # fmt: skip
"""`Head of Sci` is the head of Science. Of other words three letters are too few to tell."""

SAME_WORK = (words("教务 教导"), words("德育 政教 学生 学工"), words("总务 后勤"), words("膳食 伙食 餐饮 食堂"))
"""What schools call the same department: 后勤主任 may head the 总务处, where there is no 后勤处."""
ALL_SAME_WORK = frozenset().union(*SAME_WORK)

YEAR = ("year", "yr", "y")
YEAR_HEADS = ("headof", "ho")
"""`Year 9`, `Yr 9` and `Y9` are one department; its head is the `Head of Y9`, the `HoY 9`."""


_NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
FIGURES = {numeral: str(number) for number, numeral in enumerate(_NUMERALS, start=1)}
NUMERALS = {figures: numeral for numeral, figures in FIGURES.items()}
"""`7年级部` is 七年级部."""

BEHIND_A_NUMBER = "年级|级部"
"""Where a number is that of a year."""

ORDINALS = {
    "first": "1st",
    "second": "2nd",
    "third": "3rd",
    "fourth": "4th",
    "fifth": "5th",
    "sixth": "6th",
    "seventh": "7th",
    "eighth": "8th",
}
"""`6th Form` is Sixth Form."""

STAGE = "keystage"
SHORT_FOR_A_STAGE = "ks"
"""`KS2` is Key Stage 2."""
