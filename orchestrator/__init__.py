"""Orchestrate missions: who is in, where nobody is, what hangs on one body, whom to bring in next."""

__version__ = "0.1.0"

__all__ = ["__version__"]
