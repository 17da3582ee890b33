"""Words that say what a trial by lot may and may not be about. Pure.

``PLAIN`` words say nothing of it, and are known so that none of them is taken for a slip of another. ``TAKEN`` are
taken or eaten, with the ``ENDINGS`` of medicines' names and ``UNITS``; ``LEAVING`` are of stopping, leaving out and
fasting; ``CARE`` is what people are treated with; ``HARMING`` does harm.
"""

_PLAIN = """
    a an the my in at on of to with for from by into round around after before during then and or while when
    every each early late later first next daily morning noon midday afternoon evening night nightly day today
    home house garden park shop shops wood woods hill lake sea beach dog dogs cat block path street step steps
    stair stairs hour hours min mins minute minutes km mile miles slow slowly brisk short long small gentle
    gently easy soft deep quiet calm sitting lying standing up pack packs pad pads bath shower bottle water
    bag pillow blanket room routine break breaks rest resting body back neck hand hands knee knees foot
    feet leg legs shoulder shoulders arm arms head hip hips calf nose belly box tree trees past last watch
    still until table music song book read reading time lunch dinner breakfast supper meal meals two three
    four five six seven ten twenty thirty half sand top one palm pine line week weeks work wash good mood
    finger fingers black leaf sun sunny rain fresh air lower upper left right
"""
_TAKEN = """
    pill tablet capsule caplet medicine medication meds med drug dose supplement vitamin mineral herb herbal
    remedy cream gel ointment lotion balm salve spray drop patch plaster injection inject infusion inhaler
    syrup powder tincture oil tea coffee espresso caffeine cola energydrink alcohol beer wine whisky whiskey
    vodka gin rum brandy liquor drink smoke cigarette nicotine tobacco vape weed cannabis marijuana hash
    hashish cbd thc opioid opiate painkiller analgesic nsaid triptan antidepressant antibiotic laxative
    probiotic steroid hormone sedative sleeper omega ashwagandha kratom arnica kava valerian creatine collagen
    garlic ginger wort chamomile aspirine advil aleve tylenol nurofen panadol voltaren voltarol lyrica
    neurontin cymbalta oxycontin xanax valium ambien prozac zoloft ventolin rivotril tramal oxynorm targin
    palexia botulinum oxygen antacid paracetamole serotonin mushroom psilocybin lsd mdma cocaine heroin food
    eat snack sugar salt juice suppository enema eyedrop placebo prescription pharmacy
"""
_ENDINGS = """
    statin pril sartan olol azepam azolam codone morphone profen caine gabalin triptan oxetine cillin mycin
    prazole setron barbital triptyline zepine xaban gliptin formin mab fenac coxib adol
"""
_LEAVING = """
    stop skip without no not non none never off leave omit less fewer reduce cut avoid miss quit cease halt
    halve abstain refrain forgo forego withhold withdraw withdrawal taper wean drop free instead rather
    replace substitute swap switch minus sans lack absent absence detox cleanse purge starve hunger hungry
    empty fast diet calorie keto carb postpone delay cancel deny deprive deprivation discontinue interrupt
    suspend forget ignore refuse reject renounce eliminate exclude unmedicated turkey sober undereat
"""
_CARE = """
    physio physiotherapy physiotherapist cbt mbsr psychology psychologist psychotherapy ketamine nerve
    acupuncture massage exercise chiropractic chiropractor osteopath osteopathy counselling counsellor
    hydrotherapy occupational therapy therapist treatment tens cpap brace splint collar orthosis crutch mask
    catheter stoma pump stimulator pacemaker wheelchair prosthesis dialysis wound dressing compression bandage
    doctor nurse clinic hospital rehab surgery
"""
_HARMING = """
    harm hurt burn boiling scald bleed punch hit kill suicide choke strangle hyperventilate overdose poison
    driving drive fight sunburn awake allnighter
"""
_UNITS = """
    mg mcg ug g ml iu ie unit puff spritz sachet ampoule vial mmol
"""
PLAIN = frozenset(_PLAIN.split())
TAKEN = frozenset(_TAKEN.split())
ENDINGS = tuple(_ENDINGS.split())
LEAVING = frozenset(_LEAVING.split())
CARE = frozenset(_CARE.split())
EXERCISES = frozenset({"exercise", "exercises"})  # of breathing, say; alone they are what people are treated with
HARMING = frozenset(_HARMING.split())
UNITS = frozenset(_UNITS.split())
