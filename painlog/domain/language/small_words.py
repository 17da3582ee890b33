"""The small words of the language: what they do in a line whatever it is about. Pure.

Words that mean a kind, a field or a value are declared with those; here stand those that mean nothing by themselves.
Apostrophes are left out, as the reader leaves them out.
"""

from enum import Enum


def phrases(text: str) -> tuple[str, ...]:
    """Return the words and phrases of a text that has a comma between them."""
    return tuple(" ".join(phrase.split()) for phrase in text.split(","))


class Small(Enum):
    """What a small word does."""

    FILLER = "filler"  # understood, and nothing to keep
    DEGREE = "degree"  # kept, and stands in nothing's way
    ABOUT = "about"  # before a number: near it
    BOUND = "bound"  # before a number: not that number
    NOT = "not"
    AHEAD = "ahead"  # what is planned or wished
    CAUSE = "cause"  # what follows is a circumstance
    STRETCH = "stretch"  # what follows says how long, not when
    VAGUE = "vague"  # an amount or a time that says none
    TOWARDS = "towards"  # before a place: whereabouts of it
    COUNT = "count"  # after a number: it counts something, and is no score
    LIKE = "like"  # compares with another time
    OTHER = "other"  # somebody else
    USUAL = "usual"  # how it mostly is, not how it was
    WITHOUT_SIDE = "without side"


FILLERS = phrases("""
    my, the, a, an, i, im, ive, id, it, its, is, are, am, was, were, be, been, has, have, feeling, having, feel, feels,
    felt, in, of, on, at, with, level, levels, score, session, now, right now, please, currently, atm, still at, me,
    rated, rating, this, got, getting, lvl, lv, hi, hello, hey, thanks, thank you, thx, pls, plz
""")
DEGREES = phrases("""
    really, very, so, quite, pretty, rather, bad, badly, awful, terrible, horrible, well, ok, okay, still, again,
    mostly, mainly, especially, worse, better, only, just, too, also, extra, another, good, great, fine, severe,
    mild, moderate, slight, slightly, a bit, a little, intense, nasty, poorly, terribly, lightly, deeply, soundly,
    fitfully, restlessly, kind of, sort of, kinda, a lot, unbearable, excruciating, pounding, blinding, crippling,
    agonising, agonizing, horrendous, dreadful, brutal, crushing, manageable, tolerable, bearable, annoying,
    nagging, strong, weak, high, ridiculous, constantly, rough, killer, insane, extreme, extremely, super, mega,
    properly, seriously, incredibly, particularly, finally, at last, all the time, today though, though, overall, in
    total, then, on and off, on & off, off and on, off & on, up and down, back and forth, there and back, over and
    over, in and out, bit, bit of, big, little, index, ring, inner, outer, upper, lower, killing me, killing,
    screaming, on fire, playing up, acting up, solid, decent, early, late, low, flat, crap, shit, shitty, rubbish,
    meh, grim, miserable, lousy, foul, of the day
""")
ABOUT = phrases("""
    about, around, roughly, approximately, approx, circa, ca, maybe, probably, perhaps, like a, like, somewhere,
    somewhere around, somewhere about, i guess, i think, id say, i would say, ~, ≈
""")
NEARLY = phrases("about, around, roughly, approximately, approx, circa, ca, ~, ≈")  # of these, what leaves no doubt
BOUNDS = phrases("""
    over, under, above, below, more than, less than, at least, at most, up to, almost, nearly, down to, up from,
    down from, to, from, than, up, down, between, anywhere, minus, plus or minus, or more, or less, or higher, or
    lower, or worse, tops, max, maximum, minimum, at best, at the most, at the least
""")
NEGATIONS = phrases("""
    no, not, loss of, lack of, lost, losing, didnt, dont, doesnt, havent, hasnt, hadnt, wasnt, isnt, arent, werent,
    never, without, none, nothing,
    cant, cannot, couldnt, wont, wouldnt, nor, neither, no more, hardly any, did not, do not, didn, stopped, instead
    of
""")
AHEAD = phrases("""
    will, going to, gonna, ill, need to, needs to, should, want to, wanted to, planning to, plan to, about to,
    would, could, might, may, must, have to, had to, hoping to, hope to, supposed to, meant to, if, can i, should i,
    try to, trying to, later, let me, expecting, expect, need, want, planned, unless, hope for, hoping for, hoping,
    afraid of, scared of, dreading, wish, wished, dreamt, dreamed
""")
WISHES = frozenset(
    phrases("""
    hope, hopefully, hoping, hope for, hoping for, hope to, hoping to, want, want to, wanted to, wish, wished, expect,
    expecting, afraid of, scared of, dreading, dreamt, dreamed, supposed to, meant to
""")
)  # right before a rating: it is not so
OTHERS = phrases("""
    his, her, their, your, hers, he, she, they, you, mum, mom, dad, wife, husband, partner, son, daughter, mums,
    moms, dads, wifes, husbands, partners, sons, daughters, kids, dog, dogs, cat, cats, friend, friends, sister,
    sisters, brother, brothers, mother, mothers, father, fathers, doctor says, doctor said, someone, everyone
""")
RELATIVES = phrases("""
    everybody, somebody, hubby, hubbys, mam, mammy, mummy, mama, daddy, parents, parent, gran, nan, granny, nana, nanna,
    grandma, grandmother, grandad, granddad, grandpa, grandfather, grandparents, aunt, auntie, aunty, uncle, cousin,
    cousins, niece, nieces, nephew, nephews, grandson, grandsons, granddaughter, granddaughters, grandchild,
    grandchildren, grandkids, children, toddler, teenager, teen, twins, girlfriend, girlfriends, boyfriend, boyfriends,
    fiance, fiancee, bf, gf, dh, dd, ds, spouse, mate, buddy, flatmate, flatmates, housemate, housemates, roommate,
    roommates, neighbour, neighbours, neighbor, neighbors, mother in law, father in law, sister in law, brother in law,
    daughter in law, son in law, mil, fil, everyone else, everybody else, someone else, somebody else
""")  # right before a fact, which is theirs
LITTLE_ONES = phrases("baby, babys, child, puppy, kitten")  # who sleep too, and are in names: baby aspirin
SAYING = phrases("says, said, say, reckons, thinks, thought, rates, rated, reports, claims, told, at")  # behind them
USUAL = phrases("""
    usually, normally, sometimes, often, typically, always, every time, used to, used to be, rarely, seldom
""")
CAUSES = phrases("""
    after, because, because of, cause, cuz, due to, from, when, while, before, about, thanks to, despite, even
    after, right after, just after, even though, but, so, where, as, by, whenever, following, with
""")
TOWARDS = phrases("""
    between, behind, across, under, below, above, inside, into, near, around, down, along, over, outside, round,
    onto, toward, towards
""")
STRETCHES = phrases("""
    since, for, all, most of, whole day, the whole day, the whole night, whole night, the whole time, the whole
    week, every, over the, during, until, till, til, throughout, half of, for the last, for the past, the last,
    the past, each, ever since, past
""")
VAGUE = phrases("""
    once, twice, thrice, a couple, a couple of, couple of, couple, a few, few, some, several, lots of, a lot of, many,
    various, a handful of, double
""")
COUNTS = phrases("""
    times, time, x, percent, %, points, point, days, day, nights, night, weeks, week, months, month, years, year,
    people, hours, stars, th, st, nd, rd, degrees, kg, kilo, kilos, lb, lbs, pounds, inch, inches, cm, metres,
    meters, km, miles
""")
COMPARISONS = ("than", "same as", "as", "like", "compared to", "compared with", "unlike", "vs", "versus")
NO_SIDES = phrases("""
    right now, right away, right before, right after, left side, right side, one side, both sides, left over, other
    side, each side, right hand side, left hand side, alright, all right, head cold
""")
COMPARATIVES = phrases("less, more, longer, shorter, fewer, higher, lower")  # behind a value: than at another time
DELAYS = phrases("extra, late, later, early")  # behind a length
GOOD = phrases("good, great, brilliant, excellent, lovely, wonderful, fantastic")
BAD = phrases("""
    bad, badly, awful, terrible, horrible, low, flat, crap, shit, shitty, rubbish, grim, miserable, lousy, foul, poor,
    dreadful, horrendous, rotten, very low, really low, so low
""")
DOUBTS = phrases("""
    think, thinks, thinking, thought, reckon, guess, guessing, hopefully, hope, hopes, hoped, pray, prays, praying,
    prayed, wonder, wonders, wondering, wondered, suspect, suspecting, believe, seems, seem, seemed, sounds,
    crossed, wood, worried, worrying, afraid, scared, fear, fears, fearing, feared, nervous, anxious, sign, signs,
    soon, unsure, possibly, possible, supposedly, convinced, sense, sensing, dread, warning, close, due, once,
    previous, near, sight, coming, approaching, threatening
""")  # beside a start or an end: it is thought, hoped or feared, and need not be
COMPOUNDS = phrases("""
    meds, med, medication, medicine, medicines, killers, pills, tablets, patch, patches, gel, cream, spray, stabiliser,
    stabilisers, stabilizer, stabilizers, clinic, management, relief, rehab, psychologist, counsellor, counselor,
    therapist, specialist, consultant, doc, doctor, nurse, team, service, course, class, group, diary, journal, tracker,
    chart, list, board, lamp, ball, test, time, leave, swings, study, lab, apnea, apnoea, hygiene, app, school, mask,
    machine, aid, aids, therapy, questionnaire, issue, issues, problem, problems, trouble, troubles
""")  # behind a rating they are what the two words name together, and no rating: pain clinic, worry time
WORN = phrases("brace, braces, strap, strapping, sleeve, bandage, pillow, cushion, support, warmer")  # behind a place
WELL = frozenset(  # behind a place: it is no trouble
    phrases("""
        fine, ok, okay, good, great, better, well, alright, gone, settled, healed, cured, recovered, sorted, improved
    """)
)
NO_PAIN = phrases("weak, weaker, feeble, limp, wobbly, swollen")  # behind a place: how it is, and no pain
EASIER = WELL.union(phrases("bearable, tolerable, manageable, easier, calmer, lighter, milder, less, down, over"))
PARTS_OF = phrases("lower, upper, low, mid, middle, back, front, top, bottom")  # of a place: lower left back
CAME, IS = phrases("came, come, comes, coming"), phrases("is, was, are")  # before back: it is there again
LESS = phrases("better, improved")  # of the words for no trouble
EXCEPT = phrases("except, excepting, bar, excluding, besides")  # before a place: not there
NOT_YET = ("due", "overdue")  # behind a name
CONTAINERS = phrases("""
    box, boxes, packet, packets, pack, packs, bottle, bottles, blister, strip, strips, drawer, cupboard, cabinet, bag,
    jar, tin, pocket, handbag, purse, bedside, shelf, fridge, table
""")
SUPPLIES = frozenset((  # behind a medicine that was not said to be taken
    *CONTAINERS,
    *phrases("""
    left, left over, remaining, spare, prescription, prescriptions, prescribed, script, repeat, refill, refills,
    refilled, dispensed, pharmacy, pharmacist, chemist, chemists, in stock, of stock, supply, order, ordered, ready,
    next, within, empty, delivered, delivery, arrived, came, collected, stays, unchanged, continues, expired,
    expires, due, run out, running out, running low, ran out, list, costs, cost
    """),
))
NEEDING = phrases("need, needs, needed, need to, needs to, want, want to, wanted to, have to, had to")  # behind not
INTENDED = phrases("meant to, supposed to, wish, wished")  # before what was not, as should have taken it is
GETTING = phrases("buy, get, order, collect, fetch, pick, find, ask")  # behind need to: it was not taken
RATES = phrases("""
    every, each, per, daily, nightly, weekly, monthly, a day, per day, a night, per night, a week, per week, a month,
    od, bd, bid, tds, tid, qds, qid, nocte, mane
""")
NUMBERED = phrases("#, level, lvl, setting, intensity, number, nr, session, programme, program, mode")  # tens level 6
PUT_OFF = phrases("""
    appointment, appt, booked, rescheduled, postponed, moved, rang, called, phoned, broken, broke, due, letter,
    referral, waiting, closed, off, ill, charging, replaced, delayed, missing
""")  # behind a name: it is only spoken of
RECALLED = phrases("remembered, until, till, til, eventually")  # behind what was forgotten: it was taken then
LATE = phrases("late, early, overdue, delayed, behind")  # behind a length: it is no length of what was done
AWAY = phrases("away, drive, ride, journey, wait, waiting, queue")  # behind a length: it is of the way there
UNSURE = phrases("remember, recall, sure, certain, know, think")  # behind a negation: it may have been, or not
NO_NAMES = phrases("""
    meds, med, medication, medicine, medicines, pills, tablets, tablet, everything, all, stuff, something, anything,
    painkillers, ages, forever, yonks, eternity, hours, effort, courage, long, longer, while, easy, time
""")
DID = phrases("""
    read, drove, made, ran, ate, drank, wrote, rode, climbed, bought, sold, sent, sang, cut, knitted, swam, went
""")  # before a number of things: what one did with them
IN_TURN = phrases("day, night, week, month, year")  # before a number: which one of them it was
HOW_ONE_FELT = phrases("""
    sick, sleepy, itchy, nauseous, queasy, groggy, woozy, giddy, wobbly, shaky, sweaty, clammy, headachy, jittery,
    hungover, dozy, spacey, loopy, floaty, fuzzy, dopey, tearful, irritable, faint, thirsty, hungry, calm, calmer,
    comfy, comfortable, happy, happier, sicker, sleepier, dizzier, weird, numb, lethargic, sluggish, confused, relief
""")  # behind a medicine: what it did, and no other one
LOOKING_BACK = phrases("havent, hasnt, hadnt, not, first, best, worst, least, lowest, highest")  # in 2 weeks
SAID_OF_THINGS = phrases("cold, heavy, tight, sharp, dull, electric")  # and of a pain
SAID_OF_WORK = phrases("heavy")  # also of what one did: heavy lifting
SENSATIONS = phrases("""
    sensation, sensations, twinge, twinges, shock, shocks, jolt, jolts, zap, zaps, jab, jabs, stab, stabs, spasm,
    spasms, pang, pangs, pinch, sting, stinging, throb, thud, thumping, niggle, niggles, niggly, pull, pulling, tug,
    grip, knot, knots, vice, band, wave, waves, needles, bruise, bruised, achy, muscle, muscles, joint, joints, skin,
    nerve, nerves, tendon, tendons, persistent, intermittent, continuous, steady, sudden, background, radiating,
    spreading, unrelenting, relentless
""")  # behind a word for what it feels like, which is then of the pain
EXERCISES = phrases("exercises, exercise")  # a session of their own, unless behind the name of one
TAKING = phrases("""
    popped, swallowed, downed, necked, chewed, dissolved, applied, rubbed, injected, inhaled, managed, tried, enjoyed,
    completed, finished, attended, added, loved, resorted, drove, made, survived
""")  # before a name: it was taken or done
WHICH_ONE = phrases("""
    extra, another, usual, more, both, either, first, second, third, fourth, last, the last, final, old, gentle, short,
    quick, online, zoom, video, emergency, rescue, breakthrough, nighttime, teatime
""")  # before a name: which dose or session it was
RESTED = phrases("slept, napped, dozed")  # what somebody did who stands before it
SAID_ALONG = phrases("""
    yay, wow, yes, yeah, yep, hooray, woohoo, ugh, argh, oh, ah, oof, phew, somehow, anyway, tbh, lol, prob, def, obvs
""")  # before what one did: it says nothing of whose it is
TURNING = phrases("but, so, while, whereas, though")  # between what is one's own and what is somebody else's
FLANKS = {  # with a place that has sides they say which; without one they are words
    **dict.fromkeys(("left side", "left hand side", "lhs"), "l"),
    **dict.fromkeys(("right side", "right hand side", "rhs"), "r"),
    "both sides": "lr",
}
SIDES = {"left": "l", "right": "r", "both": "lr", "lt": "l", "rt": "r"}
NUMBERS = {
    **dict(zip(("zero", "one", "two", "three", "four", "five", "six"), range(7), strict=True)),
    **dict(zip(("seven", "eight", "nine", "ten", "eleven", "twelve"), range(7, 13), strict=True)),
    "fifteen": 15,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fortyfive": 45,
    "fifty": 50,
    "sixty": 60,
    "ninety": 90,
}
AND = ("and", "&", "+", "plus")
TIME_UNITS = {
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), 60),
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes"), 1),
}
