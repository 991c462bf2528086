"""A request for each operation that succeeds when the one who asks may do it."""

import hashlib
import re

from support import tus
from support import world as make
from support.organisation import PASSWORD, new_id

YEAR = {"from": "2020-01-01T00:00:00Z", "to": "2020-12-01T00:00:00Z"}


def path_of(operation, key, world=None):
    """The operation's path with the id in it; a customer's link is the one of the world's own technician."""
    if operation.id == "downloadPack" and world:
        return world.own.new_pack_address()
    if "{token}" in operation.path and world:
        return operation.path.replace("{token}", world.own.link_token).replace("{photo_id}", world.own.photo_stored)
    if operation.id == "assessSampledVisit" and world:
        return operation.path.replace("{draw_id}", str(key)).replace("{visit_id}", world.own.past_visit)
    if "{date}" in operation.path:
        return operation.path.replace("{date}", make.coming_day()).replace("{schedule_id}", str(key))
    key = {"getDocumentationFile": "page.js", "getAppFile": "index.html"}.get(operation.id, key)
    return re.sub(r"\{\w+\}", str(key), operation.path)


def fresh_log_in(world, user):
    """Tokens of a session of its own."""
    return world.api.with_token(None).post("/v1/auth/log-in", expect=200, json={
        "organisation": world.organisation.slug, "log_in": user.log_in, "password": user.password}).json()


def of_csv(text):
    return {"data": text.encode(), "headers": {"Content-Type": "text/csv"}}


def transition(role):
    if role == "technician":
        return {"to": "accepted"}
    return {"to": "cancelled", "reason": "The customer called it off."}


# What requests.request() is given, for each operation that needs more than its path. Ids are fresh, so
# that everybody can ask. `world` is the organisation's, `role` that of the one who asks.
SAMPLES = {
    "logIn": lambda world, role: {"json": {
        "organisation": world.organisation.slug, "log_in": world.own.user.log_in, "password": PASSWORD}},
    "enrol": lambda world, role: {"json": {
        "code": world.new_enrolment(world.own.user.id)["code"], "device": {"id": new_id(), "name": "Phone"}}},
    "createEnrolment": lambda world, role: {"json": {"id": new_id()}},
    "refreshToken": lambda world, role: {"json": {"refresh_token": fresh_log_in(world, world.own.user)["refresh_token"]}},
    "createOrganisation": lambda world, role: {"json": make.organisation()},
    "changePolicy": lambda world, role: {"json": {"thresholds": {"stale_fix_s": 301}}},
    "previewPolicy": lambda world, role: {"json": {"thresholds": {"stale_fix_s": 301}}},
    "changeRetention": lambda world, role: {"json": {"originals_months": None, "thumbnails_months": None}},
    "previewRetention": lambda world, role: {"json": {"originals_months": 24, "thumbnails_months": 60}},
    "holdVisit": lambda world, role: {"json": {"reason": "Dispute with the insurer."}},
    "createUser": lambda world, role: {"json": make.user()},
    "changeUser": lambda world, role: {"json": {"phone": "+49 30 1234"}},
    "createCustomer": lambda world, role: {"json": make.customer()},
    "changeCustomer": lambda world, role: {"json": {"tier": "silver"}},
    "createContact": lambda world, role: {"json": make.contact(world.customer)},
    "changeContact": lambda world, role: {"json": {"title": "Manager"}},
    "createSite": lambda world, role: {"json": make.site(world.customer)},
    "changeSite": lambda world, role: {"json": {"note": "Gate 3"}},
    "previewFence": lambda world, role: {"json": {"datum": "wgs84", "position": dict(make.SITE), "radius_m": 100}},
    "createAsset": lambda world, role: {"json": make.asset(world.site)},
    "changeAsset": lambda world, role: {"json": {"model": "4NES"}},
    "importCustomers": lambda world, role: of_csv(f"code,name,tier,language\r\n{new_id()},Nord,gold,en\r\n"),
    "importSites": lambda world, role: of_csv(
        "code,customer_code,name,time_zone,datum,latitude,longitude,radius_m\r\nL1,nobody,Lager,Europe/Berlin,wgs84,52,13,90\r\n"),
    "importAssets": lambda world, role: of_csv("site_code,name,barcode\r\nnowhere,Pump,1\r\n"),
    "importWorkOrders": lambda world, role: of_csv("number,site_code,title\r\nWO-1,nowhere,Pump\r\n"),
    "createWorkOrder": lambda world, role: {"json": make.work_order(world.site)},
    "changeWorkOrder": lambda world, role: {"json": {"priority": "high"}},
    "transitionWorkOrder": lambda world, role: {"json": transition(role)},
    "reportOnTheWay": lambda world, role: {"json": {"id": new_id(), "since": "2026-11-20T09:12:00+08:00"}},
    "getPlan": lambda world, role: {"params": {"from": "2026-11-16", "to": "2026-11-22"}},
    "createChecklistTemplate": lambda world, role: {"json": make.template()},
    "changeChecklistTemplate": lambda world, role: {"json": {"minutes": 90}},
    "createWorkOrderBatch": lambda world, role: {"json": {
        "id": new_id(), "site_ids": [world.site], "number_prefix": new_id(), "title": "Rounds", "date": make.coming_day(),
        "window_from": "09:00", "window_to": "11:00"}},
    "createWorkSchedule": lambda world, role: {"json": make.schedule(world.template, [world.site])},
    "changeWorkSchedule": lambda world, role: {"json": {"is_paused": False}},
    "skipWorkScheduleDate": lambda world, role: {"json": {"reason": "Holiday"}},
    "previewWorkSchedule": lambda world, role: {"json": {
        "rule": {"frequency": "daily"}, "starts_on": "2026-01-01", "window_from": "09:00", "window_to": "11:00",
        "time_zone": "Europe/Berlin"}},
    "getMyDay": lambda world, role: {"params": {"date": "2026-11-20"}},
    "getBoard": lambda world, role: {},
    "followEvents": lambda world, role: {"params": {"seconds": 0}},
    "getMyChanges": lambda world, role: {},
    "createCheckIn": lambda world, role: {"json": make.check_in(world.site)},
    "syncBatch": lambda world, role: {"json": {"operations": [
        {"id": new_id(), "operation": "createCheckIn", "body": make.check_in(world.site)}]}},
    "putPhotoContent": lambda world, role: {"data": world.own.photo, "headers": {"Content-Type": "image/jpeg"}},
    "createUpload": lambda world, role: {"headers": tus.creation(
        world.own.photo_awaited, len(world.own.photo), sha256=hashlib.sha256(world.own.photo).hexdigest())},
    "getUpload": lambda world, role: {"headers": tus.VERSION},
    "patchUpload": lambda world, role: {"headers": {**tus.VERSION, **tus.PIECE, "Upload-Offset": "0"}},
    "deleteUpload": lambda world, role: {"headers": tus.VERSION},
    "putSheet": lambda world, role: {"json": make.sheet()},
    "signSheet": lambda world, role: {"json": world.own.signature(world.own.open_visit)},
    "claimAuditPhotos": lambda world, role: {"json": {"photo_ids": [new_id()], "most": 4}},
    "reviewPhoto": lambda world, role: {"json": {"id": new_id(), "decision": "approve"}},
    "reviewVisit": lambda world, role: {"json": {"id": new_id(), "decision": "reject", "reason": "Too dark."}},
    "requestCorrection": lambda world, role: {"json": make.correction()},
    "createSamplingPlan": lambda world, role: {"json": make.sampling_plan()},
    "drawSample": lambda world, role: {"json": make.sampling_draw()},
    "assessSampledVisit": lambda world, role: {"json": {
        "id": new_id(), "scores": [{"criterion_id": world.criterion, "score": 4}], "comment": "Clear photos."}},
    "createCallback": lambda world, role: {"json": {"id": new_id(), "called_at": make.now(-5), "outcome": "satisfied", "score": 5}},
    "createPackTicket": lambda world, role: {"json": {"id": new_id()}},
    "handleCustomerResponse": lambda world, role: {"json": {"id": new_id(), "state": "handled", "note": "Called back."}},
    "createVisitLink": lambda world, role: {"json": {"id": new_id()}},
    "createWorkOrderLink": lambda world, role: {"json": {"id": new_id()}},
    "rateShared": lambda world, role: {"json": {"id": new_id(), "stars": 4, "comment": "Quick."}},
    "complainShared": lambda world, role: {"json": {"id": new_id(), "text": "It drips again."}},
    "decideShared": lambda world, role: {"json": {"id": new_id(), "decision": "confirmed"}},
    "getEvidenceReport": lambda world, role: {"params": {"from": "2026-01-01", "to": "2026-01-31", "by": "site"}},
    "getServiceReport": lambda world, role: {"params": {"from": "2026-01-01", "to": "2026-01-31", "by": "team"}},
}
