"""Field masks: `a.b,c(d,e/f)`, `*` and snake_case names, for replies and for updates."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

Mask = dict[str, Any]
"""Field name to the mask below it; an empty dict below a name means all of it."""


class Chosen(dict[str, Any]):
    """A part of a reply that holds no more than the mask asks for, so that it need not be looked through again."""


_TOKEN = re.compile(r"[A-Za-z0-9_*$]+|[.,/()]")


class BadMask(Exception):  # noqa: N818 - it is said of the mask
    """The text is no field mask, or names a field that there is not; the text of the exception is that path."""


@lru_cache(maxsize=512)
def parse(text: str) -> Mask:
    """The mask that the text stands for. The result is shared: nobody changes it."""
    tokens = _TOKEN.findall(text)
    if "".join(tokens) != re.sub(r"\s", "", text) or not tokens:
        raise BadMask(text)
    mask, used = _fields(tokens, 0)
    if used != len(tokens):
        raise BadMask(text)
    return mask


def _fields(tokens: list[str], at: int) -> tuple[Mask, int]:
    mask: Mask = {}
    while True:
        at = _one(tokens, at, mask)
        if at < len(tokens) and tokens[at] == ",":
            at += 1
            continue
        return mask, at


def _one(tokens: list[str], at: int, mask: Mask) -> int:
    """Reads one path, with the group in parentheses that may end it, into the mask."""
    path = []
    while True:
        if at >= len(tokens) or tokens[at] in ".,/()":
            raise BadMask("".join(tokens))
        path.append(camel(tokens[at]))
        at += 1
        if at < len(tokens) and tokens[at] in "./":
            at += 1
            continue
        break
    below: Mask = {}
    if at < len(tokens) and tokens[at] == "(":
        below, at = _fields(tokens, at + 1)
        if at >= len(tokens) or tokens[at] != ")":
            raise BadMask("".join(tokens))
        at += 1
    for name in reversed(path):
        below = {name: below}
    _join(mask, below)
    return at


def _join(mask: Mask, other: Mask) -> None:
    for name, below in other.items():
        if name not in mask:
            mask[name] = below
        elif mask[name] and below:
            _join(mask[name], below)
        else:
            mask[name] = {}


def camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(part[:1].upper() + part[1:] for part in rest) if rest else name


def wants(mask: Mask, name: str) -> Mask | None:
    """The mask below one field, or None where the mask leaves the field out. An empty mask takes all."""
    if not mask or "*" in mask:
        return dict(mask.get(name, {}))
    below: Mask | None = mask.get(name)
    return below


def project(value: Any, mask: Mask) -> Any:
    """What the mask leaves of a reply. Lists are looked into, objects left empty by it stay as `{}`."""
    if not mask or "*" in mask:
        return value
    if isinstance(value, list):
        return [project(item, mask) for item in value]
    if not isinstance(value, dict) or isinstance(value, Chosen):
        return value
    return {name: project(item, mask[name]) for name, item in value.items() if name in mask}


def merge(old: dict[str, Any] | None, new: dict[str, Any] | None, mask: Mask) -> dict[str, Any]:
    """`old` with the fields of the mask as `new` has them: a field of the mask that `new` has not is cleared."""
    new = new or {}
    if not mask or "*" in mask:
        return dict(new)
    result = dict(old or {})
    for name, below in mask.items():
        if below and isinstance(result.get(name, {}), dict):
            value: Any = merge(result.get(name), new.get(name), below)
            if not value and name not in new:
                value = None
        else:
            value = new.get(name)
        if value is None:
            result.pop(name, None)
        else:
            result[name] = value
    return result


def check(mask: Mask, schema: dict[str, Any], path: str = "") -> None:
    """Raises BadMask with the first path of the mask that the compiled schema does not know."""
    for name, below in mask.items():
        if name == "*":
            continue
        here = f"{path}.{name}" if path else name
        if name not in schema["fields"]:
            raise BadMask(here)
        inner = schema["fields"][name]["message"]
        if below and inner is not None:
            check(below, inner(), here)
        elif below and set(below) != {"*"} and not schema["fields"][name]["open"]:
            raise BadMask(f"{here}.{next(iter(below))}")
