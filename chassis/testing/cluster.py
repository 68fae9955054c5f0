"""Three NATS servers as one cluster, with every link between them in our hands."""

import asyncio
from dataclasses import dataclass, field
from itertools import permutations
from pathlib import Path

from chassis.credentials import MAX_PAYLOAD_BYTES, write_private
from chassis.ports import free_port
from chassis.testing.processes import Process
from chassis.testing.proxy import Proxy

NODES = 3
NOWHERE = "127.0.0.1:1"
"""What a node tells others to reach it by: they keep to the links that they were given."""


@dataclass(slots=True)
class Node:
    """One server. `store` is where its streams live."""

    name: str
    folder: Path
    store: Path
    port: int = field(default_factory=free_port)
    route_port: int = field(default_factory=free_port)


class Cluster:
    """The servers, their processes, and a proxy for each direction of each link.

    `stores` puts the streams of a node, by its number, elsewhere than below `folder`.
    """

    def __init__(
        self, binary: Path, accounts: str, folder: Path, *, stores: dict[int, Path] | None = None
    ) -> None:
        self._accounts = accounts
        self.nodes = [
            Node(
                f"nats-{number}",
                folder / f"nats-{number}",
                (stores or {}).get(number, folder / f"nats-{number}"),
            )
            for number in range(1, NODES + 1)
        ]
        self.processes = {
            node.name: Process(
                node.name,
                [str(binary), "--config", str(node.folder / "nats.conf")],
                {},
                node.folder / "nats.log",
            )
            for node in self.nodes
        }
        self.links = {
            (one.name, other.name): Proxy(other.route_port)
            for one, other in permutations(self.nodes, 2)
        }

    async def start(self) -> None:
        """Start the links and the servers; they may not have found each other yet."""
        for link in self.links.values():
            await link.start()
        for node in self.nodes:
            node.folder.mkdir(parents=True, exist_ok=True)
            write_private(node.folder / "nats.conf", self._configuration(node))
        await asyncio.gather(*(process.start() for process in self.processes.values()))

    async def stop(self) -> None:
        await asyncio.gather(*(process.kill() for process in self.processes.values()))
        for link in self.links.values():
            await link.stop()

    def isolate(self, name: str) -> None:
        """Cut this node off from the others; its clients stay."""
        for ends, link in self.links.items():
            if name in ends:
                link.cut()

    def join(self, name: str) -> None:
        for ends, link in self.links.items():
            if name in ends:
                link.heal()

    def _configuration(self, node: Node) -> str:
        routes = ", ".join(
            f'"nats://127.0.0.1:{link.port}"'
            for (one, _), link in self.links.items()
            if one == node.name
        )
        return f"""server_name: {node.name}
listen: "127.0.0.1:{node.port}"
max_payload: {MAX_PAYLOAD_BYTES}
jetstream {{
  store_dir: "{node.store}"
  sync_interval: always
}}
cluster {{
  name: bodemplaat
  listen: "127.0.0.1:{node.route_port}"
  advertise: "{NOWHERE}"
  no_advertise: true
  routes: [{routes}]
}}
{self._accounts}"""
