dashboard-title = Dashboard { $partner }
dashboard-choose = Choose a partner
dashboard-export = Tickets as CSV
dashboard-period = Period
dashboard-days = { $days } days
dashboard-as-of = As of { $at }. This page keeps itself up to date.
dashboard-updated = Updated at { $at }.
dashboard-now = Now
dashboard-open = Open
dashboard-due-today = Due today
dashboard-at-risk = At risk
dashboard-overdue = Overdue
dashboard-out-of-catalogue-open = Open out of catalogue
dashboard-by-kind = Open by kind
dashboard-by-priority = Open by priority
dashboard-by-age = Open by age
dashboard-count = Count
dashboard-nothing = Nothing open
dashboard-period-title = From { $first } up to and including { $last }
dashboard-inflow = Came in
dashboard-resolved = Resolved
dashboard-out-of-catalogue = Out of catalogue
dashboard-share = { $share } of what came in
dashboard-median = Median time to resolve
dashboard-p90 = 90 % resolved within
dashboard-norms = Within the norm
dashboard-norm = Norm
dashboard-within-share = Within norm
dashboard-within = In time
dashboard-counted = Counted
dashboard-business-time = Durations are service time: only the hours in which the clock of the norm runs.
dashboard-flow = Came in and resolved per day
dashboard-flow-text = In this period { $opened } tickets came in and { $resolved } were resolved. The counts per day are in the table.
dashboard-flow-table = Counts per day
dashboard-day = Day
dashboard-breaches = Norms not met
dashboard-breaches-none = All norms were met in this period.
dashboard-was-due = Was due
dashboard-generated =
    { $count ->
        [one] One of these tickets is a sample record.
       *[other] { $count } of these tickets are sample records.
    }
