"""What a revision would change, and for whom."""

from starlette.responses import Response

from services.gateway.portal.forms import Filling
from services.gateway.portal.visit import Visit


async def preview(visit: Visit, filling: Filling) -> Response:
    """The consequences, with the form in the page as it was filled in."""
    told = await visit.view("revision-preview", **filling.body())
    return await visit.page("keeping_preview.html", preview=told, filling=filling)
