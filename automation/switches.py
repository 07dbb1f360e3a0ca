"""The settings that a run turns over by itself: `sending` after a storm or a release, `go_live_on` on going live, and
`please_do`, which is emptied once its answer is claimed.

All other cells that people type in are never written. Each turn leaves a line in History.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import numpy as np

from automation.ledger import Ledger
from sheet_schema import SETTING, TAB, Language, Setting

SWITCHES = frozenset({"sending", "go_live_on", "please_do"})
_WHY: Mapping[str, Mapping[Language, str]] = {
    "paused": {"en": "more mails than the limit", "zh": "邮件超过上限"},
    "live": {"en": "released once, now live", "zh": "已放行一次，转为正式发送"},
    "go_live_on": {"en": "sending became live", "zh": "开始正式发送"},
    "please_do": {"en": "done once; the administrators are told", "zh": "已执行一次，结果发给管理员"},
}


def switched(ledger: Ledger, switches: Mapping[str, str], run: str, now: datetime) -> Ledger:
    """The ledger with these settings (key to value, choices by key) turned over, and History saying so."""
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
    history, language = ledger.tables["history"], ledger.language
    label = f"{TAB['settings'].label(language)}: {SETTING[key].label(language)}"
    before = _shown(SETTING[key], ledger.policy.settings[key], language)
    line: dict[str, list[object]] = {
        "run": [run],
        "at": [np.datetime64(now, "s")],
        "column": [label],
        "before": [before],
        "after": [_shown(SETTING[key], value, language)],
        "why": [_WHY[value if value in _WHY else key][language]],
    }
    return ledger.having(history=history.extended([history.last_row + 1], **line))


def _shown(setting: Setting, value: str, language: Language) -> str:
    return setting.choices.of(value).label(language) if setting.choices is not None and value else value
