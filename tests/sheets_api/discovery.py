"""Request bodies and query parameters against Google's own discovery documents, compiled once a process."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import googleapiclient.discovery_cache  # type: ignore[import-untyped]

from . import masks
from .errors import ApiError, Json, bad_request

Checker = Callable[[Any, str, list[Json]], Any]
"""Takes a value, its path and the list of faults; gives the value in the one spelling the handlers know."""

ONE_OF = {
    "Request": "kind",
    "ExtendedValue": "value",
    "DataFilter": "filter",
    "ColorStyle": "kind",
    "DeveloperMetadataLocation": "location",
}
"""The messages of which only one field may be set. The discovery documents do not say so."""


def _document(name: str) -> Json:
    folder = Path(googleapiclient.discovery_cache.__file__).parent / "documents"
    loaded: Json = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    return loaded


def snake(name: str) -> str:
    return re.sub(r"[A-Z]", lambda letter: "_" + letter[0].lower(), name)


class Service:
    """One API: its schemas, compiled on first use, and its methods' parameters."""

    def __init__(self, document: str, package: str, *, strict: bool) -> None:
        self.strict = strict
        """Whether what the documents do not know is refused. Drive takes no notice of it."""
        self.document = _document(document)
        self.package = package
        self._compiled: dict[str, Json] = {}
        self.common = self.document["parameters"]

    def schema(self, name: str) -> Json:
        """`fields`: name to its checker, and the schema of the message below it where there is one."""
        if name not in self._compiled:
            entry: Json = {"name": name, "fields": {}}
            self._compiled[name] = entry
            for field, spec in self.document["schemas"][name].get("properties", {}).items():
                entry["fields"][field] = self._field(field, spec)
        return self._compiled[name]

    def _field(self, field: str, spec: Json) -> Json:
        repeated = spec.get("type") == "array"
        item = spec["items"] if repeated else spec
        message = (lambda ref=item["$ref"]: self.schema(ref)) if "$ref" in item else None
        return {
            "check": self._checker(field, item),
            "repeated": repeated,
            "message": message,
            "open": item.get("type") == "object" or item.get("type") == "any",
        }

    def _checker(self, field: str, spec: Json) -> Checker:
        if "$ref" in spec:
            return lambda value, path, faults: self.message(spec["$ref"], value, path, faults)
        if "enum" in spec:
            kind = f"type.googleapis.com/{self.package}.{field[:1].upper()}{field[1:]}"
            return _enum(frozenset(spec["enum"]), spec["enum"], kind)
        if spec.get("type") == "array":  # a list in a list: the values of a range
            return _list_value
        checkers: dict[Any, Checker] = {
            "string": _string,
            "boolean": _boolean,
            "number": _number,
            "integer": _integer,
        }
        return checkers.get(spec.get("type"), _anything)

    def message(self, name: str, value: Any, path: str, faults: list[Json]) -> Any:
        if not isinstance(value, dict):
            _wrong(faults, path, f"type.googleapis.com/{self.package}.{name}", value)
            return {}
        fields = self.schema(name)["fields"]
        result: Json = {}
        for key, item in value.items():
            field = key if key in fields else masks.camel(key)
            if field not in fields:
                if self.strict:
                    _unknown(faults, path, key, "Cannot find field.")
            elif item is not None:  # null is the same as absent
                result[field] = self._value(field, fields[field], key, item, path, faults)
        if name in ONE_OF and len(result) > 1 + ("locationType" in result):
            second = list(result)[1]
            text = (
                f"Invalid value at '{path}' (oneof), oneof field '{ONE_OF[name]}' is already set. Cannot set '{second}'"
            )
            faults.append({"field": path, "description": text})
        return result

    def _value(self, field: str, entry: Json, key: str, item: Any, path: str, faults: list[Json]) -> Any:
        below = f"{path}.{snake(field)}" if path else snake(field)
        check = entry["check"]
        if not entry["repeated"]:
            if isinstance(item, list) and not entry["open"]:
                _unknown(faults, path, key, "Proto field is not repeating, cannot start list.")
                return None
            return check(item, below, faults)
        if not isinstance(item, list):  # Google takes one value for a list of one
            return [check(item, below, faults)]
        return [check(one, f"{below}[{place}]", faults) for place, one in enumerate(item)]

    def body(self, name: str, value: Any, prefix: str = "") -> Json:
        """The body in one spelling; Google's 400 with every fault where it does not fit the schema."""
        faults: list[Json] = []
        result: Json = self.message(name, value, prefix, faults)
        if faults:
            raise bad_request(faults)
        return result

    def query(self, given: dict[str, list[str]], own: Json) -> None:
        """Google's 400 for a query parameter that neither the method nor the service has."""
        faults: list[Json] = []
        for name, values in given.items() if self.strict else ():
            spec = own.get(name) or own.get(masks.camel(name)) or self.common.get(name)
            if spec is None or spec.get("location", "query") != "query":
                text = f'Invalid JSON payload received. Unknown name "{name}": Cannot bind query parameter. '
                text += f"Field '{name}' could not be found in request message."
                faults.append({"description": text})
            elif "enum" in spec and values[-1] not in spec["enum"]:
                kind = f"type.googleapis.com/{self.package}.{name[:1].upper()}{name[1:]}"
                _wrong(faults, snake(name), kind, values[-1])
            elif spec.get("type") == "boolean" and values[-1].lower() not in ("true", "false", "1", "0", ""):
                _wrong(faults, snake(name), "TYPE_BOOL", values[-1])
        if faults:
            raise bad_request(faults)

    def reply_mask(self, text: str, schema: str) -> masks.Mask:
        """The mask of a `fields` query parameter; Google's 400 for a path that the reply does not have."""
        try:
            mask = masks.parse(text)
            masks.check(mask, self.schema(schema))
        except masks.BadMask as bad:
            why = f"Error expanding 'fields' parameter. Cannot find matching fields for path '{bad}'."
            violation = {"field": str(bad), "description": why}
            raise ApiError(
                400,
                "Request contains an invalid argument.",
                [{"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": [violation]}],
            ) from None
        return mask


def _unknown(faults: list[Json], path: str, name: str, why: str) -> None:
    where = f" at '{path}'" if path else ""
    fault = {"description": f'Invalid JSON payload received. Unknown name "{name}"{where}: {why}'}
    faults.append({"field": path, **fault} if path else fault)


def _wrong(faults: list[Json], path: str, kind: str, value: Any) -> None:
    shown = json.dumps(value, ensure_ascii=False)
    faults.append({"field": path, "description": f"Invalid value at '{path}' ({kind}), {shown}"})


def _string(value: Any, path: str, faults: list[Json]) -> Any:
    if not isinstance(value, str):
        _wrong(faults, path, "TYPE_STRING", value)
    return value


def _boolean(value: Any, path: str, faults: list[Json]) -> Any:
    if value in ("true", "false"):
        return value == "true"
    if not isinstance(value, bool):
        _wrong(faults, path, "TYPE_BOOL", value)
    return value


def _number(value: Any, path: str, faults: list[Json]) -> Any:
    if isinstance(value, str):
        try:
            return float(value)
        except ValueError:
            _wrong(faults, path, "TYPE_DOUBLE", value)
    elif isinstance(value, bool) or not isinstance(value, int | float):
        _wrong(faults, path, "TYPE_DOUBLE", value)
    return value


def _integer(value: Any, path: str, faults: list[Json]) -> Any:
    number = value
    if (isinstance(value, str) and re.fullmatch(r"-?[0-9]+", value)) or (
        isinstance(value, float) and value.is_integer()
    ):
        number = int(value)
    if isinstance(number, bool) or not isinstance(number, int) or not -(2**31) <= number < 2**31:
        _wrong(faults, path, "TYPE_INT32", value)
    return number


def _enum(names: frozenset[str], in_order: list[str], kind: str) -> Checker:
    def check(value: Any, path: str, faults: list[Json]) -> Any:
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < len(in_order):
            return in_order[value]
        if not isinstance(value, str) or value not in names:
            _wrong(faults, path, kind, value)
        return value

    return check


def _list_value(value: Any, path: str, faults: list[Json]) -> Any:
    if not isinstance(value, list):
        _wrong(faults, path.partition("[")[0], "type.googleapis.com/google.protobuf.ListValue", value)
    return value


def _anything(value: Any, path: str, faults: list[Json]) -> Any:
    return value


@cache
def sheets() -> Service:
    return Service("sheets.v4", "google.apps.sheets.v4", strict=True)


@cache
def drive() -> Service:
    return Service("drive.v3", "google.apps.drive.v3", strict=False)
