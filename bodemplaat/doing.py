"""Doing what the operator asked, and telling what went wrong in words that help."""

import asyncio
from collections.abc import Coroutine
from typing import Any, NoReturn

import typer
from rich.console import Console

from bodemplaat import rebuilding, running
from bodemplaat.cases.errors import CaseInvalid, CaseRefused, CaseUnknown
from bodemplaat.engines.account import NoAccountError, NoPlaceError
from bodemplaat.engines.process import EngineFailedError
from bodemplaat.imports.mapping import MappingInvalid
from bodemplaat.imports.rows import FileUnreadable
from bodemplaat.installation import AlreadyRunning, NotRunning
from bodemplaat.operations import backup as backing_up
from bodemplaat.operations import restore as restoring
from bodemplaat.operations.manifest import BackupUnusable
from bodemplaat.operations.postgres_tools import ToolFailed
from bodemplaat.operations.private_files import CredentialsDiffer
from bodemplaat.privacy.ledger import LedgerUnreadable
from bodemplaat.reporting.rendering import RenderingFailed
from bodemplaat.reporting.systems import ReportRefused
from bodemplaat.words import bare
from chassis.errors import Refused
from chassis.provisioning import Drift
from chassis.republish import ServiceLeads
from chassis.snapshots import ConsumerBusy

EXPLAINED = (
    BackupUnusable,
    CaseInvalid,
    CaseRefused,
    CaseUnknown,
    ConsumerBusy,
    CredentialsDiffer,
    Drift,
    EngineFailedError,
    FileUnreadable,
    LedgerUnreadable,
    LookupError,
    MappingInvalid,
    NoAccountError,
    NoPlaceError,
    OSError,
    RenderingFailed,
    ReportRefused,
    ServiceLeads,
    ToolFailed,
    ValueError,
    backing_up.FolderTaken,
    rebuilding.RebuildFailed,
    restoring.NotEmpty,
    restoring.RestoreFailed,
    running.OtherCase,
    running.PortTaken,
)
"""Errors whose own words tell the operator what is wrong."""


def do(work: Coroutine[Any, Any, Any]) -> Any:
    """Its result; an error that an operator can understand is told in its own words, exit 1.

    So is that it was stopped by a signal it listens to (`running.stop_at_signals`).
    """
    try:
        return asyncio.run(work)
    except AlreadyRunning:
        fail("The system is running on this folder; stop it first.")
    except NotRunning:
        fail("The system is not running: start it with `make run`.")
    except Refused as refused:
        fail("\n".join(bare(fault) for fault in refused.faults))
    except asyncio.CancelledError:
        fail("Stopped.")
    except EXPLAINED as error:
        fail(str(error) or type(error).__name__)


def fail(message: str) -> NoReturn:
    Console(stderr=True).print(message, style="red", highlight=False)
    raise typer.Exit(1)
