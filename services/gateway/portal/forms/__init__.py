"""Forms as data: a table of fields that becomes one command.

What the service refuses comes back beside the field that it names, with what was filled in still
in place; sending a form twice is one command.
"""

from services.gateway.portal.forms.form import Area, Filling, Form, Ids, Present, Subject
from services.gateway.portal.forms.parts import Field, Part, Partners, Rows, Years
from services.gateway.portal.forms.sending import opened, sent
from services.gateway.portal.forms.sheet import Sheet

__all__ = [
    "Area",
    "Field",
    "Filling",
    "Form",
    "Ids",
    "Part",
    "Partners",
    "Present",
    "Rows",
    "Sheet",
    "Subject",
    "Years",
    "opened",
    "sent",
]
