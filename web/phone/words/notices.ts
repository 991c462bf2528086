import { defineWords } from "../../shared/i18n/i18n";

/** What is said above every screen when there is a reason. */
export const notices = defineWords({
  offline: { en: "No network. Go on working: all is saved on the phone.", zh: "当前无网络，可继续工作，内容都会保存在本机。" },
  clockAhead: {
    en: "This phone's clock is {minutes} minutes fast. Turn on automatic time in the phone's settings; your photos are judged by it.",
    zh: "手机时间快了 {minutes} 分钟。请在手机设置中打开“自动设置时间”，照片时间以此为准。",
  },
  clockBehind: {
    en: "This phone's clock is {minutes} minutes slow. Turn on automatic time in the phone's settings; your photos are judged by it.",
    zh: "手机时间慢了 {minutes} 分钟。请在手机设置中打开“自动设置时间”，照片时间以此为准。",
  },
  distrusted: {
    en: "This phone does not trust the server's certificate. Until it does, the app does not open without a network.",
    zh: "手机尚未信任服务器证书，没有网络时将无法打开应用。",
  },
  trust: { en: "Trust the certificate", zh: "设置证书信任" },
  askForTrust: { en: "Tell whoever runs the server.", zh: "请联系服务器管理员处理。" },
  nearlyFull: {
    en: "The phone is nearly full. Send what waits, or make room, before you take more photos.",
    zh: "手机存储空间快满了。请先发送待传内容或清理空间，再继续拍照。",
  },
  privateWindow: {
    en: "This is a private window: what is not sent when it is closed is lost. Open the app in a normal one.",
    zh: "这是无痕浏览窗口，关闭时尚未发送的内容会丢失。请在普通窗口中打开本应用。",
  },
  sessionEnded: { en: "Your session has ended. Your work is kept here.", zh: "登录已失效，您的工作仍保存在本机。" },
  logInAgain: { en: "Log in again", zh: "重新登录" },
  newVersion: { en: "A new version is ready.", zh: "新版本已就绪。" },
  useNewVersion: { en: "Use it now", zh: "立即启用" },
  oldVersion: { en: "This window shows an older version of the app.", zh: "此窗口是旧版本。" },
  reload: { en: "Reload", zh: "重新加载" },
  refused: {
    en: "The server refused {count} items.",
    en_one: "The server refused 1 item.",
    zh: "有 {count} 项被服务器退回。",
  },
  look: { en: "Look", zh: "查看" },
  storageDeniedTitle: { en: "This browser does not let the app save anything", zh: "浏览器不允许保存数据" },
  storageDenied: {
    en: "Without that, work would be lost, so the app does not start. Leave private browsing, or allow site data for this address, then open it again.",
    zh: "无法保存就会丢失工作内容，因此应用没有启动。请退出无痕浏览，或允许本网址保存网站数据，然后重新打开。",
  },
});
