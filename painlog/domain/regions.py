"""Where it hurts: painlog's own list of body regions, as people say them. Pure.

An id names one region (``knee_l``, ``neck``); left and right are always the person's own. The list is painlog's, so it
carries no licence; it does not compute a widespread-pain index, which is a diagnostic criterion.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from painlog.errors import BadInput

BOTH = "_both"  # both sides of a region, where days are counted
OTHER = "other:"


class Region(NamedTuple):
    """One place on the body.

    ``side`` is ``l``, ``r`` or empty; ``quadrant`` is LU, RU, LL, RL, AX (the trunk axis) or empty.
    """

    id: str
    label: str
    group: str
    side: str
    quadrant: str
    view: str


# base (* has two sides, ~ too but is no pair) | group | quadrant (AX, -, U upper, L lower) | view | label | other names
_LIST = """\
forehead      |head |- |front|forehead               |fore head
scalp_top     |head |- |both |top of head            |scalp, crown
scalp_back    |head |- |back |back of head           |
temple*       |head |- |both |temple                 |
face~         |head |- |front|face                   |cheek, facial
eye*          |head |- |front|eye                    |
ear*          |head |- |both |ear                    |
jaw~          |head |U |both |jaw                    |tmj
mouth         |head |- |front|mouth                  |teeth, tooth, tongue, gum, dental, lip
throat        |neck |AX|front|throat                 |front of neck
neck          |neck |AX|back |neck                   |back of neck, nape, cervical
shoulder*     |arm  |U |both |shoulder               |
upper_arm*    |arm  |U |both |upper arm              |
elbow*        |arm  |U |both |elbow                  |
forearm*      |arm  |U |both |forearm                |lower arm
wrist*        |arm  |U |both |wrist                  |
hand*         |arm  |U |both |hand                   |
fingers~      |arm  |U |both |fingers                |finger, thumb, knuckle, pinky, pinkie
chest~        |trunk|AX|front|chest                  |breast, sternum, breastbone
ribs~         |trunk|AX|both |ribs                   |rib, flank, ribcage, rib cage
abdomen_up    |trunk|AX|front|upper abdomen          |upper belly, upper tummy
abdomen_lo    |trunk|AX|front|lower abdomen          |lower belly, lower tummy
pelvis        |trunk|AX|front|pelvis                 |bladder, pelvic, womb, uterus, ovary
groin~        |trunk|L |front|groin                  |
genital       |trunk|AX|both |genital area           |genitals, perineum
upper_back~   |back |AX|back |upper back             |shoulder blade, shoulderblade, upper spine
mid_back      |back |AX|back |mid back               |middle back
low_back~     |back |AX|back |low back               |lower back, lumbar, lower spine, lowback, lowerback
tailbone      |back |AX|back |tailbone               |sacrum, coccyx, tail bone
buttock*      |back |L |back |buttock                |bottom, glute, bum, butt
hip*          |leg  |L |both |hip                    |
thigh_front*  |leg  |L |front|front of thigh         |thigh front, quad
thigh_back*   |leg  |L |back |back of thigh          |thigh back, hamstring
knee*         |leg  |L |both |knee                   |kneecap, knee cap
shin*         |leg  |L |front|shin                   |
calf*         |leg  |L |back |calf                   |calves
ankle*        |leg  |L |both |ankle                  |
heel*         |leg  |L |both |heel                   |
foot*         |leg  |L |both |foot                   |feet, sole
toes~         |leg  |L |both |toes                   |toe
head          |head |- |both |head                   |
arm*          |arm  |U |both |arm                    |whole arm
abdomen       |trunk|AX|front|abdomen                |belly, tummy, stomach, gut, abdominal, bowel
back          |back |AX|back |back                   |spine
leg*          |leg  |L |both |leg                    |whole leg
all_over      |whole|- |both |all over               |everywhere, whole body, all over my body, entire body, head to toe
"""
SIDE_NAMES = {"l": "left", "r": "right"}
_SIDES = {"left": "l", "l": "l", "right": "r", "r": "r", "both": "lr", "either": "lr"}
_LARGE = ("head", "arm", "abdomen", "back", "leg", "all_over")  # made of others on the list
_SIDED = "*~"
_PLURALS = {"feet": "foot", "calves": "calf", "teeth": "tooth"}
_NO_PARTS = ("area", "body", "whole", "all", "over")  # words of names that name no place by themselves
_PART_NAMES = frozenset((  # names of a part of their region, which is no more than near to what was said
    *("cheek", "tongue", "gum", "lip", "tmj", "thumb", "knuckle", "pinky", "pinkie", "breast", "sternum", "breastbone"),
    *("flank", "bladder", "womb", "uterus", "ovary", "bowel", "sole", "shoulder blade", "shoulderblade", "perineum"),
))
_FILLERS = {"my", "the", "of", "in", "on", "side", "sides"}


def _rows() -> Iterator[list[str]]:
    """The rows of the list: base, group, quadrant, view, label and other names."""
    return ([part.strip() for part in line.split("|")] for line in _LIST.splitlines())


@cache
def all_regions() -> dict[str, Region]:
    """Every region by id, in the order of the list."""
    regions = {}
    for base, group, quadrant, view, label, _ in _rows():
        for side in ("l", "r") if base[-1] in _SIDED else ("",):
            id_ = base.rstrip(_SIDED) + (f"_{side}" if side else "")
            named = f"{side.upper()}{quadrant}" if quadrant in ("U", "L") else quadrant.strip("-")
            regions[id_] = Region(id_, label, group, side, named, view)
    return regions


def listed_names() -> list[str]:
    """Every way on the list to name a region, without sides and plurals: its label and its other names."""
    names = (name for *_, label, others in _rows() for name in (label, *others.split(", ")))
    return list(dict.fromkeys(filter(None, names)))


@cache
def parts_of(id_: str) -> tuple[str, ...]:
    """The regions that a larger one is made of (``leg_l``, ``back``, ``all_over``); any other is its own only part.

    Those of one without a side have none either.
    """
    known = all_regions()
    if id_ in unsided_regions():
        return tuple(dict.fromkeys(without_side(part) for part in parts_of(f"{id_}_l")))
    whole = known.get(id_)
    if whole is None or _base(whole) not in _LARGE:
        return (id_,)
    parts = [region for region in known.values() if _base(region) not in _LARGE]
    return tuple(region.id for region in parts if _is_part(region, whole))


def _is_part(part: Region, whole: Region) -> bool:
    if whole.id == "all_over":
        return True
    if whole.id in ("abdomen", "back") and whole.id not in part.id:
        return False
    return part.group == whole.group and whole.side in ("", part.side)


def _base(region: Region) -> str:
    return region.id.removesuffix(f"_{region.side}") if region.side else region.id


@cache
def unsided_regions() -> dict[str, Region]:
    """The regions that have two sides, each without one: ``knee`` where nobody said which."""
    sided = [region for region in all_regions().values() if region.side == "l"]
    return {
        id_: region._replace(id=id_, side="", quadrant="AX" if region.quadrant == "AX" else "")
        for region in sided
        for id_ in [_base(region)]
    }


def region_of(id_: str) -> Region | None:
    """Return the region of an id, with a side or without; None for any other."""
    return all_regions().get(id_) or unsided_regions().get(id_)


def without_side(id_: str) -> str:
    """Return the id of a region of the list as it is where nobody said which side."""
    return _base(all_regions()[id_])


@cache
def place_names() -> dict[str, tuple[str, bool]]:
    """Every name of a place, with its small words or without, to its id without side and whether it means both."""
    names: dict[str, tuple[str, bool]] = {}
    for base, *_, label, others in _rows():
        bare = base.rstrip(_SIDED)
        for name in filter(None, (bare.replace("_", " "), label, *others.split(", "))):
            words = " ".join(word for word in name.split() if word not in _FILLERS)
            is_pair = base.endswith("*")
            for form in (name, words):
                names[form] = bare, is_pair and form in _PLURALS
                names.setdefault(f"{form}s", (bare, is_pair))
        names[bare] = bare, False
    return names


def names_part(name: str) -> bool:
    """Whether a name is of a part of its region, so that the region alone does not say it: thumb, bladder."""
    return name in _PART_NAMES or name.removesuffix("s") in _PART_NAMES


def names_with(word: str) -> list[str]:
    """Return a name of each place that has this word in its name: front thigh and back thigh for thigh."""
    found = {base: name for name, (base, _) in place_names().items() if word in name.split() and "_" not in name}
    return [] if word in _NO_PARTS else list(found.values())


def places_meant(words: Sequence[str]) -> list[str]:
    """Return the names of places that slips may have made these words of; none where they name one, or are others.

    A short word such as bak is taken for a slip too, since it is only asked about.
    """
    from painlog.domain.language.spelling import could_be_slip

    said = [name.split() for name in place_names() if "_" not in name]
    found = [
        name
        for name in said
        if len(name) == len(words)
        and name != list(words)
        and all(one == other or could_be_slip(one, other) for one, other in zip(words, name, strict=True))
    ]
    names = sorted(map(" ".join, found))
    return [name for name in names if not (name.endswith("s") and name[:-1] in names)]


def places_near(word: str) -> list[str]:
    """Return the names of places that a word beside a side may be, one letter off or its letters in another order."""
    from painlog.domain.language.spelling import SHORT_WORDS, distance

    names = (name for name in place_names() if len(word) > 2 and word not in SHORT_WORDS and name.isalpha())
    return [name for name in names if distance(word, name, 1) == 1 or sorted(word) == sorted(name)]


def has_sides(id_: str) -> bool:
    """Whether a region without a side has a left and a right."""
    return id_ in unsided_regions()


@cache
def lookup(phrase: str) -> tuple[str, ...]:
    """Return the ids that a phrase such as ``low back left`` or ``both knees`` names; empty where it names none.

    A region with two sides and no side said is one without a side, the plural of a pair is both. A phrase of more
    words than any region has names none.
    """
    words = [word for word in _said_words(phrase) if word not in _FILLERS]
    sides = {side for word in words if (side := _SIDES.get(word))}
    found = place_names().get(" ".join(word for word in words if word not in _SIDES))
    if found is None or len(sides) > 1:
        return ()
    base, both = found
    if not has_sides(base):
        return () if sides else (base,)
    if sides or both:
        return tuple(f"{base}_{side}" for side in (sides.pop() if sides else "lr"))
    return (base,)


def check_sides(phrases: Sequence[str]) -> None:
    """Raise BadInput where it is not clear, as for the knee in ``left hip``, ``knee``, whether one or both are meant.

    Left and right are confused most, so a region without its side beside one with a side is not guessed at. Several
    (``knees``, ``feet``) are both.
    """
    if not any({"left", "right", "l", "r"} & set(_said_words(phrase)) for phrase in phrases):
        return
    for phrase in phrases:
        words = _said_words(phrase)
        found = lookup(phrase)
        if len(found) == 1 and has_sides(found[0]) and not set(words) & _SIDES.keys():
            raise BadInput(f"{phrase!r} may be one side or both here; say left, right or both for each")


def _said_words(phrase: str) -> list[str]:
    return phrase.lower().replace("_", " ").replace("-", " ").split()


def parse_region(phrase: str) -> tuple[str, ...]:
    """Like ``lookup``, and ``other:WORDS`` for a place that is not on the list. Raises BadInput with near misses."""
    if phrase.lower().startswith(OTHER) and (own := " ".join(phrase[len(OTHER) :].split())):
        return (OTHER + own,)
    ids = lookup(phrase)
    if not ids:
        if phrase.strip().lower() in ("left", "right", "both"):
            raise BadInput(f'{phrase!r} is a side; quote it with its place, as in --where "{phrase} knee"')
        raise BadInput(f"{phrase!r} is not a body region{near_misses(phrase)} (painlog help regions)")
    return ids


def near_misses(phrase: str) -> str:
    """``; did you mean knee_l, knee_r?`` or nothing."""
    from painlog.domain.language.suggestions import did_you_mean, suggest

    clean = " ".join(word for word in _said_words(phrase) if word not in _SIDES)
    if len(clean) < 3:
        return ""
    names = [name for name in place_names() if "_" not in name and _FILLERS.isdisjoint(name.split())]
    wanted = suggest(clean, names, most=2, cutoff=0.7) + [name for name in names if name.startswith(clean)]
    ids = dict.fromkeys(id_ for name in wanted[:3] for id_ in lookup(name))
    return did_you_mean(list(ids)[:6])


def show_region(id_: str) -> str:
    """``knee_l`` → ``knee LEFT``: the side in capitals, since left and right are confused most; both are said too."""
    if id_.startswith(OTHER):
        return id_[len(OTHER) :]
    if id_.endswith(BOTH):
        return f"{show_region(id_.removesuffix(BOTH))} both"
    region = region_of(id_)
    if region is None:
        return id_
    return region.label + {"l": " LEFT", "r": " RIGHT", "": ""}[region.side]


def show_regions(scores: Mapping[str, float | None]) -> str:
    """Names with their scores, a left and right of equal score as ``both``: ``knee both 4, neck``."""
    shown = []
    for id_, score in scores.items():
        twin = id_[:-2] + "_r" if id_.endswith("_l") else ""
        if id_.endswith("_r") and (left := id_[:-2] + "_l") in scores and scores[left] == score:
            continue
        paired = twin in scores and scores[twin] == score
        name = show_region(id_.removesuffix("_l") + BOTH if paired else id_)
        shown.append(name if score is None else f"{name} {score:g}")
    return ", ".join(shown)
