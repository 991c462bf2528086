import { defineWords } from "../../shared/i18n/i18n";

/** What each limit of the policy is called. */
export const thresholdTitles = defineWords({
  low_accuracy_m: { en: "Low accuracy above", zh: "精度低：误差超过" },
  unusable_accuracy_m: { en: "Useless accuracy above", zh: "精度不可用：误差超过" },
  assumed_accuracy_m: { en: "Accuracy taken when none is stated", zh: "未给出精度时按" },
  stale_fix_s: { en: "Old fix after", zh: "定位过期：早于签到超过" },
  speed_limit_mps: { en: "Fastest travel over land", zh: "陆路最快速度" },
  flight_speed_limit_mps: { en: "Fastest travel by air", zh: "空中最快速度" },
  flight_distance_m: { en: "A flight is possible from", zh: "可能乘飞机的距离" },
  speed_least_distance_m: { en: "Jumps not judged up to", zh: "不判断的跳动距离" },
  repeated_coordinates_count: { en: "Very same coordinates before, at least", zh: "此前坐标完全相同的次数" },
  clock_skew_s: { en: "Wrong clock tolerated up to", zh: "手机时钟允许误差" },
  sent_late_s: { en: "Sent late after", zh: "延迟发送：超过" },
  photo_time_s: { en: "Photo time off tolerated up to", zh: "照片时间允许相差" },
  photo_distance_m: { en: "Photo position off tolerated up to", zh: "照片位置允许相距" },
  photo_least_side_px: { en: "Least shorter side of a photo", zh: "照片短边至少" },
  photo_least_luminance: { en: "Least brightness of a photo", zh: "照片亮度至少" },
  photo_least_sharpness: { en: "Least sharpness of a photo", zh: "照片清晰度至少" },
  least_time_on_site_s: { en: "Least time on site", zh: "最短在场时间" },
});

/** What it means, and what a change of it does. */
export const thresholdMeanings = defineWords({
  low_accuracy_m: {
    en: "A phone says how far its position may be off. Above this the check-in carries a warning; a site may have a limit of its own. Lower is stricter.",
    zh: "手机会给出定位误差；误差超过此值的签到会有提示，站点可另设限值。数值越小越严格。",
  },
  unusable_accuracy_m: {
    en: "A position that may be off further than this says nothing about being at the site. Lower is stricter.",
    zh: "误差超过此值的定位不能说明人在现场。数值越小越严格。",
  },
  assumed_accuracy_m: {
    en: "Some phones give no accuracy; this is taken instead. Higher makes “outside” and “inside” less certain.",
    zh: "有些手机不提供精度，则按此值判断。数值越大，“围栏内/外”的结论越不确定。",
  },
  stale_fix_s: {
    en: "How old a position may be when somebody checks in. Lower is stricter; in cellars and lifts phones keep the last one.",
    zh: "签到时定位最多可以多旧。数值越小越严格；在地下室、电梯内手机会沿用上一次定位。",
  },
  speed_limit_mps: {
    en: "From one check-in to the next nobody travels faster over land. 100 m/s are 360 km/h, a fast train.",
    zh: "两次签到之间陆路不可能超过此速度。100 米/秒即 360 公里/小时，相当于高铁。",
  },
  flight_speed_limit_mps: {
    en: "Nobody travels faster at any distance. 280 m/s are about 1000 km/h, an airliner.",
    zh: "任何距离都不可能超过此速度。280 米/秒约 1000 公里/小时，相当于客机。",
  },
  flight_distance_m: {
    en: "Between check-ins this far apart the speed by air counts, below it the one over land.",
    zh: "两次签到相距达到此值时按空中速度判断，否则按陆路速度。",
  },
  speed_least_distance_m: {
    en: "A shorter jump may be an error of either position and is not judged.",
    zh: "较短的跳动可能只是定位误差，不作判断。",
  },
  repeated_coordinates_count: {
    en: "Real positions differ in the last digits. So many earlier check-ins with the very same coordinates, at other visits, are a finding.",
    zh: "真实定位的末位数字总会变化；其他上门中已有这么多次坐标完全相同，则提示。",
  },
  clock_skew_s: {
    en: "How far the phone's clock may be off the server's before it is a finding.",
    zh: "手机时钟与服务器相差超过此值则提示。",
  },
  sent_late_s: {
    en: "Phones work without a network and send later. After this it is a finding.",
    zh: "手机可离线工作、稍后上传；超过此时间才上传则提示。",
  },
  photo_time_s: {
    en: "By how much the camera's time may lie before the visit or after the check-in. Lower is stricter.",
    zh: "相机时间早于上门或晚于签到允许的时间差。数值越小越严格。",
  },
  photo_distance_m: {
    en: "By how much the position in the photo may be off the check-in's, beyond its accuracy. Lower is stricter.",
    zh: "照片内的位置与签到定位允许的距离（另加定位误差）。数值越小越严格。",
  },
  photo_least_side_px: {
    en: "A smaller picture cannot be read. Higher is stricter.",
    zh: "更小的照片难以辨认。数值越大越严格。",
  },
  photo_least_luminance: {
    en: "Mean brightness from 0, black, to 255, white. Higher is stricter.",
    zh: "平均亮度，0 为全黑，255 为全白。数值越大越严格。",
  },
  photo_least_sharpness: {
    en: "How much edge there is in a picture (variance of the Laplacian at about 320 px). Plain walls have little, too. Higher is stricter.",
    zh: "照片的边缘强度（约 320 像素下的拉普拉斯方差）；纯色墙面也会偏低。数值越大越严格。",
  },
  least_time_on_site_s: {
    en: "A shorter visit, from arrival to departure, is a finding; a site may have a time of its own. Higher is stricter.",
    zh: "从到达到离开短于此时间则提示，站点可另设时长。数值越大越严格。",
  },
});

export const units = defineWords({
  m: { en: "m", zh: "米" },
  s: { en: "s", zh: "秒" },
  mps: { en: "m/s", zh: "米/秒" },
  px: { en: "px", zh: "像素" },
  count: { en: "times", zh: "次" },
  luminance: { en: "of 255", zh: "（满值 255）" },
  sharpness: { en: "variance", zh: "方差" },
});
