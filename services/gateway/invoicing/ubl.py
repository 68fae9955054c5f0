"""An invoice as SI-UBL 2.0: EN 16931 in UBL 2.1, with the Dutch rules (NLCIUS).

Always in Dutch: it is one document for the receiver's books, whoever fetches it. What takes
another document back is a credit note (381); what comes in the place of one a corrected invoice
(384); everything else an invoice (380), also a settlement by which the partner gets money back:
its lines are the cost of the year, and what was advanced stands beside them.
"""

from collections.abc import Sequence
from decimal import Decimal

from pydantic import JsonValue

from contracts.finance.parties import BillingDetails
from services.gateway.errors import EInvoiceIncomplete
from services.gateway.invoicing.document import ZERO, InvoiceDocument, Line
from services.gateway.invoicing.explanation import Explanation
from services.gateway.invoicing.ubl_tree import Tree
from services.gateway.language import Texts

CUSTOMIZATION = "urn:cen.eu:en16931:2017#compliant#urn:fdc:nen.nl:nlcius:v1.0"
PROFILE = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"
SEPA_TRANSFER = "58"
_KVK, _OIN = "0106", "0190"
_CENT = Decimal("0.01")
_UNITS = {"hours": "HUR", "out-of-catalogue-hours": "HUR"}
_ONE = "C62"
_VAT = {"cost-sharing": ("E", "VATEX-EU-132-1F"), "outside-scope": ("O", "VATEX-EU-O")}


def ubl(document: InvoiceDocument, texts: Texts) -> bytes:
    """The XML, in UTF-8. Raises `EInvoiceIncomplete` when an obligatory fact is not known."""
    return _Writer(document, Explanation(texts, "nl")).written()


class _Writer:
    def __init__(self, document: InvoiceDocument, words: Explanation) -> None:
        self._supplier, self._customer = _parties(document)
        self._document, self._invoice, self._words = document, document.invoice, words
        self._credits = self._invoice.corrects is not None
        self._sign = Decimal(-1) if self._credits else Decimal(1)
        self._kind = "CreditNote" if self._credits else "Invoice"
        self._tree = Tree(self._kind)

    def written(self) -> bytes:
        self._head()
        self._party("AccountingSupplierParty", self._supplier)
        self._party("AccountingCustomerParty", self._customer)
        self._payment()
        self._tax()
        self._sums()
        for place, line in enumerate(self._lines(), start=1):
            self._line(place, line)
        return self._tree.written()

    def _head(self) -> None:
        tree, invoice = self._tree, self._invoice
        tree.text("CustomizationID", CUSTOMIZATION)
        tree.text("ProfileID", PROFILE)
        tree.text("ID", invoice.invoice)
        tree.text("IssueDate", invoice.issued_on.isoformat())
        if not self._credits:
            tree.text("DueDate", invoice.due_on.isoformat())
        code = "381" if self._credits else "384" if invoice.replaces else "380"
        tree.text(f"{self._kind}TypeCode", code)
        tree.text("Note", self._note())
        tree.text("DocumentCurrencyCode", "EUR")
        tree.text("BuyerReference", self._customer.buyer_reference or invoice.run)
        with tree.within("InvoicePeriod"):
            tree.text("StartDate", self._document.first.isoformat())
            tree.text("EndDate", self._document.last.isoformat())
        if earlier := invoice.corrects or invoice.replaces:
            with tree.within("BillingReference", "InvoiceDocumentReference"):
                tree.text("ID", earlier)

    def _note(self) -> str:
        words = self._words
        told = (words.subject(self._document), self._invoice.reason, words.run(self._document))
        return ". ".join(each.rstrip(".") for each in told if each) + "."

    def _party(self, role: str, details: BillingDetails) -> None:
        tree = self._tree
        scheme, number = _identity(details)
        with tree.within(role, "Party"):
            tree.text("EndpointID", number, schemeID=scheme)
            with tree.within("PartyName"):
                tree.text("Name", details.name)
            with tree.within("PostalAddress"):
                tree.text("StreetName", details.street)
                tree.text("CityName", details.city)
                tree.text("PostalZone", details.postal_code)
                with tree.within("Country"):
                    tree.text("IdentificationCode", details.country)
            if details.vat and self._category != "O":
                with tree.within("PartyTaxScheme"):
                    tree.text("CompanyID", details.vat)
                    self._vat_scheme()
            with tree.within("PartyLegalEntity"):
                tree.text("RegistrationName", details.name)
                tree.text("CompanyID", number, schemeID=scheme)
            if details.mailbox:
                with tree.within("Contact"):
                    tree.text("ElectronicMail", details.mailbox)

    def _payment(self) -> None:
        tree, invoice = self._tree, self._invoice
        with tree.within("PaymentMeans"):
            tree.text("PaymentMeansCode", SEPA_TRANSFER)
            tree.text("PaymentID", invoice.invoice)
            with tree.within("PayeeFinancialAccount"):
                tree.text("ID", self._supplier.iban or "")
        with tree.within("PaymentTerms"):
            tree.text("Note", f"{self._words.say('bill-due')} {self._words.day(invoice.due_on)}")

    @property
    def _category(self) -> str:
        return _VAT[self._supplier.vat_treatment][0]

    def _tax(self) -> None:
        tree = self._tree
        treatment = self._supplier.vat_treatment
        with tree.within("TaxTotal"):
            tree.euro("TaxAmount", ZERO)
            with tree.within("TaxSubtotal"):
                tree.euro("TaxableAmount", self._sign * self._invoice.charged)
                tree.euro("TaxAmount", ZERO)
                with tree.within("TaxCategory"):
                    self._vat_rate()
                    tree.text("TaxExemptionReasonCode", _VAT[treatment][1])
                    reason = self._words.say("bill-vat-reason", treatment=treatment)
                    tree.text("TaxExemptionReason", reason)
                    self._vat_scheme()

    def _vat_rate(self) -> None:
        self._tree.text("ID", self._category)
        if self._category != "O":
            self._tree.text("Percent", "0")

    def _vat_scheme(self) -> None:
        with self._tree.within("TaxScheme"):
            self._tree.text("ID", "VAT")

    def _sums(self) -> None:
        """BT-106 to BT-115: without VAT, the lines are what is charged in all."""
        tree, charged = self._tree, self._sign * self._invoice.charged
        with tree.within("LegalMonetaryTotal"):
            for name in ("LineExtensionAmount", "TaxExclusiveAmount", "TaxInclusiveAmount"):
                tree.euro(name, charged)
            if self._invoice.advanced:
                tree.euro("PrepaidAmount", self._sign * self._invoice.advanced)
            tree.euro("PayableAmount", self._sign * self._invoice.total)

    def _lines(self) -> Sequence[Line | None]:
        """A document has a line (BR-16), also when nothing was charged but the advance."""
        return self._invoice.lines or (None,)

    def _line(self, place: int, line: Line | None) -> None:
        tree = self._tree
        amount = self._sign * (line.amount if line else ZERO)
        quantity, unit, price = _quantity(line, amount, self._sign)
        counted = "CreditedQuantity" if self._credits else "InvoicedQuantity"
        with tree.within(f"{self._kind}Line"):
            tree.text("ID", str(place))
            tree.text(counted, f"{quantity:f}", unitCode=unit)
            tree.euro("LineExtensionAmount", amount)
            if line:
                with tree.within("InvoicePeriod"):
                    tree.text("StartDate", line.first.isoformat())
                    tree.text("EndDate", line.last.isoformat())
            with tree.within("Item"):
                self._item(line)
            with tree.within("Price"):
                tree.text("PriceAmount", f"{price:f}", currencyID="EUR")

    def _item(self, line: Line | None) -> None:
        tree, words = self._tree, self._words
        if line:
            tree.text("Description", f"{words.method(line)}: {words.reckoned(line)}")
        name = self._document.pool_name(line) if line else words.say("bill-nothing-charged")
        tree.text("Name", name)
        with tree.within("ClassifiedTaxCategory"):
            self._vat_rate()
            self._vat_scheme()
        for key, value in words.properties(line) if line else ():
            with tree.within("AdditionalItemProperty"):
                tree.text("Name", key)
                tree.text("Value", value)


def _quantity(line: Line | None, amount: Decimal, sign: Decimal) -> tuple[Decimal, str, Decimal]:
    """Hours at their rate where that is the amount to the cent; otherwise the amount, once.

    A price is never below zero (BR-27), a quantity may be.
    """
    if line and line.price and line.count and line.driver in _UNITS:
        price = abs(line.price)
        count = line.count if line.price * sign > 0 else -line.count
        if (price * count).quantize(_CENT) == amount:
            return count, _UNITS[line.driver], price
    return Decimal(-1 if amount < 0 else 1), _ONE, abs(amount)


def _parties(document: InvoiceDocument) -> tuple[BillingDetails, BillingDetails]:
    supplier, customer = document.supplier, document.customer.details
    if customer is not None and customer.oin is None:
        customer = customer.model_copy(update={"oin": document.customer.oin})
    known = {
        "supplier": supplier,
        "supplier.iban": supplier and supplier.iban,
        "customer": customer,
        "customer.oin": customer and (customer.oin or customer.kvk),
    }
    missing: list[JsonValue] = [name for name, value in known.items() if not value]
    if missing or supplier is None or customer is None:
        raise EInvoiceIncomplete(invoice=document.invoice.invoice, missing=missing)
    return supplier, customer


def _identity(details: BillingDetails) -> tuple[str, str]:
    """The scheme and number by which a Dutch organisation is known: OIN before KvK."""
    return (_OIN, details.oin) if details.oin else (_KVK, details.kvk or "")
