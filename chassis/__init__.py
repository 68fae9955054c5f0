"""What every service stands on: one process, one database, one way to the stream.

Knows the envelope, the registry and the topology of `contracts`; never a service.
"""
