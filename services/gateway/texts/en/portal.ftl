site-name = Bodemplaat
skip-to-content = Skip to content
nav-main = Main menu
nav-personal = Personal
nav-trail = Breadcrumb
nav-home = Home
nav-report = Report something
nav-my-tickets = Tickets
nav-queue = Queue
nav-dashboard = Dashboard
nav-reports = Reports
nav-catalogue = Catalogue
nav-partners = Partners
log-in = Log in
log-out = Log out
logged-out = You are logged out
    .text = You may close this window, or log in again.
login-failed = Logging in was not completed. Start again; it works best in one window.
    .title = Log-in failed
footer-what = Portal of the shared service centre for the organisations that take part.
footer-time-zone = All times are Dutch time. Durations are measured in the service hours of the norm.

role-user = user
role-functional-administrator = functional administrator
role-contract-manager = contract manager
role-client = client
role-owner = owner
role-agent = service desk
role-catalogue-manager = catalogue manager
role-controller = controller
role-privacy-officer = privacy officer

home-title = Home
home-greeting = Welcome, { $name }
home-lead = What would you like to do?
home-report-text = Report a fault or ask for something
home-tickets-text = See how it stands and when it will be done
home-queue-text = Pick up and handle tickets of all partners
home-dashboard-text = How the service stands, live
home-reports-text = Figures over a period, as a page, PDF or workbook
home-catalogue-text = What there is to be had, what comes with it and what does not
home-mine =
    { $count ->
        [0] Your open tickets
        [one] Your open ticket
       *[other] Your open tickets ({ $count })
    }
home-mine-caption = Your latest open tickets
home-mine-all = All your tickets
home-mine-none = You have no open tickets.
home-urgent = First in line
home-urgent-caption = Open tickets that are due first
home-urgent-all = The whole queue ({ $count })

failure-expired = Your session has expired
    .text = Log in again to go on. What you just sent has not been processed.
failure-forbidden = No access
    .text = Your role gives no access to this page or action.
failure-missing = Page not found
    .text = This page does not exist, or you have no access to it.
failure-unavailable = Not available for the moment
    .text = This part cannot be reached now. Please try again shortly.
failure-refused = This did not succeed
    .text = Your request has not been carried out.
failure-home = To the home page

list-count =
    { $total ->
        [one] 1 result
       *[other] { $first }–{ $last } of { $total } results
    }
paging-label = Pages
paging-page = Page
paging-previous = Previous
paging-next = Next

filter-label = Filter the list
filter-show = Show
filter-whose = Whose
filter-everyone = Whole organisation
filter-mine = Only mine
filter-open = Open
filter-all = All
filter-every-partner = All partners
filter-every-priority = All priorities
filter-every-domain = All fields
filter-every-tier = All packages
filter-breached = Only past the norm
filter-apply = Filter

column-ticket = Ticket
column-subject = Subject
column-partner = Partner
column-priority = Priority
column-status = Status
column-team = Team
column-opened = Reported
column-expected = Expected
column-due = Due

fault-prefix = Error:
fault-title-prefix = Error:
fault-summary =
    { $count ->
        [one] One thing is not right yet
       *[other] { $count } things are not right yet
    }

partners-title = Partners
partners-caption = Partners with their latest counts
partners-empty = There are no partners yet.
partners-joined = Partner since
partners-leaves = Leaves { $on }
partners-residents = Residents
partners-workplaces = Workplaces
partners-key = Allocation key
partner-kind-municipality = municipality
partner-kind-province = province
partner-kind-work-organisation = work organisation
partner-kind-joint-social-service = joint social service
partner-kind-environment-agency = environment agency
partner-kind-other = other
