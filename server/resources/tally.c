#include "server/resources/tally.h"

#include "server/app.h"
#include "server/http/metrics.h"

void tally_decoded(const struct request *request, enum media_status status, int64_t duration_us)
{
    metrics_count(request->app->metrics, METRICS_PHOTOS, media_status_code(status), 1);
    metrics_stage(request->app->metrics, METRICS_STAGE_DECODE, duration_us);
}

void tally_stored(const struct request *request, int64_t bytes, int64_t duration_us)
{
    metrics_count(request->app->metrics, METRICS_PHOTO_BYTES, "original", bytes);
    metrics_stage(request->app->metrics, METRICS_STAGE_STORE, duration_us);
}

void tally_findings(const struct request *request, const struct judgement *judgement)
{
    for (size_t i = 0; i < judgement->finding_code_count; i++)
        metrics_count(request->app->metrics, METRICS_FINDINGS, judgement->finding_codes[i], 1);
}

void tally_check_in(const struct request *request, const struct judgement *judgement)
{
    metrics_count(request->app->metrics, METRICS_CHECK_INS, judgement->verdict, 1);
    tally_findings(request, judgement);
}
