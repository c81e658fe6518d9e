"""Missing partners: whom to bring in, whom to introduce to each other, and for what nobody is known."""

from orchestrator.partners.asked import advice
from orchestrator.partners.request import Request, SectorLimit, read_sectors
from orchestrator.partners.sure import chosen_in_worlds

__all__ = ["Request", "SectorLimit", "advice", "chosen_in_worlds", "read_sectors"]
