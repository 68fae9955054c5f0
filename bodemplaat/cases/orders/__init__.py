"""The commands that set a case up and play its past in, per service."""

from bodemplaat.cases.orders.catalog import phases
from bodemplaat.cases.orders.finance import finance_orders
from bodemplaat.cases.orders.order import MARK, FromReply, Order
from bodemplaat.cases.orders.tickets import ticket_orders

__all__ = ["MARK", "FromReply", "Order", "finance_orders", "phases", "ticket_orders"]
