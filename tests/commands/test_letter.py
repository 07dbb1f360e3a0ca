"""letter as a person types it: what it writes and says, what it refuses, and what stands in the row afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from docx import Document

import jobs
from automation.commands.letter import kind_meant
from automation.forms.letters.filling import all_text
from automation.ledger.parsing import parse
from sheet_schema import REGISTER
from sheet_schema.letter_files import letters_of
from sheet_schema.letter_words import LetterKind
from tests.support.ledger_in_memory import Rows, line
from tests.support.small_office import at, ledger_at
from tests.support.workbook_homes import address, content, made_once, read_now, shown_in, type_in

ON_BOTH = IN_TURN = True
ACCEPTED = {"decision": "受理", "decided_on": "2026-03-04"}
LINES: Rows = (
    line(**ACCEPTED),
    {**line("LV-00002"), "kind": "检举控告", "about": "张三", **ACCEPTED},
    line("LV-00003", petitioner="李四", summary="王芳老师打人", about="王芳", **ACCEPTED),
    line("LV-00004", petitioner="赵六", summary="与陈静一起反映食堂", asked_for="发票", **ACCEPTED),
    line("LV-00005", petitioner="{{ 7*7 }}<b>", summary="=1+1\n{% for x in y %}", **ACCEPTED),
)


@made_once
def of_five_cases(folder: Path) -> Path:
    path = ledger_at(folder, LINES, sending="暂停", school_name="第一中学", school_phone="010-1")
    at(path, "2026-03-18T08:00")
    return path


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return of_five_cases(tmp_path)


def letter(path: Path, *arguments: str, now: str = "2026-03-18T09:00") -> Result:
    typed = ["letter", *arguments, "-w", address(path), "--now", now]
    return CliRunner().invoke(jobs.main, typed, prog_name="jobs.py")


def files(folder: Path) -> dict[str, Path]:
    return {one.name: one for one in folder.glob("*.letters/*") if one.is_file()}


def cell(path: Path, number: str, key: str) -> str:
    """What stands in a column of this case."""
    register = parse(read_now(path)).register
    return str(register[key][register["case_no"].tolist().index(number)])


def test_a_letter_lies_beside_the_ledger_and_its_row_says_so(ledger: Path, tmp_path: Path) -> None:
    done = letter(ledger, "LV-00001", "受理告知书", "--pdf")

    name = "LV-00001 受理告知书"
    assert done.exit_code == 0, done.output
    assert {*files(tmp_path)} == {f"{name}.docx", f"{name}.pdf"}
    assert cell(ledger, "LV-00001", "letters_made") == f"2026-03-18 | 受理告知书 | {name}.docx"


def test_what_stands_in_cells_is_data(ledger: Path, tmp_path: Path) -> None:
    done = letter(ledger, "5", "受理告知书")

    assert done.exit_code == 0, done.output
    (made,) = files(tmp_path).values()
    said = all_text(Document(str(made)))
    assert "{{ 7*7 }}<b>" in said
    assert "=1+1" in said
    assert "{% for x in y %}" in said


@pytest.mark.parametrize(
    ("case", "kind", "said"),
    [
        ("LV-00001", "处理（答复）意见书", "处理（答复）意见书须写明而尚为空：办理结果、结论、处理依据"),
        ("LV-00001", "延期告知书", "延期告知书须写明而尚为空：延期至、批准人、延期理由"),
        ("LV-00002", "受理告知书", "保密件不制作文书"),
        ("LV-00003", "受理告知书", "“反映问题”提到王芳"),
        ("LV-00004", "补正通知", "“反映问题”提到陈静，此人是另一件的信访人"),
        ("LV-00001", "表扬信", "没有“表扬信”这种文书"),
        ("LV-00099", "受理告知书", "没有可以制作文书的LV-00099"),
    ],
)
def test_what_cannot_be_made_is_refused_with_the_reason(
    ledger: Path, tmp_path: Path, case: str, kind: str, said: str
) -> None:
    before = content(ledger)
    done = letter(ledger, case, kind)

    assert done.exit_code in (1, 3)
    assert said in done.output
    assert not files(tmp_path)
    assert content(ledger) == before


def test_a_letter_chosen_in_its_row_is_made_once_and_again_only_if_it_is_chosen_anew(
    ledger: Path, tmp_path: Path
) -> None:
    column = [*REGISTER.keys].index("letter") + 1
    rows = [row[0] for row in shown_in(ledger, "登记")]
    row = rows.index("LV-00001") + 1

    def run(day: str) -> tuple[set[str], str]:
        done = CliRunner().invoke(
            jobs.main, ["run", "-w", address(ledger), "--now", day, "--outbox", str(tmp_path / "o")]
        )
        assert done.exit_code == 0, done.output
        return {*files(tmp_path)}, cell(ledger, "LV-00001", "letters_made")

    type_in(ledger, "登记", row, column, "受理告知书")
    first, told = run("2026-03-18T10:00")
    assert first == {"LV-00001 受理告知书.docx"}
    assert told.startswith("2026-03-18 | 受理告知书 | LV-00001 受理告知书.docx | #")
    assert run("2026-03-18T10:10") == (first, told)
    type_in(ledger, "登记", row, column, "")
    assert run("2026-03-18T10:20") == (first, told.partition(" | #")[0])
    files(tmp_path)["LV-00001 受理告知书.docx"].write_bytes(b"edited in Word")
    type_in(ledger, "登记", row, column, "受理告知书")
    second, told = run("2026-03-18T10:30")
    assert second == {"LV-00001 受理告知书.docx", "LV-00001 受理告知书 (2).docx"}
    assert told.splitlines()[1].startswith("2026-03-18 | 受理告知书 | LV-00001 受理告知书 (2).docx | #")
    assert files(tmp_path)["LV-00001 受理告知书.docx"].read_bytes() == b"edited in Word"


def test_only_a_person_who_says_that_it_was_handed_over_fills_in_the_day(ledger: Path, tmp_path: Path) -> None:
    handed = ("LV-00001", "受理告知书", "--handed-over", "2026年3月18号", "--way", "邮寄")

    assert "没有制作过受理告知书" in letter(ledger, *handed).output
    letter(ledger, "LV-00001", "受理告知书")
    assert cell(ledger, "LV-00001", "notified_on") == "NaT"
    done = letter(ledger, *handed)
    assert (done.exit_code, done.output) == (0, "LV-00001：已记受理告知书送达（邮寄），“告知日期”为2026-03-18。\n")
    assert cell(ledger, "LV-00001", "notified_on") == "2026-03-18"
    assert cell(ledger, "LV-00001", "letters_made").endswith(" | 2026-03-18（邮寄）")
    history = parse(read_now(ledger)).tables["history"]
    assert history["why"].tolist()[-1] == "受理告知书已送达，邮寄"
    before = content(ledger)
    assert "已有记录" in letter(ledger, *handed).output
    later = letter(ledger, *handed[:3], "2026-03-19", *handed[4:], now="2026-03-20")
    assert "“告知日期”已填2026-03-18" in later.output
    assert "还没有到" in letter(ledger, *handed[:3], "2026-04-01", *handed[4:]).output
    assert content(ledger) == before


def own(folder: Path, name: str, *paragraphs: str) -> Path:
    """A template of the office's own with these paragraphs."""
    (templates := folder / "templates").mkdir(exist_ok=True)
    word = Document()
    for text in paragraphs:
        word.add_paragraph(text)
    word.save(str(templates / name))
    return templates / name


WHOLE = "".join("{{ " + place + " }} " for place in letters_of("cn-school")["accepted"].demands)


def test_an_office_restyles_our_templates_and_check_looks_at_them(ledger: Path, tmp_path: Path) -> None:
    def check() -> str:
        return CliRunner().invoke(jobs.main, ["check", "-w", address(ledger), "--now", "2026-03-18T09:00"]).output

    assert "受理告知书.docx" in letter(ledger, "--templates").output
    (folder,) = tmp_path.glob("*.letters")
    assert len([*folder.glob("templates/*.docx")]) == len(LetterKind)
    assert "保持不变" in letter(ledger, "--templates").output
    assert "您的模板有11个" in check()
    own(folder, "受理告知书.docx", "敬启者：", WHOLE)
    assert letter(ledger, "LV-00001", "受理告知书", "--pdf").exit_code == 0
    assert "敬启者" in all_text(Document(str(files(tmp_path)["LV-00001 受理告知书.docx"])))
    for text, said in (
        (WHOLE.replace("{{ due }}", ""), "受理告知书.docx缺少该文书必须写明的内容：{{ due }}"),
        (WHOLE + "{{ old_due }}", "模板中有{{ old_due }}"),
        (WHOLE + "{{ nonsense }}", "无法填充的占位符：{{ nonsense }}"),
        (WHOLE + "{{ ''.__class__.__mro__ }}", "花括号中有占位符以外的内容"),
        (WHOLE + "{% for a in day %}x{% endfor %}", "花括号中有占位符以外的内容"),
        (WHOLE + "{{ day", "花括号中有占位符以外的内容"),
    ):
        path = own(folder, "受理告知书.docx", text)
        assert said in check() or "old_due" in text
        assert said in letter(ledger, "LV-00001", "受理告知书").output
    path.write_bytes(b"PK no Word file")
    own(folder, "表扬信.docx", "x")
    assert "受理告知书.docx无法作为 Word 文档读取" in check()
    assert "表扬信.docx" in check()
    assert "无法作为 Word 文档读取" in letter(ledger, "LV-00001", "受理告知书").output


def test_a_draft_marks_what_is_missing_and_is_not_noted(ledger: Path, tmp_path: Path) -> None:
    done = letter(ledger, "LV-00001", "处理（答复）意见书", "--draft")

    assert "尚缺：处理（答复）意见书须写明而尚为空：办理结果" in done.output
    (made,) = files(tmp_path).values()
    assert made.name == "草稿 LV-00001 处理（答复）意见书.docx"
    assert "［缺］" in all_text(Document(str(made)))
    assert cell(ledger, "LV-00001", "letters_made") == ""
    assert letter(ledger, "LV-00002", "受理告知书", "--draft").exit_code == 3


@pytest.mark.file_only
def test_whoever_copies_a_ledger_is_told_to_copy_its_letters_along(ledger: Path, tmp_path: Path) -> None:
    def said(*arguments: str) -> str:
        return CliRunner().invoke(jobs.main, [*arguments, "-w", address(ledger)]).output

    assert "文书" not in said("backup", "--into", "copies")
    letter(ledger, "LV-00001", "受理告知书")
    told = "ledger.letters中的文书未复制：请把该文件夹一并复制。"
    assert told in said("backup", "--into", "copies")
    copied = CliRunner().invoke(jobs.main, ["copy", str(ledger), str(tmp_path / "new.xlsx")])
    assert told in copied.output


@pytest.mark.parametrize(
    ("typed", "kind"),
    [("答复意见书", "answer"), ("  延期通知书 ", "extended"), ("stage decision", "answer"), ("转送函", "referral"), ("Final response letter", "final")],
)  # fmt: skip
def test_a_kind_is_known_by_what_people_call_it(typed: str, kind: str) -> None:
    assert kind_meant(typed, None).key == kind


@pytest.mark.file_only
def test_a_row_says_what_its_letter_lacks_and_a_dry_run_makes_none(ledger: Path, tmp_path: Path) -> None:
    column = [*REGISTER.keys].index("letter") + 1
    row = [line[0] for line in shown_in(ledger, "登记")].index("LV-00001") + 1

    def run(*options: str) -> str:
        typed = ["run", "-w", address(ledger), "--now", "2026-03-18T10:00", "--outbox", str(tmp_path / "o"), *options]
        return CliRunner().invoke(jobs.main, typed).output

    type_in(ledger, "登记", row, column, "受理告知书")
    assert "将制作以下各件的文书：LV-00001。" in run("--dry-run")
    type_in(ledger, "登记", row, column, "延期告知书")
    run()
    assert "延期告知书须写明而尚为空：延期至、批准人、延期理由" in cell(ledger, "LV-00001", "problems")
    assert not files(tmp_path)
