"""Taking in the rows of files: budgets, bookings, risks and loans.

Each row, or the rows that are one thing together, becomes the same command that a person would
give. What is there already with the same content is left as it is.
"""

from services.finance.imports.command import ImportRows
from services.finance.imports.handler import import_rows

__all__ = ["ImportRows", "import_rows"]
