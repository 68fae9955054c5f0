correction-ahead = Een correctie werkt terug en gaat uiterlijk vandaag in ({ $today }). Wat later gaat gelden, legt u gewoon vast.
    .title = Correctie ligt in de toekomst
correction-unknown = Correctie { $correction } bestaat niet, of raakt geen meldingen van uw organisatie.
    .title = Onbekende correctie
correction-keeper-required = Over een correctie besluit de catalogusbeheerder.
    .title = Alleen voor de catalogusbeheerder
correction-not-ready = Er wordt nog uitgerekend wat deze correctie verandert. Besluit zodra de voorvertoning klaar is.
    .title = Voorvertoning nog niet klaar
correction-stale = { $moved ->
        [one] Eén melding is verdergegaan
       *[other] { $moved } meldingen zijn verdergegaan
    } sinds de voorvertoning. Werk de voorvertoning bij en kijk opnieuw voordat u besluit.
    .title = Voorvertoning verouderd
correction-settled = Over deze correctie is al besloten: { $status ->
        [accepted] ze is aanvaard en wordt doorgevoerd
        [completed] ze is aanvaard en doorgevoerd
       *[dropped] ze is afgewezen
    }.
    .title = Al besloten
