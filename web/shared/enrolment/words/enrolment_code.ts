import { defineWords } from "../../i18n/i18n";

/** A QR code that lets a technician's phone in. */
export const enrolmentCode = defineWords({
  loading: { en: "Loading …", zh: "加载中……" },
  codeFor: { en: "Code for {name}", zh: "{name} 的二维码" },
  howTo: {
    en: "Scan it with the phone's camera and open the address.",
    zh: "用手机相机扫描，然后打开链接。",
  },
  qr: { en: "QR code that logs a phone in as {name}", zh: "供 {name} 的手机登录的二维码" },
  onlyOnce: { en: "For one phone, once. Good for {time} more.", zh: "仅限一部手机使用一次，{time} 后失效。" },
  secret: { en: "Whoever scans it is logged in as {name}: show it to nobody else.", zh: "谁扫描，谁就以 {name} 的身份登录：请勿给他人看。" },
  address: { en: "The address in the code", zh: "二维码中的链接" },
  used: { en: "Done: {name} is logged in on the new phone.", zh: "完成：{name} 已在新手机上登录。" },
  usedOn: { en: "Done: {name} is logged in on “{device}”.", zh: "完成：{name} 已在“{device}”上登录。" },
  expired: { en: "The time of this code is over.", zh: "二维码已过期。" },
  revoked: { en: "This code was withdrawn.", zh: "二维码已作废。" },
  newCode: { en: "New code", zh: "生成新二维码" },
  withdraw: { en: "Withdraw this code", zh: "作废此二维码" },
});
