"""The whole digest as plain text; and that somebody in conflict gets the same one with and without the case."""

from __future__ import annotations

from collections.abc import Sequence
from email.message import EmailMessage
from pathlib import Path
from textwrap import dedent

import pytest

from automation.run.job import JOBS, Job
from automation.steps.digests import digest
from tests.support.ledger_in_memory import line
from tests.support.small_office import FANG, at, ledger_at, read, text_of

ON_BOTH = IN_TURN = True

ACCEPTED = {
    "decision": "受理",
    "decided_on": "2026-02-03",
    "department": "教务处",
    "notified_on": "2026-02-10",
}
LATE = line(**ACCEPTED, received_on="2026-02-02")
SECRET = line(
    "LV-00002",
    **ACCEPTED,
    received_on="2026-03-02",
    kind="检举控告",
    about="-",
    summary="MARKER",
    petitioner="MARKER",
)
FOR_SUPERIORS = line(
    "LV-00003",
    **{**ACCEPTED, "decided_on": "2026-03-17"},
    received_on="2026-03-17",
    channel="上级交办",
    superior_ref="X1",
    superior_due="2026-04-30",
    leader_note="请及时回复",
)
DIGEST: Job = Job("run", assigns=True, raises=(digest,))


def digest_to(path: Path, reader: str, moment: str) -> EmailMessage:
    at(path, moment, job=DIGEST)
    (mail,) = [one for one in read(path.parent / "out") if reader in str(one["To"])]
    return mail


def test_the_office_reads_one_sentence_then_what_is_late_worst_first(tmp_path: Path) -> None:
    path = ledger_at(tmp_path, [LATE, SECRET, FOR_SUPERIORS], reply_to="office@s.example")
    mail = digest_to(path, "min@s.example", "2026-03-18T09:00")
    assert (mail["Subject"], mail["List-Id"], text_of(mail)) == (
        "【试运行】信访办简报（3月18日）：超期1件，临期1件，在办共3件",
        "<digest-office.s.example>",
        dedent("""\
            试运行：本邮件本应发给李敏（min@s.example）。

            李敏，您好：

            超期1件，临期1件，在办共3件。

            超期，最久的在前（1）
              LV-00001  答复  2月22日到期，已超期24天  教学 · 教务处

            即将到期（1）
              LV-00002  答复  3月22日到期，还有4天  请查看“登记”表该行

            待反馈的上级和领导交办件（1）
              LV-00003  反馈交办方  4月30日到期，还有43天  教学 · 教务处

            尚无结果的领导批示（1）
              LV-00003  答复  4月6日到期，还有19天  教学 · 教务处

            指标（2026年3月 | 2026年2月 | 2026年1月 | 目标）
              收到件数：2 | 1 | 0
              按期办结率：– | 0%（0/1） | – | 100%
              初信初访办结率：– | 0%（0/1） | – | 100%
              重复信访率：0%（0/2） | 0%（0/1） | –

            信访办公室

            --\x20
            您是信访办工作人员，故收到本邮件。工作日有事项时发送。
            """).replace("教学", str(LATE["topic"])),
    )


def rows(*with_the_case: dict[str, object]) -> Sequence[dict[str, object]]:
    return [LATE, FOR_SUPERIORS, *with_the_case]


ABOUT_LI = line(
    "LV-00004",
    **ACCEPTED,
    received_on="2026-02-02",
    about="李敏",
    people=6,
    leapfrog="✓",
    satisfaction="不满意",
    leader_note="x",
)


def fortnight(folder: Path, *with_the_case: dict[str, object]) -> list[tuple[str, str, str, str]]:
    """Every mail of a fortnight to 李敏, with all headers but the boundary."""
    path = ledger_at(folder, rows(*with_the_case), [{**FANG, "digest": "每周"}])
    for day in (18, 19, 20, 23, 24):
        at(path, f"2026-03-{day}T09:00", job=JOBS["run"])
        at(path, f"2026-03-{day}T15:00", job=JOBS["run"])
    mails = [mail for mail in read(folder / "out") if "min@s.example" in str(mail["To"])]
    return sorted((str(mail["Date"]), str(mail["Message-ID"]), str(mail["Subject"]), text_of(mail)) for mail in mails)


@pytest.fixture(scope="module")
def without_the_case(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, str, str, str]]:
    return fortnight(tmp_path_factory.mktemp("without"))


@pytest.mark.parametrize(
    "hidden",
    [ABOUT_LI, {**ABOUT_LI, "kind": "检举控告"}, {**ABOUT_LI, "topic": "没有此项", "handler": "查无此人"}],
    ids=["late", "restricted", "full of problems"],
)
def test_someone_in_conflict_reads_the_same_with_and_without_the_case(
    tmp_path: Path, without_the_case: list[tuple[str, str, str, str]], hidden: dict[str, object]
) -> None:
    assert fortnight(tmp_path, hidden) == without_the_case
    assert len(without_the_case) >= 5


def test_a_weekly_digest_comes_on_the_first_working_day_and_only_once(tmp_path: Path) -> None:
    people = [{**FANG, "digest": "每周"}]
    path = ledger_at(
        tmp_path,
        [line(**{**ACCEPTED, "decided_on": "2026-03-17"}, received_on="2026-03-17", handler="王芳")],
        people,
    )
    days = ["2026-03-18", "2026-03-19", "2026-03-23", "2026-03-24"]
    sent = [
        day for day in days if any(mail.kind == "digest_leader" for mail in at(path, f"{day}T09:00", job=DIGEST).mails)
    ]
    assert sent == ["2026-03-18", "2026-03-23"]


def test_while_someone_is_away_their_stand_in_reads_what_a_stand_in_may_know(tmp_path: Path) -> None:
    away = {
        **FANG,
        "digest": "每日",
        "absent_from": "2026-03-01",
        "absent_until": "2026-03-31",
        "stand_in": "赵刚",
        "role": "校长",
    }
    path = ledger_at(tmp_path, [LATE, {**ABOUT_LI, "about": "赵刚"}], [away])
    mail = digest_to(path, "gang@s.example", "2026-03-18T09:00")
    assert ("LV-00001" in text_of(mail), "LV-00004" in text_of(mail)) == (True, False)
