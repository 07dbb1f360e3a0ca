"""From a method and an address to the endpoint that serves it, with all that is the same for every endpoint."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import parse_qs, unquote

from . import discovery, drive
from .endpoints import ENDPOINTS, Endpoint, Request
from .errors import ApiError, Json
from .masks import project
from .store import Store

BODY_FIELD = {
    "spreadsheets.values.update": "data",
    "spreadsheets.values.append": "data",
    "spreadsheets.create": "spreadsheet",
}
"""The methods whose body is one field of the request message; it is in the path of every fault."""


@dataclass(frozen=True)
class Route:
    """One method of a discovery document: where it is, what it takes, what it gives."""

    http_method: str
    pattern: re.Pattern[str]
    name: str
    service: discovery.Service
    parameters: Json
    takes: str | None
    gives: str | None
    endpoint: Endpoint


def _pattern(path: str) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", path)
    text = "".join(f"(?P<{part}>[^/]+?)" if place % 2 else re.escape(part) for place, part in enumerate(parts))
    return re.compile("/" + text)


def _routes(service: discovery.Service, base: str, endpoints: dict[str, Endpoint]) -> list[Route]:
    found = []

    def walk(resource: Json, prefix: str) -> None:
        for name, method in resource.get("methods", {}).items():
            endpoint = endpoints.get(prefix + name)
            if endpoint is not None:
                path = base + method.get("flatPath", method["path"])
                found.append(
                    Route(
                        method["httpMethod"],
                        _pattern(path),
                        prefix + name,
                        service,
                        method.get("parameters", {}),
                        method.get("request", {}).get("$ref"),
                        method.get("response", {}).get("$ref"),
                        endpoint,
                    )
                )
        for name, below in resource.get("resources", {}).items():
            walk(below, f"{prefix}{name}.")

    walk(service.document, "")
    # An address with a verb after its last colon also fits the pattern without one.
    return sorted(found, key=lambda route: -route.pattern.pattern.count(":"))


@cache
def all_routes() -> tuple[Route, ...]:
    sheets = _routes(discovery.sheets(), "", ENDPOINTS)
    files = _routes(discovery.drive(), "drive/v3/", drive.ENDPOINTS)
    return (*sheets, *files)


def _matching(http_method: str, path: str) -> tuple[Route, dict[str, str]]:
    for route in all_routes():
        found = route.pattern.fullmatch(path)
        if found and route.http_method == http_method:
            return route, {name: unquote(value) for name, value in found.groupdict().items()}
    raise ApiError(404, f"The requested URL {path} was not found on this server, which is all we know.")


def answer(store: Store, email: str, http_method: str, target: str, body: bytes) -> tuple[int, Any]:
    """The status and reply to one request whose bearer is known; ApiError for what Google refuses."""
    path, _, query_text = target.partition("?")
    if path.startswith("/upload/"):
        return drive.upload(store, email, path, body)
    route, parts = _matching(http_method, path)
    query = parse_qs(query_text, keep_blank_values=True)
    request = Request(store, email, parts, query)
    route.service.query(query, route.parameters)
    fields = query.get("fields")
    if fields and fields[-1] and route.gives:
        request.mask = route.service.reply_mask(fields[-1], route.gives)
    if route.takes:
        request.body = route.service.body(route.takes, _parsed(body), BODY_FIELD.get(route.name, ""))
    reply = route.endpoint(request)
    if reply is None or isinstance(reply, bytes):
        return (204, b"") if reply is None else (200, reply)
    return 200, project(reply, request.mask) if request.mask is not None else reply


def _no_number(word: str) -> float:
    raise ValueError(word)  # Python would take NaN and Infinity, which are not JSON


def _parsed(body: bytes) -> Any:
    if not body:
        return {}
    try:
        return json.loads(body, parse_constant=_no_number)
    except ValueError:
        text = body[:80].decode("utf-8", "replace")
        raise ApiError(400, f"Invalid JSON payload received. Unexpected token.\n{text}\n^") from None
