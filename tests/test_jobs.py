"""The commands: what they say, what they exit with, where their options come from."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from collections.abc import Callable
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import click
import openpyxl
import pytest
from click.testing import CliRunner, Result

import jobs
from automation.commands.options import guarded
from automation.ledger.parsing import parse
from automation.ledger.workbook import ColumnEdit, Commit, TabEdit
from automation.workbooks.excel.workbook import ExcelWorkbook

ROOT = Path(__file__).parents[1]
COMMANDS = (
    "alert", "appraise", "archive", "assign", "backup", "calendar", "check", "close-year", "copy", "demo", "digest", "erase", "escalate", "explain", "export", "find", "form", "import", "install", "intake", "letter", "person", "preview", "prove", "publish", "reception", "remind", "report", "reseal", "restore", "run", "schedule", "validate", "verify", "whatif",
)  # fmt: skip
WORKING = ("assign", "run", "validate")
AT = ("--now", "2026-03-18T10:00")
CASES = {
    "channel": ["Visit", "Letter"],
    "petitioner": ["Anna Archer", "Bilal Barlow"],
    "contact": ["01632 960200", "01632 960201"],
    "kind": ["Complaint", "Allegation"],
    "topic": ["Teaching", "Teaching"],
    "summary": ["Too much homework", "Took money"],
    "about": ["-", "Ruth Penrose (outside)"],
    "received_on": [date(2026, 3, 17), date(2026, 3, 16)],
}
"""An ordinary case with a topic that is not on the list, and one that is restricted, being an allegation."""


def invoke(*arguments: str, **environment: str) -> Result:
    return CliRunner().invoke(jobs.main, arguments, env=environment, prog_name="jobs.py")


@pytest.fixture(scope="module")
def typed(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """An installed English ledger that has run once, and two cases typed since."""
    path = tmp_path_factory.mktemp("typed") / "ledger.xlsx"
    for command in (("install", "--language", "en", "--preset", "cn-school"), ("run",)):
        assert invoke(*command, "-w", str(path), "--now", "2026-03-18").exit_code == 0
    workbook = ExcelWorkbook(path, datetime.now(UTC))
    at = parse(workbook.read()).register.at
    with workbook.lock():
        edits = [ColumnEdit(at[key], [2, 3], cells) for key, cells in CASES.items()]
        workbook.commit(Commit(workbook.read(), [TabEdit("Register", edits)]))
    return path.read_bytes()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def ledger(folder: Path, typed: bytes) -> Path:
    path = folder / "ledger.xlsx"
    path.write_bytes(typed)
    return path


# --help


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("flag", ["--help", "-h"])
def test_every_command_explains_itself(command: str, flag: str) -> None:
    shown = invoke(command, flag)

    assert (shown.exit_code, shown.stderr) == (0, "")
    assert shown.stdout.startswith(f"Usage: jobs.py {command} [OPTIONS]")
    told = jobs.main.commands[command]
    texts = [told.help, *(one.help for one in told.params if isinstance(one, click.Option))]
    assert [text for text in texts if not text] == []  # in Chinese: tests/docs/test_commands.py


def test_the_group_lists_every_command() -> None:
    listed = invoke("--help").stdout.partition("Commands:\n")[2]

    assert [line.split()[0] for line in listed.splitlines() if line[2] != " "] == [*COMMANDS]


def test_help_does_not_wait_for_heavy_imports() -> None:
    """One process asks for the help of each command in turn, and says after which something heavy was there."""
    code = (
        "import sys, jobs\n"
        "heavy = {'pandas', 'openpyxl', 'numpy', 'lxml', 'python_calamine', 'holidays', 'hypothesis', 'jinja2', 'rich'}\n"
        "found = {}\n"
        "for command in ([], *([one] for one in jobs.main.commands)):\n"
        "    try: jobs.main([*command, '--help'])\n"
        "    except SystemExit as end: assert end.code == 0\n"
        "    found |= {one: command for one in heavy & set(sys.modules) if one not in found}\n"
        "print('HEAVY', found)"
    )
    shown = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code],
        cwd=ROOT, capture_output=True, encoding="utf-8", check=True, timeout=60,
    )  # fmt: skip

    assert shown.stdout.splitlines()[-1] == "HEAVY {}"
    assert shown.stdout.count("Usage: ") == len(COMMANDS) + 1


HEAVY = (
    "automation.cases.indicators", "automation.mail.letters.compose", "automation.run.two_worlds", "apprise", "css_inline", "docx", "email.message", "filelock", "google.auth", "gspread", "holidays", "icalendar",
    "jinja2", "lxml", "nameparser", "nicknames", "numpy.ma", "opencc", "openpyxl", "pandas", "rapidfuzz", "reportlab", "requests", "rich", "ssl", "yagmail",
)  # fmt: skip
"""What takes long to import, and a run needs only when it writes, sends, asks Google or answers, or when somebody wrote a
name in a way of their own."""
STAFF = {
    "name": ["Ruth Penrose", "Oliver Penrose-Hale", "王芳", "职员02"],
    "role": ["Handler", "Head", "Office", "Handler"],
    "email": ["ruth@school.example", "oliver@school.example", "wangfang@school.example", "liming@school.example"],
}
HEADED = {"name": ["Mathematics", "教务处"], "head": ["Oliver Penrose-Hale", "王芳"]}
"""People and departments whom the two cases name exactly as they are written here, one of them in its summary."""


def name_exactly(path: Path) -> None:
    """Write down who works here, and let both cases be about one of them."""
    workbook = ExcelWorkbook(path, datetime.now(UTC))
    with workbook.lock():
        read = workbook.read()
        tables = parse(read).tables
        register, people, departments = (tables[key] for key in ("register", "people", "departments"))
        first, last = people.last_row + 1, departments.last_row + 1
        edits = [
            TabEdit(
                register.title,
                [
                    ColumnEdit(register.at["summary"], [2], ["家长2026年3月反映，职员02布置的作业太多。"]),
                    ColumnEdit(register.at["about"], [3], ["Ruth Penrose"]),
                ],
            ),
            TabEdit(people.title, [ColumnEdit(people.at[key], range(first, first + 4), STAFF[key]) for key in STAFF]),
            TabEdit(
                departments.title,
                [ColumnEdit(departments.at[key], range(last, last + 2), HEADED[key]) for key in HEADED],
            ),
        ]
        workbook.commit(Commit(read, edits))


def test_a_run_with_nothing_to_do_does_not_wait_for_heavy_imports(ledger: Path) -> None:
    """A timer starts it every ten minutes, and nearly always there is nothing to do (`benchmarks/starting.py`)."""
    name_exactly(ledger)
    idle = ("run", "-w", str(ledger), *AT)
    for _ in range(2):
        assert invoke(*idle).exit_code == 0
    before = ledger.read_bytes()
    code = (
        "import atexit, gc, sys, jobs\n"
        "from pathlib import Path\n"
        "atexit.register(lambda: print('FROZEN', gc.get_freeze_count() > 0))\n"
        "gc.collect()\n"
        "looked = sum(each['collections'] for each in gc.get_stats())\n"
        "try: jobs.start()\n"
        "except SystemExit as end: assert end.code == 0\n"
        "print('CYCLES', sum(each['collections'] for each in gc.get_stats()) - looked)\n"
        "tasks = Path('/proc/self/task')\n"
        "print('THREADS', sum(1 for _ in tasks.iterdir()) if tasks.exists() else 1)\n"
        f"print('HEAVY', sorted({{*{HEAVY}}} & set(sys.modules)))"
    )
    shown = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code, *idle],
        cwd=ROOT, capture_output=True, encoding="utf-8", check=True, timeout=60,
    )  # fmt: skip

    assert ledger.read_bytes() == before
    assert "Nothing to do." in shown.stdout
    assert shown.stdout.splitlines()[-4:] == ["CYCLES 0", "THREADS 1", "HEAVY []", "FROZEN True"]


def test_the_version_is_the_declared_one(folder: Path) -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]

    told = invoke("--version")

    assert (told.exit_code, told.stdout, told.stderr) == (0, f"{declared}\n", "")


def test_without_a_declaration_the_version_is_the_installed_one(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("automation.commands.options.PROGRAM", folder / "jobs.py")
    monkeypatch.setattr("importlib.metadata.version", {"letters-and-visits-ledger": "0.9.9"}.__getitem__)

    told = invoke("--version", LEDGER_VERSION="1")

    assert (told.exit_code, told.stdout, told.stderr) == (0, "0.9.9\n", "")


def test_a_variable_called_version_does_not_end_a_command(folder: Path) -> None:
    assert invoke("run", "--help", LEDGER_VERSION="1").stdout.startswith("Usage: jobs.py run")


# "Exit codes: 0 done, 1 error, 2 usage, 3 problems found (with --check), 4 some mails failed, 75 locked"


def without_a_tab(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    del book["Duty"]
    book.save(path)


def open_in_excel(path: Path) -> None:
    path.with_name("~$ledger.xlsx").write_bytes(b"\x04Ruth")


def spoilt(path: Path) -> None:
    path.write_bytes(b"no workbook")


def gone(path: Path) -> None:
    path.unlink()


def as_it_is(path: Path) -> None:
    """The two cases of `CASES`, one of which has a problem."""


@pytest.mark.parametrize(
    ("before", "arguments", "code", "said"),
    [
        pytest.param(as_it_is, ("run", *AT), 0, "", id="done"),
        pytest.param(as_it_is, ("run", *AT, "--check"), 3, "", id="problems"),
        pytest.param(as_it_is, ("run", *AT, "--check", "--json"), 3, "", id="problems-in-json"),
        pytest.param(as_it_is, ("validate", *AT, "--check", "--dry-run"), 3, "", id="problems-dry"),
        pytest.param(without_a_tab, ("run", *AT), 1, "", id="stopped"),
        pytest.param(without_a_tab, ("run", *AT, "--check"), 1, "", id="stopped-with-check"),
        pytest.param(
            gone,
            ("run",),
            1,
            "There is no workbook ledger.xlsx: check the path, or make one with `jobs.py install`.\n",
            id="no-workbook",
        ),
        pytest.param(
            spoilt,
            ("assign",),
            1,
            "ledger.xlsx is not an Excel workbook (.xlsx), whatever its name says: give the ledger's own file.\n",
            id="no-workbook-inside",
        ),
        pytest.param(
            as_it_is,
            ("explain", "LV-09999", *AT),
            1,
            "There is no case LV-09999 in the Register.\n",
            id="no-such-case",
        ),
        pytest.param(
            as_it_is,
            ("copy", "ledger.xlsx", "ledger.xlsx"),
            1,
            "ledger.xlsx is already there: choose another name, or move it away first.\n",
            id="copied-onto-itself",
        ),
        pytest.param(
            as_it_is,
            ("run", "--now", "tomorrow"),
            2,
            "--now tomorrow is not a day or time: write it like 2026-03-18 or 2026-03-18T09:00.\n",
            id="now-is-no-day",
        ),
        pytest.param(
            as_it_is,
            ("explain", "LV-00001", "--now", "2026-02-30"),
            2,
            "--now 2026-02-30 is not a day or time: write it like 2026-03-18 or 2026-03-18T09:00.\n",
            id="no-such-day",
        ),
        pytest.param(
            as_it_is,
            ("run", "--sometimes"),
            2,
            "Usage: jobs.py run [OPTIONS]\nTry 'jobs.py run --help' for help.\n\n"
            "Error: No such option '--sometimes'.\n",
            id="no-such-option",
        ),
    ],
)
def test_exit_codes(
    ledger: Path, before: Callable[[Path], None], arguments: tuple[str, ...], code: int, said: str
) -> None:
    before(ledger)

    ended = invoke(*arguments)

    assert (ended.exit_code, ended.stderr) == (code, said)
    assert (ended.stdout == "") is bool(said)


@pytest.mark.parametrize("command", WORKING)
def test_an_open_workbook_is_for_later(ledger: Path, command: str) -> None:
    open_in_excel(ledger)

    ended = invoke(command, *AT)

    assert (ended.exit_code, ended.stdout, ended.stderr) == (
        75,
        "",
        "ledger.xlsx is open: Ruth, in Excel / WPS, for less than a minute (~$ledger.xlsx)."
        " Close it and run again; nothing was written.\n",
    )


@pytest.mark.parametrize("command", [*WORKING, "install", "copy"])
def test_a_ledger_another_run_works_on_is_for_later(ledger: Path, command: str) -> None:
    arguments = {"install": (), "copy": ("ledger.xlsx", "new.xlsx")}.get(command, AT)
    before = ledger.read_bytes()

    with ExcelWorkbook(ledger, datetime.now(UTC)).lock():
        ended = invoke(command, *arguments)

    assert (ended.exit_code, ended.stdout, ended.stderr) == (
        75,
        "",
        "Another run is working on ledger.xlsx: try again later.\n",
    )
    assert ledger.read_bytes() == before
    assert not Path("new.xlsx").exists()


# What is shown: words, or one JSON object.
HIDDEN = "ask the office"
WHY = "Routing row 13 (order 999)"
MARK = "2026-03-18T10:00:00"
ASSIGNED = [
    ("register", 2, "LV-00001", "department", None, "School office", WHY),
    ("register", 3, "LV-00002", "department", HIDDEN, HIDDEN, ""),
    ("routing", 2, "10", "matches", HIDDEN, HIDDEN, ""),
    ("routing", 13, "999", "matches", HIDDEN, HIDDEN, ""),
    ("history", 2, "LV-00002", "run", HIDDEN, HIDDEN, ""),
    ("history", 3, "LV-00001", "run", None, MARK, ""),
    ("history", 2, "LV-00002", "at", HIDDEN, HIDDEN, ""),
    ("history", 3, "LV-00001", "at", None, MARK, ""),
    ("history", 2, "LV-00002", "case_no", None, "LV-00002", ""),
    ("history", 3, "LV-00001", "case_no", None, "LV-00001", ""),
    ("history", 2, "LV-00002", "column", HIDDEN, HIDDEN, ""),
    ("history", 3, "LV-00001", "column", None, "Department", ""),
    ("history", 3, "LV-00001", "after", None, "School office", ""),
    ("history", 3, "LV-00001", "why", None, WHY, ""),
    ("history", 2, "LV-00002", "chain", HIDDEN, HIDDEN, ""),
    ("history", 3, "LV-00001", "chain", None, "8e9799b0f7a7", ""),
    ("runs", 4, MARK, "run", None, MARK, ""),
    ("runs", 4, MARK, "at", None, MARK, ""),
    ("runs", 4, MARK, "command", None, "assign", ""),
    ("runs", 4, MARK, "changes", None, 16, ""),
    ("runs", 4, MARK, "notices", None, 0, ""),
    ("runs", 4, MARK, "problems", None, 2, ""),
    ("runs", 4, MARK, "history", None, "718b7a4e86d9c0743726f4548a449cd5", ""),
    ("runs", 4, MARK, "mail", None, "all", ""),
    ("runs", 4, MARK, "outcome", None, "done", ""),
]
NO_TOPIC = "Topic: “Teaching” is not in Topics. Choose from the list, or add it to Topics."


# "--json (one object on stdout: run, now, dry_run, changes[] …; dates in ISO form, choices by their keys)"
@pytest.mark.parametrize("dry", [True, False], ids=["dry", "for-good"])
def test_json_is_one_whole_object(ledger: Path, *, dry: bool) -> None:
    ended = invoke("assign", *AT, "--json", *(["--dry-run"] if dry else []))

    assert (ended.exit_code, ended.stderr) == (0, "")
    columns = ("tab", "row", "key", "column", "before", "after", "why")
    assert json.loads(ended.stdout) == {
        "run": MARK,
        "now": MARK,
        "time_zone": "Asia/Shanghai",
        "dry_run": dry,
        "changes": [dict(zip(columns, change, strict=True)) for change in ASSIGNED],
        "notices": [],
        "problems": [
            {"tab": "register", "row": 2, "column": "topic", "message": NO_TOPIC},
            {"tab": "register", "row": 3, "column": "", "message": HIDDEN},
        ],
        "held": [],
        "closing": [],
        "calls": 0,
    }


# A restricted case appears as "number, step, date and 'ask the office', nothing else".
@pytest.mark.parametrize("command", WORKING)
@pytest.mark.parametrize("form", ["--json", "-v", "--dry-run"])
def test_nothing_shown_says_more_of_a_restricted_case(ledger: Path, command: str, form: str) -> None:
    shown = invoke(command, *AT, form)

    assert shown.exit_code == 0
    for secret in ("Bilal", "Barlow", "960201", "Took money", "Ruth Penrose", "Allegation", "allegation"):
        assert secret not in shown.output
    if form == "--json":
        of_it = [one for one in json.loads(shown.stdout)["changes"] if one["key"] == "LV-00002"]
        told = {one["column"]: one["after"] for one in of_it if one["after"] != HIDDEN}
        assert (
            told
            == {
                "run": {"step": "decide", "due_on": "2026-03-23", "case_no": "LV-00002"},
                "validate": {"step": "decide", "due_on": "2026-03-23"},
                "assign": {"case_no": "LV-00002"},
            }[command]
        )


@pytest.mark.parametrize("short", ["1", "lv-1", "LV-00001"])
def test_a_case_is_found_by_a_number_typed_short(ledger: Path, short: str) -> None:
    explained, proved, printed = (invoke(command, short, *AT) for command in ("explain", "prove", "form"))

    assert explained.stdout.startswith("LV-00001  ")
    assert (
        proved.stdout
        == "LV-00001: as its About whom is read, nobody in People or Departments is kept from it, so there is nothing to compare."
        " If somebody here is meant, write their full name there.\n"
    )
    assert printed.stdout.startswith("form LV-00001.html and form LV-00001.pdf are in forms")
    assert invoke("reseal", short, "--reason", "x", *AT).stderr == "There is no sealed case LV-00001 in Filing.\n"


def test_a_run_is_told_in_a_few_words(ledger: Path) -> None:
    first, second = invoke("run", *AT), invoke("run", *AT)

    problems = (
        f"2 problems:\n  Register row 2 LV-00001: {NO_TOPIC}\n  Register row 3 LV-00002: 1 problem; look at the row.\n"
    )
    nobody = "Nobody was told by mail as handler of LV-00001 and LV-00002, nor would a digest say why: nobody with the role office has an address in People.\n"
    assert first.stdout == f"52 cells written to Register, Routing, Index, History and Runs.\n{nobody}{problems}"
    assert second.stdout == f"Nothing to do.\n{nobody}{problems}"


def test_a_run_and_its_errors_speak_the_language_of_the_command(ledger: Path) -> None:
    """`--language` before it wins over the ledger's; the workbook itself stays as it is."""
    told = invoke("--language", "zh", "run", "-w", str(ledger), "--now", "2026-03-18").output
    assert "Teaching" in told
    assert "“事项”：“Teaching”不在“事项”表中。请从列表选择，或在“事项”表中添加。" in told
    assert (
        parse(ExcelWorkbook(ledger, datetime.now(UTC)).read()).register["problems"][0].startswith("Topic: “Teaching”")
    )
    assert "没有编号LV-00099" in invoke("--language", "zh", "explain", "LV-00099", "-w", str(ledger)).output
    assert (
        "编号、归档和封存均无异常"
        in invoke("--language", "zh", "verify", "-w", str(ledger), "--now", "2026-03-18").output
    )


def test_a_dry_run_shows_every_cell_and_says_would(ledger: Path) -> None:
    shown = invoke("assign", *AT, "--dry-run").stdout.splitlines()

    assert shown[:4] == [
        "Register row 2 LV-00001 Department: School office (Routing row 13 (order 999))",
        "Register row 3 LV-00002 Department: ask the office → ask the office",
        "Routing row 2 10 Matches: ask the office → ask the office",
        "Routing row 13 999 Matches: ask the office → ask the office",
    ]
    assert shown[len(ASSIGNED)] == "25 cells would be written to Register, Routing, History and Runs."


def test_a_stop_is_told_with_what_to_do(ledger: Path) -> None:
    without_a_tab(ledger)
    before = sha256(ledger.read_bytes()).hexdigest()

    shown = invoke("run", *AT)

    assert shown.stdout == (
        "Stopped: nothing was written or sent.\n1 problem:\n"
        "  Duty: The tab “Duty” is missing, though this ledger was in use. Put it back: Undo, version history or a backup. "
        "Only if that cannot be, run install, which adds one without what stood there.\n"
    )
    assert sha256(ledger.read_bytes()).hexdigest() == before


# Where options come from: the command line, then the environment, then ledger.toml, then what is built in.


@pytest.mark.parametrize(
    ("arguments", "environment", "toml", "used"),
    [
        pytest.param((), {}, "", "ledger.xlsx", id="built-in"),
        pytest.param((), {}, 'workbook = "toml.xlsx"', "toml.xlsx", id="the-file"),
        pytest.param((), {"LEDGER_WORKBOOK": "env.xlsx"}, 'workbook = "toml.xlsx"', "env.xlsx", id="the-environment"),
        pytest.param(
            ("-w", "typed.xlsx"), {"LEDGER_WORKBOOK": "env.xlsx"}, 'workbook = "toml.xlsx"', "typed.xlsx", id="the-line"
        ),
        pytest.param(("--workbook", "typed.xlsx"), {}, "", "typed.xlsx", id="the-line-in-full"),
    ],
)
@pytest.mark.parametrize("command", ["run", "explain", "install"])
def test_which_workbook_is_used(
    folder: Path, arguments: tuple[str, ...], environment: dict[str, str], toml: str, used: str, command: str
) -> None:
    """None of them is a workbook, so that each command names the one it looked at."""
    (folder / "ledger.toml").write_text(toml, "utf-8")
    for name in ("ledger.xlsx", "toml.xlsx", "env.xlsx", "typed.xlsx"):
        (folder / name).write_bytes(b"no")
    case = ["LV-00001"] if command == "explain" else []

    ended = invoke(command, *case, *arguments, **environment)

    assert (ended.exit_code, ended.stderr.splitlines()[0]) == (
        1,
        f"{used} is not an Excel workbook (.xlsx), whatever its name says: give the ledger's own file.",
    )


def test_other_options_from_the_file(ledger: Path) -> None:
    (ledger.parent / "office.toml").write_text('now = "2026-03-18T10:00"\ndry-run = true\nas_json = true\n', "utf-8")

    ended = invoke("--config", "office.toml", "run")

    shown = json.loads(ended.stdout)
    assert (shown["now"], shown["dry_run"]) == (MARK, True)


# --now: "ISO date or time, in the Settings' time zone".
@pytest.mark.parametrize(
    ("text", "taken"),
    [
        pytest.param("2026-03-18", "2026-03-18T09:00:00", id="a-day"),
        pytest.param("2026-03-18T07:05", "2026-03-18T07:05:00", id="a-time"),
        pytest.param("2026-03-18 07:05", "2026-03-18T07:05:00", id="a-time-with-a-space"),
        pytest.param("2026-03-18T23:30+00:00", "2026-03-19T07:30:00", id="a-time-elsewhere"),
        pytest.param("2026-03-18T23:30Z", "2026-03-19T07:30:00", id="a-time-in-greenwich"),
    ],
)
def test_now_is_in_the_offices_time_zone(ledger: Path, text: str, taken: str) -> None:
    shown = json.loads(invoke("run", "--dry-run", "--json", "--now", text).stdout)

    assert (shown["run"], shown["now"]) == (taken, taken)


def test_a_fault_of_the_program_is_one_line_without_what_it_was_working_on(
    capsys: pytest.CaptureFixture[str],
) -> None:
    def faulty() -> int:
        raise ValueError("MARKER")

    with pytest.raises(SystemExit) as ended:
        guarded(faulty)()
    line = faulty.__code__.co_firstlineno + 1
    assert (ended.value.code, capsys.readouterr().err.splitlines()) == (
        1,
        [
            f"The program has a fault (ValueError, test_jobs.py line {line}): please send this line to whoever looks after it.",
        ],
    )
