"""What may not be done with maintenance and with change freezes."""

from chassis.errors import DomainError


class WindowInvalid(DomainError):
    """A window ends after it starts, and lies ahead. Params: `starts_at`, `ends_at`."""

    slug = "window-invalid"
    kind = "invalid"


class WindowUnknown(DomainError):
    """No such maintenance window or freeze. Params: `window`."""

    slug = "window-unknown"
    kind = "unknown"


class WindowMoveIllegal(DomainError):
    """What the window's status does not allow. Params: `status`, `move`."""

    slug = "window-move-illegal"
