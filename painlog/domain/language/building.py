"""A fact while it is read: what one clause has said so far, and what of it is not clear. Pure."""

from collections.abc import Sequence
from typing import Any

from painlog.domain.kinds.fields import Choice, Field, Number, Text
from painlog.domain.kinds.kind import Kind
from painlog.domain.kinds.where import Where
from painlog.domain.language.durations import both_readings, refuse_thousands
from painlog.domain.language.line_items import Item
from painlog.domain.language.reading import Edit, Question
from painlog.domain.language.vocabulary import Meaning
from painlog.domain.language.when import When
from painlog.errors import BadInput


class Building:
    """The fact of one clause.

    ``used`` are the places of the items that are understood, ``words`` of those that are kept. ``form`` says whether
    its number stood first ("number") or its place did ("place"). ``verb`` is carried on to names that follow an and.
    """

    def __init__(self, kind: Kind, items: Sequence[Item]) -> None:
        self.kind, self.items = kind, items
        self.data: dict[str, Any] = {}
        self.late: dict[str, str] = {}
        self.when: When | None = None
        self.used: set[int] = set()
        self.words: set[int] = set()
        self.notes: list[str] = []
        self.questions: list[Question] = []
        self.anchor = self.last = 0
        self.form = ""
        self.verb: Meaning | None = None
        self.filled = ""
        self.filled_fields: tuple[str, ...] = ()
        self.places: list[Place] = []
        self.span = (items[0].start, items[-1].end) if items else (0, 0)

    def use(self, *places: int) -> None:
        """Note that items are understood."""
        self.used.update(places)
        self.last = max(self.last, *places)

    def ask(self, text: str, *edits: Edit, commands: tuple[str, ...] = ()) -> None:
        """Add a question about this clause."""
        self.questions.append(Question(text, edits, commands, *self.span))

    def doubt(self, item: Item, *edits: Edit) -> None:
        """Ask about a word that leaves open whether it was at all."""
        self.ask(f"'{item.low}': was it, or was it not?", *edits)

    def set(self, field: Field, value: Any, item: Item) -> bool:
        """Give a field its checked value; false, with a question, where it is out of range or given twice."""
        try:
            checked = field.check(value)
        except BadInput as error:
            self.ask(str(error), Edit(item.start, item.end, "N" if field.metavar[:1].isdigit() else ""))
            return False
        if field.name in self.data and not field.many:
            if self.data[field.name] != checked:
                self.ask(f"{field.title} is said twice", Edit(item.start, item.end, ""))
            return False
        self.data[field.name] = field.join([self.data[field.name], checked]) if field.name in self.data else checked
        return True

    def ask_thousands(self, field: Field, digits: str, item: Item, unit: str = "") -> bool:
        """Ask about digits such as 1,000, which are a thousand to some and one to others; false for any others."""
        try:
            refuse_thousands(field.title, digits)
        except BadInput as error:
            self.ask(str(error), *(Edit(item.start, item.end, f"{each} {unit}") for each in both_readings(digits)))
            return True
        return False

    @property
    def has_own_verb(self) -> bool:
        """Whether it opens with its verb, or with what stands for one: took, skipped."""
        return any(m.role in ("verb", "option") for m in self.items[self.anchor].means)

    @property
    def rated(self) -> Number | None:
        """The rating that its number is; None where the kind is none, or it has several, or only a share of a whole."""
        found = [field for field in self.kind.typed_fields if isinstance(field, Number) and field.name in self.data]
        return found[0] if isinstance(self.kind.main, Number) and len(found) == 1 and not found[0].unit else None

    @property
    def word(self) -> str:
        """What opens it: its places where they do, and the person's own word for a rating that is not the main one."""
        if self.form == "place":
            said = (self.items[i] for i in sorted(self.used))
            return " ".join(item.low for item in said if item.as_role("place") or item.as_role("side"))
        for item in self.items:
            for each in item.means:
                if each.role == "head" and each.field is self.rated is not self.kind.main:
                    return item.low
        return self.kind.heads[0]

    @property
    def is_denied(self) -> bool:
        """Whether it was said not to be: skipped, where a word for that opened it."""
        if self.verb is None or self.verb.role != "option" or not isinstance(self.verb.field, Choice):
            return False
        return bool(self.verb.value != self.verb.field.options[0])

    @property
    def text_field(self) -> Field | None:
        """The field that keeps words beside the facts; None where the kind is itself only words."""
        return next((field for field in self.kind.typed_fields[1:] if isinstance(field, Text)), None)

    @property
    def where(self) -> Where | None:
        """The field for places, where the kind has one."""
        return next((field for field in self.kind.typed_fields if isinstance(field, Where)), None)


class Place:
    """A place of the body as said in a clause: its region without a side, and which side was said, if any."""

    __slots__ = ("ahead", "at", "end", "id", "rated", "side", "start", "told")

    def __init__(self, id_: str, side: str, at: int, item: Item) -> None:
        self.id, self.side, self.at = id_, side, at
        self.told = len(side) == 1  # whether left or right was said, not only a plural
        self.start, self.end = item.start, item.end
        self.ahead = self.told  # whether the side stood before it
        self.rated: Any = None

    @property
    def ids(self) -> list[str]:
        """The regions it names."""
        return [f"{self.id}_{side}" for side in self.side] if self.side else [self.id]
