"""Forms of a personal name, and keys under which different spellings meet.

A name is read as surname, given names, titles and suffix, in the order in which
the source writes it: "Kohler, Foy D.", "Foy D. Kohler", "Kohler F.D.". Two
keys make spellings comparable:

- `latin_key` joins the romanisations of one Cyrillic name (BGN/PCGN, Library of
  Congress, passport and press usage: Yefremov, Efremov; Khrushchev, Khruschev);
- `skeleton` joins a Western name with what is left of it after a journey through
  Cyrillic (Herter, Gerter; Rusk, Rask; McCone, McCoun): the consonants, with those
  confused that the Cyrillic alphabet does not keep apart.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

import msgspec

TITLES: frozenset[str] = frozenset(
    [
        "admiral",
        "adm",
        "ambassador",
        "amb",
        "archbishop",
        "archduke",
        "attorney",
        "baron",
        "bishop",
        "brigadier",
        "brig",
        "bundeskanzler",
        "captain",
        "capt",
        "cardinal",
        "chairman",
        "chancellor",
        "chief",
        "citizen",
        "colonel",
        "col",
        "commander",
        "cdr",
        "cmdr",
        "commodore",
        "comrade",
        "comrades",
        "consul",
        "count",
        "countess",
        "crown",
        "dame",
        "de_facto",
        "deputy",
        "director",
        "doctor",
        "dr",
        "emir",
        "emperor",
        "empress",
        "ex",
        "excellency",
        "father",
        "first",
        "foreign",
        "former",
        "gen",
        "general",
        "governor",
        "hon",
        "honorable",
        "his",
        "her",
        "imam",
        "justice",
        "judge",
        "king",
        "lady",
        "lieutenant",
        "lt",
        "lieut",
        "lord",
        "madam",
        "madame",
        "major",
        "maj",
        "marshal",
        "mayor",
        "messrs",
        "minister",
        "miss",
        "mme",
        "mlle",
        "monsieur",
        "monsignor",
        "mr",
        "mrs",
        "ms",
        "msgr",
        "mullah",
        "envoy",
        "secretary",
        "senator",
        "sen",
        "sheikh",
        "shaikh",
        "shah",
        "sheik",
        "sir",
        "speaker",
        "sultan",
        "premier",
        "pres",
        "president",
        "prime",
        "prince",
        "princess",
        "prof",
        "professor",
        "queen",
        "rabbi",
        "rear",
        "rep",
        "representative",
        "rev",
        "reverend",
        "right",
        "vice",
        "field",
        "air",
        "fleet",
        "group",
        "wing",
        "squadron",
        "sergeant",
        "sgt",
        "state",
        "under",
        "assistant",
        "acting",
        "rt",
        "esq",
        "late",
        "elect",
        "deceased",
        "congressman",
        "congresswoman",
        "charge",
        "counselor",
        "counsellor",
        "m",
        "mssrs",
        "usa",
        "usn",
        "usaf",
        "usmc",
        "ret",
        "raf",
        "rn",
        "mp",
        "ma",
        "qc",
    ]
)
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
    [
        "de",
        "del",
        "della",
        "di",
        "da",
        "du",
        "des",
        "la",
        "le",
        "van",
        "von",
        "den",
        "der",
        "ten",
        "ter",
        "zu",
        "zur",
        "al",
        "el",
        "abu",
        "ibn",
        "bin",
        "ben",
        "bou",
        "st",
        "saint",
        "san",
        "mac",
        "ap",
        "dos",
        "das",
        "y",
    ]
)
FEMALE_TITLES = frozenset({"mrs", "miss", "mme", "mlle", "madame", "madam", "lady", "queen", "princess", "dame", "countess", "empress", "ms"})  # fmt: skip
MALE_TITLES = frozenset({"mr", "sir", "lord", "king", "prince", "monsieur", "father", "count", "baron", "emperor"})  # fmt: skip

_ALSO_NAMES = frozenset(
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
_ALSO_GIVEN = frozenset({"dean", "major", "rex"})

_SPECIAL = str.maketrans(
    {"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "ß": "ss", "ı": "i", "đ": "d", "Đ": "D", "æ": "ae",
     "Æ": "Ae", "œ": "oe", "ð": "d", "þ": "th", "’": "'", "‘": "'", "ʻ": "'", "ʼ": "'", "`": "'",
     "ʾ": "'", "ʿ": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‐": "-", "‑": "-", "\xa0": " "}
)  # fmt: skip


@lru_cache(maxsize=200_000)
def fold(text: str) -> str:
    """`text` in lower case, without diacritics, apostrophes or doubled spaces.

    >>> fold("Árbenz  O’Shaughnessy")
    'arbenz oshaughnessy'
    """
    text = text.lower().translate(_SPECIAL)
    if not text.isascii():
        text = "".join(
            c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)
        )
    return " ".join(text.replace("'", "").split())


class Name(msgspec.Struct, frozen=True):
    """A personal name, folded. `surname` may have several words ("couve de murville")."""

    surname: str
    given: tuple[str, ...] = ()
    suffix: str | None = None
    titles: tuple[str, ...] = ()

    @property
    def whole(self) -> str:
        return " ".join((*self.given, self.surname))


_TOKEN = re.compile(r"[^\W\d_][\w'-]*\.?|\.")
_INITIALS = re.compile(r"^(?:[a-z]{1,3}\.)+$")
_PAREN = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")
_NICK = re.compile(r"[\"]([^\"]+)[\"]")


def _tokens(text: str) -> list[str]:
    """Folded words; runs of initials are cut ("a.i." gives "a", "i")."""
    words: list[str] = []
    for raw in re.sub(r"(?<=\.)(?=[a-z])", " ", fold(text)).replace(",", " ").split():
        word = raw.strip(".;:*\"'()[]")
        if word:
            words.append(word)
    return words


def _untitled(words: list[str], tail: bool = False) -> tuple[list[str], list[str]]:
    """(titles, the rest): titles stand before the name, or are ranks after it.

    `tail`: the words stand after a surname and a comma, where "Prince" alone is
    a title and "Dean" alone a name.
    """
    titles: list[str] = []
    rest: list[str] = []
    for i, word in enumerate(words):
        bare = word.split("-")[0] if "-" in word and word.split("-")[0] in TITLES else word
        alone = _ALSO_GIVEN if tail else _ALSO_NAMES
        named = bare in _ALSO_NAMES and (rest or (i + 1 == len(words) and bare in alone))
        if bare in TITLES and not named:
            titles.append(bare)
        elif not rest and titles and word in {"of", "the", "army", "navy", "force", "u", "s", "to"}:
            continue  # "General of the Army"
        else:
            rest.append(word)
    if not rest and titles and not tail:  # "King", "Dean": a title word that is the whole name
        rest = [titles.pop()]
    return titles, rest


def _suffixed(words: list[str]) -> tuple[list[str], str | None]:
    found = None
    kept = []
    for i, word in enumerate(words):
        if word in SUFFIXES and i > 0:
            found = SUFFIXES[word]
        else:
            kept.append(word)
    return kept, found


def is_initial(word: str) -> bool:
    """Whether `word` stands for a name by its first letter or letters ("a", "yu")."""
    return len(word) == 1 or word in {
        "yu",
        "ya",
        "ye",
        "iu",
        "ia",
        "zh",
        "kh",
        "ch",
        "sh",
        "ts",
        "th",
    }


@lru_cache(maxsize=200_000)
def parse(text: str) -> tuple[Name, ...]:
    """The readings of a written name, likeliest first; none of an empty one.

    A comma tells the order; initials after the first word mean "Surname I.I.";
    otherwise both orders are read, the direct one first. What stands in brackets
    is read as a name of its own after the others ("Aiken (Eiken) George").

    >>> parse("Kohler, Foy D.")[0]
    Name(surname='kohler', given=('foy', 'd'), suffix=None, titles=())
    >>> parse("Comrade A.F. Dobrynin")[0].given
    ('a', 'f')
    """
    text = text.translate(_SPECIAL)
    inside = [a or b for a, b in _PAREN.findall(text)]
    nicknames = _NICK.findall(text)
    bare = _NICK.sub(" ", _PAREN.sub(" ", text)).strip(" ,;")
    readings: list[Name] = []
    if bare:
        readings.extend(_read(bare))
    main = readings[0] if readings else None
    for extra in (*inside, *nicknames):
        extra = extra.strip('" .')
        words = _tokens(extra)
        if not words or all(w in TITLES or w in SUFFIXES for w in words):
            continue
        if main is not None and len(words) == 1:
            # a nickname or another spelling: of the given name and of the surname
            word = words[0]
            readings.append(msgspec.structs.replace(main, given=(word, *main.given[1:])))
            readings.append(msgspec.structs.replace(main, surname=word))
        elif main is not None:
            readings.extend(_read(extra))
            tail = list(main.given)
            readings.extend(_read(f"{extra}, {' '.join(tail)}"))
    return tuple(dict.fromkeys(r for r in readings if r.surname))


def _read(text: str) -> list[Name]:
    head, comma, tail = text.partition(",")
    if comma:
        titles, words = _untitled(_tokens(head))
        surname, suffix = _suffixed(words)
        more, given = _untitled(_tokens(tail), tail=True)
        given, suffix2 = _suffixed(["", *given])
        given = given[1:]
        while given and given[-1] in PARTICLES:  # "Muhayshi, Umar al-"
            given = given[:-1]
        if given or not tail.strip():
            return [Name(" ".join(surname), tuple(given), suffix or suffix2, (*titles, *more))]
        return _direct((*titles, *more), surname, suffix or suffix2)
    titles, words = _untitled(_tokens(text))
    words, suffix = _suffixed(words)
    return _direct(tuple(titles), words, suffix)


def _direct(titles: tuple[str, ...], words: list[str], suffix: str | None) -> list[Name]:
    if not words:
        return []
    if len(words) == 1:
        return [Name(words[0], (), suffix, titles)]
    names: list[Name] = []
    first_initials = is_initial(words[0])
    cut = len(words) - 1
    while cut > 1 and words[cut - 1] in PARTICLES:
        cut -= 1
    direct = Name(" ".join(words[cut:]), tuple(words[:cut]), suffix, titles)
    surname_end = 1
    while words[surname_end - 1] in PARTICLES and surname_end < len(words) - 1:
        surname_end += 1
    inverted = Name(" ".join(words[:surname_end]), tuple(words[surname_end:]), suffix, titles)
    if is_initial(words[-1]) and not first_initials:
        tail = len(words)
        while tail > 1 and is_initial(words[tail - 1]):
            tail -= 1
        # "Mikoyan A.I." but also "Castillo Armas C."
        names.append(Name(" ".join(words[:tail]), tuple(words[tail:]), suffix, titles))
        if tail > 1:
            names.append(Name(words[0], tuple(words[1:]), suffix, titles))
    else:
        names.append(direct)
        if not first_initials:
            names.append(inverted)
        if len(words) >= 3 and not first_initials:
            names.append(Name(" ".join(words[1:]), (words[0],), suffix, titles))
            names.append(Name(" ".join(words[:2]), tuple(words[2:]), suffix, titles))
            names.append(Name(" ".join(words), (), suffix, titles))
        elif not first_initials:
            names.append(Name(" ".join(words), (), suffix, titles))
    return names


_LATIN: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), value)
    for pattern, value in (
        (r"(?:shch|sch|szcz|stch)", "Q"),
        (r"(?:tch|cz)", "C"),
        (r"ch", "C"),
        (r"sh", "S"),
        (r"(?:dzh|zh)", "Z"),
        (r"kh", "h"),
        (r"(?:tz|ts)", "T"),
        (r"x", "ks"),
        (r"ph", "f"),
        (r"(?:ff|w)", "v"),
        (r"(?<=[a-zA-Z])(?:yo|io)(?=[^aeiou]|$)", "e"),
        (r"(?:yu|iu|ju)", "u"),
        (r"(?:ya|ia|ja)", "a"),
        (r"(?:ye|ie|je)", "e"),
        (r"(?:iy|ii|yi|ij|yj|ey|ei|ai|ay|y|j)(?=$)", "i"),
        (r"[yj]", "i"),
        (r"ii+", "i"),
        (r"ck", "k"),
        (r"(.)\1", r"\1"),
    )
)  # fmt: skip


@lru_cache(maxsize=100_000)
def latin_key(word: str) -> str:
    """One key for the romanisations of a Cyrillic name.

    >>> latin_key("yefremov") == latin_key("efremov"), latin_key("georgiy") == latin_key("georgi")
    (True, True)
    """
    word = fold(word).replace("-", " ")
    for pattern, value in _LATIN:
        word = pattern.sub(value, word)
    return word


_SKELETON: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), value)
    for pattern, value in (
        (r"^(?:mac|mc|mak)(?=.)", "mk"),
        (r"^(?:kn|gn)(?=[aeiou])", "n"),
        (r"^wr", "r"),
        (r"(?:shch|sch|tsch|tch|cz|ch|sh|sz)", "S"),
        (r"(?:dzh|dj|zh|dg|j)", "J"),
        (r"g(?=[ei])", "g"),
        (r"(?:kh|gh)", "g"),
        (r"ph", "f"),
        (r"th", "t"),
        (r"(?:ck|q)", "k"),
        (r"(?:tz|ts|zz|cc(?=[ei]))", "c"),
        (r"c(?=[eiy])", "s"),
        (r"c", "k"),
        (r"x", "ks"),
        (r"w(?=[aeiou])", "v"),
        (r"w", ""),
        (r"(?<=[a-z])h(?=[^aeiouy]|$)", ""),
        (r"h", "g"),
        (r"z", "s"),
        (r"^[aeiouy]+", "A"),
        (r"[aeiouy\-]", ""),
        (r"(.)\1+", r"\1"),
    )
)  # fmt: skip


@lru_cache(maxsize=100_000)
def skeleton(word: str) -> str:
    """What a Western name keeps on its way through Cyrillic and back.

    >>> skeleton("herter") == skeleton("gerter"), skeleton("mccone") == skeleton("mccoun")
    (True, True)
    """
    word = fold(word).replace(" ", "")
    for pattern, value in _SKELETON:
        word = pattern.sub(value, word)
    return word


@cache
def _equivalents() -> dict[str, frozenset[int]]:
    groups: dict[str, set[int]] = {}
    path = Path(__file__).parent / "given_names.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines):
        if not line.startswith("#"):
            for name in filter(None, line.split(";")):
                groups.setdefault(name, set()).add(number)
    return {name: frozenset(numbers) for name, numbers in groups.items()}


@lru_cache(maxsize=200_000)
def given_like(a: str, b: str) -> float:
    """How well two given names agree: 1 the same, 0.9 forms of one name, 0.6 an
    initial, 0 nothing in common, all folded.

    >>> given_like("robert", "bob"), given_like("robert", "john"), given_like("r", "robert")
    (0.9, 0.0, 0.6)
    """
    if a == b:
        return 0.7 if is_initial(a) else 1.0
    if is_initial(a) or is_initial(b):
        short, long = (a, b) if is_initial(a) else (b, a)
        return 0.6 if _initial_of(short, long) else 0.0
    groups = _equivalents()
    if groups.get(a, frozenset()) & groups.get(b, frozenset()):
        return 0.9
    if latin_key(a) == latin_key(b):
        return 0.95
    if len(a) > 3 and len(b) > 3 and (a.startswith(b) or b.startswith(a)):
        return 0.8
    if skeleton(a) == skeleton(b) and (a[0] == b[0] or len(skeleton(a)) > 2):
        return 0.8
    return _near(a, b)


def _initial_of(short: str, long: str) -> bool:
    if long.startswith(short) or latin_key(long).startswith(latin_key(short)):
        return True
    return short[0] in _INITIAL_LIKE.get(long[0], "")


_INITIAL_LIKE = {"j": "yi", "y": "jie", "i": "y", "e": "y", "c": "k", "k": "c", "h": "g", "w": "v", "v": "w", "f": "t", "t": "f"}  # fmt: skip


def _near(a: str, b: str) -> float:
    from rapidfuzz.distance import DamerauLevenshtein

    longest = max(len(a), len(b))
    if longest < 5:
        return 0.0
    similarity = DamerauLevenshtein.normalized_similarity(a, b)
    return 0.75 if similarity >= 0.8 else 0.0


@lru_cache(maxsize=200_000)
def surname_like(a: str, b: str) -> float:
    """How well a written surname agrees with a known one, in [0, 1]: 1 the same, 0.95 one Cyrillic name
    romanised twice, 0.8 by way of Cyrillic, less for misspellings."""
    if a == b:
        return 1.0
    bare_a, bare_b = a.replace("-", " ").replace(" ", ""), b.replace("-", " ").replace(" ", "")
    if bare_a == bare_b:
        return 1.0
    if latin_key(a) == latin_key(b):
        return 0.95
    key_a, key_b = latin_key(bare_a), latin_key(bare_b)
    if key_a + "a" == key_b or key_b + "a" == key_a:  # Khrushchev, Khrushcheva
        return 0.9
    from rapidfuzz.distance import DamerauLevenshtein

    similarity = float(DamerauLevenshtein.normalized_similarity(key_a, key_b))
    if skeleton(a) == skeleton(b) and len(skeleton(a)) >= 2:
        return max(0.8, min(similarity, 0.9))
    words_a, words_b = _surname_words(a), _surname_words(b)
    if sorted(words_a) == sorted(words_b):
        return 0.9
    if words_b[: len(words_a)] == words_a and len(words_a[0]) > 3:
        return 0.89  # "Arbenz" for Arbenz Guzmán
    single = len(words_b) == 2 and len(words_a) == 1 and len(words_a[0]) > 4
    if single and skeleton(words_a[0]) == skeleton(words_b[0]):
        return 0.8  # "Dortikos" for Dorticós Torrado
    if min(len(bare_a), len(bare_b)) >= 5 and similarity >= 0.75:
        return similarity * 0.9
    return 0.0


def _surname_words(surname: str) -> list[str]:
    words = surname.replace("-", " ").split()
    return [w for w in words if w not in PARTICLES] or words


def canonical(text: str) -> str:
    """A name as American catalogues of persons write it: "Abt, John J."

    >>> canonical("Kennedy Patrick Bouvier"), canonical("Foy D. Kohler")
    ('Bouvier, Kennedy P.', 'Kohler, Foy D.')
    >>> canonical("Kennedy, Patrick Bouvier")
    'Kennedy, Patrick B.'
    """
    head, comma, tail = text.partition(",")
    if not comma:
        words = [w for w in text.split() if fold(w).strip(".") not in TITLES]
        if not words:
            return text
        head, tail = words[-1], " ".join(words[:-1])
    words = tail.split()
    if not words:
        return head.strip()
    rest = [w if fold(w).strip(".") in SUFFIXES else f"{w[0]}." for w in words[1:]]
    return f"{head.strip()}, {' '.join([words[0], *rest])}"
