"""Adds the made-up language to a copy of the program, by what CONTRIBUTING names under *Add a language*."""

from __future__ import annotations

import json
import shutil
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from babel.messages import Catalog
from babel.messages.mofile import write_mo

from docs.translations import TEMPLATES
from tests.pseudo.accents import accented
from tests.support import ROOT

CODE = "qps"
"""The code under which Windows keeps its own made-up languages."""
PRESET = "qps-school"
_TREE = ("automation", "email_templates", "sheet_schema", "jobs.py", "pyproject.toml")
_BETWEEN = {"items": " ⁊ ", "last_item": " ⁑ ", "clauses": " ⁏ ", "groups": " ⁞ ", "sentences": "  ", "titles": " ⁓ "}
"""What stands between things in this language and in no other, so that a joiner from the code is seen."""


def copy_with_language(target: Path) -> Path:
    """A copy of the program that also speaks the made-up language."""
    for name in _TREE:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, target / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, target / name)
    folder = target / "sheet_schema" / "languages" / CODE
    folder.mkdir()
    _toml(_traits(), folder / "language.toml")
    for domain, template in TEMPLATES.items():
        _catalogue(template, folder / f"{domain}.mo")
    _toml(_preset(ROOT / "sheet_schema/presets/uk-school.toml"), target / f"sheet_schema/presets/{PRESET}.toml")
    _toml(_letters(ROOT / "sheet_schema/letters/uk-school.toml"), target / f"sheet_schema/letters/{PRESET}.toml")
    demo = "automation/commands/demo_data"
    _toml(_told(ROOT / demo / "en.toml"), target / demo / f"{CODE}.toml")
    return target


def _traits() -> dict[str, Any]:
    english = tomllib.loads((ROOT / "sheet_schema/languages/en/language.toml").read_text("utf-8"))
    return english | {"name": accented("Pseudo"), "html": "en-XA", "preset": PRESET, "between": _BETWEEN}


def _catalogue(template: Callable[[], Catalog], file: Path) -> None:
    """Every sentence accented. The source beside it is empty and older, so that what is compiled counts."""
    made = Catalog(locale="en_GB")
    for one in template():
        forms = tuple(map(accented, one.id)) if isinstance(one.id, tuple) else accented(one.id)
        if one.id:
            made.add(one.id, forms, context=one.context)
    file.with_suffix(".po").touch()
    with file.open("wb") as stream:
        write_mo(stream, made)


def _preset(english: Path) -> dict[str, Any]:
    """The English preset with all text accented; keys and choices stay."""

    def said(key: str, value: object) -> object:
        if value == english.stem:
            return PRESET
        return {CODE: accented(value["en"])} if isinstance(value, dict) else _said(value) if key == "basis" else value

    sections = tomllib.loads(english.read_text("utf-8"))
    return {name: [{k: said(k, v) for k, v in row.items()} for row in rows] for name, rows in sections.items()}


def _letters(english: Path) -> dict[str, Any]:
    """The English letters with each line accented behind the sign that says what it is."""

    def said(value: object) -> object:
        return {CODE: accented(value["en"])} if isinstance(value, dict) and "en" in value else value

    kinds = tomllib.loads(english.read_text("utf-8"))
    made = {}
    for kind, table in kinds.items():
        lines = table.pop("en", "").split("\n")
        table.pop("zh", None)
        rest = {key: said(value) for key, value in table.items()}
        text = "\n".join(line[:2] + accented(line[2:]) if line[1:2] == " " else accented(line) for line in lines)
        made[kind] = rest | {CODE: text if kind != "above" else accented(lines[0])}
    return made


def _told(english: Path) -> dict[str, Any]:
    """The English texts of the demo, accented, but for what is no word, and what a petitioner without a name is called."""
    told = tomllib.loads(english.read_text("utf-8"))
    plain = ("anonymous", "school_phone", "staff_phone", "visitor_phone", "visitor", "domain")
    return {key: value if key in plain else _said(value) for key, value in told.items()}


def _said(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: one if key == "address" else _said(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_said(one) for one in value]
    return accented(value) if isinstance(value, str) else value


def _toml(values: Mapping[str, Any], file: Path) -> None:
    """Write values as TOML: single ones first, then tables, then arrays of tables."""
    lines = [f"{key} = {_value(value)}" for key, value in values.items() if not _tables(value)]
    for key, value in values.items():
        for table in value if isinstance(value, list) and _tables(value) else [value] if _tables(value) else []:
            lines += [f"[[{key}]]" if isinstance(value, list) else f"[{key}]"]
            lines += [f"{json.dumps(name, ensure_ascii=False)} = {_value(one)}" for name, one in table.items()]
    file.write_text("\n".join(lines) + "\n", "utf-8")


def _tables(value: object) -> bool:
    return isinstance(value, dict) or (isinstance(value, list) and bool(value) and isinstance(value[0], dict))


def _value(value: object) -> str:
    """One value as TOML writes it, which is as JSON does but for a table within a line."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{json.dumps(key)} = {_value(one)}" for key, one in value.items()) + " }"
    return json.dumps(value, ensure_ascii=False)
