"""A workbook whose bytes say nothing of when it was packed."""

import re
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_CORE = "docProps/core.xml"
_MADE = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:)")


def packed_at(book: bytes, moment: datetime) -> bytes:
    """The workbook as if it had been made at `moment`."""
    told = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    written = BytesIO()
    with ZipFile(BytesIO(book)) as given, ZipFile(written, "w", ZIP_DEFLATED) as still:
        for name in sorted(given.namelist()):
            content = given.read(name)
            if name == _CORE:
                content = _MADE.sub(rb"\g<1>" + told + rb"\g<3>", content)
            still.writestr(ZipInfo(name), content, ZIP_DEFLATED)
    return written.getvalue()
