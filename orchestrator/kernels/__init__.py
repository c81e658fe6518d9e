"""Kernels: pure functions over plain arrays, one source each, compiled when the network is large."""

from orchestrator.kernels.between import carried_from, fold_pendants
from orchestrator.kernels.compiled import WORTH_COMPILING, Kernel, kernel, part
from orchestrator.kernels.cuts import smallest_cut
from orchestrator.kernels.disjoint import three_routes
from orchestrator.kernels.estimate import Between, betweenness
from orchestrator.kernels.key_reach import best_reach
from orchestrator.kernels.key_sets import all_sets, exchanged
from orchestrator.kernels.loss import shared_above, worsened_by
from orchestrator.kernels.lowlink import Tree, best_after, hanging, pairs_left, walk
from orchestrator.kernels.outward import only_through, pieces, routes_through, steps_by_layers, steps_from
from orchestrator.kernels.removal import reach_left
from orchestrator.kernels.routes import routes_drawn
from orchestrator.kernels.rows import Rows, rows_of
from orchestrator.kernels.triangles import around_each, between_sectors

__all__ = [
    "WORTH_COMPILING",
    "Between",
    "Kernel",
    "Rows",
    "Tree",
    "all_sets",
    "around_each",
    "best_after",
    "best_reach",
    "between_sectors",
    "betweenness",
    "carried_from",
    "exchanged",
    "fold_pendants",
    "hanging",
    "kernel",
    "only_through",
    "pairs_left",
    "part",
    "pieces",
    "reach_left",
    "routes_drawn",
    "routes_through",
    "rows_of",
    "shared_above",
    "smallest_cut",
    "steps_by_layers",
    "steps_from",
    "three_routes",
    "walk",
    "worsened_by",
]
