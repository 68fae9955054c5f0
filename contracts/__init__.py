"""The published language: what services say to each other and to the world.

Depends on pydantic and the standard library only.
"""
