"""What the door itself refuses. Each carries the HTTP status that tells it best."""

from collections.abc import Mapping
from typing import ClassVar

from chassis.errors import DomainError


class GatewayError(DomainError):
    """A refusal at the edge. `headers` go out with the answer."""

    status: ClassVar[int]

    @property
    def headers(self) -> Mapping[str, str]:
        return {}


class Unauthenticated(GatewayError):
    """Who asks is not known. `challenge` is RFC 6750's error code, absent without a token."""

    kind = "forbidden"
    status = 401
    challenge: ClassVar[str | None] = "invalid_token"

    @property
    def headers(self) -> Mapping[str, str]:
        error = f', error="{self.challenge}"' if self.challenge else ""
        return {"WWW-Authenticate": f'Bearer realm="bodemplaat"{error}'}


class TokenMissing(Unauthenticated):
    slug = "token-missing"
    challenge = None


class TokenMalformed(Unauthenticated):
    """No JWT, or one without the claims that an access token has."""

    slug = "token-malformed"


class TokenForged(Unauthenticated):
    """The signature is not one of the issuer's keys, or the algorithm is not accepted."""

    slug = "token-forged"


class TokenExpired(Unauthenticated):
    slug = "token-expired"


class TokenNotYetValid(Unauthenticated):
    slug = "token-not-yet-valid"


class TokenForeign(Unauthenticated):
    """Of another issuer or for another audience."""

    slug = "token-foreign"


class CodeRejected(Unauthenticated):
    """The provider does not give tokens for the authorization code that it sent."""

    slug = "code-rejected"


class RoleForbidden(GatewayError):
    """None of the caller's roles may do this."""

    slug = "role-forbidden"
    kind = "forbidden"
    status = 403


class MethodNotAllowed(GatewayError):
    slug = "method-not-allowed"
    kind = "invalid"
    status = 405


class BodyTooLarge(GatewayError):
    slug = "body-too-large"
    kind = "invalid"
    status = 413


class ContentTypeUnsupported(GatewayError):
    slug = "content-type-unsupported"
    kind = "invalid"
    status = 415


class RateExceeded(GatewayError):
    """Too many requests of one caller; `seconds` until the next may come."""

    slug = "rate-exceeded"
    kind = "unavailable"
    status = 429

    @property
    def headers(self) -> Mapping[str, str]:
        return {"Retry-After": str(self.params["seconds"])}


class IssuerUnavailable(GatewayError):
    """The OpenID provider does not answer, so nobody can be recognised."""

    slug = "issuer-unavailable"
    kind = "unavailable"
    status = 503

    @property
    def headers(self) -> Mapping[str, str]:
        return {"Retry-After": "5"}


class ReplyLate(GatewayError):
    """A service took the command and did not answer in time: repeat with the same key."""

    slug = "reply-late"
    kind = "unavailable"
    status = 504


class AnswerLate(GatewayError):
    """A service did not answer a question in time; asking again changes nothing."""

    slug = "answer-late"
    kind = "unavailable"
    status = 504


class RequestInvalid(GatewayError):
    """One or more fields are wrong; each is named."""

    slug = "request-invalid"
    kind = "invalid"
    status = 400


class HeaderUnreadable(GatewayError):
    """An Idempotency-Key, If-Match or Last-Event-ID that does not have the agreed form."""

    slug = "header-unreadable"
    kind = "invalid"
    status = 400


class PartnerNeeded(GatewayError):
    """The caller acts for several partners and names none."""

    slug = "partner-needed"
    kind = "invalid"
    status = 400


class DataSubjectNeeded(GatewayError):
    """A person is meant by exactly one of pseudonym, ticket, mail address and account."""

    slug = "data-subject-needed"
    kind = "invalid"
    status = 400


class RequesterNotAllowed(GatewayError):
    """Somebody outside the service centre reports on behalf of another."""

    slug = "requester-not-allowed"
    kind = "forbidden"
    status = 403


class EInvoiceIncomplete(GatewayError):
    """An electronic invoice must name what is not known: `missing` of who sends or gets it."""

    slug = "e-invoice-incomplete"
    kind = "conflict"
    status = 409
