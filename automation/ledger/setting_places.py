"""The places in a text of Settings that are filled in, such as {name} in the greeting. What people typed is data."""

from __future__ import annotations

import re

from automation.ledger.model import Problem
from automation.ledger.problems import problem
from automation.text.catalogue import Message
from sheet_schema import Setting, folded

_IN_BRACES = re.compile(r"[{｛]([^{}｛｝]*)[}｝]")
_BRACES = re.compile(r"[{}｛｝]+")


def in_our_spelling(setting: Setting, text: str) -> str:
    """The text with each place that can be filled in as we write it: `{name}` for `｛ Name ｝`."""
    if setting.places is None:
        return text
    known = {folded(place): place for place in setting.places}
    return _IN_BRACES.sub(
        lambda found: "{" + known[name] + "}" if (name := folded(found[1])) in known else found[0], text
    )


def not_filled_in(setting: Setting, text: str) -> list[str]:
    """What stands in braces there, in our spelling, and cannot be filled in; or a brace by itself."""
    if setting.places is None:
        return []
    named = [found[0] for found in _IN_BRACES.finditer(text) if found[1] not in setting.places]
    return [*named, *_BRACES.findall(_IN_BRACES.sub("", text))]


def place_problem(setting: Setting, wrong: list[str], row: int) -> Problem:
    """The problem with a text of which something cannot be filled in."""
    allowed = ["{" + place + "}" for place in setting.places or ()]
    code = "setting_place" if allowed else "setting_no_place"
    value = list(dict.fromkeys(wrong))
    # as mails say it, in the ledger's language
    default = Message(setting.default) if setting.default else ""
    said = problem(code, column=setting, value=value, default=default, allowed=allowed)
    return Problem("settings", row, "value", code, said)
