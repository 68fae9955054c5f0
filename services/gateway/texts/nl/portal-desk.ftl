desk-pages = Servicedesk
desk-views = Beelden van de werkvoorraad
desk-list = Lijst
desk-board = Bord
desk-search = Zoeken
desk-view-alles = Alles
desk-view-team = { $team }
desk-view-niet-toegewezen = Niet toegewezen
desk-view-wacht-op-melder = Wacht op melder
desk-view-wacht-op-leverancier = Wacht op leverancier
desk-view-dreigt = Dreigt te laat
desk-view-te-laat = Te laat
desk-view-taken = Taken te doen
    .own = Taken van { $team }
desk-view-goedkeuren = Wijzigingen te beoordelen
desk-response-before = Reactie vóór
desk-stale = Deze melding is intussen gewijzigd, door iemand anders of door de klok. Bekijk hoe zij er nu voor staat en kies opnieuw.
own-team = Mijn team: { $team }
own-team-none = Kies mijn team
own-team-field = Mijn team
own-team-hint = Onthouden in deze browser. Leeg: geen team.
own-team-save = Onthouden

filter-every-team = Alle teams
filter-every-line = Alle lijnen
filter-every-kind = Alle soorten

bulk-choose = Kiezen
bulk-choose-one = { $number } kiezen
bulk-all = Alles op deze pagina kiezen
bulk-none = Niets kiezen
bulk-chosen = gekozen
bulk-action = Actie op gekozen meldingen
bulk-go-on = Verder
bulk-trail = Actie op meldingen
bulk-title =
    { $count ->
        [one] { $action }: 1 melding
       *[other] { $action }: { $count } meldingen
    }
bulk-look-over = Op welke meldingen?
bulk-lead = Zo staan de meldingen er nu voor. Elke melding krijgt de actie apart: wat bij de ene niet kan, houdt de andere niet op. Hoogstens { $most } tegelijk.
bulk-unfit = Kan niet in deze status
bulk-carry-out = { $action }
bulk-stop = Terug zonder iets te doen
bulk-back = Terug naar de lijst
bulk-nothing = Er is niets gedaan
bulk-none-chosen = U hebt geen meldingen gekozen.
bulk-fault-none = Kies ten minste één melding.
outcome-title = { $action }: resultaat
outcome-summary =
    { $refused ->
        [0] { $done } gedaan.
       *[other] { $done } gedaan, { $refused } niet gedaan.
    }
outcome-what = Resultaat
outcome-done = Gedaan
outcome-refused = Niet gedaan
outcome-unknown = Onbekend
outcome-again = Bekijk opnieuw wat niet gedaan is

board-title = Bord
board-column-new = Nieuw
board-column-assigned = Toegewezen
board-column-in-progress = In behandeling
board-column-waiting = Wacht
board-column-resolved = Opgelost
board-empty = Geen meldingen.
board-more =
    { $count ->
        [one] Nog 1 melding
       *[other] Nog { $count } meldingen
    }
board-in-list = Alle { $count } in de lijst
board-move = Verplaatsen
board-move-to = Naar
board-team = Team (bij toewijzen)
board-refused = { $number } is niet verplaatst
board-fault-step = Kies waarheen de melding gaat.
step-assign = Toewijzen
step-start = In behandeling nemen
step-resume = Behandeling hervatten
step-wait-user = Laten wachten op de melder
step-wait-supplier = Laten wachten op de leverancier
step-wait-change-window = Laten wachten op een onderhoudsvenster
step-resolve = Als opgelost melden
step-close = Sluiten

search-title = Zoeken in meldingen
search-words = Zoek op
search-hint = Een nummer of een deel ervan, een nummer elders, een team, of de naam of code van een product.
search-kind = Soort
search-requester = Melder (pseudoniem)
search-van = Gemeld vanaf
search-tot = Gemeld tot en met
search-go = Zoeken
search-found = Gevonden meldingen
search-empty = Er zijn geen meldingen gevonden.
search-sealed = Wat mensen schreven is per persoon versleuteld en wordt niet doorzocht.

keys-title = Sneltoetsen
keys-key = Toets
keys-does = Wat die doet
keys-next = Volgende melding
keys-previous = Vorige melding
keys-next-column = Volgende kolom
keys-previous-column = Vorige kolom
keys-open = Melding openen
keys-choose = Melding kiezen of niet kiezen
keys-choose-all = Alles op de pagina kiezen, of niets
keys-move = Melding verplaatsen
keys-search = Zoeken
keys-help = Deze uitleg
keys-on = Sneltoetsen van één teken gebruiken
keys-close = Sluiten
