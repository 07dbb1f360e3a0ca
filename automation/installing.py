"""install: a new ledger from a preset, or what an old one lacks. "It adds what is missing and touches nothing that
people changed" (design, section 3), so it can be repeated at any time.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from automation.errors import LedgerError
from automation.official_days import official_days, years_without_official_days
from automation.parsing import language_of
from automation.run import JOBS, Request, run
from automation.workbooks.excel import ExcelWorkbook
from automation.workbooks.layout import completed, new_workbook
from sheet_schema import SETTING, TAB, Column, Language, Type, folded
from sheet_schema.preset_files import SECTIONS, Preset, load
from sheet_schema.vocabulary import DayKind

Rows = dict[str, list[dict[str, object]]]

_SAID: dict[Language, dict[str, str]] = {
    "en": {
        "made": "Made {name} with the preset {preset}.",
        "kept": "{name} lacks nothing.",
        "other": "{name} is in Chinese and stays so; `copy --language en` makes an English one.",
        "years": "There are no official make-up workdays for {years} yet: fill in the Calendar when they are published.",
        "next": "Next: fill in Departments and People. The Start here tab says what is still missing.",
    },
    "zh": {
        "made": "已按预设 {preset} 新建 {name}。",
        "kept": "{name} 不缺内容。",
        "other": "{name} 是英文账本，保持不变；如需中文账本请用 `copy --language zh`。",
        "years": "{years} 年的调休安排尚未公布：公布后请填入“日历”表。",
        "next": "下一步：填写“部门”和“人员”表。“使用说明”表会列出还缺什么。",
    },
}


def install_into(path: Path, language: Language, preset: str, now: datetime, clock: datetime) -> list[str]:
    """Make or complete the ledger at `path`; what was done, in words. Raises LedgerError when it cannot be."""
    chosen = load(preset)
    workbook = ExcelWorkbook(path, clock)
    if not path.exists():
        made = _make(workbook, chosen, language, now)
    else:
        made = _complete(workbook, chosen, language, now)
    # The pad: "the number stands there before they type".
    run(workbook, Request(JOBS["validate"], now, clock))
    return made


def _make(workbook: ExcelWorkbook, preset: Preset, language: Language, now: datetime) -> list[str]:
    rows = preset_rows(preset, language)
    days, warning = calendar_rows(preset, language, now)
    rows["calendar"] = days
    workbook.create(new_workbook(language, rows))
    texts = _SAID[language]
    return [texts["made"].format(name=workbook.name, preset=preset.name), *warning, texts["next"]]


def _complete(workbook: ExcelWorkbook, preset: Preset, wanted: Language, now: datetime) -> list[str]:
    with workbook.lock():
        snapshot = workbook.read()
        language = language_of({folded(title) for title in snapshot.grids})
        rows = preset_rows(preset, language)
        rows["calendar"], warning = calendar_rows(preset, language, now)
        data, done = completed(workbook.data(), language, rows)
        if done:
            workbook.replace(data, snapshot.version)
    texts = _SAID[wanted]
    other = [texts["other"].format(name=workbook.name)] if language != wanted else []
    return [*other, *(done or [texts["kept"].format(name=workbook.name)]), *warning]


def preset_rows(preset: Preset, language: Language) -> Rows:
    """A preset's rows by tab, as they stand in the sheet: choices by their labels, no columns the tab has not."""
    return {
        section: [in_labels(section, row, language) for row in preset.rows(section, language)]
        for section in SECTIONS
    }


def in_labels(tab: str, row: Mapping[str, object], language: Language) -> dict[str, object]:
    """One row with every choice as its label in that language."""
    if tab == "settings":
        return _setting_row(row, language)
    columns = {column.key: column for column in TAB[tab]}
    return {key: _labelled(columns[key], value, language) for key, value in row.items() if key in columns}


def _labelled(column: Column, value: object, language: Language) -> object:
    if column.choices is None or not isinstance(value, str) or not value:
        return value
    labels = {word.key: word.label(language) for word in column.choices}
    if column.type is Type.CHOICES:
        return re.sub(r"[^;|]+", lambda found: labels.get(found[0].strip(), found[0]), value)
    return labels.get(value, value)


def _setting_row(row: Mapping[str, object], language: Language) -> dict[str, object]:
    setting = SETTING[str(row["name"])]
    value = row.get("value", "")
    if setting.choices is not None and value:
        value = setting.choices.of(str(value)).label(language)
    return {"name": setting.label(language), "value": value, "meaning": setting.meaning(language)}


def calendar_rows(
    preset: Preset, language: Language, now: datetime
) -> tuple[list[dict[str, object]], list[str]]:
    """The public holidays of this year and the next as Calendar rows; and a warning for a year not official yet."""
    settings = {str(row["name"]): str(row.get("value", "")) for row in preset.rows("settings", language)}
    country, part = settings.get("country", "CN"), settings.get("subdivision", "") or None
    year = now.year
    years = [year, year + 1]
    rows: list[dict[str, object]] = [
        {
            "date": days.start,
            "until": days.until or "",
            "kind": DayKind.of(days.kind).label(language),
            "name": days.name,
        }
        for days in official_days(country, years, part, language)
    ]
    missing = years_without_official_days(country, years, part)
    warning = _SAID[language]["years"].format(years=", ".join(str(one) for one in missing))
    return rows, [warning] if missing else []


def refuse_existing(path: Path) -> None:
    """Raises LedgerError when a file stands where a new one is to be made."""
    if path.exists():
        raise LedgerError(
            f"{path.name} is already there: choose another name, or move it away first.",
            f"{path.name} 已存在：请换一个文件名，或先移走它。",
        )
