"""A file per format (or family of formats), each with ``read(piece, settings)``: piece ─▶ articles, further pieces, problems.

A reader gives what it finds in order, touches no other file, and opens no connection. To add one: a line in `kg.documents.registry`.
"""
