"""For which columns an office may have words of its own: those with a list to choose from, wherever that list stands."""

from __future__ import annotations

from collections.abc import Mapping

from sheet_schema.administration import CALENDAR, DEADLINES, ESCALATION, PEOPLE, ROUTING, TOPICS
from sheet_schema.model import Column
from sheet_schema.register import REGISTER
from sheet_schema.usual_words import WordColumn
from sheet_schema.vocabulary import InForce, RuleState, YesNo

_OF = WordColumn
WORD_COLUMNS: Mapping[str, Column] = {
    **{
        word.key: REGISTER[word.key]
        for word in (
            _OF.CHANNEL, _OF.KIND, _OF.TOPIC, _OF.RESTRICTED, _OF.DECISION, _OF.PROCEDURE, _OF.OUTCOME, _OF.SATISFACTION,
            _OF.IDENTITY,
        )
    },
    _OF.ROLE: PEOPLE["role"],
    _OF.DIGEST: PEOPLE["digest"],
    _OF.LANGUAGE: PEOPLE["language"],
    _OF.STEP: DEADLINES["step"],
    _OF.WHO: DEADLINES["who"],
    _OF.STARTS_FROM: DEADLINES["starts_from"],
    _OF.UNIT: DEADLINES["unit"],
    _OF.ROLL_FORWARD: DEADLINES["roll_forward"],
    _OF.ASK_EXPLANATION: ESCALATION["ask_explanation"],
    _OF.ENABLED: ROUTING["enabled"],
    _OF.DAY_KIND: CALENDAR["kind"],
    _OF.RETENTION: TOPICS["retention"],
}  # fmt: skip
"""By key of the tab Words: a column with that list. (It is not the only one.)"""
_YES_OR_NO = (YesNo, RuleState, InForce)
_SAME_LIST = {column.choices: key for key, column in WORD_COLUMNS.items() if column.choices not in _YES_OR_NO}
_NAMES_ROLES = "copy_to"
"""A column without a list of its own, in which a role is one of the things to write."""


def word_column_of(column: Column) -> str:
    """Under which key of the tab Words this column's own words stand: that of its list, or where that only says yes or
    no, its own; `""` if it has no list, or people do not type in it."""
    if not column.staff:
        return ""
    if column.key == _NAMES_ROLES:
        return _OF.ROLE.key
    if column.choices in _YES_OR_NO or column.source == "topics":
        key = _OF.TOPIC.key if column.source else column.key
        return key if key in WORD_COLUMNS else ""
    return _SAME_LIST.get(column.choices, "") if column.choices else ""
