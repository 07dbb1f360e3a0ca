"""Every sentence that the jobs write about a row, in both languages: what is wrong, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from automation.text.characters import cut
from sheet_schema import Language
from sheet_schema.vocabulary import in_language

# code: (message en, remedy en, message zh, remedy zh)
_PROBLEMS: Mapping[str, tuple[str, str, str, str]] = MappingProxyType({
    # cells
    "formula": ("{column} holds a formula.", "Type the value itself.", "“{column}”里是公式。", "请直接填写内容。"),
    "error_value": ("{column} shows {value}.", "Type the value again.", "“{column}”显示 {value}。", "请重新填写。"),
    "not_a_date": ("{column}: “{value}” is not a date.", "Write it like 2026-03-02.", "“{column}”：“{value}”不是日期。", "请写成 2026-03-02。"),
    "ambiguous_date": ("{column}: “{value}” could be two different days.", "Write year-month-day, like 2026-03-02.", "“{column}”：“{value}”可能是两个不同的日子。", "请按年-月-日填写，如 2026-03-02。"),
    "no_year": ("{column}: “{value}” has no year.", "Write it like 2026-03-02.", "“{column}”：“{value}”缺少年份。", "请写成 2026-03-02。"),
    "date_out_of_range": ("{column}: {value} is not a likely year.", "Check the year.", "“{column}”：{value} 的年份不合理。", "请核对年份。"),
    "not_whole": ("{column}: “{value}” is not a whole number.", "Write digits only, like 12.", "“{column}”：“{value}”不是整数。", "请只写数字，如 12。"),
    "too_large": ("{column}: {value} is not a likely number.", "Check it.", "“{column}”：{value} 不合理。", "请核对。"),
    "not_on_list": ("{column}: “{value}” is not on the list.", "Choose one of: {choices}.", "“{column}”：“{value}”不在列表中。", "请选择：{choices}。"),
    "not_a_tick": ("{column}: “{value}” is neither a tick nor blank.", "Write ✓ or leave it empty.", "“{column}”：“{value}”既不是打勾也不是空白。", "请填 ✓ 或留空。"),
    "not_a_time": ("{column}: “{value}” is not a time of day.", "Write it like 07:00.", "“{column}”：“{value}”不是时间。", "请写成 07:00。"),
    "not_a_zone": ("{column}: “{value}” is not a time zone.", "Write it like Asia/Shanghai.", "“{column}”：“{value}”不是时区。", "请写成 Asia/Shanghai。"),
    "bad_setting": ("{column}: “{value}” cannot be used.", "The default, “{default}”, stands until it is mended.", "“{column}”：“{value}”不能用。", "改正之前按默认值“{default}”处理。"),
    "not_a_domain": ("{column}: “{value}” is not a mail domain.", "Write it like school.example. Until then only the others here count; if there are none, mail goes anywhere.", "“{column}”：“{value}”不是邮箱域名。", "请写成 school.example。改正之前只按其余域名处理；没有其余域名时不限。"),
    "unknown_setting": ("There is no setting called “{value}”.", "Check the name; the docs list them all.", "没有名为“{value}”的设置项。", "请核对名称。"),
    "twice": ("{column}: “{value}” stands here twice.", "Keep one of the two rows.", "“{column}”：“{value}”出现两次。", "请只保留一行。"),
    "lost_zero": ("{column} was stored as a number; a leading zero may be gone.", "Type it again if it began with 0.", "“{column}”被存成了数字，开头的0可能丢失。", "若以0开头请重新填写。"),
    # numbers
    "copied_number": ("This number also stands in row {other}; neither row is processed.", "Clear the number of the copy; it then gets its own.", "第{other}行也是这个编号，两行均暂不处理。", "请清空复制行的编号，系统会另行编号。"),
    "foreign_number": ("“{value}” is not a number this ledger issued; the row is not processed.", "Clear the cell; the row then gets its own number.", "“{value}”不是本账本发出的编号，本行暂不处理。", "请清空该格，系统会另行编号。"),
    "filed_number": ("{value} is already in Filing; this row is not processed.", "Clear the number to register it anew, and write {value} in Repeat of.", "{value} 已在“归档”表中，本行暂不处理。", "请清空编号重新登记，并在“重复件”填 {value}。"),
    "missing_number": ("{value} is missing from the Register, like a page torn out.", "Put the row back (Undo, version history or restore). A case entered by mistake gets the decision Void instead.", "登记表中缺少 {value}，如同缺页。", "请恢复该行（撤销、历史版本或 restore）；误登的应填处理意见“作废”。"),
    "emptied": ("{value} held a case and is now empty.", "Put it back (Undo or restore). A case entered by mistake gets the decision Void instead.", "{value} 原有内容，现已清空。", "请恢复（撤销或 restore）；误登的应填处理意见“作废”。"),
    "many_missing": ("{count} numbers are gone at once: {value}.", "Nothing was written or sent. Undo the last sort or deletion, or accept it with --accept-stop.", "一次缺少 {count} 个编号：{value}。", "本次未写入也未发信。请撤销最近的排序或删除，或用 --accept-stop 确认。"),
    "many_torn": ("In {count} rows both petitioner and summary changed at once: {value}. A sort may have torn the numbers off.", "Nothing was written or sent. Undo the sort, or accept it with --accept-stop.", "有 {count} 行的信访人和反映问题同时变化：{value}，可能是排序使编号错位。", "本次未写入也未发信。请撤销排序，或用 --accept-stop 确认。"),
    # rows
    "missing": ("{column} is missing.", "Fill it in.", "缺少“{column}”。", "请填写。"),
    "which_day_received": ("On which day was this received?", "Fill in Received on; Ctrl+; types today.", "哪一天收到的？", "请填“来访日期”；Ctrl+; 输入今天。"),
    "which_day_decided": ("On which day was this decided?", "Fill in Decided on; Ctrl+; types today.", "哪一天决定的？", "请填“决定日期”；Ctrl+; 输入今天。"),
    "out_of_order": ("{column} ({value}) is before {other} ({floor}).", "Check the two dates.", "“{column}”（{value}）早于“{other}”（{floor}）。", "请核对两个日期。"),
    "in_the_future": ("{column} ({value}) is still to come.", "Check the date.", "“{column}”（{value}）还没有到。", "请核对日期。"),
    "unknown_department": ("{column}: “{value}” is not in Departments.", "Choose from the list, or add it to Departments.", "“{column}”：“{value}”不在“部门”表中。", "请从列表选择，或在“部门”表中添加。"),
    "unknown_person": ("{column}: “{value}” is nobody in People.", "Check the name, or add it to People.", "“{column}”：“{value}”不在“人员”表中。", "请核对姓名，或在“人员”表中添加。"),
    "misspelt_person": ("{column}: “{value}” is nobody in People.", "Did you mean {others}? Choose the name from the list, or add it to People.", "“{column}”：“{value}”不在“人员”表中。", "是否为{others}？请从列表选择，或在“人员”表中添加。"),
    "several_people": ("{column}: “{value}” could be {others}.", "Choose one of them from the list.", "“{column}”：“{value}”可能是：{others}。", "请从列表中选定一位。"),
    "misspelt_department": ("{column}: “{value}” is not in Departments.", "Did you mean {others}? Choose it from the list, or add it to Departments.", "“{column}”：“{value}”不在“部门”表中。", "是否为{others}？请从列表选择，或在“部门”表中添加。"),
    "several_departments": ("{column}: “{value}” could be {others}.", "Choose one of them from the list.", "“{column}”：“{value}”可能是：{others}。", "请从列表中选定一个。"),
    "may_not_know": ("{column}: {value} may not know of this case, and gets no mail of it.", "Choose another.", "“{column}”：{value} 应回避本件，不会收到有关邮件。", "请另行选择。"),
    "unknown_topic": ("{column}: “{value}” is not in Topics.", "Choose from the list, or add it to Topics.", "“{column}”：“{value}”不在“事项”表中。", "请从列表选择，或在“事项”表中添加。"),
    "unknown_case": ("{column}: there is no case {value}.", "Write the number of the earlier case, or none.", "“{column}”：没有编号 {value}。", "请填原件编号；不是重复件的填“无”。"),
    "repeats_itself": ("{column} names this case itself.", "Write the number of the earlier case, or none.", "“{column}”填的是本件自己的编号。", "请填原件编号；不是重复件的填“无”。"),
    "decision_first": ("{column} is filled in, but there is no decision.", "Choose the decision first.", "填了“{column}”但没有处理意见。", "请先选择处理意见。"),
    "reply_without_outcome": ("There is a reply date but no outcome.", "Choose the outcome.", "填了答复日期但没有结论。", "请选择结论。"),
    "outcome_without_reply": ("There is an outcome but no reply date.", "Fill in Replied on once the petitioner has been answered.", "填了结论但没有答复日期。", "答复信访人后请填“答复日期”。"),
    "review_without_request": ("A review is marked done, but nobody asked for one.", "Fill in Review asked on.", "填了复查办结日期但没有申请日期。", "请填“申请复查日期”。"),
    "superior_unused": ("{column} is filled in, but the channel is not Superior.", "Check the channel.", "填了“{column}”但来源形式不是“上级交办”。", "请核对来源形式。"),
    "extension_incomplete": ("An extension needs all three: Extended to, Approved by and Extension reason.", "Fill in what is missing; until then the old date stands.", "延期须填齐“延期至”“批准人”“延期理由”。", "请补齐；补齐前按原期限。"),
    "extension_late": ("The extension was entered after the deadline of {value}.", "The old date stands.", "延期在期限 {value} 之后才填写。", "按原期限处理。"),
    "extension_too_long": ("The extension goes beyond {value}, the latest the rule allows.", "The old date stands; choose an earlier day.", "延期超过规定允许的最迟日期 {value}。", "按原期限处理；请改为更早的日期。"),
    "extension_not_allowed": ("The rule for this case allows no extension.", "The old date stands.", "本件适用的时限规则不允许延期。", "按原期限处理。"),
    "extension_no_gain": ("Extended to is not after the deadline of {value}.", "The old date stands.", "“延期至”不晚于原期限 {value}。", "按原期限处理。"),
    "extended_twice": ("This was already extended, to {value}; a case is extended once.", "The first extension stands.", "本件已延期至 {value}，只能延期一次。", "按首次延期处理。"),
    "ambiguous_name": ("“{value}” could be {others}.", "Write the full name; until then nobody who could be meant is told of this case.", "“{value}”可能是：{others}。", "请写明全名；写明前可能涉及的人均不会收到本件任何信息。"),
    "stranger": ("“{value}” is nobody in People or Departments.", "Write the full name, or (outside) behind it.", "“{value}”不在“人员”和“部门”表中。", "请写明全名；校外的请在后面注明（校外）。"),
    "stranger_kept": ("“{value}” is nobody in People or Departments.", "Write the full name, or (outside) behind it; until then only the office and the person outside the school are told.", "“{value}”不在“人员”和“部门”表中。", "请写明全名；校外的请在后面注明（校外）。写明前只告知信访办和校外人员。"),
    "says_nothing": ("“{value}” does not say whom this is about.", "Write the full name, or - if it is about nobody.", "“{value}”看不出涉及何人。", "请写明全名；不涉及任何人的填“-”。"),
    "says_nothing_kept": ("“{value}” does not say whom this is about.", "Write the full name, or - if it is about nobody; until then the case stays with a few, such as the office and the person outside the school.", "“{value}”看不出涉及何人。", "请写明全名；不涉及任何人的填“-”。写明前只告知信访办、校外人员等少数人。"),
    "mentioned": ("The summary names {others}, and {column} is blank; until it is filled in they get no mail of this case.", "Write the name in {column}, or - if it is about nobody.", "“反映问题”中提到{others}，而“{column}”未填；填写前上述人员不会收到本件邮件。", "请在“{column}”中写明姓名；不涉及任何人的填“-”。"),
    "no_on_an_allegation": ("An Allegation is confidential by rule: “No” does not count here, and the case stays restricted.", "Clear {column}. If it need not be confidential, write why in Reason, which counts while the case is undecided or accepted.", "检举控告依规须保密：此处的“否”不起作用，本件仍按保密件处理。", "请清空“{column}”；确可不保密的，请在“理由”中写明原因（未决定或已受理的件有效）。"),
    "told_before": ("Mail about this case already went to somebody who must not know of it (mailboxes: {count}; last on {value}).", "It cannot be taken back; prove says what it was. Nothing more goes there.", "在明确应回避之前，本件的邮件已发给现应回避的人员（邮箱 {count} 个，最近一次 {value}）。", "已发出的无法收回，可用 prove 查看；今后不再发往这些邮箱。"),
    "held_formula": ("This closed row holds a formula, which cannot move to Filing.", "Put its value in its place; the next run files the row.", "本行已办结，但含有公式，无法移入“归档”表。", "请改为数值；下次运行时归档。"),
    "held_referred": ("A formula elsewhere points at this closed row, so it cannot move to Filing.", "Change that formula; the next run files the row.", "本行已办结，但其他公式引用了它，无法移入“归档”表。", "请修改该公式；下次运行时归档。"),
    "held_merged": ("This closed row has merged cells, which cannot move to Filing.", "Unmerge them; the next run files the row.", "本行已办结，但有合并单元格，无法移入“归档”表。", "请取消合并；下次运行时归档。"),
    "held_picture": ("A picture or chart stands on this closed row, so it cannot move to Filing.", "Move the picture; the next run files the row.", "本行已办结，但其上有图片或图表，无法移入“归档”表。", "请移开图片；下次运行时归档。"),
    "held_note": ("This closed row has a note that cannot move to Filing.", "Copy the note's text into a cell and delete the note; the next run files the row.", "本行已办结，但其批注无法移入“归档”表。", "请把批注内容填入单元格并删除批注；下次运行时归档。"),
    "held_kept": ("This closed row stays here: somebody who gets the list of what was filed, or may ask for it, must not know of it.", "The row is filed once nobody whom it is about is archivist or administrator.", "本行已办结，但会收到或可索取移交清单的人不应知悉此件，故留在本表。", "该人员不再担任档案员、管理员后即自动归档。"),
    "held_array": ("The Register holds an array formula, so that closed rows cannot move to Filing.", "Take the array formula out of this tab; the next run files the rows.", "“登记”表含有数组公式，已办结的行无法移入“归档”表。", "请移走该数组公式；下次运行时归档。"),
    # Filing
    "filed_twice": ("{value} stands in Filing twice.", "Find out which is the true one and delete the copy.", "“归档”表中有两行编号为 {value}。", "请核实并删除多余的一行。"),
    "archive_no_twice": ("The archive number {value} was given twice.", "Find out which row bears it rightly; put the other back from a backup.", "档号 {value} 重复。", "请核实，并从备份恢复有误的一行。"),
    "unsealed": ("{value} stands in Filing without a seal: it was not put there by the job.", "Cases are filed by the job; take the row out, or find out who put it there.", "{value} 在“归档”表中没有封存码，不是系统归档的。", "请移出该行，或查明由何人填入。"),
    "seal_twice": ("The seal number {value} stands in two rows.", "A row was copied: delete the copy.", "封存序号 {value} 出现在两行。", "有一行是复制的，请删除。"),
    "seal_broken": ("{value} was changed after it was filed.", "Undo the change, or say why with reseal {value} --reason.", "{value} 归档后被改动。", "请撤销改动，或用 reseal {value} --reason 说明原因后重新封存。"),
    "seals_differ": ("The seals are not those of the last filing ({value}).", "Compare with the last hand-over mail, and put a backup back.", "封存码与上次归档时（{value}）不一致。", "请与上次移交邮件核对，并从备份恢复。"),
    "filed_gone": ("{count} filed cases are gone: {value}.", "Put them back with restore.", "{count} 件已归档的不见了：{value}。", "请用 restore 恢复。"),
    "filed_back": ("{value} was filed and stands here again.", "Put it back into Filing (Undo or restore); to take the matter up again, make a new line and write {value} in Repeat of.", "{value} 已归档，现又回到登记表。", "请移回“归档”表（撤销或 restore）；要重新办理请另起一行，并在“重复件”填 {value}。"),
    "seals_gone": ("{count} sealed rows are gone; their seal numbers: {value}.", "Put them back with restore.", "{count} 个封存行不见了，封存序号：{value}。", "请用 restore 恢复。"),
    "history_strange": ("History speaks of {value}, a number that was never issued.", "History is written by the job alone; find out who wrote there.", "“变更”表中有从未发出的编号 {value}。", "“变更”表只由系统填写，请查明由何人改动。"),
    "unassigned": ("No routing rule could give this case to anyone.", "Choose the department.", "没有分办规则能确定承办部门。", "请选择承办部门。"),
    # administrators' tabs
    "rule_unknown": ("{column}: “{value}” does not exist.", "Check the spelling; this row is skipped.", "“{column}”：“{value}”不存在。", "请核对；本行不起作用。"),
    "rule_missing": ("{column} is missing.", "Fill it in; this row is skipped.", "缺少“{column}”。", "请填写；本行不起作用。"),
    "rule_unreachable": ("This rule is never reached: row {other} above catches everything.", "Give it a lower order.", "本规则不会被用到：第{other}行已匹配全部。", "请把顺序调小。"),
    "rule_shadowed": ("Every case that this rule fits goes by row {other} above first.", "Give it a lower order, or delete it.", "本规则适用的情形都已先由第{other}行匹配。", "请把顺序调小，或删除本行。"),
    "rule_nowhere": ("The rule names neither a department nor a handler.", "Fill in Department; this row is skipped.", "规则没有写承办部门。", "请填写；本行不起作用。"),
    "no_catch_all": ("No rule catches what the others miss.", "Add a last row with a department and no conditions.", "没有兜底规则。", "请在最后加一行：只填承办部门，不填条件。"),
    "no_deadline": ("There is no row for the step {value}; it has no clock.", "Add one.", "没有“{value}”环节的时限。", "请补充。"),
    "bad_reminders": ("{column}: “{value}” is not a list of numbers.", "Write it like 7,3,1; this row reminds nobody.", "“{column}”：“{value}”不是数字列表。", "请写成 7,3,1；目前本行不提醒。"),
    "bad_start": ("A {value} clock cannot start from {other}.", "Choose another start; this row is skipped.", "“{value}”不能从“{other}”起算。", "请改选起算；本行不起作用。"),
    "until_before": ("{column} is before the first day.", "Check the two dates; this row is skipped.", "“{column}”早于开始日期。", "请核对；本行不起作用。"),
    "bad_address": ("{column}: “{value}” is not a mail address.", "Write it like name@school.example.", "“{column}”：“{value}”不是邮箱地址。", "请写成 name@school.example。"),
    "address_refused": ("Mail to {value} was refused ({reply}).", "Correct the address: what could not be delivered then goes out again.", "发往 {value} 的邮件被拒收（{reply}）。", "请更正邮箱；未送达的邮件随后会重新发出。"),
    "reserved_name": ("“{value}” would hide every case.", "Use a name of two characters or more.", "名称“{value}”过短。", "请用两个字以上的名称。"),
    "asked_while_paused": ("Waits: {sending} is paused, and the answer could not be mailed.", "Choose another {sending}; the next run then does it.", "暂不执行：“{sending}”为暂停，结果无法发出。", "改变“{sending}”后，下次运行时执行。"),
    "asked_by_nobody": ("Waits: there is nobody to mail the answer to.", "Give somebody the role {role} and an address in People; the next run then does it.", "暂不执行：结果没有可发送的对象。", "请在“人员”表中指定一位有邮箱的{role}，下次运行时执行。"),
    # the run
    "clock_back": ("By the clock it is {now}, but the last run was at {last}.", "Look at the clock of the computer on which the program runs. If it is right, type today's date at “{setting}” in Settings: the next run goes on.", "按时钟现在是 {now}，而上次运行在 {last}。", "请核对运行程序的电脑的时钟；时钟无误的，在“设置”的“{setting}”中填写今天的日期，下次运行即恢复。"),
    "clock_far": ("By the clock it is {now}, {days} days after the last run at {last}.", "Look at the clock of the computer on which the program runs. If it is right, type today's date at “{setting}” in Settings: the next run goes on.", "按时钟现在是 {now}，距上次运行（{last}）已有 {days} 天。", "请核对运行程序的电脑的时钟；时钟无误的，在“设置”的“{setting}”中填写今天的日期，下次运行即恢复。"),
    # the workbook
    "no_tab": ("The tab “{value}” is missing.", "Run install: it adds what is missing.", "缺少“{value}”表。", "请运行 install 补齐。"),
    "no_column": ("The column “{value}” is missing.", "Run install: it adds what is missing. If it was renamed, give it its old name.", "缺少“{value}”列。", "请运行 install 补齐；若被改名请改回。"),
    "no_columns": ("This version of the program needs columns that this ledger lacks: {value}.", "Run install once: it adds what is missing and changes nothing that you typed. If headings were renamed, give them their old names.", "本账本缺少本版程序需要的列：{value}。", "请运行一次 install 补齐，已填内容不会改动；若是表头被改名，请改回原名。"),
    "doubled_column": ("The column “{value}” stands here twice.", "Rename one of the two.", "“{value}”列出现两次。", "请给其中一列改名。"),
})  # fmt: skip


_MEANWHILE: Mapping[str, tuple[str, str]] = MappingProxyType({
    "kind": ("Until then the case is treated as if it were an Allegation.", "改正前按检举控告对待。"),
    "restricted": ("Until then the case is treated as restricted.", "改正前按保密件对待。"),
    "important": ("Until then the case counts as important: leaders are told of it.", "改正前按重要突发对待，系统会报告领导。"),
    "people": ("Until then leaders are told of it as a collective visit, unless the largest number here is too small for one.", "改正前以所填最大的数为准报告领导；看不出人数的，按集体访报告。"),
})  # fmt: skip
"""What a cell of the Register that cannot be read is taken for, by column, in English and Chinese (docs/design.md#p5.6, 4.9)."""


def meanwhile(column: str, language: Language) -> str:
    """What a cell of this column of the Register counts as while it cannot be read; blank if as nothing."""
    return in_language(language, *_MEANWHILE.get(column, ("", "")))


def problem(code: str, language: Language, **details: object) -> tuple[str, str]:
    """What is wrong, and what to do: two sentences whose placeholders are filled from `details`.

    Raises KeyError for an unknown code, or where a detail is not given. Braces in a cell's text do no harm.
    """
    message_en, remedy_en, message_zh, remedy_zh = _PROBLEMS[code]
    short = {key: _shortened(str(value)) for key, value in details.items()}
    message, remedy = in_language(language, message_en, message_zh), in_language(language, remedy_en, remedy_zh)
    return message.format_map(short), remedy.format_map(short)


def _shortened(text: str, most: int = 120) -> str:
    """A cell's text, cut to fit in a sentence: one line of at most `most` characters."""
    return cut(" ".join(text.split()), most)
