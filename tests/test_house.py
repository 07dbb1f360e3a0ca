"""The walls of the house (docs/design.md#p7.2): imports go downward only, and steps know no disk, clock or account."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = sorted(
    path.relative_to(ROOT) for folder in ("automation", "sheet_schema") for path in (ROOT / folder).rglob("*.py")
)
SPEAKS_TO_GOOGLE = Path("automation/workbooks/google")
"""Nothing but these modules imports gspread, google-auth or, but for what speaks to chats, requests."""
SIGNS_IN_TO_GOOGLE = Path("automation/mail/sign_in/google.py")
"""Google's mail servers take a token, which is no matter of spreadsheets."""
SPEAKS_TO_CHATS = Path("automation/mail/transport/chat.py")
READS_THE_CLOCK = Path("automation/commands/options.py")
EVERYTHING = [*SOURCES, Path("jobs.py")]

ROOMS: tuple[tuple[str, ...], ...] = (
    ("sheet_schema",),
    ("text",),
    ("ledger",),
    ("cases", "pages"),
    ("steps", "forms", "workbooks", "ways_in"),
    ("mail",),
    ("reports",),
    ("run",),
    ("commands",),
    ("jobs",),
)
"""Each room may import itself and the rooms above it in this list, never its neighbours on one line."""

REACHES_OUT = frozenset({
    "asyncio", "fcntl", "ftplib", "getpass", "glob", "http", "imaplib", "io", "locale", "logging", "multiprocessing", "os",
    "pathlib", "platform", "random", "secrets", "select", "shutil", "signal", "smtplib", "socket", "sqlite3", "ssl",
    "subprocess", "sys", "tempfile", "threading", "time", "urllib", "uuid", "webbrowser",
})  # fmt: skip
"""Modules of the standard library that read a clock, a disk, a network, chance, or the computer the program runs on."""
KNOWS_NOTHING_OUTSIDE = ("text", "ledger", "cases", "steps", "pages", "ways_in")
MAY_REACH_OUT = {
    "automation/text/extras.py": {
        "pathlib": "where the program lies, which is not read",
        "sys": "which Python runs it",
    },
    "automation/text/templates.py": {"pathlib": "the mails' templates are files"},
    "automation/ledger/errors.py": {"pathlib": "the name of the file in which something broke, which is not read"},
}

COMPARES_LANGUAGES: dict[str, int] = {}
"""How often each file outside text/ still compares a language with "en" or "zh" itself: none does. May it stay so."""


READS_OR_INVENTS_CHINESE = {
    "automation/cases/urgency.py": "numbers as people type them",
    "automation/cases/waits.py": "days as people type them",
    "automation/ledger/holiday_notice.py": "notices as they are published",
    "automation/ledger/names/columns.py": "names as people type them",
    "automation/ledger/names/folding.py": "names as people type them",
    "automation/ledger/names/han.py": "names as people type them",
    "automation/ledger/names/han_part.py": "names as people type them",
    "automation/ledger/petitioners.py": "names as people type them",
    "automation/ledger/typed/headcounts.py": "numbers as people type them",
    "automation/ledger/typed/written_days.py": "days as people type them",
}


ONE_HAND = {
    r"fsync\(": ("automation/workbooks/whole_files.py", "automation/workbooks/excel/written_beside.py"),
    r"1899, ": ("automation/ledger/serial_days.py",),
    r"2199, ": ("automation/ledger/serial_days.py",),
    r"\bformat_skeleton\(": ("automation/text/dates.py",),
    r"east_asian_width\(": ("automation/text/characters.py", "automation/text/wrapping.py"),
    r"\\ud800": ("automation/text/characters.py", "automation/workbooks/excel/xml/cell_xml.py"),
    r"\bGNUTranslations\(": ("sheet_schema/languages/__init__.py",),
}
"""What is done in one place: a sign of it in the code, and the files that may show it. A commit of a workbook flushes its folder
too; a form is fitted by the width of each character; Excel refuses halves of characters by name."""


def module_of(path: Path) -> str:
    return ".".join(path.with_suffix("").parts).removesuffix(".__init__")


def room(module: str) -> str:
    """The room of a module: its folder in `automation/`, else its package."""
    first, *inside = module.split(".")
    return inside[0] if first == "automation" and inside else first


FLOOR = {name: floor for floor, names in enumerate(ROOMS) for name in names}


parsed = cache(ast.parse)


@cache
def text_of(path: Path) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def of_each(paths: Collection[Path]) -> Callable[[Callable[[Path], None]], Callable[[], None]]:
    """A rule for each of these files, as one test that names those that break it: thousands of tests take their time."""

    def as_one(rule: Callable[[Path], None]) -> Callable[[], None]:
        def test() -> None:
            broken = {}
            for path in paths:
                try:
                    rule(path)
                except AssertionError as error:
                    broken[path.as_posix()] = str(error)
            assert broken == {}
            assert paths

        test.__doc__ = rule.__doc__
        return test

    return as_one


@cache
def imports(path: Path) -> tuple[str, ...]:
    """Every module a file imports, those that only type checkers see left out."""
    return tuple(_imports(path))


def _imports(path: Path) -> Iterator[str]:
    tree = parsed(text_of(path))
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


def ours(path: Path) -> set[str]:
    """The modules of this project that a file imports."""
    return {name for name in imports(path) if name.split(".")[0] in ("automation", "sheet_schema", "jobs")}


def test_automation_holds_folders_and_nothing_else() -> None:
    flat = {path.name for path in (ROOT / "automation").glob("*.py")}
    rooms = {path.name for path in (ROOT / "automation").iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert (flat, rooms) == ({"__init__.py"}, {name for names in ROOMS[1:-1] for name in names})


@of_each(EVERYTHING)
def test_imports_go_down_the_list_of_rooms(path: Path) -> None:
    own = room(module_of(path))
    above = {name for name in ours(path) if room(name) != own and FLOOR[room(name)] >= FLOOR.get(own, -1)}
    assert above == set() or own == "automation"


def circle(arrows: Mapping[str, set[str]]) -> list[str]:
    """Modules of which each imports the next and the last the first; none if there is no such circle."""
    try:
        TopologicalSorter(arrows).prepare()
    except CycleError as found:
        modules: list[str] = found.args[1]
        return modules[::-1]
    return []


def test_no_circle_of_imports_within_a_room_or_between_rooms() -> None:
    assert circle({module_of(path): ours(path) for path in EVERYTHING}) == []


def test_a_circle_is_found() -> None:
    assert circle({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": {"a"}}) in (["b", "c", "b"], ["c", "b", "c"])


@of_each([path for path in SOURCES if room(module_of(path)) in KNOWS_NOTHING_OUTSIDE])
def test_what_is_worked_out_from_values_alone_reads_no_clock_no_disk_and_no_network(path: Path) -> None:
    """Which libraries these rooms may import stands in docs/architecture.md, and tests/docs/test_libraries.py reads it."""
    excused = MAY_REACH_OUT.get(path.as_posix(), {})
    used = {name.split(".")[0] for name in imports(path)}
    assert used & REACHES_OUT == set(excused)


def comparisons_of_languages(source: str) -> int:
    """How often a language is compared with "en" or "zh": with == or !=, in a list, or as a case of a match."""
    nodes = list(ast.walk(parsed(source)))
    compared = [[node.left, *node.comparators] for node in nodes if isinstance(node, ast.Compare)]
    compared += [[node.value] for node in nodes if isinstance(node, ast.MatchValue)]
    return sum(any(_is_language(part) for side in sides for part in _parts(side)) for sides in compared)


def _parts(side: ast.expr) -> list[ast.expr]:
    return side.elts if isinstance(side, ast.Tuple | ast.List | ast.Set) else [side]


def _is_language(part: ast.expr) -> bool:
    return isinstance(part, ast.Constant) and part.value in ("en", "zh")


@of_each([path for path in EVERYTHING if room(module_of(path)) != "text"])
def test_languages_are_chosen_between_in_one_place(path: Path) -> None:
    found = comparisons_of_languages(text_of(path))
    listed = COMPARES_LANGUAGES.get(path.as_posix(), 0)
    assert found <= listed, "say a `msg`, or ask `traits` or `script` of sheet_schema.languages"
    assert found >= listed, "well done: lower the number in COMPARES_LANGUAGES"


def chinese_in(source: str) -> int:
    """How many texts in the code have Chinese words in them, docstrings and comments left aside."""
    tree = parsed(source)
    bodies = [node.body for node in ast.walk(tree) if isinstance(getattr(node, "body", None), list)]
    notes = {id(line.value) for body in bodies for line in body if isinstance(line, ast.Expr)}
    texts = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return sum(id(text) not in notes and re.search("[\u4e00-\u9fff]", text.value) is not None for text in texts)


@of_each([path for path in EVERYTHING if path.parts[0] != "sheet_schema"])
def test_a_sentence_stands_in_the_code_in_english_and_in_a_catalogue_in_every_other_language(path: Path) -> None:
    found = chinese_in(text_of(path))
    assert (found > 0) == (path.as_posix() in READS_OR_INVENTS_CHINESE), (
        "mark it with msg, and translate it in the catalogue"
    )


@pytest.mark.parametrize(
    ("source", "count"),
    [('msg("late")', 0), ('"""超期"""\n# 超期', 0), ('said = "超期"', 1), ('f"{n}天"', 1), ('{"超": "期"}', 2)],
)
def test_chinese_in_code_is_found(source: str, count: int) -> None:
    assert chinese_in(source) == count


def test_files_that_compare_languages_are_there() -> None:
    named = (*COMPARES_LANGUAGES, *MAY_REACH_OUT, *READS_OR_INVENTS_CHINESE)
    assert [name for name in named if not (ROOT / name).is_file()] == []


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ('"a" if language == "en" else "b"', 1), ('if "zh" != one.language: pass', 1), ('language in ("zh", "en")', 1),
        ('match language:\n    case "zh": pass', 1), ('{"en": 1}[language]', 0), ("language == other", 0),
    ],
)  # fmt: skip
def test_comparisons_of_languages_are_found(source: str, count: int) -> None:
    assert comparisons_of_languages(source) == count


WORKBOOKS = Path("automation/workbooks")
SHAPES_ONLY = [path for path in SOURCES if WORKBOOKS in path.parents and not {"layout", "probe"} & set(path.parts)]
"""What reads and writes workbooks, and does not lay them out."""
KNOWS_THE_TABS = {
    Path(
        "automation/workbooks/google/reading.py"
    ): "Google gives days as numbers; only the schema says which columns hold days",
    Path("automation/workbooks/google/check.py"): "`check` names the tabs that are protected, full, or slow",
}
OF_THE_SCHEMA = {"sheet_schema", *(f"sheet_schema.{path.stem}" for path in (ROOT / "sheet_schema").glob("*.py"))}


@of_each(SHAPES_ONLY)
def test_a_workbook_knows_shapes_and_never_what_a_column_means(path: Path) -> None:
    """What stands or falls together is said in the edit. `Language` is no column."""
    tree = parsed(text_of(path))
    named = {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module in OF_THE_SCHEMA
        for alias in node.names
    }
    named |= {name for name in imports(path) if name in OF_THE_SCHEMA} - {"sheet_schema"}
    assert named - {"Language"} == set() or path in KNOWS_THE_TABS


def test_what_may_know_the_tabs_still_has_to() -> None:
    assert all("from sheet_schema import" in text_of(path) for path in KNOWS_THE_TABS)


@of_each(EVERYTHING)
def test_no_library_saves_a_workbook_that_people_have(path: Path) -> None:
    """What openpyxl never opened it cannot save (docs/design.md#p8.11)."""
    assert "openpyxl" not in text_of(path) or "load_workbook" not in text_of(path)


@of_each(EVERYTHING)
def test_smtplib_is_never_imported(path: Path) -> None:
    assert "smtplib" not in set(imports(path))


@of_each([path for path in EVERYTHING if SPEAKS_TO_GOOGLE not in path.parents and path != SIGNS_IN_TO_GOOGLE])
def test_google_is_spoken_to_in_one_place(path: Path) -> None:
    libraries = ("gspread", "google") if path == SPEAKS_TO_CHATS else ("gspread", "google", "requests")
    assert {name for name in imports(path) if name.split(".")[0] in libraries} == set()


@of_each([path for path in EVERYTHING if path != READS_THE_CLOCK])
def test_now_is_an_argument(path: Path) -> None:
    """The clock is read in one place, when a command is called; everything else is told what time it is."""
    tree = parsed(text_of(path))
    calls = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    clocks = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time"}
    assert calls & clocks == set()


@of_each(EVERYTHING)
def test_modules_can_be_read_in_one_sitting(path: Path) -> None:
    """Declarations may be long; everything else is under 350 lines."""
    lines = len(text_of(path).splitlines())
    is_declaration = path.name in ("register.py", "administration.py")
    assert lines < (700 if is_declaration else 350)


@of_each(EVERYTHING)
def test_what_an_object_is_built_from_is_named(path: Path) -> None:
    """More than five places are counted wrong sooner or later: they are given by their names."""
    tree = parsed(text_of(path))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    built = [call for call in calls if ast.unparse(call.func).split(".")[-1][:1].isupper()]
    many = [ast.unparse(call.func) for call in built if len(call.args) > 5]
    assert many == []


@of_each(EVERYTHING)
def test_nobody_asks_which_kind_of_workbook_it_is(path: Path) -> None:
    """What one kind alone can do is a value that the other has none of (`automation/workbooks/laid_out.py`)."""
    tree = parsed(text_of(path))
    asked = [
        ast.unparse(node)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "isinstance"
    ]
    assert [one for one in asked if "ExcelWorkbook" in one or "GoogleWorkbook" in one] == []


@of_each([path for path in SOURCES if WORKBOOKS in path.parents])
def test_no_argument_of_a_workbook_is_accepted_and_ignored(path: Path) -> None:
    assert "noqa: ARG" not in text_of(path)


@pytest.mark.parametrize("sign", ONE_HAND)
def test_one_hand_for_one_thing(sign: str) -> None:
    files = {path.as_posix() for path in EVERYTHING if re.search(sign, text_of(path))}
    assert files == set(ONE_HAND[sign])


def unexplained_imports(source: str) -> list[str]:
    """Imports inside a function for which no comment says why: none on their line, on the line above, or at the first of several."""
    lines, inside = ["", *source.splitlines()], set()
    for function in ast.walk(parsed(source)):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            inside |= {node for node in ast.walk(function) if isinstance(node, ast.Import | ast.ImportFrom)}
    explained: set[int] = set()
    unexplained = []
    for node in sorted(inside, key=lambda node: node.lineno):
        above = node.lineno - 1
        if "#" in lines[node.lineno] or lines[above].lstrip().startswith("#") or above in explained:
            explained.add(node.end_lineno or node.lineno)
        else:
            unexplained.append(ast.unparse(node))
    return unexplained


@of_each(EVERYTHING)
def test_an_import_stands_at_the_top_or_a_comment_says_why_not(path: Path) -> None:
    assert unexplained_imports(text_of(path)) == []


@pytest.mark.parametrize(
    ("inside", "found"),
    [
        ("import os", ["import os"]), ("import os  # slow", []), ("# slow\n    import os", []),
        ("from os import path  # slow\n    import re", []), ("x = 1  # one\n    import os", ["import os"]),
    ],
)  # fmt: skip
def test_an_import_without_a_reason_is_found(inside: str, found: list[str]) -> None:
    assert unexplained_imports(f"def f():\n    {inside}\n") == found
