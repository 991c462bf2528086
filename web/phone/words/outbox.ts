import { defineWords } from "../../shared/i18n/i18n";

export const outbox = defineWords({
  title: { en: "Outbox", zh: "发件箱" },
  empty: { en: "Everything is on the server.", zh: "全部已上传到服务器。" },
  unsent: { en: "{count} items to send", en_one: "1 item to send", zh: "{count} 项待发送" },
  refusedCount: { en: "{count} items refused", en_one: "1 item refused", zh: "{count} 项被退回" },
  sendNow: { en: "Send now", zh: "立即发送" },
  explain: {
    en: "All of this is saved on the phone. It is sent by itself when there is a network.",
    zh: "以下内容都已保存在本机，有网络时会自动发送。",
  },
  explainOpen: {
    en: "All of this is saved on the phone. It is sent by itself when there is a network, but only while the app is open: keep it in front until all has gone.",
    zh: "以下内容都已保存在本机，有网络时会自动发送，但只在应用打开期间进行：请保持应用在前台，直到全部发送完成。",
  },

  arrival: { en: "Arrival", zh: "到场签到" },
  progress: { en: "Evidence", zh: "现场凭证" },
  departure: { en: "Departure", zh: "离场签到" },
  photo: { en: "Photo: {role}", zh: "照片：{role}" },
  video: { en: "Video: {role}", zh: "视频：{role}" },
  openSheet: { en: "Open the visit sheet", zh: "打开服务单" },
  sheet: { en: "Visit sheet", zh: "服务单" },
  signature: { en: "Customer's signature", zh: "客户签字" },
  onTheWay: { en: "On the way", zh: "已出发" },
  notOnTheWay: { en: "Not on the way any more", zh: "撤回“已出发”" },
  transition: { en: "Work order: {state}", zh: "工单状态：{state}" },

  waiting: { en: "Waiting", zh: "等待发送" },
  waitingForOther: { en: "Waits for another item", zh: "等待前一项" },
  waitingForWifi: { en: "Waits for Wi-Fi", zh: "等待 Wi-Fi" },
  waitingForLogIn: { en: "Waits for your log-in", zh: "等待重新登录" },
  sending: { en: "Sending {percent} %", zh: "发送中 {percent}%" },
  safe: { en: "Safe on the server", zh: "已安全上传" },
  safeAt: { en: "Safe on the server since {time}", zh: "{time} 已安全上传" },
  safeDoubted: { en: "On the server, but doubtful", zh: "已上传，但有疑问" },
  refused: { en: "Refused", zh: "被退回" },
  heldBack: { en: "Waits: what it belongs to was refused", zh: "暂停：所属内容被退回" },
  retryAt: { en: "Tries again at {time}", zh: "{time} 重试" },

  receipt: { en: "The server's receipt", zh: "服务器回执" },
  receivedAt: { en: "Received {time}", zh: "接收时间 {time}" },
  ledger: { en: "Place in the ledger: {position}", zh: "账本位置：{position}" },
  signed: { en: "Signed by the server", zh: "服务器签名" },
  hash: { en: "SHA-256", zh: "SHA-256" },
  verdictAccepted: { en: "Evidence accepted", zh: "凭证合格" },
  verdictReview: { en: "Somebody will look at it", zh: "待人工核对" },
  verdictRejected: { en: "Evidence insufficient", zh: "凭证不足" },
  why: { en: "Why", zh: "原因" },
  tryAgain: { en: "Try again", zh: "重新发送" },
  tryAgainItem: { en: "Try again: {item}", zh: "重新发送：{item}" },
  remove: { en: "Remove", zh: "移除" },
  removeItem: { en: "Remove: {item}", zh: "移除：{item}" },
  removeQuestion: {
    en: "Remove “{item}” from this phone, and what can only be sent with it? The server does not have it.",
    zh: "要从本机移除“{item}”以及只能随它发送的内容吗？服务器上没有这些内容。",
  },
  removeSigned: {
    en: "The customer's signature goes with it, and nobody else has it. Show it to your manager first.",
    zh: "客户签字也会一并移除，且其他地方没有留存。请先给主管查看。",
  },
  removeKeepsSheet: {
    en: "The visit sheet and the customer's signature stay, and are sent without it.",
    zh: "服务单和客户签字会保留，并继续发送。",
  },
  removeYes: { en: "Remove it", zh: "确认移除" },

  noWay: { en: "The server cannot be reached. Next try at {time}, or as soon as there is a network.", zh: "暂时连不上服务器。{time} 或网络恢复后自动重试。" },
  metered: { en: "Photos wait for Wi-Fi, as set in the settings.", zh: "根据设置，照片将等待 Wi-Fi 再发送。" },
  logInNeeded: { en: "Log in again to send. Nothing is lost.", zh: "请重新登录后继续发送，内容不会丢失。" },
});

/** What a refusal means, by its code. */
export const refusals = defineWords({
  photoRefused: { en: "The server cannot use this picture. Take it again.", zh: "服务器无法使用此照片或视频，请重拍。" },
  contentConflict: {
    en: "The server has something else under the same number.",
    zh: "服务器上已有同一编号的不同内容。",
  },
  stateConflict: { en: "The work order has moved on in the meantime.", zh: "工单状态已被更改。" },
  sheetChanged: { en: "The visit sheet is no longer what was signed.", zh: "服务单内容与签字时不一致。" },
  sheetSigned: { en: "This visit sheet is signed already.", zh: "该服务单已签字。" },
  unknownReference: { en: "Something it refers to is not on the server.", zh: "服务器上缺少其关联的内容。" },
  forbidden: { en: "You are not allowed to do this.", zh: "您没有此操作的权限。" },
  invalid: { en: "The server does not accept what was entered.", zh: "服务器不接受所填内容。" },
  tooLarge: { en: "It is larger than the server takes.", zh: "内容超过服务器允许的大小。" },
  receiptDiffers: {
    en: "The server has other bytes than this phone. The photo is kept here; tell your manager.",
    zh: "服务器收到的内容与本机不一致。照片仍保存在本机，请联系主管。",
  },
  receiptUnproven: {
    en: "The receipt that came back is not signed by your server. The photo stays on this phone and is tried again. Try another network and log in again; if this stays, tell your manager.",
    zh: "收到的回执没有有效的服务器签名。照片仍保存在本机，稍后会自动重试。请换一个网络并重新登录；若仍出现，请告知主管。",
  },
  bytesMissing: { en: "The photo is no longer on this phone.", zh: "照片已不在本机。" },
  awaited: {
    en: "The server waits for something that comes before this. If nothing has come after a day, it takes the visit sheet and the signature as they are.",
    zh: "服务器正在等待此前的内容；如果一天后仍未收到，将按原样接收服务单和签字。",
  },
  serverTrouble: { en: "The server is in trouble just now.", zh: "服务器暂时出现故障。" },
  other: { en: "The server refused it.", zh: "服务器拒绝接收。" },
});

/** The states of a work order. */
export const states = defineWords({
  new: { en: "New", zh: "新建" },
  assigned: { en: "Assigned", zh: "已派单" },
  accepted: { en: "Accepted", zh: "已接单" },
  on_site: { en: "On site", zh: "现场处理中" },
  done: { en: "Done", zh: "已完成" },
  partly_done: { en: "Partly done", zh: "部分完成" },
  unresolved: { en: "Unresolved", zh: "未解决" },
  closed: { en: "Closed", zh: "已关闭" },
  cancelled: { en: "Cancelled", zh: "已取消" },
});
