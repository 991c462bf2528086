import { defineWords } from "../../shared/i18n/i18n";

export const enrol = defineWords({
  title: { en: "Set up this phone", zh: "启用本机" },
  explain: {
    en: "Your manager's code logs you in on this phone. It works once.",
    zh: "使用主管提供的二维码在本机登录，二维码只能使用一次。",
  },
  somebodyIsHere: {
    en: "{name} is logged in on this phone. What {name} has not sent yet stays here until the next log-in as {name}.",
    zh: "{name} 已在本机登录。{name} 未发送的内容会保留在本机，待 {name} 再次登录后发送。",
  },
  begin: { en: "Log in on this phone", zh: "在本机登录" },
  working: { en: "Logging in…", zh: "正在登录…" },
  scan: { en: "Scan the manager's code", zh: "扫描主管的二维码" },
  noCode: { en: "This is not a code that sets up a phone.", zh: "这不是启用手机的二维码。" },
  codeOfElsewhere: {
    en: "This code is of another server ({host}). Open the app there.",
    zh: "此二维码属于另一台服务器（{host}），请在该服务器上打开应用。",
  },
  byPassword: { en: "Log in with a password instead", zh: "改用密码登录" },
  notATechnician: { en: "This code is not a technician's.", zh: "此二维码不属于技术人员账号。" },
});
