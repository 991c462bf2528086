/** Work that a customer has a link to, made through the API as a technician's phone makes it. */
import { execFileSync } from "node:child_process";
import { createHash, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Schema } from "../../../shared/api/types";
import { Api, type Language, Organisation, PASSWORD, type Person, PLACE } from "./organisation";
import { service } from "./service";

const MAKE_PHOTO = fileURLToPath(new URL("../../../../build/tests/tools/make-photo", import.meta.url));

/** What people write into the work; every text of it is theirs. */
export interface Wording {
  customer: string;
  site: string;
  address: string;
  title: string;
  caption: string | null;
  done: string;
  leftOpen: string;
  signer: string;
  role: string;
}

const WORDING: Record<Language, Wording> = {
  en: {
    customer: "Harbour Kitchens Ltd", site: "Old Market branch", address: "1 Market Street", title: "Cold store too warm", caption: "Condenser after cleaning", done: "Cleaned the condenser, refilled 0.4 kg R404A",
    leftOpen: "Door seal worn", signer: "Fang Wang", role: "Store manager",
  },
  zh: {
    customer: "海底捞（上海）餐饮有限公司", site: "人民广场店", address: "上海市黄浦区南京西路 1 号", title: "冷库温度偏高", caption: "冷凝器清洗后", done: "清洗冷凝器，补充 R404A 制冷剂 0.4 kg",
    leftOpen: "库门密封条老化", signer: "王芳", role: "店长",
  },
};

function photo(seed: number): Buffer {
  const path = join(service.folder, `customer-${seed}.jpg`);
  execFileSync(MAKE_PHOTO, ["--width", "1280", "--height", "960", "--seed", String(seed), path]);
  return readFileSync(path);
}

let photoSeed = 7000;

export class CustomerLink {
  private constructor(
    readonly organisation: Organisation,
    readonly technician: Api,
    readonly person: Person,
    readonly workOrder: string,
    readonly visit: string,
    readonly number: string,
    /** The link's id. */
    readonly id: string,
    /** Where the page is, without its host. */
    readonly path: string,
  ) {}

  static async create(language: Language, wording: Partial<Wording> = {}): Promise<CustomerLink> {
    const words = { ...WORDING[language], ...wording };
    const organisation = await Organisation.create(language);
    const person = await organisation.technician(language);
    const number = `WO-${randomUUID().slice(0, 8)}`;
    const { manager } = organisation;
    const customer = await manager.create("/v1/customers", { name: words.customer, tier: "gold", language });
    const site = await manager.create("/v1/sites", {
      customer_id: customer, name: words.site, address: words.address, time_zone: "Asia/Shanghai", datum: "wgs84",
      position: PLACE, radius_m: 120,
    });
    const workOrder = await manager.create("/v1/work-orders", {
      number, site_id: site, title: words.title, priority: "high", assignee_ids: [person.id],
      window_starts_at: new Date().toISOString(), window_ends_at: new Date(Date.now() + 3_600_000).toISOString(),
    });
    const log = await new Api("").call<Schema<"LoggedIn">>("POST", "/v1/auth/log-in", {
      organisation: organisation.slug, log_in: person.logIn, password: PASSWORD,
    });
    const technician = new Api(log.access_token);
    const visit = await attend(technician, site, workOrder, words);
    const link = await technician.call<Schema<"CustomerLink">>("POST", `/v1/visits/${visit}/links`, { id: randomUUID() });
    const path = new URL(link.url as string, service.public_url).pathname;
    return new CustomerLink(organisation, technician, person, workOrder, visit, number, link.id, path);
  }

  get token(): string {
    return this.path.split("/").at(-1) as string;
  }

  pdf(): Promise<Buffer> {
    return this.technician.send("GET", `/v1/visits/${this.visit}/sheet.pdf`).then(async (answer) =>
      Buffer.from(await answer.arrayBuffer()),
    );
  }

  /** What the organisation has heard about the visit, oldest first. */
  async heard(): Promise<Schema<"CustomerResponse">[]> {
    const page = await this.organisation.manager.get<Schema<"CustomerResponsePage">>(
      `/v1/customer-responses?visit_id=${this.visit}`,
    );
    return page.items.reverse();
  }
}

/** An arrival with two photos, and a sheet that the customer signs. */
async function attend(technician: Api, site: string, workOrder: string, words: Wording): Promise<string> {
  const visit = randomUUID();
  const now = (seconds = 0) => new Date(Date.now() + seconds * 1000).toISOString();
  const contents = [photo(++photoSeed), photo(++photoSeed)];
  const photos = contents.map((content, i) => ({
    id: randomUUID(), role: i === 0 ? "before" : "after", captured_at: now(i - 2), work_order_id: workOrder,
    caption: i === 0 ? null : words.caption, sha256: createHash("sha256").update(content).digest("hex"),
  }));
  await technician.call("POST", "/v1/check-ins", {
    id: randomUUID(), visit_id: visit, site_id: site, kind: "arrival", captured_at: now(), sent_at: now(),
    work_order_ids: [workOrder], photos,
    fix: { ...PLACE, datum: "wgs84", accuracy_m: 8, mocked: false, fix_at: now() },
  });
  for (const [i, content] of contents.entries()) await technician.putPhoto(photos[i]?.id as string, content);
  await technician.call("PUT", `/v1/visits/${visit}/sheet`, {
    version: 1, open_before: [words.title], done: [{ work_order_id: workOrder, what: words.done }],
    left_open: [{ what: words.leftOpen, plan: words.leftOpen }], parts: [{ name: "R404A", quantity: 0.4, unit: "kg" }],
  });
  const sheet = await technician.get<Schema<"Sheet">>(`/v1/visits/${visit}/sheet`);
  await technician.call("POST", `/v1/visits/${visit}/signatures`, {
    id: randomUUID(), sheet_version: 1, document_sha256: sheet.document_sha256, signer_name: words.signer,
    signer_role: words.role, signed_at: now(),
    strokes: { width: 300, height: 100, lines: [[{ x: 10, y: 50, t_ms: 0 }, { x: 90, y: 20, t_ms: 30 }]] },
  });
  return visit;
}
