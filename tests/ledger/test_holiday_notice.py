"""The State Council's notices of several years, as they were published, and what contradicts itself."""

from __future__ import annotations

import numpy as np
import pytest

from automation.ledger.calendar import Calendar
from automation.ledger.errors import LedgerError
from automation.ledger.holiday_notice import days_of_notice, is_notice
from automation.ledger.public_holidays import official_days

HEAD = "国务院办公厅关于{year}年部分节假日安排的通知\n国办发明电〔{before}〕7号\n各省、自治区、直辖市人民政府：\n"
TAIL = "\n节假日期间，各地区、各部门要妥善安排好值班和安全、保卫等工作。\n国务院办公厅\n{before}年11月4日"
NOTICES = {
    2023: """一、元旦：2022年12月31日至2023年1月2日放假调休，共3天。
二、春节：1月21日至27日放假调休，共7天。1月28日（星期六）、1月29日（星期日）上班。
三、清明节：4月5日放假，共1天。
四、劳动节：4月29日至5月3日放假调休，共5天。4月23日（星期日）、5月6日（星期六）上班。
五、端午节：6月22日至24日放假调休，共3天。6月25日（星期日）上班。
六、中秋节、国庆节：9月29日至10月6日放假调休，共8天。10月7日（星期六）、10月8日（星期日）上班。""",
    2024: """一、元旦：1月1日放假，与周末连休。
二、春节：2月10日至17日放假调休，共8天。2月4日（星期日）、2月18日（星期日）上班。鼓励各单位结合带薪年休假等制度落实，安排职工在除夕（2月9日）休息。
三、清明节：4月4日至6日放假调休，共3天。4月7日（星期日）上班。
四、劳动节：5月1日至5日放假调休，共5天。4月28日（星期日）、5月11日（星期六）上班。
五、端午节：6月10日放假，与周末连休。
六、中秋节：9月15日至17日放假调休，共3天。9月14日（星期六）上班。
七、国庆节：10月1日至7日放假调休，共7天。9月29日（星期日）、10月12日（星期六）上班。""",
    2025: """一、元旦：1月1日（周三）放假1天，不调休。
二、春节：1月28日（农历除夕、周二）至2月4日（农历正月初七、周二）放假调休，共8天。1月26日（周日）、2月8日（周六）上班。
三、清明节：4月4日（周五）至6日（周日）放假，共3天。
四、劳动节：5月1日（周四）至5日（周一）放假调休，共5天。4月27日（周日）上班。
五、端午节：5月31日（周六）至6月2日（周一）放假，共3天。
六、国庆节、中秋节：10月1日（周三）至8日（周三）放假调休，共8天。9月28日（周日）、10月11日（周六）上班。""",
    2026: """一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。""",
}


def notice(year: int) -> str:
    return (HEAD + NOTICES[year] + TAIL).replace("{year}", str(year)).replace("{before}", str(year - 1))


@pytest.mark.parametrize("year", NOTICES)
@pytest.mark.parametrize("pasted", [lambda text: text, lambda text: text.replace("\n", ""), lambda text: text.replace("：", ":").replace("（", "(").replace("）", ") ")], ids=["as-published", "one-line", "half-width"])  # fmt: skip
def test_the_working_days_are_those_of_the_library(year: int, pasted: object) -> None:
    text = pasted(notice(year))  # type: ignore[operator]
    days = np.arange(f"{year}-01-01", f"{year}-12-30", dtype="datetime64[D]")
    read, known = Calendar(days_of_notice(text, "zh")), Calendar(official_days("CN", [year]))
    assert is_notice(text)
    assert days[read.is_workday(days) != known.is_workday(days)].tolist() == []


def test_the_lines_of_a_notice() -> None:
    found = [(str(one.start), str(one.until or ""), one.kind, one.name) for one in days_of_notice(notice(2023), "zh")]
    assert found[:4] == [
        ("2022-12-31", "2023-01-02", "holiday", "元旦"),
        ("2023-01-21", "2023-01-27", "holiday", "春节"),
        ("2023-01-28", "", "workday", "春节调休上班"),
        ("2023-01-29", "", "workday", "春节调休上班"),
    ]
    assert found[-1] == ("2023-10-08", "", "workday", "中秋节、国庆节调休上班")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("2026年部分", "2025年部分", "元旦：通知所写的星期与2025-01-01不符，是否为其他年份的通知？未作任何改动。"),
        ("5月9日（周六）", "5月9日（周日）", "劳动节：通知所写的星期与2026-05-09不符，是否为其他年份的通知？未作任何改动。"),
        ("共9天", "共8天", "春节：通知写明共8天，读到9天。未作任何改动，请自行填入“日历”表。"),
        ("6月19日（周五）", "6月31日（周五）", "端午节：通知所写的星期与2026-06-31不符，是否为其他年份的通知？未作任何改动。"),
    ],
)  # fmt: skip
def test_what_contradicts_itself_is_refused(old: str, new: str, said: str) -> None:
    with pytest.raises(LedgerError) as refused:
        days_of_notice(notice(2026).replace(old, new), "zh")
    assert refused.value.say("zh") == said


def test_a_notice_without_a_year() -> None:
    with pytest.raises(LedgerError) as refused:
        days_of_notice("一、元旦：1月1日放假。二、春节：2月10日至17日放假。", "zh")
    assert refused.value.say("en") == "The notice names no year. Nothing was added."


@pytest.mark.parametrize("text", ["", "2026年放假安排另行通知。", "BEGIN:VCALENDAR", "一、值班：各处室安排好值班。"])
def test_what_is_no_notice(text: str) -> None:
    assert not is_notice(text)
