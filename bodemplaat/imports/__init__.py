"""Histories of tickets from elsewhere: read through a mapping, sent through the same decisions."""
