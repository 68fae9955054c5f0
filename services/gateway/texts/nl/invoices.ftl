# Facturen als document: woorden in de PDF en in de e-factuur
bill-title = { $kind ->
        [credit-note] Creditnota
        [corrected] Gecorrigeerde factuur
       *[invoice] Factuur
    } { $invoice }
bill-centre = Servicecentrum
bill-advance = Voorschot { $year }, kwartaal { $quarter }
bill-settlement = Afrekening { $year }
bill-period = { $first } tot en met { $last }
bill-to = Aan
bill-from = Van
bill-about = Gegevens
bill-number = Nummer
bill-date = Datum
bill-due = Te betalen uiterlijk
bill-subject = Onderwerp
bill-days = Periode
bill-reference = Uw kenmerk
bill-corrects = Creditnota bij
bill-replaces = Komt in de plaats van
bill-reason = Reden
bill-oin = OIN
bill-kvk = KvK
bill-vat = Btw-nummer
bill-iban = IBAN
bill-lines = Wat u betaalt
bill-column-place = Nr.
bill-column-pool = Kostenplaats
bill-column-method = Wijze
bill-column-reckoned = Berekening
bill-column-amount = Bedrag
bill-charged = Doorbelaste kosten
bill-advanced = Af: al als voorschot in rekening gebracht
bill-vat-amount = Btw
bill-total = { $sign ->
        [credit] U ontvangt
       *[debit] Te betalen
    }
bill-vat-reason = { $treatment ->
        [outside-scope] Buiten het bereik van de btw.
       *[cost-sharing] Vrijgesteld van btw: kosten voor gemene rekening (Wet op de omzetbelasting 1968, artikel 11, eerste lid, onderdeel u; Btw-richtlijn artikel 132, eerste lid, onder f).
    }
bill-pay = Wij verzoeken u het bedrag uiterlijk { $due } over te maken op { $iban } onder vermelding van { $invoice }.
bill-pay-somehow = Wij verzoeken u het bedrag uiterlijk { $due } te betalen onder vermelding van { $invoice }.
bill-repay = Het bedrag wordt aan u overgemaakt of met een volgende factuur verrekend.
bill-object = Bent u het er niet mee eens? Uw opdrachtgever kan tot zes weken na de datum van deze factuur bezwaar maken, bij de factuur in het portaal.
bill-basis = Waar de bedragen vandaan komen
bill-basis-intro = Elk bedrag volgt uit gebeurtenissen die zijn vastgelegd en niet meer veranderen. Hieronder staat per regel uit welke; in het portaal en met de API zijn ze te openen.
bill-run = Doorbelasting { $run }.
bill-run-frozen = Doorbelasting { $run }. Meegeteld zijn feiten over deelnemers tot en met volgnummer { $catalogue } en geschreven uren tot en met volgnummer { $time } van de gebeurtenissenstroom.
bill-column-sources = Gebeurtenissen
bill-column-days = Over
bill-method = { $method ->
        [per-workplace] Per werkplek
        [per-resident] Per inwoner
        [fixed-key] Vaste sleutel
        [fixed-price] Vaste prijs
        [hourly-rate] Uren maal tarief
        [funded-staff] Formatie en nacalculatie
        [licences] Licenties naar gebruikers
        [participation] Eigen bijdrage in een investering
        [surcharge] Toeslag voor afwijken
        [out-of-catalogue] Werk buiten de catalogus
        [direct] Eigen kosten
        [correction] Correctie
       *[other] { $method }
    }
bill-driver = { $driver ->
        [workplaces] werkplekken
        [residents] inwoners
        [users] gebruikers
        [key] procent
        [hours] uur
        [out-of-catalogue-hours] uur buiten de catalogus
        [funded-staff] fte per jaar
        [fixed-price] jaar
       *[other] stuks
    }
bill-line-divided = { $amount } × { $count } ÷ { $total } { $driver }
bill-line-priced = { $price } × { $count } { $driver }
bill-line-counted = { $count } { $driver }
bill-line-whole = { $method ->
        [correction] Verschil met de vervangen factuur
       *[direct] Op u zelf geboekt
    }
bill-line-days = { $days } van { $total } dagen
bill-nothing-charged = Geen kosten
bill-property-method = Wijze van doorbelasten
bill-property-driver = Verdeelgrootheid
bill-property-count = Aantal van u
bill-property-of-count = Aantal van allen
bill-property-sources = Gebeurtenissen
