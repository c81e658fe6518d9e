"""Graph files of other programs as evidence of ties: read strictly, each by a reader of its own."""

from orchestrator.intake.evidence.graphs.adjacency import fits_adjacency, read_adjacency
from orchestrator.intake.evidence.graphs.gexf import read_gexf
from orchestrator.intake.evidence.graphs.graphml import read_graphml
from orchestrator.intake.evidence.graphs.kumu import fits_kumu, read_kumu
from orchestrator.intake.evidence.graphs.pajek import read_pajek
from orchestrator.intake.evidence.graphs.ucinet import read_ucinet

__all__ = [
    "fits_adjacency",
    "fits_kumu",
    "read_adjacency",
    "read_gexf",
    "read_graphml",
    "read_kumu",
    "read_pajek",
    "read_ucinet",
]
