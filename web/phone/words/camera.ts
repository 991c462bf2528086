import { defineWords } from "../../shared/i18n/i18n";

export const camera = defineWords({
  title: { en: "Camera", zh: "相机" },
  roles: { en: "What the photo shows", zh: "照片内容" },
  roleMissing: { en: "{role} (missing)", zh: "{role}（还缺）" },
  roleCount: { en: "{role} ({count} taken)", zh: "{role}（已拍 {count} 张）" },
  shoot: { en: "Take photo", zh: "按下快门" },
  taking: { en: "Taking the photo…", zh: "正在拍照…" },
  finish: { en: "Done", zh: "完成" },
  torch: { en: "Light", zh: "补光灯" },
  zoom: { en: "Zoom", zh: "变焦" },
  fullCamera: { en: "Phone's camera", zh: "系统相机" },
  recordVideo: { en: "Record a video", zh: "录制视频" },
  notVideo: {
    en: "This file is not an MP4 or QuickTime video ({kind}); the server would refuse it.",
    zh: "该文件不是 MP4 或 QuickTime 视频（{kind}），服务器不会接受。",
  },
  videoCut: {
    en: "This video is NOT saved: the recording was cut off and cannot be played. Record it again.",
    zh: "视频没有保存：录制中途中断，无法播放。请重新录制。",
  },
  videoTooLarge: {
    en: "This video is NOT saved: it has {size}, and the server takes at most {limit}. Record a shorter one, or choose 720p or 1080p in the camera.",
    zh: "视频没有保存：文件大小 {size}，服务器最多接受 {limit}。请缩短录制时间，或在相机中选择 720p 或 1080p。",
  },
  wayOn: { en: "Or take the photo with the phone's own camera, below.", zh: "也可用下方的系统相机拍摄。" },
  opening: { en: "Opening the camera…", zh: "正在打开相机…" },
  saving: { en: "Saving…", zh: "正在保存…" },
  saved: { en: "Saved on this phone: {role}", zh: "已保存在本机：{role}" },
  look: { en: "Look at the last photo; saved:", zh: "查看刚拍的照片，已存：" },
  keep: { en: "Keep", zh: "保留" },
  retake: { en: "Take again", zh: "重拍" },
  quickLook: { en: "The photo you took", zh: "刚拍的照片" },
  blurred: { en: "It may be blurred: can the detail be read?", zh: "照片可能模糊，请确认细节能否看清。" },
  dark: { en: "It is very dark: switch the light on and take it again?", zh: "照片过暗，建议打开补光灯重拍。" },
  small: {
    en: "It has few pixels ({width} px asked for): use the phone's camera?",
    zh: "照片像素偏低（短边要求 {width} 像素），建议改用系统相机。",
  },
  broken: {
    en: "This picture cannot be opened. Take it again.",
    zh: "这张照片打不开，请重拍。",
  },
  reused: {
    en: "This picture belongs to another visit and will be rejected. Take a new one.",
    zh: "这张照片已用于另一次上门，会被判为不合格，请重拍。",
  },
  warnedKept: { en: "It is saved; whether to take it again is up to you.", zh: "照片已保存，是否重拍由您决定。" },
  notSaved: {
    en: "The photo is NOT saved: this phone has no room left. Send the outbox or free some space, then try again.",
    zh: "照片没有保存：手机空间已满。请先发送发件箱或清理空间，再试一次。",
  },
  saveAgain: { en: "Save again", zh: "重新保存" },
  notJpeg: {
    en: "This file is not a JPEG photo ({kind}); the server would refuse it. On an iPhone: Settings › Camera › Formats › Most Compatible.",
    zh: "该文件不是 JPEG 照片（{kind}），服务器不会接受。iPhone 请在“设置 › 相机 › 格式”中选择“兼容性最佳”。",
  },
  tooLarge: {
    en: "This photo is NOT saved: it has {size}, and the server takes at most {limit}. Choose a lower resolution in the camera (12 MP is plenty) and take it again.",
    zh: "照片没有保存：文件大小 {size}，服务器最多接受 {limit}。请在相机中选择较低的分辨率（1200 万像素足够）后重拍。",
  },
  takeFailed: { en: "The camera gave no picture. Try again, or use the phone's camera.", zh: "相机没有给出照片。请重试，或改用系统相机。" },
  retakeOf: { en: "Asked for again: “{reason}”", zh: "要求补拍：“{reason}”" },
});

/** Why there is no live picture. The way on depends on what the camera is for. */
export const cameraProblems = defineWords({
  deniedAndroid: {
    en: "The camera is not allowed. To allow it: tap the sign left of the address › Permissions › Camera › Allow; then try again.",
    zh: "没有相机权限。开启方法：点地址栏左侧图标 › 权限 › 相机 › 允许，然后重试。",
  },
  deniedIphone: {
    en: "The camera is not allowed. To allow it: iPhone Settings › Apps › Safari › Camera › Allow; then try again.",
    zh: "没有相机权限。开启方法：在 iPhone“设置 › App › Safari › 相机”中选择“允许”，然后重试。",
  },
  missing: { en: "The browser finds no camera on this device.", zh: "浏览器没有找到相机。" },
  busy: {
    en: "Another app holds the camera (a call, another scanner). Close it, then try again.",
    zh: "相机正被其他应用占用（通话、扫码等）。请关闭后重试。",
  },
  unsupported: { en: "This browser shows no live camera here.", zh: "此浏览器不支持实时相机。" },
  failed: { en: "The camera did not open.", zh: "相机没有打开。" },
});

export const scanner = defineWords({
  title: { en: "Scan", zh: "扫码" },
  aim: { en: "Point at the barcode or QR code", zh: "将条码或二维码对准画面" },
  loading: { en: "Loading the scanner…", zh: "正在加载扫码功能…" },
  loadFailed: {
    en: "The scanner could not be loaded: it needs the network once. Type the code below.",
    zh: "扫码功能加载失败：首次使用需要联网。请在下方手动输入。",
  },
  wayOn: { en: "Or type the code below, or take a photo of it.", zh: "也可在下方手动输入，或拍下条码。" },
  fromPicture: { en: "Take a photo of the code", zh: "拍下条码" },
  noneInPicture: { en: "No code was found in the photo. Go closer, and hold it straight.", zh: "照片中没有找到条码。请靠近并拿正再拍。" },
  typed: { en: "Type the code", zh: "手动输入编号" },
  typedHint: { en: "As printed on the label", zh: "按标签上印的内容输入" },
  check: { en: "Check", zh: "核对" },
  thisSite: { en: "Asset of this site: {asset}", zh: "本站点设备：{asset}" },
  otherSite: { en: "{asset} belongs to another site: {site}", zh: "{asset} 属于其他站点：{site}" },
  otherSiteHint: { en: "Check the label. If the machine was moved, use it: a manager will see it.", zh: "请核对标签。如设备已移动，可照常使用，主管会看到。" },
  unknown: { en: "Not on this phone's list", zh: "不在本机的设备清单中" },
  unknownHint: { en: "Check the label. The server compares it with all assets when it is sent.", zh: "请核对标签。发送后服务器会与全部设备比对。" },
  use: { en: "Use it", zh: "使用" },
  again: { en: "Scan again", zh: "重新扫" },
  next: { en: "Scan the next", zh: "扫下一个" },
  finish: { en: "Done", zh: "完成" },
  saved: { en: "Saved on this phone", zh: "已保存在本机" },
  twice: { en: "Already scanned on this visit.", zh: "本次上门已扫过。" },
  byCamera: { en: "scanned", zh: "扫描" },
  byHand: { en: "typed", zh: "手输" },
});
