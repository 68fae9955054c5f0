"""What the fields of commands may hold."""

from typing import Annotated

from pydantic import Field, StringConstraints

TicketNumber = Annotated[
    str,
    StringConstraints(pattern=r"^(INC|REQ|CHG|PRB|SEC|CMP|QST)-\d{4}-\d{6,9}$"),
    Field(description="Number per kind and year, e.g. INC-2026-000123"),
]
WindowNumber = Annotated[
    str,
    StringConstraints(pattern=r"^(MNT|FRZ)-\d{4}-\d{6,9}$"),
    Field(description="Number of a maintenance window or freeze, e.g. MNT-2026-000001"),
]
MajorIncidentNumber = Annotated[
    str,
    StringConstraints(pattern=r"^MAJ-\d{4}-\d{6,9}$"),
    Field(description="Number of a major incident, e.g. MAJ-2026-000001"),
]
Pseudonym = Annotated[str, StringConstraints(min_length=1, max_length=100)]
Reason = Annotated[str, StringConstraints(min_length=1, max_length=2000, strip_whitespace=True)]
Level = Annotated[int, Field(description="1 is high, 3 is low; see the priority matrix")]
