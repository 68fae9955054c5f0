"""The configuration for production is one that nats-server takes."""

import os
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from bodemplaat.engines.nats import binary
from chassis.credentials import MAX_PAYLOAD_BYTES, Credentials, accounts_config

DEPLOY = Path(__file__).parents[2] / "deploy" / "nats"


def write_certificate(folder: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "nats")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now)
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    for file in ("tls.crt", "ca.crt"):
        (folder / file).write_bytes(certificate.public_bytes(pem))
    private = key.private_bytes(
        pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "tls.key").write_bytes(private)


@pytest.fixture
def configuration(tmp_path: Path) -> Path:
    write_certificate(tmp_path)
    credentials = Credentials(tmp_path / "credentials")
    (tmp_path / "accounts.conf").write_text(accounts_config(credentials))
    text = (DEPLOY / "nats-server.conf").read_text().replace("/etc/nats/tls", str(tmp_path))
    file = tmp_path / "nats-server.conf"
    file.write_text(text)
    return file


def test_nats_server_takes_the_configuration_for_production(configuration: Path) -> None:
    check = subprocess.run(
        [binary(), "-c", configuration, "-t"],
        env=os.environ
        | {
            "SERVER_NAME": "n1",
            "CLUSTER_ROUTES": "[nats://n2:6222, nats://n3:6222]",
            "CLUSTER_PASSWORD": "secret",
        },
        check=False,
        capture_output=True,
        text=True,
    )
    assert check.returncode == 0, check.stderr


def test_production_syncs_each_write_and_takes_the_largest_message() -> None:
    text = (DEPLOY / "nats-server.conf").read_text()
    assert "sync_interval: always" in text
    assert f"max_payload: {MAX_PAYLOAD_BYTES}\n" in text
