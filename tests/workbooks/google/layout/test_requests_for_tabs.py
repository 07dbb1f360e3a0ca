"""Google knows every request: each body is checked against Google's own discovery document, field by field."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import googleapiclient.discovery_cache
import pytest

from automation.workbooks.google.layout.facts import FACTS_FIELDS, SpreadsheetFacts
from automation.workbooks.google.layout.requests_for_tabs import laid_out
from sheet_schema import Language
from tests.support.new_spreadsheet import EDITORS, EMPTY, KINDS, start_rows, whole

ROOTS = {
    "updateCells": "CellData",
    "repeatCell": "CellData",
    "updateSheetProperties": "SheetProperties",
    "updateDimensionProperties": "DimensionProperties",
    "updateDimensionGroup": "DimensionGroup",
    "updateNamedRange": "NamedRange",
}
"""The type to which the `fields` of each request belong."""
GAPS = {
    "nothing": whole("en"),
    "columns": whole(
        "en",
        register={"headers": ["Case no.", "Status"], "columns": 2},
        departments={"headers": ["Email", "E-mail"], "columns": 26},
    ),
    "tabs": whole("zh", people=None, register=None, notices=None, start_here=None, report=None),
    "an empty tab": whole("zh", settings={"filled": 0}, dashboard={"filled": 0}),
    "names": SpreadsheetFacts(whole("en").sheets),
}


@cache
def schema(name: str) -> dict[str, Any]:
    folder = Path(googleapiclient.discovery_cache.__file__).parent / "documents"
    document = json.loads((folder / "sheets.v4.json").read_text(encoding="utf-8"))
    found: dict[str, Any] = document["schemas"][name]["properties"]
    return found


def faults(value: object, spec: dict[str, Any], path: str) -> Iterator[str]:
    """The places where a value does not fit the document's specification."""
    if "$ref" in spec:
        if not isinstance(value, dict):
            yield f"{path}: {value!r} is no object"
            return
        properties = schema(spec["$ref"])
        for key, inner in value.items():
            if key not in properties:
                yield f"{path}.{key}: {spec['$ref']} has no such field"
            else:
                yield from faults(inner, properties[key], f"{path}.{key}")
    elif spec["type"] == "array":
        if not isinstance(value, list):
            yield f"{path}: {value!r} is no list"
            return
        for i, inner in enumerate(value):
            yield from faults(inner, spec["items"], f"{path}[{i}]")
    elif "enum" in spec:
        if value not in spec["enum"] or "UNSPECIFIED" in str(value):
            yield f"{path}: {value!r} is no such word"
    else:
        kind = {"string": str, "boolean": bool, "integer": int, "number": (int, float)}[spec["type"]]
        if not isinstance(value, kind) or (isinstance(value, bool) and spec["type"] != "boolean"):
            yield f"{path}: {value!r} is no {spec['type']}"


def unknown_fields(mask: str, root: str) -> list[str]:
    """The paths of a field mask that do not exist."""
    found = []
    stack, here = [root], ""
    for word in re.findall(r"[\w]+|[(),.]", mask):
        if word in (".", "("):
            if word == "(":
                stack.append(here)
            else:
                found.append(f"{mask}: no dots are needed")
        elif word == ")":
            stack.pop()
        elif word != ",":
            properties = schema(stack[-1])
            if word not in properties:
                found.append(f"{stack[-1]}.{word}")
                return found
            spec = properties[word]
            here = spec.get("$ref") or spec.get("items", {}).get("$ref", "")
    return found


def every_fault(requests: Sequence[dict[str, Any]]) -> list[str]:
    found = []
    for number, request in enumerate(requests):
        [(kind, body)] = request.items()
        found += list(faults(request, {"$ref": "Request"}, f"{number}"))
        if "fields" in body:
            found += unknown_fields(body["fields"], ROOTS[kind])
    return found


@pytest.mark.parametrize(("language", "preset"), KINDS, ids=lambda value: value)
def test_a_new_ledger_is_made_of_requests_google_knows(language: Language, preset: str) -> None:
    assert every_fault(laid_out(EMPTY, language, start_rows(language, preset), EDITORS).requests) == []


@pytest.mark.parametrize("gap", GAPS)
def test_so_is_what_completes_an_old_one(gap: str) -> None:
    language: Language = "zh" if gap in ("tabs", "an empty tab") else "en"

    assert every_fault(laid_out(GAPS[gap], language, start_rows(language, "uk-school"), EDITORS).requests) == []


def test_the_check_itself_finds_what_is_wrong() -> None:
    wrong = {
        "repeatCell": {
            "range": {"sheetId": "1"},
            "cell": {"userEnteredFormat": {"wrapStrategy": "NO"}, "x": 1},
            "fields": "userEnteredFormat(textFormat,colour)",
        }
    }

    assert every_fault([wrong]) == [
        "0.repeatCell.range.sheetId: '1' is no integer",
        "0.repeatCell.cell.userEnteredFormat.wrapStrategy: 'NO' is no such word",
        "0.repeatCell.cell.x: CellData has no such field",
        "CellFormat.colour",
    ]


def test_the_facts_are_asked_for_by_fields_google_has() -> None:
    assert unknown_fields(FACTS_FIELDS, "Spreadsheet") == []


@pytest.mark.parametrize(("language", "preset"), KINDS, ids=lambda value: value)
def test_a_new_ledger_is_one_request_of_moderate_size(language: Language, preset: str) -> None:
    """Google advises to stay below 2 MB; a new ledger needs about half of that."""
    layout = laid_out(EMPTY, language, start_rows(language, preset), EDITORS)

    assert len(json.dumps({"requests": layout.requests})) < 1_200_000


@pytest.mark.parametrize("language", ["en", "zh"])
def test_nothing_depends_on_the_spreadsheets_locale(language: Language) -> None:
    """Formulas have no comma and no decimal, Google interprets no text, and locale and time zone are never set."""
    requests = laid_out(EMPTY, language, start_rows(language, "cn-school"), EDITORS).requests
    everything = json.dumps(requests)

    formulas = [*strings(requests, "formulaValue"), *conditions(requests)]
    bare = [re.sub(r"\"[^\"]*\"|'[^']*'", "", formula) for formula in formulas]
    assert len(formulas) > 20
    assert [formula for formula in bare if "," in formula or re.search(r"\d\.\d", formula)] == []
    assert {"updateSpreadsheetProperties", "valueInputOption", "pasteData"} & set(
        re.findall(r"\w+", everything)
    ) == set()


def strings(value: object, key: str) -> Iterator[str]:
    """Every string under a key, at any depth."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name == key and isinstance(inner, str):
                yield inner
            yield from strings(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner, key)


def conditions(requests: Sequence[dict[str, Any]]) -> Iterator[str]:
    """The formulas of the colour rules."""
    for request in requests:
        yield from strings(request.get("addConditionalFormatRule", {}), "userEnteredValue")
