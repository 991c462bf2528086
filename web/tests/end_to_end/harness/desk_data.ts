/** A small organisation with a day behind it, so that every screen of the desk has something to show. */
import { randomUUID } from "node:crypto";
import type { Schema } from "../../../shared/api/types";
import { CustomerLink, type Wording } from "./customer_link";
import { hostile } from "./hostile";
import { Api, type Language, PASSWORD, PLACE } from "./organisation";
import { pictureFile } from "./picture_file";
import { type Sampled, sample } from "./sampled";

const WORDS = {
  en: {
    manager: "Maria Lindqvist", technicians: ["Jonas Weber", "Aisha Rahman"], customer: "Bluewater Hotels plc", contact: "Tom Baker",
    role: "Facility manager", site: "Seafront Hotel, kitchen and cold stores", address: "12 Promenade, Brighton", asset: "Walk-in cold store 2",
    titles: ["Yearly service of the ice machine", "New door seals", "Fault E-14 on the condensing unit", "Leak test after repair", "Replace the evaporator fan", "Calibrate the temperature logger"],
    note: "Gate locked until 9; ask at the bar.", caption: "Nameplate behind the panel", reasons: ["Blurred, please retake", "Nameplate is missing"],
    plan: "Weekly check", criteria: ["Photos sharp and complete", "Visit sheet clear", "Quality of the work"],
    complaint: "It drips again since this morning.", comment: "Quick and tidy.",
    phone: "+44 1273 555 0199", code: "1001", model: "4NES-14Y", camera: "Pixel 9", barcode: "6901234567892",
    template: "Quarterly service", job: "Quarterly service of the cold stores", items: ["Nameplate", "Pressure gauge"], rounds: "Rounds at the seafront",
    skipped: "Hotel closed for the winter fair",
  },
  zh: {
    manager: "陈静", technicians: ["张建国", "欧阳慧敏"], customer: "绿茶餐饮管理（杭州）有限公司", contact: "周经理",
    role: "工程主管", site: "西湖银泰店（后厨及冷库）", address: "杭州市上城区延安路 98 号 B1", asset: "步入式冷库 2 号",
    titles: ["制冰机年度保养", "更换库门密封条", "冷凝机组报 E-14 故障", "维修后检漏", "更换蒸发器风机", "温度记录仪校准"],
    note: "九点前门口上锁，请找值班经理。", caption: "面板后的铭牌", reasons: ["照片模糊，请重拍", "未拍到铭牌"],
    plan: "每周抽查", criteria: ["照片清晰完整", "服务单填写规范", "施工质量"],
    complaint: "今天早上又开始漏水。", comment: "很专业，现场收拾得干净。",
    phone: "+86 138 0013 8000", code: "1001", model: "4NES-14Y", camera: "Pixel 9", barcode: "6901234567892",
    template: "冷库季度保养", job: "冷库季度保养", items: ["铭牌", "压力表读数"], rounds: "西湖银泰店例行巡检", skipped: "门店停业盘点",
  },
} satisfies Record<Language, object>;

type Words = (typeof WORDS)["en"];

/** Every text of all of that, and of the customer's link, is an attack. */
const HOSTILE: Words = {
  manager: hostile("manager"), technicians: [hostile("technician"), hostile("another technician")], customer: hostile("customer"),
  contact: hostile("contact"), role: hostile("role", 100), site: hostile("site"), address: hostile("address", 500), asset: hostile("asset"),
  titles: [1, 2, 3, 4, 5, 6].map((number) => hostile(`title ${number}`)), note: hostile("note", 1000), caption: hostile("caption"),
  reasons: [hostile("reason"), hostile("another reason")], plan: hostile("plan"), criteria: [hostile("criterion"), hostile("another criterion")],
  complaint: hostile("complaint", 1000), comment: hostile("comment", 1000), phone: hostile("phone", 40), code: hostile("code", 50),
  model: hostile("model", 100), camera: hostile("camera", 60), barcode: hostile("barcode"), template: hostile("template", 100), job: hostile("template's title"),
  items: [hostile("item"), hostile("another item")], rounds: hostile("recurring work", 100), skipped: hostile("reason of a skip", 500),
};

const HOSTILE_LINK: Wording = {
  customer: hostile("link's customer"), site: hostile("link's site"), address: hostile("link's address"), title: hostile("link's title"),
  caption: hostile("link's caption"), done: hostile("done", 1000), leftOpen: hostile("left open", 500), signer: hostile("signer"),
  role: hostile("signer's role", 100),
};

const minutes = (count: number) => new Date(Date.now() + count * 60_000).toISOString();

/** A phone of this person, which the list of phones shows. */
async function enrolPhone(office: Api, user: string, name: string): Promise<void> {
  const { code } = await office.call<Schema<"EnrolmentCode">>("POST", `/v1/users/${user}/enrolments`, { id: randomUUID() });
  await office.call("POST", "/v1/auth/enrol", { code, device: { id: randomUUID(), name, model: name, platform: "Android 15" } });
}

/** What the addresses of the desk's screens name. */
export class DeskData {
  /** Of the visit that was done, signed and shown to its customer. */
  readonly visit: string;
  readonly workOrder: string;

  private constructor(
    readonly language: Language,
    readonly link: CustomerLink,
    /** The manager's own client, log-in "manager". */
    readonly manager: Api,
    /** Its photo was taken with a mocked position. */
    readonly doubtfulVisit: string,
    readonly doubtfulPhoto: string,
    readonly customer: string,
    readonly site: string,
    readonly technician: string,
    readonly sampled: Sampled,
  ) {
    this.visit = link.visit;
    this.workOrder = link.workOrder;
  }

  get slug(): string {
    return this.link.organisation.slug;
  }

  static async create(language: Language): Promise<DeskData> {
    return DeskData.#create(language, WORDS[language], await CustomerLink.create(language));
  }

  /** The same, with an attack in every field that takes a text. */
  static async createHostile(): Promise<DeskData> {
    const link = await CustomerLink.create("en", HOSTILE_LINK);
    await link.organisation.manager.call("PATCH", `/v1/users/${link.person.id}`, { name: hostile("link's technician") });
    return DeskData.#create("en", HOSTILE, link);
  }

  static async #create(language: Language, words: Words, link: CustomerLink): Promise<DeskData> {
    const office = link.organisation.manager;
    await office.create("/v1/users", { log_in: "manager", name: words.manager, role: "manager", language, password: PASSWORD });
    const manager = await logIn(link.organisation.slug, "manager");
    const people: string[] = [];
    for (const [i, name] of words.technicians.entries())
      people.push(await office.create("/v1/users", { log_in: `field-${i}`, name, role: "technician", language, phone: words.phone, password: PASSWORD }));
    await enrolPhone(office, people[0] as string, words.model);
    const customer = await office.create("/v1/customers", { name: words.customer, code: `K-${words.code}`, tier: "platinum", language, note: words.note });
    await office.create("/v1/contacts", { customer_id: customer, name: words.contact, title: words.role, phone: words.phone, email: "kitchen@example.com" });
    const site = await office.create("/v1/sites", {
      customer_id: customer, name: words.site, code: `S-${words.code}`, address: words.address, time_zone: "Asia/Shanghai", datum: "wgs84",
      position: { latitude: PLACE.latitude + 0.02, longitude: PLACE.longitude + 0.03 }, polygon: yard(0.02, 0.03), note: words.note,
    });
    await office.create("/v1/assets", { site_id: site, name: words.asset, model: words.model, serial: words.model, barcode: words.barcode });
    await office.call("PATCH", "/v1/organisation/policy", { review_reasons: words.reasons });
    for (const [i, title] of words.titles.entries()) {
      // Late, running, later today, tomorrow; one that nobody has yet; one for two people.
      const starts = [-300, -30, 90, 1500, 1560, 2940][i] as number;
      await office.create("/v1/work-orders", {
        number: `WO-26-${words.code}-${i}`, site_id: site, title, priority: (["urgent", "high", "normal", "low"] as const)[i % 4],
        assignee_ids: [[people[0]], [people[1]], [people[0], people[1]], [people[1]], [], [people[0]]][i],
        window_starts_at: minutes(starts), window_ends_at: minutes(starts + 90), due_at: minutes(starts + 480),
      });
    }
    await recurring(manager, words, site, people);
    const doubt = await doubtfulVisit(link, words);
    await retake(link, manager, words.reasons[0] as string);
    await corrected(link, manager, words);
    for (const [what, body] of [["rating", { stars: 5, comment: words.comment }], ["complaints", { text: words.complaint }]] as const)
      await new Api("").call("POST", `/v1/shared/${link.token}/${what}`, { id: randomUUID(), ...body });
    const sampled = await sample(link, manager, words.plan, words.criteria);
    return new DeskData(language, link, manager, doubt.visit, doubt.photo, customer, site, people[0] as string, sampled);
  }
}

/** A template, and work of it on weekdays with one date left out. */
async function recurring(manager: Api, { template, job, items, rounds, skipped, note }: Words, site: string, people: readonly string[]): Promise<void> {
  const made = await manager.create("/v1/checklist-templates", {
    name: template, title: job, description: note, priority: "normal", minutes: 120,
    checklist: [
      { kind: "photo", label: items[0], photo_role: "nameplate" },
      { kind: "photo", label: items[1], photo_role: "meter", required: false },
    ],
  });
  const id = await manager.create("/v1/work-schedules", {
    name: rounds, template_id: made, site_ids: [site], number_prefix: "PM", rule: { frequency: "monthly", month_day: 31 },
    starts_on: "2026-01-01", window_from: "07:00", window_to: "09:00", assignee_ids: people,
  });
  const { next_dates: dates } = await manager.get<Schema<"WorkSchedule">>(`/v1/work-schedules/${id}`);
  await manager.call("PUT", `/v1/work-schedules/${id}/skips/${dates[1]?.date}`, { reason: skipped });
}

function yard(north: number, east: number): Schema<"Polygon"> {
  const at = (x: number, y: number): [number, number] => [PLACE.longitude + east + x / 1000, PLACE.latitude + north + y / 1000];
  return { type: "Polygon", coordinates: [[at(-0.8, -0.5), at(0.9, -0.6), at(1.1, 0.4), at(0.1, 0.9), at(-0.9, 0.5), at(-0.8, -0.5)]] };
}

async function logIn(organisation: string, name: string): Promise<Api> {
  const log = await new Api("").call<Schema<"LoggedIn">>("POST", "/v1/auth/log-in", { organisation, log_in: name, password: PASSWORD });
  return new Api(log.access_token);
}

const DOUBTFUL = ["--width", "1280", "--height", "960", "--seed", "9001"];

/** Of the technician who did the other visit, too, with a position that an app made up. */
async function doubtfulVisit(link: CustomerLink, { caption, note, model, camera }: Words): Promise<{ visit: string; photo: string }> {
  const { site } = await link.technician.get<Schema<"Visit">>(`/v1/visits/${link.visit}`);
  const [visit, photo] = [randomUUID(), randomUUID()];
  await link.technician.call("POST", "/v1/check-ins", {
    id: randomUUID(), visit_id: visit, site_id: site.id, kind: "arrival", captured_at: minutes(0), sent_at: minutes(0), note,
    photos: [{ id: photo, role: "nameplate", captured_at: minutes(0), caption }],
    fix: { latitude: PLACE.latitude + 0.004, longitude: PLACE.longitude, datum: "wgs84", accuracy_m: 35, mocked: true, fix_at: minutes(0) },
    device: { id: model, model, platform: model, app_version: model },
  });
  await link.technician.putPhoto(photo, pictureFile(...DOUBTFUL, "--make", camera, "--model", camera, "--software", camera).buffer);
  return { visit, photo };
}

/** The sheet of the link's visit is corrected once, and to be corrected again. */
async function corrected(link: CustomerLink, manager: Api, words: Words): Promise<void> {
  const { technician, visit } = link;
  const { content } = await technician.get<Schema<"Sheet">>(`/v1/visits/${visit}/sheet`);
  const ask = (version: number, blocks: Schema<"SheetBlock">[], reason: string) =>
    manager.call("POST", `/v1/visits/${visit}/corrections`, { id: randomUUID(), sheet_version: version, blocks, reason });
  await ask(1, ["parts", "signature"], words.comment);
  const second = await technician.call<Schema<"Sheet">>("PUT", `/v1/visits/${visit}/sheet`, {
    ...content, version: 2, corrects_version: 1, correction_reason: words.comment,
    parts: content.parts.map((part) => ({ ...part, quantity: part.quantity + 1 })), open_before: [...content.open_before, words.complaint],
  });
  await technician.call("POST", `/v1/visits/${visit}/signatures`, {
    id: randomUUID(), sheet_version: 2, document_sha256: second.document_sha256, signer_name: words.contact, signer_role: words.role,
    signed_at: minutes(0), strokes: { width: 300, height: 100, lines: [[{ x: 10, y: 50, t_ms: 0 }, { x: 90, y: 20, t_ms: 30 }]] },
  });
  await ask(2, ["done"], words.complaint);
}

async function retake(link: CustomerLink, manager: Api, reason: string): Promise<void> {
  const { check_ins } = await manager.get<Schema<"Visit">>(`/v1/visits/${link.visit}`);
  const [photo] = check_ins.flatMap(({ photos }) => photos);
  await manager.call("POST", `/v1/photos/${photo?.id}/reviews`, { id: randomUUID(), decision: "retake", reason });
}
