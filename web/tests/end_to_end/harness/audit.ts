/** Evidence that waits for a manager, and the manager who audits it at a desk. */
import { randomUUID } from "node:crypto";
import type { BrowserContextOptions, Page } from "playwright-core";
import type { Schema } from "../../../shared/api/types";
import { t, type Word } from "../../../shared/i18n/i18n";
import { CustomerLink } from "./customer_link";
import { logInAtDesk, newDeskPage } from "./desk_page";
import { type Api, type Language, PLACE } from "./organisation";
import { pictureFile, videoFile } from "./picture_file";

/** A visit with two good photos, and one of the same technician with a mocked position. */
export class Evidence {
  private constructor(
    readonly link: CustomerLink,
    readonly manager: Api,
    readonly doubtful: string,
  ) {}

  static async create(language: Language, caption: string | null = null, media: "photo" | "video" = "photo"): Promise<Evidence> {
    const link = await CustomerLink.create(language);
    const manager = await link.organisation.person("manager");
    const { site } = await manager.get<Schema<"Visit">>(`/v1/visits/${link.visit}`);
    const photo = { id: randomUUID(), role: "nameplate", captured_at: new Date().toISOString(), caption, media };
    await link.technician.call("POST", "/v1/check-ins", {
      id: randomUUID(), visit_id: randomUUID(), site_id: site.id, kind: "arrival", captured_at: photo.captured_at,
      sent_at: photo.captured_at, photos: [photo], note: caption,
      fix: { ...PLACE, datum: "wgs84", accuracy_m: 8, mocked: true, fix_at: photo.captured_at },
    });
    const seed = String(8000 + Math.floor(Math.random() * 1e6));
    if (media === "video") await link.technician.uploadVideo(photo.id, videoFile().buffer);
    else await link.technician.putPhoto(photo.id, pictureFile("--width", "1280", "--height", "960", "--seed", seed).buffer);
    return new Evidence(link, manager, photo.id);
  }

  /** The visit that the photo belongs to. */
  async visitOf(photo: string): Promise<Schema<"Visit">> {
    const { visit_id } = await this.manager.get<Schema<"Photo">>(`/v1/photos/${photo}`);
    return this.manager.get<Schema<"Visit">>(`/v1/visits/${visit_id}`);
  }

  /** More photos that wait, at the same site. */
  async addPhotos(count: number): Promise<void> {
    const { site } = await this.manager.get<Schema<"Visit">>(`/v1/visits/${this.link.visit}`);
    const at = new Date().toISOString();
    const { buffer } = pictureFile("--width", "1280", "--height", "960", "--seed", "77");
    for (let done = 0; done < count; done += 20) {
      const photos = Array.from({ length: Math.min(20, count - done) }, () => ({ id: randomUUID(), role: "nameplate", captured_at: at }));
      await this.link.technician.call("POST", "/v1/check-ins", {
        id: randomUUID(), visit_id: randomUUID(), site_id: site.id, kind: "arrival", captured_at: at, sent_at: at, photos,
        fix: { ...PLACE, datum: "wgs84", accuracy_m: 8, mocked: false, fix_at: at },
      });
      for (const { id } of photos) await this.link.technician.putPhoto(id, buffer);
    }
  }

  decision = async (photo: string) => (await this.manager.get<Schema<"Photo">>(`/v1/photos/${photo}`)).review_decision;
}

/** A manager at a desk. */
export class Manager {
  readonly complaints: string[] = [];
  /** Where pictures came from since the page was loaded last. */
  pictures: string[] = [];

  private constructor(
    readonly page: Page,
    readonly language: Language,
  ) {}

  static async atDesk(evidence: Evidence, language: Language = "en", options: BrowserContextOptions = {}): Promise<Manager> {
    const manager = new Manager(await newDeskPage(language, { viewport: { width: 1280, height: 800 }, ...options }), language);
    manager.page.on("pageerror", (error) => manager.complaints.push(String(error)));
    manager.page.on("console", (message) => {
      if (message.type() === "error") manager.complaints.push(`${message.text()} ${message.location().url}`);
    });
    manager.page.on("load", () => (manager.pictures = []));
    manager.page.on("requestfinished", (request) => void manager.pictures.push(new URL(request.url()).pathname));
    await logInAtDesk(manager.page, "#/audit", evidence.link.organisation.slug, "manager", language);
    // People come with the language of their account; a test chooses its own.
    const other = manager.page.getByRole("button", { name: language === "zh" ? "中文" : "English", exact: true });
    const account = manager.page.locator(".desk-account summary");
    await account.click();
    if (await other.isVisible()) await other.click();
    await account.click();
    await manager.page.locator(".desk-photo img").first().waitFor();
    return manager;
  }

  say = (word: Word, values: Record<string, string | number> = {}): string => t(word, values, this.language);

  field = (word: Word) => this.page.getByRole("textbox", { name: this.say(word), exact: true });

  button = (word: Word) => this.page.getByRole("button", { name: new RegExp(`^${this.say(word)}\\b|^${this.say(word)}$`) });

  async presses(key: string): Promise<void> {
    await this.page.keyboard.press(key);
  }

  async sees(text: string): Promise<void> {
    await this.page.getByText(text).first().waitFor();
  }
}
