"""erase as a person types it: gone from every place, numbers, seals and chains as they have to be, and nothing brings it back."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from datetime import datetime, timedelta
from html import unescape
from pathlib import Path

import openpyxl
from click.testing import CliRunner, Result
from openpyxl.comments import Comment

import jobs
from automation.ledger.certificates import certificates
from automation.ledger.parsing import parse
from automation.workbooks.excel import backups
from automation.workbooks.excel.older_copies import OlderCopies
from sheet_schema import FILING, HISTORY
from tests.support.closed_year import BOOK, closed, filed
from tests.support.ledger_in_memory import line
from tests.support.small_office import at, ledger_at
from tests.support.workbook_homes import read_now

DECIDED = ("--reason", "清册第1号", "--by", "陈工", "--early")
NAME, CONTACT = "访客2", "13800000002"
CONTACT_OF_TWO = "13900000088"


def say(path: Path, *arguments: str) -> Result:
    return CliRunner().invoke(jobs.main, [*arguments, "-w", str(path)], prog_name="jobs.py")


def traces(folder: Path, *wanted: str) -> list[str]:
    """Every file below a folder in which one of these still stands, in whatever it is packed."""
    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            contents = [path.read_bytes()]
            if path.suffix == ".sqlite":
                contents += [OlderCopies(path.parent).content(name) for name in OlderCopies(path.parent).names()]
            for data in contents:
                parts = _parts(data) if data[:2] == b"PK" else [data]
                texts = [unescape(part.decode("utf-8", "replace")) for part in parts]
                found += [f"{path.name}: {one}" for one in wanted if any(one in text for text in texts)]
    return found


def _parts(data: bytes) -> list[bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return [package.read(name) for name in package.namelist()]


def ledger_with_traces(folder: Path) -> Path:
    """The ledger with three filed cases, a note and a link in the row of one, papers, an attachment, and older copies."""
    path = filed().put(folder)
    book = openpyxl.load_workbook(path)
    sheet = book[FILING.label("zh")]
    heads = [cell.value for cell in sheet[1]]
    place = heads.index("附件") + 1
    sheet.cell(3, place).hyperlink = f"file:///{NAME}.pdf"
    sheet.cell(3, place).comment = Comment(f"{NAME}说下次再来", "x")
    sheet.cell(4, place).comment = Comment("另一件的批注", "x")
    book.save(path)
    (folder / "forms").mkdir()
    (folder / "forms" / "登记表 LV-00002.pdf").write_bytes(NAME.encode())
    (folder / "forms" / "登记表 LV-00003.pdf").write_bytes(b"x")
    (folder / "ledger.answers").mkdir()
    (folder / "ledger.answers" / "LV-00002 a.txt").write_text(NAME)
    older = OlderCopies(folder / "ledger.backups")
    for name in backups.dated(folder / "ledger.backups")[:3]:
        older.add(name, (folder / "ledger.backups" / name).read_bytes(), None)
    return path


def test_a_whole_case_is_erased_everywhere_and_everything_else_holds(tmp_path: Path) -> None:
    path = ledger_with_traces(tmp_path)
    kept_away = tmp_path.with_name("elsewhere.xlsx")
    shutil.copy(path, kept_away)
    before = path.read_bytes()
    assert traces(tmp_path, NAME, CONTACT)
    say(path, "reseal", "2", "--reason", "附件")
    sound = say(path, "verify")
    assert sound.exit_code == 0, sound.output

    assert say(path, "erase", "2", "--what", "case", *DECIDED).exit_code == 0
    done = say(path, "erase", "2", "--what", "case", *DECIDED, "--yes")
    assert done.exit_code == 0, done.output
    assert traces(tmp_path, NAME, CONTACT) == []
    assert before != path.read_bytes()

    verified = say(path, "verify")
    assert verified.exit_code == 0, verified.output
    assert "LV-00002" in verified.output
    assert json_hits(path) == []
    ledger = parse(read_now(path))
    filing = ledger.filing
    assert filing["case_no"].tolist() == ["LV-00001", "LV-00002", "LV-00003"]
    assert filing["petitioner"].tolist() == ["访客1", "", "访客3"]
    assert str(filing["received_on"][1]) == str(filing["received_on"][0]), "figures count it as before"
    assert sorted(one.name for one in (tmp_path / "forms").iterdir()) == ["登记表 LV-00003.pdf"]
    assert not list((tmp_path / "ledger.answers").iterdir())
    sheet = openpyxl.load_workbook(path)[FILING.label("zh")]
    notes = [cell.comment.text for row in sheet.iter_rows(min_row=2) for cell in row if cell.comment]
    assert notes == ["另一件的批注"]
    for copy in (tmp_path / "ledger.backups").glob("*.xlsx"):
        assert backups.checksum_of(copy), copy
    assert list((tmp_path / "certificates").glob("*.pdf"))
    assert not (tmp_path / ".ledger.xlsx.erasing").exists()

    due = json.loads(say(path, "appraise", "--now", "2037-02-01", "--json").output)["cases"]
    assert [one["case_no"] for one in due] == ["LV-00001", "LV-00003"], "what is erased was decided on"
    assert "1" in say(path, "erase", "2", "--what", "case", *DECIDED, "--yes").output
    assert len(certificates(parse(read_now(path)))) == 1, "it was erased before"
    shows_when_changed_again(shutil.copytree(tmp_path, tmp_path.with_name("changed")) / path.name)
    brought_back(path, kept_away)


def json_hits(path: Path) -> list[str]:
    said = say(path, "person", NAME, "--contact", CONTACT, "--restricted").output
    return [line for line in said.splitlines() if "LV-00002" in line or ".xlsx" in line]


def shows_when_changed_again(path: Path) -> None:
    """What is left of an erased line of History is sealed by the certificate as the line was before."""
    ledger = parse(read_now(path))
    (certificate,), history = certificates(ledger), ledger.tables[HISTORY.key]
    at = next(at for at, chain in enumerate(history["chain"].tolist()) if chain in certificate.lines)
    book = openpyxl.load_workbook(path)
    book[HISTORY.label("zh")].cell(int(history.rows[at]), history.at["after"]).value = "编的"
    book.save(path)
    said = say(path, "verify")
    assert said.exit_code == 3, said.output


def brought_back(path: Path, copy: Path) -> None:
    """Take the erased row out of Filing, restore it from a backup of before, and see that the erased text stays away."""
    book = openpyxl.load_workbook(path)
    book[FILING.label("zh")].delete_rows(3)
    book.save(path)
    said = say(path, "restore", "--missing", "--from", str(copy), "--yes")
    assert said.exit_code == 0, said.output
    assert "LV-00002" in said.output
    assert "Erasures" in said.output or "销毁" in said.output
    assert traces(path.parent, NAME, CONTACT) == []
    assert "LV-00002" in parse(read_now(path)).filing["case_no"].tolist()


def test_what_must_not_be_erased_is_refused(tmp_path: Path) -> None:
    path = filed().put(tmp_path)
    before = path.read_bytes()

    def refused(*arguments: str) -> str:
        done = say(path, "erase", *arguments, "--yes")
        assert done.exit_code != 0, done.output
        assert path.read_bytes() == before
        return done.output

    on_time = ("--reason", "清册", "--by", "陈工")
    assert "2037-01-01" in refused("2", "--what", "case", *on_time)
    refused("2", "--what", "case", *on_time, "--now", "2037-02-01")
    assert say(path, "erase", "2", "--what", "case", *on_time, "--now", "2037-02-01").exit_code == 0, "what would be"
    assert path.read_bytes() == before
    refused("4", "--what", "case", *DECIDED)
    assert "--open" in refused("4", "--what", "petitioner", *DECIDED)
    refused("99", "--what", "case", *DECIDED)
    refused("2", "--what", "case", "--reason", f"{NAME}要求", "--by", "陈工", "--early")
    refused("2", "--what", "case")
    refused("--resume")


def test_a_petitioner_is_erased_in_a_year_book(tmp_path: Path) -> None:
    path = closed().put(tmp_path)
    done = say(path, "erase", "2", "--what", "petitioner", "--reason", "本人申请", "--by", "陈工", "--yes")
    assert done.exit_code == 0, done.output
    assert traces(tmp_path, NAME, CONTACT) == []
    verified = say(path, "verify")
    assert verified.exit_code == 0, verified.output
    book = parse_book(tmp_path / BOOK)
    assert book["petitioner"].tolist() == ["访客1", "匿名", "访客3"]
    assert book["reason"].tolist() == ["重复", "重复", "重复"], "the case itself stays"


def parse_book(path: Path):  # type: ignore[no-untyped-def]
    from automation.ledger.recognition import as_a_ledger

    return parse(as_a_ledger(read_now(path))).filing


def test_one_petitioner_of_an_open_case_goes_and_the_next_run_brings_nothing_back(tmp_path: Path) -> None:
    lines = (
        line(
            petitioner="赵一曼；钱二",
            contact="13800000077; 13900000088",
            summary="钱二和赵一曼都来过",
            about="-",
            restricted="否",
        ),
        line("LV-00002", petitioner="钱二", contact="13900000088", about="-"),
    )
    path = ledger_at(tmp_path, lines)
    outbox = tmp_path / "ledger.outbox"
    at(path, "2026-03-19T09:00", outbox)
    (outbox / "gathered.eml").write_text("Subject: LV-00001, LV-00002\n\n13900000088")
    (outbox / "other.eml").write_text("Subject: LV-00002\n\n13900000088")
    one = ("--name", "钱二", "--contact", "13900000088")

    done = say(path, "erase", "1", "--what", "petitioner", *one, *DECIDED, "--open", "--yes")
    assert done.exit_code == 0, done.output
    assert "other.eml" in done.output, "it is about another case"
    assert not {*traces(outbox, CONTACT_OF_TWO)}.intersection(("gathered.eml: 13900000088",))

    def cells() -> list[list[str]]:
        register = parse(read_now(path)).register
        return [[str(register.read[key][at]) for key in ("petitioner", "contact", "summary")] for at in (0, 1)]

    left = [["赵一曼", "13800000077", "［已删除］和赵一曼都来过"], ["钱二", "13900000088", "作业太多"]]
    assert cells() == left
    later = (datetime.now() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")  # noqa: DTZ005
    at(path, later, outbox)
    assert cells() == left
    history = parse(read_now(path)).tables["history"]
    assert not any("钱二" in text for key in ("before", "after", "why") for text in history[key].tolist())
    assert say(path, "erase", "1", "--what", "petitioner", "--name", "孙三", *DECIDED, "--open").exit_code == 1
