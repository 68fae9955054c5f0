site-name = Bodemplaat
skip-to-content = Naar de inhoud
nav-main = Hoofdmenu
nav-personal = Persoonlijk
nav-trail = Kruimelpad
nav-home = Start
nav-report = Melding maken
nav-my-tickets = Meldingen
nav-queue = Werkvoorraad
nav-dashboard = Dashboard
nav-reports = Rapporten
nav-catalogue = Catalogus
nav-partners = Deelnemers
log-in = Inloggen
log-out = Uitloggen
logged-out = U bent uitgelogd
    .text = U kunt dit venster sluiten, of opnieuw inloggen.
login-failed = Het inloggen is niet afgerond. Begin opnieuw; dat lukt het best in één venster.
    .title = Inloggen mislukt
footer-what = Portaal van het servicecentrum voor de deelnemende organisaties.
footer-time-zone = Alle tijden zijn Nederlandse tijd. Duur is gemeten in de servicetijd van de norm.

role-user = gebruiker
role-functional-administrator = functioneel beheerder
role-contract-manager = contractmanager
role-client = opdrachtgever
role-owner = eigenaar
role-agent = servicedesk
role-catalogue-manager = catalogusbeheerder
role-controller = controller
role-privacy-officer = privacyfunctionaris

home-title = Start
home-greeting = Welkom, { $name }
home-lead = Wat wilt u doen?
home-report-text = Een storing doorgeven of iets aanvragen
home-tickets-text = Volgen hoe het ermee staat en wanneer het klaar is
home-queue-text = Meldingen van alle deelnemers oppakken en afhandelen
home-dashboard-text = Hoe de dienstverlening ervoor staat, live
home-reports-text = Cijfers over een periode, als pagina, PDF of Excel
home-catalogue-text = Wat er te krijgen is, wat erbij hoort en wat niet
home-mine =
    { $count ->
        [0] Uw lopende meldingen
        [one] Uw lopende melding
       *[other] Uw lopende meldingen ({ $count })
    }
home-mine-caption = Uw laatste lopende meldingen
home-mine-all = Al uw meldingen
home-mine-none = U hebt geen lopende meldingen.
home-urgent = Eerst aan de beurt
home-urgent-caption = Open meldingen die het eerst klaar moeten zijn
home-urgent-all = De hele werkvoorraad ({ $count })

failure-expired = Uw sessie is verlopen
    .text = Log opnieuw in om verder te gaan. Wat u net verstuurde, is niet verwerkt.
failure-forbidden = Geen toegang
    .text = Uw rol geeft geen toegang tot deze pagina of handeling.
failure-missing = Pagina niet gevonden
    .text = Deze pagina bestaat niet, of u hebt er geen toegang toe.
failure-unavailable = Even niet bereikbaar
    .text = Dit onderdeel is nu niet bereikbaar. Probeer het zo dadelijk opnieuw.
failure-refused = Dit is niet gelukt
    .text = Uw verzoek is niet uitgevoerd.
failure-home = Naar de startpagina

list-count =
    { $total ->
        [one] 1 resultaat
       *[other] { $first }–{ $last } van { $total } resultaten
    }
paging-label = Pagina’s
paging-page = Pagina
paging-previous = Vorige
paging-next = Volgende

filter-label = Lijst filteren
filter-show = Toon
filter-whose = Van wie
filter-everyone = Hele organisatie
filter-mine = Alleen van mij
filter-open = Open
filter-all = Alle
filter-every-partner = Alle deelnemers
filter-every-priority = Alle prioriteiten
filter-every-domain = Alle vakgebieden
filter-every-tier = Alle pakketten
filter-breached = Alleen norm overschreden
filter-apply = Filteren

column-ticket = Melding
column-subject = Onderwerp
column-partner = Deelnemer
column-priority = Prioriteit
column-status = Status
column-team = Team
column-opened = Gemeld
column-expected = Verwacht klaar
column-due = Uiterlijk klaar

fault-prefix = Fout:
fault-title-prefix = Fout:
fault-summary =
    { $count ->
        [one] Er is nog één ding dat niet klopt
       *[other] Er zijn nog { $count } dingen die niet kloppen
    }

partners-title = Deelnemers
partners-caption = Deelnemers met hun laatste kentallen
partners-empty = Er zijn nog geen deelnemers.
partners-joined = Deelnemer sinds
partners-leaves = Vertrekt { $on }
partners-residents = Inwoners
partners-workplaces = Werkplekken
partners-key = Verdeelsleutel
partner-kind-municipality = gemeente
partner-kind-province = provincie
partner-kind-work-organisation = werkorganisatie
partner-kind-joint-social-service = gemeenschappelijke sociale dienst
partner-kind-environment-agency = omgevingsdienst
partner-kind-other = overig
