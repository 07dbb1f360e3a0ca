"""What was worked out from something that never changes is kept beside it, so that nobody works it out twice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from weakref import ref

Made = TypeVar("Made")
Key = tuple[object, ...]
MOST = 500
"""So many results are kept beside one thing, several times what a run needs; of more the older half is forgotten."""


class Memo(dict[Key, tuple[tuple[object, ...], Any]]):
    """By what was called and with which objects: what keeps these objects in mind, and what came of them.

    A result is forgotten together with the first of its objects. Else a tab that stays the same would keep every ledger that
    was ever read with it.
    """

    __slots__ = ("__weakref__",)


def remembered(memo: Memo, make: Callable[..., Made], *of: object, depending_on: tuple[object, ...] = ()) -> Made:
    """Return `make(*of)`, worked out once for the same objects.

    They are never changed in place, so the same object means the same value. If the result depends on less than all of
    `of`, name it in `depending_on`.
    """
    objects = depending_on or of
    key = (make, *map(id, objects))
    entry = memo.get(key)
    if entry is None:
        made = make(*of)
        entry = memo[key] = (tuple(_in_mind(one, memo, key) for one in objects), made)
        for old in [*memo][: MOST // 2] if len(memo) > MOST else ():
            memo.pop(old, None)  # forgetting one may have forgotten it
    result: Made = entry[1]
    return result


def _in_mind(one: object, memo: Memo, key: Key) -> object:
    """A weak reference that forgets the entry once the object is gone, before Python gives its id to another. Texts, tuples and
    the like have none, and are kept."""
    try:
        return ref(one, _forgetting(ref(memo), key))
    except TypeError:
        return one


def _forgetting(memo: ref[Memo], key: Key) -> Callable[[object], None]:
    def forget(_: object) -> None:
        kept = memo()
        if kept is not None:
            kept.pop(key, None)

    return forget
