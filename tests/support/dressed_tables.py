"""True diaries, and the tables that people and programs make of them: every style of writing at random."""

import csv
import io
import random
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

NAMES = ("month", "year", "day", "time", "pain", "mood", "sleep", "worry", "note", "where", "dose", "fatigue")
HEADERS = {
    "en": "Month, Year, Date, Time, Pain Level, Mood, Sleep, Anxiety, Notes, Location, Medication, Fatigue",
    "de": "Monat, Jahr, Datum, Uhrzeit, Schmerzstärke, Stimmung, Schlaf, Angst, Notiz, Ort, Medikamente, Müdigkeit",
    "fr": "Mois, Année, Date, Heure, Douleur, Humeur, Sommeil, Anxiété, Commentaire, Lieu, Médicaments, Fatigue",
    "es": "Mes, Año, Fecha, Hora, Dolor, Ánimo, Horas de sueño, Ansiedad, Notas, Lugar, Medicamento, Cansancio",
    "pt": "Mês, Ano, Data, Hora, Dor, Humor, Sono, Ansiedade, Observações, Local, Remédio, Cansaço",
    "it": "Mese, Anno, Data, Ora, Dolore, Umore, Sonno, Ansia, Note, Posizione, Farmaco, Stanchezza",
    "nl": "Maand, Jaar, Datum, Tijd, Pijnscore, Stemming, Slaap, Zorgen, Opmerkingen, Plaats, Medicijnen, Vermoeidheid",
}
MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
}
WEEKDAYS = {
    "en": "Mon Tue Wed Thu Fri Sat Sun", "de": "Mo Di Mi Do Fr Sa So", "fr": "lun. mar. mer. jeu. ven. sam. dim.",
    "es": "lunes martes miércoles jueves viernes sábado domingo", "pt": "seg ter qua qui sex sáb dom",
    "it": "lun mar mer gio ven sab dom", "nl": "ma di wo do vr za zo",
}  # fmt: skip
RATED = ("pain", "mood", "worry", "fatigue")
NOTES = ("a long day", "regnerisch, kühl", "visite; médecin", 'said "no"', "10 km", "2026-01-01 was better", "línea")
PLACES = {"neck": ("neck", "neck"), "left knee": ("left knee", "knee_l"), "head": ("head", "head")}
MEDICINES = ("Ibuprofen 400 mg", "Paracetamol 500mg", "Naproxen")

DAYS = {"en": "Day", "de": "Tag", "fr": "Jour", "es": "Día", "pt": "Dia", "it": "Giorno", "nl": "Dag"}
WORDS = {0: "none", 2.5: "mild", 5: "moderate", 7.5: "severe"}

Fact = tuple[str, str, str, float | str]
Record = dict[str, Any]


class Diary(NamedTuple):
    """What was true: each record has a day, maybe a time, and values by name."""

    records: list[Record]

    def facts(self) -> list[Fact]:
        """Kind, day, time and value of all that was recorded."""
        found: list[Fact] = []
        for record in self.records:
            at = f"{record['time']:%H:%M}" if record.get("time") else ""
            found += [
                (name, f"{record['day']}", at, value) for name, value in record.items() if name not in ("day", "time")
            ]
        return sorted(found, key=str)


class Table(NamedTuple):
    """A diary as a file, and how it is dressed, for whoever looks at a failure."""

    raw: bytes
    dress: dict[str, Any]


def make_diary(chance: random.Random) -> Diary:
    """Make up some weeks up to 2026-11-10, with gaps, most values there and some not."""
    count = chance.randint(4, 40)
    first = date(2026, 11, 10) - timedelta(days=chance.randint(count + 2, 1500))
    names = [
        "pain",
        *chance.sample(["mood", "sleep", "worry", "fatigue", "note", "where", "dose"], chance.randint(0, 5)),
    ]
    timed = chance.random() < 0.4
    whole = chance.random() < 0.7
    records: list[Record] = []
    for offset in sorted(chance.sample(range(count * 2), count)):
        record: Record = {"day": first + timedelta(days=offset // 2 if timed else offset)}
        if record["day"] > date(2026, 11, 10) or (not timed and record["day"] in {r["day"] for r in records}):
            continue
        if timed:
            record["time"] = time(9 + offset % 2 * 9, chance.randrange(60))
        record |= {name: _value(name, chance, whole=whole) for name in names if chance.random() < 0.85}
        if records and (records[-1]["day"], records[-1].get("sleep")) == (record["day"], record.get("sleep")):
            record.pop("sleep", None)  # the same sleep of a day, in two of its rows, is one
        records.append(record)
    return Diary([record for record in records if len(record) > 1 + timed])


def _value(name: str, chance: random.Random, *, whole: bool) -> float | str:
    if name in RATED:
        return float(chance.randint(0, 10)) if whole else chance.randint(0, 20) / 2
    if name == "sleep":
        return float(chance.randrange(240, 600, 15))
    return chance.choice({"note": NOTES, "where": tuple(PLACES), "dose": MEDICINES}[name])


def dress(diary: Diary, chance: random.Random) -> Table:
    """Write a diary as a table in a random style."""
    language = chance.choice(list(HEADERS))
    names = list(dict.fromkeys(name for record in diary.records for name in record if name not in ("day", "time")))
    style = {
        "language": language,
        "separator": chance.choice(",,;;\t|"),
        "comma": chance.random() < 0.4,
        "date": chance.choice(list(_DATES)),
        "time": chance.choice(list(_TIMES)),
        "in stamp": chance.random() < 0.3,
        "missing": chance.choice(["", "", "-", "n/a", "NaN", "–"]),
        "scale": chance.choice(["plain", "plain", "hundred", "end", "percent"]),
        "sleep": chance.choice(list(_LENGTHS)),
        "index": chance.choice(["", "", "unnamed", "#", "Nr"]),
        "titles": chance.choice([0, 0, 0, 1, 2, 3]),
        "trailing": chance.random() < 0.15,
        "backwards": chance.random() < 0.3,
        "long": chance.random() < 0.2,
        "parts": chance.random() < 0.08,
        "words": chance.random() < 0.03,
        "encoding": chance.choice(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
        "ends": chance.choice(["\n", "\r\n"]),
    }
    rows = _long_rows(diary, names, style) if style["long"] else _wide_rows(diary, names, style, chance)
    return Table(_write(rows, style, chance), style)


def _wide_rows(diary: Diary, names: list[str], style: dict[str, Any], chance: random.Random) -> list[list[str]]:
    header = dict(zip(NAMES, HEADERS[style["language"]].split(", "), strict=True))
    timed = any("time" in record for record in diary.records)
    days = ["day", "month", "year"] if style["parts"] and not (timed and style["in stamp"]) else ["day"]
    columns = [*days, *(["time"] if timed and not style["in stamp"] else []), *names]
    if chance.random() < 0.5:
        chance.shuffle(columns)
    titles = [
        (DAYS[style["language"]] if name == "day" and len(days) == 3 else header[name])
        + (_LENGTHS[style["sleep"]][1] if name == "sleep" else "")
        for name in columns
    ]
    return [titles, *([_cell(record, name, style) for name in columns] for record in diary.records)]


def _long_rows(diary: Diary, names: list[str], style: dict[str, Any]) -> list[list[str]]:
    header = dict(zip(NAMES, HEADERS[style["language"]].split(", "), strict=True))
    called = {name: header[name] + (_LENGTHS[style["sleep"]][1] if name == "sleep" else "") for name in names}
    style["parts"] = False
    timed = any("time" in record for record in diary.records) and not style["in stamp"]
    rows = [[header["day"], *([header["time"]] if timed else []), "Symptom", "Value"]]
    for record in diary.records:
        when = [_cell(record, "day", style), *([_cell(record, "time", style)] if timed else [])]
        rows += [[*when, called[name], _cell(record, name, style)] for name in names if name in record]
    return rows


def _cell(record: Record, name: str, style: dict[str, Any]) -> str:
    if style["parts"] and name in ("day", "month", "year") and not (style["in stamp"] and record.get("time")):
        return str(getattr(record["day"], name))
    if name == "day":
        day = _DATES[style["date"]](record["day"], style["language"])
        if style["in stamp"] and record.get("time"):
            return f"{day} {_TIMES[style['time']](record['time'])}"
        return day + (" 00:00:00" if style["date"] == "midnight" else "")
    if name not in record:
        return str(style["missing"])
    value = record[name]
    if name == "time":
        return _TIMES[style["time"]](value)
    if name in RATED:
        return _rating(value, style)
    if name == "sleep":
        return _decimals(_LENGTHS[style["sleep"]][0](value), style)
    return PLACES[value][0] if name == "where" else str(value)


def _rating(value: float, style: dict[str, Any]) -> str:
    if style["words"] and value in WORDS:
        return WORDS[value]
    written = {
        "plain": f"{value:g}",
        "hundred": f"{value * 10:g}",
        "end": f"{value:g}/10",
        "percent": f"{value * 10:g} %",
    }
    return _decimals(written[style["scale"]], style)


def _decimals(text: str, style: dict[str, Any]) -> str:
    return text.replace(".", ",") if style["comma"] else text


def _write(rows: list[list[str]], style: dict[str, Any], chance: random.Random) -> bytes:
    header, *data = rows
    if style["backwards"]:
        data.reverse()
    if style["index"]:
        header = ["" if style["index"] == "unnamed" else style["index"], *header]
        data = [[str(number), *row] for number, row in enumerate(data)]
    if style["trailing"]:
        header, data = [*header, ""], [[*row, chance.choice(["", "x y"])] for row in data]
    titles = [[f"Diary part {number}"] for number in range(style["titles"])]
    if style["titles"] == 3:
        titles[1] = []
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=style["separator"], lineterminator=style["ends"]).writerows([*titles, header, *data])
    return file.getvalue().encode(style["encoding"], "replace")


def _month(day: date, language: str) -> str:
    return MONTHS[language].split()[day.month - 1]


def _of(language: str) -> str:
    return " de " if language in ("es", "pt") else ". " if language == "de" else " "


def _weekday(day: date, language: str) -> str:
    return WEEKDAYS[language].split()[day.weekday()]


_DATES: dict[str, Callable[[date, str], str]] = {
    "iso": lambda day, _: day.isoformat(),
    "midnight": lambda day, _: day.isoformat(),
    "slashed": lambda day, _: f"{day.year}/{day.month}/{day.day}",
    "dotted": lambda day, _: f"{day:%d.%m.%Y}",
    "short dotted": lambda day, _: f"{day.day}.{day.month}.{day:%y}",
    "day first": lambda day, language: f"{day:%m/%d/%Y}" if language == "en" else f"{day:%d/%m/%Y}",
    "dashed": lambda day, _: f"{day:%d-%m-%Y}",
    "compact": lambda day, _: f"{day:%Y%m%d}",
    "named": lambda day, language: f"{day.day}{_of(language)}{_month(day, language)} {day.year}",
    "long": lambda day, language: (
        f"{_weekday(day, language)}, {day.day}{_of(language)}{_month(day, language)} {day.year}"
    ),
    "weekday": lambda day, language: f"{_weekday(day, language)}, {day:%d.%m.%Y}",
    "American": lambda day, _: f"{MONTHS['en'].split()[day.month - 1]} {day.day}, {day.year}",
    "spreadsheet": lambda day, _: f"{day.day:02d}-{MONTHS['en'].split()[day.month - 1][:3]}-{day:%y}",
}
_TIMES: dict[str, Callable[[time], str]] = {
    "colon": lambda at: f"{at:%H:%M}",
    "seconds": lambda at: f"{at:%H:%M:%S}",
    "twelve": lambda at: f"{datetime.combine(date.min, at):%I:%M %p}",
    "French": lambda at: f"{at.hour}h{at.minute:02d}",
    "German": lambda at: f"{at.hour}.{at.minute:02d} Uhr",
    "dot": lambda at: f"{at.hour:02d}.{at.minute:02d}",
}
_LENGTHS: dict[str, tuple[Callable[[float], str], str]] = {
    "hours": (lambda minutes: f"{minutes / 60:.15g}", ""),
    "hours said": (lambda minutes: f"{minutes / 60:.4g}", " (h)"),
    "clock": (lambda minutes: f"{minutes // 60:.0f}:{minutes % 60:02.0f}", ""),
    "units": (lambda minutes: f"{minutes // 60:.0f}h {minutes % 60:02.0f}m", ""),
    "joined": (lambda minutes: f"{minutes // 60:.0f}h{minutes % 60:02.0f}", ""),
    "minutes": (lambda minutes: f"{minutes:g}", " (min)"),
}


def facts_of(found: Sequence[tuple[str, str, str, dict[str, Any]]]) -> list[Fact]:
    """What was imported, in the form of ``Diary.facts``."""
    facts: list[Fact] = []
    for kind, day, at, data in found:
        places = {region: said for said, (_, region) in PLACES.items()}
        for name, value in data.items():
            if name == "where":
                facts += [("where", day, at, places.get(region, region)) for region in value]
            elif name == "amount":
                continue
            else:
                facts.append((_name(kind, name), day, at, _said(name, data)))
    return sorted(facts, key=str)


def _name(kind: str, name: str) -> str:
    return {"score": kind, "night": "sleep", "name": "dose"}.get(name, name)


def _said(name: str, data: dict[str, Any]) -> float | str:
    if name == "name":
        full = f"{data['name']} {data.get('amount', '')}".strip()
        return next((one for one in MEDICINES if one.replace(" ", "") == full.replace(" ", "")), full)
    value = data[name]
    return float(value) if isinstance(value, int | float) else str(value)
