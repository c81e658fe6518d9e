"""Where things go in a picture: frozen frames in, positions out. Nothing here knows of missions, packs or pages."""

from orchestrator.drawing.coverage_frame import Capability, CoverageFrame, Need, Place
from orchestrator.drawing.ring import MissingPartner, RingFrame, RingPicture, ring_json, ring_layout

__all__ = [
    "Capability",
    "CoverageFrame",
    "MissingPartner",
    "Need",
    "Place",
    "RingFrame",
    "RingPicture",
    "ring_json",
    "ring_layout",
]
