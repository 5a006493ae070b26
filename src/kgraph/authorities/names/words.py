"""Words that stand beside names: titles, suffixes, particles, and titles that are names too."""

from __future__ import annotations

TITLES: frozenset[str] = frozenset(
    str.split(
    """admiral adm ambassador amb archbishop archduke attorney baron bishop brigadier brig bundeskanzler captain
    capt cardinal chairman chancellor chief citizen colonel col commander cdr cmdr commodore comrade comrades
    consul count countess crown dame de_facto deputy director doctor dr emir emperor empress ex excellency
    father first foreign former gen general governor hon honorable his her imam justice judge king lady
    lieutenant lt lieut lord madam madame major maj marshal mayor messrs minister miss mme mlle monsieur
    monsignor mr mrs ms msgr mullah envoy secretary senator sen sheikh shaikh shah sheik sir speaker sultan
    premier pres president prime prince princess prof professor queen rabbi rear rep representative rev reverend
    right vice field air fleet group wing squadron sergeant sgt state under assistant acting rt esq late elect
    deceased congressman congresswoman charge counselor counsellor m mssrs usa usn usaf usmc ret raf rn mp ma qc"""
    )
)  # fmt: skip
"""Words before or after a name that are not part of it."""

SUFFIXES = {
    "jr": "jr",
    "junior": "jr",
    "sr": "sr",
    "senior": "sr",
    "ii": "ii",
    "iii": "iii",
    "iv": "iv",
}
PARTICLES = frozenset(
    str.split(
    """de del della di da du des la le van von den der ten ter zu zur al el abu ibn bin ben bou st saint san mac
    ap dos das y"""
    )
)  # fmt: skip
FEMALE_TITLES = frozenset({"mrs", "miss", "mme", "mlle", "madame", "madam", "lady", "queen", "princess", "dame", "countess", "empress", "ms"})  # fmt: skip
MALE_TITLES = frozenset({"mr", "sir", "lord", "king", "prince", "monsieur", "father", "count", "baron", "emperor"})  # fmt: skip

ALSO_NAMES = frozenset(
    [
        "m",
        "ma",
        "king",
        "dean",
        "major",
        "rep",
        "air",
        "count",
        "pres",
        "rn",
        "sen",
        "gen",
        "prince",
        "lord",
        "bishop",
        "judge",
        "marshal",
        "state",
        "baron",
        "captain",
        "field",
        "fleet",
        "under",
        "vice",
        "first",
        "foreign",
        "chief",
        "sir",
    ]
)  # title words that are names too when they stand after or alone
ALSO_GIVEN = frozenset({"dean", "major", "rex"})
