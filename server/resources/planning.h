/** By what an organisation that has not said otherwise plans its days (policy: planning). */
#ifndef FIELDPROOF_RESOURCES_PLANNING_H
#define FIELDPROOF_RESOURCES_PLANNING_H

/** When a day begins, minutes after midnight. */
#define PLANNING_DAY_START_MINUTES 480

/** How much work and travel one technician's day holds, minutes. */
#define PLANNING_CAPACITY_MINUTES 480

/** How long a work order takes that nobody has planned a duration for, minutes. */
#define PLANNING_VISIT_MINUTES 60

/**
 * By how much roads are longer than the line between two places. Ballou, Rahardja, Sakai: Selected
 * country circuity factors for road travel distance estimation, Transportation Research Part A 36
 * (2002), table 1: China 1.33, Germany 1.32, the mean of 27 regions about 1.3.
 */
#define PLANNING_DETOUR_FACTOR 1.3

/** Door to door, within and around a city: an assumption, which every organisation knows better. */
#define PLANNING_TRAVEL_SPEED_KMH 30.0

#endif
