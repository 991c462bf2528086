import { defineWords } from "../../shared/i18n/i18n";

export const desk = defineWords({
  title: { en: "Fieldproof desk", zh: "Fieldproof 管理台" },
  organisation: { en: "Organisation", zh: "组织" },
  organisationHint: { en: "The short name of your organisation, for example demo", zh: "组织简称，例如 demo" },
  userName: { en: "User name", zh: "用户名" },
  password: { en: "Password", zh: "密码" },
  logIn: { en: "Log in", zh: "登录" },
  logOut: { en: "Log out", zh: "退出登录" },
  missing: { en: "Please fill in all three.", zh: "请填写全部三项。" },
  notForRole: {
    en: "Technicians work in the phone app at /app/. This page is for managers.",
    zh: "技术员请使用手机端 /app/。本页面供主管使用。",
  },
  logInFailed: { en: "Organisation, user name or password is wrong.", zh: "组织、用户名或密码不正确。" },
  tooMany: { en: "Too many attempts. Try again in {seconds} s.", zh: "尝试次数过多，请 {seconds} 秒后再试。" },
  noNetwork: { en: "The server cannot be reached.", zh: "无法连接服务器。" },
  refused: { en: "The server refused: {detail}", zh: "服务器拒绝：{detail}" },
  tryAgain: { en: "Try again", zh: "重试" },
  otherLanguage: { en: "中文", zh: "English" },
  skip: { en: "Skip to the content", zh: "跳到正文" },
  loading: { en: "Loading …", zh: "加载中……" },
});
