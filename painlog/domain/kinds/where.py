"""The field of body regions, each with an optional score. Pure."""

from __future__ import annotations

import re

from painlog.domain.kinds.declaration import clean_text
from painlog.domain.kinds.fields import Field, Number, Value, check_lengths
from painlog.domain.language.dates import Moment
from painlog.errors import BadInput


class Where(Field):
    """Body regions with an optional score each; the first one named is the main one.

    The list of regions is loaded by what asks it: an entry without any does not wait for it.
    """

    many: bool = True
    rating: Number

    @property
    def metavar(self) -> str:
        return "REGION[:SCORE]"

    def accepts(self, phrase: str) -> bool:
        from painlog.domain.regions import OTHER, lookup

        name, _, score = phrase.partition(":")
        return phrase.lower().startswith(OTHER) or (" " not in score and bool(lookup(name)))

    def parse(self, text: str, moment: Moment) -> Value:
        from painlog.domain.regions import check_sides

        parts = [part.strip() for part in text.split(",") if part.strip()]
        check_sides([part.partition(":")[0] for part in parts])
        return self.join([self._one(part, moment) for part in parts])

    def check(self, value: Value) -> Value:
        if not isinstance(value, dict) or not value:
            raise BadInput(f"{self.title} is an object of body regions, not {value!r}")
        from painlog.domain.regions import OTHER, parse_region, region_of

        for id_ in value:
            if region_of(id_) is None and (not id_.startswith(OTHER) or parse_region(clean_text(id_)) != (id_,)):
                raise BadInput(f"{id_!r} is not a body region (painlog help regions)")
        check_lengths(self.title, value)
        return {id_: None if score is None else self.rating.check(score) for id_, score in value.items()}

    def show(self, value: Value) -> str:
        from painlog.domain.regions import show_regions

        return show_regions(value)

    def join(self, values: list[Value]) -> Value:
        joined: dict[str, float | None] = {}
        for part in values:
            joined |= part
        if not joined:
            raise BadInput(f"{self.title} needs a body region (painlog help regions)")
        return joined

    def as_typed(self, value: Value) -> list[str]:
        return [id_ if score is None else f"{id_}:{score}" for id_, score in value.items()]

    def own_words(self, value: Value) -> list[str]:
        from painlog.domain.regions import OTHER

        return [id_ for id_ in value if id_.startswith(OTHER)]

    def _one(self, text: str, moment: Moment) -> dict[str, float | None]:
        from painlog.domain.regions import OTHER, parse_region

        name, colon, score = text.rpartition(":")
        if not colon or (text.lower().startswith(OTHER) and not re.fullmatch(r"\s*\d.*", score)):
            name, score = text, ""
        rated = self.rating.parse(score, moment) if score.strip() else None
        return dict.fromkeys(parse_region(clean_text(name.strip())), rated)
