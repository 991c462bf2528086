"""What happens on one visit, before anything is sent: an ordinary visit, for a story to change."""

import dataclasses
import datetime
import zoneinfo

from customers import ASSETS, CUSTOMERS, SITES
from ids import between


@dataclasses.dataclass
class Photo:
    """One picture. `bytes_of` is the key of an earlier photo whose very file is sent again."""

    key: str
    role: str
    caption: str
    size: tuple = (2400, 1800)
    minutes: float = 1.0
    is_sent: bool = True
    bytes_of: str = None
    options: dict = dataclasses.field(default_factory=dict)


@dataclasses.dataclass
class Scan:
    """One barcode that was scanned or typed."""

    symbology: str
    value: str
    entered: str = "camera"


@dataclasses.dataclass
class CheckIn:
    """One check-in, `minutes` after the visit's begin. `fix` is laid over an ordinary fix; None: no fix."""

    kind: str
    minutes: float
    east_m: float
    north_m: float
    fix: dict = dataclasses.field(default_factory=dict)
    photos: list = dataclasses.field(default_factory=list)
    scans: list = dataclasses.field(default_factory=list)
    note: str = None
    device: dict = dataclasses.field(default_factory=dict)
    sent_ahead_minutes: float = 0


@dataclasses.dataclass
class Plan:
    """One visit. `key` names it; `begins_at` is the arrival's time."""

    key: str
    technician: str
    site: str
    job: str
    begins_at: datetime.datetime
    arrival: CheckIn = None
    departure: CheckIn = None
    progress: CheckIn = None
    outcome: str = "done"
    is_closed: bool = True
    sheet: str = "signed"

    @property
    def language(self):
        return CUSTOMERS[SITES[self.site]["customer"]][4]

    @property
    def check_ins(self):
        """In the order in which they were made."""
        made = [self.arrival, self.progress, self.departure]
        return [check_in for check_in in made if check_in is not None]


def zone(site):
    return zoneinfo.ZoneInfo(SITES[site]["time_zone"])


def begin(site, day, hour, anchor):
    """`hour` is "09:30" by the site's clock, `day` days ago; or minutes before the anchor, for today."""
    if isinstance(hour, int):
        return anchor - datetime.timedelta(minutes=hour)
    date = (anchor.astimezone(zone(site)) - datetime.timedelta(days=day)).date()
    return datetime.datetime.combine(date, datetime.time.fromisoformat(hour), zone(site))


def ordinary(key, technician, site, job, begins_at):
    """A visit with nothing to say against it."""
    asset = ASSETS[f"{site}/1"]
    words = {"zh": ("维修前：", "铭牌：", "维修后："), "en": ("Before: ", "Nameplate: ", "After: ")}
    plan = Plan(key, technician, site, job, begins_at)
    before, nameplate, after = words[plan.language]
    plan.arrival = CheckIn(
        "arrival", 0, *_spot(key, "arrival"),
        photos=[Photo(f"{key}/before", "before", f"{before}{asset['name']}", (4000, 3000), 3),
                Photo(f"{key}/nameplate", "nameplate", f"{nameplate}{asset['serial']}", (3200, 2400), 5)],
        scans=[Scan(asset["symbology"], asset["barcode"])],
    )
    plan.departure = CheckIn(
        "departure", round(between(45, 130, key, "length")), *_spot(key, "departure"),
        photos=[Photo(f"{key}/after", "after", f"{after}{asset['name']}", minutes=-4)],
    )
    return plan


def _spot(*name):
    """Where the technician stood: some metres from the middle of the site, never twice the same."""
    return round(between(-24, 24, *name, "east"), 1), round(between(-24, 24, *name, "north"), 1)
