import type { Schema } from "../../shared/api/types";
import { defineWords, type Word } from "../../shared/i18n/i18n";

/** What can be found about a photo, as evidence/code_table.c calls it; a test compares the two. */
export const findingTitles = defineWords({
  photo_taken_before: { en: "Photo older than the visit", zh: "照片早于上门" },
  photo_taken_after: { en: "Photo dated after the check-in", zh: "照片晚于签到" },
  photo_taken_elsewhere: { en: "Photo taken elsewhere", zh: "照片拍摄地点不符" },
  photo_reused: { en: "Photo of another visit", zh: "照片来自其他上门记录" },
  photo_sent_twice: { en: "Photo sent twice", zh: "照片重复提交" },
  photo_edited: { en: "Edited photo", zh: "照片经过编辑" },
  photo_other_camera: { en: "Other camera than usual", zh: "与常用相机不同" },
  photo_too_small: { en: "Photo too small", zh: "照片尺寸过小" },
  photo_too_dark: { en: "Photo too dark", zh: "照片过暗" },
  photo_blurred: { en: "Photo may be blurred", zh: "照片可能模糊" },
});

/** The same of check-ins, scans and visits. */
export const otherFindingTitles = defineWords({
  fix_missing: { en: "No fix", zh: "没有定位" },
  fix_invalid: { en: "Impossible coordinates", zh: "坐标无效" },
  null_island: { en: "Position 0, 0", zh: "坐标为 (0, 0)" },
  accuracy_missing: { en: "Accuracy not stated", zh: "未给出精度" },
  low_accuracy: { en: "Low accuracy", zh: "定位精度低" },
  fix_too_coarse: { en: "Fix too coarse", zh: "定位过于粗略" },
  geofence_inside: { en: "Inside the fence", zh: "在围栏内" },
  geofence_uncertain: { en: "Too close to the fence to tell", zh: "无法判断是否在围栏内" },
  geofence_outside: { en: "Outside the fence", zh: "在围栏外" },
  wrong_datum_suspected: { en: "Fix probably in another datum", zh: "定位坐标系可能有误" },
  site_datum_suspected: { en: "Site probably in another datum", zh: "站点坐标系可能有误" },
  stale_fix: { en: "Old fix", zh: "定位过期" },
  fix_time_ahead: { en: "Fix dated after the check-in", zh: "定位时间晚于签到" },
  mock_location: { en: "Position set by an app", zh: "模拟定位" },
  external_receiver: { en: "Listed GNSS receiver", zh: "登记的 GNSS 接收机" },
  impossible_speed: { en: "Impossible speed", zh: "行进速度不合理" },
  repeated_coordinates: { en: "The very same coordinates again", zh: "坐标完全相同" },
  clock_skew: { en: "Phone clock wrong", zh: "手机时钟不准" },
  captured_in_future: { en: "Dated in the future", zh: "签到时间在未来" },
  captured_after_sent: { en: "Dated after it was sent", zh: "签到时间晚于发送" },
  sent_late: { en: "Sent late", zh: "延迟发送" },
  scan_malformed: { en: "Impossible barcode", zh: "条码格式不对" },
  scan_check_digit_wrong: { en: "Check digit wrong", zh: "条码校验位不符" },
  scan_asset_matched: { en: "Asset of this site", zh: "与本站点资产相符" },
  scan_asset_unknown: { en: "Unknown asset", zh: "资产未登记" },
  scan_asset_other_site: { en: "Asset of another site", zh: "属于其他站点的资产" },
  checklist_incomplete: { en: "Checklist incomplete", zh: "必备凭证不全" },
  time_on_site_short: { en: "Short time on site", zh: "在场时间过短" },
  departure_before_arrival: { en: "Departure before arrival", zh: "离场早于到场" },
  departure_without_arrival: { en: "Departure without arrival", zh: "只有离场没有到场" },
  arrival_missing: { en: "No arrival", zh: "没有到场签到" },
  signed_evidence_missing: { en: "Signed, but never received", zh: "已签字但未收到的凭证" },
});

/** What a finding is called, whatever it is about. */
export const findingTitle = (code: Schema<"FindingCode">): Word => ({ ...otherFindingTitles, ...findingTitles })[code];
