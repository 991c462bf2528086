import { defineWords } from "../../shared/i18n/i18n";

/** What went wrong, as a technician would say it. */
export const problems = defineWords({
  noNetwork: { en: "No connection to the server. Check the network and try again.", zh: "连不上服务器。请检查网络后重试。" },
  logInFailed: { en: "Organisation, name or password is wrong.", zh: "组织、用户名或密码不正确。" },
  enrolmentFailed: {
    en: "This code does not work any more: it was used, or its time is over. Ask your manager for a new one.",
    zh: "此二维码已失效（已被使用或已过期），请向主管索取新的二维码。",
  },
  deviceRevoked: {
    en: "This phone was locked out. Ask your manager to restore it, or for a code to scan.",
    zh: "此手机已被停用，请联系主管恢复，或索取新的二维码。",
  },
  tooManyAttempts: {
    en: "Too many attempts. Wait a few minutes and try again.",
    zh: "尝试次数过多，请过几分钟再试。",
  },
  unavailable: { en: "The server is busy just now. Try again in a moment.", zh: "服务器暂时繁忙，请稍后再试。" },
  sessionEnded: { en: "Please log in again.", zh: "请重新登录。" },
  other: { en: "That did not work: {detail}", zh: "操作未成功：{detail}" },
});
