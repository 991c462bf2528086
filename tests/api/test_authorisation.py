"""Who may do what: every operation, asked by everybody, about their own things and those of others.

The table says what each role may do: "yes"; "own": only what is their own, anything else answers as
if it did not exist; "no": refused with 403. "anybody" needs no token. The last column is the kind of
object whose id stands in the path. support/sample_requests.py holds, for each operation, a request that succeeds when
it is allowed, so that a "yes" is proved by a 2xx and nothing less.
"""

import hashlib
import re
import time

import pytest

from support import contract
from support import world as make
from support.access_tokens import re_signed
from support.organisation import new_id
from support.sample_requests import SAMPLES, fresh_log_in, path_of
from support.world import World

CONTRACT = contract.load()
ROLES = ("technician", "dispatcher", "manager", "administrator", "operator")
STRANGERS = ("nobody", "garbage", "expired", "disabled")
SUCCESS = (200, 201, 204)

TABLE = """
# operation              technician dispatcher manager administrator operator   id in the path
getHealth                anybody
getReadiness             anybody
getMetrics               anybody
getContract              anybody
getDocumentation         anybody
getDocumentationFile     anybody
openHome                 anybody
openAppFolder            anybody
openApp                  anybody
getAppFile               anybody
logIn                    anybody
enrol                    anybody
refreshToken             anybody
logOut                   yes        yes        yes     yes           no
getMe                    yes        yes        yes     yes           no
createOrganisation       no         no         no      no            yes
getOrganisation          yes        yes        yes     yes           no
getPolicy                yes        yes        yes     yes           no
changePolicy             no         no         yes     yes           no
previewPolicy            no         no         yes     yes           no
listUsers                no         yes        yes     yes           no
createUser               no         no         no      yes           no
getUser                  own        yes        yes     yes           no         user
changeUser               no         no         no      yes           no         user
deleteUser               no         no         no      yes           no         user
createEnrolment          no         no         yes     yes           no         user
getEnrolment             no         no         yes     yes           no         enrolment
deleteEnrolment          no         no         yes     yes           no         enrolment
listDevices              yes        no         yes     yes           no
deleteDevice             no         no         yes     yes           no         device
restoreDevice            no         no         yes     yes           no         device
getRetention             no         no         yes     yes           no
changeRetention          no         no         no      yes           no
previewRetention         no         no         no      yes           no
listHolds                no         no         yes     yes           no
holdVisit                no         no         yes     yes           no         visit
releaseVisit             no         no         yes     yes           no         visit
listAuditTrail           no         no         yes     yes           no
listCustomers            yes        yes        yes     yes           no
createCustomer           no         yes        yes     yes           no
getCustomer              yes        yes        yes     yes           no         customer
changeCustomer           no         yes        yes     yes           no         customer
deleteCustomer           no         yes        yes     yes           no         customer
listContacts             yes        yes        yes     yes           no
createContact            no         yes        yes     yes           no
getContact               yes        yes        yes     yes           no         contact
changeContact            no         yes        yes     yes           no         contact
deleteContact            no         yes        yes     yes           no         contact
listSites                yes        yes        yes     yes           no
createSite               no         yes        yes     yes           no
getSite                  yes        yes        yes     yes           no         site
changeSite               no         yes        yes     yes           no         site
deleteSite               no         yes        yes     yes           no         site
listSiteCheckIns         no         yes        yes     yes           no         site
previewFence             no         yes        yes     yes           no         site
getVisitTrack            no         yes        yes     yes           no         visit
getMap                   no         yes        yes     yes           no
listAssets               yes        yes        yes     yes           no
createAsset              no         yes        yes     yes           no
getAsset                 yes        yes        yes     yes           no         asset
changeAsset              no         yes        yes     yes           no         asset
deleteAsset              no         yes        yes     yes           no         asset
importCustomers          no         yes        yes     yes           no
importSites              no         yes        yes     yes           no
importAssets             no         yes        yes     yes           no
importWorkOrders         no         yes        yes     yes           no
listWorkOrders           yes        yes        yes     yes           no
createWorkOrder          no         yes        yes     yes           no
getWorkOrder             own        yes        yes     yes           no         work_order
changeWorkOrder          no         yes        yes     yes           no         work_order
deleteWorkOrder          no         yes        yes     yes           no         work_order
transitionWorkOrder      own        yes        yes     yes           no         work_order
listWorkOrderHistory     own        yes        yes     yes           no         work_order
reportOnTheWay           own        no         no      no            no         work_order
getPlan                  no         yes        yes     yes           no
listChecklistTemplates   no         yes        yes     yes           no
createChecklistTemplate  no         yes        yes     yes           no
getChecklistTemplate     no         yes        yes     yes           no         template
changeChecklistTemplate  no         yes        yes     yes           no         template
deleteChecklistTemplate  no         yes        yes     yes           no         template
createWorkOrderBatch     no         yes        yes     yes           no
listWorkSchedules        no         yes        yes     yes           no
createWorkSchedule       no         yes        yes     yes           no
getWorkSchedule          no         yes        yes     yes           no         schedule
changeWorkSchedule       no         yes        yes     yes           no         schedule
skipWorkScheduleDate     no         yes        yes     yes           no         schedule
unskipWorkScheduleDate   no         yes        yes     yes           no         schedule
previewWorkSchedule      no         yes        yes     yes           no
getMyDay                 yes        no         no      no            no
getBoard                 no         yes        yes     yes           no
followEvents             no         yes        yes     yes           no
getMyChanges             yes        no         no      no            no
createCheckIn            yes        no         no      no            no
syncBatch                yes        no         no      no            no
getCheckIn               own        yes        yes     yes           no         check_in
putPhotoContent          own        no         no      no            no         awaited_photo
getUploadOptions         anybody
createUpload             yes        no         no      no            no
getUpload                own        no         no      no            no         upload
patchUpload              own        no         no      no            no         upload
deleteUpload             own        no         no      no            no         upload
getPhoto                 own        yes        yes     yes           no         photo
getPhotoReceipt          own        yes        yes     yes           no         photo
getReceiptKeys           anybody
getPhotoOriginal         own        yes        yes     yes           no         photo
getPhotoMedium           own        yes        yes     yes           no         photo
getPhotoSmall            own        yes        yes     yes           no         photo
listVisits               yes        yes        yes     yes           no
getVisit                 own        yes        yes     yes           no         visit
getSheet                 own        yes        yes     yes           no         visit
putSheet                 own        no         no      no            no         open_visit
signSheet                own        no         no      no            no         open_visit
getSheetPdf              own        yes        yes     yes           no         visit
listEvidence             no         yes        yes     yes           no
listAuditQueue           no         yes        yes     yes           no
claimAuditPhotos         no         no         yes     no            no
reviewPhoto              no         no         yes     no            no         photo
reviewVisit              no         no         yes     no            no         visit
listRetakes              yes        yes        yes     yes           no
listCorrections          yes        yes        yes     yes           no
requestCorrection        no         no         yes     yes           no         visit
withdrawCorrection       no         no         yes     yes           no         correction
listSamplingPlans        no         yes        yes     yes           no
createSamplingPlan       no         no         yes     yes           no
getSamplingPlan          no         yes        yes     yes           no         sampling_plan
endSamplingPlan          no         no         yes     yes           no         sampling_plan
listSamplingDraws        no         yes        yes     yes           no         sampling_plan
drawSample               no         no         yes     no            no         sampling_plan
getSamplingDraw          no         yes        yes     yes           no         sampling_draw
listSampledVisits        no         yes        yes     yes           no         sampling_draw
getPublishedDraw         no         yes        yes     yes           no         sampling_draw
assessSampledVisit       no         no         yes     no            no         sampling_draw
getEvidenceReport        no         no         yes     yes           no
getServiceReport         no         no         yes     yes           no
listEvidenceViews        no         no         yes     yes           no         visit
getVisitPack             no         no         yes     yes           no         visit
getVisitFile             no         yes        yes     yes           no         visit
createCallback           no         yes        yes     yes           no         visit
createPackTicket         no         no         yes     yes           no         visit
downloadPack             anybody
listVisitLinks           own        yes        yes     yes           no         visit
createVisitLink          own        yes        yes     yes           no         visit
listWorkOrderLinks       own        yes        yes     yes           no         work_order
createWorkOrderLink      own        yes        yes     yes           no         work_order
revokeLink               own        yes        yes     yes           no         link
listCustomerResponses    no         yes        yes     yes           no
handleCustomerResponse   no         yes        yes     yes           no         response
openCustomerPage         anybody
openDesk                 anybody
getShared                anybody
getSharedSheetPdf        anybody
getSharedDocuments      anybody
getSharedPhotoMedium     anybody
getSharedPhotoSmall      anybody
rateShared               anybody
complainShared           anybody
decideShared             anybody
"""


def read_table():
    """{operationId: ({role: "yes", "own", "no" or "anybody"}, kind of the id in the path or None)}"""
    rows = {}
    for line in TABLE.strip().splitlines():
        if line.startswith("#"):
            continue
        operation_id, *cells = line.split()
        if cells == ["anybody"]:
            cells = ["anybody"] * len(ROLES)
        rows[operation_id] = dict(zip(ROLES, cells)), cells[len(ROLES)] if len(cells) > len(ROLES) else None
    return rows


ROWS = read_table()


class Caller:
    """Somebody who asks: a role or a stranger, and the client that carries the token."""

    def __init__(self, name, api, user=None):
        self.name = name
        self.api = api
        self.user = user


# What is used up by a request that succeeds is made anew for each.
FRESH = {
    "deleteUser": World.new_user,
    "deleteCustomer": World.new_customer,
    "deleteContact": World.new_contact,
    "deleteSite": World.new_site,
    "deleteAsset": World.new_asset,
    "deleteWorkOrder": World.new_work_order,
    "deleteChecklistTemplate": World.new_template,
    "unskipWorkScheduleDate": World.new_skip,
    "deleteEnrolment": lambda world: world.new_enrolment(world.own.user.id)["id"],
    "deleteDevice": lambda world: world.new_device(world.own.user.id),
    "deleteUpload": lambda world: world.own.new_upload(),
    "endSamplingPlan": World.new_sampling_plan,
    "drawSample": World.new_sampling_plan,
    "requestCorrection": lambda world: world.own.new_signed_visit(),
    "withdrawCorrection": lambda world: world.own.new_correction(),
    "revokeLink": lambda world: world.own.new_link()["id"],
    "handleCustomerResponse": lambda world: world.own.new_response(),
    "transitionWorkOrder": lambda world: world.new_work_order([world.own.user.id]),
}

# An id in a body that must name something of one's own organisation.
REFERENCES = [
    ("createCustomer", "service_manager_id", "user"),
    ("changeCustomer", "service_manager_id", "user"),
    ("createContact", "customer_id", "customer"),
    ("createSite", "customer_id", "customer"),
    ("createAsset", "site_id", "site"),
    ("changeAsset", "site_id", "site"),
    ("createWorkOrder", "site_id", "site"),
    ("createWorkOrder", "assignee_ids", "user"),
    ("createWorkOrder", "template_id", "template"),
    ("createWorkOrderBatch", "site_ids", "site"),
    ("createWorkOrderBatch", "assignee_ids", "user"),
    ("createWorkOrderBatch", "template_id", "template"),
    ("createWorkSchedule", "template_id", "template"),
    ("createWorkSchedule", "site_ids", "site"),
    ("changeWorkSchedule", "site_ids", "site"),
    ("changeWorkSchedule", "assignee_ids", "user"),
    ("changeWorkOrder", "site_id", "site"),
    ("changeWorkOrder", "assignee_ids", "user"),
    ("createCheckIn", "site_id", "site"),
    ("createCheckIn", "work_order_ids", "work_order"),
]


@pytest.fixture(scope="module", name="worlds")
def make_worlds(new_organisation, run_folder):
    """The own organisation and another one."""
    worlds = []
    for name in ("own", "other"):
        folder = run_folder / f"authorisation-{name}"
        folder.mkdir()
        worlds.append(World(new_organisation(), folder))
    worlds[1].as_made = worlds[1].look()
    return worlds


@pytest.fixture(scope="module", name="callers")
def make_callers(worlds, server):
    world = worlds[0]
    users = {
        "technician": world.own.user,
        "dispatcher": world.organisation.user("dispatcher"),
        "manager": world.organisation.user("manager"),
        "administrator": world.administrator,
    }
    callers = {role: Caller(role, user.api, user) for role, user in users.items()}
    callers["operator"] = Caller("operator", world.api.with_token(server.operator_token))
    callers["nobody"] = Caller("nobody", world.api.with_token(None))
    callers["garbage"] = Caller("garbage", world.api.with_token("garbage"))
    callers["expired"] = Caller("expired", world.api.with_token(expired_token(world, server)))
    disabled = world.organisation.user("manager")
    world.api.patch(f"/v1/users/{disabled.id}", json={"disabled": True}, expect=200)
    callers["disabled"] = Caller("disabled", disabled.api, disabled)
    return callers


def expired_token(world, server):
    """A token that was good a minute ago. The same made to last proves that nothing else is wrong with it."""
    with open(server.environment["FIELDPROOF_TOKEN_SECRET_FILE"], "rb") as file:
        secret = file.read().strip()
    now = int(time.time())
    good = re_signed(world.own.user.api.token, secret, exp=now + 600)
    assert world.api.with_token(good).get("/v1/me").status_code == 200, "the test cannot sign tokens as the server does"
    return re_signed(world.own.user.api.token, secret, iat=now - 600, exp=now - 60)


@pytest.fixture(scope="module", name="tally")
def count_checks():
    """How many requests were compared with the table."""
    return {"requests": 0, "operations": set()}


def ask(operation, caller, world, key):
    request = SAMPLES.get(operation.id, lambda *_: {})(world, caller.name)
    return caller.api.request(operation.method, path_of(operation, key, world), **request)


def targets(kind, worlds):
    """{whose: id}: whose the object is that the path names."""
    own_world, other_world = worlds
    if kind is None:
        return {"-": None}
    return {
        "own": own_world.find(kind, own_world.own),
        "a colleague's": own_world.find(kind, own_world.colleague),
        "another organisation's": other_world.find(kind, other_world.own),
        "unknown": new_id(),
    }


def right_of_strangers(rights):
    """"anybody", "operator" where only the operator may, or None."""
    if rights["technician"] == "anybody":
        return "anybody"
    return "operator" if rights["operator"] == "yes" else None


def expected_of(caller, right, whose):
    if right == "anybody":
        return SUCCESS
    if caller.name == "disabled" and right == "operator":
        return (403,)  # refused before anybody asks whether the user is still welcome
    if caller.name in STRANGERS:
        return (401,)
    if right == "no":
        return (403,)
    if whose in ("another organisation's", "unknown") or (right == "own" and whose == "a colleague's"):
        return (404,)
    return SUCCESS


def renewed(operation, caller, world):
    """A client whose session may end."""
    if operation.id != "logOut" or caller.user is None or caller.name in STRANGERS:
        return caller
    return Caller(caller.name, world.api.with_token(fresh_log_in(world, caller.user)["access_token"]), caller.user)


def answer_of(response, key):
    """What an answer says, without what differs between any two requests."""
    is_text = "json" in response.headers.get("Content-Type", "") or not response.content
    text = response.text.replace(str(key), "ID") if is_text else hashlib.sha256(response.content).hexdigest()
    if request_id := response.headers.get("X-Request-Id"):
        text = text.replace(request_id, "REQUEST")
    return response.status_code, text, sorted(set(response.headers) - {"Date"})


@pytest.mark.parametrize("operation_id", ROWS)
def test_everybody_gets_what_the_table_says(operation_id, worlds, callers, tally):
    operation = CONTRACT.operations[operation_id]
    rights, kind = ROWS[operation_id]
    world, wrong = worlds[0], []
    for name, caller in callers.items():
        right = rights.get(name, right_of_strangers(rights))
        answers = {}
        for whose, key in targets(kind, worlds).items():
            expected = expected_of(caller, right, whose)
            if expected == SUCCESS and operation_id in FRESH:
                key = FRESH[operation_id](world)
            response = ask(operation, renewed(operation, caller, world), world, key)
            tally["requests"] += 1
            answers[whose] = answer_of(response, key)
            if response.status_code not in expected:
                wrong.append(f"{name}, {whose}: {response.status_code}, not {expected}: {response.content[:300]}")
        if answers.get("another organisation's") != answers.get("unknown"):
            wrong.append(f"{name} can tell another organisation's id from an unknown one:\n"
                         f"  {answers['another organisation' + chr(39) + 's']}\n  {answers['unknown']}")
    tally["operations"].add(operation_id)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("operation_id, field, kind", REFERENCES)
def test_a_body_cannot_name_what_is_another_organisations(operation_id, field, kind, worlds, callers, tally):
    operation, (own, other) = CONTRACT.operations[operation_id], worlds
    path_kind = ROWS[operation_id][1]
    caller = callers["technician" if operation_id == "createCheckIn" else "dispatcher"]
    answers = []
    for key in (other.find(kind, other.own), new_id()):
        path_key = own.find(path_kind, own.own) if path_kind else None
        body = SAMPLES[operation_id](own, caller.name)["json"]
        body[field] = [key] if field.endswith("_ids") else key
        response = caller.api.request(operation.method, path_of(operation, path_key), json=body)
        tally["requests"] += 1
        assert response.status_code == 422, response.text
        assert response.json()["code"] == "unknown_reference", response.text
        answers.append(answer_of(response, key))
    assert answers[0] == answers[1]


def filters():
    """Every query parameter that is an id, of every operation that lists."""
    for operation in CONTRACT.operations.values():
        for parameter in map(CONTRACT.resolve, operation.definition.get("parameters", [])):
            if parameter["in"] == "query" and parameter["name"].endswith("_id"):
                yield operation.id, parameter["name"]


@pytest.mark.parametrize("operation_id, parameter", filters())
def test_a_filter_cannot_tell_another_organisations_id(operation_id, parameter, worlds, callers, tally):
    operation, other = CONTRACT.operations[operation_id], worlds[1]
    kind = parameter[:-3] if parameter[:-3] in ("customer", "site") else "user"
    needed = SAMPLES[operation_id](worlds[0], "manager")["params"] if "/reports/" in operation.path else {}
    answers = []
    for key in (other.find(kind, other.own), new_id()):
        response = callers["manager"].api.get(operation.path, params={**needed, parameter: key}, expect=200)
        tally["requests"] += 1
        answer = response.json()
        assert answer == {"items": [], "next_cursor": None} or answer["rows"] == [] and not answer["total"]["visits"]
        answers.append(answer_of(response, key))
    assert answers[0] == answers[1]


def test_a_technician_cannot_join_a_colleagues_visit(worlds, callers, tally):
    world = worlds[0]
    before = callers["manager"].api.get(f"/v1/visits/{world.colleague.visit}", expect=200).json()
    body = make.check_in(world.site, visit_id=world.colleague.visit)
    response = callers["technician"].api.post("/v1/check-ins", json=body)
    tally["requests"] += 1
    assert response.status_code in (404, 409, 422), response.text
    assert callers["manager"].api.get(f"/v1/visits/{world.colleague.visit}", expect=200).json() == before


def test_lists_show_technicians_their_own_only(worlds, callers, tally):
    world = worlds[0]
    for path, own, colleagues in (
        ("/v1/work-orders", world.own.work_order, world.colleague.work_order),
        ("/v1/visits", world.own.visit, world.colleague.visit),
    ):
        for caller, expected in (("technician", {own}), ("manager", {own, colleagues})):
            items = callers[caller].api.get(path, params={"limit": 200}, expect=200).json()["items"]
            tally["requests"] += 1
            assert {item["id"] for item in items} & {own, colleagues} == expected


def test_lists_show_nothing_of_another_organisation(worlds, callers, tally):
    theirs = {worlds[1].find(kind, person) for person in (worlds[1].own, worlds[1].colleague)
              for kind in ("user", "customer", "contact", "site", "asset", "work_order", "visit", "photo")}
    for operation_id, (rights, kind) in ROWS.items():
        operation = CONTRACT.operations[operation_id]
        if operation_id.startswith("list") and kind is None:
            text = callers["manager"].api.get(operation.path, params={"limit": 200}, expect=200).text
            tally["requests"] += 1
            assert not [key for key in theirs if key in text], operation_id


def test_nothing_of_the_other_organisation_changed(worlds):
    assert worlds[1].look() == worlds[1].as_made


def test_every_route_has_a_row(server, tally, capsys):
    result = server.run("routes")
    assert result.returncode == 0, result.stderr
    routes = {operation_id for operation_id in CONTRACT.operations if re.search(rf"\b{operation_id}\b", result.stdout)}
    lines = [line for line in result.stdout.splitlines() if "/" in line]
    assert len(lines) == len(routes) == len(ROWS), "a route has no row, or a row no route"
    assert routes == set(ROWS)
    assert tally["operations"] in (set(), set(ROWS))
    with capsys.disabled():
        print(f"\nauthorisation: {tally['requests']} requests of {len(tally['operations'])} operations checked")
