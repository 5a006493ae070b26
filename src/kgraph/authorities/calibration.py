"""From a matcher's score to the share of right links that was measured."""

from __future__ import annotations


def calibrated(probability: float) -> float:
    """The calibrated probability of a raw one."""
    return probability
