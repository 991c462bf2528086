"""Visit sheets: what was open, what was done, what is left open; and the customer's signature under it."""

import datetime

import pen
from client import Refused, rfc3339
from customers import CONTACTS, SITES
from jobs import JOBS

_CORRECTION = {"zh": "零件数量有误，已更正。", "en": "The number of parts was wrong."}


class Sheets:
    """Of one technician."""

    def __init__(self, client, ids):
        self._client = client
        self._ids = ids

    def send(self, plan):
        """Writes, and has signed, what the plan says."""
        if plan.sheet is None:
            return
        content = self._content(plan)
        self._version(plan, content)
        if plan.sheet == "corrected":
            for part in content["parts"]:
                part["quantity"] += 1
            self._version(plan, {**content, "version": 2, "corrects_version": 1, "correction_reason": _CORRECTION[plan.language]})

    def _version(self, plan, content):
        path = f"/v1/visits/{self._ids('visit', plan.key)}"
        sheet = self._write(path, content)
        if plan.sheet != "draft" and sheet["state"] == "draft":
            self._client.post(path + "/signatures", self._signature(plan, sheet))

    def _write(self, path, content):
        """Replaces the draft. When it was signed before, and corrected, in a load that was interrupted, it stays."""
        try:
            return self._client.put(path + "/sheet", content)
        except Refused as refusal:
            if refusal.problem.get("code") != "sheet_signed":
                raise
            return self._client.get(path + "/sheet", params={"version": content["version"]})

    def _content(self, plan):
        _, _, before, (what, cause, remedy), left, part = JOBS[plan.job][plan.language]
        order = self._ids("work-order", plan.key)
        return {
            "version": 1, "open_before": [before],
            "done": [{"work_order_id": order, "what": what, "cause": cause, "remedy": remedy}],
            "left_open": [{"what": left[0], "plan": left[1], "due_at": rfc3339(_after(plan, 7 * 24 * 60))}] if left else [],
            "parts": [{"name": part[0], "number": part[1], "quantity": part[2], "unit": part[3]}] if part else [],
        }

    def _signature(self, plan, sheet):
        name, title = CONTACTS[SITES[plan.site]["customer"]][0][:2]
        return {
            "id": self._ids("signature", plan.key, sheet["version"]), "sheet_version": sheet["version"],
            "document_sha256": sheet["document_sha256"], "signer_name": name, "signer_role": title,
            "signed_at": rfc3339(_after(plan, 2 + 60 * (sheet["version"] - 1))), "strokes": pen.strokes(name),
        }


def _after(plan, minutes):
    """A moment after the visit's end."""
    return plan.begins_at + datetime.timedelta(minutes=plan.check_ins[-1].minutes + minutes)
