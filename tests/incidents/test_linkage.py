"""Average linkage: no chains, people's decisions hold, ties are broken alike."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dateline.incidents.linkage import average_linkage, components

Pair = tuple[int, int]


def test_one_pair_does_not_chain_two_groups() -> None:
    """Two tight groups with one mistaken pair between them stay two."""
    links = {(0, 1): 3.0, (0, 2): 3.0, (1, 2): 3.0, (3, 4): 3.0, (2, 3): 2.0}
    assert average_linkage(5, links, default=-2.0, least=0.0) == [[0, 1, 2], [3, 4]]


def test_one_missing_pair_does_not_split_a_group() -> None:
    """The first and the last report of a long story need no score of their own."""
    links = {(0, 1): 3.0, (1, 2): 3.0, (0, 2): 1.0, (2, 3): 3.0, (1, 3): 3.0}
    assert average_linkage(4, links, default=-2.0, least=0.0) == [[0, 1, 2, 3]]


def test_people_put_together_and_apart() -> None:
    """What is put together is one whatever the scores; what is put apart is never one."""
    joined = average_linkage(3, {}, default=-2.0, least=0.0, together=[(0, 2)])
    assert joined == [[0, 2], [1]]
    assert average_linkage(2, {(0, 1): 6.0}, default=-2.0, least=0.0, apart=[(0, 1)]) == [[0], [1]]


def test_apart_holds_for_all_that_was_joined() -> None:
    """When 0 and 1 are apart, what joined 1 does not bring it to 0."""
    links = {(0, 2): 2.0, (1, 2): 3.0, (0, 1): 5.0}
    assert average_linkage(3, links, default=-2.0, least=0.0, apart=[(0, 1)]) == [[0], [1, 2]]


@st.composite
def _graphs(draw: st.DrawFn) -> tuple[int, dict[Pair, float]]:
    size = draw(st.integers(1, 9))
    pairs = [(a, b) for a in range(size) for b in range(a + 1, size)]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    return size, {pair: draw(st.integers(-30, 60)) / 10 for pair in chosen}


@given(_graphs())
def test_every_node_is_in_one_group(graph: tuple[int, dict[Pair, float]]) -> None:
    """The groups part the nodes, and none reaches over two components of positive pairs."""
    size, links = graph
    groups = average_linkage(size, links, default=-4.0, least=0.0)
    assert sorted(n for g in groups for n in g) == list(range(size))
    parts = components(size, [p for p, score in links.items() if score >= 0])
    assert all(any(set(g) <= set(p) for p in parts) for g in groups)


@given(_graphs())
def test_components_can_be_grouped_apart(graph: tuple[int, dict[Pair, float]]) -> None:
    """Grouping each component of positive pairs alone gives what grouping all gives."""
    size, links = graph
    whole = average_linkage(size, links, default=-4.0, least=0.0)
    out = []
    for part in components(size, [p for p, score in links.items() if score >= 0]):
        at = {n: k for k, n in enumerate(part)}
        inside = {(at[a], at[b]): s for (a, b), s in links.items() if a in at and b in at}
        out += [[part[k] for k in g] for g in average_linkage(len(part), inside, default=-4.0, least=0.0)]
    assert sorted(out) == whole
