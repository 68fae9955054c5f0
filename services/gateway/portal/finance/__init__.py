"""Finance in the portal: the controller's year, the partner's bill explained, the board's figures.

Forms are tables of fields (`forms/`); the pages that lead to them read what `projection` holds.
"""

from services.gateway.portal.finance.routes import router

__all__ = ["router"]
