/** What a visit's pack is made of. Queries: visit_pack.sql. */
#ifndef FIELDPROOF_STORE_VISIT_PACK_H
#define FIELDPROOF_STORE_VISIT_PACK_H

#include "server/store/photo.h"
#include "server/store/visit_sheet.h"

/** A signed sheet of the visit. */
struct visit_pack_sheet {
    int64_t version;
    const char *document; /**< the very text that was signed */
    const char *json;     /**< the sheet with its signature */
};

/** An original that is stored. */
struct visit_pack_photo {
    const char *id;
    const char *sha256; /**< 64 digits */
    const char *json;   /**< the contract's Photo */
    const char *suffix; /**< of its file's name: "jpg" */
    struct photo_removal removal;
};

struct visit_pack_facts {
    const char *english; /**< the contract's Visit; NULL: there is no such visit */
    const char *chinese;
    int64_t changed_s;       /**< seconds since 1970 */
    const char *corrections; /**< what managers asked for, JSON; NULL: nothing */
    size_t sheet_count;
    struct visit_pack_sheet *sheets;
    size_t photo_count;
    struct visit_pack_photo *photos;
};

/** All texts are the arena's. */
int visit_pack_facts(struct db *db, struct arena *arena, const struct visit_key *key,
                     struct visit_pack_facts *ret) MUST_CHECK;

#endif
