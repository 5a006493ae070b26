"""Long lists of words in patterns, gathered by their first letters.

A pattern tries the alternatives of a list one after the other wherever a word begins, and
where it ignores case that is dear: a hundred verbs are a hundred trials. Gathered by their
first letters they are a few, and the words that one letter opens are tried only behind it.
What is found is the same.
"""

from __future__ import annotations


def by_letter(alternatives: str) -> str:
    """Alternatives parted by "|", those with the same first letter together, for a pattern that
    ignores case. What opens with no letter (a group, a look behind) stands last.

    >>> by_letter("handed|sent|hand[- ]carried|(?<=to )relay")
    '(?-i:[Hh])(?:anded|and[- ]carried)|(?-i:[Ss])ent|(?<=to )relay'
    """
    return _gathered(alternatives, "(?-i:[{0}{1}])")


def by_letter_as_written(alternatives: str) -> str:
    """The same for a pattern that does not ignore case.

    >>> by_letter_as_written("handed|Hand|held")
    'h(?:anded|eld)|Hand'
    """
    return _gathered(alternatives, None)


def _gathered(alternatives: str, either_case: str | None) -> str:
    groups: dict[str, list[str]] = {}
    others: list[str] = []
    for one in parted(alternatives):
        first = one[:1]
        if not first.isalpha() or one[1:2] in ("?", "*", "+", "{"):
            others.append(one)
        elif either_case is not None:
            letter = either_case.format(first.upper(), first.lower())
            groups.setdefault(letter, []).append(one[1:])
        else:
            groups.setdefault(first, []).append(one[1:])
    gathered = [
        letter + (rests[0] if len(rests) == 1 else f"(?:{'|'.join(rests)})")
        for letter, rests in groups.items()
    ]
    return "|".join(gathered + others)


def parted(alternatives: str) -> list[str]:
    """The alternatives of a pattern, cut at each "|" outside of groups and classes.

    >>> parted(r"a(?:b|c)|[|]d|e\\|f")
    ['a(?:b|c)', '[|]d', 'e\\\\|f']
    """
    found: list[str] = []
    start = depth = at = 0
    in_class = False
    while at < len(alternatives):
        sign = alternatives[at]
        if sign == "\\":
            at += 2
            continue
        if in_class:
            in_class = sign != "]"
        elif sign == "[":
            in_class = True
        elif sign == "|" and not depth:
            found.append(alternatives[start:at])
            start = at + 1
        else:
            depth += (sign == "(") - (sign == ")")
        at += 1
    found.append(alternatives[start:])
    return found
