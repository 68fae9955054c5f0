"""What tests stand on: databases copied from a migrated template, a stream of their own.

The engines are real; whoever uses this says where they are (see `tests/conftest.py`).
"""
