"""The phone makes the very document that the server makes: visits of many shapes, compared byte for byte.

The facts are what a phone has: its day as the server told it, and what it sent itself.
"""

import hashlib
import json
import random
import subprocess

import pytest

from support import contract
from support.evidence import declared, photo_bytes, put_photo, send
from support.organisation import new_id
from support.paths import ROOT
from support.sheets import sign
from support.world import check_in, now

COMPOSER = ROOT / "web/tests/compose_documents.mjs"
SHAPES = 24

NAME_PARTS = (
    "冷库温度过高", "Kälte", "🏭", "👩‍🔧", "a\"b\\c", "\u2028\u2029", "e\u0301", "\ue000", "𠮷野家", "</script>", "½ μm", "’",
    "ﬁ", "0", "\ufeff", "النص",
)
TEXT_PARTS = (*NAME_PARTS, "line\nbreak\ttab", " ")
NUMBERS = (1, 0.1, 1e-7, 1.5, 333333.333333333, 1e6, 0.30000000000000004, 12.0, 100, 999999.9999999999)
DUE = (None, "2026-12-01T08:00:00Z", "2026-12-01T08:00:00.5+08:00")


def words(rng):
    return "".join(rng.choice(TEXT_PARTS) for _ in range(rng.randint(1, 4)))


def name(rng):
    """What the office may write where one line is asked for."""
    return "".join(rng.choice(NAME_PARTS) for _ in range(rng.randint(1, 4)))


def perhaps(rng, value):
    """Missing, null, or there."""
    return rng.choice(("missing", None, value))


def entry(**members):
    return {name: value for name, value in members.items() if value != "missing"}


def written_content(rng, orders):
    return {
        "open_before": [words(rng) for _ in range(rng.randint(0, 3))],
        "done": [entry(what=words(rng), cause=perhaps(rng, words(rng)), remedy=perhaps(rng, words(rng)),
                       work_order_id=perhaps(rng, rng.choice(orders)) if orders else None)
                 for _ in range(rng.randint(0, 3))],
        "left_open": [entry(what=words(rng), plan=words(rng), due_at=perhaps(rng, rng.choice(DUE)))
                      for _ in range(rng.randint(0, 2))],
        "parts": [entry(name=words(rng), number=perhaps(rng, words(rng)), unit=perhaps(rng, "个"),
                        quantity=rng.choice(NUMBERS)) for _ in range(rng.randint(0, 3))],
    }


def position(rng):
    return {"latitude": rng.uniform(-80, 80), "longitude": rng.choice((rng.uniform(-179, 179), 13.0, -0.0))}


def polygon(centre):
    around = ((-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1))
    return {"type": "Polygon", "coordinates": [[[centre["longitude"] + 1e-3 * x, centre["latitude"] + 1e-3 * y]
                                                for x, y in around]]}


class Phone:
    """A technician's phone: what the server told it, and what it sent."""

    def __init__(self, organisation, run_folder):
        self.user = organisation.user("technician")
        self.office = organisation.administrator.api
        self.folder = run_folder
        self.me = self.user.api.get("/v1/me", expect=200).json()

    def site(self, rng):
        """A site of a customer, both just made."""
        customer, site, centre = new_id(), new_id(), position(rng)
        self.office.post("/v1/customers", expect=201, json={
            "id": customer, "name": name(rng), "tier": "gold", "language": rng.choice(("en", "zh"))})
        fence = {"polygon": polygon(centre)} if rng.random() < 0.4 else {"radius_m": rng.choice((50, 80.5, 1e3))}
        self.office.post("/v1/sites", expect=201, json={
            "id": site, "customer_id": customer, "name": name(rng), "time_zone": "Asia/Shanghai", "position": centre,
            "datum": rng.choice(("wgs84", "gcj02", "bd09")), **fence,
            **entry(address=perhaps(rng, name(rng)))})
        return site, centre

    def work_order(self, rng, site):
        key = new_id()
        number = f"{rng.choice(('WO', 'wo', '工单', '𠮷', chr(0xFFFD), 'Ä'))}-{key[:8]}"
        self.office.post("/v1/work-orders", expect=201, json={
            "id": key, "number": number, "site_id": site, "title": name(rng), "priority": "normal",
            "assignee_ids": [self.user.id]})
        return key

    def photo(self, rng):
        """A photo, and its bytes if they are sent before the signature."""
        content = photo_bytes(self.folder, seed=rng.randint(1, 10**6)) if rng.random() < 0.3 else None
        sha256 = hashlib.sha256(content).hexdigest() if content else rng.randbytes(32).hex()
        return declared(rng.choice(("before", "after", "nameplate")), sha256=sha256, **entry(
            caption=perhaps(rng, words(rng)))), content

    def check_in(self, rng, visit, site, orders, centre, kind, minutes):
        fix = {**centre, "datum": "wgs84", "mocked": False, "fix_at": now(minutes), **entry(
            accuracy_m=perhaps(rng, rng.choice((8, 3.7, 1200.25))))}
        if rng.random() < 0.1:
            fix.update(latitude=0, longitude=0)
        photos = [self.photo(rng) for _ in range(rng.randint(0, 3))]
        body = check_in(
            site, visit_id=visit, kind=kind, captured_at=now(minutes), sent_at=now(), work_order_ids=orders,
            fix=rng.choice((fix, fix, None)), photos=[photo for photo, _ in photos],
            scans=[{"id": new_id(), "captured_at": now(minutes), "symbology": "qr_code", "value": words(rng),
                    "entered": "camera"} for _ in range(rng.randint(0, 2))])
        for photo, _ in photos:
            photo["captured_at"] = now(minutes)
        send(self.user, body)
        for photo, content in photos:
            if content:
                put_photo(self.user, photo["id"], content)
        return body

    def visit(self, seed):
        """Makes a visit; returns what the phone knows of it, and the server's document."""
        rng = random.Random(seed)
        site, centre = self.site(rng)
        orders = [self.work_order(rng, site) for _ in range(rng.randint(1, 4))]
        visit, check_ins = new_id(), []
        for number, minutes in enumerate(sorted(rng.sample(range(-300, -10), rng.randint(1, 4)))):
            named = orders if number else orders[:rng.randint(1, len(orders))]
            check_ins.append(self.check_in(rng, visit, site, named, centre, "progress" if number else "arrival", minutes))
        until = rng.choice((None, now(), check_ins[-1]["captured_at"], check_ins[0]["captured_at"]))
        written = written_content(rng, check_ins[0]["work_order_ids"])
        sheet = self.user.api.put(f"/v1/visits/{visit}/sheet", expect=200, json={
            "version": 1, "evidence_until": until, **written}).json()
        facts = self.facts(site, check_ins, visit=visit, until=until, written=written)
        if rng.random() < 0.3:
            sign(self.user, visit, sheet)
            sheet = self.user.api.put(f"/v1/visits/{visit}/sheet", expect=200, json={
                "version": 2, "corrects_version": 1, "correction_reason": "写错了\u2028", "evidence_until": until,
                **written}).json()
            facts.update(version=2, corrects_version=1, correction_reason="写错了\u2028")
        return facts, sheet["document"]

    def facts(self, site, check_ins, visit, until, written):
        """SheetFacts of web/phone/sheet/document.ts."""
        day = self.user.api.get("/v1/my/day", expect=200).json()
        orders = [order for order in day["work_orders"] if order["site"]["id"] == site]
        return {
            "visit_id": visit, "version": 1, "corrects_version": None, "correction_reason": None,
            "evidence_until": until, "organisation": self.me["organisation"], "technician": self.me["user"],
            "site": orders[0]["site"], "work_orders": orders, "check_ins": check_ins, "content": written,
            "photos": [{"caption": None, **photo} for body in check_ins for photo in body["photos"]],
        }


def compose(facts):
    """What the phone's own code makes of them."""
    assert (ROOT / "web/node_modules/esbuild").exists(), "the web packages are missing; run script/bootstrap"
    made = subprocess.run(["node", str(COMPOSER)], input=json.dumps(facts).encode(), capture_output=True, timeout=120)
    assert made.returncode == 0, made.stderr.decode()
    return json.loads(made.stdout)


@pytest.fixture(scope="module")
def visits(organisation, run_folder):
    phone = Phone(organisation, run_folder)
    made = [phone.visit(seed) for seed in range(SHAPES)]
    return list(zip(compose([facts for facts, _ in made]), [document for _, document in made], strict=True))


@pytest.mark.parametrize("shape", range(SHAPES))
def test_the_phone_and_the_server_make_the_same_document(visits, shape):
    phone, server = visits[shape]
    assert json.loads(phone) == json.loads(server)
    assert phone == server


def test_the_contract_describes_the_document(visits):
    schema = contract.load().schema("SheetDocument")
    wrong = [error for _, server in visits for error in contract.load().errors(schema, json.loads(server))]
    assert not wrong, wrong


def test_the_shapes_are_many(visits):
    """What the comparison is worth: each of these was in some document."""
    documents = [json.loads(server) for _, server in visits]
    seen = json.dumps(documents, ensure_ascii=False)
    for needle in ("🏭", "\\n", "\u2028", "𠮷", "1e-7"):
        assert needle in seen or any(needle in server for _, server in visits), needle
    for number, several in (("check_ins", 3), ("scans", 2), ("photos", 4), ("work_orders", 4), ("parts", 3)):
        assert any(len(document[number]) >= several for document in documents), number
    assert any(document["site"]["polygon"] for document in documents) and any(document["site"]["radius_m"] for document in documents)
    assert any(document["site"]["address"] is None for document in documents)
    assert any(check_in["position"] is None for document in documents for check_in in document["check_ins"])
    assert any(document["version"] == 2 for document in documents)
    assert any(document["evidence_until"] and not document["photos"] for document in documents)
