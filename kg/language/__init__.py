"""Text ─▶ Parse ─▶ Clauses: the pipeline, sentence boundaries, lemmas, grammar."""
