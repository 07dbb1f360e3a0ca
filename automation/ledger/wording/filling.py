"""Fills in a sentence of a mail. What people typed is data: a name in braces is replaced, and nothing else is done with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from automation.ledger.wording.block import Block, in_braces
from automation.text.catalogue import Message
from sheet_schema.languages import Language
from sheet_schema.word import folded, keys_by_spelling
from sheet_schema.wording import Placeholder

Facts = Mapping[Placeholder, object]
"""What a mail may say, by the placeholder for it: text, or a number. What is not there, or blank, it may not or cannot say."""
_IN_BRACES = re.compile(r"[{｛]([^{}｛｝]*)[}｝]")
_BRACE = re.compile(r"[{}｛｝]")


@cache
def _placeholders() -> Mapping[str, str]:
    """The key of each placeholder by its key and its label in every language, folded; no other spelling is taken for it."""
    return keys_by_spelling(Placeholder)


def faults(block: Block, text: str) -> Iterator[tuple[str, dict[str, object]]]:
    """Why a text cannot be used in this place: the code of each problem, and what it is about."""
    if _BRACE.search(_IN_BRACES.sub("", text)):
        yield "wording_brace", {}
    found = [(name, _placeholders().get(folded(name))) for name in _IN_BRACES.findall(text)]
    for name, key in found:
        if key not in block.may_contain:
            code = "wording_not_here" if key else "wording_unknown"
            yield code, {"value": "{" + name + "}", "allowed": [in_braces(one) for one in block.may_contain]}
    if block.needs is not None and block.needs not in [key for _, key in found]:
        yield "wording_needs", {"value": in_braces(block.needs)}


def filled(text: str, facts: Facts) -> str:
    """A text without faults with its placeholders filled in; blank if the mail lacks one of them, so that ours is said."""
    keys = _placeholders()
    wanted = [Placeholder.of(keys[folded(name)]) for name in _IN_BRACES.findall(text)]
    if any(_blank(facts.get(one)) for one in wanted):
        return ""
    return _IN_BRACES.sub(lambda place: str(facts[Placeholder.of(keys[folded(place[1])])]), text)


def ours(block: Block, facts: Facts, language: Language, *, to_department: bool = False) -> str:
    """Our sentence: the first whose places can all be filled. Blank where we say nothing."""
    said = (block.to_department if to_department else ()) or block.ours
    values = {place: facts.get(one, "") for place, one in (block.places or {}).items()}
    fitting = (one for one in said if not any(_blank(values[place]) for place in _places(one)))
    message: Message | None = next(fitting, said[-1] if said else None)
    return message.say(language, **values) if message is not None else ""


def _places(message: Message) -> list[str]:
    return _IN_BRACES.findall(message.many or message.text)


def _blank(value: object) -> bool:
    return value is None or value == ""
