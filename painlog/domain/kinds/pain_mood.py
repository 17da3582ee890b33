"""How it is: pain and mood, declared. Pure."""

from painlog.domain.kinds.fields import Choice, Number, Where, Words
from painlog.domain.kinds.kind import NO_PAIN, NOTE, TRIGGER, WORST_PAIN, Daily, Kind, declare_rating

_PAIN_SCORE = declare_rating("score", NO_PAIN, WORST_PAIN, label="pain", variable="", negatable=True)
_HURTS = (
    "hurts",
    "hurt",
    "hurting",
    "ache",
    "aches",
    "ached",
    "achy",
    "sore",
    "painful",
    "pains",
    "soreness",
    "discomfort",
)
PAIN = Kind(
    name="pain",
    help="Record how much it hurts.",
    example='6 --where "low back left" --quality burning',
    heads=("pain",),
    openings={
        **{word: {} for word in (*_HURTS, "sciatica", "sciatic pain")},
        **{f"{word}{end}": {"where": "head"} for word in ("migraine", "cluster headache") for end in ("", "s")},
    },
    conditions=(
        "migraine",
        "migraines",
        "sciatica",
        "sciatic pain",
        "cluster headache",
        "cluster headaches",
        "discomfort",
    ),
    variant="rating",
    value="score",
    days=(
        Daily("pain", "pain", variants=("average", "now")),
        Daily("pain_worst", "worst pain", variants=("worst",)),
        Daily("pain_least", "least pain", variants=("least",)),
    ),
    fields=(
        _PAIN_SCORE,
        Choice(
            name="rating",
            options=("now", "average", "worst", "least"),
            option_help=(
                "How it is now (as without any).",
                "The day's average.",
                "The day's worst.",
                "The day's least.",
            ),
            synonyms={
                "worst": ("worst", "max", "maximum", "peak", "highest"),
                "average": ("average", "avg", "on average"),
                "least": ("least", "minimum", "lowest"),
            },
            bare=True,
        ),
        Where(
            name="where",
            help='Where it hurts, such as "low back left" or knee_r:4 with a score of its own.',
            bare=True,
            rating=_PAIN_SCORE,
        ),
        Words(
            name="quality",
            help="What it feels like: burning, stabbing, dull … or your own word.",
            bare=True,
            words=(
                *("aching", "throbbing", "sharp", "stabbing", "shooting", "burning", "electric", "tingling", "numb"),
                *(
                    "pins-and-needles",
                    "itching",
                    "cramping",
                    "squeezing",
                    "tight",
                    "heavy",
                    "pressing",
                    "tender",
                    "dull",
                ),
                *("gnawing", "splitting", "cold", "hot-to-touch", "stiff", "deep", "surface", "constant"),
                *("comes-and-goes", "tiring", "sickening", "frightening", "touch-hurts"),
            ),
        ),
        TRIGGER,
        Words(
            name="relief",
            help="What eased it, as you see it: heat, rest, walking …",
            aliases=("relieved by",),
            words=(
                *("rest", "pacing", "heat", "cold", "medicine", "stretching", "walking", "massage", "breathing"),
                *("mindfulness", "distraction", "company", "tens", "sleep", "nothing"),
            ),
        ),
        Number(
            name="eased",
            help="By how much it eased, in per cent.",
            high=100,
            unit="%",
            label="eased by",
            aliases=("eased by",),
            alike=10,
            variable="eased",
            column="pain_eased_pct",
            better="high",
        ),
        declare_rating(
            "interference", "Did not get in the way", "Stopped me completely", help="How much pain got in the way."
        ),
        NOTE,
    ),
)
MOOD = Kind(
    name="mood",
    help="Record your mood, worry, hopelessness, interest or fatigue. Too much today? painlog help-now.",
    example="4 --worry 6 --interest 5",
    heads=("mood",),
    value="score",
    fields=(
        declare_rating("score", "Very low", "Very good", better="high", label="mood", variable="mood"),
        declare_rating(
            "worry",
            "None",
            "Constant",
            help="How much you worried.",
            aliases=("anxiety",),
            feelings=("anxious", "worried", "worrying"),
            alike_words=("on edge", "panicky", "panic", "nervous", "nerves", "nervy", "jittery", "uneasy", "restless", "scared", "fear"),
        ),
        declare_rating(
            "hopeless",
            "Not at all",
            "Extremely",
            help="How hopeless it felt.",
            label="hopelessness",
            aliases=("hopelessness",),
            feelings=("hopeless",),
            alike_words=("despair", "desperate", "helpless"),
        ),
        declare_rating(
            "interest",
            "No interest or enjoyment",
            "As much as ever",
            better="high",
            help="How much interest or enjoyment.",
        ),
        declare_rating(
            "fatigue",
            "None",
            "As bad as you can imagine",
            help="How tired you were.",
            aliases=("tiredness", "exhaustion"),
            feelings=("tired", "exhausted", "fatigued"),
            alike_words=(
                *("wiped out", "wiped", "worn out", "knackered", "shattered", "drained", "sleepy", "sleepiness", "weary"),
                *("weariness", "burnt out", "burned out", "run down", "no energy", "sluggish", "lethargic", "lethargy"),
            ),
        ),
        declare_rating(
            "stress", "None", "As bad as you can imagine", help="How stressed you were.", feelings=("stressed", "stressed out"),
            alike_words=("overwhelmed", "tense", "tension", "pressure", "frazzled"),
        ),
        declare_rating(
            "confidence",
            "Not at all",
            "Completely sure I can do what matters despite pain",
            better="high",
            help="How sure you are of doing what matters despite pain.",
            feelings=("confident",),
        ),
        NOTE,
    ),
)
DECLARED = (PAIN, MOOD)
