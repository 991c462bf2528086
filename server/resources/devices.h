/** Phones and other devices that people log in on: /v1/devices. */
#ifndef FIELDPROOF_RESOURCES_DEVICES_H
#define FIELDPROOF_RESOURCES_DEVICES_H

#include "server/http/route.h"
#include "server/store/device.h"

#include <jansson.h>

route_handler device_list_page;
route_handler device_remove;
route_handler device_bring_back;

/**
 * The device that a log-in names (contract: NamedDevice), as a user's.
 * Negative when OpenSSL or the arena fails.
 */
int device_read(struct request *request, const json_t *named, const struct uuid *org_id,
                const struct uuid *user_id, struct device_row *ret) MUST_CHECK;

#endif
