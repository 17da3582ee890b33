"""Filled-in questionnaires: the answers as a QuestionnaireResponse, the score as an Observation derived from it.

LOINC's code for a total goes with complete forms alone; an estimated total has a code of painlog's own. Where the
person keeps the safety item private no answer leaves, since the total would give it away.
"""

from collections.abc import Iterable, Iterator, Sequence
from uuid import UUID, uuid5

from painlog.domain.entries import Entry
from painlog.domain.questionnaires import QUESTIONNAIRES, Item, Option, Questionnaire, band, score
from painlog.exchange.fhir import codes
from painlog.exchange.fhir.elements import Json, Named, Names, moment, words
from painlog.exchange.fhir.ratings import observation, score_of

_OWN_FORMS = UUID("c32a4432-a726-411e-aa97-7a7f1d3beba7")  # names the forms that LOINC has no verified panel of
_GAD_2 = "68509-9"
_MORE_DAYS = Option(2, "More days than not", "LA18938-3")  # as LOINC's own list for that item has it


def responses(entries: Iterable[Entry], names: Names) -> Iterator[Named]:
    """Every filled-in form among some entries, each followed by its score, if it has one."""
    for entry in entries:
        if entry.kind in QUESTIONNAIRES and "answers" in entry.data:
            form = QUESTIONNAIRES[entry.kind]
            url = names.url(entry.id, "answers")
            yield url, _response(form, entry, names)
            if found := _score(form, entry, url, names):
                yield names.url(entry.id, "score"), found


def licences(entries: Iterable[Entry]) -> list[str]:
    """What the forms that were used are to be shown with."""
    used = {entry.kind for entry in entries}
    of: dict[str, list[str]] = {}
    for id_, form in QUESTIONNAIRES.items():
        if id_ in used:
            of.setdefault(form.licence, []).append(form.title)
    return [f"{', '.join(titles)}: {licence}" for licence, titles in of.items()]


def _response(form: Questionnaire, entry: Entry, names: Names) -> Json:
    asked = zip(form.items, entry.data["answers"], strict=True)
    private = bool(entry.data.get("item_9_private"))
    items = [_item(form, item, answer, private=private) for item, answer in asked]
    if form.difficulty and "difficulty" in entry.data:
        items.append(_item(form, form.difficulty, entry.data["difficulty"], private=False))
    url = codes.FORM.format(form.panel) if form.panel else f"urn:uuid:{uuid5(_OWN_FORMS, form.id)}"
    return {
        "resourceType": "QuestionnaireResponse",
        "questionnaire": url,
        "_questionnaire": {"extension": [{"url": codes.DISPLAY, "valueString": form.title}]},
        "status": "completed",
        "subject": names.patient,
        "authored": moment(entry),
        "author": names.patient,
        "source": names.patient,
        "item": items,
    }


def _item(form: Questionnaire, item: Item, answer: int | None, *, private: bool) -> Json:
    """An item with its text and answer; without one where it was skipped."""
    asked = {"linkId": f"/{item.code}", "text": item.text}
    if answer is None:
        return asked
    return asked | {"answer": [{"extension": [codes.MASKED]} if private else _answer(form, item, answer)]}


def _answer(form: Questionnaire, item: Item, answer: int) -> Json:
    """An answer: the number on a 0-10 scale, else LOINC's code with the number it counts for."""
    options: Sequence[Option] = item.options or form.options
    if not options:
        return {"valueInteger": answer}
    option = next(option for option in options if option.value == answer)
    if item.code == _GAD_2 and answer == _MORE_DAYS.value:
        option = _MORE_DAYS
    worth = {"extension": [{"url": codes.ORDINAL, "valueDecimal": answer}]}
    return {"valueCoding": worth | codes.coding(codes.LOINC, option.code, option.label)}


def _score(form: Questionnaire, entry: Entry, answers: str, names: Names) -> Json | None:
    found = score(form, entry.data["answers"])
    if found.value is None:
        return None
    estimated = found.is_estimated
    own = codes.own(codes.score_code(form, estimated=estimated), f"{form.title} score{', estimated' * estimated}")
    known = [codes.coding(codes.LOINC, form.total)] if form.total and not estimated else []
    at = moment(entry)
    remarks = [f"estimated: {found.answered} of {found.of} items answered"] if estimated else []
    if entry.data.get("item_9_private"):
        remarks.append("item 9 is kept private by choice, so the answers are withheld; the score counts them all")
    value = score_of(found.value) | {"derivedFrom": [{"reference": answers}]}
    if word := band(form, found.value):
        value["interpretation"] = [words(word)]
    what = codes.concept(own["display"], *known, own)
    return observation(entry, what, {"effectiveDateTime": at}, value, names, *remarks)
