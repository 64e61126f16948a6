"""What is the same in several documents: copies, entities, events, and what became of plans."""

from kg.identity.links import Links, find_links, merged, merged_lines, read_links, write_links

__all__ = ["Links", "find_links", "merged", "merged_lines", "read_links", "write_links"]
