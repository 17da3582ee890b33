"""Names of months and weekdays, and words around dates and times, in the languages that apps write. Pure.

English, German, French, Spanish, Portuguese, Italian, Dutch, Danish, Swedish, Norwegian and Polish. A month is known by
the beginning of its name, three letters or more, where that begins no other month in any of them.
"""

import re
import unicodedata
from functools import cache, lru_cache

_MONTHS = """\
january januar janvier enero janeiro gennaio januari styczen stycznia jänner
february februar fevrier febrero fevereiro febbraio februari luty lutego feber
march märz mrz mars marzo marco maart mrt marts marzec marca maerz
april avril abril aprile kwiecien kwietnia
may mai mayo maio maggio mei maj maja
june juni juin junio junho giugno czerwiec czerwca
july juli juillet julio julho luglio lipiec lipca
august aout agosto augustus augusti sierpien sierpnia
september septembre septiembre setembro settembre wrzesien wrzesnia setiembre
october oktober octobre octubre outubro ottobre pazdziernik pazdziernika
november novembre noviembre novembro listopad listopada
december dezember decembre diciembre dezembro dicembre grudzien grudnia desember
"""
_WEEKDAYS = """\
monday montag lundi lunes segunda lunedi maandag mandag måndag poniedzialek
tuesday dienstag mardi martes terca martedi dinsdag tirsdag tisdag wtorek
wednesday mittwoch mercredi miercoles quarta mercoledi woensdag onsdag sroda
thursday donnerstag jeudi jueves quinta giovedi donderdag torsdag czwartek
friday freitag vendredi viernes sexta venerdi vrijdag fredag piatek
saturday samstag sonnabend samedi sabado sabato zaterdag lordag lördag sobota
sunday sonntag dimanche domingo domenica zondag søndag söndag niedziela
"""
_LATELY = 4_000  # cells that are remembered: those of a table come again soon or not at all
_BETWEEN = frozenset(("de", "del", "of", "den", "der", "le", "il", "el", "d", "o", "a", "the", "r"))


@lru_cache(_LATELY)
def fold(text: str) -> str:
    """Return a text in small letters and without accents; what cannot be seen is a space."""
    plain = unicodedata.normalize("NFKD", text.replace("ø", "o").replace("ł", "l").replace("ß", "ss"))
    bare = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return " ".join(unicodedata.normalize("NFC", bare).lower().split())


def month_of(word: str) -> int:
    """Return the number of the month that a word names or begins; 0 for none."""
    return _month(fold(word).rstrip("."))


@cache
def _month(word: str) -> int:
    months = [{fold(name) for name in line.split()} for line in _MONTHS.splitlines()]
    whole = {number for number, names in enumerate(months, 1) if word in names}
    begun = {number for number, names in enumerate(months, 1) if any(name.startswith(word) for name in names)}
    found = whole or (begun if len(word) > 2 else set())
    return found.pop() if len(found) == 1 else 0


@cache
def is_weekday(word: str) -> bool:
    """Whether a word is a weekday or its beginning, two letters or more."""
    clean = fold(word).strip(".,()")
    names = {fold(name) for name in _WEEKDAYS.split()} | {"mie", "seg", "ter", "qua", "qui", "sex", "weds", "thurs"}
    whole = clean.removesuffix("-feira")
    return len(whole) > 1 and any(name.startswith(whole) for name in names)


def drop_joining_words(text: str) -> str:
    """Take out of a folded date what stands between its parts, as in ``5 de marco de 2024`` or ``1er mars``."""
    text = re.sub(r"(?<=\d)(?:st|nd|rd|th|er|ere|eme|e|o|a|º|°|ª)(?=[\s.,]|$)", "", text)
    return " ".join(word for word in text.split(" ") if word not in _BETWEEN)
