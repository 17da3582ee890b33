"""What may be drawn by lot: what is harmless to do and to leave. Pure.

A lot never decides about medicines, supplements or anything that is taken, about what was agreed with a clinician, or
about leaving something out. Words are read in any dress: capitals, accents, wide letters, plurals, another order, words
torn apart, a letter too many, too few or wrong. Where it is unsure it refuses, since that costs a word and not a dose.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from painlog.domain.kinds.medicine_names import MEDICINE_NAMES
from painlog.domain.trial_words import CARE, ENDINGS, EXERCISES, HARMING, LEAVING, PLAIN, TAKEN, UNITS
from painlog.errors import BadInput

EXAMPLE = 'painlog trial start "evening walk" --on pain --days 56'
CLINICIAN = "please talk to your doctor or pain team about it"


class Known(NamedTuple):
    """What a journal names: medicines, sessions and goals, what was planned or agreed, amounts; whether a patch is."""

    medicines: tuple[str, ...] = ()
    sessions: tuple[str, ...] = ()
    agreed: tuple[str, ...] = ()
    amounts: tuple[str, ...] = ()
    has_patch: bool = False


class Activity(NamedTuple):
    """What a name is about, and the words that tell it.

    Whether it warms or cools, whether it is thought to act on the same day, and whether it comes at the day's end, so
    that only the night after can show it. What is not listed is in words that painlog does not know.
    """

    name: str
    words: str
    has_skin_risk: bool = False
    acts_at_once: bool = True
    is_for_the_night: bool = False
    is_listed: bool = True


_LISTED = (
    Activity("heat", "heat heating hot warm warmth warming wheat", has_skin_risk=True),
    Activity("cold packs", "cold ice cool cooling frozen", has_skin_risk=True),
    Activity("pacing", "pace pacing", acts_at_once=False),
    Activity("bedtime routine", "bedtime bed wind winding lights", is_for_the_night=True),
    Activity("walking", "walk stroll"),
    Activity("stretching", "stretch stretches limber"),
    Activity("breathing", "breath breathe breathing exhale"),
    Activity("mindfulness", "mindful mindfulness scan meditate meditation relax relaxation relaxing bodyscan"),
)
_OWN = Activity("own words", "", is_listed=False)
_LEAVING_PAIRS = (("give", "up"), ("giving", "up"), ("gave", "up"), ("left", "out"), ("hold", "off"), ("do", "away"))
_LETTERS = {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "$": "s", "@": "a"}


def judge_name(name: str, known: Known) -> Activity:
    """Return what a name is about, if it may be drawn by lot. Raises BadInput with the one reason why it may not."""
    words = _words(name)
    phrases = _phrases(words)
    if not words or not any(len(word) > 1 for word in words):
        raise BadInput(f"name what is done on one day of two, such as: {EXAMPLE}")
    _refuse_taken(name, words, phrases, known)
    _refuse_leaving(name, words)
    _refuse_agreed(name, words, phrases, known)
    if harmful := _first(words, HARMING, near=False):
        raise BadInput(f"{name!r} has {harmful!r} in it; a trial is for what is harmless: {EXAMPLE}")
    activity = _activity(words)
    if activity.has_skin_risk and known.has_patch:
        raise BadInput(
            f"a patch is recorded here, and {activity.name} near one can change how much of it gets into the body; "
            f"{CLINICIAN}. Something else would do: {EXAMPLE}"
        )
    if not activity.is_listed and (session := _find_named(phrases, known.sessions, _listed_words())):
        raise BadInput(
            f"{name!r} is what you recorded or planned ({session}), and a lot does not decide about that; {CLINICIAN}. "
            f"What is harmless to do and to leave can be drawn: {EXAMPLE}"
        )
    return activity


def is_harmless(name: str) -> bool:
    """Whether a name is that of something on the list of what is harmless to do and to leave, and shows at once."""
    try:
        activity = judge_name(name, Known())
    except BadInput:
        return False
    return activity.is_listed and activity.acts_at_once and not activity.is_for_the_night


def question_of(activity: Activity) -> str:
    """Return what has to be asked before such a trial; empty where nothing has."""
    if activity.has_skin_risk:
        return (
            "heat and cold can injure skin that is numb, has a poor blood supply, or has a medicine's patch on it: "
            "is none of these so for you?"
        )
    if not activity.is_listed:
        return (
            "painlog does not know these words: is it something that you do and do not take, that is harmless to do "
            "and to leave, and that nobody who treats you has advised?"
        )
    return ""


def has_patch_words(texts: Iterable[str]) -> bool:
    """Whether one of some names, amounts or ways of taking speaks of a patch."""
    return any(
        _first(_letters_only(text), frozenset(("patch", "plaster", "transdermal")), near=False) for text in texts
    )


def _refuse_taken(name: str, words: list[str], phrases: list[str], known: Known) -> None:
    """Refuse what names a medicine, a supplement, a unit, or anything that is taken. Raises BadInput."""
    amounts = {
        word for amount in known.amounts for word in _letters_only(amount) if word.isalpha() and len(word) > 1
    } - PLAIN
    taken = (
        _find_named(phrases, known.medicines, frozenset())
        or _near_any((p for p in phrases if p not in PLAIN), MEDICINE_NAMES)
        or _first(words, TAKEN)
        or _first(phrases, TAKEN, near=False)
        or next((word for word in words if len(word) > 6 and word.endswith(ENDINGS)), "")
        or _first(words, UNITS | amounts, near=False)
    )
    dosed = re.search(r"\d\s*(mg|mcg|ug|g|ml|iu|ie)\b", " ".join(words))
    if taken or dosed:
        raise BadInput(
            f"{name!r} speaks of something that is taken ({taken or (dosed and dosed[0])}); a lot never decides about "
            f"medicines or supplements: {CLINICIAN}. What is harmless to do and to leave can be drawn: {EXAMPLE}"
        )


def _refuse_leaving(name: str, words: list[str]) -> None:
    """Refuse words of stopping, leaving out and fasting. Raises BadInput."""
    pairs = (f"{first} {second}" for first, second in _LEAVING_PAIRS if {first, second} <= {*words})
    if left := _first(words, LEAVING) or next(pairs, ""):
        raise BadInput(
            f"{name!r} is about leaving something out ({left}); a lot does not decide about that. Name what is done: "
            f"{EXAMPLE}"
        )


def _refuse_agreed(name: str, words: list[str], phrases: list[str], known: Known) -> None:
    """Refuse what is a treatment, or was planned or agreed. Raises BadInput."""
    if agreed := _find_named(phrases, known.agreed, frozenset()):
        raise BadInput(
            f"{name!r} is part of what was planned or agreed ({agreed}), which is never drawn 'without'; {CLINICIAN}. "
            f"Something else would do: {EXAMPLE}"
        )
    is_listed = _activity(words).is_listed
    if care := _first([word for word in words if not (is_listed and word in EXERCISES)], CARE):
        raise BadInput(
            f"{name!r} names a treatment ({care}), and a lot does not decide about those; {CLINICIAN}. "
            f"What is harmless to do and to leave can be drawn: {EXAMPLE}"
        )


def _activity(words: list[str]) -> Activity:
    stems = {_stem(word) for word in words} | {*words}
    for activity in _LISTED:
        if stems & ({*activity.words.split()} | {_stem(word) for word in activity.words.split()}):
            return activity
    return _OWN


def _words(text: str) -> list[str]:
    """Return the words of a text in small plain letters. Raises BadInput for letters that are not Latin."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    plain = "".join(each for each in plain if unicodedata.category(each) not in ("Mn", "Cf", "Me", "Cc"))
    for each in plain:
        if each.isalpha() and not unicodedata.name(each, "").startswith("LATIN"):
            raise BadInput(f"{text!r} has letters that painlog cannot judge; write it in Latin letters: {EXAMPLE}")
    found = re.findall(r"[^\W_]+", "".join(_LETTERS.get(each, each) if each in "$@" else each for each in plain))
    return [_as_letters(word) for part in found for word in _parts(part)]


def _parts(word: str) -> list[str]:
    """``400mg`` is two words; ``1buprofen`` is one."""
    number = re.fullmatch(r"(\d+)([a-z]{1,7})", word)
    if number and (number[2] in UNITS or number[2] in PLAIN or number[2] in ("h", "m", "x")):
        return [number[1], number[2]]
    return [word]


def _as_letters(word: str) -> str:
    """A word in which digits stand for letters, as letters."""
    if word.isdecimal() or not any(each.isalpha() for each in word):
        return word
    return "".join(_LETTERS.get(each, each) for each in word)


def _phrases(words: list[str]) -> list[str]:
    """Words, and two to four side by side as one; letters that stand alone together too."""
    joined = ["".join(words[i : i + size]) for size in (2, 3, 4) for i in range(len(words) - size + 1)]
    single = "".join(word for word in words if len(word) == 1)
    return [*words, *joined, *([single] if len(single) > 2 else ()), "".join(words)]


def _stem(word: str) -> str:
    """A word without the usual endings; the same for all that is compared."""
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    if len(word) > 3 and word[-1] == word[-2]:
        word = word[:-1]
    return word[:-1] if len(word) > 3 and word.endswith("e") else word


def _first(words: Iterable[str], among: frozenset[str] | set[str], *, near: bool = True) -> str:
    """Return the first word that is one of some others, or nearly; empty where none is."""
    stems = {_stem(each) for each in among}
    for word in words:
        if word in among or (_stem(word) in stems and word not in PLAIN):
            return word
        if near and word not in PLAIN and word not in _listed_words() and _near_any((word,), among):
            return word
    return ""


def _find_named(phrases: list[str], names: Iterable[str], spared: frozenset[str]) -> str:
    """Return the first of some recorded names that shares a telling word with what was written; empty without any."""
    for name in names:
        parts = [part for part in _letters_only(name) if part not in spared and _stem(part) not in spared]
        telling = [part for part in parts if part not in PLAIN and not part.isdecimal() and len(part) > 1]
        telling = telling or ([] if parts == [] or spared else parts)
        exact = {*telling} | {_stem(part) for part in telling}
        if any(phrase in exact or _stem(phrase) in exact for phrase in phrases):
            return name
        whole = "".join(_letters_only(name))
        long = [part for part in (*telling, whole) if len(part) > 4 and telling]
        if any(part in phrases[-1] for part in long) or _near_any((p for p in phrases if p not in PLAIN), long):
            return name
    return ""


def _letters_only(name: str) -> list[str]:
    """The words of a name from the journal, of whatever letters."""
    try:
        return _words(name)
    except BadInput:
        return name.casefold().split()


def _listed_words() -> frozenset[str]:
    return frozenset(form for activity in _LISTED for word in activity.words.split() for form in (word, _stem(word)))


def _near_any(words: Iterable[str], among: Iterable[str]) -> str:
    """Return the first word that is one of some longer ones, but for one letter or two that changed places."""
    known = [each for each in among if len(each) > 3]
    return next((word for word in words if len(word) > 2 and any(_is_near(word, each) for each in known)), "")


def _is_near(word: str, other: str) -> bool:
    """Whether one change makes a word the other: a letter wrong, too many or too few, or two that changed places."""
    if abs(len(word) - len(other)) > 1:
        return False
    same = next((i for i, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), min(len(word), len(other)))
    rest, needed = word[same:], other[same:]
    swapped = rest[:2] == needed[:2][::-1] and rest[2:] == needed[2:]
    return rest[1:] == needed[1:] or rest[1:] == needed or rest == needed[1:] or swapped
