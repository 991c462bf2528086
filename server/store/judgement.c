#include "server/store/judgement.h"

#include "server/store/parameters.h"

void judgement_add(struct db_parameters *parameters, struct arena *arena,
                   const struct judgement *judgement)
{
    db_add_text(parameters, judgement->verdict);
    db_add_text(parameters, judgement->findings);
    db_add_text_array(parameters, arena, judgement->finding_codes, judgement->finding_code_count);
}
