"""Faults on demand: what the next matching call gets in place of its reply, before or after its change took hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .errors import ApiError, quota_exceeded

if TYPE_CHECKING:
    from .server import Call

HTML_502 = b"""<!DOCTYPE html>
<html lang=en>
  <meta charset=utf-8>
  <title>Error 502 (Server Error)!!1</title>
  <p><b>502.</b> <ins>That\xe2\x80\x99s an error.</ins>
  <p>The server encountered a temporary error and could not complete your request.<p>Please try again in 30 seconds.
  <ins>That\xe2\x80\x99s all we know.</ins>
"""
KINDS = frozenset(
    {"429", "drop-reply-half"}
    | {f"{kind}-{when}" for kind in ("500", "503", "502-html", "hang", "drop") for when in ("before", "after")}
)
"""A kind without `-before` or `-after` is the one before."""
REFUSALS = {
    "400": ApiError(400, "请求无效。"),
    "403": ApiError(403, "调用者没有权限。"),
    "404": ApiError(404, "找不到请求的实体。"),
    "409": ApiError(409, "该操作已被中止。"),
}
"""What Google refuses once for a reason that the spreadsheet does not show, in words of another language."""


@dataclass
class Fault:
    kind: str
    skip: int
    times: int
    where: Callable[[Call], bool] | None

    @property
    def after(self) -> bool:
        """Whether the change takes hold first."""
        return self.kind.endswith("-after") or self.kind == "drop-reply-half"

    @property
    def name(self) -> str:
        return self.kind.removesuffix("-before").removesuffix("-after")


class Faults:
    """The faults that are still to come."""

    def __init__(self) -> None:
        self.waiting: list[Fault] = []

    def fail(self, kind: str, nth: int = 1, where: Callable[[Call], bool] | None = None, times: int = 1) -> None:
        """The nth matching call from now fails, and `times` - 1 matching ones after it."""
        full = kind if kind in KINDS else f"{kind}-before"
        if full in {f"{one}-before" for one in REFUSALS}:
            full = kind
        elif full not in KINDS:
            raise ValueError(f"{kind} is none of {', '.join(sorted(KINDS))}")
        self.waiting.append(Fault(full, nth - 1, times, where))

    def clear(self) -> None:
        self.waiting.clear()

    def take(self, call: Call) -> Fault | None:
        """The fault that this call gets. Each waiting fault counts the calls that match it; the first due is taken."""
        due = None
        for fault in self.waiting:
            if fault.where is not None and not fault.where(call):
                continue
            if fault.skip:
                fault.skip -= 1
            elif due is None:
                due = fault
        if due is not None:
            due.times -= 1
            if not due.times:
                self.waiting.remove(due)
        return due


def body_of(fault: Fault, method: str) -> tuple[int, str, bytes] | None:
    """Status, content type and body of a fault that has a reply; None for one that leaves the line silent."""
    if fault.name == "429":
        kind = "Read" if method == "GET" else "Write"
        return 429, "application/json; charset=UTF-8", quota_exceeded(kind).body()
    if fault.name in REFUSALS:
        return int(fault.name), "application/json; charset=UTF-8", REFUSALS[fault.name].body()
    if fault.name == "500":
        error = ApiError(500, "Internal error encountered.")
        return 500, "application/json; charset=UTF-8", error.body()
    if fault.name == "503":
        error = ApiError(503, "The service is currently unavailable.")
        return 503, "application/json; charset=UTF-8", error.body()
    if fault.name == "502-html":
        return 502, "text/html; charset=UTF-8", HTML_502
    return None
