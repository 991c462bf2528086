import { defineWords } from "../../shared/i18n/i18n";

export const logIn = defineWords({
  title: { en: "Log in", zh: "登录" },
  organisation: { en: "Organisation", zh: "组织" },
  organisationHint: { en: "The short name your manager gave you, such as demo", zh: "主管提供的组织简称，例如 demo" },
  name: { en: "User name", zh: "用户名" },
  password: { en: "Password", zh: "密码" },
  showPassword: { en: "Show password", zh: "显示密码" },
  submit: { en: "Log in", zh: "登录" },
  working: { en: "Logging in…", zh: "正在登录…" },
  notATechnician: {
    en: "This app is for technicians. {name} is not one; use the manager's desk on a computer.",
    zh: "此应用供现场技术人员使用，{name} 不是技术人员账号；请在电脑上使用管理后台。",
  },
  ended: {
    en: "Your session has ended. Log in again as {name}: all work on this phone is kept and will be sent.",
    zh: "登录已失效。请以 {name} 重新登录：本机上的工作都已保存，登录后会继续发送。",
  },
});
