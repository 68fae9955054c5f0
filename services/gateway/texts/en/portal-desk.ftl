desk-pages = Service desk
desk-views = Views of the queue
desk-list = List
desk-board = Board
desk-search = Search
desk-view-alles = Everything
desk-view-team = { $team }
desk-view-niet-toegewezen = Not assigned
desk-view-wacht-op-melder = Waiting on requester
desk-view-wacht-op-leverancier = Waiting on supplier
desk-view-dreigt = At risk
desk-view-te-laat = Late
desk-view-taken = Tasks to do
    .own = Tasks of { $team }
desk-view-goedkeuren = Changes to decide on
desk-response-before = Response before
desk-stale = This ticket has changed in the meantime, by somebody else or by its clock. Look at how it stands now and choose again.
own-team = My team: { $team }
own-team-none = Choose my team
own-team-field = My team
own-team-hint = Remembered in this browser. Empty: no team.
own-team-save = Remember

filter-every-team = All teams
filter-every-line = All lines
filter-every-kind = All kinds

bulk-choose = Choose
bulk-choose-one = Choose { $number }
bulk-all = Choose everything on this page
bulk-none = Choose nothing
bulk-chosen = chosen
bulk-action = Action on chosen tickets
bulk-go-on = Continue
bulk-trail = Action on tickets
bulk-title =
    { $count ->
        [one] { $action }: 1 ticket
       *[other] { $action }: { $count } tickets
    }
bulk-look-over = On which tickets?
bulk-lead = This is how the tickets stand now. Each ticket gets the action by itself: what one refuses holds up no other. At most { $most } at a time.
bulk-unfit = Not possible in this status
bulk-carry-out = { $action }
bulk-stop = Back without doing anything
bulk-back = Back to the list
bulk-nothing = Nothing was done
bulk-none-chosen = You have not chosen any tickets.
bulk-fault-none = Choose at least one ticket.
outcome-title = { $action }: outcome
outcome-summary =
    { $refused ->
        [0] { $done } done.
       *[other] { $done } done, { $refused } not done.
    }
outcome-what = Outcome
outcome-done = Done
outcome-refused = Not done
outcome-unknown = Unknown
outcome-again = Look again at what was not done

board-title = Board
board-column-new = New
board-column-assigned = Assigned
board-column-in-progress = In progress
board-column-waiting = Waiting
board-column-resolved = Resolved
board-empty = No tickets.
board-more =
    { $count ->
        [one] 1 more ticket
       *[other] { $count } more tickets
    }
board-in-list = All { $count } in the list
board-move = Move
board-move-to = To
board-team = Team (when assigning)
board-refused = { $number } was not moved
board-fault-step = Choose where the ticket goes.
step-assign = Assign
step-start = Take in hand
step-resume = Resume work
step-wait-user = Wait for the requester
step-wait-supplier = Wait for the supplier
step-wait-change-window = Wait for a maintenance window
step-resolve = Report as resolved
step-close = Close

search-title = Search tickets
search-words = Search for
search-hint = A number or part of it, a number elsewhere, a team, or the name or code of a product.
search-kind = Kind
search-requester = Requester (pseudonym)
search-van = Reported from
search-tot = Reported until
search-go = Search
search-found = Tickets found
search-empty = No tickets were found.
search-sealed = What people wrote is encrypted per person and is not searched.

keys-title = Keyboard shortcuts
keys-key = Key
keys-does = What it does
keys-next = Next ticket
keys-previous = Previous ticket
keys-next-column = Next column
keys-previous-column = Previous column
keys-open = Open ticket
keys-choose = Choose the ticket or not
keys-choose-all = Choose everything on the page, or nothing
keys-move = Move the ticket
keys-search = Search
keys-help = This explanation
keys-on = Use single-character shortcuts
keys-close = Close
