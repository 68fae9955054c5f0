"""Tickets: incidents and service requests from opening to closing, and their SLA clock.

Owns every ticket, its clock and its personal text. Publishes the events of `contracts.tickets`;
consumes those of `contracts.catalog`, of which it keeps a copy.
"""
