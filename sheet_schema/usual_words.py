"""What people usually write for a tick, for nobody, for a petitioner without a name or address, and for no repeat."""

from __future__ import annotations

from sheet_schema.languages import in_every_language
from sheet_schema.vocabulary import Word, folded, word_form

TICKS = {
    word_form(text) for text in ("✓", "✔", "√", "☑", "✅", "x", "yes", "y", "true", "1", "on", "是", "对", "有", "真")
}
NO_TICKS = {
    word_form(text)
    for text in ("☐", "□", "×", "✕", "✖", "✗", "✘", "❌", "╳", "no", "n", "false", "0", "off", "none", "否", "无", "假", "叉", "不是", "没有", "-")
}  # fmt: skip
"""What means no tick. A cross is no in Chinese; only the letter x is a tick."""
TICK_MARK = "✓"

ANONYMOUS = {folded(text) for said in in_every_language("petitioners") for text in said["anonymous"]}
"""What people write in `petitioner` if no name was given."""
NO_CONTACT = {folded(text) for said in in_every_language("petitioners") for text in said["no_contact"]}
"""What people write in `contact` if there is no way to reach the petitioner."""
_NOBODY = """- -- — —— – － nobody no_one no-one noone none none_known n/a na nil not_applicable
    nobody_in_particular no_one_in_particular no-one_in_particular no_particular_person nobody_specific no_named_person no_individual
    无 没有 没 不涉及 未涉及 无人 没有人 暂无 不适用 无具体人员 不针对任何人 不针对个人 不针对具体人 没有特定对象 无特定对象 无特定人员 没有具体人员 无此项 否 无被反映人"""
NOBODY = {folded(text.replace("_", " ")) for text in _NOBODY.split()}
"""What people write in `about` if nobody is complained about."""
NOT_A_REPEAT = {word_form(text) for said in in_every_language("also_repeat") for text in said["none"]}
"""What people write in `repeat_of` if they have looked and it is not a repeat."""


class WordColumn(Word):
    """The columns for which an office may have words of its own."""

    CHANNEL = "channel", "Channel"
    KIND = "kind", "Kind"
    TOPIC = "topic", "Topic"
    RESTRICTED = "restricted", "Restricted"
    DECISION = "decision", "Decision"
    OUTCOME = "outcome", "Outcome"
    SATISFACTION = "satisfaction", "Satisfaction"
    IDENTITY = "identity", "Who they are"
