"""Tries the mutants of one module with mutmut, in a copy of the project, and says what became of each."""

from __future__ import annotations

import ast
import contextlib
import json
import os
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.mutation.modules import Tried

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "build" / "mutation"
BIN = Path(sys.executable).parent
REFUSED, KILLED, TIMEOUTS = (37,), (1, 3), (24, -24, 36, 152, 255)
"""Exit codes that mutmut keeps: refused by mypy, failed by a test, and stopped after a time limit. Any other is a survivor's."""

SETTINGS = """
[tool.mutmut]
source_paths = ["automation"]
only_mutate = {files}
also_copy = {copied}
type_check_command = {mypy}
timeout_constant = 2.0
timeout_multiplier = 8.0
pytest_add_cli_args = ["-o", "addopts=-q", "-p", "no:cacheprovider", "-p", "tests.mutation.forgetting", "--hypothesis-seed=0"]
pytest_add_cli_args_test_selection = {tests}
"""
MYPY_FLAGS = ("--no-warn-unused-ignores", "--no-warn-return-any", "--output", "json")
"""What mypy has to say about mutmut's own additions to a file is left out."""


@dataclass(frozen=True)
class Survivor:
    """A change that no test noticed: the function it is in, its line, and the lines as they were and became."""

    file: str
    line: int
    function: str
    was: str
    now: str


@dataclass(frozen=True)
class Outcome:
    """What became of the mutants of one module."""

    killed: int
    refused: int
    timed_out: int
    survivors: tuple[Survivor, ...]

    @property
    def mutants(self) -> int:
        return self.killed + self.refused + self.timed_out + len(self.survivors)

    @property
    def share(self) -> float:
        return 100 * (1 - len(self.survivors) / self.mutants)


def tried(name: str, module: Tried, sample: int | None, seed: int) -> Outcome:
    """All mutants of a module, or a sample of them, each with the tests that reach its function."""
    folder = FOLDER / name
    _lay_out(folder, module)
    chosen = _sampled(folder, module, sample, seed) if sample else []
    log = folder / "mutmut.log"
    with log.open("w", encoding="utf-8") as out:
        command = [BIN / "mutmut", "run", "--max-children", "1", *chosen]
        done = subprocess.run(
            command, cwd=folder, stdout=out, stderr=subprocess.STDOUT, env=_environment(), check=False
        )
    if done.returncode:
        sys.exit(f"mutmut stopped with {done.returncode}: see {log.relative_to(ROOT)}")
    codes = _exit_codes(folder, module)
    alive = [mutant for mutant, code in codes.items() if code not in (*REFUSED, *KILLED, *TIMEOUTS)]
    return Outcome(
        killed=sum(code in KILLED for code in codes.values()),
        refused=sum(code in REFUSED for code in codes.values()),
        timed_out=sum(code in TIMEOUTS for code in codes.values()),
        survivors=tuple(_survivor(folder, mutant) for mutant in alive),
    )


def _environment() -> dict[str, str]:
    return {**os.environ, "MYPY_CACHE_DIR": str(FOLDER / "mypy_cache"), "COLUMNS": "200"}


def _lay_out(folder: Path, module: Tried) -> None:
    """A copy of what git knows of and what is new, with mutmut's settings for this module."""
    shutil.rmtree(folder, ignore_errors=True)
    listed = subprocess.check_output(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, text=True)
    for path in map(Path, listed.splitlines()):
        if (ROOT / path).exists() and path.parts[:2] != ("docs", "images"):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / path, folder / path)
    copied = [path.name for path in folder.iterdir() if path.name not in ("automation", "tests", "pyproject.toml")]
    settings = SETTINGS.format(
        files=json.dumps(module.files),
        copied=json.dumps(copied),
        mypy=json.dumps([sys.executable, "-m", "mypy", *MYPY_FLAGS, *module.files]),
        tests=json.dumps(module.tests),
    )
    with (folder / "pyproject.toml").open("a", encoding="utf-8") as out:
        out.write(settings)


def _sampled(folder: Path, module: Tried, sample: int, seed: int) -> list[str]:
    """So many mutants' names, drawn by the seed."""
    # mutmut is installed for `make mutants` alone
    from mutmut.mutation.file_mutation import mutate_file_contents
    from mutmut.utils.format_utils import get_mutant_name

    with contextlib.chdir(folder):  # where mutmut finds its settings
        names = [
            get_mutant_name(Path(file), mutant)
            for file in module.files
            for mutant in mutate_file_contents(file, Path(file).read_text(encoding="utf-8")).mutant_names
        ]
    return random.Random(seed).sample(names, min(sample, len(names)))


def _exit_codes(folder: Path, module: Tried) -> dict[str, int]:
    """The exit code of the tests for each mutant that was tried."""
    kept = [json.loads((folder / "mutants" / f"{file}.meta").read_text(encoding="utf-8")) for file in module.files]
    return {name: code for one in kept for name, code in one["exit_code_by_key"].items() if code is not None}


def _survivor(folder: Path, mutant: str) -> Survivor:
    # mutmut is installed for `make mutants` alone
    from mutmut.mutation.diff_apply import get_diff_for_mutant

    module, _, mangled = mutant.rpartition(".")  # as in automation.cases.clocks.x_earliest__mutmut_14
    file, function = f"{module.replace('.', '/')}.py", mangled.partition("__mutmut_")[0][2:].replace("ǁ", ".")
    with contextlib.chdir(folder):
        lines = get_diff_for_mutant(mutant, path=file).splitlines()
    hunk = next(at for at, line in enumerate(lines) if line.startswith("@@"))
    changed = lines[hunk + 1 :]
    unchanged = int(re.findall(r"\d+", lines[hunk])[0]) - 1
    unchanged += next(at for at, line in enumerate(changed) if line.startswith(("+", "-")))
    return Survivor(
        file=file,
        line=_first_line(folder / file, function) + unchanged,
        function=function,
        was=_joined(changed, "-"),
        now=_joined(changed, "+"),
    )


def _joined(changed: list[str], sign: str) -> str:
    return " ".join(line[1:].strip() for line in changed if line.startswith(sign))


def _first_line(file: Path, function: str) -> int:
    """The line on which a function begins, its decorators included."""
    return next(line for name, line in _functions(ast.parse(file.read_text(encoding="utf-8"))) if name == function)


def _functions(tree: ast.AST, within: str = "") -> Iterator[tuple[str, int]]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.ClassDef):
            yield from _functions(node, f"{node.name}.")
        elif isinstance(node, ast.FunctionDef):
            yield within + node.name, min(one.lineno for one in (node, *node.decorator_list))
