"""`python -m contracts.documents`: publish new versions, and rewrite the pages made from them.

Ends with status 1, having written nothing, when a published version no longer is what it was.
"""

import sys
from pathlib import Path

from contracts.documents.pages import pages
from contracts.documents.published import PublishedVersionChangedError, publish

PAGES = Path(__file__).parents[2] / "docs"


def main() -> int:
    try:
        added = publish()
    except PublishedVersionChangedError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.writelines(f"published contracts/schemas/{name}\n" for name in added)
    for name, text in pages():
        (PAGES / name).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
