"""Runs `finance` as this process."""

from chassis.service import run
from chassis.settings import Settings
from services.finance.service import definition

if __name__ == "__main__":
    run(definition, Settings())
