"""Invoices as documents, objections to them, corrections, and how invoices name organisations."""

from services.gateway.portal.disputes.routes import router

__all__ = ["router"]
