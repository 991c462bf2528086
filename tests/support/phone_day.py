"""A visit as it lies in a phone's queue: made offline, signed offline, nothing of it sent."""

import hashlib
import json

from support.evidence import send
from support.organisation import new_id
from support.world import check_in, now, sheet

# An operation that need not be sent again.
SETTLED = {"accepted", "replayed"}


def operation(name, body, **parameters):
    """One element of a batch."""
    return {"id": new_id(), "operation": name, "parameters": parameters, "body": body}


def sync(user, operations, expect=200):
    """What became of each operation."""
    answer = user.api.post("/v1/sync", json={"operations": operations}, expect=expect).json()
    if expect == 200:
        assert [result["id"] for result in answer["results"]] == [entry["id"] for entry in operations]
    return answer["results"] if expect == 200 else answer


def outcomes(results):
    return [result["outcome"] for result in results]


class Day:
    """Accept, arrive, write the sheet, have it signed, leave, done: each as the queue holds it."""

    NAMES = ("accept", "arrival", "sheet", "signature", "departure", "done")

    def __init__(self, world, user):
        self.user = user
        self.visit, self.work_order = new_id(), world.new_work_order([user.id])
        self.arrived_at, self.shown_at, self.left_at = now(-60), now(-10), now(-5)
        self.arrival = check_in(world.site, visit_id=self.visit, work_order_ids=[self.work_order],
                                captured_at=self.arrived_at)
        self.departure = check_in(world.site, visit_id=self.visit, kind="departure", captured_at=self.left_at)
        self.sheet = {**sheet(), "evidence_until": self.shown_at,
                      "done": [{"work_order_id": self.work_order, "what": "Cleaned the filter"}]}
        self._signature_id = new_id()
        self._queue_ids = {name: new_id() for name in self.NAMES}

    def document(self, template):
        """What the phone shows to the customer, made from another visit's document that says the same."""
        day, text = template
        for theirs, own in ((day.visit, self.visit), (day.work_order, self.work_order),
                            (day.arrival["id"], self.arrival["id"]), (day.arrived_at, self.arrived_at),
                            (day.shown_at, self.shown_at)):
            text = text.replace(theirs, own)
        shown = {**json.loads(text), "done": [{"cause": None, "remedy": None, **entry} for entry in self.sheet["done"]]}
        return json.dumps(shown, sort_keys=True, separators=(",", ":"), ensure_ascii=False)

    def operations(self, template):
        """{name: element of a batch}, in the order in which it happened."""
        document = self.document(template)
        signature = {
            "id": self._signature_id, "sheet_version": 1,
            "document": document, "document_sha256": hashlib.sha256(document.encode()).hexdigest(),
            "signer_name": "王芳", "signer_role": "site manager", "signed_at": self.shown_at,
            "strokes": {"width": 300, "height": 100, "lines": [[{"x": 1, "y": 2, "t_ms": 0}, {"x": 9, "y": 8, "t_ms": 12}]]},
        }
        elements = {
            "accept": operation("transitionWorkOrder", {"to": "accepted"}, work_order_id=self.work_order),
            "arrival": operation("createCheckIn", self.arrival),
            "sheet": operation("putSheet", self.sheet, visit_id=self.visit),
            "signature": operation("signSheet", signature, visit_id=self.visit),
            "departure": operation("createCheckIn", self.departure),
            "done": operation("transitionWorkOrder", {"to": "done"}, work_order_id=self.work_order),
        }
        return {name: {**element, "id": self._queue_ids[name]} for name, element in elements.items()}

    def check_is_complete(self):
        """All of it is on the server, once."""
        api = self.user.api
        signed = api.get(f"/v1/visits/{self.visit}/sheet", expect=200).json()
        assert signed["state"] == "signed" and signed["signature"]["id"] == self._signature_id
        visit = api.get(f"/v1/visits/{self.visit}", expect=200).json()
        assert {entry["id"] for entry in visit["check_ins"]} == {self.arrival["id"], self.departure["id"]}
        assert api.get(f"/v1/work-orders/{self.work_order}", expect=200).json()["state"] == "done"
        events = api.get(f"/v1/work-orders/{self.work_order}/history", expect=200).json()["items"]
        steps = [event["to_state"] for event in events if event["kind"] == "state_changed"]
        assert sorted(steps) == ["accepted", "done", "on_site"] and steps[-1] != "on_site"


def make_template(world, user):
    """(day, document) of a visit that went the ordinary way."""
    day = Day(world, user)
    send(user, day.arrival)
    written = user.api.put(f"/v1/visits/{day.visit}/sheet", json=day.sheet, expect=200).json()
    return day, written["document"]
