/** What a check-in's fix (its position) tells: where, how well, how fresh, how plausible. */
#ifndef FIELDPROOF_EVIDENCE_FIX_H
#define FIELDPROOF_EVIDENCE_FIX_H

#include "evidence/policy.h"
#include "geo/datum.h"
#include "geo/fence.h"
#include "geo/geo.h"

/** A fix as the phone sent it. */
struct evidence_fix {
    struct geo_point position; /**< in `datum`, not yet undone */
    enum geo_datum datum;      /**< as declared by the sender */
    bool has_accuracy;
    double accuracy_m;    /**< radius; negative or not finite counts as absent */
    const char *provider; /**< "gps", "network", … as sent; NULL when not stated */
    bool mocked;          /**< the system says that an app set the position */
    /** The device is a GNSS receiver the organisation listed: these feed the phone as "mock". */
    bool listed_receiver;
    bool has_fix_time;
    int64_t fix_time_ms;    /**< when the position was determined */
    int64_t captured_at_ms; /**< when the check-in was made, by the phone's clock */
};

/** Whether a position is that of a phone without one: within 0.001 degrees of (0, 0). */
bool evidence_is_null_island(struct geo_point point);

/** The site the check-in is for. */
struct evidence_site {
    const struct geo_fence *fence; /**< WGS-84; NULL: the site has none, nothing is said of it */
    double entry_accuracy_m;       /**< the site's own limit; 0: the policy's low_accuracy_m */
};

/** The same user's fixes that came before this one. All zero: none. */
struct evidence_fix_history {
    bool has_previous;
    struct geo_point previous;  /**< WGS-84 */
    double previous_accuracy_m; /**< 0 or not finite: not stated */
    int64_t previous_captured_at_ms;
    /** Came before, but was captured after: this one was sent late. */
    bool has_next;
    struct geo_point next;
    double next_accuracy_m;
    int64_t next_captured_at_ms;
    /** Fixes of this user in OTHER visits with the very same coordinates, to the last digit. */
    size_t same_coordinates_count;
};

/**
 * States what the fix tells. Exactly one of geofence inside, outside, uncertain is stated when
 * there is a usable fix and a fence.
 *
 * @param fix NULL when the check-in came without one: stated as fix_missing.
 * @param history NULL is the same as all zero.
 * @return 0, or a negative value when the fence cannot be measured (findings stated so far stay).
 */
__attribute__((warn_unused_result)) int
evidence_fix_judge(const struct evidence_fix *fix, const struct evidence_site *site,
                   const struct evidence_fix_history *history, const struct evidence_policy *policy,
                   struct evidence_findings *findings);

#endif
