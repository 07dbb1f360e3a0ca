"""The words of a language are data: a folder of a third one is enough for them to be read in every ledger."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import ROOT

FRENCH = {
    "ticks": 'yes = ["oui"]\nno = ["non"]',
    "only_important": 'yes = ["urgence"]\nno = ["pas pressé"]',
    "only_skipped": 'yes = ["saute"]\nno = ["ne saute rien"]',
    "only_restricted": 'yes = ["sous pli"]\nno = ["ouvert à tous"]',
    "nobody": 'none = ["aucun mis en cause"]',
    "petitioners": """anonymous = ["sans nom"]\nno_contact = ["injoignable"]\nand = ["et"]\nwith = ["avec"]\nbesides = ["autres"]\ngroups = ["tous les parents"]\nor_more = ["bonnes"]
        and_in_all = ["entourée de"]\nin_all = ["soit"]\ncounted = ["personnes"]""",
    "also_repeat": 'none = ["premier courrier"]',
    "headcounts": 'measures = ["pers."]\nabout = ["environ"]\nwho = ["élèves"]\nnumbers = { trente = 30 }',
    "periods": 'month = ["ce mois"]\nuntil = ["jusque"]\nschool_year = ["année scolaire"]',
    "calendar_files": 'worked = "jour travaillé"\nclosed = "vacances"',
    "day_signs": 'year = ["an"]\nmonth = ["mois"]\nday = ["jour"]\nhour = ["h"]\nminute = ["min"]\npart_of_hour = ["pile"]',
    "days": """year_first = false\nordinals = ["er"]\nbeside = ["le"]\nhalf_days = ["du soir"]\ntime_words = ["du soir"]
        months = ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"]
        weekdays = [["lundi"], ["mardi"], ["mercredi"], ["jeudi"], ["vendredi"], ["samedi"], ["dimanche"]]
        this_week = ["ce"]\nlast_week = []\nlast = []\non = []\nin_month = ["le (?P<day>\\\\d{1,2}) du (?P<this>mois)"]\nweek_behind = ["de la semaine passée"]\nago = ["jours plus tôt"]
        offsets = { "-1" = ["hier"] }""",
}
"""Invented in part: each word is read only if it is taken from this folder."""

READ = {
    "tick('important', 'Oui')": True,
    "tick('important', 'non')": False,
    "tick('important', 'URGENCE')": True,
    "tick('important', 'pas pressé')": False,
    "cell('restricted', 'sous pli')": "yes",
    "cell('restricted', 'ouvert à tous')": "no",
    "names_nobody('Aucun mis en cause')": True,
    "is_anonymous('sans nom')": True,
    "is_no_contact('injoignable')": True,
    "says_no_repeat('premier courrier')": True,
    "petitioners('Anne Martin et Luc Petit')": ["Anne Martin", "Luc Petit"],
    "people_named('Anne Martin avec 4 autres')": 5,
    "people_named('Anne Martin entourée de 6 bonnes personnes')": 6,
    "people_named('Tous les parents') > 1000": True,
    "tick('leapfrog', 'saute')": True,
    "tick('leapfrog', 'ne saute rien')": False,
    "str(days_it_could_be('le 2 du mois', TODAY, past=True)[0])": "2026-03-02",
    "people_named('Anne Martin entourée de 6 personnes')": 6,
    "people_named('Anne Martin (soit 7 personnes)')": 7,
    "cell('people', '30 pers.')": 30.0,
    "cell('people', 'environ trente élèves')": 30.0,
    "cell('received_on', 'le 1er février 2026')": "2026-02-01",
    "cell('received_on', '2 mars 2026 14h30')": "2026-03-02",
    "cell('received_on', '2 mars 2026, 8 du soir')": "2026-03-02",
    "cell('received_on', '2026an 3mois 2jour 14h30min')": "2026-03-02",
    "cell('received_on', '2026-03-02 14h pile')": "2026-03-02",
    "str(days_it_could_be('hier', TODAY, past=True)[0])": "2026-03-17",
    "str(days_it_could_be('3 jours plus tôt', TODAY, past=True)[0])": "2026-03-15",
    "str(days_it_could_be('lundi de la semaine passée', TODAY, past=True)[0])": "2026-03-09",
    "str(chosen('ce mois', None, None, Calendar(()), TODAY)[0].first)": "2026-03-01",
    "str(chosen('2024 jusque 2025 année scolaire', None, None, Calendar(()), TODAY)[0].first)": "2024-09-01",
    "[day.kind for day in days_of_calendar_file(EVENTS)]": ["closed", "workday"],
}
"""What is asked of the program, and what it has to say."""

PROGRAM = """
import json, sys
from datetime import date
from automation.ledger.calendar import Calendar
from automation.ledger.case_numbers import says_no_repeat
from automation.ledger.cells import json_value, parse_column
from automation.ledger.ics_days import days_of_calendar_file
from automation.ledger.normal_form import is_anonymous, is_no_contact, names_nobody
from automation.ledger.petitioners import people_named, petitioners
from automation.ledger.typed.written_days import days_it_could_be
from automation.reports.periods import chosen
from sheet_schema import REGISTER

TODAY = date(2026, 3, 18)
EVENTS = "BEGIN:VCALENDAR" + "".join(
    f"\\nBEGIN:VEVENT\\nSUMMARY:{name}\\nDTSTART:2026030{day}\\nEND:VEVENT"
    for day, name in enumerate(("Vacances", "Jour travaillé"), 1)
)

def cell(key, text):
    values, said = parse_column(REGISTER[key], [text])
    refused = [one.code for one in said.values() if getattr(one, "code", "")]
    return refused or json_value(values[0])

def tick(key, text):
    values, said = parse_column(REGISTER[key], [text])
    return "?" if said else bool(values[0])

print(json.dumps({asked: eval(asked) for asked in json.load(sys.stdin)}))
"""


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program with a folder for French that has no more than its words."""
    copy = tmp_path_factory.mktemp("program")
    for name in ("automation", "sheet_schema"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    folder = copy / "sheet_schema" / "languages" / "fr"
    folder.mkdir()
    tables = "\n".join(f"[{name}]\n{said}" for name, said in FRENCH.items())
    (folder / "language.toml").write_text(f'name = "Français"\n{tables}\n', "utf-8")
    for domain in ("labels", "messages"):
        (folder / f"{domain}.po").write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n', "utf-8")
    return copy


def test_the_words_of_a_third_language_are_read_from_its_folder_alone(program: Path) -> None:
    asked = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=program, input=json.dumps([*READ]), capture_output=True, text=True, check=True, encoding="utf-8",
    )  # fmt: skip
    assert json.loads(asked.stdout) == READ
