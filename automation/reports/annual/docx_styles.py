"""How the yearly document looks in Word: page, fonts, styles, numbering of headings. All constants, nothing from a
cell.

Chinese follows the rules for official documents (GB/T 9704: A4, margins 37/35/28/26 mm, headings 黑体 and 楷体, body 仿宋,
page number between dashes), one size smaller so that tables fit. Every font is given for both scripts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sheet_schema import Language
from sheet_schema.languages import script

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
GREY = "595959"
"""For places still to be written: a contrast of 7 to 1 on white."""


@dataclass(frozen=True, slots=True)
class Font:
    """A font for Latin letters and figures, and one for Chinese characters."""

    latin: str
    chinese: str
    points: float
    bold: bool = False
    colour: str = "000000"

    @property
    def xml(self) -> str:
        bold = "<w:b/><w:bCs/>" if self.bold else ""
        return (
            f'<w:rFonts w:ascii="{self.latin}" w:hAnsi="{self.latin}" w:cs="{self.latin}" w:eastAsia="{self.chinese}"/>'
            f'{bold}<w:color w:val="{self.colour}"/>'
            f'<w:sz w:val="{2 * self.points:g}"/><w:szCs w:val="{2 * self.points:g}"/>'
        )


@dataclass(frozen=True, slots=True)
class DocumentStyle:
    """How the document looks in one language. `margins` are top, right, bottom, left in millimetres."""

    lang: str
    title: Font
    under: Font
    headings: tuple[Font, Font]
    body: Font
    table: Font
    caption: Font
    footer: Font
    margins: tuple[float, float, float, float]
    centred: bool
    indent: int
    """Characters by which the first line of a paragraph is indented."""
    line: str
    """Line height in Word's notation: of the body, then of a table."""
    table_line: str
    counting: tuple[tuple[str, str], tuple[str, str]]
    """Number format and text of each level of headings."""


_BLUE = "1F3864"
LOOKS: Mapping[str, DocumentStyle] = {
    "Latn": DocumentStyle(
        lang="en-GB",
        title=Font("Arial", "SimHei", 20, bold=True, colour=_BLUE),
        under=Font("Arial", "SimSun", 12, colour=GREY),
        headings=(
            Font("Arial", "SimHei", 15, bold=True, colour=_BLUE),
            Font("Arial", "SimHei", 12, bold=True, colour=_BLUE),
        ),
        body=Font("Arial", "SimSun", 10.5),
        table=Font("Arial", "SimSun", 9),
        caption=Font("Arial", "SimSun", 9, bold=True, colour="404040"),
        footer=Font("Arial", "SimSun", 8.5, colour=GREY),
        margins=(23, 22, 22, 22),
        centred=False,
        indent=0,
        line='w:line="269" w:lineRule="auto"',
        table_line='w:line="257" w:lineRule="auto"',
        counting=(("decimal", "%1"), ("decimal", "%1.%2")),
    ),
    "Hans": DocumentStyle(
        lang="zh-CN",
        title=Font("Times New Roman", "黑体", 22),
        under=Font("Times New Roman", "楷体", 14),
        headings=(Font("Times New Roman", "黑体", 15), Font("Times New Roman", "楷体", 13, bold=True)),
        body=Font("Times New Roman", "仿宋", 12),
        table=Font("Times New Roman", "宋体", 9),
        caption=Font("Times New Roman", "黑体", 10),
        footer=Font("Times New Roman", "宋体", 12),
        margins=(37, 26, 35, 28),
        centred=True,
        indent=2,
        line='w:line="440" w:lineRule="exact"',
        table_line='w:line="250" w:lineRule="exact"',
        counting=(("chineseCountingThousand", "%1、"), ("chineseCountingThousand", "（%2）")),
    ),
}
_ALSO_CALLED = (("仿宋", "FangSong"), ("黑体", "SimHei"), ("楷体", "KaiTi"), ("宋体", "SimSun"))
PAPER = (210, 297)


def twips(millimetres: float) -> int:
    return round(millimetres * 1440 / 25.4)


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """A style of paragraphs. `rank` orders Word's list of styles; `paragraph` and `run` are its properties as XML;
    `based` and `follow` are ids of other styles; `own` marks a style that Word does not know."""

    name: str
    rank: int
    paragraph: str = ""
    run: str = ""
    based: str = "Normal"
    follow: str = ""
    own: bool = False

    @property
    def xml(self) -> str:
        default = self.name == self.based  # such a style is based on no other
        return (
            f'<w:style w:type="paragraph"{_flag("default", default)}{_flag("customStyle", self.own)}'
            f' w:styleId="{style_id(self.name)}"><w:name w:val="{self.name}"/>'
            + ("" if default else f'<w:basedOn w:val="{self.based}"/>')
            + (f'<w:next w:val="{self.follow}"/>' if self.follow else "")
            + f'<w:uiPriority w:val="{self.rank}"/><w:qFormat/>'
            + (f"<w:pPr>{self.paragraph}</w:pPr>" if self.paragraph else "")
            + (f"<w:rPr>{self.run}</w:rPr>" if self.run else "")
            + "</w:style>"
        )


def styles(language: Language) -> str:
    """The whole of styles.xml."""
    look = LOOKS[script(language)]
    return (
        f'<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr>{look.body.xml}'
        f'<w:lang w:val="{"en-US" if script(language) == "Hans" else look.lang}" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        f"<w:pPrDefault/></w:docDefaults>{''.join(style.xml for style in _paragraphs(look))}{_OTHERS}{_TABLES}</w:styles>"
    )


def _paragraphs(look: DocumentStyle) -> Iterator[ParagraphStyle]:
    align, closing, footer = ("center", "right", "center") if look.centred else ("left", "left", "right")
    first, second = look.headings
    yield ParagraphStyle("Normal", 0)
    yield ParagraphStyle("Title", 10, f'<w:keepNext/><w:spacing w:after="120"/><w:jc w:val="{align}"/>', look.title.xml)
    yield ParagraphStyle(
        "Subtitle", 11, f'<w:keepNext/><w:spacing w:after="60"/><w:jc w:val="{align}"/>', look.under.xml
    )
    yield ParagraphStyle("heading 1", 9, _heading(1, 320, 120), first.xml, follow="BodyText")
    yield ParagraphStyle("heading 2", 9, _heading(2, 200, 80), second.xml, follow="BodyText")
    spaced = f'<w:spacing w:before="{{}}" w:after="{{}}" {look.line}/>'
    first_line = (
        f'<w:ind w:firstLine="{20 * look.indent * look.body.points:g}" w:firstLineChars="{100 * look.indent}"/>'
    )
    yield ParagraphStyle("Body Text", 1, spaced.format(80, 80) + (first_line if look.indent else ""))
    yield ParagraphStyle("List Bullet", 36, '<w:numPr><w:numId w:val="2"/></w:numPr>' + spaced.format(0, 60))
    yield ParagraphStyle(
        "caption", 35, '<w:spacing w:before="120" w:after="80"/><w:jc w:val="center"/>', look.caption.xml
    )
    yield ParagraphStyle("Signature", 42, f'<w:spacing w:before="120" w:after="120"/><w:jc w:val="{closing}"/>')
    in_table = f'<w:spacing w:before="20" w:after="20" {look.table_line}/>'
    yield ParagraphStyle("Table Text", 40, in_table, look.table.xml, own=True)
    yield ParagraphStyle("Table Heading", 40, "<w:keepNext/>", "<w:b/><w:bCs/>", based="TableText", own=True)
    yield ParagraphStyle("Figure", 41, '<w:keepNext/><w:spacing w:before="120"/><w:jc w:val="center"/>', own=True)
    yield ParagraphStyle("footer", 99, f'<w:jc w:val="{footer}"/>', look.footer.xml)


_OTHERS = (
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/>'
    '<w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
    '<w:style w:type="character" w:styleId="PlaceholderText"><w:name w:val="Placeholder Text"/>'
    f'<w:uiPriority w:val="99"/><w:rPr><w:color w:val="{GREY}"/></w:rPr></w:style>'
    '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/><w:uiPriority w:val="99"/>'
    "<w:semiHidden/></w:style>"
)
"""Styles of characters and of lists."""


def _flag(name: str, on: bool) -> str:
    return f' w:{name}="1"' if on else ""


def style_id(name: str) -> str:
    return "".join(word[0].upper() + word[1:] for word in name.split())


def _heading(level: int, before: int, after: int) -> str:
    return (
        f'<w:keepNext/><w:keepLines/><w:numPr><w:ilvl w:val="{level - 1}"/><w:numId w:val="1"/></w:numPr>'
        f'<w:spacing w:before="{before}" w:after="{after}"/><w:outlineLvl w:val="{level - 1}"/>'
    )


_RULE = '<w:{} w:val="single" w:sz="{}" w:space="0" w:color="{}"/>'
_TABLES = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/>'
    '<w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>'
    '<w:left w:w="70" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar>'
    "</w:tblPr></w:style>"
    '<w:style w:type="table" w:customStyle="1" w:styleId="ReportTable"><w:name w:val="Report Table"/>'
    '<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/><w:qFormat/><w:tblPr><w:tblBorders>'
    + _RULE.format("top", 8, "404040")
    + _RULE.format("bottom", 8, "404040")
    + _RULE.format("insideH", 4, "BFBFBF")
    + "</w:tblBorders></w:tblPr><w:tcPr><w:vAlign w:val='center'/></w:tcPr>"
    '<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders>'
    + _RULE.format("bottom", 6, "404040")
    + '</w:tcBorders><w:shd w:val="clear" w:color="auto" w:fill="EDF1F7"/><w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr>'
    '<w:tblStylePr w:type="lastRow"><w:tcPr><w:tcBorders>'
    + _RULE.format("top", 6, "404040")
    + "</w:tcBorders></w:tcPr></w:tblStylePr></w:style>"
)


def numbering(language: Language) -> str:
    """The whole of numbering.xml: list 1 numbers the two levels of headings, list 2 has bullets."""
    levels = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:pStyle w:val="Heading{i + 1}"/>'
        f'<w:suff w:val="{"nothing" if script(language) == "Hans" else "tab"}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f"<w:pPr>{_hanging(language)}</w:pPr></w:lvl>"
        for i, (form, text) in enumerate(LOOKS[script(language)].counting)
    )
    return (
        f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="1"><w:multiLevelType w:val="multilevel"/>{levels}'
        '</w:abstractNum><w:abstractNum w:abstractNumId="2"><w:multiLevelType w:val="hybridMultilevel"/><w:lvl w:ilvl="0">'
        '<w:start w:val="1"/><w:numFmt w:val="bullet"/><w:pStyle w:val="ListBullet"/><w:lvlText w:val="•"/>'
        '<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="397" w:hanging="284"/></w:pPr></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>'
        "</w:numbering>"
    )


def _hanging(language: Language) -> str:
    if script(language) == "Hans":
        return '<w:ind w:left="0" w:firstLine="0"/>'
    return '<w:tabs><w:tab w:val="num" w:pos="567"/></w:tabs><w:ind w:left="567" w:hanging="567"/>'


def settings(language: Language) -> str:
    """The whole of settings.xml; without the mode Word opens the document "in compatibility mode"."""
    squeeze = "compressPunctuation" if script(language) == "Hans" else "doNotCompress"
    return (
        f'<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="567"/>'
        f'<w:characterSpacingControl w:val="{squeeze}"/><w:compat><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        f'<w:themeFontLang w:val="{LOOKS[script(language)].lang}" w:eastAsia="zh-CN"/>'
        '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )


def fonts() -> str:
    """The whole of fontTable.xml, with other names that a machine may have for the Chinese fonts."""
    listed = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/></w:font>'
        for name, other in _ALSO_CALLED
    )
    return f'<w:fonts xmlns:w="{W}">{listed}</w:fonts>'
