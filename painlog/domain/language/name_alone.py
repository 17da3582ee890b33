"""The words after the command of what has only a name, which are all that name. Pure."""

from painlog.domain.kinds.kind import Kind
from painlog.domain.language.place_items import read_items
from painlog.domain.language.reading import Edit, Fact, Question, Reading
from painlog.domain.language.vocabulary import Vocabulary
from painlog.errors import BadInput


def read_name(kind: Kind, line: str, vocabulary: Vocabulary) -> Reading:
    """Read words that are all a name, up to a note or a time at their end."""
    items = read_items(line, vocabulary)
    end = next(
        (i for i, item in enumerate(items) if any(m.role == "field" and m.kind is kind for m in item.means)), len(items)
    )
    note = line[items[end].end :].strip() if end < len(items) else ""
    when = items[end - 1].value if end and items[end - 1].sort == "when" else None
    stop = items[end - 1 - (when is not None)].end if end - (when is not None) > 0 else 0
    name = line[:stop].strip(" ,").strip('"')
    questions: tuple[Question, ...] = ()
    said = {kind.main.name: name} | ({kind.typed_fields[-1].name: note} if note else {})
    if when is not None and when.problem:
        questions = (Question(when.problem, (Edit(items[end - 1].start, items[end - 1].end, ""),)),)
    try:
        fact = Fact(kind, kind.check(said), {}, when)
    except BadInput as error:
        return Reading(line, (), (), (Question(str(error)),))
    return Reading(line, (fact,), (), questions)
