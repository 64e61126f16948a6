"""How likely an event is true of its article: signs of how it was read ─▶ a learnt, calibrated probability."""

from kg.events.judge.judge import Judge
from kg.events.judge.signs import SignReader

__all__ = ["Judge", "SignReader"]
