"""What the contracts look like to a reader outside: schemas, samples, catalogue, AsyncAPI.

Pure functions of the event classes and the topology. `python -m contracts.documents` writes the
files; a schema or sample that has been published is never written again.
"""
