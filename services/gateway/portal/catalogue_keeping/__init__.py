"""Keeping the catalogue: forms for everything that the catalogue manager sets or agrees.

A form is a table of fields (`forms.py`) that becomes one command. What the service refuses comes
back beside the field that it names; the pages that lead to the forms are in `items.py` and
`lists.py`.
"""

from services.gateway.portal.catalogue_keeping.routes import router

__all__ = ["router"]
