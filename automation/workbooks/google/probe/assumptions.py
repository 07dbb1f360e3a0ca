"""All that the program assumes about Google Sheets though Google does not promise it, and what follows if it is wrong.

`check --probe` tests what a program can test (`trials.py`); a person has to look at the rest.
"""

from __future__ import annotations

from dataclasses import dataclass

from automation.text.catalogue import Words

CHANCES = 3
"""How often an assumption is tested that may also hold by chance."""


@dataclass(frozen=True, slots=True)
class Assumption:
    """One assumption: `says` states it, and `otherwise` says what follows if it is wrong.

    `by_hand` tells a person how to see it; None where `check --probe` tests it, `tries` times.
    """

    key: str
    says: Words
    otherwise: Words
    by_hand: Words | None = None
    tries: int = 1

    @property
    def can_be_probed(self) -> bool:
        return self.by_hand is None


ASSUMPTIONS = (
    # What makes a commit safe.
    Assumption(
        "echo",
        Words("The reply to a batch shows what stands there after it.", "批量写入的回复显示写入之后的内容。"),
        Words(
            "Each commit reads the journal once more, one call; should its copies be wrong too, the job's columns have to go to a tab of their own that the Register looks up, which the way commits are written allows for.",
            "每次写入后会另读一次日志表，多一次请求；若日志中的副本也不对，系统列须移到单独的表中，由登记表查询显示，现有写入方式允许这样做。",
        ),
    ),
    Assumption(
        "whole",
        Words("A batch is done whole or not at all.", "一次批量写入要么全部完成，要么完全不做。"),
        Words(
            "A refused batch may leave half of its changes behind: keep the ledger in a local workbook (`copy`) instead.",
            "被拒绝的写入可能只做了一半：请用 `copy` 改用本地账本。",
        ),
    ),
    Assumption(
        "titles",
        Words("No two tabs have the same title.", "同一电子表格中没有两个同名的表。"),
        Words(
            "Two runs could work at the same time and send mails twice: start runs from one computer only, one after the other.",
            "两个任务可能同时运行并重复发信：请只在一台电脑上依次运行。",
        ),
    ),
    Assumption(
        "fence",
        Words("A batch that writes to a deleted tab is refused whole.", "向已删除的表写入时，整批都被拒绝。"),
        Words(
            "A run held up for more than ten minutes could still write after another has taken over: start runs from one computer only, and end one that hangs.",
            "停顿超过十分钟的任务在被接管后仍可能写入：请只在一台电脑上运行，并结束卡住的任务。",
        ),
    ),
    Assumption(
        "wording",
        Words(
            "Google says in the words known here that a title is taken, a tab is gone or a row is beyond the end.",
            "表名重复、表已删除、行超出范围时，Google 的说法与程序所知一致。",
        ),
        Words(
            "Such a run ends with “Google did not take what was to be written” instead of waiting for its turn; nothing is written, and the next run goes on.",
            "这时任务会以“Google 未接受写入内容”结束，而不是等待；没有写入任何内容，下次运行会接着做。",
        ),
    ),
    Assumption(
        "next_read",
        Words("What was written is there for the very next call that reads.", "写入的内容在紧接着的读取中就能看到。"),
        Words(
            "A run may decide by what stood there before its last write; its commit then meets rows that are not as they were read and leaves them to the next run.",
            "任务可能依据写入之前的内容作判断；写入时发现该行与所读不符，就留给下次运行。",
        ),
        tries=CHANCES,
    ),
    Assumption(
        "one_moment",
        Words("One call that reads shows all tabs at the same moment.", "一次读取所得的各表内容属于同一时刻。"),
        Words(
            "A row that is being moved may show in two tabs or in none; a commit looks its rows up again, and leaves what does not fit to the next run.",
            "正在移动的行可能在两个表中都出现或都不出现；写入前会重新查找各行，不相符的留给下次运行。",
        ),
        tries=CHANCES,
    ),
    Assumption(
        "emptying",
        Words(
            "Emptying a block takes all of its values and nothing of its looks.",
            "清空一块单元格只去掉全部内容，不影响外观。",
        ),
        Words(
            "Old entries stay in the journal, and each run puts right again what is right: while no run is on, delete the hidden tab _journal; the next run makes it anew.",
            "日志表中会留下旧记录，每次运行都会重复修正：请在没有任务运行时删除隐藏的 _journal 表，下次运行会重新建立。",
        ),
    ),
    Assumption(
        "unmerging",
        Words("Undoing merged cells where there are none is no error.", "对没有合并的单元格取消合并不算错误。"),
        Words(
            "Every commit is refused and nothing is written: keep the ledger in a local workbook (`copy`) until the program is mended.",
            "每次写入都会被拒绝，不会写入任何内容：程序修正之前请用 `copy` 改用本地账本。",
        ),
    ),
    # What Google copies: rows into the journal, and rows that are filed.
    Assumption(
        "hidden_rows",
        Words("Rows that a filter hides are copied with the others.", "复制行时，被筛选隐藏的行也一并复制。"),
        Words(
            "While somebody filters the Register, changes to hidden rows are taken back and tried again at each run: use filter views, which hide rows only for whoever looks.",
            "有人筛选登记表时，对隐藏行的改动会被撤回并在下次运行时重做：请改用“筛选视图”，它只影响本人所见。",
        ),
    ),
    Assumption(
        "looks_go_along",
        Words(
            "A copied row keeps its notes, links, formats and dropdowns.", "复制的行保留批注、链接、格式和下拉列表。"
        ),
        Words(
            "Filed rows lose them, while what the cells say is kept: put links and remarks that matter into cells.",
            "归档的行会失去这些，但单元格内容不变：重要的链接和说明请写在单元格里。",
        ),
    ),
    Assumption(
        "colour_rules",
        Words(
            "Copying a row to a tab that has the same colour rules adds no further rule.",
            "把行复制到已有相同颜色规则的表时，不会再增加规则。",
        ),
        Words(
            "Rules pile up in Filing and make it slow, `check` says when: delete the doubled ones in Format, Conditional formatting.",
            "“归档”表中的规则会越积越多而变慢，`check` 会提示：请在“格式 → 条件格式”中删除重复的规则。",
        ),
    ),
    Assumption(
        "new_rows",
        Words(
            "Rows added at the end take the format and the dropdowns of the row above, once both are copied to them.",
            "在末尾增加的行，在复制格式和数据验证后与上一行的格式和下拉列表相同。",
        ),
        Words(
            "New lines are plain and have no dropdowns, while their numbers are right: copy a line above, and Edit, Paste special, Format only and Data validation only.",
            "新增的行没有格式和下拉列表，但编号正确：请复制上一行，用“编辑 → 选择性粘贴”分别粘贴格式和数据验证。",
        ),
    ),
    # Single cells.
    Assumption(
        "text",
        Words(
            "Text that begins with an equals sign stays text when it is written as text.",
            "以等号开头的文字按文字写入后仍是文字。",
        ),
        Words(
            "Such text becomes a formula; in a line of the Register the job then reports it as a problem beside the row, and a person has to type it anew.",
            "这样的文字会变成公式；若在登记表中，系统会在该行报告问题，须由人工重新填写。",
        ),
    ),
    Assumption(
        "as_typed",
        Words(
            "Asked for what was typed, Google gives days as numbers, formulas as their text, and text as it stands.",
            "按“原样”读取时，日期是数字，公式是公式文本，文字原样不变。",
        ),
        Words(
            "Days come in the spreadsheet's own spelling, and those that could be two days are reported beside their row; the program then needs a second call to read values.",
            "日期会以电子表格自己的写法出现，有歧义的会在该行报告；程序须多用一次请求读取内容。",
        ),
    ),
    Assumption(
        "notes_stay",
        Words("Writing a value leaves the cell's note and format as they are.", "写入内容不影响单元格的批注和格式。"),
        Words(
            "Notes on cells that a job fills are lost when it writes there: put notes on cells in which people type.",
            "系统写入时会丢失该格的批注：请把批注加在由人填写的单元格上。",
        ),
    ),
    Assumption(
        "strict_lists",
        Words(
            "A dropdown that rejects what is not on its list rejects what people type, not what the program writes.",
            "“拒绝输入”的下拉列表只拒绝人工输入，不拒绝程序写入。",
        ),
        Words(
            "A commit with a value that is not on a list is refused whole: set that column to “Show a warning” in Data, Data validation.",
            "写入列表之外的值时整批都被拒绝：请在“数据 → 数据验证”中将该列改为“显示警告”。",
        ),
    ),
    Assumption(
        "names",
        Words(
            "The name of cells that were deleted can be given to others.",
            "单元格被删除后，其名称可以再给别的单元格使用。",
        ),
        Words(
            "`install` cannot mend the list of a dropdown: delete the name in Data, Named ranges, and run install again.",
            "`install` 无法修复下拉列表的来源：请在“数据 → 命名范围”中删除该名称，再运行 install。",
        ),
    ),
    Assumption(
        "semicolons",
        Words(
            "Formulas with semicolons are understood in the spreadsheet's locale.",
            "在本电子表格的区域设置下，用分号分隔的公式可以识别。",
        ),
        Words(
            "The marks on Start here and the colours show errors, while all else is right: choose another locale in File, Settings.",
            "“使用说明”中的标记和颜色会出错，其他不受影响：请在“文件 → 设置”中更换区域。",
        ),
    ),
    # Worth knowing, though nothing relies on it.
    Assumption(
        "metadata_ids",
        Words(
            "A second entry of developer metadata with the same id is refused.",
            "编号相同的第二条开发者元数据会被拒绝。",
        ),
        Words(
            "Nothing follows: the program does not rely on it, and never sends a batch again whose answer was lost.",
            "没有影响：程序不依赖这一点，回复丢失的写入从不重发。",
        ),
    ),
    Assumption(
        "metadata_found",
        Words("Developer metadata is found as soon as it is written.", "开发者元数据写入后立即能查到。"),
        Words(
            "Nothing follows: the program looks for a lost batch in its journal instead.",
            "没有影响：程序在日志表中查找丢失的写入。",
        ),
    ),
    # What only people can see.
    Assumption(
        "warnings",
        Words(
            "Where a protection only warns, people can still sort, insert and delete rows.",
            "保护仅为警告时，人员仍可排序、插入和删除行。",
        ),
        Words(
            "Take the protection of those columns off in Data, Protect sheets and ranges: the job derives them anew at each run.",
            "请在“数据 → 保护工作表和范围”中取消这些列的保护：系统每次运行都会重新推算。",
        ),
        Words(
            "As somebody of the office, sort the Register and delete an empty line: Google may ask, and must not refuse.",
            "请以信访办人员身份对登记表排序并删除一个空行：Google 可以询问，但不应拒绝。",
        ),
    ),
    Assumption(
        "locks",
        Words(
            "A protection that names the program's account keeps all others but the owner out.",
            "只列出程序账号的保护会挡住除所有者以外的其他人。",
        ),
        Words(
            "Somebody may type into the job's own tabs: hide them, and let `verify` tell what was changed.",
            "其他人可能在系统自用的表中输入：请隐藏这些表，并用 `verify` 查出改动。",
        ),
        Words(
            "As somebody who is not the owner, type into Index: Google must refuse.",
            "请以非所有者身份在“索引”表中输入：Google 应当拒绝。",
        ),
    ),
    Assumption(
        "between",
        Words(
            "What people type comes before or after a batch, never between its parts.",
            "人员输入的内容落在一次批量写入之前或之后，不会夹在中间。",
        ),
        Words(
            "What was typed at that instant may be overwritten unseen; File, Version history still has it, and jobs can be started outside office hours.",
            "恰在那一刻输入的内容可能被覆盖而未被察觉；“文件 → 版本记录”中仍可找到，也可只在下班后运行任务。",
        ),
        Words(
            "Let two people type without pause into cells of one row that a job fills, while `run` is started twenty times: afterwards each cell must hold what was typed last.",
            "请两人不停地在同一行中系统会填写的单元格里输入，同时运行 `run` 二十次：之后各格应为最后输入的内容。",
        ),
    ),
    Assumption(
        "open_cells",
        Words(
            "Text in a cell that is open for typing stays with its row when rows are moved.",
            "单元格正在编辑时，若行被移动，输入的内容仍在原来那一行。",
        ),
        Words(
            "The text may land on the row next to it: start the single jobs by day, and `run`, which files, when nobody types.",
            "内容可能落到相邻的行：白天请分别运行各单项任务，归档用的 `run` 在无人输入时运行。",
        ),
        Words(
            "Open a cell of the Register for typing, let `run` file a row above it, then press Enter: the text must stand in the same case.",
            "请打开登记表的一个单元格开始输入，同时让 `run` 归档其上方的一行，再按回车：内容应仍在同一件上。",
        ),
    ),
)
ASSUMPTION = {one.key: one for one in ASSUMPTIONS}
