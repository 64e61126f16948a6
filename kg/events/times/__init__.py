"""A text ─▶ its times, each with days or bounds and with TIMEX3's value and type.

*words* ─▶ *grammar* (forms of ``time.toml``) ─▶ *meanings* against the day of publication and what is told before
─▶ *phrases*: *seit*, *bis*, *von … bis*. No false precision: what cannot be dated keeps its words only.
"""

from kg.events.times.context import Direction
from kg.events.times.publication import Publication, PublicationReader
from kg.events.times.tagger import TimeExpression, TimeReader, time_reader

__all__ = ["Direction", "Publication", "PublicationReader", "TimeExpression", "TimeReader", "time_reader"]
