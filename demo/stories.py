"""The visits of the two weeks before the demo was loaded, in the order of each technician's days."""

import twists
from plan import begin, ordinary

# technician: day (days ago), hour (by the site's clock; a number: minutes before now), site, job, twists.
# A technician's ways between sites are possible ones, except where a story says otherwise.
_DAYS = {
    "li-wei": [
        (15, "09:10", "sh-hotel", "noise", ""),
        (13, "09:30", "sh-cold", "warm", "long_visit"),
        (12, "10:05", "sh-hotel-2", "filter", ""),
        (11, "09:20", "sh-hotel", "alarm", "outside"),
        (10, "13:40", "sh-hotel-2", "drain", "map_datum"),
        (8, "09:15", "sh-cold", "leak", "recycled"),
        (7, "10:10", "sh-hotel", "filter", "dark"),
        (6, "14:00", "sh-cold", "warm", "corrected"),
        (5, "09:30", "sh-hotel-2", "noise", "null_island"),
        (4, "09:05", "sh-hotel", "drain", "sent_twice"),
        (2, "15:20", "sh-cold", "alarm", "no_exif unresolved"),
        (1, "10:00", "sh-hotel", "leak", "stale"),
        (0, 130, "sh-hotel-2", "filter", "under_way"),
    ],
    "zhang-min": [
        (13, "09:00", "sz-data", "filter", ""),
        (12, "14:10", "sz-market", "warm", "basement"),
        (11, "09:40", "gz-food", "noise", ""),
        (10, "10:20", "sz-market-2", "drain", ""),
        (9, "09:30", "sz-data", "alarm", "low_accuracy"),
        (8, "11:00", "sg-med", "warm", "other_camera"),
        (6, "09:50", "sz-market", "leak", "no_fix"),
        (5, "10:30", "gz-food", "filter", "machine_of_another_site"),
        (4, "09:15", "sz-data", "noise", "receiver"),
        (3, "13:30", "sz-market-2", "warm", "wrong_digit corrected"),
        (2, "09:00", "sz-market", "drain", "incomplete"),
        (1, "14:45", "sz-data", "leak", "fix_ahead"),
        (0, 20, "sz-market", "alarm", "clock_ahead under_way"),
    ],
    "wang-lei": [
        (13, "09:30", "bj-hospital", "filter", ""),
        (12, "10:15", "bj-print", "noise", ""),
        (11, "09:00", "bj-hospital", "alarm", "edited"),
        (10, "13:00", "cd-beer", "warm", ""),
        (9, "09:45", "cd-beer", "leak", "mocked"),
        (7, "10:00", "bj-hospital", "drain", "old_photo"),
        (6, "09:10", "bj-hospital", "noise", "out_of_a_chat"),
        (5, "14:20", "bj-hospital", "filter", "unknown_machine"),
        (4, "09:30", "bj-hospital", "leak", "only_departure"),
        (3, "10:00", "bj-hospital", "warm", "coarse"),
        (2, "09:00", "bj-hospital", "alarm", "quick"),
        (2, "09:50", "cd-beer", "filter", "awaited"),
        (1, "10:40", "cd-beer", "noise", "redispatched"),
    ],
    "jonas": [
        (13, "08:30", "be-brew", "warm", "same_spot"),
        (12, "09:00", "be-pharma", "filter", "long_visit"),
        (11, "08:45", "be-brew", "noise", "same_spot"),
        (10, "10:30", "hh-cold", "leak", "elsewhere"),
        (9, "08:20", "be-brew", "alarm", "same_spot"),
        (8, "13:00", "be-pharma", "drain", "blurred"),
        (7, "09:10", "hh-cold", "warm", "no_accuracy"),
        (6, "08:30", "be-brew", "leak", "same_spot"),
        (5, "09:40", "be-pharma", "alarm", "later_photo"),
        (4, "08:50", "hh-cold", "noise", "malformed"),
        (3, "09:00", "be-brew", "filter", "departure_first recycled"),
        (2, "08:40", "be-pharma", "warm", "only_progress"),
        (0, 200, "be-pharma", "noise", "dated_later under_way"),
    ],
}


def all_plans(anchor):
    """{technician: [plan]}, each in the order of time; `anchor` is when the organisation was made."""
    return {technician: _plans(technician, days, anchor) for technician, days in _DAYS.items()}


def _plans(technician, days, anchor):
    plans = []
    for place, (day, hour, site, job, names) in enumerate(days, 1):
        plan = ordinary(f"{technician}/{place:02d}", technician, site, job, begin(site, day, hour, anchor))
        for name in names.split():
            getattr(twists, name)(plan)
        plans.append(plan)
    return plans
