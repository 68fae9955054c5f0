"""Problems: the incidents behind which they are, and what is known of them."""

from chassis.command import Context, Outcome
from services.tickets.access import require_centre
from services.tickets.commands import LinkToProblem, TicketCommand
from services.tickets.domain.decisions import move_of
from services.tickets.domain.problems import require_open_problem
from services.tickets.errors import ProblemUnknown
from services.tickets.handlers.tickets import change_ticket
from services.tickets.repository import Work


async def change_problem(command: TicketCommand, context: Context, work: Work) -> Outcome:
    """Any command to a problem, or that takes an incident from one."""
    require_centre(context, move_of(command))
    return await change_ticket(command, context, work)


async def link_to_problem(command: LinkToProblem, context: Context, work: Work) -> Outcome:
    """The incident is locked first, then the problem; what is refused leaves no trace."""
    linked = await change_problem(command, context, work)
    problem = await work.tickets.get(command.problem)
    if problem is None or not context.sees(problem.partner):
        raise ProblemUnknown("problem", problem=command.problem)
    require_open_problem(problem)
    return linked
