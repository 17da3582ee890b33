"""What the columns of people's own tables are called, in several languages, and what they are to painlog. Pure."""

import re
from datetime import time
from functools import cache
from typing import NamedTuple

from painlog.domain.regions import lookup
from painlog.errors import BadInput
from painlog.exchange.importing.date_words import fold
from painlog.exchange.importing.pain_places import in_english
from painlog.exchange.importing.written_dates import read_clock

_WORDS = """\
day = date, day, datum, tag, fecha, dia, data, giorno, dag, jour, date time, datetime, date and time,
    timestamp, when, calendar date, calendardate, entry date, log date, full date, observation date, recorded,
    recorded at, logged at, created, created at, zeitpunkt, datum und uhrzeit, fecha y hora, date et heure,
    data e ora, data e hora, started, dato
time = time, clock, time of day, uhrzeit, zeit, heure, hora, ora, tijd, tid, at, entry time, tidspunkt
month = month, monat, mois, mes, mese, maand, manad
year = year, jahr, annee, ano, anno, jaar, ar
name = name, question, question text, frage, habit, symptom, tracker, tracker name, variable, metric, measure, item,
    feature, featurename,
    habit name, what, question, symptome, sintomo, sintoma, symptoom, activity name
value = value, amount, result, reading, wert, valeur, valor, valore, waarde, intensity, severity, observation
    value, score, rating, level, answer, answered, answered yes, response, antwort, reponse, respuesta, risposta
pain = pain, how bad, pain now, current pain, pain today, schmerz, schmerzen, schmerzstarke, schmerzintensitat,
    schmerzwert, douleur, douleurs, intensite douleur, intensite de la douleur, dolor, dolores, intensidad
    dolor, intensidad del dolor, dor, dores, intensidade dor, intensidade da dor, dolore, dolori, intensita
    dolore, intensita del dolore, pijn, pijnscore, smerte, smarta, bol, pain nrs, nrs, vas, pain vas
pain_worst = worst pain, peak pain, pain peak, pain worst, max pain, pain max, maximum pain, highest pain, starkster
    schmerz, pire douleur, peor dolor, pior dor, dolore peggiore, ergste pijn
pain_least = least pain, pain least, min pain, pain min, lowest pain, geringster schmerz
pain_average = average pain, pain on average, pain average, avg pain, pain avg, mean pain, pain mean,
    durchschnittlicher schmerz, douleur moyenne, dolor medio, dor media, dolore medio, gemiddelde pijn
mood = mood, stimmung, laune, humeur, estado de animo, animo, humor, umore, stemming, humore, humor do dia
worry = worry, anxiety, sorge, sorgen, angst, anxiete, inquietude, ansiedad, ansiedade, ansia, zorgen
stress = stress, stress level, estres, estresse
fatigue = fatigue, tiredness, mudigkeit, erschopfung, cansancio, fatiga, cansaco, fadiga, stanchezza,
    affaticamento, vermoeidheid
sleep = sleep, sleep hours, hours slept, hours of sleep, sleep duration, sleep time, total sleep, total sleep
    time, slept, time asleep, asleep, sleep analysis asleep, sleep analysis total, schlaf, schlafdauer,
    schlafzeit, stunden schlaf, sommeil, duree du sommeil, duree sommeil, heures de sommeil, sueno, horas de
    sueno, duracion del sueno, sono, horas de sono, duracao do sono, sonno, ore di sonno, durata del sonno,
    slaap, slaapduur, uren slaap, sleep last night, slept last night, hours slept last night, hours of sleep last
    night, last nights sleep, hours sleep
sleep quality = sleep quality, quality of sleep, schlafqualitat, qualite du sommeil, qualite sommeil, calidad
    del sueno, calidad de sueno, qualidade do sono, qualita del sonno, slaapkwaliteit, sleep rating, sleep score
sleep_from = fell asleep, sleep start, asleep at, sleep onset, sleep from, eingeschlafen, sleep begin, from,
    von, de, desde, schlaf von, schlafbeginn, sommeil de, debut du sommeil, sueno de, sueno desde, slaap van
sleep_to = woke up, wake up, wake time, woke, sleep end, awake at, wake onset, sleep to, aufgewacht, to,
    until, bis, a, hasta, wake, waking time, wake up time, woke up at, woke at, wakeup, schlaf bis, schlafende,
    aufwachen, reveil, heure de reveil, sommeil a, fin du sommeil, despertar, sueno hasta, sveglia, slaap tot
bed = bedtime, bed time, bed, into bed, in bed, went to bed, to bed, lights out, ins bett, zu bett, bettzeit, coucher,
    heure du coucher
up = got up, up, get up, getting up, out of bed, rise time, aufgestanden, lever, heure du lever
note = note, notes, comment, comments, remark, remarks, text, diary, journal, notiz, notizen, bemerkung,
    bemerkungen, kommentar, anmerkung, commentaire, commentaires, remarque, remarques, nota, notas,
    comentario, comentarios, observaciones, observacoes, commento, commenti, note giorno, opmerking,
    opmerkingen, notitie, notities, memo
dose = medication, medications, medicine, medicines, med, meds, medication taken, medicine taken, meds taken, pills
    taken, took meds, took medication, took medicine, took painkillers, took pills, pain medication, pain meds,
    painkiller, painkillers, drug, drugs, tablet, tablets, pill, pills, medikament, medikamente, medikation,
    schmerzmittel, tabletten,
    medicament, medicaments, medicamento, medicamentos, medicacion, medicacao, remedio, remedios, farmaco,
    farmaci, medicina, medicine prese, medicijn, medicijnen, medicatie
amount = dose, dosage, medication dose, med dose, medicine dose, dose taken, amount taken, dosis,
    dosierung, menge, posologie, quantite, cantidad, quantidade, quantita, dosaggio, dosering
count of doses = qty, quantity, number of tablets, number of pills, number of doses, number taken, no of tablets,
    no of pills, how many, how many tablets, how many pills, anzahl, anzahl tabletten, stuckzahl, nombre,
    nombre de comprimes, numero de pastillas, numero di compresse, aantal
treatment = treatment, treatments, therapy, therapies, behandlung, therapie, traitement, tratamiento,
    tratamento, trattamento, terapia, behandeling
where = where, location, locations, pain location, pain locations, place, body part, site, pain site, ort, wo,
    stelle, lokalisation, korperstelle, lieu, endroit, localisation, donde, lugar, localizacion, zona, onde,
    local, localizacao, dove, posizione, sede, waar, locatie, plaats
trigger = trigger, triggers, aggravating factors, cause, causes, potential triggers, pain trigger, ausloser,
    declencheur, declencheurs, desencadenante, desencadenantes, gatilho, gatilhos, fattore scatenante, fattori
    scatenanti, uitlokker
relief = relief, relieved by, helped by, alleviating factors, relieving factors, what helped
quality = pain quality, pain characteristics, pain type, type of pain, kind of pain, quality of pain, schmerzart
steps = steps, step count, schritte, pas, nombre de pas, pasos, passos, passi, stappen
"""
_FILLER_WORDS = "level score rating intensity severity my today daily overall scale total current niveau nivel"
FILLERS = frozenset(_FILLER_WORDS.split())
_ASKING_WORDS = """\
how what which where is are was were do does did the it you your i a any please rate describe now right bad much
strong severe high hurt hurts take taken took feel feeling hurting felt have had"""
_ASKING = frozenset(_ASKING_WORDS.split())
_LEFT_OUT_WORDS = """\
#,id,nr,no,index,row,uid,uuid,weekday,day of week,wochentag,jour de la semaine,dia de la semana,dia da semana"""
_LEFT_OUT = frozenset(_LEFT_OUT_WORDS.split(","))
_UNNAMED = re.compile(r"column \d+|unnamed(: \d+)?|.+[ _]u?u?id")
_RANGE = re.compile(r"(?<!:)\b(\d{1,3}) ?(?:-|–|to|bis|a) ?(\d{1,3})(?! ?(?:[ap]m|uhr|h\b|:|\d))", re.ASCII)
_END = re.compile(r"(?:/|out of|of|von|sur|de|su) ?(\d{1,3})", re.ASCII)
_END_WORDS = re.compile(
    r"\d ?(?:=|is|means|ist|est|es) ?[a-z]|(?:high|low)er (?:is|=) |best|besser|schulnote|school grade"
)
_WORDED_ENDS = re.compile(  # 1 best - 6 worst
    r"\b(\d{1,3}) ?[=:]? ?[a-z][a-z ]*?[ ,;/–-]*(?:to |bis |and |und |a )?(\d{1,3}) ?[=:]? ?[a-z]", re.ASCII
)
_NONE_FIRST = re.compile(r"\b0 ?[=:]? ?(?:no|none|not|nothing|kein|aucun|pas|sin|ningun|sem|nenhum|nessun|geen)")
_UNITS = {
    **dict.fromkeys(("h", "hr", "hrs", "hours", "hour", "std", "stunden", "heures", "horas", "ore", "uur"), "hours"),
    **dict.fromkeys(("m", "min", "mins", "minutes", "minuten", "minutos", "minuti"), "minutes"),
    **dict.fromkeys(("s", "sec", "secs", "seconds", "sekunden", "secondes", "segundos", "secondi"), "seconds"),
}
_PART_WORDS = r"""
    am|a\.m\.|pm|p\.m\.|mornings?|midnight|noon|midday|lunchtime|afternoons?|evenings?|bedtime|nights?
    |morgens?|fruh|vormittags?|mittags?|nachmittags?|abends?|nachts?|matin|midi|apres[ ]midi|soir|nuit
    |manana|mediodia|tarde|noche|manha|noite|mattin[ao]|pomeriggio|sera|notte|ochtend|middag|avond|nacht"""
_PART = re.compile(
    rf"""(?<![^ (\[])(?:
    (?:(?:(?:in|at|during)(?:[ ]the)?|this|am|in[ ]der|le|de[ ]la|la|por[ ]la|da|a|alla|di)[ ]+)?(?:{_PART_WORDS})
    |(?:at[ ]|@[ ]?|um[ ])?(?:\d{{1,2}}(?:[:.h]\d\d)?[ ]?(?:[ap]m|uhr)|\d{{1,2}}[:h]\d\d)
    )(?![^ )\]])""",
    re.ASCII | re.VERBOSE,
)
_PAINS = ("pain", "pain_worst", "pain_least", "pain_average")
PARTED = frozenset((*_PAINS, "mood", "worry", "stress", "fatigue", "dose", "treatment"))
_ON_A_SCALE = re.compile(r"\bon (?:an? |the )?scale(?: of| from)?\b")
_OF = re.compile(r"^(?:de la |de |du |des |della |del |di |da |do )")
_FIRST = re.compile(r"(.*[^\W\d]) ?#?1")
COUNTED = frozenset((
    *_PAINS,
    "where",
    "dose",
    "amount",
    "count of doses",
    "treatment",
    "trigger",
))  # what a row may have several of
_CIRCUMSTANCE = re.compile(
    r"(?:before|after|with|without|during|while|when|at rest|on(?! average)|upon"
    r"|in ruhe|bei|nach|vor|au repos|avant|apres) ?"
)
_APART = re.compile(rf"(.+?) ({_CIRCUMSTANCE.pattern}.*)")
_SIDES = {
    **dict.fromkeys(("l", "lt", "left"), "left"),
    **dict.fromkeys(("r", "rt", "right"), "right"),
    "both": "both",
}
_OTHER_SIDES = frozenset([*("links", "rechts", "gauche", "droite", "izquierda", "izquierdo", "derecha", "derecho")])
_PAIN = re.compile(
    r"(?:(?P<place>.+?) (?:pain|ache)|(?:pain|ache) (?:in |in the |of |of the )?(?P<after>.+)|(?P<joined>.+?)aches?)"
)


class Header(NamedTuple):
    """What the name of a column says: painlog's word for it, empty where it is not known; its scale; its unit.

    ``place`` is a place on the body whose pain it is, and ``part`` the part of the day, the time of day or another
    circumstance, as it stands there; where nothing else does, ``word`` is empty, and it may be pain. With ``says_ends``
    it says which end of the scale is which, and that may be the other one than here. ``beside`` is what stands in
    brackets and is none of these.
    """

    word: str
    scale: str = ""
    unit: str = ""
    place: str = ""
    says_ends: bool = False
    part: str = ""
    beside: str = ""


@cache
def read_header(label: str) -> Header:
    """Read the name of a column."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Za-z])\.(?=[A-Za-z]{2})", " ", label)
    clean = _ON_A_SCALE.sub(" ", fold(re.sub(r"[_:]+(?!\d\d)", " ", apart)))
    clean = " ".join(clean.split())
    if (found := _FIRST.fullmatch(clean)) and (header := read_header(found[1])).word in COUNTED:
        return header
    if (found := _PART.search(clean)) and is_part_of_day(found[0]):
        rest = f"{clean[: found.start()]} {clean[found.end() :]}"
        header = _read_clean(" ".join(re.sub(r"[(\[{] *[)\]}]", " ", rest).split()))
        says_nothing_else = not re.sub(r"[(\[{].*", "", rest).strip()
        if (header.word in PARTED or header.place or says_nothing_else) and not _names().get(clean):
            return header._replace(part=found[0])
    return _read_clean(clean)


def is_part_of_day(text: str) -> bool:
    """Whether a text is a part of the day, such as am or morning, or a time of day."""
    return bool(_PART.fullmatch(text)) and (not any(map(str.isdecimal, text)) or clock_in(text) is not None)


def split_part(label: str) -> tuple[str, str]:
    """Divide a heading such as ``Naproxen am`` from the part of the day in it, which is empty for any other."""
    found = _PART.search(label.lower())
    if not found or not is_part_of_day(found[0]):
        return label, ""
    return " ".join(f"{label[: found.start()]} {label[found.end() :]}".replace("()", " ").split()), found[0]


def clock_in(part: str) -> time | None:
    """Return the time of day that a part of a heading is; None for a word such as morning."""
    try:
        return read_clock(part.lstrip("@ ")) if any(map(str.isdecimal, part)) else None
    except BadInput:
        return None


def _read_clean(clean: str) -> Header:
    inside = " ".join(re.findall(r"[(\[{]([^)\]}]*)[)\]}]", clean))
    outside = " ".join(re.sub(r"[(\[{][^)\]}]*[)\]}]|(?<!\d)-|-(?!\d)", " ", clean).split())
    scale = _scale(inside) or _scale(outside)
    named = " ".join(_END.sub(" ", _RANGE.sub(" ", outside)).split()) if scale else outside
    named = " ".join(re.sub(r"[/%]", " ", named).split())
    unit = next((_UNITS[each] for each in inside.split() if each in _UNITS), "")
    beside = " ".join(each for each in inside.split() if each not in _UNITS)
    named = in_english(named)
    word = _names().get(f"{named} {beside}") or _known(named) or _known(f"{named} {beside}".strip())
    place = _place(f"{named} {beside}") or _place(named)
    if word == "pain" and any(map(_is_side, beside.split())) and not place:
        word = ""  # of which place is not said
    says_place = place and word in ("", "pain")
    part = beside if _CIRCUMSTANCE.match(beside) and word in PARTED else ""
    if not word and (apart := _APART.fullmatch(named)) and _known(apart[1]) in PARTED:
        word, place, part = _known(apart[1]), "", apart[2]
    is_word = word and word == _known(named) and not part
    left = " ".join(_END.sub(" ", _RANGE.sub(" ", beside)).split()) if is_word else ""
    found = Header(word, scale, unit or _unit_word(named), "", _says_ends(clean), part, left)
    return found._replace(word="pain" if _says_pain(named) else "", place=place, beside="") if says_place else found


def _says_ends(clean: str) -> bool:
    """Whether it is said which end is which, other than that 0 is none."""
    return bool(_END_WORDS.search(clean) or (_WORDED_ENDS.search(clean) and not _NONE_FIRST.search(clean)))


def is_left_out(label: str) -> bool:
    """Whether a column is an index, a weekday or the like, which says nothing of its own."""
    return fold(label) in _LEFT_OUT or bool(_UNNAMED.fullmatch(fold(label)))


def _known(named: str) -> str:
    fewer = _OF.sub("", " ".join(word for word in named.split() if word not in FILLERS))
    in_hours = " ".join(word for word in fewer.split() if word not in _UNITS)
    found = _names().get(" ".join(named.split()), "") or _names().get(fewer, "") or _question_about(named)
    return found or ("sleep" if _names().get(in_hours) == "sleep" else "")


def _question_about(named: str) -> str:
    """What a question of a form is about, such as ``how bad is your pain right now?``; empty where it is not known."""
    words = re.findall(r"[^\W\d]+", named)
    if not {"how", "what", "which", "where", "rate", "please", "any"} & set(words[:2]):
        return ""
    if words[0] == "where" and {"hurt", "hurts", "pain"} & set(words):
        return "where"
    if {"sleep", "slept"} & set(words):
        return "sleep" if "hours" in words else "sleep quality" if "well" in words else ""
    return _names().get(" ".join(word for word in words if word not in _ASKING and word not in FILLERS), "")


@cache
def _names() -> dict[str, str]:
    lines = (line.split(" = ") for line in re.sub(r"\n {4}", " ", _WORDS).splitlines())
    return {name.strip(): word for word, names in reversed(list(lines)) for name in names.split(",")}


def _scale(text: str) -> str:
    if found := _RANGE.search(text):
        return f"{found[1]}-{found[2]}" if found[1] != found[2] else ""
    if (worded := _WORDED_ENDS.search(text)) and int(min(worded.groups(), key=int)) <= 1:
        return "-".join(sorted(worded.groups(), key=int))
    found = _END.search(text)
    return f"0-{found[1]}" if found and found[1] in ("3", "4", "5", "10", "100") else ""


def _unit_word(named: str) -> str:
    return next((_UNITS[word] for word in reversed(named.split()) if word in _UNITS and len(word) > 2), "")


def _is_side(word: str) -> bool:
    return word.strip(".") in {*_SIDES, *_OTHER_SIDES}


def _says_pain(named: str) -> bool:
    words = [word for word in named.split() if not _is_side(word) and word not in FILLERS]
    return words == ["pain"] or bool(_PAIN.fullmatch(" ".join(words)))


def _place(named: str) -> str:
    """The place, with its side, that a name says the pain of, or names alone; empty where it names none."""
    words = [word.strip(".") for word in named.split() if word not in FILLERS]
    sides = [_SIDES[word] for word in words if word in _SIDES]
    rest = " ".join(word for word in words if word not in _SIDES)
    found = _PAIN.fullmatch(rest)
    place = (found["place"] or found["after"] or found["joined"]) if found else rest
    said = " ".join((*sides, place))
    return said if lookup(said) else ""
