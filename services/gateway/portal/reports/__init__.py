"""Reports in the portal: asking for one, reading it, opening its figures, those that are kept."""

from services.gateway.portal.reports.routes import router

__all__ = ["router"]
