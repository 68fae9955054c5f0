partner-not-joined = Partner { $partner } takes part from { $joined_on }. No ticket can be opened before.
    .title = Partner has not joined yet
item-not-yet-valid = { $item } is offered from { $valid_from }.
    .title = Not offered yet
level-unknown = There is no level { $level }. Impact and urgency run from 1 (high) to { $levels } (low).
    .title = Unknown level
ticket-move-illegal = { $status ->
        [new] This ticket is new
        [assigned] This ticket is assigned but not worked on yet
        [in-progress] This ticket is in progress
        [waiting] This ticket is waiting
        [resolved] This ticket is resolved
        [closed] This ticket is closed
        [reopened] This ticket is reopened
        [cancelled] This ticket is cancelled
       *[other] This ticket has status { $status }
    } and cannot be { $move ->
        [assign] assigned
        [start] started
        [pause] put to wait
        [resume] resumed
        [prioritise] given another priority
        [reclassify] reclassified
        [resolve] resolved
        [close] closed
        [reopen] reopened
        [cancel] cancelled
       *[other] changed ({ $move })
    }. { $status ->
        [new] Possible: assign, change priority, reclassify, resolve, cancel.
        [assigned] Possible: start, assign, change priority, reclassify, resolve, cancel.
        [in-progress] Possible: put to wait, assign, change priority, reclassify, resolve, cancel.
        [waiting] Possible: resume, wait for something else, assign, change priority, reclassify, resolve, cancel.
        [resolved] Possible: close, reopen, cancel.
        [closed] Possible: reopen, cancel.
        [reopened] Possible: start, assign, change priority, reclassify, resolve, cancel.
        [cancelled] A cancelled ticket stays cancelled.
       *[other] Possible: { $allowed }.
    }
    .title = Move not possible
ticket-reopen-too-late = It could be reopened until { $until }, { $days ->
        [one] one day
       *[other] { $days } days
    } after it was resolved. Please open a new ticket.
    .title = Too late to reopen
ticket-moment-too-early = The moment { $at } lies before the ticket's last event ({ $last }).
    .title = Moment too early
ticket-moment-in-future = The moment { $at } is still to come.
    .title = Moment in the future
ticket-requester-not-self = You can open tickets in your own name only.
    .title = Own name only
ticket-move-forbidden = The service desk does this. You can close, reopen, cancel or rate a ticket of your own, and resume it while it waits for you.
    .title = Reserved for the service desk
ticket-import-forbidden = Only the operator of the system can import histories.
    .title = Reserved for the operator
ticket-history-not-opened = A history begins by opening the ticket, and opens it once.
    .title = History does not begin with opening
ticket-history-repeated = Ticket { $external } occurs more than once in what is imported.
    .title = History repeated
ticket-kind-forbidden = Changes and problems are recorded by the service centre itself. Report an incident, request, question, complaint or security incident.
    .title = Reserved for the service centre
ticket-work-date-outside = The day of the work lies from { $first } to { $last }.
    .title = Wrong day
ticket-rating-not-requester = Only the requester can rate a ticket.
    .title = Requester only
ticket-rating-too-early = A ticket can be rated once it is closed.
    .title = Not closed yet
ticket-rated-already = This ticket has been rated.
    .title = Already rated
ticket-not-open = This ticket is done with; nothing is left to do.
    .title = Ticket is done with
ticket-task-unknown = This ticket has no task { $task }.
    .title = Unknown task
ticket-task-done = Task { $task } is done already.
    .title = Task already done
ticket-tasks-open = The request is resolved once all tasks are done. { $count ->
        [one] One task is still open
       *[other] { $count } tasks are still open
    }: { $tasks }.
    .title = Tasks are still open
change-expected = This is possible with a change only.
    .title = Not a change
window-invalid = A window ends after its start and does not lie in the past (start { $starts_at }, end { $ends_at }).
    .title = Window is wrong
change-frozen = A change freeze ({ $freeze }) holds until { $until }. Only emergencies go on.
    .title = Change freeze
change-not-planned = Plan the change first.
    .title = Not planned yet
change-not-approved = The change has not been approved.
    .title = Not approved
change-decided = This change has been decided on ({ $decision ->
        [approved] approved
        [rejected] rejected
       *[other] { $decision }
    }).
    .title = Already decided
change-approver-planner = Who plans a change does not decide on it.
    .title = Somebody else decides
change-not-implemented = Tell how it went; that resolves the change.
    .title = Result not recorded
window-unknown = There is no maintenance window or freeze { $window }.
    .title = Unknown window
window-move-illegal = This is not possible with a window that { $status ->
        [planned] is planned
        [announced] is announced
        [completed] is done
        [cancelled] was called off
        [frozen] is a freeze in force
        [lifted] was lifted
       *[other] has status { $status }
    }{ $move ->
        [complete] . It can be completed from its start on
       *[other] {""}
    }.
    .title = Move not possible
