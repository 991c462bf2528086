import { defineWords } from "../../shared/i18n/i18n";

/** The screen of a visit. */
export const atSite = defineWords({
  notHere: {
    en: "This work order is not on this phone. Connect to the network and open it from Today.",
    zh: "本机上没有这张工单。请联网后从“今日工单”打开。",
  },
  checkIn: { en: "Check in", zh: "签到" },
  checkInRetake: { en: "Check in to retake", zh: "签到并补拍" },
  searchingThen: { en: "Checking in with the best position: {seconds} s", zh: "正在取最佳定位，{seconds} 秒内自动签到" },
  leavingThen: { en: "Checking out with the best position: {seconds} s", zh: "正在取最佳定位，{seconds} 秒内自动离场" },
  checkInNow: { en: "Check in without waiting", zh: "不等了，立即签到" },
  leaveNow: { en: "Check out without waiting", zh: "不等了，立即离场" },
  stillElsewhere: { en: "You have not checked out at {site}.", zh: "您在“{site}”还没有离场。" },
  goThere: { en: "Check out there", zh: "去那里离场" },
  onSiteSince: { en: "On site since {time}", zh: "{time} 到达现场" },
  leftAt: { en: "Left at {time}", zh: "{time} 离开现场" },
  savedArrival: { en: "Checked in. Saved on this phone.", zh: "签到成功，已保存在本机。" },
  savedProgress: { en: "Saved on this phone.", zh: "已保存在本机。" },
  savedDeparture: { en: "Checked out. Saved on this phone.", zh: "已离场，已保存在本机。" },
  notSaved: {
    en: "Not saved: this phone has no room left, or the browser denies storage. Free some space, then try again. ({detail})",
    zh: "没有保存：手机空间已满，或浏览器禁止存储。请清理空间后重试。（{detail}）",
  },
  pictureLost: {
    en: "The phone closed this app while its camera was open: the last picture did not arrive. Take it again.",
    zh: "系统相机打开期间，手机关闭了本应用，刚拍的照片没有收到，请重拍。",
  },
  siteNote: { en: "About this site: {note}", zh: "站点说明：{note}" },
  photo: { en: "Photo", zh: "拍照" },
  scan: { en: "Scan", zh: "扫码" },
  leave: { en: "Check out", zh: "离场" },
  leaveTitle: { en: "Check out now?", zh: "确定离场？" },
  leaveMissing: { en: "Still missing: {labels}", zh: "还缺：{labels}" },
  leaveMissingHint: {
    en: "You can leave all the same; a manager will then look at it.",
    zh: "仍可离场，但会由主管复核。",
  },
  leaveShort: {
    en: "You have been here {minutes} min; {expected} min are expected.",
    zh: "您到场 {minutes} 分钟，要求至少 {expected} 分钟。",
  },
  stay: { en: "Stay", zh: "再等等" },
  leaveAnyway: { en: "Check out", zh: "确认离场" },
  again: { en: "Check in again", zh: "再次签到" },
  sheet: { en: "Visit sheet and parts used", zh: "服务单与所用备件" },
  checklist: { en: "What is asked for", zh: "需要的凭证" },
  countOf: { en: "{taken} of {wanted}", zh: "已有 {taken}/{wanted}" },
  checklistDone: { en: "All required evidence is there.", zh: "必备凭证已齐全。" },
  checklistMissing: { en: "{count} still missing", zh: "还缺 {count} 项" },
  done: { en: "Done", zh: "已完成" },
  missing: { en: "Missing", zh: "未完成" },
  optional: { en: "optional", zh: "选填" },
  photoOf: { en: "Photo: {role}", zh: "照片：{role}" },
  scanOf: { en: "Scan: {asset}", zh: "扫码：{asset}" },
  anyAsset: { en: "an asset of this site", zh: "本站点任一设备" },
  photos: { en: "Photos of this visit", zh: "本次照片" },
  photoAlt: { en: "{role}, {time}", zh: "{role}，{time}" },
  photoGone: { en: "{role}, {time}: safe on the server", zh: "{role}，{time}：已在服务器上" },
  scans: { en: "Scans of this visit", zh: "本次扫码" },
  note: { en: "Note", zh: "备注" },
  noteHint: {
    en: "Kept as you write; goes with your next check-in, at the latest when you check out. Dictation works.",
    zh: "边写边存，随下一次签到发送，最迟在离场时发送。支持语音输入。",
  },
  notes: { en: "Notes of this visit", zh: "本次备注" },
  noteSaved: { en: "Note kept on this phone", zh: "备注已保存在本机" },
  retakes: { en: "To take again", zh: "需要补拍" },
  retakeReason: { en: "{name}: “{reason}”", zh: "{name}：“{reason}”" },
  retakeTake: { en: "Take it again", zh: "去补拍" },
  retakeFirst: { en: "Check in first; the camera then opens.", zh: "请先签到，随后自动打开相机。" },
  retakeAnswered: { en: "Taken again; waits to be sent or looked at.", zh: "已补拍，等待发送或复核。" },
});

/** Where the phone is, and what that will be taken for. */
export const position = defineWords({
  title: { en: "Your position", zh: "您的位置" },
  searching: { en: "Finding your position: {seconds} s", zh: "正在定位：{seconds} 秒" },
  allow: {
    en: "If the phone asks whether this site may know your position, choose “Allow”.",
    zh: "如果手机询问是否允许获取位置，请选择“允许”。",
  },
  allowIphone: {
    en: "If the iPhone asks whether this site may know your position, tap “Allow”. It asks each time; so that it does not: iPhone Settings › Apps › Safari › Location › Allow.",
    zh: "如果 iPhone 询问是否允许获取位置，请点“允许”。如不想每次询问：iPhone“设置 › App › Safari › 位置 › 允许”。",
  },
  again: { en: "Find again", zh: "重新定位" },
  wasPaused: {
    en: "The search paused while the app was in the background; it goes on.",
    zh: "应用在后台时定位已暂停，现在继续。",
  },
  accepted: { en: "Will be accepted", zh: "会被接受" },
  needs_review: { en: "Needs a manager's review", zh: "需要主管复核" },
  rejected: { en: "Will be rejected", zh: "会被驳回" },
  because: { en: "{head}: {reasons}", zh: "{head}：{reasons}" },
  and: { en: "; ", zh: "；" },
  still: { en: "You can check in all the same.", zh: "仍可签到，工作不受影响。" },
  fix_missing: { en: "no position was found", zh: "没有定位" },
  fix_invalid: { en: "the position does not exist on Earth", zh: "定位坐标无效" },
  null_island: { en: "the phone gave 0, 0 instead of a position", zh: "手机给出的坐标是 (0, 0)，即没有定到位" },
  accuracy_missing: { en: "the accuracy is not stated; ±{assumed} is assumed", zh: "未给出精度，按 ±{assumed} 判断" },
  low_accuracy: {
    en: "accurate only to ±{accuracy} (±{limit} is asked for); outdoors or at a window it gets better",
    zh: "精度只有 ±{accuracy}（要求 ±{limit} 以内），到室外或窗边会变好",
  },
  fix_too_coarse: {
    en: "accurate only to ±{accuracy}, which says nothing about this site; is “Precise location” switched on in the phone's settings?",
    zh: "精度只有 ±{accuracy}，无法说明是否在现场；请检查手机设置中的“精确位置”是否已打开",
  },
  geofence_inside: { en: "{distance} inside the fence, accuracy ±{accuracy}", zh: "在围栏内 {distance}，精度 ±{accuracy}" },
  geofence_uncertain_inside: {
    en: "{distance} inside the fence, but accurate only to ±{accuracy}: it cannot tell",
    zh: "在围栏内 {distance}，但精度只有 ±{accuracy}，无法判断内外",
  },
  geofence_uncertain_outside: {
    en: "{distance} outside the fence, but accurate only to ±{accuracy}: it cannot tell",
    zh: "在围栏外 {distance}，但精度只有 ±{accuracy}，无法判断内外",
  },
  geofence_outside: { en: "{distance} outside the fence, accuracy ±{accuracy}", zh: "在围栏外 {distance}，精度 ±{accuracy}" },
  wrong_datum_suspected: {
    en: "the phone probably gives the coordinates of a Chinese map; read so, you are inside",
    zh: "手机给出的可能是地图偏移坐标，换算后在围栏内",
  },
  site_datum_suspected: {
    en: "the site was probably entered with the coordinates of a Chinese map; ask your manager to check it",
    zh: "站点可能按地图偏移坐标录入，请主管核对站点位置",
  },
  stale_fix: { en: "the position is {age} old", zh: "定位是 {age} 之前的" },
  fix_time_ahead: {
    en: "the phone's clock is probably {age} slow; set it to automatic time",
    zh: "手机时钟可能慢了 {age}，请设为自动校时",
  },
  ok: { en: "position found, accuracy ±{accuracy}", zh: "已定位，精度 ±{accuracy}" },
  minutes: { en: "{count} min", zh: "{count} 分钟" },
  noFence: { en: "This site has no fence.", zh: "本站点没有设置围栏。" },
});

/** Why there is no position, and the way on. */
export const positionProblems = defineWords({
  deniedAndroid: {
    en: "Location is not allowed. To allow it: tap the sign left of the address › Permissions › Location › Allow; then “Find again”.",
    zh: "没有定位权限。开启方法：点地址栏左侧图标 › 权限 › 位置信息 › 允许，然后点“重新定位”。",
  },
  deniedIphone: {
    en: "Location is not allowed. To allow it: iPhone Settings › Privacy & Security › Location Services › Safari Websites › While Using the App; and Settings › Apps › Safari › Location › Ask. Then close the app and open it again: nothing is lost.",
    zh: "没有定位权限。开启方法：iPhone“设置 › 隐私与安全性 › 定位服务 › Safari 网站 › 使用 App 期间”，以及“设置 › App › Safari › 位置 › 询问”，然后关闭本应用重新打开，内容不会丢失。",
  },
  unavailable: {
    en: "The phone finds no signal. Switch location on, or go to a window or outdoors for a moment.",
    zh: "手机收不到定位信号。请打开定位服务，或到窗边、室外稍等片刻。",
  },
  timed_out: {
    en: "No position was found in time. Basements and steel halls are like that; outdoors it takes seconds.",
    zh: "限定时间内没有定到位。地下室和钢结构厂房属正常情况，到室外几秒即可。",
  },
  unsupported: {
    en: "This browser gives no position here. Open the app over https, or in Chrome or Safari.",
    zh: "此浏览器无法定位。请用 https 地址，或用 Chrome、Safari 打开。",
  },
});
