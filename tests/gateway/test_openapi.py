"""The API describes itself, and keeps the NL API Design Rules."""

import asyncio
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

RULES = Path(__file__).parents[3] / "shared/standards/nl-api-design-rules.spectral.yaml"
METHODS = {"get", "post"}


async def document(door: Any) -> dict[str, Any]:
    answer = await door.get("/v1/openapi.json")
    assert answer.status_code == 200
    return answer.json()


def operations(described: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, item in described["paths"].items():
        for method, operation in item.items():
            yield f"{method.upper()} {path}", operation


async def test_it_keeps_the_api_design_rules(open_door: Any, tmp_path: Path) -> None:
    if not RULES.exists():
        pytest.skip("the ruleset of the NL API Design Rules is absent")
    npx = shutil.which("npx")
    if npx is None:
        pytest.skip("npx is absent")
    door = await open_door(
        public_url="https://api.bodemplaat.example",
        oidc_issuer="https://inloggen.example",
        dev_issuer=False,
    )
    path = tmp_path / "openapi.json"
    path.write_text(json.dumps(await document(door)))
    linter = await asyncio.create_subprocess_exec(
        npx,
        *("--yes", "@stoplight/spectral-cli", "lint", "--fail-severity=warn", "-r"),
        *(str(RULES), str(path)),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    output, complaint = await linter.communicate()
    if b"npm error code" in complaint:
        pytest.skip("the linter cannot be fetched here")
    assert linter.returncode == 0, output.decode() + complaint.decode()


async def test_anybody_may_read_it_from_any_page(door: Any) -> None:
    answer = await door.get("/v1/openapi.json", headers={"Origin": "https://elders.example"})
    assert answer.headers["access-control-allow-origin"] == "*"


async def test_it_describes_every_route_of_the_api_and_no_other(door: Any) -> None:
    described = {name for name, _ in operations(await document(door))}
    decided = {
        f"{method} {path.removeprefix('/v1')}"
        for method, path in door.app.state.access
        if path.startswith("/v1/") and path != "/v1/openapi.json"
    }
    assert described == decided


async def test_every_operation_tells_its_refusals_and_who_may_use_it(door: Any) -> None:
    for name, operation in operations(await document(door)):
        assert {"400", "401", "403", "404", "429", "503", "504"} <= set(operation["responses"]), (
            name
        )
        assert "422" not in operation["responses"], name
        assert "Roles: " in operation["description"], name
        assert operation["summary"], name
        if name.startswith("POST"):
            assert {"409", "412", "413", "415"} <= set(operation["responses"]), name


async def test_names_of_properties_are_camel_case(door: Any) -> None:
    for schema in (await document(door))["components"]["schemas"].values():
        for name in schema.get("properties", {}):
            assert name == "_links" or (name[0].islower() and "_" not in name)
