"""Documents as PDF: data and a template in, a tagged PDF (PDF/UA-1) in the house style out.

A template lies in `templates/`, begins with what `house.typ` gives, and shows what it is told:
texts and figures come in as the reader will see them, in the reader's language.
"""

from services.gateway.typeset.press import pictured, typeset

__all__ = ["pictured", "typeset"]
