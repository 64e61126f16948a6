"""Training of the shipped German pipeline: ``python -m kg.training CORPORA OUT``.

Nothing here is imported by the program itself; it needs the ``train`` extra.
"""
