"""Runs `projection` as this process; with the argument `rebuild`, rebuilds its read models."""

import sys

from chassis.service import run
from chassis.settings import Settings
from services.projection import rebuild
from services.projection.service import definition

if __name__ == "__main__":
    if sys.argv[1:] == ["rebuild"]:
        rebuild.main()
    else:
        run(definition, Settings())
