/** The dispatcher's work: create, assign, change, move on; two at once; a spreadsheet; templates; recurring work. */
import { randomUUID } from "node:crypto";
import type { Locator, Page } from "playwright-core";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { imports } from "../../desk/words/import";
import { search } from "../../desk/words/search";
import { shell } from "../../desk/words/shell";
import { schedules, work as words } from "../../desk/words/work";
import { stepWords as steps } from "../../desk/words/steps";
import { workStates } from "../../desk/words/work_states";
import { roles } from "../../shared/words/roles";
import type { Schema } from "../../shared/api/types";
import { t, type Word } from "../../shared/i18n/i18n";
import { closePhones } from "./harness/browser";
import { logInAtDesk, newDeskPage } from "./harness/desk_page";
import { type Language, Organisation, type Person, PLACE } from "./harness/organisation";

const XSS = `<img src=x onerror="document.title='owned'">`;

type Order = Schema<"WorkOrder">;
type Orders = { items: Order[] };

/** Somebody at the desk's work section. */
class Dispatcher {
  readonly complaints: string[] = [];

  private constructor(
    readonly page: Page,
    readonly language: Language,
  ) {}

  static async atDesk(organisation: Organisation, language: Language, part: string): Promise<Dispatcher> {
    const dispatcher = new Dispatcher(await newDeskPage(language), language);
    const { page } = dispatcher;
    page.on("pageerror", (error) => dispatcher.complaints.push(String(error)));
    await logInAtDesk(page, `#/work/${part}`, organisation.slug, "administrator", language);
    await page.getByRole("navigation", { name: dispatcher.say(words.parts) }).waitFor();
    return dispatcher;
  }

  say = (word: Word, values: Record<string, string | number> = {}): string => t(word, values, this.language);

  press = (word: Word) => this.page.getByRole("button", { name: this.say(word), exact: true }).click();

  get dialog(): Locator {
    return this.page.getByRole("dialog");
  }

  field = (word: Word) => this.dialog.getByLabel(this.say(word), { exact: true });

  /** Finds something in a list of choices and takes it. */
  async take(group: Word, search: string, choice: Word): Promise<void> {
    const box = this.dialog.getByRole("group", { name: this.say(group), exact: true });
    await box.getByLabel(this.say(shell.search), { exact: true }).fill(search);
    await box.getByRole("option", { name: search }).waitFor({ state: "attached" });
    await box.getByLabel(this.say(choice), { exact: true }).selectOption({ label: search });
  }

  /** Answers the dialog, and sees it close. */
  async confirm(word: Word): Promise<void> {
    await this.dialog.getByRole("button", { name: this.say(word), exact: true }).click();
    await this.dialog.waitFor({ state: "hidden" });
  }

  sees = (text: string) => this.page.getByText(text).first().waitFor();

  row = (text: string) => this.page.getByRole("row").filter({ hasText: text });
}

let organisation: Organisation;
let technician: Person;

beforeAll(async () => {
  organisation = await Organisation.create("en");
  technician = await organisation.technician("en");
  const customer = await organisation.manager.create("/v1/customers", { name: "Nordkühl GmbH", tier: "gold", language: "en" });
  for (const [name, code] of [["Lager Nord", "N-1"], ["Lager Süd", "S-1"]] as const) {
    await organisation.manager.create("/v1/sites", {
      customer_id: customer, name, code, time_zone: "Europe/Berlin", datum: "wgs84", position: PLACE, radius_m: 120,
    });
  }
});
afterEach(closePhones);

const orders = async (query: string) => (await organisation.manager.get<Orders>(`/v1/work-orders?${query}`)).items;

describe("a work order", () => {
  test("is made of a template, assigned, changed, moved on, and its history tells all of it", async () => {
    await organisation.manager.create("/v1/checklist-templates", {
      name: "Quarterly service", title: "Quarterly service", priority: "high", minutes: 90,
      checklist: [{ kind: "photo", label: "Nameplate, please", photo_role: "nameplate" }],
    });
    const at = await Dispatcher.atDesk(organisation, "en", "orders");
    await at.press(words.newOrder);
    await at.take(words.site, "Lager Nord", shell.choose);
    await at.dialog.getByText("Europe/Berlin").waitFor();
    await at.field(words.windowStarts).fill("2027-03-29T09:00");
    await at.field(words.template).selectOption({ label: "Quarterly service" });
    await at.field(words.number).fill("WO-A");
    await at.field(words.subject).fill(XSS);
    await at.confirm(words.create);
    await at.page.getByRole("heading", { name: `WO-A · ${XSS}` }).waitFor();
    await at.sees("Nameplate, please");
    const [made] = await orders("q=WO-A");
    expect([made?.window_starts_at, made?.window_ends_at, made?.priority, made?.state]).toEqual([
      "2027-03-29T07:00:00.000Z", "2027-03-29T08:30:00.000Z", "high", "new",
    ]);

    await at.press(words.assign);
    await at.take(words.technicians, technician.name, words.addTechnician);
    await at.confirm(words.assign);
    await at.page.locator(".desk-header .tag").filter({ hasText: at.say(workStates.assigned) }).waitFor();

    await at.press(steps.accept);
    await at.confirm(steps.accept);
    await at.page.locator(".desk-header .tag").filter({ hasText: at.say(workStates.accepted) }).waitFor();

    await at.press(words.change);
    await at.field(words.subject).fill("Too warm");
    await at.confirm(shell.save);
    await at.page.getByRole("heading", { name: "WO-A · Too warm" }).waitFor();

    await at.press(steps.cancel);
    await at.dialog.getByRole("button", { name: at.say(steps.cancel) }).click();
    await at.dialog.getByRole("alert").first().waitFor(); // a reason is asked for
    await at.field(words.reason).fill("Called off by the customer");
    await at.confirm(steps.cancel);

    const history = at.page.locator(".work-history");
    await history.getByText("Called off by the customer").waitFor();
    const text = await history.innerText();
    for (const part of [technician.name, XSS, "Too warm", "Anna Admin", at.say(workStates.cancelled)]) expect(text).toContain(part);
    expect(await at.page.title()).toContain("Too warm");
    expect(at.complaints).toEqual([]);
  });

  test("that somebody else has changed meanwhile is not overwritten unseen", async () => {
    const [site] = (await organisation.manager.get<{ items: { id: string }[] }>("/v1/sites?q=Nord")).items;
    const id = await organisation.manager.create("/v1/work-orders", { number: "WO-B", site_id: site?.id, title: "Leak", priority: "normal" });
    const dispatcher = await Dispatcher.atDesk(organisation, "en", "orders");
    await dispatcher.page.goto(`/desk#/work/orders/${id}`);
    await dispatcher.press(words.change);
    await dispatcher.field(words.subject).fill("Leak at the door");
    await organisation.manager.call("PATCH", `/v1/work-orders/${id}`, { priority: "urgent", title: "Big leak" });
    await dispatcher.dialog.getByRole("button", { name: dispatcher.say(shell.save), exact: true }).click();
    const banner = dispatcher.dialog.getByRole("alert");
    await banner.filter({ hasText: "Big leak" }).waitFor();
    expect(await dispatcher.field(words.subject).inputValue()).toBe("Leak at the door");
    await dispatcher.confirm(shell.save);
    const now = await organisation.manager.get<Order>(`/v1/work-orders/${id}`);
    expect([now.title, now.priority]).toEqual(["Leak at the door", "urgent"]);
  });
});

describe("many work orders", () => {
  test("come out of a spreadsheet, whose errors are shown before anything is written", async () => {
    const at = await Dispatcher.atDesk(organisation, "en", "upload");
    const text = "工单编号,门店编码,标题,预约开始\r\nCSV-1,N-1,=HYPERLINK(1),2026/12/1 9:00\r\nCSV-2,nowhere,x,\r\nCSV-3,S-1,压缩机异响,明天\r\n";
    await at.page.locator("input[type=file]").setInputFiles({ name: "a.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
    await at.press(imports.check);
    await at.row("site_code").waitFor();
    await at.row("window_starts_at").waitFor();
    expect(await orders("q=CSV-")).toEqual([]);
    await at.page.getByRole("button", { name: at.say(imports.run, { count: 1 }) }).click();
    await at.sees(at.say(imports.imported, { imported: 1, refused: 2 }));
    const made = await orders("q=CSV-");
    expect(made.map(({ number, title, window_starts_at: from }) => [number, title, from])).toEqual([["CSV-1", "=HYPERLINK(1)", "2026-12-01T08:00:00.000Z"]]);
  });

  test("are made at several sites at once", async () => {
    const at = await Dispatcher.atDesk(organisation, "en", "orders");
    await at.press(words.newBatch);
    for (const name of ["Lager Nord", "Lager Süd"]) await at.take(words.sites, name, words.addSite);
    await at.field(words.subject).fill("Filter recall");
    await at.field(words.prefix).fill("RECALL");
    await at.field(words.date).fill("2027-01-04");
    await at.dialog.getByRole("button", { name: at.say(words.create), exact: true }).click();
    await at.dialog.getByText(at.say(words.batchMade, { count: 2 })).waitFor();
    expect((await orders("q=RECALL")).map(({ number }) => number).sort()).toEqual(["RECALL-001", "RECALL-002"]);
  });
});

describe("templates and recurring work", () => {
  test("a template is made, and recurring work of it, with its dates before and after", async () => {
    const at = await Dispatcher.atDesk(organisation, "en", "templates");
    await at.press(words.newTemplate);
    await at.field(words.templateName).fill("Rounds");
    await at.field(words.subject).fill("Rounds of the day");
    await at.dialog.getByRole("button", { name: at.say(words.addItem), exact: true }).click();
    await at.field(words.itemLabel).fill("Before");
    await at.field(words.photoRole).selectOption({ label: at.say(roles.before) });
    await at.confirm(shell.save);
    await at.row("Rounds of the day").waitFor();

    await at.page.goto("/desk#/work/recurring");
    await at.press(schedules.newSchedule);
    await at.field(schedules.name).fill("Daily rounds");
    await at.field(words.template).selectOption({ label: "Rounds" });
    await at.take(words.sites, "Lager Süd", words.addSite);
    await at.field(schedules.frequency).selectOption({ label: at.say(schedules.daily) });
    await at.field(words.prefix).fill(`R${randomUUID().slice(0, 4)}`);
    await at.dialog.locator(".work-dates li").nth(4).waitFor();
    await at.confirm(shell.save);
    const row = at.row("Daily rounds");
    await row.getByText(at.say(schedules.made, { count: 1 })).first().waitFor();
    const made = async () => (await orders("q=Rounds&limit=100")).filter(({ title }) => title === "Rounds of the day");
    expect((await made()).length).toBeGreaterThanOrEqual(14);
    expect((await made())[0]?.checklist.map(({ label }) => label)).toEqual(["Before"]);

    await row.getByRole("button", { name: /^Leave out/ }).nth(1).click();
    await at.field(words.reason).fill("Stocktaking");
    await at.confirm(schedules.skip);
    await row.getByText(at.say(schedules.skipped, { reason: "Stocktaking" })).waitFor();
    expect((await made()).filter(({ state }) => state === "cancelled")).toHaveLength(1);

    await row.getByRole("button", { name: /^Pause/ }).click();
    await at.confirm(schedules.pause);
    await row.getByText(at.say(schedules.paused)).waitFor();
    await row.getByRole("button", { name: /^Change/ }).click();
    await at.dialog.getByText(at.say(schedules.changeExplained)).waitFor();
    await at.field(schedules.frequency).selectOption({ label: at.say(schedules.weekly) });
    await at.dialog.getByLabel("Monday").uncheck();
    await at.dialog.getByRole("button", { name: at.say(shell.save), exact: true }).click();
    await at.dialog.locator(".field-error").first().waitFor(); // a week without days
    await at.dialog.getByLabel("Friday").check();
    await at.confirm(shell.save);
    await row.getByText(at.say(schedules.everyWeek, { days: "Fri" })).waitFor();
    expect(at.complaints).toEqual([]);
  });
});

test("a caller's number leads to the customer's work, and an order's number to the order, by the keys from anywhere", async () => {
  const customer = await organisation.manager.create("/v1/customers", { name: "Rufer & Söhne", tier: "gold", language: "en" });
  await organisation.manager.create("/v1/contacts", { customer_id: customer, name: "Ruth Rufer", phone: "+49 (40) 5550-7788", title: XSS });
  const { items: [site] } = await organisation.manager.get<Schema<"SitePage">>("/v1/sites?q=S-1");
  const order = await organisation.manager.create("/v1/work-orders", { number: "CALL-7", site_id: site?.id, title: "Door ajar", priority: "normal", checklist: [] });
  const at = await Dispatcher.atDesk(organisation, "en", "templates");
  const field = at.page.getByLabel(at.say(search.asked), { exact: true });
  const { keyboard } = at.page;

  await keyboard.press("/");
  await field.fill("040 5550 7788");
  await at.dialog.getByText("Ruth Rufer").waitFor();
  await at.dialog.getByText(XSS).waitFor();
  await keyboard.press("ArrowDown");
  await keyboard.press("ArrowDown"); // past the customer to the work
  await keyboard.press("Enter");
  await at.dialog.waitFor({ state: "detached" });
  await at.page.waitForURL(new RegExp(`#/work/orders\\?customer=${customer}`));

  await keyboard.press("Control+k");
  await field.fill("call-7");
  await keyboard.press("Enter"); // before anything was found
  await at.dialog.waitFor({ state: "detached" });
  await at.page.waitForURL(new RegExp(`#/work/orders/${order}`));

  await keyboard.press("/");
  await field.fill("nothing of the kind");
  await at.dialog.getByText(at.say(search.none)).waitFor();
  await keyboard.press("Enter");
  await keyboard.press("Escape");
  await at.dialog.waitFor({ state: "detached" });
  expect(at.page.url()).toContain(order);
  expect(at.complaints).toEqual([]);
});
