/** Whose requests count together: an address, or of IPv6 the network that one customer has. */
#ifndef FIELDPROOF_RESOURCES_CLIENT_ADDRESS_H
#define FIELDPROOF_RESOURCES_CLIENT_ADDRESS_H

#include "server/http/request.h"

/**
 * A digest of where the request comes from, for a table of counts that keeps no addresses.
 *
 * Of an IPv6 address the first 64 bits count: they name the network, and whoever is in it has 2^64
 * addresses to choose from (RFC 4291, section 2.5.4).
 *
 * @param kind of count; digests of different kinds differ.
 */
void client_address_digest(const struct request *request, const char *kind, uint8_t ret_sha256[32]);

#endif
