"""What lines say, as a table of the rules: each line with its facts, the words kept, or that it is asked about."""

from pathlib import Path
from typing import Any

import pytest

from painlog.domain.entries import Draft
from painlog.domain.kinds.fields import Text
from painlog.domain.kinds.measures import own_kind
from painlog.domain.language.dates import present
from painlog.domain.language.understanding import Present, offers, understand
from painlog.domain.language.vocabulary import Known, Vocabulary
from tests.conftest import NOW

TABLE = Path(__file__).parents[1] / "fixtures" / "language" / "cases.txt"
KNOWN = Known(
    measures=(own_kind("1", {"name": "nausea"}, "nausea"), own_kind("2", {"name": "brain fog"}, "brain_fog")),
    names={"dose": ("ibuprofen", "gabapentin", "tramadol", "paracetamol", "duloxetine")},
    amounts={"duloxetine": "60 mg"},
    planned=("duloxetine",),
)
VOCABULARY, AT = Vocabulary(KNOWN), Present(present(NOW), NOW)


def cases() -> list[tuple[str, str, str]]:
    rows = [line for line in TABLE.read_text("utf-8").splitlines() if line.strip() and not line.startswith("#")]
    return [tuple(part.strip() for part in f"{row}||".split("|")[:3]) for row in rows]  # type: ignore[misc]


def told(draft: Draft) -> str:
    """``pain score=6 where=knee_l @18T20:00``: an entry in the form of the table, without its note."""
    own = {f.name for f in draft.kind.typed_fields if isinstance(f, Text)} - {draft.kind.main.name}
    data = {k: v for k, v in draft.data.items() if k not in own and k not in draft.kind.constants}
    parts = [f"{name}={_value(value)}" for name, value in data.items()]
    moment = draft.moment
    when = (
        []
        if moment.at == NOW or (isinstance(data.get("night"), str | int) and moment.day == NOW.date())
        else [f"@{moment.day.day}" + (f"T{moment.at:%H:%M}" if moment.at else "")]
    )
    return " ".join([draft.kind.name, *sorted(parts), *when])


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return ",".join(key if score is None else f"{key}:{score}" for key, score in sorted(value.items()))
    if isinstance(value, list):
        return ",".join(sorted(value))
    return (
        "-".join(part[11:16] for part in value.split("/"))
        if isinstance(value, str) and "T" in value and "/" in value
        else str(value)
    )


def _sorted(fact: str) -> str:
    kind, *parts = _fields(fact)
    when = [part for part in parts if part.startswith("@")]
    return " ".join([kind, *sorted(part for part in parts if part not in when), *when])


def _fields(fact: str) -> list[str]:
    """The kind, each field with its value (which may hold spaces), and the time."""
    words: list[str] = []
    for word in fact.split():
        if "=" in word or word.startswith("@") or not words:
            words.append(word)
        else:
            words[-1] += f" {word}"
    return [",".join(sorted(w.split(","))) if w.startswith("where") is None else _ordered(w) for w in words]


def _ordered(word: str) -> str:
    name, equals, value = word.partition("=")
    return (
        f"{name}{equals}{','.join(sorted(value.split(',')))}"
        if name in ("where", "quality", "trigger", "reason")
        else word
    )


@pytest.mark.parametrize(("line", "facts", "kept"), cases())
def test_a_line_says_what_the_table_has(line: str, facts: str, kept: str) -> None:
    understood = understand(line, VOCABULARY, AT)
    if facts.startswith("?"):
        assert not understood.is_clear, [told(each) for each in understood.drafts]
        found = offers(understood, VOCABULARY, AT)
        assert found
        assert facts[1:].strip() in "\n".join(found)
    elif facts == "note":
        assert not understood.is_clear, [told(each) for each in understood.drafts]
        assert offers(understood, VOCABULARY, AT)[-1].startswith("painlog note ")
    else:
        assert understood.is_clear, [question.text for question in understood.questions]
        wanted = sorted(_sorted(fact) for fact in facts.split(";"))
        drafts = [each for each in understood.drafts if each.kind.name != "note" or "note note" in facts]
        assert sorted(map(told, drafts)) == wanted
        words = set(
            " ".join(understood.reading.left).lower().replace("'", "").replace(",", " ").replace("(", " ").split()
        )
        words |= {w for each in understood.drafts for w in " ".join(each.data.get("reason", ())).split()}
        missing = {word for phrase in kept.split(";") for word in phrase.split()} - words
        assert not missing, understood.reading.left
        assert kept or not understood.reading.left, understood.reading.left
