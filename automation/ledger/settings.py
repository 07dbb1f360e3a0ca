"""Reads the Settings tab. A value that cannot be used is reported beside it, and the default counts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np

from automation.ledger import problems as messages
from automation.ledger.addresses import mail_domains
from automation.ledger.history import with_lines
from automation.ledger.model import Ledger, Problem
from automation.ledger.policy import Settings
from automation.ledger.setting_places import in_our_spelling, not_filled_in, place_problem
from automation.ledger.table import Table
from automation.ledger.typed.cell import as_text
from automation.ledger.typed.written_days import date_from_text
from automation.ledger.workbook import Cell
from automation.text.catalogue import Message, msg
from sheet_schema import (
    SETTING,
    SETTINGS_LIST,
    TAB,
    Language,
    Setting,
    SettingType,
    folded,
    keys_by_spelling,
    lookup,
    word_form,
)
from sheet_schema.settings import CLOCK_CHECKED_ON, PLEASE_DO, STOP_ACCEPTED

_BY_NAME = keys_by_spelling(SETTINGS_LIST)
_TIME = re.compile(r"([01]?\d|2[0-3])[:：.]([0-5]\d)(?:[:：][0-5]\d)?")


MAY_BE_BLANK = (SettingType.TEXT, SettingType.SEVERAL)
"""The types for which an empty cell says something of its own, and not the default."""


def setting_key(name: str) -> str:
    """The key of a setting by its name in either language, or by its key; `""` if there is none."""
    return _BY_NAME.get(folded(name), "")


def setting_called(name: str) -> Setting | None:
    """The setting with this name in either language, or this key; None if there is none."""
    return SETTING.get(setting_key(name))


def read_settings(table: Table) -> tuple[Settings, list[Problem]]:
    """Read every setting, blank ones by default, and report each row that cannot be used."""
    values = {setting.key: setting.default for setting in SETTINGS_LIST}
    rows: dict[str, int] = {}
    problems: list[Problem] = []

    def report(code: str, row: int, cell: str, **details: object) -> None:
        problems.append(Problem("settings", row, cell, code, messages.problem(code, **details)))

    for position, row in enumerate(table.rows.tolist()):
        name = str(table["name"][position])
        if not name:
            continue
        key = setting_key(name)
        if not key:
            report("unknown_setting", row, "name", value=name)
            continue
        if key in rows:
            report("twice", row, "name", column=table.tab["name"], value=name)
            continue
        rows[key] = row
        typed = typed_value(table.read["value"][position])
        usable = usable_value(SETTING[key], typed)
        if usable is not None and (wrong := not_filled_in(SETTING[key], usable)):
            problems.append(place_problem(SETTING[key], wrong, row))
        elif usable is None:
            code, details = _why_unusable(SETTING[key])
            report(code, row, "value", column=SETTING[key], value=typed, **details)
        elif typed or SETTING[key].type in MAY_BE_BLANK:
            values[key] = usable
        if key == "allowed_domains" and (none := mail_domains(typed)[1]):
            report("not_a_domain", row, "value", column=SETTING[key], value="; ".join(none))
    return Settings(values, rows), problems


def _why_unusable(setting: Setting) -> tuple[str, dict[str, object]]:
    """The problem for a value that cannot be used: it names the default, or without one the choices."""
    if setting.several is not None:
        return "bad_setting", {"default": [setting.several.of(key.strip()) for key in setting.default.split(";")]}
    if setting.choices is None:
        return "bad_setting", {"default": setting.default}
    if setting.default:
        return "bad_setting", {"default": setting.choices.of(setting.default)}
    return "not_on_list", {"choices": list(setting.choices)}


def typed_value(cell: Cell) -> str:
    """A setting's cell as a person would type it: the number 12.0 is 12, and a part of a day its time."""
    if isinstance(cell, time):
        return cell.isoformat("minutes")
    if isinstance(cell, float) and 0 < cell < 1 and not cell.is_integer():
        minutes = round(cell * 1440)  # a spreadsheet may keep 07:00 as a fraction of a day
        return f"{minutes // 60:02d}:{minutes % 60:02d}"
    return as_text(cell).strip()


def usable_value(setting: Setting, typed: str) -> str | None:
    """What was typed, in the form that the setting's type reads; None if it cannot be used. Blank is the default."""
    if typed == "" and setting.type not in MAY_BE_BLANK:
        return setting.default
    return _READERS[setting.type](setting, typed)


def _text(setting: Setting, typed: str) -> str | None:
    if setting.pattern and typed and not re.fullmatch(setting.pattern, typed):
        return None
    return in_our_spelling(setting, typed) if typed or not setting.pattern else setting.default


def _whole(setting: Setting, typed: str) -> str | None:
    digits = folded(typed)
    if not re.fullmatch(r"\d{1,9}", digits) or not setting.least <= int(digits) <= setting.most:
        return None
    return str(int(digits))


def _time(_: Setting, typed: str) -> str | None:
    match = _TIME.fullmatch(folded(typed))
    return f"{int(match[1]):02d}:{match[2]}" if match else None


def _date(_: Setting, typed: str) -> str | None:
    day = date_from_text(typed)
    return day.isoformat() if isinstance(day, date) else None


def _choice(setting: Setting, typed: str) -> str | None:
    return lookup(setting.choices).get(word_form(typed)) if setting.choices else None


def _several(setting: Setting, typed: str) -> str | None:
    known = lookup(setting.several) if setting.several else {}
    keys = [known.get(word_form(part)) for part in re.split(r"[;；,，、|\n]", typed) if part.strip()]
    return "; ".join(key for key in keys if key) if all(keys) else None


def _zone(_: Setting, typed: str) -> str | None:
    try:
        ZoneInfo(typed)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
    return typed


_READERS = {
    SettingType.TEXT: _text,
    SettingType.WHOLE: _whole,
    SettingType.TIME: _time,
    SettingType.DATE: _date,
    SettingType.CHOICE: _choice,
    SettingType.SEVERAL: _several,
    SettingType.ZONE: _zone,
}


SWITCHES = frozenset({"sending", "go_live_on", CLOCK_CHECKED_ON, PLEASE_DO, STOP_ACCEPTED})
"""The settings that a run itself may change."""
_WHY: Mapping[str, Message] = {
    "paused": msg("more mails than the limit"),
    "live": msg("released once, now live"),
    "go_live_on": msg("sending became live"),
    CLOCK_CHECKED_ON: msg("the clock was confirmed; the run went on"),
    STOP_ACCEPTED: msg("the code of a stop was typed; it counts once"),
    PLEASE_DO: msg("done once; the administrators are told"),
}


def switched(ledger: Ledger, switches: Mapping[str, str], run: str, now: datetime) -> Ledger:
    """Change these settings (value by key, a choice's as its key), with a line in History for each."""
    for key, value in switches.items():
        ledger = _history(_set(ledger, key, value), key, value, run, now)
    return ledger


def _set(ledger: Ledger, key: str, value: str) -> Ledger:
    table, shown = ledger.tables["settings"], _shown(SETTING[key], value, ledger.language)
    row = ledger.policy.settings.rows.get(key)
    if row is None:
        name, meaning = SETTING[key].label(ledger.language), SETTING[key].meaning(ledger.language)
        line: dict[str, list[str]] = {"name": [name], "value": [shown], "meaning": [meaning]}
        return ledger.having(settings=table.extended([table.last_row + 1], **line))
    values = table["value"].copy()
    values[np.flatnonzero(table.rows == row)] = shown
    return ledger.having(settings=table.having(value=values))


def _history(ledger: Ledger, key: str, value: str, run: str, now: datetime) -> Ledger:
    language = ledger.language
    label = f"{TAB['settings'].label(language)}: {SETTING[key].label(language)}"
    cells = {
        "column": [label],
        "before": [_shown(SETTING[key], ledger.policy.settings[key], language)],
        "after": [_shown(SETTING[key], value, language)],
        "why": [_WHY[value if value in _WHY else key].say(language)],
    }
    return with_lines(ledger, run, now, cells)


def _shown(setting: Setting, value: str, language: Language) -> str:
    return setting.choices.of(value).label(language) if setting.choices is not None and value else value
