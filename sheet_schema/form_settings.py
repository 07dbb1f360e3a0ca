"""The settings about online forms and what visitors see."""

from __future__ import annotations

from sheet_schema.setting import Setting, SettingType

INTAKE_TAB, INTAKE_HEADINGS, INTAKE_AT_ONCE = "intake_tab", "intake_headings", "intake_at_once"
"""The settings with the tab that an online form fills, what its headings mean, and how many new rows are too many."""
WEB_ADDRESS = r"https?://[^\s<>\"]{1,500}"
FORM_SETTINGS = (
    Setting(
        INTAKE_TAB,
        "Intake tab",
        SettingType.TEXT,
        meaning_english="Name of a tab of this workbook that an online form fills: each of its rows is taken over into the Register, once. Blank: none.",
    ),
    Setting(
        INTAKE_HEADINGS,
        "Headings of the intake tab",
        SettingType.TEXT,
        meaning_english="Only if `intake` shows that a heading is taken for the wrong thing: heading = column, with ; between. A heading = - is not read.",
    ),
    Setting(
        INTAKE_AT_ONCE,
        "Most new rows at once",
        SettingType.WHOLE,
        default="50",
        least=1,
        most=20_000,
        meaning_english="If more rows of a form are new at once, none is taken over until somebody has looked.",
    ),
    Setting(
        "form_address",
        "Form address",
        SettingType.TEXT,
        pattern=WEB_ADDRESS,
        meaning_english="Where visitors find the online form; printed with a QR code by `form --poster`.",
    ),
    Setting(
        "status_address",
        "Address of the status pages",
        SettingType.TEXT,
        pattern=WEB_ADDRESS,
        meaning_english="Where the folder that `publish` writes can be seen; each receipt then has a QR code for its case.",
    ),
)
