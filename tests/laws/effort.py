"""How hard the laws are tried.

They run over the same examples every time, so that a red run means a change, not luck. To look for what nobody has
seen yet, let luck in: ``LAWS_TIMES=20 python -m pytest tests/laws`` tries twenty times as many, other ones each time.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, Final

from hypothesis import HealthCheck, seed, settings

TIMES: Final = int(os.environ.get("LAWS_TIMES", "0"))
_ALWAYS: Final = 20261123


def tried(examples: int) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Try a law on so many examples, without a clock."""
    effort = settings(
        max_examples=examples * max(1, TIMES),
        deadline=None,
        database=None,
        suppress_health_check=(HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much),
    )
    return lambda law: effort(law if TIMES else seed(_ALWAYS)(law))
