"""`python -m services.gateway`"""

from services.gateway.service import run
from services.gateway.settings import GatewaySettings

if __name__ == "__main__":
    run(GatewaySettings())
