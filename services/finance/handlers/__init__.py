"""The commands of `finance`, a handler per aggregate: load, decide, save."""
