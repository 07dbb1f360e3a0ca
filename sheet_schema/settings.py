"""Every setting of the Settings tab: its name, its allowed values and its default."""

from __future__ import annotations

from sheet_schema.form_settings import FORM_SETTINGS
from sheet_schema.reception import RECEPTION_SETTINGS
from sheet_schema.setting import Setting, SettingType
from sheet_schema.vocabulary import PleaseDo, Role, Sending, YesNo

TEXT, WHOLE, TIME, DATE, CHOICE, SEVERAL, ZONE = SettingType
ADDRESS = r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
"""Mail addresses that every mail server accepts; any other needs extensions that few have."""

BREAKS_KNOWN_FOR = 60
"""For how many days ahead the Calendar has to know the school breaks, where time limits count in school days."""
FILE_OLD_CASES = "file_old_cases"
"""The setting in which an administrator says that old cases may be filed, by the last day on which they were first seen."""
BOOKS_AFTER_YEARS = "books_after_years"
"""The setting with how many years back a year lies whose filed cases move to a book of their own; 0: none do."""
YEAR_BOOK = "year_book"
"""The setting with the address of the Google Sheet that is to become the next year book."""
REPORT_WITHIN = "report_within_minutes"
"""The setting with how soon the authority above is told of an important or group matter; 0: nobody is asked to."""
PETITIONERS_FROM = "petitioners_from"
"""The setting with the day from which on those who bring cases get mails; blank: they get none."""
SETTINGS_LIST: tuple[Setting, ...] = (
    Setting(
        "school_name",
        "Name of the school",
        TEXT,
        meaning_english="Stands at the head of every mail and form.",
    ),
    Setting(
        "school_phone",
        "Office telephone",
        TEXT,
        meaning_english="Printed on receipts and in mails.",
    ),
    Setting(
        "time_zone",
        "Time zone",
        ZONE,
        default="Asia/Shanghai",
        meaning_english="Decides when a day begins, such as Europe/London.",
    ),
    Setting(
        "country",
        "Country of the calendar",
        TEXT,
        default="CN",
        pattern=r"[A-Z]{2}",
        meaning_english="Two letters; where public holidays come from at install.",
    ),
    Setting(
        "subdivision",
        "Part of the country",
        TEXT,
        pattern=r"[A-Z0-9-]{0,8}",
        meaning_english="For example ENG for England; blank for the whole country.",
    ),
    Setting(
        "number_prefix",
        "Case number prefix",
        TEXT,
        default="LV-",
        pattern=r"[^\W\d_][\w-]{0,11}",
        meaning_english="Stands before the running number. A change holds for lines not used yet; used numbers stay.",
    ),
    Setting(
        "blank_rows",
        "Numbered blank lines",
        WHOLE,
        default="30",
        least=1,
        most=1000,
        meaning_english="How many numbered empty lines wait at the end of the Register.",
    ),
    Setting(
        "collective_from",
        "Group visit from",
        WHOLE,
        default="5",
        least=2,
        most=1000,
        meaning_english="From how many people a visit counts as a group visit.",
    ),
    Setting(
        "alert_again_minutes",
        "Tell the headteacher after",
        WHOLE,
        default="30",
        least=5,
        most=1440,
        meaning_english="Minutes after which the headteacher is told of an important visit nobody has taken to a leader.",
    ),
    Setting(
        REPORT_WITHIN,
        "Report to authority within",
        WHOLE,
        default="0",
        most=1440,
        meaning_english="Minutes within which an important or group matter is reported to the authority above, from the first alert on. 0: not asked for.",
    ),
    Setting(
        "problem_grace",
        "Leave typing alone for",
        WHOLE,
        default="2",
        most=168,
        meaning_english="Hours before a problem in a row is mentioned in the office's morning digest.",
    ),
    Setting(
        "extensions_by",
        "Extensions approved by",
        SEVERAL,
        default=f"{Role.PRINCIPAL.key}; {Role.LEADER.key}",
        several=Role,
        meaning_english="Roles of those who may approve an extension; several with ; between. Blank: anybody in People.",
    ),
    Setting(
        "archive_after_days",
        "File after",
        WHOLE,
        default="30",
        most=3650,
        meaning_english="Days after closing when a row moves to Filing.",
    ),
    Setting(
        BOOKS_AFTER_YEARS,
        "Year books after",
        WHOLE,
        default="2",
        most=100,
        meaning_english="After how many years the cases filed in a year move to a book of their own, at least 2. It is announced two weeks before. 0: never.",
    ),
    Setting(
        YEAR_BOOK,
        "Next year book",
        TEXT,
        meaning_english="For a ledger in Google: the address of an empty Google Sheet for the next year to be closed, shared with the program.",
    ),
    Setting(
        FILE_OLD_CASES,
        "File old cases seen by",
        DATE,
        meaning_english="Cases that had been closed for a week or more when the ledger first saw them are filed only if that was by this day; blank: not at all.",
    ),
    Setting(
        "archive_pattern",
        "Archive number",
        TEXT,
        default="{fonds}-{category}·{year}-{retention}-{class}-{item}",
        places=("fonds", "category", "year", "retention", "class", "item"),
        meaning_english="After DA/T 22-2015; the words in braces are filled in.",
    ),
    Setting(
        "archive_fonds",
        "Archive fonds",
        TEXT,
        default="0001",
        meaning_english="The archive's number for this school.",
    ),
    Setting(
        "archive_category",
        "Archive category",
        TEXT,
        default="XF",
        meaning_english="The archive's letters for letters and visits.",
    ),
    Setting(
        "archive_everything",
        "Number everything filed",
        CHOICE,
        default=YesNo.NO.key,
        choices=YesNo,
        meaning_english="Yes: enquiries merely explained and void rows get archive numbers too.",
    ),
    Setting(
        "sending",
        "Sending",
        CHOICE,
        default="trial",
        choices=Sending,
        meaning_english="trial: mails are only written and shown. live: they are sent. paused: nothing is sent. release: send once what a pause held, then live.",
    ),
    Setting(
        "go_live_on",
        "Live since",
        DATE,
        meaning_english="Filled in by the job when sending becomes live; older steps are not mailed one by one.",
    ),
    *FORM_SETTINGS,
    *RECEPTION_SETTINGS,
    Setting(
        "storm_at",
        "Stop before so many mails",
        WHOLE,
        default="50",
        least=1,
        most=2000,
        meaning_english="A run that would send more sends alerts only and pauses.",
    ),
    Setting(
        "send_from",
        "Send from",
        TIME,
        default="07:00",
        meaning_english="Ordinary mail waits until this time. Alerts never wait.",
    ),
    Setting(
        "send_until",
        "Send until",
        TIME,
        default="20:00",
        meaning_english="Ordinary mail after this time waits for the next working day.",
    ),
    Setting(
        "run_minutes",
        "A run works for at most",
        WHOLE,
        default="8",
        least=1,
        most=60,
        meaning_english="Minutes after which a run sends no more mails and leaves the rest to the next. Less than the time between two runs.",
    ),
    Setting(
        "parts_before",
        "Parts due before the reply",
        WHOLE,
        default="0",
        most=60,
        meaning_english="Working days before the day of the reply on which the part of a department in Also involved is due that has no day of its own.",
    ),
    Setting(
        "open_warn_hours",
        "Ask to close the workbook after",
        WHOLE,
        default="4",
        least=1,
        most=168,
        meaning_english="Hours a workbook may stay open before one mail asks to close it.",
    ),
    Setting(
        "allowed_domains",
        "Allowed mail domains",
        TEXT,
        meaning_english="Mail goes only to these, such as school.sch.uk; several with ; between. Blank: any.",
    ),
    Setting(
        PETITIONERS_FROM,
        "Mail petitioners from",
        DATE,
        meaning_english="Whoever brings a case from this day on gets a receipt by mail, and after closing is asked how it was handled, if Contact has a mail address and the case is not confidential. Allowed mail domains does not bound these mails. Blank: nobody.",
    ),
    Setting(
        "reply_to",
        "Reply address",
        TEXT,
        pattern=f"({ADDRESS})?",
        meaning_english="Where answers to the mails go: the office's mailbox.",
    ),
    Setting(
        "mail_greeting",
        "Greeting",
        TEXT,
        default="Dear {name},",
        places=("name",),
        meaning_english="The first line of every mail; {name} is the reader, as Address as in People has it.",
    ),
    Setting(
        "mail_closing",
        "Closing lines",
        TEXT,
        default="Letters and visits office",
        places=(),
        meaning_english="The last lines of every mail.",
    ),
    Setting(
        "calendar_with_digests",
        "Calendar with digests",
        CHOICE,
        default=YesNo.NO.key,
        choices=YesNo,
        meaning_english="yes: each digest brings its reader's calendar along, as a file to open.",
    ),
    Setting(
        "preset",
        "Preset",
        TEXT,
        meaning_english="What the tabs were first filled with. Only a note.",
    ),
    Setting(
        "moved_to",
        "Moved to",
        TEXT,
        meaning_english="Filled in when the ledger was moved: jobs stop here.",
    ),
    Setting(
        "clock_checked_on",
        "Clock checked on",
        DATE,
        meaning_english="Only if a mail says that the clock cannot be right and it is: type today's date. The next run goes on, and empties this cell.",
    ),
    Setting(
        "stop_accepted",
        "Stop accepted",
        TEXT,
        meaning_english="Only if a mail says that a run stopped and everything is as you meant it: type the code from that mail. The next run goes on, and empties this cell.",
    ),
    Setting(
        "please_do",
        "Please do",
        CHOICE,
        choices=PleaseDo,
        meaning_english="Choose one: the next run does it once, mails the administrators what came of it, and empties this cell.",
    ),
)

CLOCK_CHECKED_ON = "clock_checked_on"
"""The setting in which an administrator confirms that the clock of the computer is right."""
STOP_ACCEPTED = "stop_accepted"
"""The setting in which an administrator says, by the code in its mail, that what stopped a run was meant."""
PLEASE_DO = "please_do"
"""The setting in which an administrator requests something to be done once."""
SETTING = {setting.key: setting for setting in SETTINGS_LIST}
