# Invoices as documents: words of the PDF and of the e-invoice
bill-title = { $kind ->
        [credit-note] Credit note
        [corrected] Corrected invoice
       *[invoice] Invoice
    } { $invoice }
bill-centre = Service centre
bill-advance = Advance { $year }, quarter { $quarter }
bill-settlement = Settlement { $year }
bill-period = { $first } up to and including { $last }
bill-to = To
bill-from = From
bill-about = Particulars
bill-number = Number
bill-date = Date
bill-due = To be paid by
bill-subject = Subject
bill-days = Period
bill-reference = Your reference
bill-corrects = Credit note to
bill-replaces = In the place of
bill-reason = Reason
bill-oin = OIN
bill-kvk = KvK
bill-vat = VAT number
bill-iban = IBAN
bill-lines = What you pay
bill-column-place = No.
bill-column-pool = Cost pool
bill-column-method = Method
bill-column-reckoned = Calculation
bill-column-amount = Amount
bill-charged = Costs charged
bill-advanced = Less: charged in advance already
bill-vat-amount = VAT
bill-total = { $sign ->
        [credit] You receive
       *[debit] To pay
    }
bill-vat-reason = { $treatment ->
        [outside-scope] Outside the scope of VAT.
       *[cost-sharing] Exempt from VAT: cost-sharing group (Wet op de omzetbelasting 1968, article 11(1)(u); VAT Directive article 132(1)(f)).
    }
bill-pay = Please transfer the amount by { $due } to { $iban }, quoting { $invoice }.
bill-pay-somehow = Please pay the amount by { $due }, quoting { $invoice }.
bill-repay = The amount is transferred to you, or settled with a next invoice.
bill-object = Do you disagree? Your client can object up to six weeks after the date of this invoice, at the invoice in the portal.
bill-basis = Where the amounts come from
bill-basis-intro = Each amount follows from events that were recorded and no longer change. Below, line by line, is from which; they can be opened in the portal and through the API.
bill-run = Charging run { $run }.
bill-run-frozen = Charging run { $run }. It counts facts about partners up to sequence { $catalogue } and logged time up to sequence { $time } of the event stream.
bill-column-sources = Events
bill-column-days = Over
bill-method = { $method ->
        [per-workplace] Per workplace
        [per-resident] Per resident
        [fixed-key] Fixed key
        [fixed-price] Fixed price
        [hourly-rate] Hours at a rate
        [funded-staff] Funded staff and extra work
        [licences] Licences by users
        [participation] Own part of an investment
        [surcharge] Surcharge for deviating
        [out-of-catalogue] Work outside the catalogue
        [direct] Own costs
        [correction] Correction
       *[other] { $method }
    }
bill-driver = { $driver ->
        [workplaces] workplaces
        [residents] residents
        [users] users
        [key] percent
        [hours] hours
        [out-of-catalogue-hours] hours outside the catalogue
        [funded-staff] fte a year
        [fixed-price] year
       *[other] pieces
    }
bill-line-divided = { $amount } × { $count } ÷ { $total } { $driver }
bill-line-priced = { $price } × { $count } { $driver }
bill-line-counted = { $count } { $driver }
bill-line-whole = { $method ->
        [correction] Difference with the replaced invoice
       *[direct] Booked on you alone
    }
bill-line-days = { $days } of { $total } days
bill-nothing-charged = No costs
bill-property-method = Method of charging
bill-property-driver = Driver
bill-property-count = Your count
bill-property-of-count = Everybody's count
bill-property-sources = Events
