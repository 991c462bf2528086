"""What the demo organisation shows and how to look at it, read back through the API."""

import datetime
import urllib.parse

import people
from client import now


def print_organisation(loader, with_evidence):
    if with_evidence:
        _print_evidence(loader.clients["chen-jing"])
    _print_log_ins(loader)
    _print_customer_page(loader)
    _print_commands(loader)


def totals(client):
    """What the evidence of the loaded weeks comes to."""
    return client.get("/v1/reports/evidence", params={
        "by": "technician", "from": f"{now() - datetime.timedelta(days=30):%Y-%m-%d}",
        "to": f"{now() + datetime.timedelta(days=1):%Y-%m-%d}"})["total"]


def _print_evidence(client):
    total = totals(client)
    accepted = total["visits"] - total["visits_needs_review"] - total["visits_rejected"]
    print(f"\n{total['visits']} visits, {total['photos']} photos: {accepted} visits accepted, "
          f"{total['visits_needs_review']} needs_review, {total['visits_rejected']} rejected")
    findings = {finding["code"]: max(finding["photos"], finding["visits"]) for finding in total["findings"]}
    print(f"{len(findings)} kinds of findings:")
    words = [f"{code} {count}" for code, count in sorted(findings.items(), key=lambda one: (-one[1], one[0]))]
    for line in _wrapped(words, 110):
        print("  " + line)


def _wrapped(words, width):
    line = ""
    for word in words:
        if line and len(line) + len(word) + 2 > width:
            yield line
            line = ""
        line += (", " if line else "") + word
    yield line


def _print_log_ins(loader):
    print(f"\nOrganisation {loader.slug}  ({people.NAME}), everybody's password: {people.PASSWORD}")
    for log_in, name, role, language, _ in people.PEOPLE:
        print(f"  {log_in:<10} {role:<14} {language}  {name}")
    print(f"The technician's phone app:  {loader.url}/app/")
    print(f"The manager's desk:          {loader.url}/desk")
    print(f"The API, to read and try:    {loader.url}/docs")


def _print_customer_page(loader):
    """A customer's link to a visit that was signed."""
    client = loader.clients["liu-yang"]
    visits = client.get("/v1/visits", params={"limit": 200})["items"]
    signed = [visit["id"] for visit in visits
              if visit["photos_stored"] and visit["sheet"] and visit["sheet"]["state"] == "signed"]
    if not signed:
        return
    visit = min(signed)
    link = client.post(f"/v1/visits/{visit}/links", {"id": loader.ids("link", visit)})
    print(f"What a customer sees, without a log-in: {urllib.parse.urljoin(loader.url + '/', link['url'])}")


def _print_commands(loader):
    print(f"""
Three requests to begin with:
  TOKEN=$(curl -s {loader.url}/v1/auth/log-in -H 'Content-Type: application/json' \\
      -d '{{"organisation":"{loader.slug}","log_in":"petra","password":"{people.PASSWORD}"}}' | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')
  curl -s "{loader.url}/v1/evidence?verdict=rejected&limit=2" -H "Authorization: Bearer $TOKEN"
  curl -s "{loader.url}/v1/visits?finding=geofence_outside" -H "Authorization: Bearer $TOKEN"
A technician's visit, played with your own pictures: script/demo-visit{_url_option(loader.url)} photo.jpg
""")


def _url_option(url):
    """What demo-visit needs to find a server that is not at the usual address."""
    return "" if url == "http://localhost:8080" else f" --url {url}"
