"""Every fixed list of the workbook. Each word has a key and two labels.

Tables, JSON and code use the key, which a word is equal to (`Kind.ALLEGATION == "allegation"`); labels appear only in
cells and in text for people.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from enum import Enum
from functools import cache
from typing import Any, Literal, Protocol, Self, cast

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = ("en", "zh")


def in_language(language: Language, en: str, zh: str) -> str:
    """The one of two texts that is in this language."""
    return zh if language == "zh" else en


class Labelled:
    """Something with a label in each language."""

    en: str
    zh: str

    def label(self, language: Language) -> str:
        return in_language(language, self.en, self.zh)


class Word(Labelled, str, Enum):  # noqa: UP042  (a StrEnum member cannot carry its labels)
    """One word of a fixed list. Its value is the key; `label(language)` is what a cell shows."""

    def __new__(cls, key: str, en: str, zh: str) -> Self:
        word = str.__new__(cls, key)
        word._value_ = key
        word.en = en
        word.zh = zh
        return word

    @classmethod
    def of(cls, key: str) -> Self:
        """The word with this key. Raises KeyError if the list has none."""
        return cast(Self, cls._value2member_map_[key])

    @property
    def key(self) -> str:
        return cast(str, self.value)

    __str__ = str.__str__


Words = type[Word]
"""A fixed list: the class whose members are its words."""


class Declared(Protocol):
    """Anything with a key and two labels: a word, a column, a tab, a setting."""

    @property
    def key(self) -> str: ...
    @property
    def en(self) -> str: ...
    @property
    def zh(self) -> str: ...


def folded(text: str) -> str:
    """The form in which words are compared, without differences of width, case and spacing: `ＹＥＳ ` → `yes`."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


@cache
def lookup(words: type[Word]) -> dict[str, str]:
    """The key of each word of a list, by every accepted spelling (folded): as declared, or as people also write it."""
    return keys_of(ALSO_WRITTEN.get(words, {})) | keys_by_spelling(words)


def keys_of(spellings: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """The key of each spelling, folded, from the spellings by key."""
    return {folded(spelling): key for key, given in spellings.items() for spelling in given}


def keys_by_spelling(declared: Iterable[Declared]) -> dict[str, str]:
    """The key of each of these by every accepted spelling, folded: its key, its English and its Chinese label."""
    return {folded(spelling): one.key for one in declared for spelling in (one.key, one.zh, one.en)}


class Light(Word):
    LATE = "late", "Late", "超期"
    SOON = "soon", "Soon", "临期"
    ON_TIME = "on_time", "On time", "正常"


class Channel(Word):
    VISIT = "visit", "Visit", "来访"
    LETTER = "letter", "Letter", "来信"
    PHONE = "phone", "Phone", "电话"
    ONLINE = "online", "Online", "网络"
    SUPERIOR = "superior", "Superior", "上级交办"
    LEADER = "leader", "Leader", "领导交办"


class Kind(Word):
    """信访工作条例 (2022) art. 29-31 have the first three; we added the enquiry."""

    SUGGESTION = "suggestion", "Suggestion", "建议"
    COMPLAINT = "complaint", "Complaint", "申诉求决"
    ALLEGATION = "allegation", "Allegation", "检举控告"
    ENQUIRY = "enquiry", "Enquiry", "咨询"


class YesNo(Word):
    YES = "yes", "Yes", "是"
    NO = "no", "No", "否"


ALSO_WRITTEN: Mapping[Words, Mapping[str, tuple[str, ...]]] = {
    Kind: {
        Kind.SUGGESTION.key: ("suggestions", "建议类", "意见", "意见建议", "建议意见", "建议意见类", "意见建议类"),
        Kind.COMPLAINT.key: ("complaints", "投诉", "申诉", "求决", "申诉求决类"),
        Kind.ALLEGATION.key: (
            "allegations", "accusation", "accusations", "举报", "检举", "控告", "揭发", "检举控告类", "举报信", "检举信",
        ),
        Kind.ENQUIRY.key: ("enquiries", "inquiry", "inquiries", "question", "questions", "咨询类", "询问"),
    },
    YesNo: {
        YesNo.YES.key: ("y", "true", "1", "✓", "✔", "√", "☑", "✅", "对"),
        YesNo.NO.key: ("n", "false", "0", "☐", "□", "不", "不是"),
    },
}  # fmt: skip
"""What people also write for a word of a list, by list and key. Only what is plain: a cross may be a tick or its
contrary, and 求助 is no kind."""

SECRECY: Mapping[str, tuple[str, ...]] = {
    YesNo.YES.key: ("restricted", "confidential", "secret", "private", "保密", "机密", "秘密", "涉密", "要保密", "需保密", "保密件"),
    YesNo.NO.key: (
        "not restricted", "unrestricted", "not confidential", "not secret", "不保密", "非保密", "无需保密", "不需保密",
        "不需要保密", "不用保密", "不涉密",
    ),
}  # fmt: skip
"""What people also write in Restricted. What is not plainly No counts as Yes (docs/design.md#p5.6)."""


class RuleState(Word):
    YES = "yes", "Yes", "启用"
    NO = "no", "No", "停用"
    TRY = "try", "Try", "试用"


class Status(Word):
    INCOMPLETE = "incomplete", "Incomplete", "待完善"
    IN_REVIEW = "in_review", "In review", "复查中"
    CLOSED = "closed", "Closed", "办结"
    REPLIED = "replied", "Replied", "已答复"
    IN_HAND = "in_hand", "In hand", "办理中"
    REGISTERED = "registered", "Registered", "已登记"


class Step(Word):
    DECIDE = "decide", "Decide", "受理决定"
    NOTIFY = "notify", "Notify", "告知"
    REPLY = "reply", "Reply", "答复"
    LEGAL_LIMIT = "legal_limit", "Legal limit", "法定时限"
    FEEDBACK = "feedback", "Feedback", "反馈上级"
    REVIEW = "review", "Review", "复查"
    OBJECTION_PERIOD = "objection_period", "Objection period", "异议期"


class Decision(Word):
    ACCEPT = "accept", "Accept", "受理"
    DECLINE = "decline", "Decline", "不予受理"
    REFER = "refer", "Refer", "转送"
    EXPLAINED = "explained", "Explained", "解释说明"
    VOID = "void", "Void", "作废"


class CaseOutcome(Word):
    SUPPORTED = "supported", "Supported", "支持"
    PARTLY_SUPPORTED = "partly_supported", "Partly supported", "部分支持"
    EXPLAINED = "explained", "Explained", "解释说明"
    NOT_SUPPORTED = "not_supported", "Not supported", "不予支持"
    ADOPTED = "adopted", "Adopted", "采纳"
    WITHDRAWN = "withdrawn", "Withdrawn", "撤回"


class Satisfaction(Word):
    GOOD = "good", "Good", "满意"
    FAIR = "fair", "Fair", "基本满意"
    POOR = "poor", "Poor", "不满意"


class Identity(Word):
    STUDENT = "student", "Student", "学生"
    PARENT = "parent", "Parent", "家长"
    STAFF = "staff", "Staff", "教职工"
    OTHER = "other", "Other", "其他"


class Retention(Word):
    """DA/T 22-2015 and 8号令: permanent, thirty years, ten years."""

    PERMANENT = "permanent", "Permanent", "永久"
    YEARS_30 = "years_30", "30 years", "30年"
    YEARS_10 = "years_10", "10 years", "10年"


RETENTION_CODES = {Retention.PERMANENT: "Y", Retention.YEARS_30: "D30", Retention.YEARS_10: "D10"}
"""DA/T 22-2015: 永久 Y, 定期30年 D30, 定期10年 D10."""
RETENTION_YEARS = {Retention.YEARS_30: 30, Retention.YEARS_10: 10}
ARCHIVE_CLASSES = {Kind.SUGGESTION: "JY", Kind.COMPLAINT: "SS", Kind.ALLEGATION: "JJ", Kind.ENQUIRY: "ZX"}
"""The class (问题) in an archive number: the initials of the kind's Chinese name in pinyin."""


class Who(Word):
    OFFICE = "office", "Office", "信访办"
    HANDLER = "handler", "Handler", "经办人"
    HEAD = "head", "Head", "部门负责人"


class Start(Word):
    RECEIVED = "received", "Received", "来访日期"
    ACCEPTED = "accepted", "Accepted", "受理日期"
    REPLIED = "replied", "Replied", "答复日期"
    REVIEW = "review", "Review", "申请复查日期"


class Unit(Word):
    DAY = "day", "day", "日"
    WORKDAY = "workday", "workday", "工作日"
    SCHOOLDAY = "schoolday", "schoolday", "上课日"


class DayKind(Word):
    HOLIDAY = "holiday", "holiday", "放假"
    WORKDAY = "workday", "workday", "调休上班"
    CLOSED = "closed", "closed", "校历假期"


class Role(Word):
    OFFICE = "office", "office", "信访办"
    DUTY = "duty", "duty", "值班"
    HEAD = "head", "head", "部门负责人"
    HANDLER = "handler", "handler", "经办人"
    LEADER = "leader", "leader", "分管领导"
    PRINCIPAL = "principal", "principal", "校长"
    GROUP = "group", "group", "领导小组"
    DISCIPLINE = "discipline", "discipline", "纪检"
    ARCHIVIST = "archivist", "archivist", "档案员"
    ADMINISTRATOR = "administrator", "administrator", "管理员"
    SUPERIOR = "superior", "superior", "上级联系人"
    OUTSIDE = "outside", "outside", "校外人员"


class DigestRhythm(Word):
    NONE = "none", "none", "不发送"
    DAILY = "daily", "daily", "每日"
    WEEKLY = "weekly", "weekly", "每周"


class Sending(Word):
    TRIAL = "trial", "trial", "试运行"
    LIVE = "live", "live", "正式发送"
    PAUSED = "paused", "paused", "暂停"
    RELEASE = "release", "release", "放行一次"


class PleaseDo(Word):
    """What an administrator may request in Settings, without a terminal."""

    CHECK = "check", "check", "检查"
    PREVIEW = "preview", "preview", "预览"
    REPORT = "report", "report", "统计"
    HANDOVER = "handover", "handover", "移交清单"
    BACKUP = "backup", "backup", "备份"


class Flag(Word):
    """What `flags` may say of a case. The last three ask somebody to look."""

    OVERDUE = "overdue", "Overdue", "超期"
    EXTENDED = "extended", "Extended", "已延期"
    COLLECTIVE = "collective", "Collective", "集体访"
    REPEAT = "repeat", "Repeat", "重复件"
    RESTRICTED = "restricted", "Restricted", "保密"
    CONFLICT = "conflict", "Conflict of interest", "需回避"
    PERHAPS_REPEAT = "perhaps_repeat", "Repeat of {}?", "疑与{}重复"
    PERHAPS_MEANT = "perhaps_meant", "Who is meant: {}?", "请核实所指：{}"


class NoticeKind(Word):
    ALERT = "alert", "alert", "紧急通知"
    REMINDER = "reminder", "reminder", "到期提醒"
    ESCALATION = "escalation", "overdue", "超期督办"
    ASSIGNMENT = "assignment", "assigned", "交办通知"
    HANDED_OVER = "handed_over", "gone elsewhere", "改派告知"
    DIGEST_OFFICE = "digest_office", "digest for the office", "信访办简报"
    DIGEST_LEADER = "digest_leader", "digest", "简报"
    HANDOVER = "handover", "hand-over list", "移交清单"
    FAILURE = "failure", "failure", "故障通知"
    STORM = "storm", "too many mails", "邮件过多"
    STOP = "stop", "stopped", "停止运行"
    LEFT_OPEN = "left_open", "left open", "久未关闭"
    ANSWER = "answer", "answer", "执行结果"


NoticeStep: Words = cast(Any, Word)(
    "NoticeStep", {word.name: (word.key, word.en, word.zh) for words in (Step, PleaseDo) for word in words}
)
"""What the column Step of Notices may hold: a step of a case, or an administrator's request."""

DIGESTS = (NoticeKind.DIGEST_OFFICE, NoticeKind.DIGEST_LEADER)
PERSONAL = (*DIGESTS, NoticeKind.HANDOVER, NoticeKind.ANSWER)
"""Notices for one reader, named in the slot, about all cases that this reader may know of."""
URGENT = (NoticeKind.ALERT, NoticeKind.FAILURE, NoticeKind.STORM, NoticeKind.STOP, NoticeKind.ANSWER)
"""Notices that go out at any hour, and even while too many other mails are held back (docs/design.md#p6.4)."""


class NoticeState(Word):
    CLAIMED = "claimed", "claimed", "待发送"
    HANDING_OVER = "handing_over", "handing over", "正在交付"
    SENT = "sent", "sent", "已发送"
    WRITTEN = "written", "written", "已写入文件夹"
    RETRY = "retry", "retry", "稍后重试"
    FAILED = "failed", "failed", "失败"
    UNCERTAIN = "uncertain", "uncertain", "未能确认"
    VOID = "void", "void", "作废"
    SUPERSEDED = "superseded", "superseded", "已被取代"


TICKS = {
    folded(text) for text in ("✓", "✔", "√", "☑", "✅", "x", "×", "yes", "y", "true", "1", "on", "是", "对", "有", "真")
}
NO_TICKS = {folded(text) for text in ("☐", "□", "✗", "✘", "no", "n", "false", "0", "off", "否", "无", "假", "-")}
TICK_MARK = "✓"

ANONYMOUS = {folded(text) for text in ("Anonymous", "匿名")}
_NOBODY = """- -- — —— – － nobody no_one noone none n/a na nil not_applicable
    无 没有 没 不涉及 未涉及 无人 没有人 暂无 不适用 无具体人员 不针对任何人 无此项 否 无被反映人"""
NOBODY = {folded(text.replace("_", " ")) for text in _NOBODY.split()}
"""What people write in `about` if nobody is complained about."""
NOT_A_REPEAT = {folded(text) for text in ("none", "no", "无", "否", "非重复")}
"""What people write in `repeat_of` if they have looked and it is not a repeat."""
