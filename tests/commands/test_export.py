"""export as a person types it: what the files hold, what is left out of them because of restricted cases."""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import jobs
from sheet_schema import REGISTER, TABS, Place, Tab
from tests.support.ledger_in_memory import Rows, line
from tests.support.small_office import at, ledger_at
from tests.support.workbook_homes import address, content, made_once

ON_BOTH = IN_TURN = True

CANARY = "Canary"
LINES: Rows = (
    line(petitioner="=HYPERLINK(1)", contact="+86 138", about="-", repeat_of="LV-00002"),
    line("LV-00002", petitioner=CANARY, summary=f"{CANARY} took money", kind="检举控告", about="王强", handler="王芳"),
    line("LV-00003", petitioner="@x", contact="1;2", summary='a "b",\n-c', important="是", superior_due="2026-05-01"),
)


@made_once
def of_three_cases(folder: Path) -> Path:
    path = ledger_at(folder, LINES, blank_rows="5", sending="暂停")
    at(path, "2026-03-18T08:00")
    at(path, "2026-04-18T08:00")
    return path


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return of_three_cases(tmp_path)


def export(path: Path, *arguments: str) -> Result:
    return CliRunner().invoke(
        jobs.main, ["export", *arguments, "--into", "out", "-w", address(path)], prog_name="jobs.py"
    )


def rows_of(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(Path("out", name).read_text("utf-8-sig"), newline="")))


def test_a_tab_is_written_by_keys_with_what_its_columns_mean(ledger: Path) -> None:
    before = content(ledger)
    done = export(ledger, "登记")
    first, secret, third = rows_of("register.csv")

    assert (done.exit_code, done.stdout) == (
        0,
        f"{Path('out/register.csv')}中有3行；各栏含义见{Path('out/register.columns.csv')}。\n"
        "有2行因涉及保密件略去了内容；加 --restricted 可一并写出。\n",
    )
    assert [first[key] for key in ("petitioner", "contact", "about", "kind", "received_on", "important", "repeat_of")] == [
        "'=HYPERLINK(1)", "'+86 138", "'-", "complaint", "2026-03-02", "false", "",
    ]  # fmt: skip
    assert {key for key, cell in secret.items() if cell} == {"case_no", "step", "due_on", "withheld"}
    assert [third[key] for key in ("petitioner", "summary", "important", "superior_due", "withheld")] == [
        "'@x", 'a "b",\n-c', "true", "2026-05-01", "false",
    ]  # fmt: skip
    told = {row["key"]: row for row in rows_of("register.columns.csv")}
    assert [*told] == [*first]
    assert [told["kind"][key] for key in ("label", "type")] == ["类别", "choice"]
    assert "complaint = 申诉求决" in told["kind"]["choices"]
    assert told["summary"]["meaning"] == REGISTER["summary"].note("zh")
    assert content(ledger) == before


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_no_tab_tells_of_a_restricted_case_unless_it_is_asked_for(ledger: Path, form: str) -> None:
    tabs = [tab for tab in TABS if tab.columns and not tab.page]
    for tab in tabs:
        assert export(ledger, tab.key, "--format", form).exit_code == 0
        assert CANARY not in Path("out", f"{tab.key}.{form}").read_text("utf-8-sig")
        assert _only_sayable(tab, form)
    assert export(ledger, "Register", "--format", form, "--restricted").exit_code == 0
    assert f"{CANARY} took money" in Path("out", f"register.{form}").read_text("utf-8-sig")


def test_a_restricted_row_without_a_number_is_withheld_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = ledger_at(tmp_path, [line(""), line("", kind="检举控告", petitioner=CANARY)])

    assert export(path, "register").exit_code == 0
    assert [row["withheld"] for row in rows_of("register.csv")] == ["false", "true"]
    assert CANARY not in Path("out/register.csv").read_text("utf-8")


def _only_sayable(tab: Tab, form: str) -> bool:
    """Whether LV-00002 stands nowhere but in rows of its own, with step and date."""
    text = Path("out", f"{tab.key}.{form}").read_text("utf-8-sig")
    rows = rows_of(f"{tab.key}.csv") if form == "csv" else [json.loads(one) for one in text.splitlines()]
    told = [{key for key, cell in row.items() if cell} for row in rows if "LV-00002" in map(str, row.values())]
    quiet = [row for row in rows if row.get("case_no") != "LV-00002" and "LV-00002" in str(row)]
    shown = [row for row in rows if tab.place is Place.ADMINISTRATOR and row.get("matches")]
    return all(keys <= {"case_no", "step", "due_on", "withheld"} for keys in told) and not quiet and not shown


def test_parquet_says_what_it_needs_or_has_the_same(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as without:
        without.setitem(sys.modules, "pyarrow", None)
        refused = export(ledger, "register", "--format", "parquet")
    assert (refused.exit_code, refused.stdout, Path("out").exists()) == (1, "", False)
    assert "[parquet]" in refused.stderr
    pytest.importorskip("pyarrow")
    import pandas as pd

    assert export(ledger, "register", "--format", "parquet").exit_code == 0
    frame = pd.read_parquet("out/register.parquet")
    assert frame["case_no"].tolist() == ["LV-00001", "LV-00002", "LV-00003"]
    assert frame["petitioner"].tolist()[::2] == ["=HYPERLINK(1)", "@x"]
    assert [str(day.date()) for day in frame["received_on"][::2]] == ["2026-03-02", "2026-03-02"]


def test_the_figures_of_a_report_are_those_it_has(ledger: Path) -> None:
    march = ("--period", "2026-03", "--now", "2026-04-18T09:00")
    assert export(ledger, "report", *march).exit_code == 0
    said = CliRunner().invoke(jobs.main, ["report", "--json", "-w", address(ledger), *march]).stdout
    rows, report = rows_of("report.csv"), json.loads(said)
    figures = {row["key"]: (row["value"], row["restricted"]) for row in rows if row["table"] == "figures"}
    kinds = {row["key"]: row["value"] or row["restricted"] for row in rows if row["table"] == "received_by_kind"}

    assert {one["key"] for one in report["figures"]} == {*figures}
    assert (figures["received"], kinds["complaint"], kinds[""], "allegation" in kinds) == (("3", "1"), "2", "1", False)
    assert [row["key"] for row in rows_of("report.columns.csv")] == [*rows[0]]
    assert export(ledger, "register", *march).exit_code == 2


def test_the_cases_behind_each_figure_are_a_second_table_that_names_no_restricted_one(ledger: Path) -> None:
    march = ("--period", "2026-03", "--now", "2026-04-18T09:00")
    said = export(ledger, "report", *march, "--restricted").stdout
    rows, columns = rows_of("report_cases.csv"), rows_of("report_cases.columns.csv")
    behind: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        behind.setdefault((row["table"], row["key"]), []).append(row["case_no"] or f"and {row['restricted']}")
    for row in rows_of("report.csv"):
        counted = [one for one in behind.get((row["table"], row["key"]), []) if not one.startswith("and ")]
        if row["table"].startswith("received_by") and row["table"] != "received_by_month" and row["key"]:
            assert len(counted) == int(row["value"]), row

    assert behind["figures", "received"] == ["LV-00001", "LV-00003", "and 1"]
    assert behind["received_by_kind", "complaint"] == ["LV-00001", "LV-00003"]
    assert behind["late", ""] == ["LV-00001", "LV-00003", "and 1"]
    assert [row["days_late"] for row in rows if row["table"] == "late"][:2] == ["27", "27"]
    assert {"LV-00002"} & {row["case_no"] for row in rows} == set()
    assert CANARY not in str(rows)
    assert [row["key"] for row in columns] == [*rows[0]]
    assert [line for line in said.splitlines() if "report_cases.csv" in line and f"{len(rows)}行" in line] != []


def test_files_that_belong_together_are_written_together_or_not_at_all(ledger: Path) -> None:
    Path("out", "register.columns.csv").mkdir(parents=True)
    refused = export(ledger, "register")

    assert (refused.exit_code, "register.columns.csv" in refused.stderr) == (1, True)
    assert [path.name for path in Path("out").iterdir()] == ["register.columns.csv"]


def test_a_tab_that_is_none_is_refused_with_those_there_are(ledger: Path) -> None:
    refused = export(ledger, "../register")

    assert (refused.exit_code, refused.stdout, Path("out").exists()) == (2, "", False)
    assert (
        "register、answers、receptions、filing" in refused.stderr
        or "register, answers, receptions, filing" in refused.stderr
    )
