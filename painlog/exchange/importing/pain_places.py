"""Places of pain in headings of other languages, in English: ``Kopfschmerzen`` is head pain. Pure."""

import re
from functools import cache

_PLACES = """\
head = kopf, tete, cabeza, cabeca, testa, hoofd
back = rucken, dos, espalda, costas, schiena, rug
low back = kreuz, lenden, lombaires, lumbar, lombar, onderrug
neck = nacken, hals, cou, nuque, cuello, pescoco, collo, nek
shoulder = schulter, epaule, hombro, ombro, spalla, schouder
knee = knie, genou, rodilla, joelho, ginocchio
hip = huft, hufte, hanche, cadera, quadril, anca, heup
abdomen = bauch, ventre, estomac, barriga, abdomen, estomago, pancia, buik, unterleib
leg = bein, jambe, pierna, perna, gamba, been
arm = arm, bras, brazo, braco, braccio
hand = hand, main, mano, mao
foot = fuss, pied, pie, pe, piede, voet
chest = brust, poitrine, pecho, peito, petto, borst
jaw = kiefer, machoire, mandibula, mandibola, kaak
"""
_JOINED = re.compile(r"(.+?) ?(?:schmerz(?:en)?|weh|pijn)(?:starke|intensitat)?")
_BETWEEN = "im in am an der den de du des la le au aux a el en da do das dos na no nas nos di del alla al ai het"
_OF = re.compile(
    r"(?:schmerz(?:en)?|douleurs?|mal|maux|dolor(?:es)?|dor(?:es)?|dolori?|dolore|pijn) "
    rf"(?:(?:{_BETWEEN.replace(' ', '|')}) |[dl]')*(.+)"
)
_SIDES = {
    **dict.fromkeys(("links", "linkes", "linke", "gauche", "izquierdo", "izquierda", "esquerdo", "sinistro"), "left "),
    **dict.fromkeys(("rechts", "rechtes", "rechte", "droite", "derecho", "derecha", "direito", "destro"), "right "),
}


def in_english(heading: str) -> str:
    """Return a folded heading that is a pain of a place in another language, in English; any other as it is."""
    sides = [_SIDES[word] for word in heading.split() if word in _SIDES]
    clean = " ".join(word for word in heading.split() if word not in _SIDES)
    found = _JOINED.fullmatch(clean) or _OF.fullmatch(clean)
    place = _places().get(found[1], "") if found else ""
    return f"{''.join(sides)}{place} pain" if place else heading


@cache
def _places() -> dict[str, str]:
    lines = (line.split(" = ") for line in _PLACES.splitlines())
    return {name: place for place, names in lines for name in names.split(", ")}
