"""How a text is read, step by step: what ``kg read`` tells."""

from kg.reading.account import Account
from kg.reading.lines import lines
from kg.reading.steps import account

__all__ = ["Account", "account", "lines"]
