"""The tabs in which the program keeps what it has to remember, and the pages it writes. In those tabs nobody types."""

from __future__ import annotations

from sheet_schema import vocabulary as words
from sheet_schema.model import By, Column, Place, Tab, Type
from sheet_schema.sending_words import RunMail

J = By.JOB
TEXT, LONG, DATE, MOMENT, WHOLE, CHOICE = (
    Type.TEXT,
    Type.LONG,
    Type.DATE,
    Type.MOMENT,
    Type.WHOLE,
    Type.CHOICE,
)

INDEX = Tab(
    "index",
    "Index",
    "索引",
    Place.JOB,
    hidden=True,
    columns=(
        Column(
            "case_no",
            "Case no.",
            "编号",
            TEXT,
            J,
            note_en="One row for every number ever issued.",
            note_zh="每个发出过的编号一行。",
        ),
        Column("issued_on", "Issued on", "编号日期", DATE, J),
        Column(
            "first_seen",
            "First seen",
            "首次见到",
            DATE,
            J,
            note_en="The day the line was first seen filled in.",
            note_zh="首次见到该行有内容的日期。",
        ),
        Column(
            "fingerprint",
            "Fingerprint",
            "指纹",
            TEXT,
            J,
            width=30,
            note_en="Of the cells people type, so that a torn-off number shows.",
            note_zh="人工填写内容的指纹，用于发现编号错位。",
        ),
        Column("problem_codes", "Problem codes", "问题代码", TEXT, J, width=24),
        Column("problems_since", "Problems since", "问题始于", MOMENT, J, width=18),
        Column(
            "extended_to",
            "Extended to",
            "延期至",
            DATE,
            J,
            note_en="The first extension seen.",
            note_zh="首次见到的延期。",
        ),
        Column("extension_seen", "Extension seen", "延期首见", DATE, J),
        Column(
            "due_moved_on",
            "Due date moved on",
            "期限变动日",
            DATE,
            J,
            note_en="The last day on which the due date moved though nobody had touched the row.",
            note_zh="该行未改动而期限变动的最近日期。",
        ),
        Column("closed_on", "Closed on", "办结日期", DATE, J),
        Column("filed_on", "Filed on", "归档日期", DATE, J),
        Column(
            "archive_no",
            "Archive no.",
            "档号",
            TEXT,
            J,
            width=24,
            note_en="Kept here too, so that none is ever given twice.",
            note_zh="在此留存，以免重复编号。",
        ),
    ),
)

NOTICES = Tab(
    "notices",
    "Notices",
    "通知",
    Place.JOB,
    columns=(
        Column("key", "Key", "标识", TEXT, J, width=24),
        Column("mail_id", "Mail", "邮件标识", TEXT, J, width=24),
        Column("case_no", "Case no.", "编号", TEXT, J),
        Column("kind", "Kind", "种类", TEXT, J),
        Column("step", "Step", "环节", CHOICE, J, choices=words.NoticeStep),
        Column("due_on", "Due on", "期限", DATE, J),
        Column("level", "Level", "级别", TEXT, J, width=8),
        Column("slot", "Role", "角色", TEXT, J),
        Column("holder", "Given to", "承办", TEXT, J, width=16),
        Column("to", "To", "收件人", TEXT, J, width=26),
        Column("subject", "Subject", "主题", LONG, J, width=40),
        Column("state", "State", "状态", CHOICE, J, choices=words.NoticeState),
        Column(
            "attempts",
            "Attempts",
            "次数",
            WHOLE,
            J,
            width=9,
            note_en="How often the mail was handed over, or its reader refused.",
            note_zh="邮件交付或收件人被拒的次数。",
        ),
        Column(
            "doubts",
            "In doubt",
            "存疑次数",
            WHOLE,
            J,
            width=9,
            note_en="How often a run or a connection ended while this mail was being handed over.",
            note_zh="正在交付时运行或连接中断的次数。",
        ),
        Column("run", "Run", "运行", TEXT, J, width=18),
        Column("claimed_at", "Claimed at", "登记时间", MOMENT, J, width=18),
        Column("done_at", "Done at", "完成时间", MOMENT, J, width=18),
        Column("retry_at", "Retry at", "重试时间", MOMENT, J, width=18),
        Column("error", "Error", "错误", LONG, J, width=30),
    ),
)

HISTORY = Tab(
    "history",
    "History",
    "变更",
    Place.JOB,
    columns=(
        Column("run", "Run", "运行", TEXT, J, width=18),
        Column("at", "When", "时间", MOMENT, J, width=18),
        Column("case_no", "Case no.", "编号", TEXT, J),
        Column("column", "Column", "列", TEXT, J, width=16),
        Column("before", "Before", "原值", LONG, J, width=24),
        Column("after", "After", "新值", LONG, J, width=24),
        Column("why", "Why", "原因", LONG, J, width=60),
    ),
)

RUNS = Tab(
    "runs",
    "Runs",
    "运行",
    Place.JOB,
    columns=(
        Column("run", "Run", "运行", TEXT, J, width=18),
        Column("at", "When", "时间", MOMENT, J, width=18),
        Column("command", "Command", "命令", TEXT, J),
        Column("changes", "Cells changed", "改动格数", WHOLE, J),
        Column("notices", "Notices", "通知数", WHOLE, J),
        Column("problems", "Problems", "问题数", WHOLE, J),
        Column("calls", "Calls", "调用次数", WHOLE, J),
        Column("last_seal", "Last seal", "末次封存序号", WHOLE, J, width=10),
        Column(
            "seals",
            "Digest of seals",
            "封存总码",
            TEXT,
            J,
            width=20,
            note_en="Over all seals of Filing after this run.",
            note_zh="本次运行后归档表全部封存码的摘要。",
        ),
        Column(
            "mail",
            "Mail",
            "可发邮件",
            CHOICE,
            J,
            choices=RunMail,
            note_en="Which mail this run was free to send: what was due while mail was held still goes later.",
            note_zh="本次运行可以发出哪些邮件；暂停期间到期的，以后照发。",
        ),
        Column("outcome", "Outcome", "结果", TEXT, J),
        Column("message", "Message", "说明", LONG, J, width=60),
    ),
)

REPORT = Tab("report", "Report", "统计", Place.JOB, page=True)
START_HERE = Tab("start_here", "Start here", "使用说明", Place.FRONT, colour="2F6F9F", page=True)
DASHBOARD = Tab("dashboard", "Dashboard", "看板", Place.STAFF, colour="2F6F9F", page=True)
FORM = Tab("form", "Form", "打印登记表", Place.STAFF, colour="2F6F9F", page=True)
