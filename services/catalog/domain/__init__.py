"""The decisions of `catalog`: per aggregate a module with its state, `decide` and `evolve`."""
