"""What the spreadsheet's locale decides: separators, the order of a date, the currency sign."""

from __future__ import annotations

from typing import NamedTuple


class Locale(NamedTuple):
    decimal: str = "."
    group: str = ","
    order: str = "mdy"
    date: str = "m/d/yyyy"
    time: str = "h:mm:ss am/pm"
    currency: str = "$"

    @property
    def argument_separator(self) -> str:
        """What stands between the arguments of a function: a semicolon where the comma is the decimal sign."""
        return ";" if self.decimal == "," else ","


_CLOCK_24 = "H:mm:ss"
_LOCALES = {
    "en_US": Locale(),
    "en_GB": Locale(order="dmy", date="dd/mm/yyyy", time=_CLOCK_24, currency="£"),
    "en_IE": Locale(order="dmy", date="dd/mm/yyyy", time=_CLOCK_24, currency="€"),
    "en_AU": Locale(order="dmy", date="dd/mm/yyyy", time=_CLOCK_24),
    "en_CA": Locale(order="ymd", date="yyyy-mm-dd"),
    "fr_FR": Locale(",", "\u202f", "dmy", "dd/mm/yyyy", _CLOCK_24, "€"),
    "de_DE": Locale(",", ".", "dmy", "dd.mm.yyyy", _CLOCK_24, "€"),
    "it_IT": Locale(",", ".", "dmy", "dd/mm/yyyy", _CLOCK_24, "€"),
    "es_ES": Locale(",", ".", "dmy", "d/m/yyyy", _CLOCK_24, "€"),
    "nl_NL": Locale(",", ".", "dmy", "d-m-yyyy", _CLOCK_24, "€"),
    "pt_BR": Locale(",", ".", "dmy", "dd/mm/yyyy", _CLOCK_24, "R$"),
    "zh_CN": Locale(order="ymd", date="yyyy/m/d", time=_CLOCK_24, currency="¥"),
    "zh_TW": Locale(order="ymd", date="yyyy/m/d", time=_CLOCK_24),
    "ja_JP": Locale(order="ymd", date="yyyy/mm/dd", time=_CLOCK_24, currency="¥"),
}
_BY_LANGUAGE = {
    "en": "en_US",
    "fr": "fr_FR",
    "de": "de_DE",
    "it": "it_IT",
    "es": "es_ES",
    "nl": "nl_NL",
    "pt": "pt_BR",
    "zh": "zh_CN",
    "ja": "ja_JP",
}


def locale_of(name: str) -> Locale:
    """The conventions of a locale by its name; those of its language where the country is not known here."""
    return _LOCALES.get(name) or _LOCALES[_BY_LANGUAGE.get(name.partition("_")[0], "en_US")]
