nav-known-errors = Bekende fouten
nav-major-incidents = Grote storingen

known-title = Bekende fouten
known-lead = Problemen waarvan de oplossing nog op zich laat wachten, maar waarvoor u zelf al iets kunt doen.
known-search = Zoek op woorden
known-every-domain = Elk vakgebied
known-since = Bekend sinds
known-workaround = Wat u nu kunt doen
known-root-cause = Oorzaak
known-empty = Er zijn op dit moment geen bekende fouten voor u.
known-empty-filtered = Er zijn geen bekende fouten die hieraan voldoen.
known-likely =
    { $count ->
        [one] Misschien is dit al bekend
       *[other] Misschien is een van deze al bekend
    }
known-likely-report = Helpt dit niet, of is het iets anders? Verstuur dan gewoon uw melding.

major-title = Grote storingen
major-lead = Storingen die meer dan een paar mensen raken, met wat er over verteld is en wat u ervan merkt.
    .centre = Een storing verklaart u op haar eigen pagina tot grote storing.
major-empty = Er zijn geen grote storingen.
major-now = Grote storing:
major-name = Storing
major-declared = Sinds
major-ended = Voorbij
major-attached = Meldingen
major-status-ongoing = Nu bezig
major-status-ended = Voorbij
major-since = Sinds
major-until = Voorbij sinds
major-updates = Berichten
major-only-for = alleen voor
major-tickets = Meldingen van uw organisatie die hierbij horen
major-tickets-centre = Meldingen die hierbij horen
major-tickets-table = Meldingen bij deze storing
major-tickets-none = Er horen geen meldingen bij die u mag zien.
major-tickets-more = In totaal { $count } meldingen; de nieuwste staan hier.
major-tickets-count =
    { $count ->
        [one] Er hoort één melding van uw organisatie bij.
       *[other] Er horen { $count } meldingen van uw organisatie bij.
    }
major-shared = Gedeeld met
major-parent = Ontstaan uit
major-move-update = Bericht plaatsen
major-move-share = Met meer deelnemers delen
major-move-end = Voorbij melden
major-message = Bericht
major-last-message = Laatste bericht
major-for-whom = Voor wie is het bericht?
    .hint = Niemand aangevinkt: voor iedereen met wie de storing is gedeeld.
major-with-whom = Met wie delen?
major-refused = Er is niets gewijzigd
major-fault-move = Kies wat u wilt doen.
major-fault-message = Schrijf een bericht van hoogstens 4.000 tekens.
major-fault-partners = Kies met wie u de storing deelt.
major-done-update = Het bericht is geplaatst
major-done-share = De storing is met meer deelnemers gedeeld
major-done-end = De grote storing is voorbij gemeld
major-done-declare-major = De storing is nu een grote storing

related-heading = Samenhang
related-major = Hoort bij grote storing
related-problem-behind = Hierachter zit probleem
related-cause-unknown = Nog niet bekend.
related-known-error = Bekende fout
related-known-error-none = Nee: er is nog niets vastgelegd dat intussen helpt.
related-incidents =
    { $count ->
        [one] Eén storing hierdoor
       *[other] { $count } storingen hierdoor
    }
related-incidents-table = Storingen door dit probleem
related-incidents-none = Er zijn nog geen storingen aan gekoppeld.
related-no-persons = Deelnemers lezen dit. Noem geen personen.
related-problem = Probleem
    .hint = Open problemen; wat is opgelost, staat er niet bij.
related-root-cause = Oorzaak
    .hint = Deelnemers lezen dit bij de bekende fout. Noem geen personen.
related-summary = Wat gaat er mis?
    .hint = In een paar woorden, zoals deelnemers het merken. Noem geen personen.
related-workaround = Wat helpt intussen?
    .hint = Stap voor stap, voor wie het zelf doet. Noem geen personen.
related-major-incident = Grote storing
    .hint = Wie de melding deed, ziet daarna wat er over verteld wordt.
related-title = Titel
    .hint = Zoals deelnemers haar lezen. Noem geen personen.
related-message = Eerste bericht
    .hint = Wat is er aan de hand en wanneer volgt meer? Deelnemers lezen dit. Noem geen personen.
related-form-link-problem = Aan een probleem koppelen
    .lead = Meerdere storingen met dezelfde oorzaak horen bij één probleem.
    .send = Koppelen
related-form-unlink-problem = Van het probleem losmaken
    .lead = De storing heeft toch niets met het probleem te maken.
    .send = Losmaken
related-form-root-cause = Oorzaak vastleggen
    .lead = Wat zit er achter de storingen?
    .send = Oorzaak vastleggen
related-form-known-error = Bekende fout vastleggen
    .lead = Deelnemers die dit raakt, zien het in de lijst van bekende fouten en terwijl zij melden, totdat het probleem is opgelost.
    .send = Bekende fout vastleggen
related-form-withdraw-known-error = Bekende fout intrekken
    .lead = Wat was vastgelegd, helpt niet meer. Bij het oplossen van het probleem gebeurt dit vanzelf.
    .send = Intrekken
related-form-attach-major = Bij een grote storing voegen
    .lead = De deelnemer van deze melding ziet daarna de grote storing, ook als die er nog niet van wist.
    .send = Toevoegen
related-form-detach-major = Uit de grote storing halen
    .lead = De melding heeft toch niets met de grote storing te maken.
    .send = Eruit halen
related-form-declare-major = Tot grote storing verklaren
    .lead = De deelnemer van deze storing ziet haar meteen. Daarna deelt u haar met anderen.
    .send = Tot grote storing verklaren
done-link-problem = De storing is aan het probleem gekoppeld
done-unlink-problem = De storing is van het probleem losgemaakt
done-root-cause = De oorzaak is vastgelegd
done-known-error = De bekende fout is vastgelegd
done-withdraw-known-error = De bekende fout is ingetrokken
done-attach-major = De melding hoort nu bij de grote storing
done-detach-major = De melding hoort niet meer bij de grote storing
event-incident-linked-to-problem = Aan een probleem gekoppeld
event-incident-unlinked-from-problem = Van een probleem losgemaakt
event-root-cause-recorded = Oorzaak vastgelegd
event-known-error-recorded = Bekende fout vastgelegd
event-known-error-withdrawn = Bekende fout ingetrokken
event-ticket-attached-to-major-incident = Bij een grote storing gevoegd
event-ticket-detached-from-major-incident = Uit een grote storing gehaald

signals-title = Beveiligingssignalen
signals-lead = Hoe vaak er per maand iets verdachts is gezien. Alleen het aantal wordt bewaard, niet wie het betrof.
signals-table = Aantallen per maand
signals-month = Maand
    .hint = Jaar en maand, bijvoorbeeld 2026-03
signals-partner = Deelnemer
signals-sort = Soort signaal
signals-count = Aantal
    .hint = Het hele aantal van de maand. Een nieuw aantal komt in de plaats van het vorige.
signals-not-counted = niet geteld
signals-empty = Er is nog niets geteld.
signals-all = Alle maanden
signals-form-record = Aantal vastleggen
    .lead = Leg vast hoeveel signalen van een soort een deelnemer in een maand had.
    .send = Vastleggen
signals-done-record = Het aantal is vastgelegd
signal-sort-suspicious-login = Verdachte aanmeldingen
signal-sort-phishing-mail = Phishingmails
