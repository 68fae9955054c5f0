"""For what personal data is processed: the activities of the organisation's register, by URI."""

from dataclasses import dataclass

BASE = "https://bodemplaat.example/processing-activities"


@dataclass(frozen=True, slots=True)
class Activities:
    """The URI of each activity, as the processing log names it."""

    handling: str = f"{BASE}/ticket-handling"
    importing: str = f"{BASE}/history-import"
    erasure: str = f"{BASE}/erasure"
    inspection: str = f"{BASE}/processing-log-inspection"
