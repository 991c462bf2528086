"""What is unusual about a visit, one function each; its first line is what a manager would say of it."""

import datetime

from barcodes import ean_13, with_wrong_check_digit
from customers import ASSETS, SITES
from people import RECEIVER_ID
from plan import CheckIn, Photo, Scan


def outside(plan):
    """The arrival was 400 m outside the fence."""
    plan.arrival.east_m, plan.arrival.north_m = SITES[plan.site].get("radius_m", 190) + 405, 0


def basement(plan):
    """In a basement the phone knows its place only roughly: uncertain, and no reproach."""
    plan.arrival.east_m, plan.arrival.fix = 70, {"accuracy_m": 65, "provider": "network"}


def low_accuracy(plan):
    """Accuracy worse than the policy asks for."""
    plan.arrival.fix = {"accuracy_m": 240, "provider": "network"}


def coarse(plan):
    """A fix of kilometres, from the cell tower."""
    plan.arrival.fix = {"accuracy_m": 2600, "provider": "network"}


def no_accuracy(plan):
    """The phone stated no accuracy."""
    plan.arrival.fix = {"accuracy_m": None}


def no_fix(plan):
    """No position at all: location was off."""
    plan.arrival.fix = None


def null_island(plan):
    """(0, 0): what a phone without a fix sends."""
    plan.arrival.fix = {"latitude": 0, "longitude": 0}


def mocked(plan):
    """An app set the position."""
    plan.arrival.fix = {"mocked": True}


def receiver(plan):
    """A GNSS receiver that the organisation listed feeds the phone: that is no fake."""
    plan.arrival.fix = {"mocked": True, "provider": "gnss_receiver", "accuracy_m": 0.8}
    plan.arrival.device = {"id": RECEIVER_ID}


def map_datum(plan):
    """The phone's map gave GCJ-02 coordinates and called them WGS-84."""
    latitude, longitude = SITES[plan.site]["position"]
    plan.arrival.fix = {"latitude": latitude + 0.0001, "longitude": longitude + 0.0001, "datum": "wgs84"}


def stale(plan):
    """The fix is 42 minutes older than the check-in."""
    plan.arrival.fix = {"fix_minutes": -42}


def fix_ahead(plan):
    """The satellite's time is 11 minutes later than the phone's."""
    plan.arrival.fix = {"fix_minutes": 11}


def same_spot(plan):
    """Always the very same coordinates, to the last digit."""
    plan.arrival.east_m, plan.arrival.north_m = 12.4, -7.9


def clock_ahead(plan):
    """The phone's clock is 95 minutes ahead."""
    plan.arrival.sent_ahead_minutes = 95
    plan.begins_at += datetime.timedelta(minutes=95)


def dated_later(plan):
    """The check-in is dated 70 minutes after the organisation was made, and so after it was sent."""
    plan.begins_at += datetime.timedelta(minutes=270)


def old_photo(plan):
    """The photo before the work was taken three days earlier."""
    plan.arrival.photos[0].options = {"minutes": -3 * 24 * 60}


def later_photo(plan):
    """The camera's clock is four hours ahead."""
    plan.arrival.photos[0].options = {"minutes": 240}


def elsewhere(plan):
    """The nameplate was photographed 9 km from here."""
    plan.arrival.photos[1].options = {"east_m": 9000}


def edited(plan):
    """The photo came out of a picture editor."""
    plan.departure.photos[0].options = {"software": "Adobe Photoshop 25.1"}


def other_camera(plan):
    """One photo is from another phone than the others."""
    plan.departure.photos[0].options = {"make": "Apple", "model": "iPhone 12"}


def out_of_a_chat(plan):
    """A small copy out of a chat instead of the camera's original."""
    plan.arrival.photos[0].size, plan.arrival.photos[0].options = (600, 400), {"no_exif": True}


def dark(plan):
    """The nameplate is too dark to read."""
    plan.arrival.photos[1].options = {"dark": True}


def blurred(plan):
    """The nameplate is blurred."""
    plan.arrival.photos[1].options = {"blurred": True}


def recycled(plan):
    """The photo after the work is the file of an earlier visit."""
    plan.departure.photos[0].bytes_of = _EARLIER[plan.technician]


def sent_twice(plan):
    """The app sent one picture twice."""
    first = plan.arrival.photos[0]
    plan.arrival.photos.append(Photo(f"{plan.key}/again", "overview", first.caption, minutes=first.minutes, bytes_of=first.key))


def no_exif(plan):
    """The phone's picker took place and time off the photos: neutral."""
    for photo in plan.arrival.photos:
        photo.options = {"no_exif": True}


def wrong_digit(plan):
    """A barcode was typed by hand with a wrong digit."""
    scan = plan.arrival.scans[0]
    plan.arrival.scans.insert(0, Scan("ean_13", with_wrong_check_digit(ean_13(410_014)), "typed"))
    plan.arrival.scans[1] = scan


def malformed(plan):
    """Thirteen digits are asked for, eleven were typed."""
    plan.arrival.scans.append(Scan("ean_13", "20041000001", "typed"))


def unknown_machine(plan):
    """Nobody knows the machine that was scanned."""
    plan.arrival.scans = [Scan("code_128", "NL-999817")]


def machine_of_another_site(plan):
    """The machine that was scanned is registered at another site."""
    other = next(asset for key, asset in ASSETS.items() if asset["site"] != plan.site and key.endswith("/2"))
    plan.arrival.scans.append(Scan(other["symbology"], other["barcode"]))


def incomplete(plan):
    """Left without the nameplate and without the scan."""
    del plan.arrival.photos[1]
    plan.arrival.scans, plan.outcome, plan.is_closed = [], "partly_done", False


def quick(plan):
    """In and out within a few minutes."""
    plan.departure.minutes, plan.departure.photos[0].minutes = 2.5, -0.5
    for minutes, photo in enumerate(plan.arrival.photos):
        photo.minutes = minutes * 0.5


def departure_first(plan):
    """By the phone's clock the departure was before the arrival."""
    plan.departure.minutes = -25


def only_departure(plan):
    """The arrival has not come; it may still wait on a phone."""
    plan.departure.photos = plan.arrival.photos + plan.departure.photos
    plan.departure.scans, plan.departure.minutes, plan.arrival = plan.arrival.scans, 0, None
    for photo in plan.departure.photos:
        photo.minutes = -4


def only_progress(plan):
    """Neither arrival nor departure has come."""
    plan.progress = CheckIn("progress", 30, plan.arrival.east_m, plan.arrival.north_m, photos=plan.arrival.photos,
                            scans=plan.arrival.scans, note="等待配件送达。" if plan.language == "zh" else "Waiting for the part.")
    plan.arrival = plan.departure = None
    plan.sheet, plan.outcome = None, None


def awaited(plan):
    """One photo is announced and has yet to come."""
    plan.departure.photos[0].is_sent = False
    plan.sheet, plan.is_closed = "draft", False


def long_visit(plan):
    """A long visit with a check-in in between and a part that was damaged."""
    progress = Photo(f"{plan.key}/damage", "damage", "损坏的部件" if plan.language == "zh" else "The broken part", (4000, 3000))
    plan.progress = CheckIn("progress", 70, plan.arrival.east_m + 6, plan.arrival.north_m - 4, photos=[progress])
    plan.departure.minutes = 195


def corrected(plan):
    """The signed sheet was corrected later, and signed again."""
    plan.sheet = "corrected"


def unresolved(plan):
    """The work could not be done: the part has to be ordered."""
    plan.outcome, plan.is_closed = "unresolved", False


def redispatched(plan):
    """Done only in part, and sent out again."""
    plan.outcome, plan.is_closed = "redispatched", False


def under_way(plan):
    """Arrived today and still at work."""
    plan.departure, plan.sheet, plan.outcome, plan.is_closed = None, None, None, False


# The earlier file that each technician sends again.
_EARLIER = {"li-wei": "li-wei/01/after", "jonas": "jonas/01/after"}
