"""What the catalogue does not offer, or not to this partner."""

from chassis.errors import DomainError


class PartnerUnknown(DomainError):
    """No such partner. Params: `partner`."""

    slug = "partner-unknown"
    kind = "unknown"


class PartnerNotJoined(DomainError):
    """The partner joins later. Params: `partner`, `joined_on`."""

    slug = "partner-not-joined"


class PartnerLeft(DomainError):
    """Nothing new may be opened for a partner that has left. Params: `partner`, `leaves_on`."""

    slug = "partner-left"


class ItemUnknown(DomainError):
    """No such catalogue item. Params: `item`."""

    slug = "item-unknown"
    kind = "unknown"


class ItemNotYetValid(DomainError):
    """The item's first version holds from a later date. Params: `item`, `valid_from`."""

    slug = "item-not-yet-valid"


class ItemRetired(DomainError):
    """No new requests for a retired item. Params: `item`, `retired_from`."""

    slug = "item-retired"
