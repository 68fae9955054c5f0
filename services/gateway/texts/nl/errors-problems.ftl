problem-expected = Dit kan alleen met een probleem.
    .title = Geen probleem
incident-expected = Dit kan alleen met een storing of een beveiligingsincident.
    .title = Geen storing
ticket-problem-unknown = Er is geen probleem { $problem }.
    .title = Onbekend probleem
problem-ended = Probleem { $problem } is { $status ->
        [resolved] opgelost
        [closed] gesloten
        [cancelled] ingetrokken
       *[other] afgerond
    }. Heropen het eerst.
    .title = Probleem is afgerond
incident-linked-already = Deze storing hoort al bij probleem { $problem }. Maak haar daar eerst van los.
    .title = Hoort al bij een probleem
incident-not-linked = Deze storing hoort niet bij een probleem.
    .title = Hoort niet bij een probleem
known-error-absent = Dit probleem is geen bekende fout; er is niets om in te trekken.
    .title = Geen bekende fout
major-incident-unknown = Er is geen grote storing { $major_incident }.
    .title = Onbekende grote storing
major-incident-over = Grote storing { $major_incident } is voorbij; er verandert niets meer aan.
    .title = Grote storing is voorbij
major-incident-not-shared = De grote storing is niet gedeeld met deelnemer { $partner }. Deel haar eerst.
    .title = Niet gedeeld
major-incident-parent = Uit deze storing is grote storing { $major_incident } ontstaan. Zij blijft erbij.
    .title = Hoort bij de grote storing
major-incident-attached-already = Deze storing hoort al bij grote storing { $major_incident }. Maak haar daar eerst van los.
    .title = Hoort al bij een grote storing
major-incident-not-attached = Deze storing hoort niet bij een grote storing.
    .title = Hoort niet bij een grote storing
signals-month-future = De maand { $month } moet nog beginnen.
    .title = Maand in de toekomst
