"""What is asked where an ordinal may be a day of the month, or say which of several it was: 2nd floor. Pure."""

from painlog.domain.language.figures import Tokens, low_at
from painlog.domain.language.small_words import Small, phrases
from painlog.domain.language.times_of_day import part_named
from painlog.domain.language.vocabulary import EXPLICIT, Vocabulary
from painlog.domain.language.when import Found, When
from painlog.domain.language.written_dates import COUNTED, ordinal_at

_SPELLED = phrases("""
    first, second, third, fourth, fifth, sixth, seventh, eighth, ninth, tenth, eleventh, twelfth, thirteenth,
    fourteenth, fifteenth, sixteenth, seventeenth, eighteenth, nineteenth, twentieth
""")
_FEW = 5  # a smaller one, with a noun behind it, is hardly a day of the month even where one could stand
_SEVERAL = 12


def ask_which(tokens: Tokens, place: int, found: tuple[When, int], vocabulary: Vocabulary, *, front: bool) -> Found:
    """Return a time that was found at a place, or what is asked where an ordinal in it may be no day: 2nd floor."""
    when, after = found
    at = max((i for i in range(place, after - 1) if ordinal_at(tokens, i)), default=-1)
    number, behind = ordinal_at(tokens, at), " ".join(token.low for token in tokens[at + 2 : after])
    if at < 0 or not when.day or when.day[0] != "date" or (behind and not when.part.endswith(behind)):
        return found
    is_led = any(token.low == "on" for token in tokens[place:at])
    if number > (_FEW if front or is_led else _SEVERAL if behind else len(_SPELLED)):
        return found
    if not (behind or _leads_to_noun(tokens, after, vocabulary, is_first=number <= _FEW and not is_led)):
        return found
    before, said = " ".join(token.low for token in tokens[place:at]), f"{number}{tokens[at + 1].low}"
    date = " ".join(filter(None, (before if is_led else f"{before} on the".strip(), said, behind)))
    count = " ".join(filter(None, (before, _SPELLED[number - 1], behind)))
    return When(problem=f"is the {said} a day of the month?", answers=(count, f"{date},")), after


def _leads_to_noun(tokens: Tokens, place: int, vocabulary: Vocabulary, *, is_first: bool) -> bool:
    """Whether a noun follows: a word that nobody knows, or for one of the first few a name or a nap."""
    while place < len(tokens) and tokens[place].sort == "word" and tokens[place].number is None:
        means, after = vocabulary.at(tokens, place)
        if tokens[place].low in COUNTED or part_named(tokens[place].low) or low_at(tokens, after) == "of":
            return True
        if not means or any(each.role == "naming" or each.style == EXPLICIT for each in means):
            return not means or is_first
        if not all(each.role == "small" and each.value is Small.DEGREE for each in means):
            return is_first and any(
                each.role == "head" and each.value and each.field and each.field.spans for each in means
            )
        place = after
    return False
