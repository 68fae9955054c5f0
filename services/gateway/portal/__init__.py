"""The portal: pages for people, rendered on the server.

Every page is made from queries and every form becomes a command, within the scope of the person
who is logged in. Works without JavaScript; htmx adds search while typing and live figures.
"""

from services.gateway.portal.install import install

__all__ = ["install"]
