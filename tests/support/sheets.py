"""Visit sheets and signatures, as a phone writes them."""

import hashlib
import json
import subprocess

from support.organisation import new_id
from support.world import now

STROKES = {"width": 300, "height": 100,
           "lines": [[{"x": 10, "y": 50, "t_ms": 0, "pressure": 0.5}, {"x": 90, "y": 20, "t_ms": 30}]]}


def content(version=1, **fields):
    return {
        "version": version, "open_before": ["冷库温度过高"],
        "done": [{"what": "Cleaned the condenser", "cause": "Dust", "remedy": "清洗"}],
        "left_open": [{"what": "Door seal worn", "plan": "Order a new one"}],
        "parts": [{"name": "Filter", "number": "F-7", "quantity": 1.5, "unit": "m"}], **fields,
    }


def write(user, visit, expect=200, **fields):
    return user.api.put(f"/v1/visits/{visit}/sheet", json=content(**fields), expect=expect).json()


def canonical(value):
    """RFC 8785 for what a sheet holds: no key outside ASCII, no number that Python and ECMAScript print differently."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(text):
    return hashlib.sha256(text.encode()).hexdigest()


def signature(sheet, **fields):
    """What signs the server's own document."""
    return {
        "id": new_id(), "sheet_version": sheet["version"], "document_sha256": sheet["document_sha256"],
        "signer_name": "王芳", "signer_role": "门店经理", "signed_at": now(), "strokes": STROKES, **fields,
    }


def sign(user, visit, sheet, expect=201, **fields):
    return user.api.post(f"/v1/visits/{visit}/signatures", json=signature(sheet, **fields), expect=expect).json()


def sign_document(user, visit, document, expect=201, **fields):
    """Signs a document that the phone made; a text or what becomes one."""
    text = document if isinstance(document, str) else canonical(document)
    sheet = {"version": 1, "document_sha256": digest(text)}
    return sign(user, visit, sheet, expect, document=text, **fields)


def pdf_text(pdf):
    return subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True, timeout=60).stdout.decode()
