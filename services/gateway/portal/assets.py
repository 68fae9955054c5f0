"""Static files, read once, served under the hash of their content and kept by browsers for ever."""

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from services.gateway.house import THEMES, Houses

FOLDER = Path(__file__).parent / "static"
ADDRESS = "/static"

_MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
_HASH_LENGTH = 12
_HEADERS = {
    "Cache-Control": "public, max-age=31536000, immutable",
    "Vary": "Accept-Encoding",
}


@dataclass(frozen=True, slots=True)
class Asset:
    media_type: str
    plain: bytes
    zipped: bytes
    digest: str

    @classmethod
    def read(cls, path: Path) -> Self:
        return cls.of(path.read_bytes(), path.suffix)

    @classmethod
    def of(cls, content: bytes, suffix: str) -> Self:
        return cls(
            media_type=_MEDIA_TYPES[suffix],
            plain=content,
            zipped=gzip.compress(content, mtime=0),
            digest=hashlib.sha256(content).hexdigest()[:_HASH_LENGTH],
        )


class Assets:
    """Every file under `static/` of a type that a page uses, and the themes."""

    def __init__(self, files: Mapping[str, Asset]) -> None:
        self._files = files

    @classmethod
    def load(cls, houses: Houses, folder: Path = FOLDER) -> Self:
        files = {
            path.relative_to(folder).as_posix(): Asset.read(path)
            for path in sorted(folder.rglob("*"))
            if path.suffix in _MEDIA_TYPES
        }
        themes = {
            f"{THEMES}/{name}.css": Asset.of(houses.sheet(name).encode(), ".css")
            for name in houses.names
        }
        return cls(files | themes)

    def names(self) -> frozenset[str]:
        return frozenset(self._files)

    def address(self, name: str) -> str:
        """Where the file is now; `KeyError` when there is none of this name."""
        return f"{ADDRESS}/{self._files[name].digest}/{name}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers `GET <mount>/<digest>/<name>`; another version than the present is not found."""
        request = Request(scope, receive)
        await self._response(request)(scope, receive, send)

    def _response(self, request: Request) -> Response:
        digest, _, name = request.scope["path"].removeprefix(f"{ADDRESS}/").partition("/")
        asset = self._files.get(name)
        if asset is None or asset.digest != digest or request.method not in ("GET", "HEAD"):
            return Response(status_code=404)
        zipped = "gzip" in request.headers.get("accept-encoding", "")
        return Response(
            asset.zipped if zipped else asset.plain,
            media_type=asset.media_type,
            headers=_HEADERS | ({"Content-Encoding": "gzip"} if zipped else {}),
        )
