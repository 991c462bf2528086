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
  another: { en: "Another technician", zh: "选择其他技术人员" },
});
