"""Runs `projection` as this process; with the argument `rebuild`, rebuilds its read models."""

import sys

from chassis.service import run
from services.projection import rebuild
from services.projection.service import compose
from services.projection.settings import ProjectionSettings

if __name__ == "__main__":
    if sys.argv[1:] == ["rebuild"]:
        rebuild.main()
    else:
        settings = ProjectionSettings()
        run(compose(settings.limits()), settings)
