"""One of everything, in an organisation: what the authorisation test names in its requests."""

import datetime
import functools
import hashlib
import subprocess
import zoneinfo

from support import tus
from support.organisation import new_id
from support.paths import MAKE_PHOTO

# In a week that is over.
PAST_MINUTES = 10 * 24 * 60

SITE = {"latitude": 52.52, "longitude": 13.405}


def now(minutes=0):
    """An RFC 3339 time, some minutes from now."""
    moment = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(minutes=minutes)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def make_photo(path, seed=1):
    """The bytes of a small JPEG photo."""
    subprocess.run(
        [str(MAKE_PHOTO), "--width", "640", "--height", "480", "--seed", str(seed), str(path)], check=True, timeout=60
    )
    return path.read_bytes()


def fix_here():
    return {**SITE, "datum": "wgs84", "accuracy_m": 8, "mocked": False, "fix_at": now()}


class Person:
    """A technician with a visit that is done and signed, and one that is under way."""

    def __init__(self, world, user, photo):
        self.user = user
        self.photo = photo
        self.work_order = world.new_work_order([user.id])
        self.visit, self.open_visit = new_id(), new_id()
        self.photo_stored, self.photo_awaited = new_id(), new_id()
        self.check_in = self._check_in(world, self.visit, [self.photo_stored, self.photo_awaited])
        self.open_check_in = self._check_in(world, self.open_visit, [])
        user.api.put(f"/v1/photos/{self.photo_stored}/content", data=photo,
                     headers={"Content-Type": "image/jpeg"}, expect=201)
        self._site = world.site
        self.past_visit = new_id()
        past = {"captured_at": now(-PAST_MINUTES), "fix": {**fix_here(), "fix_at": now(-PAST_MINUTES)}}
        user.api.post("/v1/check-ins", json=check_in(world.site, visit_id=self.past_visit, **past), expect=201)
        self._office = world.api
        self.upload = self.new_upload()
        self.enrolment = world.new_enrolment(user.id)["id"]
        self.device = world.new_device(user.id)
        for visit in (self.visit, self.open_visit):
            user.api.put(f"/v1/visits/{visit}/sheet", json=sheet(), expect=200)
        user.api.post(f"/v1/visits/{self.visit}/signatures", json=self.signature(self.visit), expect=201)
        self.link = self.new_link()
        self.link_token = token_of(self.link)
        self.response = self.new_response()

    def _check_in(self, world, visit, photos):
        body = check_in(world.site, visit_id=visit)
        body["work_order_ids"] = [self.work_order]
        body["photos"] = [{"id": photo, "role": "overview", "captured_at": now()} for photo in photos]
        return self.user.api.post("/v1/check-ins", json=body, expect=201).json()["id"]

    def new_upload(self):
        """An upload that has no bytes yet, of a photo of its own."""
        body = check_in(self._site, photos=[{"id": new_id(), "role": "overview", "captured_at": now()}])
        self.user.api.post("/v1/check-ins", json=body, expect=201)
        location = tus.create(self.user.api, body["photos"][0]["id"], len(self.photo)).headers["Location"]
        return location.rsplit("/", 1)[1]

    def new_link(self, visit=None):
        """A customer's link to the visit that is done, or to another one."""
        body = {"id": new_id()}
        return self.user.api.post(f"/v1/visits/{visit or self.visit}/links", json=body, expect=201).json()

    @functools.cached_property
    def correction(self):
        """A correction of a visit of its own, which only who asks for it needs."""
        return self.new_correction()

    def new_signed_visit(self):
        """Another visit whose sheet is signed."""
        visit = new_id()
        self.user.api.post("/v1/check-ins", json=check_in(self._site, visit_id=visit), expect=201)
        self.user.api.put(f"/v1/visits/{visit}/sheet", json=sheet(), expect=200)
        self.user.api.post(f"/v1/visits/{visit}/signatures", json=self.signature(visit), expect=201)
        return visit

    def new_correction(self):
        """A correction that is asked for, of another signed visit."""
        body = correction()
        self._office.post(f"/v1/visits/{self.new_signed_visit()}/corrections", json=body, expect=201)
        return body["id"]

    def new_response(self):
        """A complaint about the visit; its id."""
        client = self._office.with_token(None)
        body = {"id": new_id(), "text": "It drips again."}
        client.post(f"/v1/shared/{token_of(self.new_link())}/complaints", json=body, expect=201)
        return body["id"]

    def new_pack_address(self):
        """Where the visit's pack can be fetched once."""
        return self._office.post(f"/v1/visits/{self.visit}/pack-tickets", json={"id": new_id()}, expect=201).json()["url"]

    def signature(self, visit):
        """What signs the visit's sheet as it is."""
        answer = self.user.api.get(f"/v1/visits/{visit}/sheet", expect=200).json()
        assert hashlib.sha256(answer["document"].encode()).hexdigest() == answer["document_sha256"]
        return {
            "id": new_id(), "sheet_version": answer["version"], "document_sha256": answer["document_sha256"],
            "signer_name": "王芳", "signer_role": "site manager", "signed_at": now(),
            "strokes": {"width": 300, "height": 100, "lines": [[{"x": 1, "y": 2, "t_ms": 0}, {"x": 9, "y": 8, "t_ms": 12}]]},
        }


class World:
    """An organisation with master data and two technicians, `own` and `colleague`."""

    KINDS = ("user", "customer", "contact", "site", "asset", "template", "schedule", "work_order", "check_in", "photo",
             "upload", "visit", "link", "response", "enrolment", "device", "sampling_plan", "sampling_draw", "correction")

    def __init__(self, organisation, folder):
        self.organisation = organisation
        self.administrator = organisation.administrator
        self.api = self.administrator.api
        self.customer = self.new_customer()
        self.contact = self.new_contact()
        self.site = self.new_site()
        self.asset = self.new_asset()
        self.template = self.new_template()
        self.spare_user = self.new_user()
        self.schedule = self.new_schedule()
        self.own = Person(self, organisation.user("technician"), make_photo(folder / "own.jpg", 1))
        self.colleague = Person(self, organisation.user("technician"), make_photo(folder / "colleague.jpg", 2))
        self.criterion = new_id()
        self.api.patch("/v1/organisation/policy", expect=200, json={
            "assessment_criteria": [{"id": self.criterion, "name": "Photos"}]})
        self.sampling_plan = self.new_sampling_plan()
        draw = sampling_draw()
        organisation.user("manager").api.post(f"/v1/sampling-plans/{self.sampling_plan}/draws", json=draw, expect=201)
        self.sampling_draw = draw["id"]

    def _create(self, path, body):
        self.api.post(path, json=body, expect=201)
        return body["id"]

    def new_customer(self):
        return self._create("/v1/customers", customer())

    def new_contact(self):
        return self._create("/v1/contacts", contact(self.customer))

    def new_site(self):
        return self._create("/v1/sites", site(self.customer))

    def new_asset(self):
        return self._create("/v1/assets", asset(self.site))

    def new_work_order(self, assignee_ids=()):
        return self._create("/v1/work-orders", work_order(self.site, assignee_ids))

    def new_template(self):
        return self._create("/v1/checklist-templates", template())

    def new_schedule(self):
        return self._create("/v1/work-schedules", schedule(self.template, [self.site]))

    def new_skip(self):
        """Recurring work whose COMING_DAY is left out."""
        key = self.new_schedule()
        self.api.put(f"/v1/work-schedules/{key}/skips/{coming_day()}", json={"reason": "Holiday"}, expect=200)
        return key

    def new_user(self):
        return self._create("/v1/users", user())

    def new_sampling_plan(self):
        return self._create("/v1/sampling-plans", sampling_plan())

    def new_enrolment(self, user_id):
        """A code that lets a phone in, as the manager is given it."""
        return self.api.post(f"/v1/users/{user_id}/enrolments", json={"id": new_id()}, expect=201).json()

    def new_device(self, user_id):
        """A phone that used such a code."""
        enrolment = self.new_enrolment(user_id)
        self.api.with_token(None).post("/v1/auth/enrol", expect=200, json={
            "code": enrolment["code"], "device": {"id": new_id(), "name": "Phone"}})
        return self.api.get(f"/v1/enrolments/{enrolment['id']}", expect=200).json()["device"]["id"]

    def look(self):
        """All of it, as its administrator sees it."""
        paths = [
            f"/v1/users/{self.spare_user}", f"/v1/customers/{self.customer}", f"/v1/contacts/{self.contact}",
            f"/v1/sites/{self.site}", f"/v1/assets/{self.asset}", f"/v1/checklist-templates/{self.template}",
            f"/v1/work-schedules/{self.schedule}",
            "/v1/organisation", "/v1/organisation/policy",
        ]
        for person in (self.own, self.colleague):
            paths += [
                f"/v1/users/{person.user.id}", f"/v1/work-orders/{person.work_order}",
                f"/v1/work-orders/{person.work_order}/history", f"/v1/check-ins/{person.check_in}",
                f"/v1/photos/{person.photo_stored}", f"/v1/photos/{person.photo_awaited}", f"/v1/visits/{person.visit}",
                f"/v1/visits/{person.visit}/sheet", f"/v1/visits/{person.open_visit}/sheet",
            ]
        return {path: self.api.get(path, expect=200).json() for path in paths}

    def find(self, kind, person):
        """The id of an object of this kind; what belongs to a person is that person's."""
        if kind == "correction":
            return person.correction
        return {
            "user": person.user.id,
            "customer": self.customer,
            "contact": self.contact,
            "site": self.site,
            "asset": self.asset,
            "template": self.template,
            "schedule": self.schedule,
            "work_order": person.work_order,
            "check_in": person.check_in,
            "photo": person.photo_stored,
            "awaited_photo": person.photo_awaited,
            "upload": person.upload,
            "enrolment": person.enrolment,
            "device": person.device,
            "visit": person.visit,
            "open_visit": person.open_visit,
            "link": person.link["id"],
            "sampling_plan": self.sampling_plan,
            "sampling_draw": self.sampling_draw,
            "response": person.response,
        }[kind]


def token_of(link):
    """The secret part of a customer's link."""
    return link["url"].rsplit("/c/", 1)[1]


def customer():
    return {"id": new_id(), "name": "Nordkühl GmbH", "tier": "gold", "language": "en"}


def contact(customer_id):
    return {"id": new_id(), "customer_id": customer_id, "name": "Wang Fang"}


def site(customer_id):
    return {"id": new_id(), "customer_id": customer_id, "name": "Lager 1", "time_zone": "Europe/Berlin",
            "datum": "wgs84", "position": dict(SITE), "radius_m": 150}


def asset(site_id):
    return {"id": new_id(), "site_id": site_id, "name": "Compressor 2"}


def template(**fields):
    key = new_id()
    return {"id": key, "name": f"Service {key}", "title": "Quarterly service", "description": None, "priority": "normal",
            "minutes": 120, "checklist": [{"kind": "photo", "label": "Nameplate", "photo_role": "nameplate"}], **fields}


def coming_day(days=3):
    """A date some days ahead, anywhere."""
    return (datetime.datetime.now(datetime.timezone.utc).date() + datetime.timedelta(days=days)).isoformat()


def schedule(template_id, site_ids, **fields):
    """Daily from a past day on."""
    key = new_id()
    return {"id": key, "name": f"Rounds {key}", "template_id": template_id, "site_ids": list(site_ids),
            "number_prefix": key[:8], "rule": {"frequency": "daily"}, "starts_on": "2026-01-01", "window_from": "09:00",
            "window_to": "11:00", **fields}


def user():
    key = new_id()
    return {"id": key, "log_in": f"spare-{key}", "name": "Spare", "role": "technician", "language": "en",
            "password": "a password to throw away"}


def work_order(site_id, assignee_ids=()):
    key = new_id()
    return {"id": key, "number": f"WO-{key}", "site_id": site_id, "title": "Check the compressor", "priority": "normal",
            "assignee_ids": list(assignee_ids)}


def check_in(site_id, visit_id=None, **fields):
    return {"id": new_id(), "visit_id": visit_id or new_id(), "site_id": site_id, "kind": "arrival",
            "captured_at": now(), "sent_at": now(), "fix": fix_here(), **fields}


def past_week():
    """The Monday of the week of PAST_MINUTES ago, by the organisation's clock."""
    day = (datetime.datetime.now(zoneinfo.ZoneInfo("Europe/Berlin")) - datetime.timedelta(minutes=PAST_MINUTES)).date()
    return (day - datetime.timedelta(days=day.weekday())).isoformat()


def sampling_plan(**fields):
    return {"id": new_id(), "name": "Weekly", "visits": 5, "per": "technician", "period": "week", "weighting": "risk",
            "starts_on": past_week(), **fields}


def sampling_draw(**fields):
    return {"id": new_id(), "period_starts_on": past_week(), **fields}


def sheet():
    return {"version": 1, "open_before": ["Too warm"], "done": [{"what": "Cleaned the filter"}], "left_open": [], "parts": []}


def correction(**fields):
    return {"id": new_id(), "sheet_version": 1, "blocks": ["parts"], "reason": "Two contactors, not one.", **fields}


def organisation():
    key = new_id()
    return {"id": key, "slug": f"org-{key}", "name": "Another one", "language": "zh", "time_zone": "Asia/Shanghai",
            "administrator": {"id": new_id(), "log_in": "administrator", "name": "陈静",
                              "password": "a password to throw away", "language": "zh"}}
