"""The only door: HTTP API and portal.

Owns no data. Knows who asks (OIDC), decides whether they may (one table of role × route), turns
requests into commands and queries, and faults into problems in the caller's language.
"""
