"""The same engines as containers, for the same tests, where a Docker engine answers."""

import gc
import warnings
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from chassis.credentials import MAX_PAYLOAD_BYTES, write_private

POSTGRES_IMAGE = "postgres:18-alpine"
NATS_IMAGE = "nats:2-alpine"
NATS_PORT = 4222
API_VERSION = "1.44"
"""Of Docker: named, so that the client asks nothing before it can be closed."""


def unavailable() -> str | None:
    """Why no containers can be run here, or `None`."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        reason = _refusal()
        gc.collect()  # Docker's client leaves a socket behind when nobody answers
    return reason


def _refusal() -> str | None:
    try:
        import docker  # noqa: PLC0415  only tests on containers have it

        with closing(docker.from_env(version=API_VERSION)) as engine:
            engine.ping()
    except Exception as error:  # noqa: BLE001  whatever it is, it is the reason
        return f"no Docker engine answers: {error}"
    return None


@contextmanager
def postgres() -> Iterator[str]:
    """A PostgreSQL; yields the URL of its superuser."""
    from testcontainers.postgres import PostgresContainer  # noqa: PLC0415  as above

    with PostgresContainer(POSTGRES_IMAGE, driver=None) as container:
        yield container.get_connection_url()


@contextmanager
def nats(folder: Path, accounts: str) -> Iterator[str]:
    """A NATS with JetStream and these accounts; yields where clients connect."""
    from testcontainers.core.container import DockerContainer  # noqa: PLC0415  as above
    from testcontainers.core.waiting_utils import wait_for_logs  # noqa: PLC0415

    write_private(
        folder / "nats.conf",
        f"port: {NATS_PORT}\nmax_payload: {MAX_PAYLOAD_BYTES}\n"
        f'jetstream {{ store_dir: "/data", sync_interval: always }}\n{accounts}',
    )
    container = (
        DockerContainer(NATS_IMAGE)
        .with_command("-c /configuration/nats.conf")
        .with_volume_mapping(str(folder), "/configuration", "ro")
        .with_exposed_ports(NATS_PORT)
    )
    with container:
        wait_for_logs(container, "Server is ready")
        yield f"nats://{container.get_container_host_ip()}:{container.get_exposed_port(NATS_PORT)}"
