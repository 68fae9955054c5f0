nav-known-errors = Known errors
nav-major-incidents = Major incidents

known-title = Known errors
known-lead = Problems whose solution takes a while yet, but for which you can do something meanwhile.
known-search = Search by words
known-every-domain = Every field of work
known-since = Known since
known-workaround = What you can do now
known-root-cause = Cause
known-empty = There are no known errors that concern you right now.
known-empty-filtered = No known errors match this.
known-likely =
    { $count ->
        [one] This may be known already
       *[other] One of these may be known already
    }
known-likely-report = Does this not help, or is it something else? Then simply send your report.

major-title = Major incidents
major-lead = Disruptions that hit more than a few people, with what was told about them and how they hit you.
    .centre = An incident is declared a major one on its own page.
major-empty = There are no major incidents.
major-now = Major incident:
major-name = Incident
major-declared = Since
major-ended = Over
major-attached = Tickets
major-status-ongoing = Going on
major-status-ended = Over
major-since = Since
major-until = Over since
major-updates = Messages
major-only-for = only for
major-tickets = Tickets of your organisation that belong to it
major-tickets-centre = Tickets that belong to it
major-tickets-table = Tickets of this incident
major-tickets-none = No tickets that you may see belong to it.
major-tickets-more = { $count } tickets in all; the newest stand here.
major-tickets-count =
    { $count ->
        [one] One ticket of your organisation belongs to it.
       *[other] { $count } tickets of your organisation belong to it.
    }
major-shared = Shared with
major-parent = Grown from
major-move-update = Post a message
major-move-share = Share with more partners
major-move-end = Tell that it is over
major-message = Message
major-last-message = Last message
major-for-whom = Whom is the message for?
    .hint = Nobody ticked: for everybody that the incident is shared with.
major-with-whom = Share with whom?
major-refused = Nothing was changed
major-fault-move = Choose what you want to do.
major-fault-message = Write a message of at most 4,000 characters.
major-fault-partners = Choose with whom you share the incident.
major-done-update = The message is posted
major-done-share = The incident is shared with more partners
major-done-end = The major incident is over
major-done-declare-major = The incident is a major one now

related-heading = Belongs together
related-major = Belongs to major incident
related-problem-behind = Behind it is problem
related-cause-unknown = Not known yet.
related-known-error = Known error
related-known-error-none = No: nothing was recorded yet that helps meanwhile.
related-incidents =
    { $count ->
        [one] One incident by this
       *[other] { $count } incidents by this
    }
related-incidents-table = Incidents by this problem
related-incidents-none = No incidents are linked to it yet.
related-no-persons = Partners read this. Name no persons.
related-problem = Problem
    .hint = Open problems; what is resolved does not stand here.
related-root-cause = Cause
    .hint = Partners read this with the known error. Name no persons.
related-summary = What goes wrong?
    .hint = In a few words, as partners notice it. Name no persons.
related-workaround = What helps meanwhile?
    .hint = Step by step, for whoever does it. Name no persons.
related-major-incident = Major incident
    .hint = Whoever reported the ticket will see what is told about it.
related-title = Title
    .hint = As partners read it. Name no persons.
related-message = First message
    .hint = What is going on, and when will you tell more? Partners read this. Name no persons.
related-form-link-problem = Link to a problem
    .lead = Several incidents with one cause belong to one problem.
    .send = Link
related-form-unlink-problem = Unlink from the problem
    .lead = The incident has nothing to do with the problem after all.
    .send = Unlink
related-form-root-cause = Record the cause
    .lead = What is behind the incidents?
    .send = Record the cause
related-form-known-error = Record a known error
    .lead = Partners whom it concerns see it in the list of known errors and while they report, until the problem is resolved.
    .send = Record the known error
related-form-withdraw-known-error = Withdraw the known error
    .lead = What was recorded no longer helps. When the problem is resolved, this happens by itself.
    .send = Withdraw
related-form-attach-major = Add to a major incident
    .lead = The partner of this ticket will see the major incident, also if it did not know of it yet.
    .send = Add
related-form-detach-major = Take out of the major incident
    .lead = The ticket has nothing to do with the major incident after all.
    .send = Take out
related-form-declare-major = Declare a major incident
    .lead = The partner of this incident sees it at once. Then you share it with others.
    .send = Declare a major incident
done-link-problem = The incident is linked to the problem
done-unlink-problem = The incident is unlinked from the problem
done-root-cause = The cause is recorded
done-known-error = The known error is recorded
done-withdraw-known-error = The known error is withdrawn
done-attach-major = The ticket belongs to the major incident now
done-detach-major = The ticket no longer belongs to the major incident
event-incident-linked-to-problem = Linked to a problem
event-incident-unlinked-from-problem = Unlinked from a problem
event-root-cause-recorded = Cause recorded
event-known-error-recorded = Known error recorded
event-known-error-withdrawn = Known error withdrawn
event-ticket-attached-to-major-incident = Added to a major incident
event-ticket-detached-from-major-incident = Taken out of a major incident

signals-title = Security signals
signals-lead = How often something suspicious was seen in a month. Only the number is kept, not whom it was about.
signals-table = Numbers per month
signals-month = Month
    .hint = Year and month, for instance 2026-03
signals-partner = Partner
signals-sort = Sort of signal
signals-count = Number
    .hint = The whole number of the month. A new number takes the place of the one before.
signals-not-counted = not counted
signals-empty = Nothing was counted yet.
signals-all = All months
signals-form-record = Record a number
    .lead = Record how many signals of a sort a partner had in a month.
    .send = Record
signals-done-record = The number is recorded
signal-sort-suspicious-login = Suspicious logins
signal-sort-phishing-mail = Phishing mails
