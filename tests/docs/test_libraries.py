"""Each library is imported in the rooms that docs/architecture.md gives it, and in no other."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

from tests.support import ROOT

FOLDERS = ("automation", "sheet_schema", "email_templates")
SOURCES = [path.relative_to(ROOT) for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py"))]
SOURCES.append(Path("jobs.py"))
CALLED = {"google": "google-auth", "docx": "python-docx"}
"""Libraries that are imported under another name; else a _ stands for the -."""
OWN = (*FOLDERS, "jobs", *sys.stdlib_module_names)


def libraries_of(path: Path) -> set[str]:
    """The libraries that a file imports, by the names under which they are installed."""
    nodes = list(ast.walk(ast.parse((ROOT / path).read_text("utf-8"))))
    named = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    named += [node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module]
    firsts = {name.partition(".")[0] for name in named} - {*OWN}
    return {CALLED.get(first, first.replace("_", "-")) for first in firsts}


def homes() -> dict[str, tuple[str, ...]]:
    """Each library of the table in docs/architecture.md, and the folders and files in which it may be imported."""
    found: dict[str, tuple[str, ...]] = {}
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    table = page.split("| library |")[1].split("\n\n")[0]
    for names, places in re.findall(r"^\| ([a-z][\w-]*(?:, [a-z][\w-]*)*).*? \| (`.*`) \|$", table, re.MULTILINE):
        for name in names.split(", "):
            found[name] = (*found.get(name, ()), *re.findall(r"`([^`]+)`", places))
    return found


def test_a_library_is_imported_where_the_page_says_and_nowhere_else() -> None:
    known = homes()
    imported = [
        (path.as_posix().removeprefix("automation/"), name) for path in SOURCES for name in sorted(libraries_of(path))
    ]
    assert [(here, name) for here, name in imported if not here.startswith(known.get(name, ()))] == []
    assert known.keys() <= {name for _, name in imported}
