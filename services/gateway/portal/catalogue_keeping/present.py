"""What the keepers' forms are about, as it is now: its version, and what a form opens with."""

from collections.abc import Mapping
from typing import Any

from chassis.errors import PartnerForbidden, Refused
from services.gateway.portal.forms import Ids, Present
from services.gateway.portal.visit import Visit

WEEK = [{"weekday": day, "opens": "08:00", "closes": "17:00"} for day in range(1, 6)]
"""With which a new calendar opens."""


async def item(visit: Visit, ids: Ids) -> Present:
    found = (await _view(visit, "catalogue-keeping-item", item=ids["item"]))["item"]
    content = found["draft"] or found["versions"][-1]["content"]
    return Present(found["aggregate_version"], content["name"], {"content": content})


async def calendar(visit: Visit, ids: Ids) -> Present:
    found = await _only(visit, "calendars", calendar=ids["calendar"])
    newest = found["versions"][-1]
    return Present(found["aggregate_version"], newest["name"], _timeless(newest))


async def level(visit: Visit, ids: Ids) -> Present:
    """`item` null or `-` is the default of the domain."""
    asked = {**ids, "item": ids.get("item") or "-"}
    names = ("domain", "item", "kind", "priority")
    found = await _only(visit, "service-levels", **{name: asked[name] for name in names})
    return Present(
        found["aggregate_version"], found["item"] or "", _timeless(found["versions"][-1])
    )


async def experience(visit: Visit, ids: Ids) -> Present:
    names = ("partner", "domain")
    found = await _only(visit, "experience-targets", **{name: ids[name] for name in names})
    newest = _timeless(found["versions"][-1])
    return Present(found["aggregate_version"], await _named(visit, ids["partner"]), newest)


async def agreement(visit: Visit, ids: Ids) -> Present:
    found = await _only(visit, "agreements", agreement=ids["agreement"])
    return Present(found["aggregate_version"], found["agreement"], found["versions"][-1]["terms"])


async def partner(visit: Visit, ids: Ids) -> Present:
    for found in (await visit.view("partners"))["partners"]:
        if found["slug"] == ids["partner"]:
            return Present(found["version"], found["name"])
    raise PartnerForbidden


async def _only(visit: Visit, query: str, **params: Any) -> dict[str, Any]:
    items: list[dict[str, Any]] = (await _view(visit, query, **params))["items"]
    if not items:
        raise PartnerForbidden
    return items[0]


async def _view(visit: Visit, query: str, **params: Any) -> dict[str, Any]:
    """A read model; what cannot exist is not found either."""
    try:
        return await visit.view(query, **params)
    except Refused as refused:
        if refused.faults[0].kind != "invalid":
            raise
        raise PartnerForbidden from None


async def _named(visit: Visit, slug: str) -> str:
    return next((one.name for one in await visit.partners() if one.slug == slug), slug)


def _timeless(version: Mapping[str, Any]) -> dict[str, Any]:
    """All of a version but since when and why it holds: the next has its own."""
    own = ("valid_from", "reason")
    return {name: value for name, value in version.items() if name not in own}
