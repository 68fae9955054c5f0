problem-expected = Only a problem can do this.
    .title = Not a problem
incident-expected = Only an incident or a security incident can do this.
    .title = Not an incident
ticket-problem-unknown = There is no problem { $problem }.
    .title = Unknown problem
problem-ended = Problem { $problem } is { $status ->
        [resolved] resolved
        [closed] closed
        [cancelled] cancelled
       *[other] over
    }. Reopen it first.
    .title = Problem is over
incident-linked-already = This incident already belongs to problem { $problem }. Take it from there first.
    .title = Belongs to a problem already
incident-not-linked = This incident belongs to no problem.
    .title = Belongs to no problem
known-error-absent = This problem is no known error; there is nothing to withdraw.
    .title = No known error
major-incident-unknown = There is no major incident { $major_incident }.
    .title = Unknown major incident
major-incident-over = Major incident { $major_incident } is over; nothing is changed of it any more.
    .title = Major incident is over
major-incident-not-shared = The major incident is not shared with partner { $partner }. Share it first.
    .title = Not shared
major-incident-parent = Major incident { $major_incident } grew from this incident, which stays with it.
    .title = Belongs to the major incident
major-incident-attached-already = This incident already belongs to major incident { $major_incident }. Take it from there first.
    .title = Belongs to a major incident already
major-incident-not-attached = This incident belongs to no major incident.
    .title = Belongs to no major incident
signals-month-future = The month { $month } has yet to begin.
    .title = Month in the future
