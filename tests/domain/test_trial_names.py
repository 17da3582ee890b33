"""What may be drawn by lot. A name that slips through could have a coin decide about a medicine."""

import pytest

from painlog.domain.trial_names import Known, has_patch_words, judge_name
from painlog.errors import BadInput

KNOWN = Known(
    medicines=("Ibuprofen", "duloxetine", "Omega-3", "Lidocaine patch", "night nurse", "Xyzalin"),
    sessions=("physio", "walk", "aqua jogging"),
    agreed=("Nordic poles group", "CBT", "Use the brace at work, and sleep diary"),
    amounts=("400 mg", "2 tablets", "1 scoop"),
)
REFUSED = {  # a name, and a part of the one sentence
    **dict.fromkeys(
        (
            *("ibuprofen", "IBUPROFEN", "Íbuprofène", "ibuprofens", "ibuprofin", "walk then iboprofen", "ibupofen"),
            *(
                "ibu profen",
                "walk i b u p r o f e n",
                "1buprofen",
                "ｉｂｕｐｒｏｆｅｎ",
                "ibu\u200bprofen",
                "dulox-etine",
            ),
            *("duloxetin walk", "walk and xyzalins", "omega walk", "nurse", "without my pills", "my pills, without"),
            *("evening metformin", "rivaroxaban", "vitamin D", "fish oil", "insulin", "atorvastatin", "cannabis tea"),
            *("400mg", "walk 400 MG", "2 tablets evening", "a scoop", "half a dose", "nicotine", "a glass of wine"),
        ),
        "speaks of something that is taken",
    ),
    **dict.fromkeys(
        (
            *(
                "skip breakfast",
                "Skipping Breakfasts",
                "breakfast skip",
                "no breakfast",
                "fasting",
                "Fästing",
                "fasted walk",
            ),
            *("skp breakfast", "wihtout lunch", "leave out lunch", "walk less", "cut down on walks", "rest instead"),
            *("give up bread", "diet", "empty stomach", "never sitting", "avoiding stairs", "stopp sitting"),
        ),
        "leaving something out",
    ),
    **dict.fromkeys(("nordic walk", "group walking", "cbt", "brace"), "planned or agreed"),
    **dict.fromkeys(("TENS", "physiotherapist", "massage", "exercise", "physio exercises"), "names a treatment"),
    **dict.fromkeys(("jogging", "aqua jogg"), "you recorded or planned"),
    **dict.fromkeys(("ібuprofen", "прогулка"), "letters that painlog cannot judge"),
    **dict.fromkeys(("", "  ", "-", "1 2"), "name what is done"),
    "hurt myself": "a trial is for what is harmless",
}
DRAWN = {
    "walking": ("evening walk", "a 20-minute walk", "walk the dog", "walk to the hill top", "Walk after breakfast"),
    "heat": ("heat pack on the lower back", "hot-water bottle", "warm bath"),
    "cold packs": ("cold pack", "ice on the knee"),
    "stretching": ("stretching", "finger stretches", "calf stretch"),
    "breathing": ("box breathing", "quiet breathing through the nose", "breathe slowly 10min", "breathing exercises"),
    "mindfulness": ("mindfulness", "body scan", "progressive relaxation", "meditate"),
    "pacing": ("pacing", "paced breaks"),
    "bedtime routine": ("bedtime routine", "wind down before bed"),
    "own words": ("music after lunch", "gardening", "feet up", "call a friend"),
}


@pytest.mark.parametrize(("name", "says"), REFUSED.items())
def test_a_name_that_is_no_harmless_thing_is_refused_in_one_sentence(name: str, says: str) -> None:
    with pytest.raises(BadInput) as refused:
        judge_name(name, KNOWN)
    assert says in str(refused.value)
    assert 'painlog trial start "evening walk" --on pain --days 56' in str(refused.value)


def test_names_of_other_letters_in_the_journal_refuse_no_trial() -> None:
    """One medicine in Japanese, and no trial at all could begin."""
    known = Known(medicines=("葛根湯",), sessions=("鍼灸",), amounts=("2 錠",))
    assert judge_name("evening walk", known).name == "walking"
    assert not has_patch_words(["葛根湯"])
    assert has_patch_words(["フェンタニル patch"])


@pytest.mark.parametrize(("about", "names"), DRAWN.items())
def test_what_is_harmless_is_known_by_its_words(about: str, names: tuple[str, ...]) -> None:
    for name in names:
        assert judge_name(name, Known(sessions=("walk", "stretching"), medicines=("paracetamol",))).name == about, name
