"""Times as they stand in a line, and days that are words as well: sat in the car, sun was hot. Pure."""

from painlog.domain.language.figures import Tokens, low_at
from painlog.domain.language.ordinals import ask_which
from painlog.domain.language.small_words import Small
from painlog.domain.language.times import when_at
from painlog.domain.language.vocabulary import Vocabulary
from painlog.domain.language.when import Found, When
from painlog.domain.language.written_dates import ALSO_WORDS, DAYS_OR_WORDS, weekday_named

S = Small
_SITTING = ("i", "ive", "we", "just", "only", "have", "had", "then", "and")
_OPENING_ROLES = frozenset(("head", "place", "verb", "naming", "side", "word", "option"))
_PREPOSITIONS = ("in", "on", "at", "with", "of", "is", "was")  # behind sat, and behind sun
_BEHIND_SAT = (
    "in",
    "on",
    "at",
    "with",
    "by",
    "down",
    "up",
    "for",
    "through",
    "outside",
    "inside",
    "too",
    "there",
    "here",
)
_WEATHER = ("out", "shining", "shone", "hot", "warm", "strong", "bright", "blazing", "finally")  # behind sun


def said_when(tokens: Tokens, place: int, vocabulary: Vocabulary, *, front: bool) -> Found:
    """The time at a place; a word such as sat that opens a line is asked about where it may be no day."""
    said = tokens[place].low
    if not front or said not in DAYS_OR_WORDS or _leads_a_day(tokens, place, vocabulary):
        found = when_at(tokens, place, front=front or _is_day_again(tokens, place, vocabulary))
        return found and ask_which(tokens, place, found, vocabulary, front=front)
    if found := when_at(tokens, place):
        return found
    is_said = place and (tokens[place - 1].low in _SITTING or tokens[place - 1].low == "the")
    if is_said or _is_no_day(said, low_at(tokens, place + 1), low_at(tokens, place + 2)):
        return None
    return When(problem=f"is {said} the day?", answers=DAYS_OR_WORDS[said]), place + 1


def _is_day_again(tokens: Tokens, place: int, vocabulary: Vocabulary) -> bool:
    """Whether a word such as sat is a day, since a line of days goes on with it: fri pain 6 sat pain 7."""
    if tokens[place].low not in ALSO_WORDS or not any(weekday_named(token.low) is not None for token in tokens[:place]):
        return False
    after = place + 1 + (low_at(tokens, place + 1) in (":", "-", "–"))
    if after >= len(tokens) or (tokens[place - 1].low in _SITTING and tokens[place].low == "sat"):
        return False
    roles = {each.role for each in vocabulary.at(tokens, after)[0]}
    return tokens[after].number is not None or not roles.isdisjoint(_OPENING_ROLES)


def _leads_a_day(tokens: Tokens, place: int, vocabulary: Vocabulary) -> bool:
    """Whether what follows a word such as sat goes with a day: a fact or a time, and no words: sat too long."""
    at = place + 1
    if place and tokens[place - 1].low in _SITTING:
        return False
    while at < len(tokens) and tokens[at].sort == "word":
        if tokens[at].number is not None or when_at(tokens, at):
            return True
        means, after = vocabulary.at(tokens, at)
        if not _OPENING_ROLES.isdisjoint(each.role for each in means):
            return True
        if tokens[at].low in _PREPOSITIONS or not any(each.value in (S.FILLER, S.DEGREE, S.NOT) for each in means):
            return False
        at = after
    return True


def _is_no_day(said: str, following: str, then: str) -> bool:
    """Whether what stands behind sat or sun goes with it as a word: sat in the car, sun was hot."""
    if said == "sat":
        return following in _BEHIND_SAT
    return following in _WEATHER or (following in ("is", "was") and then in _WEATHER)
