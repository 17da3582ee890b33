"""Ratings in words, from none to severe, and the numbers that are proposed for them. Pure.

The proposal is shown and asked: an app's words are its own. It is written ``none 0, mild 2.5, severe 7.5``, and a word
without a number, ``-``, is no rating.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from functools import cache

from painlog.errors import BadInput
from painlog.exchange.importing.date_words import fold

_NONE_WORDS = """\
none no nothing nil zero kein keine keiner keines nichts ohne aucun aucune rien ninguno ninguna ningun nada nenhum
nenhuma nessuno nessuna niente geen ingen inga brak pas"""
NONE = frozenset(_NONE_WORDS.split())
_STRONGER = {
    0: "no pain,pain free,painless,not present,notpresent,absent,schmerzfrei,keine schmerzen,pas de douleur,aucune "
    "douleur,sin dolor,sem dor,nessun dolore,geen pijn,never,not at all",
    1: "minimal,very mild,very low,barely,sehr leicht,tres leger,muy leve,muito leve,molto lieve,zeer licht",
    2.5: "mild,light,slight,low,a little,leicht,gering,leger,legere,faible,leve,suave,ligero,fraco,lieve,leggero,licht",
    5: "moderate,medium,some,mittel,massig,mittelstark,modere,moderee,moyen,moyenne,moderado,moderada,medio,media,"
    "moderato,moderata,matig,gemiddeld",
    7.5: "severe,strong,high,bad,a lot,stark,schwer,hoch,fort,forte,severe,intense,elevee,fuerte,severo,severa,grave,"
    "intenso,alto,alta,ernstig,hevig,hoog",
    10: "very severe,extreme,unbearable,worst,very high,very strong,excruciating,sehr stark,unertraglich,extrem,"
    "insupportable,tres fort,tres forte,insoportable,muy fuerte,insuportavel,muito forte,insopportabile,molto forte,"
    "ondraaglijk,zeer hevig",
}
_BETTER = {
    0: "awful,terrible,very bad,worst,furchtbar,schrecklich,sehr schlecht,horrible,tres mauvais,pesimo,muy mal,pessimo,"
    "horrivel,orribile,vreselijk,lausig",
    2.5: "bad,poor,low,sad,down,schlecht,mauvais,mal,malo,mala,ruim,mau,male,cattivo,slecht",
    5: "ok,okay,meh,so so,neutral,fair,average,medium,moderate,mittel,geht so,moyen,normal,regular,medio,neutro,cosi "
    "cosi,matig,gaat wel",
    7.5: "good,fine,happy,high,gut,bon,bien,bueno,buena,bom,bem,buono,bene,goed",
    10: "great,excellent,very good,rad,amazing,super,very high,sehr gut,tres bien,excelente,muy bien,otimo,muito bem,"
    "ottimo,geweldig",
}
_FACES = {0: "😭😢😫😩😡", 2.5: "🙁☹😞😟😕", 5: "😐😑😶", 7.5: "🙂😊☺", 10: "😀😃😄😁🤩🥰"}
_VARIANT = "\N{VARIATION SELECTOR-16}"


def propose_numbers(words: Iterable[str], *, better: str) -> str:
    """Propose a number of 0 to 10 for each word, or ``-`` for one that is not known; ``better`` is the better end."""
    numbers = _listed(_BETTER if better == "high" else _STRONGER)
    if better != "high":
        numbers |= dict.fromkeys(NONE, 0)
    return ", ".join(f"{word} {numbers.get(fold(word), '-')}" for word in words)


@cache
def is_known_word(word: str) -> bool:
    """Whether a word is one of a scale that is known here."""
    return fold(word) in NONE or any(fold(word) in _listed(table) for table in (_STRONGER, _BETTER))


@cache
def word_numbers(answer: str) -> Mapping[str, float | None]:
    """Return what an answer that was checked says, by folded word; nothing for an empty one."""
    return read_numbers(answer, ()) if answer else {}


def read_numbers(answer: str, words: Collection[str]) -> dict[str, float | None]:
    """Read what a proposal says, once the person has been over it: by folded word, None for no rating.

    Raises BadInput for a word that is missing, or a number that is none of 0 to 10.
    """
    found: dict[str, float | None] = {}
    for part in answer.split(","):
        word, _, number = part.strip().rpartition(" ")
        if number not in ("", "-") and not re.fullmatch(r"\d{1,2}(?:\.\d+)?", number, re.ASCII):
            raise BadInput(f"{part.strip()!r} is not a word and its number, as in mild 2.5")
        value = None if number in ("", "-") else float(number)
        if value is not None and value > 10:
            raise BadInput(f"{word} is 0 to 10, not {number}")
        found[fold(word)] = value
    if missing := next((word for word in words if fold(word) not in found), None):
        raise BadInput(f"{missing!r} has no number; write it as in mild 2.5, or {missing} - for none")
    return found


def _listed(table: Mapping[float, str]) -> dict[str, float]:
    faces = _FACES.items() if table is _BETTER else ()
    found = {word: number for number, listed in table.items() for word in listed.split(",")}
    return found | {face + end: number for number, drawn in faces for face in drawn for end in ("", _VARIANT)}
