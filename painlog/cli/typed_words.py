"""What a person typed, read with the words of their journal: measures, names that were used, what the plan holds."""

from collections.abc import Iterable, Sequence

from painlog.cli.session import Keys, Session
from painlog.domain.clock import day_of
from painlog.domain.kinds.fields import Name
from painlog.domain.kinds.kind import Kind
from painlog.domain.kinds.shortcuts import words_by_name
from painlog.domain.language.dates import Moment
from painlog.domain.language.place_items import is_only_words
from painlog.domain.language.understanding import Present, Understood, offers, understand_words
from painlog.domain.language.vocabulary import Known, Vocabulary, built_in_vocabulary, spoken_kinds
from painlog.errors import PainlogError, Unclear
from painlog.storage.journal import Journal


def vocabulary_of(session: Session, also: Iterable[Kind] = ()) -> Vocabulary:
    """Return the words of a journal, its own among them, and those of kinds that no line opens."""
    with session.reading() as journal:
        known = known_of(journal)
    return Vocabulary(known, also) if known != Known() or also else built_in_vocabulary()


def read_clause(
    session: Session,
    kind: Kind,
    words: Sequence[str],
    moment: Moment,
    *,
    closes: bool = False,
    also: Iterable[Kind] = (),
) -> tuple[dict[str, list[str]], Moment, Sequence[str]]:
    """Read a command's words: texts by field, the moment they are about, and what to say beside the reply.

    Words with a space in them keep together, unless every one of them is understood. What ``closes`` an entry takes no
    amount from the plan. Raises Unclear.
    """
    if not " ".join(words).strip():
        return {kind.main.name: [""]}, moment, ()
    vocabulary, words = vocabulary_of(session, also), [word.strip() for word in words]
    line, present = " ".join(words), Present(moment, session.now)
    understood = understand_words(kind, line, vocabulary, present)
    together = " ".join(f'"{word}"' if " " in word and '"' not in word else word for word in words)
    if len(words) > 1 and together != line and (not understood.is_clear or understood.reading.left):
        line = together
        understood = understand_words(kind, line, vocabulary, present)
    if not understood.is_clear and len(words) == 1 and _could_be_a_name(line, vocabulary):
        understood = understand_words(kind, '"{}"'.format(line.replace('"', "'")), vocabulary, present)  # a name, whole
    if not understood.is_clear:
        raise unclear(understood, vocabulary, present, kind)
    fact, made = understood.reading.facts[0], understood.drafts[0]
    said = {name: kind.by_name[name].as_typed(value) for name, value in made.data.items() if name not in kind.constants}
    if closes and fact.filled:
        said = {name: texts for name, texts in said.items() if name not in fact.filled_fields}
    return (
        said,
        made.moment if fact.when else moment,
        [each for each in understood.said_beside if not closes or each != fact.filled],
    )


def _could_be_a_name(line: str, vocabulary: Vocabulary) -> bool:
    """Whether words quoted in a shell may be a name, whole: without an amount or a time, or with what no line has."""
    if line.replace("-", "").isalnum() or not any(map(str.isalpha, line)):
        return False
    return not line.isprintable() or is_only_words(line, vocabulary)


def unclear(understood: Understood, vocabulary: Vocabulary, present: Present, kind: Kind | None = None) -> Unclear:
    """Return the refusal of words that are not clear, with the lines that can be run in their place."""
    sentences = [question.text for question in understood.questions] or ["no entry is in this line; it could be a note"]
    return Unclear("; ".join(dict.fromkeys(sentences)), offers(understood, vocabulary, present, kind))


def known_at_once(session: Session) -> Known:
    """Return what a journal knows where it can be read without a question or a wait, else nothing."""
    try:
        journal = Journal.peek(session.place, session.now, 0, keys=Keys(asks=False))
        if journal is None:
            return Known()
        with journal:
            return known_of(journal)
    except (PainlogError, ValueError, LookupError):  # the latter two of data that another program spoiled
        return Known()


def known_of(journal: Journal) -> Known:
    """Return the measures, names, planned amounts and shortcuts of a journal."""
    from painlog.domain.kinds.activity import MATTERS
    from painlog.domain.kinds.care import GOAL, MEDICINE
    from painlog.domain.own_plan import lines_of
    from painlog.domain.plan import in_force

    names: dict[str, tuple[str, ...]] = {}
    for kind in spoken_kinds():
        if isinstance(kind.main, Name) and kind.verbs and (used := journal.reader.names(kind.name, kind.main.name)):
            names[kind.name] = tuple(used)
    plan = [item for item in in_force(journal.entries(kinds=["plan"]), day_of(journal.present_at)) if item.sort != GOAL]
    for item in plan:
        name = "dose" if item.sort == MEDICINE else "treatment"
        names[name] = tuple(dict.fromkeys((*names.get(name, ()), item.name)))
    for name in lines_of(MATTERS, journal.entries(kinds=["own-plan"])):
        names["treatment"] = tuple(dict.fromkeys((*names.get("treatment", ()), name)))
    amounts = {item.key: item.amount for item in plan if item.amount}
    shortcuts = words_by_name(entry.data for entry in journal.entries(kinds=["shortcut"]))
    planned = tuple(item.name for item in plan)
    return Known(tuple(journal.kinds.own.values()), names, amounts, shortcuts, planned)
