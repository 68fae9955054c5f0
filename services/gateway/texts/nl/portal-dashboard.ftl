dashboard-title = Dashboard { $partner }
dashboard-choose = Kies een deelnemer
dashboard-export = Meldingen als CSV
dashboard-period = Periode
dashboard-days = { $days } dagen
dashboard-as-of = Stand van { $at }. Deze pagina werkt zichzelf bij.
dashboard-updated = Bijgewerkt om { $at }.
dashboard-now = Nu
dashboard-open = Open
dashboard-due-today = Vandaag klaar
dashboard-at-risk = Dreigt te laat
dashboard-overdue = Te laat
dashboard-out-of-catalogue-open = Open buiten de catalogus
dashboard-by-kind = Open naar soort
dashboard-by-priority = Open naar prioriteit
dashboard-by-age = Open naar leeftijd
dashboard-count = Aantal
dashboard-nothing = Niets open
dashboard-period-title = Van { $first } tot en met { $last }
dashboard-inflow = Binnengekomen
dashboard-resolved = Opgelost
dashboard-out-of-catalogue = Buiten de catalogus
dashboard-share = { $share } van wat binnenkwam
dashboard-median = Mediaan oplostijd
dashboard-p90 = 90 % opgelost binnen
dashboard-norms = Binnen de norm
dashboard-norm = Norm
dashboard-within-share = Binnen norm
dashboard-within = Op tijd
dashboard-counted = Geteld
dashboard-business-time = Duur is servicetijd: alleen de uren waarin de klok van de norm loopt.
dashboard-flow = Binnengekomen en opgelost per dag
dashboard-flow-text = In deze periode kwamen { $opened } meldingen binnen en werden er { $resolved } opgelost. De aantallen per dag staan in de tabel.
dashboard-flow-table = Aantallen per dag
dashboard-day = Dag
dashboard-breaches = Normen overschreden
dashboard-breaches-none = In deze periode is geen norm overschreden.
dashboard-was-due = Was uiterlijk
dashboard-generated =
    { $count ->
        [one] Eén van deze meldingen is een voorbeeldgegeven.
       *[other] { $count } van deze meldingen zijn voorbeeldgegevens.
    }
