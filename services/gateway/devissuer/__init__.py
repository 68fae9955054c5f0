"""A small OpenID provider for running locally: log in as anybody whom the case lists.

It asks for no password, so it refuses to run unless everything listens on loopback, and answers
nobody from elsewhere.
"""

from services.gateway.devissuer.install import install
from services.gateway.devissuer.loopback import NotOnLoopback

__all__ = ["NotOnLoopback", "install"]
