/** Organisations, people and work, made through the API as a manager's own system makes them. */
import { createHash, randomUUID } from "node:crypto";
import type { paths } from "../../../shared/api/schema";
import type { Schema } from "../../../shared/api/types";
import { LABEL } from "./film";
import { service } from "./service";

export const PASSWORD = "correct horse battery staple";
export type Language = "en" | "zh";
type Path = keyof paths;

/** A client of the API with somebody's token. */
export class Api {
  constructor(private readonly token: string) {}

  async call<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    const answer = await this.send(method, path, body);
    return (answer.status === 204 ? null : await answer.json()) as Answer;
  }

  async send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> {
    const answer = await fetch(service.server_url + path, {
      method,
      headers: { Authorization: `Bearer ${this.token}`, "Content-Type": "application/json", ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer;
  }

  get<Answer>(path: string): Promise<Answer> {
    return this.call<Answer>("GET", path);
  }

  /** Sends a photo that a check-in has announced. */
  async putPhoto(id: string, content: Buffer): Promise<void> {
    const answer = await fetch(`${service.server_url}/v1/photos/${id}/content`, {
      method: "PUT",
      headers: { Authorization: `Bearer ${this.token}`, "Content-Type": "image/jpeg" },
      body: new Uint8Array(content),
    });
    if (!answer.ok) throw new Error(`photo: ${answer.status} ${await answer.text()}`);
  }

  /** Sends a video that a check-in has announced: the whole upload in one request. */
  async uploadVideo(id: string, content: Buffer): Promise<void> {
    const answer = await fetch(`${service.server_url}/v1/uploads`, {
      method: "POST",
      headers: {
        Authorization: `Bearer ${this.token}`, "Content-Type": "application/offset+octet-stream", "Tus-Resumable": "1.0.0",
        "Upload-Length": String(content.length), "Upload-Metadata": `photo_id ${Buffer.from(id).toString("base64")}`,
      },
      body: new Uint8Array(content),
    });
    if (!answer.ok) throw new Error(`video: ${answer.status} ${await answer.text()}`);
  }

  /** SHA-256 of the photos' originals, by photo id. */
  async hashesOf(photos: readonly { id: string }[]): Promise<Record<string, string>> {
    const hashes: Record<string, string> = {};
    for (const { id } of photos) {
      const bytes = await (await this.send("GET", `/v1/photos/${id}/original`)).arrayBuffer();
      hashes[id] = createHash("sha256").update(Buffer.from(bytes)).digest("hex");
    }
    return hashes;
  }

  /** Creates it and returns its id. */
  async create(path: Path, body: object): Promise<string> {
    const whole = { id: randomUUID(), ...body };
    await this.call("POST", path, whole);
    return whole.id;
  }
}

export interface Person {
  id: string;
  organisation: string;
  name: string;
  logIn: string;
  language: Language;
}

/** Where the work is: 人民广场店, Shanghai. */
export const PLACE = { latitude: 31.2323, longitude: 121.469182 };

const TITLE = "冷库温度偏高";

type NewWork = { technician: Person; barcode?: string } & Partial<Schema<"WorkOrderCreate">>;

export interface Work {
  /** The work order's. */
  id: string;
  title: string;
  site: string;
  asset: string;
  customer: string;
}

export class Organisation {
  readonly slug: string;
  readonly #api: Api;
  #people = 0;

  private constructor(slug: string, administrator: Api) {
    this.slug = slug;
    this.#api = administrator;
  }

  static async create(language: Language = "zh"): Promise<Organisation> {
    const id = randomUUID();
    const slug = `org-${id.slice(0, 13)}`;
    await new Api(service.operator_token).create("/v1/organisations", {
      id, slug, name: language === "zh" ? "北方制冷服务" : "Northern Refrigeration", language, time_zone: "Asia/Shanghai",
      administrator: { id: randomUUID(), log_in: "administrator", name: "Anna Admin", password: PASSWORD, language },
    });
    return new Organisation(slug, await loggedIn(slug, "administrator"));
  }

  /** The administrator's client: what a manager sees, and more. */
  get manager(): Api {
    return this.#api;
  }

  async technician(language: Language): Promise<Person> {
    const logIn = `technician-${++this.#people}`;
    const name = language === "zh" ? "李伟" : "Wei Li";
    const id = await this.#api.create("/v1/users", { log_in: logIn, name, role: "technician", language, password: PASSWORD });
    return { id, organisation: this.slug, name, logIn, language };
  }

  /** The client of another person of this organisation, with that role. */
  async person(role: Schema<"Role">): Promise<Api> {
    await this.#api.create("/v1/users", { log_in: role, name: role, role, language: "en", password: PASSWORD });
    return loggedIn(this.slug, role);
  }

  /** The link in the code that a manager shows to this technician's phone. */
  async enrolmentLink({ id }: Person): Promise<string> {
    const code = { id: randomUUID() };
    const { url } = await this.#api.call<Schema<"EnrolmentCode">>("POST", `/v1/users/${id}/enrolments`, code);
    return url;
  }

  /** A site with an asset that bears the label, and a work order for the technician there. */
  async work({ technician, barcode = LABEL, ...order }: NewWork): Promise<Work> {
    const customer = await this.#api.create("/v1/customers", {
      name: "海底捞（上海）餐饮有限公司", tier: "gold", language: "zh",
    });
    const site = await this.#api.create("/v1/sites", {
      customer_id: customer, name: "人民广场店", address: "上海市黄浦区南京西路 1 号", time_zone: "Asia/Shanghai",
      datum: "wgs84", position: PLACE, radius_m: 120,
    });
    const asset = await this.#api.create("/v1/assets", { site_id: site, name: "冷库压缩机 2#", barcode });
    const now = Date.now();
    const id = await this.#api.create("/v1/work-orders", {
      number: `WO-${randomUUID().slice(0, 8)}`, site_id: site, title: TITLE, priority: "high",
      assignee_ids: [technician.id],
      window_starts_at: new Date(now).toISOString(), window_ends_at: new Date(now + 3_600_000).toISOString(),
      checklist: [
        { id: randomUUID(), kind: "photo", label: "维修前", photo_role: "before" },
        { id: randomUUID(), kind: "photo", label: "维修后", photo_role: "after" },
        { id: randomUUID(), kind: "scan", label: "扫描设备", asset_id: asset },
      ],
      ...order,
    });
    return { id, site, asset, customer, title: order.title ?? TITLE };
  }
}

async function loggedIn(slug: string, logIn: string): Promise<Api> {
  const answer = await new Api("").call<Schema<"LoggedIn">>("POST", "/v1/auth/log-in", {
    organisation: slug, log_in: logIn, password: PASSWORD,
  });
  return new Api(answer.access_token);
}
