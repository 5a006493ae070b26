"""What networkx reads about kgraph when it is imported: which functions it speeds up.

Kept apart from `kgraph.network.backend`, so that importing networkx loads nothing else.
"""

from __future__ import annotations

from typing import Any

FUNCTIONS = {
    "pagerank": "The same steps on a sparse matrix. No personalization, nstart or dangling.",
    "hits": "Power iteration on a sparse matrix. No nstart.",
    "betweenness_centrality": "Exact, in hops: all nodes, no weight, no endpoints.",
    "closeness_centrality": "In hops, all nodes.",
    "constraint": "All nodes.",
    "core_number": "Graphs without direction.",
    "overall_reciprocity": "",
    "triadic_census": "All nodes.",
    "attribute_assortativity_coefficient": "All nodes.",
    "connected_components": "",
    "weakly_connected_components": "",
    "strongly_connected_components": "",
    "leiden_communities": "With igraph or networkit, which the extra kgraph[fast] installs.",
}


def info() -> dict[str, Any]:
    """The `networkx.backend_info` of kgraph."""
    return {
        "backend_name": "kgraph",
        "project": "kgraph",
        "package": "kgraph",
        "short_summary": "Measures of networks of letters, computed with numpy, scipy and igraph.",
        "functions": {
            name: {"additional_docs": text} if text else {} for name, text in FUNCTIONS.items()
        },
        "default_config": {"from_edges": 1000},
    }
