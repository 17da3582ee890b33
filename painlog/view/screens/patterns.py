"""The screens of ``link`` and ``helps``: sentences first, then pictures, how many days there were, and how."""

from collections.abc import Iterator, Sequence
from datetime import date
from shlex import quote

from painlog.analysis.chart import Chart
from painlog.analysis.patterns.findings import (
    CLEAR,
    EVER_CLEAR,
    MOST_WEEKS,
    MOSTLY,
    NAMED,
    NEXT_DAY_NEEDS,
    POSSIBLE,
    SAME_DAY_NEEDS,
    SWITCHES_NEEDED,
    TREATMENT_NEEDS,
    WEEK_ROWS,
    WEEKS_NEEDED,
    Coverage,
    Lag,
    Link,
    Patterns,
    Profile,
    Turn,
)
from painlog.domain.variables import Variable
from painlog.view import sentences
from painlog.view.chart_words import sentence_of
from painlog.view.screens.charts import chart_lines
from painlog.view.terminal import (
    MOST_WIDTH,
    TextLine,
    assemble,
    bold,
    columns,
    fit,
    join_names,
    pad,
    styled,
    term,
    times,
    wrap_text,
)

LEAST_WIDTH = 30
_LABEL, _NARROW_LABEL = 21, 2
_NARROW = 60  # columns below which a sentence stands under its label
_LAG_LABEL = 31
_COUNT = 11
_LEAST_GAP = 3  # columns between the ends of a scale that hold its middle
_PICTURE_HEIGHT = 14


def link_lines(patterns: Patterns, width: int, *, figures: bool = False) -> Iterator[TextLine]:
    """A sentence a question, under a heading for each pair of variables; with ``figures``, their line of figures."""
    width = _page(width)
    names = join_names(list(dict.fromkeys(v.label for link in patterns.links for v in (link.x, link.y))))
    yield from _title(term(f"How {names} moved together"), patterns, width)
    for pair, links in _by_pair(patterns.links):
        yield ""
        yield bold(fit(term(f"{pair[0].label} and {pair[1].label}".upper()), width))
        for link in links:
            label, sentence = sentences.link_label(link), sentences.link_sentence(link)
            yield from _item(label, sentence, width, named=link.verdict in NAMED)
            if figures:
                yield from _indent(sentences.link_figures(link), width)
        if _both_ways(links):
            yield from _indent("Each tends to come before the other.", width)


def helps_lines(patterns: Patterns, width: int, today: date, *, figures: bool = False) -> Iterator[TextLine]:
    """Each treatment, then each change of the plan."""
    width = _page(width)
    yield from _title(term(f"What was tried, and {patterns.coverage[0].variable.label}"), patterns, width)
    if patterns.comparisons:
        yield ""
        yield bold("DAYS WITH AND WITHOUT")
    for each in patterns.comparisons:
        yield from _item(each.name, sentences.comparison_sentence(each), width, named=each.verdict in NAMED)
        if figures:
            yield from _indent(sentences.comparison_figures(each), width)
    if patterns.turns:
        yield ""
        yield bold("BEFORE AND AFTER")
    for turn in patterns.turns:
        for line in wrap_text(term(sentences.turn_label(turn, today)), width):
            yield styled(line, "bold" if turn.verdict in NAMED else "")
        yield from _indent(sentences.turn_sentence(turn, today), width)
        if figures:
            yield from _indent(sentences.turn_figures(turn, today), width)


def link_plain(patterns: Patterns, drawn: Chart, how: str) -> Iterator[str]:
    """Say links for who cannot see them: a line each, then each variable's days and each lag.

    ``how`` is the command that explains the computation; where it is empty, that is explained here.
    """
    yield from _plain_title("How things moved together", patterns)
    for pair, links in _by_pair(patterns.links):
        both = f"{pair[0].label} and {pair[1].label}"
        for link in links:
            label = sentences.link_label(link).replace("→", "to")
            yield term(f"{both}, {label[:1].lower()}{label[1:]}: {sentences.link_sentence(link)}")
            if not how:
                yield term(f"{both}, figures: {sentences.link_figures(link)}")
        if _both_ways(links):
            yield term(f"{both}: each tends to come before the other.")
    yield from map(term, () if how else _paragraphs(patterns))
    for line in drawn.lines:
        yield term(sentence_of(line, drawn))
    for profile in patterns.profiles:
        if any(lag.estimate for lag in profile.lags):
            yield term(f"Days apart, {profile.x.label} and {profile.y.label}. {_step_words(profile)}")
            for lag in reversed(profile.lags):
                yield f"{_lag_label(profile, lag.days)}: {_lag_words(lag)}"
            yield "One of seven likely ranges often misses 0 by chance alone."
    yield from map(term, _closing_texts(patterns, how))


def helps_plain(patterns: Patterns, today: date, how: str) -> Iterator[str]:
    """Say what was tried for who cannot see it: a line for each treatment and each change of the plan.

    ``how`` is the command that explains the computation; where it is empty, that is explained here.
    """
    yield from _plain_title(f"What was tried, and {patterns.coverage[0].variable.label}", patterns)
    for each in patterns.comparisons:
        yield term(f"Days with and without {each.name}: {sentences.comparison_sentence(each)}")
        if not how:
            yield term(f"{each.name}, figures: {sentences.comparison_figures(each)}")
    for turn in patterns.turns:
        label = sentences.turn_label(turn, today)
        yield term(f"Before and after {label}: {sentences.turn_sentence(turn, today)}")
        if not how:
            yield term(f"{label}, figures: {sentences.turn_figures(turn, today)}")
    yield from map(term, () if how else _paragraphs(patterns))
    yield from map(term, _closing_texts(patterns, how))


def _plain_title(text: str, patterns: Patterns) -> Iterator[str]:
    yield term(f"{text}, {patterns.period.in_words}, {patterns.days:,} of {times(patterns.period.length, 'day')}.")


def _lag_words(lag: Lag) -> str:
    """``-0.3, likely -0.5 to -0.1, 79 pairs``, in steps per step."""
    used = f"{lag.used} {'pairs' if lag.days else 'days'}"
    if lag.estimate is None:
        return f"too few, {used}"
    value, low, high = (
        f"{round(one, 1) + 0.0:.1f}" for one in (lag.estimate.value, lag.estimate.low, lag.estimate.high)
    )
    return f"{value}, likely {low} to {high}, in steps per step, {used}"


def picture_lines(drawn: Chart, patterns: Patterns, width: int) -> Iterator[TextLine]:
    """The series over one another through time, and the profiles of lags, as far as there is something to draw."""
    if any(point is not None for line in drawn.lines for point in line.points):
        yield ""
        yield from chart_lines(drawn, width, _PICTURE_HEIGHT)
    for profile in patterns.profiles:
        if any(lag.estimate for lag in profile.lags):
            yield ""
            yield from profile_lines(profile, width)


def profile_lines(profile: Profile, width: int) -> Iterator[TextLine]:
    """The lags as a picture: a line each, with the interval as a bar and the estimate as a dot."""
    width = _page(width)
    x, y = profile.x.label, profile.y.label
    yield bold(fit(term(f"DAYS APART: {x} and {y}"), width))
    label = _LAG_LABEL if width >= _NARROW else 0  # else it has a line of its own
    room = width - label - _COUNT
    ends = [abs(end) for lag in profile.lags if lag.estimate for end in (lag.estimate.low, lag.estimate.high)]
    reach = max(0.1, *ends)
    gap = room - 2 * len(f"{reach:.1f}") - 1
    middle = f"{'0':^{gap}}" if gap >= _LEAST_GAP else " " * max(1, gap)
    scale = f"{-reach:.1f}{middle}{reach:.1f}"
    yield from _beside("steps, per step", scale, label)
    for lag in reversed(profile.lags):
        used = f"  {lag.used} {'days' if not lag.days else 'pairs'}"
        yield from _beside(_lag_label(profile, lag.days), f"{_bar(lag, reach, room)}{used}", label)
    caution = f"{_step_words(profile)} A bar is the likely range; one of seven often misses 0 by chance alone."
    yield from wrap_text(term(caution), width)


def _beside(label: str, drawn: str, room: int) -> Iterator[str]:
    """A label and what is drawn beside it, or below it where it has no room."""
    yield from (f"{pad(label, room)}{drawn}",) if room else (label, drawn)


def _step_words(profile: Profile) -> str:
    x, y = (
        f"{variable.label} {sentences.step_text(variable, step)}"
        for variable, step in ((profile.x, profile.step_x), (profile.y, profile.step_y))
    )
    return f"A step: {x}, {y}."


def coverage_text(coverage: Sequence[Coverage]) -> str:
    """Say on how many days each variable was logged."""
    counted = ", ".join(f"{term(each.variable.label)} {each.days}" for each in coverage)
    left_out = ", ".join(f"{term(each.variable.label)} {each.left_out}" for each in coverage if each.left_out)
    out = f" Left out, as no numbers: {left_out}." if left_out else ""
    other = " The days not logged may differ." if any(0 < each.days < MOSTLY * each.of for each in coverage) else ""
    return f"Logged of {times(coverage[0].of, 'day')}: {counted}.{out}{other}" if coverage else ""


def closing_lines(patterns: Patterns, width: int, how: str) -> Iterator[str]:
    """How many days there were, and the one line that says what this is not."""
    yield ""
    for text in _closing_texts(patterns, ""):
        yield from wrap_text(term(text), _page(width))
    if how:
        yield f"How: {term(how)}"


def _closing_texts(patterns: Patterns, how: str) -> list[str]:
    texts = [coverage_text(patterns.coverage), sentences.NOT_PROOF, _offer_trial(patterns)]
    return [*filter(None, texts), *([f"How: {how}"] if how else [])]


def _offer_trial(patterns: Patterns) -> str:
    """What a trial by lot could tell where these days cannot; empty where they can, and never of a medicine."""
    for each in patterns.comparisons:
        if not each.medicine and each.verdict not in NAMED:
            from painlog.domain.trial_names import is_harmless

            if is_harmless(each.name):
                line = f"painlog trial start {quote(each.name)} --on {each.outcome.name}"
                return f"Days drawn by lot could tell more of {each.name}: {line}"
    if patterns.links and not any(link.verdict in NAMED for link in patterns.links):
        return "Whether days with something harmless differ, such as a walk, days drawn by lot can tell: painlog trial"
    return ""


def explain_lines(patterns: Patterns, width: int) -> Iterator[TextLine]:
    """How it was computed, in plain words and with this person's numbers."""
    width = _page(width)
    yield ""
    yield bold("HOW THIS WAS COMPUTED")
    for paragraph in _paragraphs(patterns):
        yield from wrap_text(paragraph, width)


def _paragraphs(patterns: Patterns) -> Iterator[str]:
    yield (
        f"Days. Each number is a day's value, {patterns.period}. A day without an entry is a gap and stays one; "
        "nothing is filled in. A night belongs to the day on which it ended."
    )
    if patterns.links:
        yield (
            f"Days needed. The same day takes {SAME_DAY_NEEDS} days with both; neighbouring days and nights take "
            f"{NEXT_DAY_NEEDS} pairs."
        )
        yield (
            "Rough ratings. Where much of a rating is chance of the moment, a strong link on the same day can look "
            "like one to the next. So a direction is looked at once more in a model of two states that carry over and "
            "are seen through noise, and is named only if that one finds it too; else the likely range is of both."
        )
    if patterns.comparisons:
        yield (
            f"Days needed. A medicine or treatment takes {TREATMENT_NEEDS} days with it and {TREATMENT_NEEDS} without, "
            f"begun or stopped {SWITCHES_NEEDED} times. It was not used on a day with some other entry between its "
            "first and its last use, or while it was in the plan; a day without any entry is unknown."
        )
        yield (
            "Chosen days. What is used for how the day is, is used on days that are different to begin with. Where "
            "there is a rating before the use, and on days without it one before its usual time, the ratings after it "
            "are compared between days that began alike; what those days would show of themselves, were the ratings "
            "before it rough, is named only if it stands beside what the day before foretold. Without such ratings "
            "nothing here is ever called clear, and where the day or the week before foretells the use, no difference "
            "is named that this alone would make."
        )
    estimates = [each.estimate for each in patterns.results if each.estimate and not isinstance(each, Turn)]
    if estimates:
        yield from _daily_paragraphs([estimate.phi for estimate in estimates])
    if patterns.turns:
        yield (
            f"Before and after. Means of up to {MOST_WEEKS} weeks on each side, counted away from the day, of weeks "
            f"with {WEEK_ROWS} rated days; {WEEKS_NEEDED} of each are needed. They end where the same thing changed "
            "before or after. The difference has to stand beside a straight trend, else pain was already on its way."
        )
    if count := sum(each.estimate is not None for each in patterns.results):
        yield (
            f"Words. {'The only result' if count == 1 else f'The {count} results'} on this screen "
            f"{'is' if count == 1 else 'are'} judged together (Benjamini-Hochberg): clear from q {CLEAR:g}, an early "
            f"sign from {POSSIBLE:g}. Of 100 people without any link who look at eight results every week for a year, "
            f"about {EVER_CLEAR} ever see a clear one. No clear pattern: these days cannot tell, which is not the same "
            "as nothing."
        )
    yield ("Limits. One person's own records, observed and not assigned by lot.")


def _daily_paragraphs(phis: Sequence[float]) -> Iterator[str]:
    low, high = (f"{round(end, 1) + 0.0:.1f}" for end in (min(phis), max(phis)))
    yield (
        "Carry-over. A bad day is often followed by another, so days are not separate pieces of evidence. Each result "
        "is a regression that allows for it, averaged over every strength of carry-over in proportion to how well it "
        f"fits; here it came out at {low if low == high else f'{low} to {high}'} (0: none, 1: days alike)."
    )
    yield (
        "Beside it. A trend that may bend once for every 90 days, and the day of the week, are allowed for, so that "
        "two things that both drift, or both differ at weekends, do not look linked. The likely range is a 95 % "
        "interval."
    )


def _title(text: str, patterns: Patterns, width: int) -> Iterator[TextLine]:
    covered = f"{patterns.period}, {patterns.days:,} of {times(patterns.period.length, 'day')}"
    if columns(text) + len(covered) + 2 <= width:
        yield bold(pad(text, width - len(covered)) + covered)
    else:
        yield from (bold(line) for line in wrap_text(text, width))
        yield covered


def _item(label: str, sentence: str, width: int, *, named: bool) -> Iterator[TextLine]:
    """A label and its sentence beside it; a label that is too long has its line to itself."""
    room = _label_room(width)
    lines, label = wrap_text(term(sentence), width - room), term(label)
    style = "bold" if named else ""
    if columns(label) < room:
        yield assemble((label, style), pad("", room - columns(label)) + lines[0])
        lines = lines[1:]
    else:
        yield from (styled(line, style) for line in wrap_text(label, width))
    for line in lines:
        yield " " * room + line.strip()


def _indent(text: str, width: int) -> Iterator[str]:
    room = _label_room(width)
    for line in wrap_text(term(text), width - room):
        yield " " * room + line.strip()


def _label_room(width: int) -> int:
    return _LABEL if width >= _NARROW else _NARROW_LABEL


def _by_pair(links: Sequence[Link]) -> list[tuple[tuple[Variable, Variable], list[Link]]]:
    """Links under the pair that they are about, in the order of the first one of each."""
    groups: dict[frozenset[str], list[Link]] = {}
    for link in links:
        groups.setdefault(frozenset((link.x.name, link.y.name)), []).append(link)
    return [((group[0].x, group[0].y), group) for group in groups.values()]


def _both_ways(links: Sequence[Link]) -> bool:
    return sum(link.verdict == "clear" and link.question != "same day" for link in links) == 2


def _lag_label(profile: Profile, days: int) -> str:
    if not days:
        return "that night, then the day" if profile.x.is_night != profile.y.is_night else "same day"
    x, y = term(profile.x.label), term(profile.y.label)
    first, then = (x, y) if days > 0 else (y, x)
    return f"{fit(then, 10)}, {abs(days)} day{'s' if abs(days) > 1 else ''} after {fit(first, 10)}"


def _bar(lag: Lag, reach: float, room: int) -> str:
    """``····├──●──┤···│····``: the interval, the estimate and the middle."""
    middle = room // 2
    cells = [" "] * room
    cells[middle] = "│"
    if lag.estimate:

        def place(value: float) -> int:
            return min(room - 1, max(0, round(middle + value / reach * (room - 1 - middle))))

        low, dot, high = (place(end) for end in (lag.estimate.low, lag.estimate.value, lag.estimate.high))
        for i in range(low, high + 1):
            cells[i] = "┼" if i == middle else "─"
        cells[low], cells[high], cells[dot] = "├", "┤", "●"
    return "".join(cells)


def _page(width: int) -> int:
    return min(MOST_WIDTH, max(width, LEAST_WIDTH))
