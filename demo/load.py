#!/usr/bin/python3
"""Loads the demo organisation through the API.

usage: demo/load.py --url URL --operator-token-file FILE [--organisation SLUG]

All ids follow from names, so that a load that was interrupted goes on where it ended, and a second one
finds that nothing is left to do. Past times count from the moment when the organisation was made.
"""

import argparse
import concurrent.futures
import pathlib
import sys
import threading
import time

import organisation
import people
import recurring
import report
import reviews
import samples
import stories
from check_ins import CheckIns
from client import Client, Refused, Unreachable, now, parsed
from ids import Ids
from orders import Orders
from photos import PROGRAM, NoPhoto, PhotoMaker
from sheets import Sheets


class Loader:
    """One load of one organisation."""

    def __init__(self, url, operator_token, slug, photo_maker):
        self.url = url
        self.slug = slug
        self._operator_token = operator_token
        self._photo_maker = photo_maker
        self._is_broken_off = threading.Event()
        self.ids = Ids(slug)
        self.clients = {
            log_in: Client(url, organisation.log_in_body(slug, log_in)) for log_in, *_ in people.PEOPLE}

    def is_loaded(self):
        """Whether the last thing is there."""
        manager, visit, *_ = reviews.LAST
        try:
            shown = self.clients[manager].send("GET", f"/v1/visits/{self.ids('visit', visit)}")
        except Refused:
            return False
        wanted = reviews.review_id(self.ids, reviews.LAST)
        return shown.status_code == 200 and any(entry["id"] == wanted for entry in shown.json()["reviews"])

    def load(self, say):
        say("the organisation, its people, customers, sites and machines")
        organisation.create(self.url, self._operator_token, self.slug, self.ids)
        administrator = self.clients[people.PEOPLE[0][0]]
        organisation.create_people(administrator, self.ids)
        organisation.set_policy(administrator)
        places = organisation.create_master_data(self.clients["liu-yang"], self.ids)
        made_at = parsed(administrator.get("/v1/organisation")["created_at"]).replace(second=0, microsecond=0)
        plans = stories.all_plans(made_at)
        say(f"{sum(map(len, plans.values()))} visits with their photos, scans and signed sheets")
        self._visits(plans, places)
        say("the coming days' work orders, the managers' decisions")
        Orders(self.ids, self.clients["liu-yang"]).ahead(made_at)
        recurring.create(self.clients["liu-yang"], self.ids, made_at)
        self._reviews(plans, places)
        say("last week's sample, and its scores")
        samples.create(self.clients["chen-jing"], self.ids, made_at, organisation.TIME_ZONE)
        reviews.decide(self.clients[reviews.LAST[0]], self.ids, reviews.LAST)

    def today(self):
        """Work for the day that it is, also when the rest was loaded long ago."""
        Orders(self.ids, self.clients["liu-yang"]).today(now(), organisation.TIME_ZONE)

    def _visits(self, plans, places):
        """The technicians at once, each one's visits in the order of time."""
        with concurrent.futures.ThreadPoolExecutor(len(plans)) as pool:
            begun = [pool.submit(self._visits_of, place, technician, plans[technician], places)
                     for place, technician in enumerate(plans)]
            try:
                for one in concurrent.futures.as_completed(begun):
                    one.result()
            finally:
                self._is_broken_off.set()

    def _visits_of(self, place, technician, plans, places):
        client = self.clients[technician]
        orders = Orders(self.ids, self.clients["liu-yang"], client)
        check_ins = CheckIns(client, self.ids, places, self._photo_maker)
        sheets = Sheets(client, self.ids)
        for number, plan in enumerate(plans, 1001 + 100 * place):
            if self._is_broken_off.is_set():  # another one failed, or Ctrl-C
                return
            orders.before(plan, f"NL-{number}")
            for check_in in plan.check_ins:
                check_ins.send(plan, check_in)
            sheets.send(plan)
            orders.after(plan)

    def _reviews(self, plans, places):
        for decision in reviews.DECISIONS:
            reviews.decide(self.clients[decision[0]], self.ids, decision)
        technician, visit, _, site = reviews.ANSWERED
        plan = next(plan for plan in plans[technician] if plan.key == visit)
        reviews.answer_retake(self.clients[technician], self.ids, places[site], self._photo_maker, plan)


def _arguments():
    parser = argparse.ArgumentParser(description="Loads the demo organisation through the API.")
    parser.add_argument("--url", default="http://localhost:8080", help="where the server is (%(default)s)")
    parser.add_argument("--operator-token-file", required=True, type=pathlib.Path, help="the key that may create organisations")
    parser.add_argument("--organisation", default=people.SLUG, help="its short name for log-in (%(default)s)")
    parser.add_argument("--make-photo", default=PROGRAM, help="the program that makes the photos")
    parser.add_argument("--largest-px", type=int, help="make no wider photos than this")
    return parser.parse_args()


def main():
    arguments = _arguments()
    try:
        operator_token = arguments.operator_token_file.read_text(encoding="ascii").strip()
    except OSError as error:
        raise SystemExit(f"demo/load.py: the operator's key cannot be read: {error}.") from None
    loader = Loader(arguments.url, operator_token, arguments.organisation,
                    PhotoMaker(arguments.make_photo, arguments.largest_px))
    begun = time.monotonic()
    try:
        is_new = not loader.is_loaded()
        if is_new:
            print("Loading the demo organisation through the API:", flush=True)
            loader.load(lambda what: print(f"  {time.monotonic() - begun:4.0f} s  {what}", flush=True))
            print(f"  {time.monotonic() - begun:4.0f} s  done", flush=True)
        loader.today()
        report.print_organisation(loader, is_new)
    except (NoPhoto, Refused, Unreachable) as error:
        raise SystemExit(f"demo/load.py: {error}") from None
    except KeyboardInterrupt:
        raise SystemExit("demo/load.py: broken off; the next load goes on from here.") from None


if __name__ == "__main__":
    sys.exit(main())
