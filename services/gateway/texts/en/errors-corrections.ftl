correction-ahead = A correction works back and takes effect today ({ $today }) at the latest. Set what is to hold later in the usual way.
    .title = Correction lies ahead
correction-unknown = Correction { $correction } does not exist, or concerns no tickets of your organisation.
    .title = Unknown correction
correction-keeper-required = The catalogue manager decides on corrections.
    .title = For the catalogue manager only
correction-not-ready = It is still being worked out what this correction changes. Decide once the preview is ready.
    .title = Preview not ready yet
correction-stale = { $moved ->
        [one] One ticket has gone on
       *[other] { $moved } tickets have gone on
    } since the preview. Refresh the preview and look again before you decide.
    .title = Preview out of date
correction-settled = This correction was decided on before: { $status ->
        [accepted] it was accepted and is being carried out
        [completed] it was accepted and carried out
       *[dropped] it was dropped
    }.
    .title = Already decided
