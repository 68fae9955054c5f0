client-required = Bezwaar maakt een deelnemer via zijn opdrachtgever; uw rol kan dat niet.
    .title = Voorbehouden aan de opdrachtgever
invoice-line-unknown = De factuur heeft { $lines } regels; regel { $line } is er niet.
    .title = Onbekende factuurregel
correction-changes-nothing = Regel { $line } is al { $amount } euro; er is niets te corrigeren.
    .title = Correctie verandert niets
billing-details-not-later = De vorige gegevens gelden vanaf { $previous }. Nieuwe moeten later ingaan: een factuur die er al is, verandert niet.
    .title = Ingangsdatum te vroeg
identification-missing = Het servicecentrum heeft een KvK-nummer of een OIN nodig om facturen te sturen.
    .title = KvK-nummer of OIN ontbreekt
vat-number-missing = Wie is vrijgesteld van btw, vermeldt toch zijn btw-identificatienummer op de factuur.
    .title = Btw-nummer ontbreekt
iban-invalid = { $iban } is geen geldig rekeningnummer: het controlegetal klopt niet.
    .title = Ongeldig IBAN
objection-unknown = Er is geen bezwaar { $objection }.
    .title = Onbekend bezwaar
objection-term-passed = Bezwaar tegen factuur { $invoice } kon tot en met { $last }.
    .title = Bezwaartermijn verstreken
objection-to-credit-note = { $invoice } is een creditnota. Maak bezwaar tegen de factuur die ervoor in de plaats kwam.
    .title = Geen bezwaar tegen een creditnota
objection-open = Tegen hetzelfde loopt al bezwaar { $objection }; wacht het antwoord af.
    .title = Bezwaar loopt al
objection-answered = Bezwaar { $objection } is al beantwoord: { $status ->
        [upheld] gegrond
       *[rejected] afgewezen
    }.
    .title = Bezwaar is beantwoord
e-invoice-incomplete = Van factuur { $invoice } kan geen e-factuur worden gemaakt: er ontbreken factuurgegevens ({ $missing }). De controller kan ze vastleggen.
    .title = Factuurgegevens ontbreken
