"""Every setting of the Settings tab: its name, its allowed values and its default."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from enum import Enum

from sheet_schema.vocabulary import Labelled, Language, PleaseDo, Sending, Words, in_language


class SettingType(Enum):
    TEXT = "text"
    WHOLE = "whole number"
    TIME = "time of day"
    DATE = "date"
    CHOICE = "choice"
    ZONE = "time zone"


@dataclass(frozen=True)
class Setting(Labelled):
    """One row of Settings. `default` is written as a person would type it, a choice's as its key.

    `least` and `most` bound a whole number; a text must match `pattern`, if there is one, as a whole.
    """

    key: str
    en: str
    zh: str
    type: SettingType
    _: KW_ONLY
    meaning_en: str
    meaning_zh: str
    default: str = ""
    choices: Words | None = None
    least: int = 0
    most: int = 100_000
    pattern: str = ""

    def meaning(self, language: Language) -> str:
        return in_language(language, self.meaning_en, self.meaning_zh)


TEXT, WHOLE, TIME, DATE, CHOICE, ZONE = SettingType
ADDRESS = r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
"""Mail addresses that every mail server accepts; any other needs extensions that few have."""

SETTINGS_LIST: tuple[Setting, ...] = (
    Setting(
        "school_name",
        "Name of the school",
        "学校名称",
        TEXT,
        meaning_en="Stands at the head of every mail and form.",
        meaning_zh="显示在每封邮件和表单的抬头。",
    ),
    Setting(
        "school_phone",
        "Office telephone",
        "信访电话",
        TEXT,
        meaning_en="Printed on receipts and in mails.",
        meaning_zh="印在回执和邮件上。",
    ),
    Setting(
        "time_zone",
        "Time zone",
        "时区",
        ZONE,
        default="Asia/Shanghai",
        meaning_en="Decides when a day begins, such as Europe/London.",
        meaning_zh="决定一天从何时开始，如 Asia/Shanghai。",
    ),
    Setting(
        "country",
        "Country of the calendar",
        "日历国家",
        TEXT,
        default="CN",
        pattern=r"[A-Z]{2}",
        meaning_en="Two letters; where public holidays come from at install.",
        meaning_zh="两个字母；安装时据此填入法定节假日。",
    ),
    Setting(
        "subdivision",
        "Part of the country",
        "日历地区",
        TEXT,
        pattern=r"[A-Z0-9-]{0,8}",
        meaning_en="For example ENG for England; blank for the whole country.",
        meaning_zh="如英格兰为 ENG；全国统一的不填。",
    ),
    Setting(
        "number_prefix",
        "Case number prefix",
        "编号前缀",
        TEXT,
        default="LV-",
        pattern=r"[^\W\d_][\w-]{0,11}",
        meaning_en="Stands before the running number. Do not change it once numbers are in use.",
        meaning_zh="流水号前的字样。启用后请勿更改。",
    ),
    Setting(
        "blank_rows",
        "Numbered blank lines",
        "预留空行",
        WHOLE,
        default="30",
        least=1,
        most=1000,
        meaning_en="How many numbered empty lines wait at the end of the Register.",
        meaning_zh="登记表末尾预留多少个已编号的空行。",
    ),
    Setting(
        "collective_from",
        "Collective visit from",
        "集体访人数",
        WHOLE,
        default="5",
        least=2,
        most=1000,
        meaning_en="From how many people a visit counts as collective.",
        meaning_zh="达到多少人算集体访。",
    ),
    Setting(
        "alert_again_minutes",
        "Tell the principal after",
        "未报告再提醒",
        WHOLE,
        default="30",
        least=5,
        most=1440,
        meaning_en="Minutes after which the principal is told of an important visit nobody has taken to a leader.",
        meaning_zh="重要来访多少分钟内无人报告领导，即通知校长。",
    ),
    Setting(
        "problem_grace",
        "Leave typing alone for",
        "校验宽限",
        WHOLE,
        default="2",
        most=168,
        meaning_en="Hours before a problem in a row is mentioned in the office's morning digest.",
        meaning_zh="问题出现多少小时后才列入信访办早间简报。",
    ),
    Setting(
        "archive_after_days",
        "File after",
        "办结后归档",
        WHOLE,
        default="30",
        most=3650,
        meaning_en="Days after closing when a row moves to Filing.",
        meaning_zh="办结多少天后移入归档表。",
    ),
    Setting(
        "archive_pattern",
        "Archive number",
        "档号格式",
        TEXT,
        default="{fonds}-{category}·{year}-{retention}-{class}-{item}",
        meaning_en="After DA/T 22-2015; the words in braces are filled in.",
        meaning_zh="参照 DA/T 22-2015，花括号内由系统填入。",
    ),
    Setting(
        "archive_fonds",
        "Archive fonds",
        "全宗号",
        TEXT,
        default="0001",
        meaning_en="The archive's number for this school.",
        meaning_zh="本校的全宗号。",
    ),
    Setting(
        "archive_category",
        "Archive category",
        "门类代码",
        TEXT,
        default="XF",
        meaning_en="The archive's letters for letters and visits.",
        meaning_zh="信访类的门类代码。",
    ),
    Setting(
        "archive_everything",
        "Number everything filed",
        "全部编档号",
        TEXT,
        default="no",
        pattern=r"(?i)yes|no|是|否",
        meaning_en="yes: enquiries merely explained and void rows get archive numbers too.",
        meaning_zh="填 yes：仅作解释的咨询和作废件也编档号。",
    ),
    Setting(
        "sending",
        "Sending",
        "发送方式",
        CHOICE,
        default="trial",
        choices=Sending,
        meaning_en="trial: mails are only written and shown. live: they are sent. paused: nothing is sent. release: send once what a pause held, then live.",
        meaning_zh="试运行：只生成邮件不发出；正式发送；暂停：全部停发；放行一次：发出积压邮件后转为正式发送。",
    ),
    Setting(
        "go_live_on",
        "Live since",
        "正式启用日期",
        DATE,
        meaning_en="Filled in by the job when sending becomes live; older steps are not mailed one by one.",
        meaning_zh="转为正式发送时由系统填写；更早的环节不再逐件发信。",
    ),
    Setting(
        "storm_at",
        "Stop before so many mails",
        "邮件上限",
        WHOLE,
        default="50",
        least=1,
        most=2000,
        meaning_en="A run that would send more sends alerts only and pauses.",
        meaning_zh="一次运行超过此数时只发紧急通知并暂停。",
    ),
    Setting(
        "send_from",
        "Send from",
        "发信开始",
        TIME,
        default="07:00",
        meaning_en="Ordinary mail waits until this time. Alerts never wait.",
        meaning_zh="普通邮件不早于此时发出；紧急通知不受限制。",
    ),
    Setting(
        "send_until",
        "Send until",
        "发信结束",
        TIME,
        default="20:00",
        meaning_en="Ordinary mail after this time waits for the next working day.",
        meaning_zh="普通邮件晚于此时的留到下一个工作日。",
    ),
    Setting(
        "run_minutes",
        "A run works for at most",
        "单次运行时限",
        WHOLE,
        default="8",
        least=1,
        most=60,
        meaning_en="Minutes after which a run sends no more mails and leaves the rest to the next. Less than the time between two runs.",
        meaning_zh="运行满多少分钟后不再发信，其余留待下次；应短于两次运行的间隔。",
    ),
    Setting(
        "open_warn_hours",
        "Ask to close the workbook after",
        "久开提醒",
        WHOLE,
        default="4",
        least=1,
        most=168,
        meaning_en="Hours a workbook may stay open before one mail asks to close it.",
        meaning_zh="工作簿打开多少小时后发信请人关闭。",
    ),
    Setting(
        "allowed_domains",
        "Allowed mail domains",
        "允许的邮箱域名",
        TEXT,
        meaning_en="Mail goes only to these, such as school.edu.cn; several with ; between. Blank: any.",
        meaning_zh="只向这些域名发信，如 school.edu.cn；多个用“；”隔开。空白不限。",
    ),
    Setting(
        "reply_to",
        "Reply address",
        "回信地址",
        TEXT,
        pattern=f"({ADDRESS})?",
        meaning_en="Where answers to the mails go: the office's mailbox.",
        meaning_zh="邮件的回复地址，即信访办邮箱。",
    ),
    Setting(
        "mail_greeting",
        "Greeting",
        "称呼",
        TEXT,
        default="Dear {name},",
        meaning_en="The first line of every mail; {name} is the reader.",
        meaning_zh="每封邮件的第一行；{name} 为收件人。",
    ),
    Setting(
        "mail_closing",
        "Closing lines",
        "落款",
        TEXT,
        default="Letters and visits office",
        meaning_en="The last lines of every mail.",
        meaning_zh="每封邮件的结尾。",
    ),
    Setting(
        "preset",
        "Preset",
        "预设",
        TEXT,
        meaning_en="What the tabs were first filled with. Only a note.",
        meaning_zh="安装时所用的预设，仅作记录。",
    ),
    Setting(
        "moved_to",
        "Moved to",
        "已迁往",
        TEXT,
        meaning_en="Filled in when the ledger was moved: jobs stop here.",
        meaning_zh="账本迁出后由系统填写，任务在此停止。",
    ),
    Setting(
        "clock_checked_on",
        "Clock checked on",
        "时钟核对日期",
        DATE,
        meaning_en="Only if a mail says that the clock cannot be right and it is: type today's date. The next run goes on, and empties this cell.",
        meaning_zh="仅当邮件提示时钟可疑而时钟无误时填写今天的日期；下次运行即恢复，并清空本格。",
    ),
    Setting(
        "please_do",
        "Please do",
        "请执行",
        CHOICE,
        choices=PleaseDo,
        meaning_en="Choose one: the next run does it once, mails the administrators what came of it, and empties this cell.",
        meaning_zh="选择一项：下次运行时执行一次，结果发给管理员，随后清空本格。",
    ),
)

CLOCK_CHECKED_ON = "clock_checked_on"
"""The setting in which an administrator confirms that the clock of the computer is right."""
PLEASE_DO = "please_do"
"""The setting in which an administrator requests something to be done once."""
SETTING = {setting.key: setting for setting in SETTINGS_LIST}
