"""A text table is read in the encoding and with the separator that it has."""

from __future__ import annotations

import pytest

from automation.workbooks.foreign.text_tables import text_table

CHINESE = "编号,日期,姓名,事由\r\n1,1月2日,欧阳娜娜,路灯坏了，晚上不敢出门\r\n"
TRADITIONAL = "編號,日期,姓名,事由\r\n1,1月2日,歐陽娜娜,學校食堂飯菜太涼，請盡快改善\r\n"
WESTERN = "No.;Date;Name;Matter\n1;2/1/2026;Brónagh O’Cathain;café £5 – naïve\n2;3/1/2026;Zoë;x\n"


@pytest.mark.parametrize(
    ("text", "encoding", "separator"),
    [
        (CHINESE, "utf-8", ","), (CHINESE, "utf-8-sig", ","), (CHINESE, "gb18030", ","), (CHINESE, "utf-16", ","),
        (CHINESE, "utf-16-le", ","), (CHINESE, "utf-16-be", ","), (CHINESE.replace(",", "\t"), "gbk", "\t"),
        (CHINESE, "utf-32", ","), (TRADITIONAL, "big5", ","), (TRADITIONAL, "utf-8", ","),
        (WESTERN, "utf-8", ";"), (WESTERN, "cp1252", ";"), (WESTERN, "utf-16", ";"), (WESTERN.replace(";", "|"), "cp1252", "|"),
    ],
)  # fmt: skip
def test_the_encoding_is_tried_until_the_text_is_read(text: str, encoding: str, separator: str) -> None:
    file = text_table(text.encode(encoding), "x.csv")

    assert file.separator == separator
    assert [list(row) for row in file.sheets[0].rows] == [line.split(separator) for line in text.splitlines()]
