"""Putting right what ran under a wrong norm or calendar: what changes, and whether it is done."""
