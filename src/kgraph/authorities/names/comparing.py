"""Two written names compared: log-odds that they are of one person, and why.

Agreement and contradiction of surname, given names and suffix are summed in the manner of
Fellegi and Sunter (1969); how spellings are compared is said in `spellings` and `sounds`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from kgraph.authorities.names import Name
from kgraph.authorities.names.sounds import HEARD, heard, sounds
from kgraph.authorities.names.spellings import given_like, is_initial, surname_like

SUFFIX = "the same suffix"
YOUNGER = "known as the younger of the name"


def sound(reasons: Sequence[str]) -> bool:
    """Whether the surname of a match is the one written, or a romanisation of it."""
    return bool(reasons) and reasons[0].startswith(("same", "surname romanised"))


def compare_names(a: Name, b: Name) -> tuple[float, list[str]]:
    """Log-odds that two names are of one person, by their spelling alone, and why."""
    near = compare_surnames(a.surname, b.surname)
    return compare_rest(near, a, b) if near else (-99.0, [])


@lru_cache(maxsize=400_000)
def compare_surnames(a: str, b: str) -> tuple[float, str] | None:
    """Log-odds that two surnames are one, and why; None where nothing speaks for it."""
    near = surname_like(a, b)
    alike = heard(a, b) if near < 0.89 else 0.0
    if near == 0.0 and alike == 0.0:
        return None
    if near >= 0.999:
        return 4.0, "same surname"
    if near >= 0.95:
        return 3.2, f"surname romanised otherwise ({b})"
    if near >= 0.89:
        return 2.6, f"surname in another form ({b})"
    if alike:
        score = 0.6 + 10 * (alike - HEARD)
        return max(score, 1.2) if near >= 0.8 else score, f"surname by its sound ({b})"
    if near >= 0.8:
        return 1.2, f"surname by way of another alphabet ({b})"
    return near - 0.6, f"surname spelt otherwise ({b})"


def compare_rest(near: tuple[float, str], a: Name, b: Name) -> tuple[float, list[str]]:
    score, why = near[0], [near[1]]
    given, reasons = compare_given(a.given, b.given)
    score += given
    why += reasons
    if a.suffix and b.suffix:
        score += 0.7 if a.suffix == b.suffix else -4.0
        why += [SUFFIX] if a.suffix == b.suffix else []
    elif (a.suffix or b.suffix) in ("jr", "ii", "iii", "iv"):
        if a.suffix:
            return score - 0.3, why
        score -= 0.3 if "second name agrees" in why else 0.9
        why += [YOUNGER]
    return score, why


@lru_cache(maxsize=200_000)
def first_like(a: str, b: str) -> float:
    """`given_like`, with names that sound alike ("Godfri", "Godfrey") as forms of one."""
    near = given_like(a, b)
    if near < 0.9 and min(len(a), len(b)) >= 5 and heard(a, b) >= 0.95:
        return 0.9
    if near < 0.75 and min(len(a), len(b)) > 1 and not (is_initial(a) or is_initial(b)):
        return 0.75 if sounds(a) == sounds(b) else near  # "To", "Tho"
    return near


def compare_given(a: tuple[str, ...], b: tuple[str, ...]) -> tuple[float, list[str]]:
    """Log-odds from given names: in order, with a dropped first name or initial allowed.

    Contradicting given names (Robert, John) weigh against more than any surname for.
    """
    a, b = _told(a), _told(b)
    if not a:
        return (0.3, []) if not b else (0.0, [])
    if not b:
        return -1.0, []
    direct, how = _in_order(a, b)
    if direct < 0:
        for shorter, longer in ((a, b), (b, a)):
            if len(longer) > 1:  # "Averell William" for "W. Averell"; "Thomas Hale" for "Hale"
                dropped, how2 = _in_order(shorter, longer[1:])
                if how2[:1] == ["initial agrees"] and not is_initial(longer[0]):
                    continue  # "Chester R." is not Richard
                dropped -= 0.8 if len(shorter) < len(longer) else 2.5
                if dropped > direct:
                    direct, how = dropped, how2
        if len(a) > 1 and len(b) > 1:
            swapped, how2 = _in_order((a[1], a[0], *a[2:]), b)
            if swapped - 0.5 > direct:
                direct, how = swapped - 0.5, how2
    return direct, how


_IGNORED = frozenset({"al", "el", "ibn", "bin", "al-", "abd"})


def _told(given: tuple[str, ...]) -> tuple[str, ...]:
    """Given names without articles, and without the "e" and "y" that stand between two."""
    last = len(given) - 1
    return tuple(
        w
        for i, w in enumerate(given)
        if w not in _IGNORED and not (w in ("e", "y") and 0 < i < last)
    )


def _in_order(a: tuple[str, ...], b: tuple[str, ...]) -> tuple[float, list[str]]:
    first = first_like(a[0], b[0])
    if first == 0.0:
        return -9.0, [f"given names differ ({a[0]}, {b[0]})"]
    if first >= 0.99:
        score, how = 3.0, ["same given name"]
    elif first >= 0.74:
        score, how = (2.3 if first >= 0.9 else 1.3), [f"forms of one given name ({a[0]}, {b[0]})"]
    else:
        score, how = 1.0, ["initial agrees"]
    if len(a) > 1 and len(b) > 1:
        second = first_like(a[1], b[1])
        if second == 0.0:
            later = max((first_like(x, y) for x in a[1:] for y in b[1:]), default=0.0)
            score += 0.2 if later else (-4.5 if is_initial(a[1]) or is_initial(b[1]) else -3.0)
            if not later:
                how.append(f"second names differ ({a[1]}, {b[1]})")
        else:
            score += 1.8 if second >= 0.74 else 1.3
            how.append("second name agrees")
    return score, how
