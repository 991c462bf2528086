#include "sampling/chain.h"

#include <openssl/evp.h>
#include <string.h>

static int hash_times(const uint8_t root[SAMPLING_SECRET_BYTES], int times,
                      uint8_t ret[SAMPLING_SECRET_BYTES])
{
    uint8_t link[SAMPLING_SECRET_BYTES];
    memcpy(link, root, sizeof link);
    for (int i = 0; i < times; i++)
        if (EVP_Digest(link, sizeof link, link, NULL, EVP_sha256(), NULL) != 1)
            return -1;
    memcpy(ret, link, sizeof link);
    return 0;
}

int sampling_chain_commitment(const uint8_t root[SAMPLING_SECRET_BYTES],
                              uint8_t ret_commitment[SAMPLING_SECRET_BYTES])
{
    return hash_times(root, SAMPLING_CHAIN_LENGTH, ret_commitment);
}

int sampling_chain_secret(const uint8_t root[SAMPLING_SECRET_BYTES], int period,
                          uint8_t ret_secret[SAMPLING_SECRET_BYTES])
{
    if (period < 1 || period > SAMPLING_CHAIN_LENGTH)
        return -1;
    return hash_times(root, SAMPLING_CHAIN_LENGTH - period, ret_secret);
}
