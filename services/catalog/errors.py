"""What `catalog` refuses, and why. Dates in the parameters are ISO 8601."""

from chassis.errors import DomainError


class CatalogueManagerRequired(DomainError):
    """The catalogue is kept by catalogue managers; cases are played in by the operator."""

    slug = "catalogue-manager-required"
    kind = "forbidden"


class PartnerExists(DomainError):
    slug = "partner-exists"


class PartnerUnknown(DomainError):
    slug = "partner-unknown"
    kind = "unknown"


class PartnerLeft(DomainError):
    """Nothing new is agreed for a partner after the day on which it leaves."""

    slug = "partner-left"


class BeforeJoining(DomainError):
    """Nothing is promised to a partner for a day before its first."""

    slug = "before-joining"
    kind = "invalid"


class ItemUnknown(DomainError):
    slug = "item-unknown"
    kind = "unknown"


class ItemMoveIllegal(DomainError):
    """The life cycle is draft → published → revised → retired."""

    slug = "item-move-illegal"


class ItemDomainFixed(DomainError):
    """Norms hang on an item and its domain, so a revision stays in the domain."""

    slug = "item-domain-fixed"
    kind = "invalid"


class ItemNotPublished(DomainError):
    """On the date that counts the item is not offered yet."""

    slug = "item-not-published"


class ItemRetired(DomainError):
    slug = "item-retired"


class BeforeFirstVersion(DomainError):
    """No price or norm holds before the item itself does."""

    slug = "before-first-version"
    kind = "invalid"


class NotLater(DomainError):
    """A version starts after the one before it: what was set is never rewritten."""

    slug = "not-later"


class CorrectionAhead(DomainError):
    """What is to hold from a later day is set, not corrected. Params: `today`."""

    slug = "correction-ahead"
    kind = "invalid"


class EndBeforeStart(DomainError):
    slug = "end-before-start"
    kind = "invalid"


class CalendarUnknown(DomainError):
    """No version of this calendar holds on the date that counts."""

    slug = "calendar-unknown"
    kind = "invalid"


class HoursEndBeforeStart(DomainError):
    slug = "hours-end-before-start"
    kind = "invalid"


class HoursOverlap(DomainError):
    slug = "hours-overlap"
    kind = "invalid"


class NormResolutionShorter(DomainError):
    """What is resolved has been responded to, so resolution takes at least as long."""

    slug = "norm-resolution-shorter"
    kind = "invalid"


class NormDomainDiffers(DomainError):
    """The norm of an item stands under the item's own domain."""

    slug = "norm-domain-differs"
    kind = "invalid"


class NormRepeated(DomainError):
    """One agreement sets two norms for the same item, kind and priority."""

    slug = "norm-repeated"
    kind = "invalid"


class ItemRepeated(DomainError):
    slug = "item-repeated"
    kind = "invalid"


class ItemNotInAgreement(DomainError):
    """A norm or price deviates for an item that the agreement does not take."""

    slug = "item-not-in-agreement"
    kind = "invalid"


class AgreementExists(DomainError):
    slug = "agreement-exists"


class AgreementUnknown(DomainError):
    slug = "agreement-unknown"
    kind = "unknown"


class AgreementOverlaps(DomainError):
    """A partner has one agreement for an item at a time."""

    slug = "agreement-overlaps"


class AgreementEnded(DomainError):
    """It does not hold (any more) on the date that counts, and an end is final."""

    slug = "agreement-ended"
