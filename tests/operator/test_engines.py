"""The embedded engines: they start, keep their data, survive a kill, and leave nobody behind."""

import asyncio
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import nats
import psutil
import psycopg
import pytest
import pytest_asyncio

from bodemplaat.engines import postgres
from bodemplaat.engines.nats import Nats
from bodemplaat.engines.postgres import Postgres, binaries
from bodemplaat.engines.process import EngineFailedError
from bodemplaat.engines.state import State
from chassis.credentials import Credentials, accounts_config


@pytest_asyncio.fixture
async def server(tmp_path: Path) -> AsyncIterator[Postgres]:
    engine = Postgres(tmp_path / "postgres", durable=False)
    await engine.start()
    yield engine
    await engine.stop()
    engine.forget()


@pytest_asyncio.fixture
async def broker(tmp_path: Path) -> AsyncIterator[Nats]:
    accounts = accounts_config(Credentials(tmp_path / "credentials"))
    engine = Nats(tmp_path / "nats", accounts, durable=False)
    await engine.start()
    yield engine
    await engine.stop()


def ask(url: str, query: str) -> str:
    with psycopg.connect(url, autocommit=True) as connection:
        row = connection.execute(query.encode()).fetchone()
        assert row is not None
        return str(row[0])


def postmaster(server: Postgres) -> psutil.Process:
    assert server.pid is not None
    return psutil.Process(server.pid)


async def test_postgres_18_listens_on_loopback_and_asks_for_a_password(server: Postgres) -> None:
    assert ask(server.admin_url, "SHOW server_version").startswith("18")
    assert ask(server.admin_url, "SHOW listen_addresses") == "127.0.0.1"
    assert ask(server.admin_url, "SHOW unix_socket_directories") == ""
    wrong = server.admin_url.replace("bodemplaat:", "bodemplaat:not-")
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        ask(wrong, "SELECT 1")


async def test_postgres_syncs_each_commit_when_it_must_keep_them(tmp_path: Path) -> None:
    server = Postgres(tmp_path)
    await server.start()
    try:
        assert ask(server.admin_url, "SHOW fsync") == "on"
        assert ask(server.admin_url, "SHOW synchronous_commit") == "on"
    finally:
        await server.stop()
        server.forget()


async def test_postgres_never_runs_as_root(server: Postgres) -> None:
    assert postmaster(server).uids().real != 0


async def test_a_second_start_finds_data_and_address_again(server: Postgres) -> None:
    first = server.admin_url
    ask(first, "SELECT lo_put(lo_create(7), 0, 'kept')")
    await server.stop()
    await server.start()
    assert server.admin_url == first
    assert ask(first, "SELECT convert_from(lo_get(7), 'UTF8')") == "kept"


async def test_a_killed_server_starts_again_over_its_stale_files(server: Postgres) -> None:
    postmaster(server).kill()
    await server.stop()
    await server.start()
    assert ask(server.admin_url, "SELECT 1") == "1"


async def test_a_server_that_was_left_running_is_stopped_first(server: Postgres) -> None:
    left = postmaster(server)
    successor = Postgres(server.directory, durable=False)
    await successor.start()
    try:
        assert not left.is_running() or left.status() == psutil.STATUS_ZOMBIE
        assert ask(successor.admin_url, "SELECT 1") == "1"
    finally:
        await successor.stop()


async def test_a_stale_process_id_of_somebody_else_is_left_alone(server: Postgres) -> None:
    await server.stop()
    stranger = subprocess.Popen(["/bin/sleep", "60"])  # noqa: ASYNC220  it only has to be there
    pid_file = server.data_folder() / "postmaster.pid"
    pid_file.write_text(f"{stranger.pid}\n")
    try:
        await server.start()
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


async def test_a_taken_port_is_exchanged_for_a_free_one(server: Postgres) -> None:
    await server.stop()
    before = State(server.directory / "state.json").port("port")
    with socket.create_server(("127.0.0.1", before)):
        await server.start()
    assert f":{before}/" not in server.admin_url
    assert ask(server.admin_url, "SELECT 1") == "1"


async def test_nothing_remains_of_a_server_that_is_forgotten(server: Postgres) -> None:
    await server.stop()
    data = server.data_folder()
    server.forget()
    assert not data.exists()
    assert not server.directory.exists()


async def test_an_engine_that_cannot_start_tells_its_last_log_lines(server: Postgres) -> None:
    await server.stop()
    (server.data_folder() / "PG_VERSION").write_text("9\n")
    with pytest.raises(EngineFailedError, match="incompatible"):
        await server.start()


async def test_secrets_are_readable_by_their_owner_only(server: Postgres, broker: Nats) -> None:
    for file in (server.directory / "state.json", broker.directory / "nats.conf"):
        assert file.stat().st_mode & 0o077 == 0


async def test_nats_has_jetstream_and_refuses_strangers(broker: Nats, tmp_path: Path) -> None:
    seed = Credentials(tmp_path / "credentials").seed_file("provisioner")
    connection = await nats.connect(broker.url, nkeys_seed=str(seed))
    assert "v2.15" in str(connection.connected_server_version)
    assert connection._server_info["auth_required"]
    await connection.close()


async def test_nats_syncs_each_write_when_it_must_keep_them(tmp_path: Path) -> None:
    engine = Nats(tmp_path, accounts_config(Credentials(tmp_path / "credentials")))
    await engine.start()
    await engine.stop()
    assert "sync_interval: always" in (tmp_path / "nats.conf").read_text()


async def test_a_second_start_of_nats_keeps_its_address(broker: Nats) -> None:
    first = broker.url
    await broker.stop()
    await broker.start()
    assert broker.url == first


STARTS_AND_DIES = """
import asyncio, os, sys
from pathlib import Path
from bodemplaat.engines.postgres import Postgres, binaries
async def main():
    server = Postgres(Path(sys.argv[1]), durable=False)
    await server.start()
    print(server.pid, flush=True)
    sys.stdin.read()
asyncio.run(main())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux signals the children of the dead")
async def test_engines_die_with_whoever_started_them(tmp_path: Path) -> None:
    parent = subprocess.Popen(  # noqa: ASYNC220  our own script
        [sys.executable, "-c", STARTS_AND_DIES, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    with parent:
        assert parent.stdout is not None
        child = psutil.Process(int(await asyncio.to_thread(parent.stdout.readline)))
        parent.send_signal(signal.SIGKILL)
    _, alive = psutil.wait_procs([child], timeout=10)
    Postgres(tmp_path).forget()
    assert not alive


@pytest.mark.skipif(os.geteuid() != 0, reason="only root drops to another account")
async def test_programs_in_a_private_folder_are_copied_and_nobody_is_let_in(
    server: Postgres, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    await server.stop()
    private = tmp_path / "private"
    shutil.copytree(binaries().parent, private / "pginstall18", symlinks=True)
    private.chmod(0o700)
    monkeypatch.setattr(postgres, "binaries", lambda: private / "pginstall18" / "bin")
    await server.start()
    assert ask(server.admin_url, "SELECT 1") == "1"
    assert private not in Path(postmaster(server).exe()).parents
    assert private.stat().st_mode & 0o077 == 0
