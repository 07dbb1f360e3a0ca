"""What is new in a reply, whatever program wrote it."""

from __future__ import annotations

from time import process_time

import pytest

from automation.mail.replies.html_text import text_of_html
from automation.mail.replies.new_text import new_text

OLD = "OLD LV-00001"
QUOTED = {
    "Gmail": f"New\n\nOn Thu, 19 Mar 2026 at 09:30, Office <office@s.example> wrote:\n\n> {OLD}\n> {OLD}\n",
    "Gmail, folded": f"New\n\nOn Thu, 19 Mar 2026 at 09:30, The Letters and Visits Office\n<office@s.example>\nwrote:\n\n> {OLD}\n",
    "Thunderbird": f"New\n\nOn 19/03/2026 09:30, Office wrote:\n> {OLD}\n>> {OLD}\n",
    "Outlook": f"New\n\n-----Original Message-----\nFrom: Office\nSent: Thursday\nTo: Fang\nSubject: x\n\n{OLD}\n",
    "Outlook of today": f"New\n\n________________________________\nFrom: Office\nSent: 19 March 2026 09:30\nTo: Fang\nSubject: x\n\n{OLD}\n",
    "Outlook, Chinese": f"New\n\n发件人： 信访办\n发送时间： 2026-03-19 09:30\n收件人： 王芳\n主题： 通知\n\n{OLD}\n",
    "QQ": f"New\n\n\n------------------ 原始邮件 ------------------\n发件人: \"信访办\";\n发送时间: 2026年3月19日\n收件人: x;\n主题: y\n\n{OLD}\n",
    "163": f"New\n\n在 2026-03-19 09:30:00，\"信访办\" <office@s.example> 写道：\n{OLD}\n",
    "NetEase Master": f"New\n\n---- 回复的原邮件 ----\n| 发件人 | 信访办 |\n| 日期 | 2026年03月19日 |\n{OLD}\n",
    "iPhone": f"New\n\n发自我的iPhone\n\n> 在 2026年3月19日，上午9:30，信访办 <office@s.example> 写道：\n> \n> {OLD}\n",
    "Apple Mail": f"New\n\nSent from my iPhone\n\n> On 19 Mar 2026, at 09:30, Office <office@s.example> wrote:\n> \n> {OLD}\n",
    "a forwarded mail": f"New\n\n---------- Forwarded message ---------\nFrom: Office <office@s.example>\nDate: Thu\nSubject: x\nTo: y\n\n{OLD}\n",
    "a signature": "New\n\n-- \nAnn Lee\nHead of things\n",
    "a signature above the quote": f"New\n-- \nAnn\n\nOn 19/03/2026 09:30, Office wrote:\n> {OLD}\n",
    "windows": f"New\r\n\r\nOn 19/03/2026 09:30, Office wrote:\r\n> {OLD}\r\n",
}  # fmt: skip
KEPT = {
    "between the lines": (f"On 19/03/2026 09:30, Office wrote:\n> {OLD}\nYes.\n> {OLD}\nNo.\n", "Yes.\nNo."),
    "below": (f"On 19/03/2026 09:30, Office <o@s.example> wrote:\n> {OLD}\n\nBelow.\n", "Below."),
    "a list with dashes": ("One\n- a\n- b\n--- c\nTwo", "One\n- a\n- b\n--- c\nTwo"),
    "who is said to have written": ("He wrote:\nno more.", "He wrote:\nno more."),
    "From in a sentence": ("From: nobody\nwe heard nothing.", "From: nobody\nwe heard nothing."),
    "a thanks that begins like a device": ("发自内心地感谢。", "发自内心地感谢。"),
    "nothing new": (f"\n\nOn 19/03/2026 09:30, Office wrote:\n> {OLD}\n", ""),
}
PAGES = {
    "Gmail": f'<div dir="ltr">New</div><div class="gmail_quote"><div>On x wrote:</div><blockquote>{OLD}</blockquote></div>',
    "Outlook": f'<p>New</p><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3pt"><p><b>From:</b> x</p></div><p>{OLD}</p>',
    "Outlook on the web": f'<div>New</div><div id="appendonsend"></div><div id="divRplyFwdMsg">From: x</div><div>{OLD}</div>',
    "QQ": f"<div>New</div><div>------------------&nbsp;原始邮件&nbsp;------------------</div><div>{OLD}</div>",
    "a quote": f"<p>New</p><blockquote type=cite><p>{OLD}<br>{OLD}</p></blockquote>",
    "what nobody sees": f"<style>{OLD}</style><script>{OLD}</script><!-- {OLD} --><p>New</p>",
    "no page at all": "New",
    "broken": f"<p>New<blockquote><p>{OLD}</div></blockquote>",
}


@pytest.mark.parametrize("text", QUOTED.values(), ids=QUOTED)
def test_the_mail_that_is_answered_and_a_signature_are_left_out(text: str) -> None:
    assert new_text(text) == "New"


@pytest.mark.parametrize(("text", "new"), KEPT.values(), ids=KEPT)
def test_what_somebody_wrote_stays_wherever_it_stands(text: str, new: str) -> None:
    assert new_text(text) == new


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_a_page_is_read_as_text(page: str) -> None:
    assert new_text(text_of_html(page)) == "New"


def test_a_page_keeps_its_lines_and_one_that_is_nested_without_end_is_cut() -> None:
    assert text_of_html("<p>One</p><p>Two<br>Three</p><ul><li>a</li><li>b</li></ul>").split() == [
        "One",
        "Two",
        "Three",
        "a",
        "b",
    ]
    assert "deep" not in text_of_html("<div>" * 5000 + "deep")
    assert text_of_html("") == text_of_html("<?xml version='1.0'?>") == ""


def test_a_mail_made_to_take_for_ever_does_not() -> None:
    """A hundred times as long as any that people write; what is searched anew from each of its characters takes twenty seconds."""
    started = process_time()
    for hostile in (
        "--\n" * 60_000,
        "On 1 Mar 2026 x wrote:\n> q\n" * 6_000,
        "From: a\n" * 20_000,
        "-" * 200_000,
        " " * 200_000 + "x",
        "wrote" + " " * 180_000 + "x",
    ):
        new_text(hostile)
    assert process_time() - started < 5
