"""What `finance` refuses, and why. Amounts, percentages and dates in the parameters are text."""

from chassis.errors import DomainError


class ControllerRequired(DomainError):
    """The books are kept by the controller; cases are played in by the operator."""

    slug = "controller-required"
    kind = "forbidden"


class SharesNotWhole(DomainError):
    """The percentages of a key add up to 100, or somebody pays too much or nobody the rest."""

    slug = "shares-not-whole"
    kind = "invalid"


class DriverCountMissing(DomainError):
    """Without the count of one partner, nobody's part is known."""

    slug = "driver-count-missing"


class NobodyToCharge(DomainError):
    """The pool has cost over days on which no partner takes part in it."""

    slug = "nobody-to-charge"


class MethodMissing(DomainError):
    """The pool has cost over days for which no method of charging is set."""

    slug = "method-missing"


class SurchargeOverSurcharge(DomainError):
    """A surcharge is counted over pools that do not themselves surcharge."""

    slug = "surcharge-over-surcharge"


class RateMissing(DomainError):
    """Hours were worked for a partner for which no rate was agreed."""

    slug = "rate-missing"
