"""An invoice as a document: as PDF for people, as SI-UBL for their systems.

Both are made of what the read model tells of the invoice, and of nothing else: the same invoice
is the same document whenever it is asked for.
"""
