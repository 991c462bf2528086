/** One work order from the desk to the site and back: dispatched, seen live, audited with the keys, taken again, proved. */
import { execFileSync } from "node:child_process";
import { createHash, randomUUID } from "node:crypto";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { afterEach, expect, test } from "vitest";
import { audit } from "../../desk/words/audit";
import { shell } from "../../desk/words/shell";
import { visits as visitWords } from "../../desk/words/visits";
import { work as words } from "../../desk/words/work";
import { workStates } from "../../desk/words/work_states";
import type { Schema } from "../../shared/api/types";
import { t, type Word } from "../../shared/i18n/i18n";
import { closePhones } from "./harness/browser";
import { logInAtDesk, newDeskPage } from "./harness/desk_page";
import { Api, Organisation, PASSWORD, PLACE } from "./harness/organisation";
import { pictureFile } from "./harness/picture_file";
import { complaintsOf } from "./harness/screen";
import { service } from "./harness/service";

const SITE = "Old Market branch";

afterEach(closePhones);

const say = (word: Word, values: Record<string, string | number> = {}) => t(word, values, "en");
const now = () => new Date().toISOString();

/** What the technician's phone sends, and the bytes it sent. */
class Phone {
  /** SHA-256 of every photo, by its id. */
  readonly sent: Record<string, string> = {};

  private constructor(
    private readonly api: Api,
    private readonly site: string,
    private readonly order: string,
    readonly visit = randomUUID(),
  ) {}

  static async of(organisation: Organisation, name: string, site: string, order: string): Promise<Phone> {
    const log = await new Api("").call<Schema<"LoggedIn">>("POST", "/v1/auth/log-in", { organisation: organisation.slug, log_in: name, password: PASSWORD });
    return new Phone(new Api(log.access_token), site, order);
  }

  async checkIn(kind: "arrival" | "progress" | "departure", ...photos: { role: string; seed: number; retake_of?: string }[]): Promise<void> {
    const taken = photos.map(({ seed, ...photo }) => ({
      declared: { id: randomUUID(), captured_at: now(), work_order_id: this.order, ...photo },
      bytes: pictureFile("--width", "1280", "--height", "960", "--seed", String(seed)).buffer,
    }));
    await this.api.call("POST", "/v1/check-ins", {
      id: randomUUID(), visit_id: this.visit, site_id: this.site, kind, captured_at: now(), sent_at: now(), work_order_ids: [this.order],
      photos: taken.map(({ declared }) => declared), fix: { ...PLACE, datum: "wgs84", accuracy_m: 8, mocked: false, fix_at: now() },
    });
    for (const { declared, bytes } of taken) {
      await this.api.putPhoto(declared.id, bytes);
      this.sent[declared.id] = createHash("sha256").update(bytes).digest("hex");
    }
  }

  async letCustomerSign(): Promise<void> {
    await this.api.call("PUT", `/v1/visits/${this.visit}/sheet`, {
      version: 1, open_before: ["Too warm"], done: [{ work_order_id: this.order, what: "Cleaned the condenser" }], left_open: [], parts: [],
    });
    const sheet = await this.api.get<Schema<"Sheet">>(`/v1/visits/${this.visit}/sheet`);
    await this.api.call("POST", `/v1/visits/${this.visit}/signatures`, {
      id: randomUUID(), sheet_version: 1, document_sha256: sheet.document_sha256, signer_name: "Fang Wang", signer_role: "Store manager",
      signed_at: now(), strokes: { width: 300, height: 100, lines: [[{ x: 10, y: 50, t_ms: 0 }, { x: 90, y: 20, t_ms: 30 }]] },
    });
  }

  retakes = async () => (await this.api.get<Schema<"RetakePage">>("/v1/retakes?open=true")).items;
}

async function take(dialog: Locator, group: Word, search: string, choice: Word): Promise<void> {
  const box = dialog.getByRole("group", { name: say(group), exact: true });
  await box.getByLabel(say(shell.search), { exact: true }).fill(search);
  await box.getByRole("option", { name: search }).waitFor({ state: "attached" });
  await box.getByLabel(say(choice), { exact: true }).selectOption({ label: search });
}

/** Makes the work order at the desk, for the technician; says which id it has. */
async function dispatch(page: Page, technician: string): Promise<string> {
  const dialog = page.getByRole("dialog");
  await page.getByRole("button", { name: say(words.newOrder), exact: true }).click();
  await take(dialog, words.site, SITE, shell.choose);
  await dialog.getByLabel(say(words.number), { exact: true }).fill("WO-2026-1");
  await dialog.getByLabel(say(words.subject), { exact: true }).fill("Cold store too warm");
  await take(dialog, words.technicians, technician, words.addTechnician);
  await dialog.getByRole("button", { name: say(words.create), exact: true }).click();
  await page.getByRole("heading", { name: /WO-2026-1/ }).waitFor();
  return new URL(page.url()).hash.split("/").at(-1) as string;
}

/** As a stranger who follows the README inside; what the commands say. */
function verify(zip: string, folder: string): string {
  mkdirSync(folder);
  execFileSync("/usr/bin/python3", ["-m", "zipfile", "-e", zip, folder]);
  const commands = readFileSync(join(folder, "README.txt"), "utf8").split("\n").filter((line) => /^ {4}\S/.test(line));
  return execFileSync("bash", ["-e", "-c", commands.map((line) => line.slice(4)).join("\n")], { cwd: folder, encoding: "utf8" });
}

test("from the dispatcher to the proof", async () => {
  const organisation = await Organisation.create("en");
  const technician = await organisation.technician("en");
  const manager = await organisation.person("manager");
  const customer = await organisation.manager.create("/v1/customers", { name: "Harbour Kitchens Ltd", tier: "gold", language: "en" });
  const site = await organisation.manager.create("/v1/sites", {
    customer_id: customer, name: SITE, time_zone: "Asia/Shanghai", datum: "wgs84", position: PLACE, radius_m: 120,
  });

  // The board is open before anything happens, and is never loaded again.
  const board = await newDeskPage();
  const context = board.context();
  await logInAtDesk(board, "#/board", organisation.slug, "manager");
  const complaints = complaintsOf(board);
  await board.locator("[data-live=connected]").waitFor();
  await board.evaluate(() => Object.assign(globalThis, { isFirstLoad: true }));
  const desk = await context.newPage();
  await desk.goto("/desk#/work/orders");
  const order = await dispatch(desk, technician.name);
  const card = board.locator(`[data-technician="${technician.id}"] [data-work-order="${order}"]`);
  await card.getByText(say(workStates.assigned)).waitFor();

  const phone = await Phone.of(organisation, technician.logIn, site, order);
  await phone.checkIn("arrival", { role: "before", seed: 501 });
  await card.getByText(say(workStates.on_site)).waitFor();
  await board.locator(`[data-technician="${technician.id}"] a[href="#/visits/${phone.visit}"]`).first().waitFor();
  await phone.checkIn("progress", { role: "after", seed: 502 });
  await phone.letCustomerSign();
  await phone.checkIn("departure");

  // With the keys alone: the first photo is to be taken again, the other one is good.
  await desk.goto("/desk#/audit");
  await desk.locator(".desk-photo img").first().waitFor();
  const reviews = async () => (await manager.get<Schema<"Visit">>(`/v1/visits/${phone.visit}`)).reviews.map(({ decision }) => decision);
  await desk.keyboard.press("t");
  await desk.getByRole("dialog").waitFor();
  await desk.keyboard.type("The gauge cannot be read.");
  await desk.keyboard.press("Tab");
  await desk.keyboard.press("Enter");
  await desk.getByRole("dialog").waitFor({ state: "hidden" });
  await expect.poll(reviews).toEqual(["retake"]);
  await desk.keyboard.press("a");
  await expect.poll(reviews).toEqual(["retake", "approve"]);
  await board.locator("#retakes").getByText("The gauge cannot be read.").waitFor();

  const [retake] = await phone.retakes();
  expect(retake?.reason).toBe("The gauge cannot be read.");
  await phone.checkIn("progress", { role: "before", seed: 503, retake_of: retake?.photo_id });
  await board.locator("#retakes").getByText("The gauge cannot be read.").waitFor({ state: "detached" });
  expect(await phone.retakes()).toEqual([]);

  // The answer waits for its own review.
  await expect.poll(async () => (await manager.get<Schema<"EvidencePage">>("/v1/audit-queue")).items.length).toBe(1);
  await desk.goto("/desk#/audit?verdict=accepted");
  await desk.goto("/desk#/audit");
  await desk.getByText(say(audit.position, { number: 1, count: 1 })).waitFor();
  await desk.keyboard.press("a");
  await expect.poll(reviews).toEqual(["retake", "approve", "approve"]);
  expect((await manager.get<Schema<"EvidencePage">>("/v1/audit-queue")).items).toEqual([]);

  await desk.goto(`/desk#/visits/${phone.visit}`);
  const [saved] = await Promise.all([
    desk.waitForEvent("download"), desk.getByRole("button", { name: say(visitWords.download), exact: true }).click(),
  ]);
  const zip = join(service.folder, saved.suggestedFilename());
  await saved.saveAs(zip);
  const folder = join(service.folder, `pack-${phone.visit}`);
  expect(verify(zip, folder)).toContain("Signature Verified Successfully");
  const packed = Object.keys(phone.sent).map((id) => [id, createHash("sha256").update(readFileSync(join(folder, `photos/${id}.jpg`))).digest("hex")]);
  expect(Object.fromEntries(packed)).toEqual(phone.sent);

  expect(await board.evaluate(() => "isFirstLoad" in globalThis)).toBe(true);
  expect(complaints).toEqual([]);
});
