import { defineWords } from "../../shared/i18n/i18n";

/** What somebody did, as a sentence. `{thing}` is made of the words below. */
export const actions = defineWords({
  created: { en: "{actor} created {thing}", zh: "{actor} 新建了{thing}" },
  changed: { en: "{actor} changed {thing}", zh: "{actor} 修改了{thing}" },
  deleted: { en: "{actor} deleted {thing}", zh: "{actor} 删除了{thing}" },
  viewed: { en: "{actor} looked at {thing}", zh: "{actor} 查看了{thing}" },
  downloaded: { en: "{actor} downloaded {thing}", zh: "{actor} 下载了{thing}" },
  exported: { en: "{actor} exported {thing}", zh: "{actor} 导出了{thing}" },
  opened: { en: "A customer opened {thing}", zh: "客户打开了{thing}" },
  reviewed: { en: "{actor} reviewed {thing}", zh: "{actor} 审核了{thing}" },
  revoked: { en: "{actor} locked out or withdrew {thing}", zh: "{actor} 停用/作废了{thing}" },
  restored: { en: "{actor} restored {thing}", zh: "{actor} 恢复了{thing}" },
  removed: { en: "A retention rule removed {thing}", zh: "按保留规则清除了{thing}" },
  logged_in: { en: "{actor} logged in", zh: "{actor} 登录了" },
  log_in_failed: { en: "A log-in as {thing} failed", zh: "{thing}登录失败" },
  logged_out: { en: "{actor} logged out", zh: "{actor} 退出了登录" },
});

/** Kinds of things; `{name}` is what it was called then. */
export const things = defineWords({
  user: { en: "the person “{name}”", zh: "人员“{name}”" },
  device: { en: "the phone “{name}”", zh: "手机“{name}”" },
  enrolment: { en: "a QR code for {name}", zh: "{name} 的登录二维码" },
  customer: { en: "the customer “{name}”", zh: "客户“{name}”" },
  contact: { en: "the contact “{name}”", zh: "联系人“{name}”" },
  site: { en: "the site “{name}”", zh: "站点“{name}”" },
  asset: { en: "the asset “{name}”", zh: "资产“{name}”" },
  work_order: { en: "the work order {name}", zh: "工单 {name}" },
  link: { en: "a customer's link {name}", zh: "客户链接 {name}" },
  policy: { en: "the evidence policy", zh: "证据规则" },
  visit: { en: "a visit at “{name}”", zh: "“{name}”的一次上门" },
  photo: { en: "a photo from “{name}”", zh: "“{name}”的一张照片" },
});

export const trail = defineWords({
  somebody: { en: "Somebody who was not logged in", zh: "未登录者" },
  unknownLogIn: { en: "nobody we know", zh: "未知用户名" },
  what: { en: "What was done", zh: "操作" },
  kind: { en: "To what", zh: "对象" },
  from: { en: "From", zh: "开始日期" },
  to: { en: "To", zh: "结束日期" },
  nothing: { en: "Nothing was recorded here.", zh: "没有记录。" },
  onlyThis: { en: "Only what is about this", zh: "仅看此对象" },
  onlyThem: { en: "Only what they did", zh: "仅看此人" },
  narrowed: { en: "Narrowed to one person or thing.", zh: "已限定为某一人员或对象。" },
  showAll: { en: "Show all", zh: "显示全部" },
  fromAddress: { en: "from {address}", zh: "来自 {address}" },
  onDevice: { en: "on {device}", zh: "设备 {device}" },
  colon: { en: ": ", zh: "：" },
  newPassword: { en: "a new password", zh: "重设了密码" },
  explanation: {
    en: "Who looked at, changed and took away what. Lines are only ever added. What technicians bring is evidence itself and stands with the visits.",
    zh: "谁查看、修改或导出了什么。记录只增不改。技术员提交的内容本身就是证据，见上门记录。",
  },
});

/** Kinds and actions as choices. */
export const kindNames = defineWords({
  user: { en: "People", zh: "人员" },
  device: { en: "Phones", zh: "手机" },
  enrolment: { en: "QR codes", zh: "登录二维码" },
  customer: { en: "Customers", zh: "客户" },
  contact: { en: "Contacts", zh: "联系人" },
  site: { en: "Sites", zh: "站点" },
  asset: { en: "Assets", zh: "资产" },
  work_order: { en: "Work orders", zh: "工单" },
  link: { en: "Customers' links", zh: "客户链接" },
  policy: { en: "Policy", zh: "证据规则" },
  visit: { en: "Visits", zh: "上门" },
  photo: { en: "Photos", zh: "照片" },
});

export const actionNames = defineWords({
  created: { en: "Created", zh: "新建" },
  changed: { en: "Changed", zh: "修改" },
  deleted: { en: "Deleted", zh: "删除" },
  viewed: { en: "Looked at", zh: "查看" },
  downloaded: { en: "Downloaded", zh: "下载" },
  exported: { en: "Exported", zh: "导出" },
  opened: { en: "Opened by a customer", zh: "客户打开" },
  reviewed: { en: "Reviewed", zh: "审核" },
  revoked: { en: "Locked out or withdrawn", zh: "停用/作废" },
  restored: { en: "Restored", zh: "恢复" },
  removed: { en: "Removed by a rule", zh: "按规则清除" },
  logged_in: { en: "Logged in", zh: "登录" },
  log_in_failed: { en: "Failed log-in", zh: "登录失败" },
  logged_out: { en: "Logged out", zh: "退出登录" },
});

/** Fields that changed. What is not here is shown as it is called in the contract. */
export const fieldNames = defineWords({
  name: { en: "Name", zh: "名称" },
  log_in: { en: "Log-in", zh: "登录名" },
  role: { en: "Role", zh: "角色" },
  language: { en: "Language", zh: "语言" },
  phone: { en: "Telephone", zh: "电话" },
  email: { en: "E-mail", zh: "邮箱" },
  title: { en: "Title", zh: "标题" },
  code: { en: "Code", zh: "编号" },
  note: { en: "Note", zh: "备注" },
  tier: { en: "Tier", zh: "客户等级" },
  address: { en: "Address", zh: "地址" },
  time_zone: { en: "Time zone", zh: "时区" },
  datum: { en: "Datum", zh: "坐标系" },
  latitude_deg: { en: "Latitude (°)", zh: "纬度（°）" },
  longitude_deg: { en: "Longitude (°)", zh: "经度（°）" },
  radius_m: { en: "Radius (m)", zh: "半径（米）" },
  entry_accuracy_m: { en: "Accuracy asked for (m)", zh: "要求的精度（米）" },
  minimum_minutes: { en: "Least time (min)", zh: "最短时长（分钟）" },
  model: { en: "Model", zh: "型号" },
  serial: { en: "Serial number", zh: "序列号" },
  barcode: { en: "Barcode", zh: "条码" },
  number: { en: "Number", zh: "编号" },
  description: { en: "Description", zh: "说明" },
  priority: { en: "Priority", zh: "优先级" },
  state: { en: "State", zh: "状态" },
  assignee: { en: "Assigned to", zh: "派给" },
  due_at: { en: "Due", zh: "截止时间" },
  window_starts_at: { en: "Planned from", zh: "计划开始" },
  window_ends_at: { en: "Planned to", zh: "计划结束" },
  disabled_at: { en: "Deactivated since", zh: "停用时间" },
  revoked_at: { en: "Locked out or withdrawn since", zh: "停用/作废时间" },
  expires_at: { en: "Good until", zh: "有效期至" },
  decision: { en: "Decision", zh: "决定" },
  reason: { en: "Reason", zh: "原因" },
  version: { en: "Version", zh: "版本" },
  password: { en: "Password", zh: "密码" },
});

/** Why a log-in failed. */
export const logInFailures = defineWords({
  unknown_log_in: { en: "nobody has this log-in", zh: "用户名不存在" },
  wrong_password: { en: "wrong password", zh: "密码错误" },
  disabled: { en: "deactivated", zh: "账号已停用" },
  device_revoked: { en: "the phone is locked out", zh: "手机已被停用" },
  used: { en: "the code was used already", zh: "二维码已被使用" },
  expired: { en: "the code's time was over", zh: "二维码已过期" },
  revoked: { en: "the code was withdrawn", zh: "二维码已作废" },
});
