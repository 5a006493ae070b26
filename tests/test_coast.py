"""The outlines of land that ship lie on a map around any meridian."""

from __future__ import annotations

import numpy as np
import pytest

from kgraph.plots import coast
from kgraph.plots.map import _within_the_map


def area(ring: np.ndarray) -> float:
    x, y = ring[:, 0], ring[:, 1]
    return abs(float(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1)))) / 2


@pytest.mark.parametrize("centre", [-150.0, -40.0, 0.0, 25.0, 175.0])
def test_no_land_is_lost_wherever_the_map_is_cut(centre: float) -> None:
    land = coast.shipped()
    whole = sum(area(ring) for ring in land)
    parts = [part for ring in land for part in _within_the_map(ring, centre)]
    assert all(np.abs(part[:, 0]).max() <= 180 for part in parts)
    assert sum(area(part) for part in parts) == pytest.approx(whole, rel=0.02)


def test_the_continents_are_there() -> None:
    land = sorted(coast.shipped(), key=area)
    assert len(land) > 50
    assert np.ptp(land[-1][:, 0]) > 150, "Eurasia and Africa are one piece"
