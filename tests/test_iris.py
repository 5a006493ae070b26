"""Local ids and IRIs lead to each other, whatever people write in an id."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgraph import iris

segments = st.text(
    st.characters(blacklist_categories=("Cs", "Cc", "Zs"), blacklist_characters="/%"), min_size=1
)


@given(st.lists(segments, min_size=1, max_size=4))
def test_a_document_id_survives_the_way_to_its_iri_and_back(parts: list[str]) -> None:
    local_id = "/".join(parts)
    assert iris.local(iris.document(local_id)) == local_id


@given(st.sampled_from(["person", "place", "event"]), segments)
def test_a_thing_survives_too(kind: str, name: str) -> None:
    local_id = f"{kind}/{name}"
    iri = iris.thing(local_id)
    assert iris.local(iri) == local_id
    assert not set(iri) & set(' <>"{}|\\^`#?')


@pytest.mark.parametrize(
    ("local_id", "end"),
    [
        ("frus/21", "id/document/frus/21"),
        ("person/kohler", "id/person/kohler"),
        ("channel/hand-delivery", "channel/hand-delivery"),
        ("event/assassination", "id/event/assassination"),
    ],
)
def test_published_iris_keep_their_shape(local_id: str, end: str) -> None:
    assert iris.thing(local_id) == iris.DEFAULT_BASE + end


def test_foreign_iris_are_left_alone() -> None:
    assert iris.local("http://viaf.org/viaf/1") == "http://viaf.org/viaf/1"


def test_notation_and_slug_name_one_channel() -> None:
    assert iris.channel("hand delivery") == iris.channel("hand-delivery")
