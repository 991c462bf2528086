"""Templates of work orders, and work that comes every week."""

from jobs import CHECKLIST, JOBS

_TEMPLATES = {"filter": "季度保养", "leak": "年度检漏"}  # job: what its template is called
_SITES = ("sh-hotel", "sh-cold")


def create(client, ids, anchor):
    """Two templates in Chinese, and rounds of two sites in Shanghai on Saturdays; who goes is decided later."""
    for job, name in _TEMPLATES.items():
        title, description = JOBS[job]["zh"][:2]
        client.post("/v1/checklist-templates", {
            "id": ids("template", job), "name": name, "title": title, "description": description, "priority": "normal",
            "minutes": 120, "checklist": [{"kind": kind, "label": label, "photo_role": role, "required": required}
                                          for kind, label, role, required in CHECKLIST["zh"]]})
    client.post("/v1/work-schedules", {
        "id": ids("schedule", "saturdays"), "name": "上海站点周末巡检", "template_id": ids("template", "filter"),
        "site_ids": [ids("site", key) for key in _SITES], "number_prefix": "NL-PM",
        "rule": {"frequency": "weekly", "weekdays": ["saturday"]}, "starts_on": anchor.date().isoformat(),
        "window_from": "09:00", "window_to": "11:00", "assignee_ids": []})
