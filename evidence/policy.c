#include "evidence/policy.h"

#include <math.h>
#include <string.h>

/* clang-format off */
#define THRESHOLD(field, unit_, min_, max_, standard_, english, chinese)                           \
    {.name = #field, .unit = (unit_), .min = (min_), .max = (max_), .standard = (standard_),       \
     .offset = offsetof(struct evidence_policy, field), .title = {english, chinese}}

const struct evidence_threshold evidence_thresholds[EVIDENCE_THRESHOLD_COUNT] = {
    THRESHOLD(low_accuracy_m, "m", 1, 10000, 100,
              "A fix is of low accuracy above", "定位精度低于此值为精度低"),
    THRESHOLD(unusable_accuracy_m, "m", 10, 100000, 1000,
              "A fix says nothing about a site above", "定位精度低于此值不能说明位置"),
    THRESHOLD(assumed_accuracy_m, "m", 0, 1000, 50,
              "Accuracy taken for a fix that states none", "未给出精度时按此精度判断"),
    THRESHOLD(stale_fix_s, "s", 1, 86400, 300,
              "A fix is stale when older than", "定位早于签到超过此时间为过期"),
    THRESHOLD(speed_limit_mps, "m/s", 10, 400, 100,
              "Fastest possible travel over land", "陆路最快行进速度"),
    THRESHOLD(flight_speed_limit_mps, "m/s", 10, 1000, 280,
              "Fastest possible travel by air", "空中最快行进速度"),
    THRESHOLD(flight_distance_m, "m", 1000, 20100000, 200000,
              "A flight is possible from this distance on", "达到此距离才可能乘飞机"),
    THRESHOLD(speed_least_distance_m, "m", 0, 100000, 2000,
              "Jumps up to this distance are not judged", "不超过此距离的跳动不作判断"),
    THRESHOLD(repeated_coordinates_count, "", 1, 1000, 3,
              "Earlier fixes with the very same coordinates", "此前坐标完全相同的次数达到"),
    THRESHOLD(clock_skew_s, "s", 1, 86400, 300,
              "Tolerated between phone clock and server clock", "手机与服务器时钟允许相差"),
    THRESHOLD(sent_late_s, "s", 60, 31536000, 43200,
              "A check-in was sent late after", "签到后超过此时间才发送为晚发"),
    THRESHOLD(photo_time_s, "s", 0, 604800, 1800,
              "Tolerated between photo time and visit", "照片时间与上门时间允许相差"),
    THRESHOLD(photo_distance_m, "m", 0, 100000, 500,
              "Tolerated between photo position and fix", "照片位置与定位点允许相距"),
    THRESHOLD(photo_least_side_px, "px", 0, 10000, 480,
              "Least shorter side of a photo", "照片短边至少"),
    THRESHOLD(photo_least_luminance, "", 0, 255, 20,
              "Least mean luminance of a photo (0 to 255)", "照片平均亮度至少（0 至 255）"),
    THRESHOLD(photo_least_sharpness, "", 0, 100000, 20,
              "Least sharpness of a photo (variance of the Laplacian)", "照片清晰度至少（拉普拉斯方差）"),
    THRESHOLD(least_time_on_site_s, "s", 0, 86400, 180,
              "Least time on site", "在场时间至少"),
};
/* clang-format on */

static double *field_of(struct evidence_policy *policy, const struct evidence_threshold *threshold)
{
    return (double *)(void *)((char *)policy + threshold->offset);
}

void evidence_policy_default(struct evidence_policy *ret_policy)
{
    *ret_policy = (struct evidence_policy){0};
    for (size_t i = 0; i < EVIDENCE_THRESHOLD_COUNT; i++)
        *field_of(ret_policy, &evidence_thresholds[i]) = evidence_thresholds[i].standard;
    for (size_t i = 0; i < EVIDENCE_CODE_COUNT; i++)
        ret_policy->effects[i] = evidence_codes[i].effect;
}

const struct evidence_threshold *evidence_threshold_named(const char *name)
{
    for (size_t i = 0; i < EVIDENCE_THRESHOLD_COUNT; i++) {
        if (strcmp(evidence_thresholds[i].name, name) == 0)
            return &evidence_thresholds[i];
    }
    return NULL;
}

double evidence_policy_get(const struct evidence_policy *policy,
                           const struct evidence_threshold *threshold)
{
    double value = 0;

    memcpy(&value, (const char *)policy + threshold->offset, sizeof(value));
    return value;
}

int evidence_policy_set(struct evidence_policy *policy, const struct evidence_threshold *threshold,
                        double value)
{
    if (!(value >= threshold->min && value <= threshold->max))
        return -1;
    *field_of(policy, threshold) = value;
    return 0;
}

enum evidence_verdict evidence_effect_of(const struct evidence_finding *finding,
                                         const struct evidence_policy *policy)
{
    return finding->explained ? EVIDENCE_ACCEPTED : policy->effects[finding->code];
}

enum evidence_verdict evidence_verdict_of(const struct evidence_findings *findings,
                                          const struct evidence_policy *policy)
{
    enum evidence_verdict worst =
        findings->dropped_count > 0 ? EVIDENCE_NEEDS_REVIEW : EVIDENCE_ACCEPTED;

    for (size_t i = 0; i < findings->count; i++) {
        enum evidence_verdict effect = evidence_effect_of(&findings->items[i], policy);

        if (effect > worst)
            worst = effect;
    }
    return worst;
}
