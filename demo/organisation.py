"""The organisation, its people, customers, sites and machines, sent to the server."""

import concurrent.futures

from client import Client
from customers import ASSETS, CONTACTS, CUSTOMERS, SITES
from people import NAME, PASSWORD, PEOPLE, RECEIVER_ID
from places import position_json

TIME_ZONE = "Asia/Shanghai"
REVIEW_REASONS = ["照片模糊，请重拍", "未拍到铭牌", "光线太暗，看不清细节", "拍摄角度不对，请拍全貌"]


def log_in_body(slug, log_in):
    return {"organisation": slug, "log_in": log_in, "password": PASSWORD, "device_name": "demo"}


def create(url, operator_token, slug, ids):
    """The organisation with its administrator."""
    log_in, name, _, language, _ = PEOPLE[0]
    Client(url, token=operator_token).post("/v1/organisations", {
        "id": ids("organisation"), "slug": slug, "name": NAME, "language": "zh", "time_zone": TIME_ZONE,
        "administrator": {"id": ids("user", log_in), "log_in": log_in, "name": name, "password": PASSWORD, "language": language},
    })


def create_people(administrator, ids):
    for log_in, name, role, language, phone in PEOPLE[1:]:
        administrator.post("/v1/users", {
            "id": ids("user", log_in), "log_in": log_in, "name": name, "role": role, "language": language,
            "phone": phone, "password": PASSWORD})



def set_policy(administrator):
    """Two weeks are loaded at once; only what is older than that came late. One receiver is listed."""
    administrator.call("PATCH", "/v1/organisation/policy", json={
        "thresholds": {"sent_late_s": 14 * 86400}, "receiver_device_ids": [RECEIVER_ID],
        "review_reasons": REVIEW_REASONS})


def create_master_data(dispatcher, ids):
    """Customers first, then what stands on them; returns {site key: (latitude, longitude)} in WGS-84."""
    _each(dispatcher, "/v1/customers", [
        {"id": ids("customer", key), "name": name, "code": code, "tier": tier,
         "service_manager_id": ids("user", manager), "language": language, "note": note}
        for key, (name, code, tier, manager, language, note) in CUSTOMERS.items()])
    _each(dispatcher, "/v1/contacts", [
        {"id": ids("contact", key, name), "customer_id": ids("customer", key), "name": name, "title": title,
         "phone": phone, "email": email}
        for key, people in CONTACTS.items() for name, title, phone, email in people])
    answers = _each(dispatcher, "/v1/sites", [_site(ids, key, facts) for key, facts in SITES.items()])
    _each(dispatcher, "/v1/assets", [
        {"id": ids("asset", key), "site_id": ids("site", asset["site"]),
         **{name: asset[name] for name in ("name", "model", "serial", "barcode")}}
        for key, asset in ASSETS.items()])
    return {key: _true_position(facts, answer) for (key, facts), answer in zip(SITES.items(), answers, strict=True)}


def _each(client, path, bodies):
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        return list(pool.map(lambda body: client.post(path, body), bodies))


def _site(ids, key, facts):
    wanted = ("name", "address", "time_zone", "datum", "radius_m", "polygon", "entry_accuracy_m", "minimum_minutes", "note")
    return {"id": ids("site", key), "customer_id": ids("customer", facts["customer"]), "code": key.upper(),
            "position": position_json(facts["position"]), **{name: facts.get(name) for name in wanted}}


def _true_position(facts, answer):
    position = answer["wgs84"]["position"]
    return facts.get("true_position") or (position["latitude"], position["longitude"])
