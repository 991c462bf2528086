"""What every operation does alike: replays, entity tags, ranges, pages, refusals of what is not documented.

The cases come from the contract, so that a new operation is asked, too.
"""

import pytest

from support import contract
from support.organisation import new_id
from support.sample_requests import SAMPLES, path_of
from support.world import World, make_photo

CONTRACT = contract.load()
OPERATIONS = CONTRACT.operations.values()

# What makes other content of the same request.
OTHER_CONTENT = {
    "createWorkOrderBatch": {"title": "Something else"},
    "drawSample": {"period_starts_on": "2020-01-06"},
    "assessSampledVisit": {"comment": "Something else"},
    "createVisitLink": {"days": 3},
    "createWorkOrderLink": {"days": 3},
    "createCallback": {"outcome": "dissatisfied"},
    "handleCustomerResponse": {"note": "We come on Monday."},
    "createOrganisation": {"name": "Renamed"},
    "createWorkOrder": {"title": "Something else"},
    "createCheckIn": {"note": "Something else"},
    "signSheet": {"signer_name": "Somebody else"},
    "reviewPhoto": {"decision": "reject", "reason": "Blurred."},
    "reviewVisit": {"decision": "approve"},
    "rateShared": {"stars": 1},
    "complainShared": {"text": "Something else"},
    "decideShared": {"decision": "disputed", "reason": "Nobody was here."},
    "requestCorrection": {"reason": "Something else is wrong."},
}
# Their body is an id and nothing else; test_visit_files.py and test_enrolments.py take the id for another subject.
NO_OTHER_CONTENT = {"createPackTicket", "createEnrolment"}


@pytest.fixture(scope="module", name="world")
def make_world(new_organisation, run_folder):
    folder = run_folder / "manners"
    folder.mkdir()
    return World(new_organisation(), folder)


@pytest.fixture(scope="module", name="undrawn_plan", autouse=True)
def make_undrawn_plan(world):
    """A sampling plan whose first period is still to be drawn."""
    world.undrawn_plan = world.new_sampling_plan()


@pytest.fixture(scope="module", name="clients")
def make_clients(world, server):
    """A client for each role."""
    return {
        "technician": world.own.user.api,
        "dispatcher": world.organisation.user("dispatcher").api,
        "manager": world.organisation.user("manager").api,
        "administrator": world.api,
        "operator": world.api.with_token(server.operator_token),
    }


def client_of(operation, clients):
    """Of the first role that may; anybody may what needs none."""
    return clients[operation.roles[0] if operation.roles else "administrator"]


def key_of(operation, world):
    """The id for the operation's path."""
    if operation.id == "putPhotoContent":
        return world.own.photo_awaited
    if operation.id == "signSheet":
        return world.own.open_visit
    if operation.id == "drawSample":
        return world.undrawn_plan
    parameter = operation.path.partition("{")[2].partition("_id}")[0]
    if parameter in ("plan", "draw"):
        parameter = f"sampling_{parameter}"
    return world.find(parameter, world.own) if parameter in world.KINDS else None


def sample_of(operation, world):
    return SAMPLES.get(operation.id, lambda *_: {})(world, (operation.roles or ["administrator"])[0])


def ask(operation, world, clients, headers=None, **request):
    request = request or sample_of(operation, world)
    headers = {**request.pop("headers", {}), **(headers or {})}
    return client_of(operation, clients).request(
        operation.method, path_of(operation, key_of(operation, world), world), headers=headers, **request)


def with_response(status, header=None):
    """Operations that document this response (with this header)."""
    found = [operation for operation in OPERATIONS
             if operation.response(status) and (header is None or header in operation.response(status).get("headers", {}))]
    return pytest.mark.parametrize("operation", found, ids=[operation.id for operation in found])


def with_parameter(name):
    found = [operation for operation in OPERATIONS
             if any(CONTRACT.resolve(p)["name"] == name for p in operation.definition.get("parameters", []))]
    return pytest.mark.parametrize("operation", found, ids=[operation.id for operation in found])


@with_response(200, "Idempotency-Replayed")
def test_the_same_again_changes_nothing(operation, world, clients, run_folder):
    request = sample_of(operation, world)
    first = ask(operation, world, clients, **request)
    assert first.status_code == 201, first.text
    assert "Idempotency-Replayed" not in first.headers
    again = ask(operation, world, clients, **sent_later(request))
    assert again.status_code == 200, again.text
    assert again.headers["Idempotency-Replayed"] == "true"
    assert again.json() == first.json()
    assert again.headers.get("ETag") == first.headers.get("ETag")
    if operation.id in NO_OTHER_CONTENT:
        return
    if "json" in request:
        other = {**request, "json": {**request["json"], **OTHER_CONTENT.get(operation.id, {"name": "Something else"})}}
    else:
        other = {**request, "data": make_photo(run_folder / "another.jpg", seed=77)}
    refused = ask(operation, world, clients, **other)
    assert refused.status_code == 409, refused.text
    assert refused.json()["code"] in ("content_conflict", "sheet_signed")


def sent_later(request):
    """A phone that repeats a check-in says when it does."""
    if "sent_at" not in request.get("json", {}):
        return request
    return {**request, "json": {**request["json"], "sent_at": "2030-01-01T00:00:00Z"}}


@with_response(304)
def test_what_is_known_is_not_sent_again(operation, world, clients):
    if operation.id == "getMyChanges":
        pytest.skip("begins with a new cursor each time; its own tests ask")
    first = ask(operation, world, clients)
    assert first.status_code == 200, first.text
    etag = first.headers["ETag"]
    assert etag.startswith('"') and etag.endswith('"')
    for known in (etag, f'"other", {etag}', "*"):
        again = ask(operation, world, clients, {"If-None-Match": known})
        assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", etag), known
    other = ask(operation, world, clients, {"If-None-Match": '"other"'})
    assert (other.status_code, other.content) == (200, first.content)


@with_parameter("If-Match")
def test_a_stale_change_is_refused(operation, world, clients):
    if operation.id == "transitionWorkOrder":
        pytest.skip("moves on only once; its own tests ask")
    current = ask(operation, world, clients).headers["ETag"]
    assert ask(operation, world, clients, {"If-Match": '"999"'}).status_code == 412
    assert ask(operation, world, clients, {"If-Match": current}).status_code == 200


@with_response(206)
def test_a_range_is_a_part_of_the_file(operation, world, clients):
    whole = ask(operation, world, clients).content
    for wanted, part in (("bytes=0-9", whole[:10]), ("bytes=10-", whole[10:]), ("bytes=-7", whole[-7:])):
        answer = ask(operation, world, clients, {"Range": wanted})
        assert (answer.status_code, answer.content) == (206, part), wanted
        assert answer.headers["Content-Range"].endswith(f"/{len(whole)}")
    beyond = ask(operation, world, clients, {"Range": f"bytes={len(whole)}-"})
    assert (beyond.status_code, beyond.json()["code"]) == (416, "range_not_satisfiable")


@with_parameter("cursor")
def test_pages_hold_every_item_once(operation, world, clients):
    whole = ask(operation, world, clients, params={"limit": 200}).json()
    items, cursor = [], None
    while len(items) <= len(whole["items"]):
        page = ask(operation, world, clients, params={"limit": 1, **({"cursor": cursor} if cursor else {})}).json()
        assert len(page["items"]) == 1 or not whole["items"]
        items += page["items"]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert items == whole["items"]


@with_parameter("cursor")
@pytest.mark.parametrize("parameters", [
    {"limit": "0"}, {"limit": "201"}, {"limit": "ten"}, {"limit": "1.5"}, {"limit": ""}, {"cursor": ""},
    {"cursor": "nonsense"}, {"cursor": "eyJ9"}, {"unknown": "1"}, {"limit": ["1", "2"]},
], ids=str)
def test_a_page_that_cannot_be(operation, parameters, world, clients):
    answer = ask(operation, world, clients, params=parameters)
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_parameter"), answer.text


@pytest.mark.parametrize("path", CONTRACT.document["paths"])
def test_a_method_that_is_not_offered(path, world):
    offered = {method.upper() for method in CONTRACT.document["paths"][path]}
    for method in {"GET", "POST", "PUT", "PATCH", "DELETE"} - offered:
        answer = world.api.request(method, path.replace("{", "").replace("}", ""))
        assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed"), method
        allowed = {name.strip() for name in answer.headers["Allow"].split(",")}
        assert allowed - {"HEAD", "OPTIONS"} == offered - {"HEAD", "OPTIONS"} and offered <= allowed


@pytest.mark.parametrize("operation", [o for o in OPERATIONS if "requestBody" in o.definition], ids=lambda o: o.id)
def test_a_body_of_another_type_is_refused(operation, world, clients):
    answer = ask(operation, world, clients, {"Content-Type": "application/xml"}, data=b"<a/>")
    assert (answer.status_code, answer.json()["code"]) == (415, "unsupported_media_type"), answer.text


@pytest.mark.parametrize("operation", [o for o in OPERATIONS if o.request_schema("application/json")], ids=lambda o: o.id)
@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'{"a":1,"a":2}', b'"\xff"', b'{"a":1e400}', b"[" * 5000], ids=lambda body: repr(body[:12]))
def test_a_body_that_is_no_object_is_refused(operation, body, world, clients):
    answer = ask(operation, world, clients, {"Content-Type": "application/json"}, data=body)
    assert answer.status_code in (400, 422), answer.text
    assert answer.json()["code"] in ("invalid_body", "invalid_field")


@pytest.mark.parametrize("operation", [o for o in OPERATIONS if "_id}" in o.path], ids=lambda o: o.id)
@pytest.mark.parametrize("key", ["0", "x" * 36, "00000000-0000-0000-0000-000000000000", "' OR 1=1 --", new_id() + "0"])
def test_an_id_that_is_none_is_unknown(operation, key, world, clients):
    request = sample_of(operation, world)
    answer = client_of(operation, clients).request(operation.method, path_of(operation, key), **request)
    assert answer.status_code == 404, answer.text
    assert operation.method == "HEAD" or answer.json()["code"] in ("not_found", "not_yet_here"), answer.text
