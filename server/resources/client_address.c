#include "server/resources/client_address.h"

#include <arpa/inet.h>
#include <sodium.h>
#include <string.h>

#define NETWORK_BYTES 8

void client_address_digest(const struct request *request, const char *kind, uint8_t ret_sha256[32])
{
    const char *address = request->address ? request->address : "";
    struct in6_addr six;
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    crypto_hash_sha256_update(&state, (const unsigned char *)kind, strlen(kind) + 1);
    if (inet_pton(AF_INET6, address, &six) == 1 && !IN6_IS_ADDR_V4MAPPED(&six))
        crypto_hash_sha256_update(&state, six.s6_addr, NETWORK_BYTES);
    else
        crypto_hash_sha256_update(&state, (const unsigned char *)address, strlen(address));
    crypto_hash_sha256_final(&state, ret_sha256);
}
