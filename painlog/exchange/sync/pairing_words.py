"""Pairing words: a secret written so that a tired person can copy it from one screen to another. Pure.

Eight groups of four letters and digits and a fifth that checks them, in Crockford's base 32: no I, L, O or U, and what
looks like one of those is read as what it looks like. The check is over GF(32) and knows which group it is: any one
character that is wrong, any two that changed places and any two groups that did are noticed, and in which group.
"""

import re

from painlog.errors import BadInput
from painlog.exchange.sync.encrypted_files import SECRET_BYTES

GROUPS = 8
LETTERS = 5
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOKS_LIKE = str.maketrans("OIL", "011")
_BETWEEN = re.compile(r"[\s\-‐–—_.,;]+")  # what people and programs put between groups
_BITS = 5
_MODULUS = 0b100101  # x^5 + x^2 + 1


def spell(secret: bytes) -> str:
    """Write a secret as words."""
    number = int.from_bytes(secret)
    digits = [number >> _BITS * place & 31 for place in reversed(range(len(secret) * 8 // _BITS))]
    parts = [digits[i : i + LETTERS - 1] for i in range(0, len(digits), LETTERS - 1)]
    return " ".join(
        "".join(_ALPHABET[each] for each in (*part, _check(part, count))) for count, part in enumerate(parts, 1)
    )


def split_groups(text: str) -> list[str]:
    """Cut what was typed into groups, whatever is between them; the last one may be short."""
    clean = _BETWEEN.sub("", text).upper().translate(_LOOKS_LIKE)
    return [clean[i : i + LETTERS] for i in range(0, len(clean), LETTERS)]


def check_group(group: str, count: int) -> None:
    """Raise BadInput for a group that was mistyped; ``count`` is its place, from 1. It is not repeated."""
    digits = [_ALPHABET.find(each) for each in group]
    if len(digits) != LETTERS or -1 in digits or _check(digits[:-1], count) != digits[-1]:
        raise BadInput(f"group {count} of the pairing words is mistyped")


def read_secret(groups: list[str]) -> bytes:
    """Read words. Raises BadInput, which says which group is mistyped."""
    if len(groups) != GROUPS:
        raise BadInput(f"pairing words are {GROUPS} groups of {LETTERS} letters and digits, not {len(groups)}")
    number = 0
    for count, group in enumerate(groups, 1):
        check_group(group, count)
        for each in group[:-1]:
            number = number << _BITS | _ALPHABET.index(each)
    return number.to_bytes(SECRET_BYTES)


def _check(digits: list[int], count: int) -> int:
    """The digits and the place as a polynomial over GF(32), at a generator of the field."""
    found = count
    for each in digits:
        found = _doubled(found) ^ each
    return _doubled(found)


def _doubled(value: int) -> int:
    return value << 1 ^ (value >> 4) * _MODULUS
