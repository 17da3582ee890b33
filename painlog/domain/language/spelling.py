"""Slips of the fingers: which known words a word may have been meant for. Pure."""

from collections.abc import Iterable
from functools import lru_cache
from itertools import groupby

from painlog.domain.language.small_words import NUMBERS, phrases

OTHER_WORDS = frozenset(  # words of one slip's distance from a known one that are no slips
    phrases("""
        ach, ache, ached, aches, activate, active, ahead, alarm, and, angle, ankles, anxious, anxiously, arched,
        arms, army, asleep, backs, beach, bear, beast, bell, belly, black, blank, bottoms, bread, breast, breasts,
        breath, bum, bump, buttock, button, cache, calf, calls, calm, check, cheek, cheeks, chess, chests, chin,
        chip, clap, coal, confident, crib, crow, crown, dear, distress, does, dome, doom, doses, dummy, each, ear,
        earn, ears, eight, elbows, exhaust, exhausted, exist, eyes, face, faces, fact, farm, fat, fatigued,
        fatigues, fear, feet, flair, flake, flank, flanks, flar, flares, fog, food, fool, foot, frank, frog, gaol,
        genital, goal, goals, goat, goes, going, groin, groins, growing, gum, gums, gumy, hacks, hands, handy,
        heads, heady, heal, hear, heel, heels, high, hip, hips, hole, hopeless, hopelessly, hops, hunt, hurt, hurts,
        hut, inactive, interest, interested, interests, jaws, jelly, kapped, keen, kneel, knees, knew, knight,
        lapped, lare, laws, leapt, legs, less, loose, lose, mapped, might, mode, month, moods, moody, moth, mouths,
        mummy, naked, napped, naps, native, near, necks, nigh, night, nights, noted, notes, pains, paint, paints,
        pant, pear, pine, plain, plank, planks, reach, rear, rest, retired, rib, ribs, rose, rubs, scalp, scape,
        score, seep, sept, shin, shine, shins, ships, shoe, shoes, shore, sight, skin, sleeps, sleepy, slept, snapped,
        sold, sole, soles, solo, some, sore, sores, sorry, south, spain, spelt, spin, spine, spines, steep, steeps,
        step, stepped, steps, stole, stops, store, stressed, stresses, swept, tapped, teach, tear, tempe, template,
        temples, there, thigh, thighs, though, throats, thumbs, thump, tied, ties, tight, tire, tired, tires, toe, toes,
        tong, tongue, tongues, tooth, tooths, tore, toys, tress, tribe, tried, trout, truth, tummy, twist, visit,
        visited, visits, warm, wear, wheel, whole, word, wore, worries, worry, wrists, year, youth
    """)
)
SHORT_WORDS = frozenset(phrases("ace, ads, and, bus, can, eel, era, had, has, hat, her, him, hit, his, lie, ram, see"))
_DAYS = ("yesterday", "today", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "tonight")
_NO_DAYS = frozenset(("sundry", "toady", "toddy", "tody"))
_SIDES = {
    **dict.fromkeys(("l", "lft", "lef", "lefft"), "left"),
    **dict.fromkeys(("r", "rgt", "rit", "rite", "rght", "wright"), "right"),
    **dict.fromkeys(("l&r", "r&l"), "both"),
}
_SIDE_WORDS = frozenset(("left", "right", "both"))
_SHORTEST = 4
_BEGUN = 3
_LONG_WORD = 6
_REMEMBERED = 20_000


def is_slip(word: str, meant: str) -> bool:
    """Whether one slip makes a word of the meant one: a letter doubled, added or dropped, or two neighbours swapped."""
    if abs(len(word) - len(meant)) > 1 or word == meant:
        return False
    if len(word) == len(meant):
        different = [i for i in range(len(word)) if word[i] != meant[i]]
        return (
            len(different) == 2
            and different[1] == different[0] + 1
            and word[different[0]] == meant[different[1]]
            and word[different[1]] == meant[different[0]]
        )
    longer, shorter = (word, meant) if len(word) > len(meant) else (meant, word)
    return any(longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer)))


@lru_cache(_REMEMBERED)
def meant_by_slip(word: str, known: frozenset[str]) -> tuple[str, ...]:
    """Return the known words that one slip may have made this of; none where it is a word itself."""
    if len(word) < _SHORTEST or word in OTHER_WORDS or not word.isalpha():
        return ()
    found = (each for each in known if len(each) >= _SHORTEST and _could_be(word, each) and is_slip(word, each))
    return tuple(sorted(found))


@lru_cache(_REMEMBERED)
def day_meant(word: str) -> str:
    """Return the day that a word may be a slip of (tueday, wednes); empty where it is none, or a day itself."""
    if len(word) < _SHORTEST + 1 or word in _NO_DAYS or not word.isalpha() or word.removesuffix("s") in _DAYS:
        return ""
    found = [each for each in _DAYS if distance(word, each, 2) <= (2 if each == _DAYS[0] else 1)]
    found = found or [each for each in _DAYS if each.startswith(word)]
    return found[0] if found else ""


def side_meant(word: str) -> str:
    """Return the side that a word beside a place may be short for, or a slip of; empty where it is none."""
    return _SIDES.get(word) or next(iter(meant_by_slip(word, _SIDE_WORDS)), "")


@lru_cache(_REMEMBERED)
def number_meant(word: str) -> str:
    """Return the number that a word may be a slip of (sevn, eigth), to be asked about; empty where it is none."""
    if word in OTHER_WORDS:
        return ""
    found = (each for each in NUMBERS if len(each) >= _SHORTEST and len(word) >= _SHORTEST and is_slip(word, each))
    return next(found, "")


@lru_cache(_REMEMBERED)
def _squeeze(word: str) -> str:
    """Return a word with each letter that is typed over and over only once."""
    return "".join(letter for letter, _ in groupby(word))


@lru_cache(_REMEMBERED)
def words_meant(word: str, known: frozenset[str]) -> list[str]:
    """Return the known words, two at most, that a word that is to be asked about may be meant for, the likely first.

    A letter may be another one, of a word of six letters or more two may, and one may be typed over and over (moooood).
    """
    if len(word) < _SHORTEST - 1 or word in OTHER_WORDS or word in SHORT_WORDS or not word.isalpha():
        return []
    once = _squeeze(word)
    far = {}
    for each in known:
        most = 1 if len(each) < _LONG_WORD or len(word) < _LONG_WORD - 1 else 2
        if len(word) < _SHORTEST and not (len(each) == _SHORTEST and word[0] == each[0]):
            continue
        if each[0] == word[0] and _squeeze(each) == once:
            far[each] = 1
        elif (found := distance(word, each, most)) <= most and (found == 1 or each[0] == word[0]):
            far[each] = found
    return sorted(far, key=lambda each: (far[each], len(each) != len(word), each[0] != word[0], each))[:2]


def could_be_slip(word: str, meant: str) -> bool:
    """Whether a word that is to be asked about may be a slip of a meant one of four letters or more."""
    if word in OTHER_WORDS or word in SHORT_WORDS or not word.isalpha():
        return False
    if len(meant) < _SHORTEST:
        return len(word) == len(meant) == _SHORTEST - 1 and is_slip(word, meant)
    return len(word) >= _SHORTEST - 1 and _could_be(word, meant) and is_slip(word, meant)


def _could_be(word: str, meant: str) -> bool:
    """Whether one slip could make a word of another, by the lengths and the first letters alone."""
    return -2 < len(word) - len(meant) < 2 and (word[0] == meant[0] or word[0] == meant[1] or word[1] == meant[0])


@lru_cache(_REMEMBERED)
def distance(one: str, other: str, most: int) -> int:
    """Return how many letters are added, dropped, replaced or swapped with their neighbour; ``most`` + 1 where more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before, row = list(range(len(other) + 1)), list(range(len(other) + 1))
    older: list[int] = []
    for i, letter in enumerate(one, 1):
        older, before = before, row
        row = [i]
        for j, beside in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != beside))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == beside:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > most:  # nor is any row below it less, by a swap either
            return most + 1
    return row[-1] if row[-1] <= most else most + 1


def near_names(name: str, known: Iterable[str]) -> list[str]:
    """Return the known names that a name is a near miss of, the nearest first; none where it is one of them."""
    clean = name.casefold()
    found = []
    for each in known:
        other = each.casefold()
        if other == clean:
            return []
        most = 0 if len(other) < 4 else 1 if len(other) < 6 else 2
        if most and (far := distance(clean, other, most)) <= most and far < len(other) / 3:
            found.append((far, each))
    return [each for _, each in sorted(found)]


def begun_names(word: str, known: Iterable[str]) -> list[str]:
    """Return the known names whose first word one of three letters or more is the beginning of: dul for duloxetine.

    It may be said of several: trams.
    """
    clean = word.casefold()
    stems = {stem for stem in (clean, clean.removesuffix("s")) if len(stem) >= _BEGUN}
    begun = (each for each in known for stem in stems if each.casefold().startswith(stem) and _goes_on(each, stem))
    return sorted(dict.fromkeys(begun))


def _goes_on(name: str, stem: str) -> bool:
    return name[len(stem) : len(stem) + 1].isalpha()
