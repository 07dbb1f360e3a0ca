"""What was worked out from something that never changes is kept beside it, so that nobody works it out twice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

Made = TypeVar("Made")
Memo = dict[tuple[object, ...], tuple[tuple[object, ...], Any]]
"""By what was called and with which objects: these objects, and what came of it."""


def remembered(memo: Memo, make: Callable[..., Made], *of: object, depending_on: tuple[object, ...] = ()) -> Made:
    """Return `make(*of)`, worked out once for the same objects.

    They are never changed in place, so the same object means the same value. If the result depends on less than all of
    `of`, name it in `depending_on`. The objects are kept with the result, so that Python cannot give their ids to others.
    """
    objects = depending_on or of
    key = (make, *map(id, objects))
    entry = memo.get(key)
    if entry is None:
        entry = memo[key] = (objects, make(*of))
    result: Made = entry[1]
    return result
