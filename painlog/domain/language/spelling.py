"""Slips of the fingers: which known words a word may have been meant for. Pure."""

from collections.abc import Iterable

OTHER_WORDS = frozenset(  # words of one slip's distance from a known one that are no slips
    (
        *(
            "paint",
            "paints",
            "plain",
            "pains",
            "spain",
            "pant",
            "moods",
            "moody",
            "mode",
            "doom",
            "sleeps",
            "sleepy",
            "asleep",
            "seep",
        ),
        *(
            "steep",
            "swept",
            "stresses",
            "distress",
            "tress",
            "tired",
            "tried",
            "tied",
            "tire",
            "tires",
            "retired",
            "doses",
            "does",
            "dome",
        ),
        *(
            "noted",
            "notes",
            "knees",
            "keen",
            "kneel",
            "knew",
            "heads",
            "heady",
            "ahead",
            "hands",
            "handy",
            "and",
            "backs",
            "black",
            "hacks",
        ),
        *(
            "necks",
            "feet",
            "foot",
            "food",
            "fool",
            "heel",
            "heels",
            "heal",
            "wheel",
            "legs",
            "less",
            "arms",
            "farm",
            "alarm",
            "army",
            "warm",
        ),
        *(
            "chess",
            "chests",
            "hips",
            "ships",
            "chip",
            "shins",
            "skin",
            "chin",
            "shine",
            "calm",
            "calf",
            "calls",
            "face",
            "faces",
            "fact",
            "fat",
        ),
        *(
            "jaws",
            "laws",
            "ears",
            "eyes",
            "dear",
            "hear",
            "wear",
            "near",
            "year",
            "bear",
            "tear",
            "rear",
            "fear",
            "earn",
            "pear",
            "ear",
        ),
        *(
            "worry",
            "worries",
            "word",
            "sorry",
            "wore",
            "sore",
            "score",
            "store",
            "shore",
            "sores",
            "some",
            "tore",
            "rose",
            "shoe",
        ),
        *(
            "active",
            "inactive",
            "native",
            "activate",
            "visits",
            "visit",
            "visited",
            "exist",
            "flares",
            "flair",
            "flake",
            "lare",
            "flar",
        ),
        *(
            "hurt",
            "hurts",
            "hut",
            "hunt",
            "ach",
            "aches",
            "each",
            "reach",
            "teach",
            "beach",
            "cache",
            "ache",
            "ached",
            "arched",
        ),
        *(
            "throats",
            "though",
            "trout",
            "mouths",
            "month",
            "moth",
            "south",
            "youth",
            "toe",
            "toes",
            "toys",
            "goes",
            "does",
            "shoes",
            "ties",
        ),
        *(
            "ribs",
            "rib",
            "ribs",
            "rubs",
            "tribe",
            "crib",
            "hops",
            "hip",
            "hops",
            "shin",
            "elbows",
            "wrists",
            "twist",
            "rest",
            "ankles",
            "angle",
        ),
        *(
            "interests",
            "interested",
            "interest",
            "steps",
            "step",
            "stops",
            "steeps",
            "stepped",
            "steps",
            "gumy",
            "gum",
            "gums",
            "crow",
            "crown",
        ),
        *(
            "temples",
            "template",
            "tempe",
            "breast",
            "beast",
            "breasts",
            "breath",
            "bread",
            "tummy",
            "dummy",
            "mummy",
            "belly",
            "jelly",
            "bell",
        ),
        *(
            "napped",
            "snapped",
            "naps",
            "naked",
            "kapped",
            "tapped",
            "lapped",
            "mapped",
            "goal",
            "goals",
            "gaol",
            "goat",
            "coal",
            "cheeks",
        ),
        *(
            "check",
            "cheek",
            "thumbs",
            "thump",
            "spine",
            "spin",
            "spines",
            "pine",
            "thigh",
            "tight",
            "high",
            "thighs",
            "soles",
            "sole",
            "sold",
        ),
        *(
            "whole",
            "hole",
            "stole",
            "lose",
            "loose",
            "solo",
            "buttock",
            "bottoms",
            "button",
            "genital",
            "scalp",
            "clap",
            "scape",
            "bum",
            "bump",
        ),
        *(
            "fog",
            "frog",
            "slept",
            "spelt",
            "leapt",
            "hopeless",
            "hopelessly",
            "anxious",
            "anxiously",
            "confident",
            "stressed",
            "exhausted",
        ),
        *(
            "exhaust",
            "fatigues",
            "fatigued",
            "planks",
            "plank",
            "flank",
            "flanks",
            "blank",
            "frank",
            "groins",
            "groin",
            "going",
            "growing",
        ),
        *(
            "night",
            "nights",
            "might",
            "nigh",
            "knight",
            "eight",
            "tight",
            "sight",
            "tooth",
            "tooths",
            "truth",
            "tongues",
            "tongue",
            "tong",
        ),
    )
)
_SHORTEST = 4


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


def meant_by_slip(word: str, known: Iterable[str]) -> list[str]:
    """Return the known words that one slip may have made this of; none where it is a word itself."""
    if len(word) < _SHORTEST or word in OTHER_WORDS or not word.isalpha():
        return []
    return sorted(each for each in known if len(each) >= _SHORTEST and _could_be(word, each) and is_slip(word, each))


def _could_be(word: str, meant: str) -> bool:
    """Whether one slip could make a word of another, by the lengths and the first letters alone."""
    return -2 < len(word) - len(meant) < 2 and (word[0] == meant[0] or word[0] == meant[1] or word[1] == meant[0])


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
