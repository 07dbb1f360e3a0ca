"""The words beside the name of whoever approved something, in English and Chinese. Data of `automation/cases/approval.py`."""

from __future__ import annotations

from sheet_schema.words_beside import words

BEFORE = words("""
    agreed_by approved_by allowed_by authorised_by authorized_by granted_by confirmed_by cleared_by signed_by signed_off_by ok'd_by okayed_by ok_by ok_from
    agreed_with approval_by approval_of approval_from by with from per via
    已经 已获 已由 已报 经由 业经 经 由 获 请 据
""")
"""Before the name: `agreed by Mr Bright`, 经何志远."""

BEHIND = words("""
    agreed approved authorised authorized confirmed signed ok okay yes has_agreed has_approved agreed_to_it verbally orally in_person by_phone by_telephone by_email by_e-mail
    via_email on_the_phone over_the_phone phone telephone email verbal oral in_writing
    已同意 已批准 已审批 已核准 已签字 已批 已准 同意延期 批准延期 同意 批准 审批 核准 准予 准许 许可 签字 签批 签名 签发 口头 电话 书面 当面 微信 短信 邮件 已经 也 均 都 已
""")
"""Behind the name, or in brackets behind it: `Mr Bright (verbally)`, 何校长同意."""

NOT_SAID = words("""
    not no nor never refused refuses declined declines rejected denied without pending awaiting awaits waiting asked ask asking to_ask unless if to_be
    on_behalf_of for pp p.p.
    不同意 未同意 没同意 没有同意 不批准 未批准 没批准 没有批准 未获 未经 没经 未报 不予 未审批 未签字 没签字 拒绝 驳回 否决 请示 拟请 拟报 待 等待 尚未 还没 是否 代替 代签 代批 受托
""")
"""These leave open whether it was approved, or by whom: `not agreed by Mr Bright`, 待何校长批准, `Emma Watts (for Mr Bright)`."""
