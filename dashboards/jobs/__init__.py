"""Work that takes longer than an answer may: done by processes of our own, once for everybody, with progress."""

from dashboards.jobs.board import Jobs
from dashboards.jobs.progress import Progress, StillWorking, Stopped, Tell

__all__ = ["Jobs", "Progress", "StillWorking", "Stopped", "Tell"]
