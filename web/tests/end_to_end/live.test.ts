/** The board and the audit while things happen: by themselves, and complete after the server was killed. */
import { randomUUID } from "node:crypto";
import type { Locator, Page } from "playwright-core";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { board as boardWords } from "../../desk/words/board";
import { shell } from "../../desk/words/shell";
import { correctionWords } from "../../desk/words/corrections";
import { visits as visitWords } from "../../desk/words/visits";
import { work as workWords } from "../../desk/words/work";
import type { Schema } from "../../shared/api/types";
import { closePhones } from "./harness/browser";
import { CustomerLink } from "./harness/customer_link";
import { logInAtDesk, newDeskPage } from "./harness/desk_page";
import { type Api, PLACE } from "./harness/organisation";
import { pictureFile } from "./harness/picture_file";
import { Requests } from "./harness/screen";
import { killServer, startServer } from "./harness/service";

/** From the answer to a change until it is seen. How long that takes says more of a busy machine than of the desk: it is told, not judged. */
const waits: number[] = [];
/** Rows of a first page. */
const FIRST_PAGE = 50;

afterEach(closePhones);
afterAll(() => console.log(`changes were seen after ${waits.sort((a, b) => a - b).join(", ")} ms`));

/** A manager who looks, an organisation in which things happen. */
class Watching {
  private constructor(
    readonly page: Page,
    private readonly requests: Requests,
    readonly link: CustomerLink,
    readonly site: string,
    readonly technician: { id: string; name: string },
  ) {}

  static async at(section: string): Promise<Watching> {
    const link = await CustomerLink.create("en");
    await link.organisation.person("manager");
    const { site, technician } = await link.technician.get<Schema<"Visit">>(`/v1/visits/${link.visit}`);
    const page = await newDeskPage();
    const requests = new Requests(page);
    await logInAtDesk(page, `#/${section}`, link.organisation.slug, "manager");
    const watching = new Watching(page, requests, link, site.id, technician);
    await watching.isConnected();
    return watching;
  }

  get office(): Api {
    return this.link.organisation.manager;
  }

  isConnected = () => this.page.locator("[data-live=connected]").waitFor();
  /** What the page asked for when it was opened has come, `first` of all. */
  async hasReadEverything(first: Locator): Promise<void> {
    await first.waitFor();
    await this.requests.settle();
  }

  card = (order: string) => this.page.locator(`[data-work-order="${order}"]`);
  row = (technician: string) => this.page.locator(`[data-technician="${technician}"]`);

  async newOrder(fields: object = {}): Promise<string> {
    return this.office.create("/v1/work-orders", { number: `WO-${randomUUID().slice(0, 8)}`, site_id: this.site, title: "Door does not close", priority: "high", ...fields });
  }

  async checkIn(fields: object = {}): Promise<void> {
    const now = new Date().toISOString();
    await this.link.technician.call("POST", "/v1/check-ins", {
      id: randomUUID(), visit_id: randomUUID(), site_id: this.site, kind: "arrival", captured_at: now, sent_at: now,
      fix: { ...PLACE, datum: "wgs84", accuracy_m: 8, mocked: false, fix_at: now }, ...fields,
    });
  }
}

async function appears(place: Locator): Promise<void> {
  const began = Date.now();
  await place.first().waitFor();
  waits.push(Date.now() - began);
}

describe("the board", () => {
  test("follows an order from the office to the site, and says who is where", async () => {
    const watching = await Watching.at("board");
    const order = await watching.newOrder({ due_at: new Date(Date.now() - 600_000).toISOString() });
    await appears(watching.row("nobody").locator(`[data-work-order="${order}"]`));
    expect(await watching.card(order).textContent()).toContain("Late: due 10 min ago");

    const { id, name } = watching.technician;
    await watching.office.call("PATCH", `/v1/work-orders/${order}`, { assignee_ids: [id] });
    await appears(watching.row(id).locator(`[data-work-order="${order}"]`).getByText("Assigned"));
    expect(await watching.row("nobody").count()).toBe(0);

    const visit = randomUUID();
    await watching.checkIn({ visit_id: visit, work_order_ids: [order] });
    await appears(watching.row(id).locator(`a[href="#/visits/${visit}"]`));
    await watching.card(order).getByText("On site").waitFor();
    expect(await watching.row(id).getByRole("heading").first().textContent()).toBe(name);

    await watching.office.call("POST", `/v1/work-orders/${order}/transitions`, { to: "done" });
    await appears(watching.card(order).getByText("Done"));
    expect(await watching.card(order).textContent()).not.toContain("Late");
    // A card leads to the work order, a name of a site to the visit there.
    await watching.card(order).getByRole("link", { name: "Door does not close" }).click();
    await watching.page.getByRole("heading", { name: /Door does not close/ }).first().waitFor();
    await watching.page.locator(`main a[href="#/visits/${visit}"]`).waitFor();
    await watching.page.goBack();
    await watching.row(id).locator(`header a[href="#/visits/${visit}"]`).click();
    await watching.page.getByRole("heading", { level: 1, name: /Old Market branch/ }).waitFor();
    await watching.page.goBack();
    const cancelled = await watching.newOrder();
    await watching.card(cancelled).waitFor();
    await watching.office.call("POST", `/v1/work-orders/${cancelled}/transitions`, { to: "cancelled", reason: "Called off." });
    await watching.card(cancelled).waitFor({ state: "detached" });
  });

  test("says since when it is not live while the server is away, and is complete when it is back", async () => {
    const watching = await Watching.at("board");
    await watching.hasReadEverything(watching.row(watching.technician.id));
    // A stream that begins has everything read once more; what comes through it is read after that.
    await watching.card(await watching.newOrder()).waitFor();
    const requests: string[] = [];
    watching.page.on("request", (request) => requests.push(request.url()));
    await killServer();
    await watching.page.locator("[data-live=broken]").getByText(/as of \d\d:\d\d/).waitFor();
    await startServer();
    const order = await watching.newOrder(); // before the desk is back
    await watching.isConnected();
    await watching.card(order).waitFor();
    const next = await watching.newOrder();
    await appears(watching.card(next));
    // Nothing but the parts that changed was read: the position was good for the new process.
    const boards = requests.filter((url) => url.includes("/v1/board"));
    expect(boards.length).toBeGreaterThan(0);
    expect(boards.every((url) => url.includes("work_orders="))).toBe(true);
  });

  test("shows a correction until it is withdrawn, and so does the list of visits", async () => {
    const watching = await Watching.at("board");
    const { page, link, office } = watching;
    const at = `/v1/visits/${link.visit}/corrections`;
    const id = randomUUID();
    const shown = page.locator(`[data-correction="${id}"]`);
    await page.getByText(boardWords.correctionsNone.en).waitFor();
    await office.call("POST", at, { id, sheet_version: 1, blocks: ["parts"], reason: "Two contactors, not one." });
    await appears(shown.getByText("Two contactors, not one."));
    await page.getByRole("button", { name: `1 ${boardWords.corrections.en}` }).waitFor();
    await shown.getByRole("link").click();
    await page.getByRole("button", { name: correctionWords.withdraw.en, exact: true }).waitFor();
    await page.evaluate(() => (location.hash = "#/visits"));
    await page.getByLabel(visitWords.corrected.en, { exact: true }).selectOption("open");
    const row = page.locator(`a[href="#/visits/${link.visit}"]`);
    await page.locator("tr", { has: row }).getByText(correctionWords.tag.en).waitFor();
    await page.getByLabel(visitWords.corrected.en, { exact: true }).selectOption("true");
    await page.getByText(visitWords.none.en).waitFor();
    await page.getByLabel(visitWords.corrected.en, { exact: true }).selectOption("open");
    await row.first().waitFor();
    await page.evaluate(() => (location.hash = "#/board"));
    await shown.waitFor();
    await office.call("DELETE", `/v1/corrections/${id}`);
    await page.getByText(boardWords.correctionsNone.en).waitFor();
  });

  test("shows a retake for as long as it is open", async () => {
    const watching = await Watching.at("board");
    const { check_ins } = await watching.link.technician.get<Schema<"Visit">>(`/v1/visits/${watching.link.visit}`);
    const photo = check_ins.flatMap(({ photos }) => photos)[0]?.id;
    await watching.page.evaluate(async (path) => {
      const { access_token } = JSON.parse(localStorage.getItem("fieldproof.desk.tokens") ?? "{}") as { access_token: string };
      const headers = { Authorization: `Bearer ${access_token}`, "Content-Type": "application/json" };
      await fetch(path, { method: "POST", headers, body: JSON.stringify({ id: crypto.randomUUID(), decision: "retake", reason: "Blurred." }) });
    }, `/v1/photos/${photo}/reviews`);
    const retake = watching.page.locator("[data-retake]");
    await appears(retake.getByText("Blurred."));
    // It leads to the photo itself, where it can be decided anew; the address brings that back.
    await retake.getByRole("link", { name: boardWords.retakePhoto.en }).click();
    await watching.page.getByRole("dialog").locator("img").first().waitFor();
    await expect.poll(() => watching.page.url()).toContain(`photo=${photo}`);
    await watching.page.reload();
    await watching.page.getByRole("dialog").locator("img").first().waitFor();
    await watching.page.keyboard.press("Escape");
    await watching.page.getByRole("dialog").waitFor({ state: "detached" });
    await expect.poll(() => watching.page.url()).not.toContain("photo=");
  });
});

describe("the list of work orders", () => {
  test("follows what others do, as far as it was read, and leaves alone what is being typed", { timeout: 60_000 }, async () => {
    const watching = await Watching.at("work/orders");
    const { page } = watching;
    const rows = page.locator(".desk-table tbody tr");
    const known = await watching.office.get<{ items: unknown[] }>("/v1/work-orders?open=true").then(({ items }) => items.length);
    const orders: string[] = [];
    while (orders.length + known < FIRST_PAGE + 5) orders.push(await watching.newOrder());
    await expect.poll(() => rows.count(), { timeout: 20_000 }).toBe(FIRST_PAGE);
    await page.getByRole("button", { name: shell.more.en }).click();
    await expect.poll(() => rows.count(), { timeout: 20_000 }).toBe(FIRST_PAGE + 5);

    await page.getByRole("button", { name: workWords.newOrder.en, exact: true }).click();
    const title = page.getByRole("dialog").getByLabel(workWords.subject.en, { exact: true });
    await title.fill("Half a sen");
    const urgent = await watching.newOrder({ title: "Water on the floor" });
    await watching.office.call("PATCH", `/v1/work-orders/${orders[0]}`, { assignee_ids: [watching.technician.id] });
    await expect.poll(() => rows.count(), { timeout: 20_000 }).toBe(FIRST_PAGE + 6);
    await page.locator(`a[href="#/work/orders/${urgent}"]`).waitFor();
    await rows.filter({ has: page.locator(`a[href="#/work/orders/${orders[0]}"]`) }).getByText(watching.technician.name).waitFor();
    expect(await title.inputValue()).toBe("Half a sen");
    expect(await title.evaluate((field) => field === document.activeElement)).toBe(true);
  });
});

describe("the audit", () => {
  test("counts doubtful photos that come, and leaves the one that is judged where it is", async () => {
    const watching = await Watching.at("audit");
    const { page } = watching;
    const shown = page.locator(".desk-photo img").first();
    await watching.hasReadEverything(shown);
    const before = await shown.getAttribute("src");
    const count = async () => Number(/of (\d+)/.exec((await page.getByRole("status").first().textContent()) ?? "")?.[1]);
    const known = await count();
    const photo = { id: randomUUID(), role: "nameplate", captured_at: new Date().toISOString() };
    const fix = { ...PLACE, datum: "wgs84", accuracy_m: 8, mocked: true, fix_at: photo.captured_at };
    await watching.checkIn({ photos: [photo], fix });
    await watching.link.technician.putPhoto(photo.id, pictureFile("--width", "800", "--height", "600", "--seed", String(Date.now() % 100_000)).buffer);
    await expect.poll(count).toBe(known + 1);
    expect(await shown.getAttribute("src")).toBe(before);
  });
});
