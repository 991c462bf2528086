"""Signed receipts: what they say, that they can be verified without the server, and the keys."""

import base64
import hashlib
import json
import re
import secrets
import subprocess

import pytest

from support import contract, tus
from support.api import Api
from support.evidence import declared, parts, photo_bytes, put_photo, send
from support.organisation import Organisation, new_id
from support.paths import ROOT
from support.server import Server
from support.world import World, check_in

HEADER = "Photo-Receipt"


def commands():
    """The lines that docs/receipts.md gives to whoever wants to verify."""
    text = (ROOT / "docs/receipts.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```sh\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert len(blocks) == 1
    return blocks[0]


@pytest.fixture
def verify(tmp_path, api):
    """Does what docs/receipts.md says, in an empty folder, with a PATH that knows no more than a shell's tools."""
    def run(receipt, photo, keys=None):
        (tmp_path / "receipt.txt").write_text(receipt)
        (tmp_path / "photo.jpg").write_bytes(photo)
        (tmp_path / "keys.json").write_text(keys or api.get("/v1/receipt-keys", expect=200).text)
        return subprocess.run(["sh", "-c", commands()], cwd=tmp_path, capture_output=True, text=True, timeout=60,
                              check=False, env={"PATH": "/usr/bin:/bin"})
    return run


def document_of(receipt):
    text = base64.b64decode(receipt.split(".")[0], validate=True)
    document = json.loads(text)
    assert text == json.dumps(document, sort_keys=True, separators=(",", ":")).encode(), "not canonical"
    return document


@pytest.fixture
def stored(world, user, run_folder):
    """(photo id, its bytes, the answer that acknowledged them)."""
    body = check_in(world.site, photos=[declared()])
    send(user, body)
    content = photo_bytes(run_folder, seed=secrets.randbelow(10**6))
    photo = body["photos"][0]["id"]
    return photo, content, put_photo(user, photo, content), body


def test_what_a_receipt_says(stored, user, organisation):
    photo, content, answer, body = stored
    receipt = answer.headers[HEADER]
    assert document_of(receipt) == {
        "type": "fieldproof-photo-receipt-1", "organisation_id": organisation.id, "photo_id": photo,
        "check_in_id": body["id"], "sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content),
        "received_at": answer.json()["receipt"]["stored_at"], "ledger_position": None,
        "key_id": user.api.get("/v1/receipt-keys", expect=200).json()["keys"][0]["kid"]}
    shown = user.api.get(f"/v1/photos/{photo}/receipt", expect=200)
    assert shown.json() == {"receipt": receipt, "document": document_of(receipt)}
    user.api.get(f"/v1/photos/{photo}/receipt", headers={"If-None-Match": shown.headers["ETag"]}, expect=304)


def test_it_verifies_with_openssl_and_sha256sum(stored, verify):
    _, content, answer, _ = stored
    result = verify(answer.headers[HEADER], content)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "Signature Verified Successfully" in result.stdout and "photo.jpg: OK" in result.stdout


def test_what_is_not_right_does_not_verify(stored, verify):
    _, content, answer, _ = stored
    document, signature = answer.headers[HEADER].split(".")
    text = base64.b64decode(document)
    forged = base64.b64encode(text.replace(b'"bytes":', b'"bytes":1')).decode()
    for receipt, photo in (
        (f"{forged}.{signature}", content),
        (f"{document}.{base64.b64encode(bytes(64)).decode()}", content),
        (f"{document}.{signature}", content + b"\0"),
    ):
        assert verify(receipt, photo).returncode != 0
    keys = json.dumps({"keys": [{
        "kty": "OKP", "crv": "Ed25519", "x": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode().rstrip("="),
        "kid": json.loads(text)["key_id"]}]}, separators=(",", ":"))
    assert verify(answer.headers[HEADER], content, keys).returncode != 0


def test_the_example_of_the_contract_verifies(verify):
    examples = contract.load().document["components"]["examples"]
    keys = json.dumps(examples["receiptKeys"]["value"], separators=(",", ":"))
    result = verify(examples["signedReceipt"]["value"]["receipt"], b"no such photo", keys)
    assert "Signature Verified Successfully" in result.stdout and "photo.jpg: FAILED" in result.stdout


def test_the_same_bytes_again_get_the_same_receipt(stored, user):
    photo, content, answer, _ = stored
    assert put_photo(user, photo, content, expect=200).headers[HEADER] == answer.headers[HEADER]


def test_a_finished_upload_is_receipted(world, user, run_folder, verify):
    content = photo_bytes(run_folder, seed=secrets.randbelow(10**6))
    for at_once in (True, False):
        body = check_in(world.site, photos=[declared()])
        send(user, body)
        photo = body["photos"][0]["id"]
        if at_once:
            answer = tus.create(user.api, photo, len(content), piece=content)
        else:
            location = tus.create(user.api, photo, len(content)).headers["Location"]
            half = tus.patch(user.api, location, 0, content[:1000])
            assert HEADER not in half.headers
            answer = tus.patch(user.api, location, 1000, content[1000:])
        assert verify(answer.headers[HEADER], content).returncode == 0
        assert document_of(answer.headers[HEADER])["photo_id"] == photo
        assert user.api.get(f"/v1/photos/{photo}/receipt", expect=200).json()["receipt"] == answer.headers[HEADER]


def test_a_photo_within_a_check_in_has_one_too(world, user, run_folder, verify):
    content = photo_bytes(run_folder, seed=secrets.randbelow(10**6))
    body = check_in(world.site, photos=[declared()])
    user.api.post("/v1/check-ins", files=parts(body, content), expect=201)
    receipt = user.api.get(f"/v1/photos/{body['photos'][0]['id']}/receipt", expect=200).json()["receipt"]
    assert verify(receipt, content).returncode == 0


def test_no_receipt_before_the_bytes(world, user, run_folder):
    body = check_in(world.site, photos=[declared()])
    send(user, body)
    path = f"/v1/photos/{body['photos'][0]['id']}/receipt"
    problem = user.api.get(path, expect=404).json()
    assert (problem["code"], problem["retryable"]) == ("not_yet_here", True)
    refused = put_photo(user, body["photos"][0]["id"], b"no photo", expect=422)
    assert HEADER not in refused.headers
    user.api.get(path, expect=404)
    assert user.api.get(f"/v1/photos/{new_id()}/receipt", expect=404).json()["code"] == "not_found"


@pytest.mark.parametrize("damage", ["missing", "cut"])
def test_no_receipt_for_a_file_that_is_gone(damage, stored, user, server, organisation):
    photo, content, _, _ = stored
    digest = hashlib.sha256(content).hexdigest()
    file = server.data_folder / "blobs" / organisation.id / digest[:2] / digest
    kept = file.read_bytes()
    file.unlink()
    if damage == "cut":
        file.write_bytes(kept[:-1])
    try:
        answer = user.api.get(f"/v1/photos/{photo}/receipt", expect=500)
        assert answer.json()["retryable"] is True and HEADER not in answer.headers
    finally:
        file.write_bytes(kept)
    user.api.get(f"/v1/photos/{photo}/receipt", expect=200)


def test_the_keys_need_no_log_in(api):
    answer = api.with_token(None).get("/v1/receipt-keys", expect=200)
    (key,) = answer.json()["keys"]
    text = json.dumps({name: key[name] for name in ("crv", "kty", "x")}, sort_keys=True, separators=(",", ":"))
    assert key["kid"] == base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode().rstrip("=")
    api.get("/v1/receipt-keys", headers={"If-None-Match": answer.headers["ETag"]}, expect=304)


@pytest.fixture
def own_server(run_folder, postgres):
    """A server that has not been started."""
    server = Server(run_folder / f"receipts-{new_id()}", postgres)
    server.migrate()
    yield server
    server.stop()


def test_receipts_outlive_their_key(own_server, recorder, run_folder, verify):
    own_server.start()
    organisation = Organisation(Api(own_server.base_url, recorder), own_server.operator_token)
    world = World(organisation, run_folder)
    api, photo = world.own.user.api, world.own.photo_stored
    before = api.get(f"/v1/photos/{photo}/receipt", expect=200).json()["receipt"]
    (old,) = api.get("/v1/receipt-keys", expect=200).json()["keys"]
    own_server.stop()
    with open(own_server.environment["FIELDPROOF_RECEIPT_KEY_FILE"], "w", encoding="ascii") as file:
        file.write(secrets.token_hex(32) + "\n")
    own_server.environment["FIELDPROOF_RECEIPT_FORMER_KEYS"] = old["x"] + ", " + old["x"]
    own_server.start()
    keys = api.get("/v1/receipt-keys", expect=200)
    assert [key == old for key in keys.json()["keys"]] == [False, True, True]
    after = api.get(f"/v1/photos/{photo}/receipt", expect=200).json()["receipt"]
    assert document_of(after) == {**document_of(before), "key_id": keys.json()["keys"][0]["kid"]}
    for receipt in (before, after):
        assert verify(receipt, world.own.photo, keys.text).returncode == 0


def test_a_known_key_makes_the_contracts_example(own_server, recorder):
    """RFC 8032's first test key, whose public key and thumbprint RFC 8037 shows."""
    with open(own_server.environment["FIELDPROOF_RECEIPT_KEY_FILE"], "w", encoding="ascii") as file:
        file.write("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
    own_server.start()
    keys = Api(own_server.base_url, recorder).get("/v1/receipt-keys", expect=200).json()
    assert keys == contract.load().document["components"]["examples"]["receiptKeys"]["value"]


@pytest.mark.parametrize("content, sentence", [
    (None, "FIELDPROOF_RECEIPT_KEY_FILE"),
    ("", "64 hexadecimal digits"),
    ("ab" * 31, "64 hexadecimal digits"),
    ("xy" * 32, "64 hexadecimal digits"),
])
def test_a_key_that_cannot_be_read_is_said_at_start(content, sentence, own_server):
    path = own_server.environment["FIELDPROOF_RECEIPT_KEY_FILE"]
    if content is None:
        own_server.environment["FIELDPROOF_RECEIPT_KEY_FILE"] = path + ".missing"
    else:
        with open(path, "w", encoding="ascii") as file:
            file.write(content)
    result = own_server.run("serve")
    assert result.returncode != 0 and sentence in result.stderr, result.stderr


def test_former_keys_that_are_none_are_said_at_start(own_server):
    own_server.environment["FIELDPROOF_RECEIPT_FORMER_KEYS"] = "abc"
    result = own_server.run("serve")
    assert result.returncode != 0 and "FIELDPROOF_RECEIPT_FORMER_KEYS" in result.stderr
