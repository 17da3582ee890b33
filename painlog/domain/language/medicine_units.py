"""Units of medicines, as people write them and as painlog stores them. Pure."""

_UNITS = {
    **{unit: unit for unit in ("mg", "g", "ml", "l", "%", "IU", "mmol", "mg/h", "mcg/h", "mg/ml", "mcg", "units")},
    **dict.fromkeys(("µg", "μg", "ug", "microgram", "micrograms"), "mcg"),
    **dict.fromkeys(("µg/h", "μg/h", "ug/h"), "mcg/h"),
    **dict.fromkeys(("iu", "ie"), "IU"),
    **dict.fromkeys(("milligram", "milligrams"), "mg"),
    **dict.fromkeys(("gram", "grams"), "g"),
    "unit": "units",
    **dict.fromkeys(("tab", "tabs", "tbl"), "tablet"),
    **dict.fromkeys(("cap", "caps"), "capsule"),
}
COUNTED = (
    *("tablet", "capsule", "pill", "drop", "puff", "spray", "patch", "sachet", "suppository", "ampoule", "injection"),
    *("spoon", "lozenge", "gummy", "application", "dose", "cup"),
)
PLURALS = {"patch": "patches", "suppository": "suppositories", "gummy": "gummies"}


def unit_of(said: str) -> str:
    """Return the unit that a word means; empty where it is none."""
    clean = said.strip(".").lower()
    singular = {plural: one for one, plural in PLURALS.items()}.get(clean, clean.removesuffix("s"))
    return _UNITS.get(clean) or (singular if singular in COUNTED else "")
