import { defineWords } from "../../shared/i18n/i18n";

export const visitWords = defineWords({
  visits: { en: "Visits", zh: "上门记录" },
  none: { en: "Nobody has been there yet.", zh: "暂无上门记录。" },
  visitOf: { en: "Visit on {day}", zh: "{day} 上门" },
  visitAlone: { en: "Visit", zh: "上门" },
  technician: { en: "Technician", zh: "服务人员" },
  arrived: { en: "Arrived", zh: "到达" },
  left: { en: "Left", zh: "离开" },
  sheet: { en: "Read the signed sheet", zh: "查看已签署的服务单" },
  signedBy: { en: "Signed by {name} ({role}), {when}", zh: "签署人：{name}（{role}），{when}" },
  typed: { en: "signed by typing the name", zh: "以键入姓名方式签署" },
  notSigned: { en: "No sheet has been signed yet.", zh: "服务单尚未签署。" },
  inWeChat: {
    en: "If nothing happens: WeChat does not save files. Tap ··· at the top right, then open this page in the browser.",
    zh: "如果没有反应：微信内无法保存文件，请点右上角“···”，选择“在浏览器打开”。",
  },
  pdf: { en: "Download the sheet as a PDF", zh: "下载服务单 PDF" },
  photoRemoved: { en: "Removed on {date}, as the service company's rules on keeping photos say.", zh: "已于{date}按服务单位的照片保留规则清除。" },
  photos: { en: "Photos", zh: "现场照片" },
  photoOf: { en: "{role}, {when}", zh: "{role}，{when}" },
  openPhoto: { en: "Enlarge: {name}", zh: "放大：{name}" },
  photoNumber: { en: "Photo {number} of {count}", zh: "第 {number} 张，共 {count} 张" },
  previous: { en: "Previous", zh: "上一张" },
  next: { en: "Next", zh: "下一张" },
  close: { en: "Close", zh: "关闭" },
  photoFailed: { en: "This photo could not be loaded.", zh: "照片加载失败。" },
});
