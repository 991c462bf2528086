import { defineWords } from "../../shared/i18n/i18n";

/** A manager lets a technician's phone in. */
export const enrolment = defineWords({
  title: { en: "Enrol a phone", zh: "添加手机" },
  explanation: {
    en: "Choose a technician. Their phone scans a code and is logged in, without a password.",
    zh: "请选择技术人员。用其手机扫描二维码即可登录，无需密码。",
  },
  logInFirst: { en: "Log in as a manager or administrator to enrol phones.", zh: "请先以主管或管理员账号登录，再添加手机。" },
  toLogIn: { en: "To the log-in", zh: "去登录" },
  loggedInAs: { en: "Logged in as {name}", zh: "当前登录：{name}" },
  logOut: { en: "Log out", zh: "退出登录" },
  search: { en: "Find a technician", zh: "查找技术人员" },
  nobody: { en: "No technician is called that.", zh: "没有找到这位技术人员。" },
  more: { en: "There are more: type part of a name.", zh: "名单未全部显示，请输入姓名查找。" },
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
  another: { en: "Another technician", zh: "选择其他技术人员" },
});
