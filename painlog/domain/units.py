"""Units as painlog writes them, and what UCUM, the code for units in medicine, calls them. Pure."""

_SAME = ("mg", "g", "kg", "%", "mmol", "mg/h", "min", "h", "d", "km", "m", "cm", "mm", "kcal")
_COUNTED = ("tablet", "capsule", "drop", "puff", "spray", "patch", "units", "steps")
UCUM = {
    **dict(zip(_SAME, _SAME, strict=True)),
    **{unit: f"{{{unit}}}" for unit in _COUNTED},
    **dict.fromkeys(("°C", "C"), "Cel"),
    **dict.fromkeys(("°F", "F"), "[degF]"),
    "ml": "mL",
    "l": "L",
    "dl": "dL",
    "mg/ml": "mg/mL",
    "mcg": "ug",
    "mcg/h": "ug/h",
    "IU": "[iU]",
    "bpm": "/min",
    "lb": "[lb_av]",
    "mmHg": "mm[Hg]",
}
SCORE, COUNT = "{score}", "{count}"
