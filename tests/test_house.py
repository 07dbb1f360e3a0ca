"""The walls of the house (design, section 7): imports go downward only, and steps know no disk, clock or account."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = sorted(
    path.relative_to(ROOT) for folder in ("automation", "sheet_schema") for path in (ROOT / folder).rglob("*.py")
)
GSPREAD = Path("automation/workbooks/sheets")
"""Nothing but these modules speaks to Google."""
EVERYTHING = [*SOURCES, Path("jobs.py")]
WITH_A_LEVEL = [path for path in EVERYTHING if path != Path("automation/__init__.py")]

LEVELS: tuple[tuple[str, ...], ...] = (
    ("sheet_schema",),
    ("automation.errors", "automation.progress", "automation.pinging"),
    ("automation.workbooks.base", "automation.workbooks.journal"),
    ("automation.table",),
    ("automation.ledger",),
    ("automation.workdays", "automation.messages", "automation.cells", "automation.official_days"),
    ("automation.names", "automation.preferences", "automation.switches"),
    ("automation.matching", "automation.policy"),
    ("automation.parsing", "automation.confidentiality", "automation.standing", "automation.clocks"),
    (
        "automation.changes",
        "automation.journal",
        "automation.workbooks",
        "automation.mail",
        "automation.sums",
        "automation.audience",
    ),
    ("automation.seals",),
    ("automation.steps", "automation.indicators"),
    ("automation.recovery",),
    ("automation.outbox", "automation.letters", "automation.delivery"),
    ("automation.job",),
    ("automation.working_out", "automation.archiving"),
    ("automation.reporting", "automation.forms", "automation.dashboard", "automation.asked"),
    ("automation.run",),
    ("automation.timeline",),
    ("automation.explain", "automation.installing", "automation.showing", "automation.transcribing"),
    (
        "automation.copying",
        "automation.demo_ledger",
        "automation.checking",
        "automation.resealing",
        "automation.restoring",
    ),
    (
        "automation.demo",
        "automation.commands",
        "automation.command_line",
        "automation.scheduling",
        "automation.forms_command",
        "automation.report_command",
    ),
    ("jobs",),
)
"""Each may import what stands above it, and its own level. The longest name that fits decides."""

NOT_IN_STEPS = frozenset({
    "gspread", "google", "yagmail", "smtplib", "socket", "openpyxl", "python_calamine", "filelock", "pathlib", "os",
    "io", "shutil", "tempfile", "subprocess", "requests", "time",
})  # fmt: skip


def module_of(path: Path) -> str:
    return ".".join(path.with_suffix("").parts).removesuffix(".__init__")


def level(module: str) -> int:
    fits = [(len(name), i) for i, names in enumerate(LEVELS) for name in names if f"{module}.".startswith(f"{name}.")]
    assert fits, f"{module} stands on no level"
    return max(fits)[1]


def imports(path: Path) -> Iterator[str]:
    """Every module a file imports, those that only type checkers see left out."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    for_types = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if node in for_types:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            here = (f"{node.module}.{alias.name}" for alias in node.names)
            yield from (name if (ROOT / f"{name.replace('.', '/')}.py").exists() else node.module for name in here)


@pytest.mark.parametrize("path", WITH_A_LEVEL, ids=str)
def test_imports_go_downward(path: Path) -> None:
    own = level(module_of(path))
    ours = {name for name in imports(path) if name.split(".")[0] in ("automation", "sheet_schema", "jobs")}
    assert {name for name in ours if level(name) > own} == set()


@pytest.mark.parametrize("path", [path for path in SOURCES if "steps" in path.parts], ids=str)
def test_steps_import_no_sdk_no_clock_no_disk(path: Path) -> None:
    assert {name for name in imports(path) if name.split(".")[0] in NOT_IN_STEPS} == set()


@pytest.mark.parametrize("path", EVERYTHING, ids=str)
def test_smtplib_is_never_imported(path: Path) -> None:
    assert "smtplib" not in set(imports(path))


@pytest.mark.parametrize("path", [path for path in EVERYTHING if GSPREAD not in path.parents], ids=str)
def test_google_is_spoken_to_in_one_place(path: Path) -> None:
    assert {name for name in imports(path) if name.split(".")[0] in ("gspread", "google", "requests")} == set()


@pytest.mark.parametrize("path", [path for path in SOURCES if path.name != "commands.py"], ids=str)
def test_now_is_an_argument(path: Path) -> None:
    """Only the commands read the clock, once each."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    calls = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    clocks = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time"}
    # The demo and its sample day start from the clock as commands do.
    assert calls & clocks == ({"datetime.now"} if path.name == "demo.py" else set())


@pytest.mark.parametrize("path", EVERYTHING, ids=str)
def test_modules_can_be_read_in_one_sitting(path: Path) -> None:
    """Declarations may be long; everything else is under 350 lines."""
    lines = len((ROOT / path).read_text(encoding="utf-8").splitlines())
    is_declaration = path.name in ("register.py", "administration.py")
    assert lines < (700 if is_declaration else 350)
