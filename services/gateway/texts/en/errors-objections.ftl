client-required = A partner objects through its client; your role cannot.
    .title = Reserved for the client
invoice-line-unknown = The invoice has { $lines } lines; there is no line { $line }.
    .title = Unknown invoice line
correction-changes-nothing = Line { $line } comes to { $amount } euro already; there is nothing to correct.
    .title = Correction changes nothing
billing-details-not-later = The previous details hold from { $previous }. New ones must start later: an invoice that is there does not change.
    .title = Starts too early
identification-missing = The service centre needs a KvK number or an OIN to send invoices.
    .title = KvK number or OIN missing
vat-number-missing = Who is exempt from VAT still names its VAT number on the invoice.
    .title = VAT number missing
iban-invalid = { $iban } is no valid account number: its check digits do not fit.
    .title = Invalid IBAN
objection-unknown = There is no objection { $objection }.
    .title = Unknown objection
objection-term-passed = Objections to invoice { $invoice } could be raised up to { $last }.
    .title = Term for objections has passed
objection-to-credit-note = { $invoice } is a credit note. Object to the invoice that came in its place.
    .title = No objection to a credit note
objection-open = The same is disputed already by objection { $objection }; its answer comes first.
    .title = Objection still open
objection-answered = Objection { $objection } has been answered: { $status ->
        [upheld] upheld
       *[rejected] rejected
    }.
    .title = Objection answered
e-invoice-incomplete = No e-invoice can be made of invoice { $invoice }: billing details are missing ({ $missing }). The controller can record them.
    .title = Billing details missing
