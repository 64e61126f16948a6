"""Title phrases ─▶ who holds which office of whom."""

from kg.entities.offices.holdings import note_titles, office_nouns, read_offices

__all__ = ["note_titles", "office_nouns", "read_offices"]
