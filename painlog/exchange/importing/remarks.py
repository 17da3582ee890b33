"""Cells under medicines, treatments, what helped and triggers that name none, such as ``forgot`` or ``see note``. Pure.

What is a remark goes to the note: a dose that was not taken is no dose.
"""

import re

from painlog.domain.kinds.medicine_names import MEDICINE_NAMES
from painlog.exchange.importing.date_words import fold
from painlog.exchange.importing.typed_cells import find_amount, names_none, split_doses, split_list, split_medicine

_REMARK_WORDS = """\
forgot forgotten forget skipped skip missed didnt dont wasnt couldnt havent hadnt cant wont not cannot refused declined
cancelled canceled postponed see same yesterday usual ditto nothing none unknown unsure stopped paused unable avoided
ran finished nope above
vergessen ausgelassen weggelassen verpasst abgesagt ausgefallen verschoben nicht nichts gestern wie siehe abgesetzt nix
kein keine keinen keiner keines
oublie oubliee saute pas hier voir annule annulee reporte rien aucun aucune
olvide olvido olvidado olvidada salte ayer igual cancelado cancelada nada ninguno ninguna
esqueci esqueci-me ontem nao nenhum nenhuma faltei
dimenticato dimenticata saltato saltata ieri non annullato annullata niente nessuno nessuna
vergeten niet niets overgeslagen gisteren zie geannuleerd"""
_REMARKS = frozenset(_REMARK_WORDS.split())
_OPENS = frozenset(("no", "0", "without", "ohne", "sans", "sin", "sem", "senza", "geen", "out"))
_OF_EFFECT = re.compile(
    r"(?:\b\w+n'?t|did not|does not|not|nicht|pas|no) (?:\w+ )?(?:help\w*|work\w*|eff\w*|enough|touch|geholfen|aid\w*)"
)
_UNKNOWN = re.compile(
    r"\?+|unknown|unsure|not sure|no idea|(?:i )?don'?t know|unclear|unbekannt|unklar|keine ahnung|inconnue?"
    r"|(?:je )?ne sais pas|desconocid[oa]|no se|desconhecid[oa]|nao sei|sconosciut[oa]|non so|onbekend|weet niet"
)
_NOT_TRIED = re.compile(
    r"(?:\w+n'?t|(?:did|have|had|was) not|not|nicht|pas) (?:\w+ )?(?:try|tried|use|used|take|taken|do|done)\b.*"
)
_NOTHING = re.compile(
    r"(?:(?:nothing|none|nichts|nix|rien|nada|niente|niets)\b|not (?:known|clear|much|really)"
    r"|no (?:relief|change|effect)).*"
)
_NONES = (_UNKNOWN, _NOT_TRIED, _NOTHING)


def split_remarks(cell: str) -> tuple[list[str], list[str]]:
    """Divide a list of medicines or treatments into those that it names, and remarks that name none.

    Beside a remark only what has an amount, or is a medicine that painlog knows, is named.
    """
    parts = split_doses(cell)
    remarks = [part for part in parts if is_remark(part)]
    if remarks:
        remarks = [part for part in parts if is_remark(part) or not _is_surely_medicine(part)]
    return [part for part in parts if part not in remarks], [part for part in remarks if re.search(r"[\w?]", part)]


def is_remark(part: str) -> bool:
    """Whether a part of a list says that something was not taken or done, or names nothing that could have been."""
    names_something = any(map(str.isalpha, part)) and not find_amount(part)
    return says_not(part) or not names_something or not _OF_EFFECT.sub(" ", _plain(part)).strip()


def says_not(part: str) -> bool:
    """Whether words say that something was not taken or done; one that was and did not help is something."""
    words = re.findall(r"[\w'-]+", _OF_EFFECT.sub(" ", _plain(part))) or [""]
    return words[0] in _OPENS or any(word in _REMARKS or word.endswith("n't") for word in words)


def split_helpers(cell: str) -> tuple[list[str], list[str]]:
    """Divide a list of what helped, or of triggers, into what it names, and what says that there was none."""
    parts = split_list(cell)
    none = [part for part in parts if names_none(part) or any(each.fullmatch(_plain(part)) for each in _NONES)]
    return [part for part in parts if part not in none], none


def _is_surely_medicine(part: str) -> bool:
    return "amount" in split_medicine(part) or fold(part).split(" ")[0] in MEDICINE_NAMES


def _plain(part: str) -> str:
    return fold(part).replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
