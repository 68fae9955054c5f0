partner-not-joined = Deelnemer { $partner } doet mee vanaf { $joined_on }. Eerder kan er geen melding worden gedaan.
    .title = Deelnemer doet nog niet mee
item-not-yet-valid = { $item } wordt aangeboden vanaf { $valid_from }.
    .title = Nog niet aangeboden
level-unknown = Niveau { $level } bestaat niet. Impact en urgentie zijn 1 (hoog) tot en met { $levels } (laag).
    .title = Onbekend niveau
ticket-move-illegal = { $status ->
        [new] Deze melding is nieuw
        [assigned] Deze melding is toegewezen, maar er wordt nog niet aan gewerkt
        [in-progress] Deze melding is in behandeling
        [waiting] Deze melding wacht
        [resolved] Deze melding is opgelost
        [closed] Deze melding is gesloten
        [reopened] Deze melding is heropend
        [cancelled] Deze melding is geannuleerd
       *[other] Deze melding heeft status { $status }
    } en kan niet worden { $move ->
        [assign] toegewezen
        [start] opgepakt
        [pause] op wachten gezet
        [resume] hervat
        [prioritise] anders geprioriteerd
        [reclassify] anders ingedeeld
        [resolve] opgelost
        [close] gesloten
        [reopen] heropend
        [cancel] geannuleerd
       *[other] gewijzigd ({ $move })
    }. { $status ->
        [new] Wel mogelijk: toewijzen, prioriteit wijzigen, anders indelen, oplossen, annuleren.
        [assigned] Wel mogelijk: oppakken, toewijzen, prioriteit wijzigen, anders indelen, oplossen, annuleren.
        [in-progress] Wel mogelijk: op wachten zetten, toewijzen, prioriteit wijzigen, anders indelen, oplossen, annuleren.
        [waiting] Wel mogelijk: hervatten, op iets anders laten wachten, toewijzen, prioriteit wijzigen, anders indelen, oplossen, annuleren.
        [resolved] Wel mogelijk: sluiten, heropenen, annuleren.
        [closed] Wel mogelijk: heropenen, annuleren.
        [reopened] Wel mogelijk: oppakken, toewijzen, prioriteit wijzigen, anders indelen, oplossen, annuleren.
        [cancelled] Een geannuleerde melding blijft geannuleerd.
       *[other] Wel mogelijk: { $allowed }.
    }
    .title = Stap niet mogelijk
ticket-reopen-too-late = Heropenen kon tot en met { $until }, { $days ->
        [one] één dag
       *[other] { $days } dagen
    } na de oplossing. Doe een nieuwe melding.
    .title = Te laat om te heropenen
ticket-moment-too-early = Het moment { $at } ligt voor de laatste gebeurtenis van de melding ({ $last }).
    .title = Moment te vroeg
ticket-moment-in-future = Het moment { $at } moet nog komen.
    .title = Moment in de toekomst
ticket-requester-not-self = U kunt alleen op uw eigen naam een melding doen.
    .title = Alleen op eigen naam
ticket-move-forbidden = Dit doet de servicedesk. U kunt een eigen melding hervatten zolang zij op u wacht, sluiten, heropenen, annuleren of beoordelen.
    .title = Voorbehouden aan de servicedesk
ticket-import-forbidden = Alleen de beheerder van het systeem kan historie inlezen.
    .title = Voorbehouden aan de beheerder
ticket-history-not-opened = Een historie begint met het openen van de melding, en opent die één keer.
    .title = Historie begint niet met openen
ticket-history-repeated = Melding { $external } staat meer dan één keer in wat wordt ingelezen.
    .title = Historie dubbel
ticket-kind-forbidden = Wijzigingen en problemen legt het servicecentrum zelf vast. Doe een storing, verzoek, vraag, klacht of beveiligingsincident.
    .title = Voorbehouden aan het servicecentrum
ticket-work-date-outside = De dag van het werk ligt van { $first } tot en met { $last }.
    .title = Dag klopt niet
ticket-rating-not-requester = Alleen wie de melding deed, kan haar beoordelen.
    .title = Alleen de melder
ticket-rating-too-early = Een melding kan worden beoordeeld als zij gesloten is.
    .title = Nog niet gesloten
ticket-rated-already = Deze melding is al beoordeeld.
    .title = Al beoordeeld
ticket-not-open = Deze melding is afgehandeld; er is niets meer te doen.
    .title = Melding is afgehandeld
ticket-task-unknown = Deze melding heeft geen taak { $task }.
    .title = Onbekende taak
ticket-task-done = Taak { $task } is al afgerond.
    .title = Taak al afgerond
ticket-tasks-open = Het verzoek is pas opgelost als alle taken zijn afgerond. { $count ->
        [one] Er staat nog één taak open
       *[other] Er staan nog { $count } taken open
    }: { $tasks }.
    .title = Er staan nog taken open
change-expected = Dit kan alleen met een wijziging.
    .title = Geen wijziging
window-invalid = Een venster eindigt na het begin en ligt niet in het verleden (begin { $starts_at }, einde { $ends_at }).
    .title = Venster klopt niet
change-frozen = Er geldt een wijzigingsstop ({ $freeze }) tot { $until }. Alleen spoedwijzigingen gaan door.
    .title = Wijzigingsstop
change-not-planned = Plan de wijziging eerst.
    .title = Nog niet gepland
change-not-approved = De wijziging is niet goedgekeurd.
    .title = Niet goedgekeurd
change-decided = Over deze wijziging is al besloten ({ $decision ->
        [approved] goedgekeurd
        [rejected] afgekeurd
       *[other] { $decision }
    }).
    .title = Al besloten
change-approver-planner = Wie een wijziging plant, besluit er niet over.
    .title = Iemand anders besluit
change-not-implemented = Meld hoe de uitvoering ging; daarmee is de wijziging opgelost.
    .title = Uitvoering niet gemeld
window-unknown = Er is geen onderhoudsvenster of wijzigingsstop { $window }.
    .title = Onbekend venster
window-move-illegal = Dit kan niet met een venster dat { $status ->
        [planned] gepland is
        [announced] aangekondigd is
        [completed] uitgevoerd is
        [cancelled] niet doorgaat
        [frozen] een geldende wijzigingsstop is
        [lifted] opgeheven is
       *[other] status { $status } heeft
    }{ $move ->
        [complete] . Uitgevoerd melden kan vanaf het begin van het venster
       *[other] {""}
    }.
    .title = Stap niet mogelijk
