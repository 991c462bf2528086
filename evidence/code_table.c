#include "evidence/codes.h"

/* clang-format off */
#define CODE(name_, severity_, effect_, numbers_, title_en, title_zh, sentence_en, sentence_zh)    \
    {.name = (name_), .severity = EVIDENCE_##severity_, .effect = EVIDENCE_##effect_,              \
     .numbers = (numbers_), .title = {title_en, title_zh}, .sentence = {sentence_en, sentence_zh}}
#define PHOTO(name_, severity_, effect_, numbers_, title_en, title_zh, sentence_en, sentence_zh,   \
              video_en, video_zh)                                                                  \
    {.name = (name_), .severity = EVIDENCE_##severity_, .effect = EVIDENCE_##effect_,              \
     .numbers = (numbers_), .title = {title_en, title_zh}, .sentence = {sentence_en, sentence_zh}, \
     .video_sentence = {video_en, video_zh}}

const struct evidence_code_entry evidence_codes[EVIDENCE_CODE_COUNT] = {
    [EVIDENCE_FIX_MISSING] = CODE("fix_missing", WARN, NEEDS_REVIEW, "",
        "No fix", "没有定位",
        "The check-in came without a fix; if location is off or not allowed on the phone, allow it "
        "for the next check-in.",
        "签到没有定位；如果手机未打开定位或未授权，请在下次签到前打开。"),
    [EVIDENCE_FIX_INVALID] = CODE("fix_invalid", WARN, NEEDS_REVIEW,
        "latitude_deg longitude_deg",
        "Impossible coordinates", "坐标无效",
        "The coordinates of the fix do not exist on Earth[ (latitude {latitude_deg}, longitude "
        "{longitude_deg})]; check in again.",
        "定位坐标在地球上不存在[（纬度 {latitude_deg}，经度 {longitude_deg}）]，请重新签到。"),
    [EVIDENCE_NULL_ISLAND] = CODE("null_island", WARN, NEEDS_REVIEW,
        "latitude_deg longitude_deg",
        "Position 0, 0", "坐标为 (0, 0)",
        "The phone gave latitude {latitude_deg}, longitude {longitude_deg}, which means that it had "
        "no fix; wait for one and check in again.",
        "手机给出的纬度是 {latitude_deg}、经度是 {longitude_deg}，说明当时没有定到位；请等定位成功后再签到。"),
    [EVIDENCE_ACCURACY_MISSING] = CODE("accuracy_missing", WARN, ACCEPTED,
        "assumed_accuracy_m",
        "Accuracy not stated", "未给出精度",
        "The fix does not say how accurate it is; ±{assumed_accuracy_m} was assumed.",
        "定位没有给出精度，按 ±{assumed_accuracy_m}判断。"),
    [EVIDENCE_LOW_ACCURACY] = CODE("low_accuracy", WARN, ACCEPTED, "accuracy_m limit_m",
        "Low accuracy", "定位精度低",
        "The fix is accurate only to ±{accuracy_m} (limit ±{limit_m}); this is usual indoors and "
        "underground, and outdoors it improves within seconds.",
        "定位精度只有 ±{accuracy_m}（要求 ±{limit_m}以内）；在室内和地下属正常情况，到室外几秒内就会变好。"),
    [EVIDENCE_FIX_TOO_COARSE] = CODE("fix_too_coarse", WARN, NEEDS_REVIEW, "accuracy_m limit_m",
        "Fix too coarse", "定位过于粗略",
        "The fix is accurate only to ±{accuracy_m} (usable up to ±{limit_m}), so it cannot show who "
        "was where; the photos and scans must.",
        "定位精度只有 ±{accuracy_m}（超过 ±{limit_m}即无法使用），不能说明是否在现场，需要由照片和扫码来证明。"),
    [EVIDENCE_GEOFENCE_INSIDE] = CODE("geofence_inside", INFO, ACCEPTED, "distance_m accuracy_m",
        "Inside the fence", "在围栏内",
        "The fix is inside the fence of the site, {distance_m} from its edge (accuracy "
        "±{accuracy_m}).",
        "定位点在站点围栏内，距边界 {distance_m}（精度 ±{accuracy_m}）。"),
    [EVIDENCE_GEOFENCE_UNCERTAIN] = CODE("geofence_uncertain", INFO, ACCEPTED,
        "distance_m accuracy_m",
        "Too close to the fence to tell", "无法判断是否在围栏内",
        "The fix is {distance_m} {distance_m<inside|outside} the fence of the site but accurate only "
        "to ±{accuracy_m}, so it cannot tell inside from outside.",
        "定位点在站点围栏{distance_m<内|外} {distance_m}，但精度只有 ±{accuracy_m}，无法判断是否在围栏内。"),
    [EVIDENCE_GEOFENCE_OUTSIDE] = CODE("geofence_outside", WARN, NEEDS_REVIEW,
        "distance_m accuracy_m",
        "Outside the fence", "在围栏外",
        "The fix is {distance_m} outside the fence of the site (accuracy ±{accuracy_m}).",
        "定位点在站点围栏外 {distance_m}（精度 ±{accuracy_m}）。"),
    [EVIDENCE_WRONG_DATUM_SUSPECTED] = CODE("wrong_datum_suspected", WARN, ACCEPTED,
        "distance_m distance_if_m accuracy_m declared_datum likely_datum",
        "Fix probably in another datum", "定位坐标系可能有误",
        "Read as {declared_datum}, as declared, the fix is {distance_m} outside the fence; read as "
        "{likely_datum} it is inside, {distance_if_m} from the edge. The app on the phone probably "
        "sends {likely_datum}.",
        "按声明的 {declared_datum} 坐标，定位点在围栏外 {distance_m}；按 {likely_datum} 坐标则在围栏内，距边界 "
        "{distance_if_m}。手机上的应用发送的很可能是 {likely_datum} 坐标。"),
    [EVIDENCE_SITE_DATUM_SUSPECTED] = CODE("site_datum_suspected", WARN, NEEDS_REVIEW,
        "distance_m distance_if_m accuracy_m declared_datum likely_datum",
        "Site probably in another datum", "站点坐标系可能有误",
        "The fix is {distance_m} outside the fence, but inside, {distance_if_m} from the edge, if the "
        "coordinates of the site are {likely_datum}; check the datum with which the site was entered.",
        "定位点在围栏外 {distance_m}；但若站点录入的其实是 {likely_datum} 坐标，则在围栏内，距边界 "
        "{distance_if_m}。请核对站点的坐标系。"),
    [EVIDENCE_STALE_FIX] = CODE("stale_fix", WARN, NEEDS_REVIEW, "age_ms limit_ms",
        "Old fix", "定位过期",
        "The fix was {age_ms} old when the check-in was made (limit {limit_ms}), so it shows where "
        "the phone was then.",
        "签到时的定位是 {age_ms}之前的（上限 {limit_ms}），只能说明手机那时的位置。"),
    [EVIDENCE_FIX_TIME_AHEAD] = CODE("fix_time_ahead", INFO, ACCEPTED, "ahead_ms limit_ms",
        "Fix dated after the check-in", "定位时间晚于签到",
        "The fix is dated {ahead_ms} after the check-in (tolerance {limit_ms}); the phone's clock was "
        "probably behind.",
        "定位时间比签到时间晚 {ahead_ms}（允许 {limit_ms}），手机时钟可能偏慢。"),
    [EVIDENCE_MOCK_LOCATION] = CODE("mock_location", FAIL, REJECTED, "provider",
        "Position set by an app", "模拟定位",
        "The phone says that an app set this position[ (provider {provider})]; switch mock locations "
        "off and check in again.",
        "手机显示该位置由应用模拟[（来源 {provider}）]；请关闭模拟定位后重新签到。"),
    [EVIDENCE_EXTERNAL_RECEIVER] = CODE("external_receiver", INFO, ACCEPTED, "provider",
        "Listed GNSS receiver", "登记的 GNSS 接收机",
        "The position came from a GNSS receiver that the organisation has listed[ (provider "
        "{provider})].",
        "该位置来自本单位登记的 GNSS 接收机[（来源 {provider}）]。"),
    [EVIDENCE_IMPOSSIBLE_SPEED] = CODE("impossible_speed", WARN, NEEDS_REVIEW,
        "distance_m elapsed_ms speed_mps limit_mps accuracy_m previous_accuracy_m",
        "Impossible speed", "行进速度不合理",
        "This fix is {distance_m} from the one next to it in time and {elapsed_ms} apart from it; even with "
        "both accuracies deducted that takes {speed_mps} (possible: {limit_mps}).",
        "这次定位与时间上相邻的一次相距 {distance_m}、相隔 {elapsed_ms}，扣除两次的精度误差后仍需{speed_mps}（上限为{limit_mps}）。"),
    [EVIDENCE_REPEATED_COORDINATES] = CODE("repeated_coordinates", WARN, NEEDS_REVIEW,
        "same_count limit_count",
        "The very same coordinates again", "坐标完全相同",
        "Fixes in other visits had the very same coordinates to the last digit (times: {same_count}, "
        "noted from {limit_count}); real fixes differ a little each time.",
        "此前其他上门记录中已有 {same_count} 次坐标与这次完全相同（达到 {limit_count} 次即提示）；真实定位每次都会略有差异。"),

    [EVIDENCE_CLOCK_SKEW] = CODE("clock_skew", WARN, NEEDS_REVIEW, "skew_ms limit_ms",
        "Phone clock wrong", "手机时钟不准",
        "The phone's clock is {skew_ms} {skew_ms<behind|ahead of} the server's (tolerance "
        "{limit_ms}); set the phone to automatic time.",
        "手机时钟比服务器{skew_ms<慢|快} {skew_ms}（允许 {limit_ms}），请将手机设为自动校时。"),
    [EVIDENCE_CAPTURED_IN_FUTURE] = CODE("captured_in_future", WARN, NEEDS_REVIEW,
        "ahead_ms limit_ms",
        "Dated in the future", "签到时间在未来",
        "The check-in is dated {ahead_ms} after it was received (tolerance {limit_ms}), so the phone's "
        "clock was wrong.",
        "签到时间比服务器收到的时间还晚 {ahead_ms}（允许 {limit_ms}），说明手机时钟不准。"),
    [EVIDENCE_CAPTURED_AFTER_SENT] = CODE("captured_after_sent", WARN, NEEDS_REVIEW,
        "after_ms limit_ms",
        "Dated after it was sent", "签到时间晚于发送",
        "By the phone's own clock the check-in is dated {after_ms} after it was sent (tolerance "
        "{limit_ms}); the clock was set back in between, or the time was edited.",
        "按手机自己的时钟，签到时间比发送时间还晚 {after_ms}（允许 {limit_ms}）；其间时钟被调慢过，或时间被改过。"),
    [EVIDENCE_SENT_LATE] = CODE("sent_late", INFO, ACCEPTED, "delay_ms limit_ms",
        "Sent late", "延迟发送",
        "The check-in was sent {delay_ms} after it was made (noted above {limit_ms}); the phone was "
        "probably offline.",
        "签到 {delay_ms}后才发送（超过 {limit_ms}即注明），手机可能一直没有网络。"),

    [EVIDENCE_PHOTO_TAKEN_BEFORE] = PHOTO("photo_taken_before", WARN, NEEDS_REVIEW,
        "photo_id taken_at_ms visit_since_at_ms gap_ms limit_ms utc_offset_min assumed_offset_min",
        "Photo older than the visit", "照片早于上门",
        "EXIF says that the photo was taken at {taken_at_ms}, {gap_ms} before the visit began "
        "(tolerance {limit_ms})[; it names no time zone, so {assumed_offset_min} was assumed].",
        "照片的 EXIF 显示拍摄于 {taken_at_ms}，比上门开始早 {gap_ms}（允许 {limit_ms}）"
        "[；照片未注明时区，按 {assumed_offset_min} 计算]。",
        "The file says that the video was made at {taken_at_ms}, {gap_ms} before the visit began "
        "(tolerance {limit_ms})[; it names no time zone, so {assumed_offset_min} was assumed].",
        "视频文件自带的时间显示拍摄于 {taken_at_ms}，比上门开始早 {gap_ms}（允许 {limit_ms}）"
        "[；文件未注明时区，按 {assumed_offset_min} 计算]。"),
    [EVIDENCE_PHOTO_TAKEN_AFTER] = PHOTO("photo_taken_after", WARN, NEEDS_REVIEW,
        "photo_id taken_at_ms captured_at_ms gap_ms limit_ms utc_offset_min assumed_offset_min",
        "Photo dated after the check-in", "照片晚于签到",
        "EXIF says that the photo was taken at {taken_at_ms}, {gap_ms} after the check-in (tolerance "
        "{limit_ms})[; it names no time zone, so {assumed_offset_min} was assumed]; check the camera's "
        "clock.",
        "照片的 EXIF 显示拍摄于 {taken_at_ms}，比签到晚 {gap_ms}（允许 {limit_ms}）"
        "[；照片未注明时区，按 {assumed_offset_min} 计算]；请检查相机时钟。",
        "The file says that the video was made at {taken_at_ms}, {gap_ms} after the check-in (tolerance "
        "{limit_ms})[; it names no time zone, so {assumed_offset_min} was assumed]; check the camera's "
        "clock.",
        "视频文件自带的时间显示拍摄于 {taken_at_ms}，比签到晚 {gap_ms}（允许 {limit_ms}）"
        "[；文件未注明时区，按 {assumed_offset_min} 计算]；请检查相机时钟。"),
    [EVIDENCE_PHOTO_TAKEN_ELSEWHERE] = PHOTO("photo_taken_elsewhere", WARN, NEEDS_REVIEW,
        "photo_id distance_m limit_m accuracy_m",
        "Photo taken elsewhere", "照片拍摄地点不符",
        "EXIF says that the photo was taken {distance_m} from the check-in's fix (tolerance {limit_m}, "
        "the fix's accuracy of ±{accuracy_m} included).",
        "照片的 EXIF 显示拍摄地点距签到定位 {distance_m}（允许 {limit_m}，已计入定位精度 ±{accuracy_m}）。",
        "The file says that the video was made {distance_m} from the check-in's fix (tolerance "
        "{limit_m}, the fix's accuracy of ±{accuracy_m} included).",
        "视频文件自带的位置距签到定位 {distance_m}（允许 {limit_m}，已计入定位精度 ±{accuracy_m}）。"),
    [EVIDENCE_PHOTO_REUSED] = PHOTO("photo_reused", FAIL, REJECTED,
        "photo_id earlier_photo_id earlier_visit earlier_at_ms utc_offset_min",
        "Photo of another visit", "照片来自其他上门记录",
        "This very file was already sent for another visit[ ({earlier_visit})], dated "
        "{earlier_at_ms}; take a new photo.",
        "这个照片文件已在另一次上门记录[（{earlier_visit}）]中提交过，时间为 {earlier_at_ms}；请重新拍摄。",
        "This very file was already sent for another visit[ ({earlier_visit})], dated "
        "{earlier_at_ms}; take a new video.",
        "这个视频文件已在另一次上门记录[（{earlier_visit}）]中提交过，时间为 {earlier_at_ms}；请重新拍摄。"),
    [EVIDENCE_PHOTO_SENT_TWICE] = PHOTO("photo_sent_twice", INFO, ACCEPTED,
        "photo_id earlier_photo_id earlier_visit earlier_at_ms utc_offset_min",
        "Photo sent twice", "照片重复提交",
        "This very file was already sent in this visit, dated {earlier_at_ms}; nothing needs to be "
        "done.",
        "这个照片文件在本次上门记录中已提交过，时间为 {earlier_at_ms}；无需处理。",
        "This very file was already sent in this visit, dated {earlier_at_ms}; nothing needs to be "
        "done.",
        "这个视频文件在本次上门记录中已提交过，时间为 {earlier_at_ms}；无需处理。"),
    [EVIDENCE_PHOTO_EDITED] = PHOTO("photo_edited", WARN, NEEDS_REVIEW, "photo_id software",
        "Edited photo", "照片经过编辑",
        "The photo was saved by a picture editor ({software}); send the camera's original.",
        "照片经图片编辑软件（{software}）保存过，请提交相机原图。",
        "The video was saved by an editor ({software}); send the camera's original.",
        "视频经编辑软件（{software}）保存过，请提交相机原始文件。"),
    [EVIDENCE_PHOTO_OTHER_CAMERA] = PHOTO("photo_other_camera", INFO, ACCEPTED,
        "photo_id camera usual_camera",
        "Other camera than usual", "与常用相机不同",
        "The photo was taken with {camera}; photos from this device are usually taken with "
        "{usual_camera}.",
        "照片由 {camera} 拍摄；该设备的照片通常由 {usual_camera} 拍摄。",
        "The video was made with {camera}; what comes from this device is usually made with "
        "{usual_camera}.",
        "视频由 {camera} 拍摄；该设备的照片和视频通常由 {usual_camera} 拍摄。"),
    [EVIDENCE_PHOTO_TOO_SMALL] = PHOTO("photo_too_small", WARN, NEEDS_REVIEW,
        "photo_id width_px height_px limit_px",
        "Photo too small", "照片尺寸过小",
        "The photo has {width_px} × {height_px} pixels and needs at least {limit_px} on its shorter "
        "side; send the camera's original, not a copy from a chat.",
        "照片只有 {width_px} × {height_px} 像素，短边至少需要 {limit_px} 像素；请提交相机原图，不要用聊天软件转存的图片。",
        "The video has {width_px} × {height_px} pixels and needs at least {limit_px} on its shorter "
        "side; send the camera's original, not a copy from a chat.",
        "视频只有 {width_px} × {height_px} 像素，短边至少需要 {limit_px} 像素；请提交相机原始文件，不要用聊天软件转存的视频。"),
    [EVIDENCE_PHOTO_TOO_DARK] = CODE("photo_too_dark", WARN, NEEDS_REVIEW,
        "photo_id mean_luminance limit_luminance",
        "Photo too dark", "照片过暗",
        "The photo is too dark to show anything (brightness {mean_luminance} of 255, at least "
        "{limit_luminance}); take it again with light.",
        "照片过暗，看不清内容（平均亮度 {mean_luminance}，至少 {limit_luminance}，满值 255）；请补光后重拍。"),
    [EVIDENCE_PHOTO_BLURRED] = CODE("photo_blurred", WARN, ACCEPTED,
        "photo_id sharpness limit_sharpness",
        "Photo may be blurred", "照片可能模糊",
        "The photo may be blurred (sharpness {sharpness}, usually at least {limit_sharpness}); if the "
        "detail cannot be read, take it again.",
        "照片可能模糊（清晰度 {sharpness}，通常至少 {limit_sharpness}）；如果看不清细节，请重拍。"),

    [EVIDENCE_SCAN_MALFORMED] = CODE("scan_malformed", WARN, NEEDS_REVIEW, "symbology value",
        "Impossible barcode", "条码格式不对",
        "{value} cannot be the value of a barcode of type {symbology}: it has the wrong length or a "
        "wrong character; scan it again.",
        "{value} 不可能是 {symbology} 类型条码的内容：长度或字符不对，请重新扫描。"),
    [EVIDENCE_SCAN_CHECK_DIGIT_WRONG] = CODE("scan_check_digit_wrong", WARN, NEEDS_REVIEW,
        "symbology value found_digit expected_digit",
        "Check digit wrong", "条码校验位不符",
        "The check digit of {value} ({symbology}) is {found_digit} and should be {expected_digit}: a "
        "digit was misread or mistyped; scan it again.",
        "条码 {value}（{symbology}）的校验位是 {found_digit}，应为 {expected_digit}：有数字读错或输错，请重新扫描。"),
    [EVIDENCE_SCAN_ASSET_MATCHED] = CODE("scan_asset_matched", INFO, ACCEPTED,
        "symbology value asset",
        "Asset of this site", "与本站点资产相符",
        "The scan {value} is an asset of this site[: {asset}].",
        "扫码 {value} 与本站点的资产相符[：{asset}]。"),
    [EVIDENCE_SCAN_ASSET_UNKNOWN] = CODE("scan_asset_unknown", WARN, NEEDS_REVIEW,
        "symbology value",
        "Unknown asset", "资产未登记",
        "No asset is registered under {value}; check the label, or have the asset registered.",
        "没有登记编号为 {value} 的资产；请核对标签，或申请登记该资产。"),
    [EVIDENCE_SCAN_ASSET_OTHER_SITE] = CODE("scan_asset_other_site", WARN, NEEDS_REVIEW,
        "symbology value asset asset_site",
        "Asset of another site", "属于其他站点的资产",
        "The scan {value}[, {asset},] is registered at another site[: {asset_site}]; check the label, "
        "or have the asset moved to this site.",
        "扫码 {value}[（{asset}）]登记在其他站点[：{asset_site}]；请核对标签，或申请把该资产转到本站点。"),

    [EVIDENCE_CHECKLIST_INCOMPLETE] = CODE("checklist_incomplete", WARN, NEEDS_REVIEW,
        "missing_count required_count missing_labels",
        "Checklist incomplete", "必备凭证不全",
        "Required evidence is missing, {missing_count} of {required_count}: {missing_labels}.",
        "必备凭证共 {required_count} 项，缺 {missing_count} 项：{missing_labels}。"),
    [EVIDENCE_TIME_ON_SITE_SHORT] = CODE("time_on_site_short", WARN, NEEDS_REVIEW,
        "length_ms limit_ms",
        "Short time on site", "在场时间过短",
        "The visit lasted {length_ms}, less than the expected {limit_ms}.",
        "在场时间为 {length_ms}，少于要求的 {limit_ms}。"),
    [EVIDENCE_DEPARTURE_BEFORE_ARRIVAL] = CODE("departure_before_arrival", WARN, NEEDS_REVIEW,
        "before_ms",
        "Departure before arrival", "离场早于到场",
        "The departure is dated {before_ms} before the arrival, so the time on site is unknown; a "
        "clock was wrong, or the two were mixed up.",
        "离场时间比到场时间早 {before_ms}，无法得出在场时间；可能是时钟不准，或到场与离场弄反了。"),
    [EVIDENCE_DEPARTURE_WITHOUT_ARRIVAL] = CODE("departure_without_arrival", WARN, NEEDS_REVIEW, "",
        "Departure without arrival", "只有离场没有到场",
        "The visit has a departure but no arrival, so the time on site is unknown; an arrival still "
        "waiting on the phone counts as soon as it is sent.",
        "本次上门只有离场签到，没有到场签到，无法得出在场时间；如果到场签到还在手机里未发送，发送后即生效。"),
    [EVIDENCE_ARRIVAL_MISSING] = CODE("arrival_missing", WARN, NEEDS_REVIEW, "",
        "No arrival", "没有到场签到",
        "The visit has no arrival yet; one still waiting on the phone counts as soon as it is sent.",
        "本次上门还没有到场签到；如果还在手机里未发送，发送后即生效。"),
    [EVIDENCE_SIGNED_EVIDENCE_MISSING] = CODE("signed_evidence_missing", WARN, NEEDS_REVIEW,
        "missing_count",
        "Signed, but never received", "已签字但未收到的凭证",
        "The signed visit sheet lists evidence that never arrived ({missing_count} of its check-ins, scans "
        "and photos); the sheet is kept as it was signed, and nothing but the signature speaks for them.",
        "客户签字的服务单中有 {missing_count} 项签到、扫码或照片一直没有收到；服务单按签字时的内容保存，这些内容仅有签字为凭。"),
};
/* clang-format on */
