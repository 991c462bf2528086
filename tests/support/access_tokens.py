"""Access tokens that the server could have made, and did not."""

import base64
import hashlib
import hmac
import json


def re_signed(token, secret, **claims):
    """The token with other claims, signed as the server signs."""
    head, payload, _ = token.split(".")
    values = json.loads(base64.urlsafe_b64decode(payload + "=="))
    changed = base64.urlsafe_b64encode(json.dumps({**values, **claims}).encode()).rstrip(b"=").decode()
    signature = hmac.new(secret, f"{head}.{changed}".encode(), hashlib.sha256).digest()
    return f"{head}.{changed}." + base64.urlsafe_b64encode(signature).rstrip(b"=").decode()
