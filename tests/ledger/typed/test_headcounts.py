"""How many people somebody means, in both languages."""

from __future__ import annotations

import tomllib
from pathlib import Path

from automation.ledger.typed.headcounts import chinese_number
from tests.support.as_typed import each, ledger_of, read_as

TABLE = tomllib.loads((Path(__file__).parent / "headcounts.toml").read_text("utf-8"))


def test_what_is_exact_is_read_without_a_word(tmp_path: Path) -> None:
    assert read_as(tmp_path / "台账.xlsx", "people", [*TABLE["exact"]]) == {
        k: str(v) for k, v in TABLE["exact"].items()
    }


def test_what_is_taken_for_a_number_has_a_note(tmp_path: Path) -> None:
    expected = {text: f"{number} (number_taken)" for text, number in TABLE["noted"].items()}
    assert read_as(tmp_path / "台账.xlsx", "people", [*TABLE["noted"]]) == expected


def test_what_is_no_plain_number_is_asked(tmp_path: Path) -> None:
    assert read_as(tmp_path / "台账.xlsx", "people", each(TABLE["asked"])) == dict.fromkeys(
        TABLE["asked"]["typed"], "(not_whole)"
    )


def test_nobody_is_said_beside_the_cell(tmp_path: Path) -> None:
    cells = ["0", "０", "0人", "1"]
    found = read_as(tmp_path / "台账.xlsx", "people", cells)
    assert found == {"0": "0 (nobody_came)", "０": "0 (nobody_came)", "0人": "0 (nobody_came)", "1": "1"}
    (note,) = ledger_of(tmp_path / "又.xlsx", "people", ["0"]).notes
    assert note.say("zh") == "“人数”：“0”表示没有人来，姓名也不计入人数。如要按姓名计数，请留空。"


def test_what_the_note_says(tmp_path: Path) -> None:
    (note,) = ledger_of(tmp_path / "台账.xlsx", "people", ["约30"]).notes
    assert (note.say("zh"), note.warning) == ("“人数”：“约30”视为30。如有出入，请填写准确数字。", True)
    (note,) = ledger_of(tmp_path / "ledger.xlsx", "people", ["about 30"], "en").notes
    assert note.say("en") == "How many people: “about 30” is taken for 30. Write the number itself if that is wrong."


def test_chinese_numbers() -> None:
    read = {text: chinese_number(text) for text in ("三千零五十", "九百", "零五", "十", "", "零", "百", "三三")}
    assert read == {
        "三千零五十": 3050,
        "九百": 900,
        "零五": 5,
        "十": 10,
        "": None,
        "零": None,
        "百": None,
        "三三": None,
    }
