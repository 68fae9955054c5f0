"""Nobody but this machine may reach the development issuer."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.requests import Request

from chassis.errors import PartnerForbidden
from services.gateway.settings import GatewaySettings


class NotOnLoopback(RuntimeError):
    """The development issuer would be within others' reach."""


def require_loopback(settings: GatewaySettings) -> None:
    """Raises `NotOnLoopback`, naming every address of the system that is not on loopback."""
    addresses = {
        "gateway_host": settings.gateway_host,
        "listen_host": settings.listen_host,
        "public_url": _host(settings.public_url),
        "oidc_issuer": _host(settings.issuer),
        "DATABASE_URL": _host(settings.database_url) if settings.database_url else "127.0.0.1",
    }
    for number, url in enumerate(settings.nats_url.split(",")):
        addresses[f"NATS_URL[{number}]"] = _host(url.strip())
    exposed = [f"{name} = {host!r}" for name, host in addresses.items() if not is_loopback(host)]
    if exposed:
        raise NotOnLoopback(
            "the development issuer lets anybody in and runs on loopback only; not so: "
            + ", ".join(exposed)
        )


async def local_only(request: Request) -> None:
    """Told as unknown to a caller from elsewhere, and to a page under another name (rebinding)."""
    caller = request.client.host if request.client else ""
    if not is_loopback(caller) or not is_loopback(_host(f"//{request.headers.get('host', '')}")):
        raise PartnerForbidden


def is_loopback(host: str) -> bool:
    """An address of this machine only, or the name that always means it (RFC 6761)."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _host(url: str) -> str:
    """The host of a URL; empty, hence refused, when it has none that can be read."""
    try:
        return urlsplit(url if "//" in url else f"//{url}").hostname or ""
    except ValueError:
        return ""
