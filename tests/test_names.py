"""Names as sources write them, and the keys under which spellings meet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgraph.authorities.names import canonical, parse
from kgraph.authorities.names.blocking import keys, recall
from kgraph.authorities.names.spellings import fold, given_like, latin_key, skeleton, surname_like


@pytest.mark.parametrize(
    ("written", "surname", "given"),
    [
        ("Marlowe, Edwin T.", "marlowe", ("edwin", "t")),
        ("Edwin T. Marlowe", "marlowe", ("edwin", "t")),
        ("Comrade P.Yu. Sokolin", "sokolin", ("p", "yu")),
        ("Sokolin P.Yu.", "sokolin", ("p", "yu")),
        ("Admiral Sir Hugh Tarrant", "tarrant", ("hugh",)),
        ("General of the Army Amos Pell", "pell", ("amos",)),
        ("Tarrant, Prince", "tarrant", ()),
        ("Marlowe, Dean", "marlowe", ("dean",)),
        ("M.A. Sokolin", "sokolin", ("m", "a")),
        ("Sokolin, M.", "sokolin", ("m",)),
        ("M. Sokolin", "sokolin", ()),
        ("Duval, M. Georges", "duval", ("georges",)),
    ],
)
def test_the_likeliest_reading_of_a_name(written, surname, given):
    first = parse(written)[0]
    assert (first.surname, first.given) == (surname, given)


def test_suffix_and_title_are_no_part_of_the_name():
    name = parse("Lt. Gen. Amos B. Pell, Jr.")[0]
    assert name.suffix == "jr"
    assert "gen" in name.titles
    assert name.surname == "pell"


def test_brackets_are_further_spellings():
    assert any(n.surname == "eiken" for n in parse("Aykin (Eiken) Georgiy"))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Yefremov", "Efremov"),
        ("Khrushchev", "Khruschev"),
        ("Georgiy", "Georgi"),
        ("Yuriy", "Iurii"),
    ],
)
def test_romanisations_of_one_cyrillic_name_share_a_key(a, b):
    assert latin_key(a) == latin_key(b)


@pytest.mark.parametrize(
    ("a", "b"),
    [("Herter", "Gerter"), ("Rusk", "Rask"), ("McCone", "McCoun"), ("Kohler", "Koler")],
)
def test_western_names_meet_again_after_cyrillic(a, b):
    assert skeleton(a) == skeleton(b)
    assert surname_like(fold(a), fold(b)) >= 0.8


@pytest.mark.parametrize(("a", "b"), [("rusk", "ransom"), ("brown", "bruns"), ("smith", "schmitz")])
def test_other_names_stay_other(a, b):
    assert surname_like(a, b) < 0.8


def test_robert_is_never_john():
    assert given_like("robert", "john") == 0
    assert given_like("robert", "bobby") > 0.8
    assert 0 < given_like("r", "robert") < given_like("robert", "robert")


def test_a_part_of_a_double_surname_finds_it_but_not_the_other_way():
    assert surname_like("arbenz", "arbenz guzman") > 0.8
    assert surname_like("arbenz guzman", "guzman lopez") == 0


def test_canonical_form():
    assert (
        canonical("Pell, Amos Brutus, Jr.") == "Pell, Amos B. Jr."
        or canonical("Pell, Amos Brutus") == "Pell, Amos B."
    )


def test_blocks_keep_misspelt_pairs_together():
    known = [("Gerter Kristian", ["Herter, Christian A."]), ("Efremov L.", ["Yefremov, Leonid"])]
    assert recall(known) == 1.0
    assert recall(known, levels="=") == 0.0
    assert len(set(keys(parse("Marlowe, Edwin")[0]))) >= 3


@given(st.text(max_size=60))
def test_any_text_is_read_without_failing_and_keys_are_stable(text):
    for name in parse(text):
        assert name.surname
        assert list(keys(name)) == list(keys(name))


@given(
    st.from_regex(r"[A-Z][a-z]{2,9}", fullmatch=True),
    st.from_regex(r"[A-Z][a-z]{2,9}", fullmatch=True),
)
def test_likeness_is_full_for_the_same_and_bounded(a, b):
    assert surname_like(fold(a), fold(a)) == 1.0
    assert 0.0 <= surname_like(fold(a), fold(b)) <= 1.0
