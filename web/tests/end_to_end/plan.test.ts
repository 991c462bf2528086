/** The plan: carried with the mouse and with the keys, two dispatchers, an ordered day; and the technician on the way. */
import { randomUUID } from "node:crypto";
import type { Page } from "playwright-core";
import { afterEach, describe, expect, test } from "vitest";
import { workWords } from "../../customer/words/work";
import { addDays, mondayOf } from "../../desk/plan/zone_time";
import { plan as words } from "../../desk/words/plan";
import { shell } from "../../desk/words/shell";
import { today as todayWords } from "../../phone/words/today";
import type { Schema } from "../../shared/api/types";
import { isoDayOf, t } from "../../shared/i18n/i18n";
import { closePhones, goodNetwork, newPhone } from "./harness/browser";
import { logInAtDesk, newDeskPage } from "./harness/desk_page";
import { type Api, Organisation, PASSWORD, PLACE } from "./harness/organisation";
import { complaintsOf } from "./harness/screen";
import { networkReturns } from "./harness/steps";
import { Technician } from "./harness/technician";

afterEach(closePhones);

const ZONE = "Asia/Shanghai";
/** The week after this one: nothing of it is over. */
const MONDAY = addDays(mondayOf(isoDayOf(Date.now(), ZONE)), 7);
const at = (hour: number, minute = 0, day = 0) =>
  `${addDays(MONDAY, day)}T${String(hour - 8).padStart(2, "0")}:${String(minute).padStart(2, "0")}:00.000Z`;

const eventually = <Value>(look: () => Value) => expect.poll(look);

/** Two technicians, two sites 14 km apart, and work. */
class Office {
  readonly orders: Record<string, string> = {};

  private constructor(
    readonly organisation: Organisation,
    readonly api: Api,
    readonly sites: { near: string; far: string },
    readonly people: { ann: string; bob: string },
  ) {}

  static async create(): Promise<Office> {
    const organisation = await Organisation.create("en");
    const api = organisation.manager;
    const customer = await api.create("/v1/customers", { name: "Harbour Kitchens", tier: "gold", language: "en" });
    const site = (name: string, east: number) =>
      api.create("/v1/sites", {
        customer_id: customer, name, time_zone: ZONE, datum: "wgs84", radius_m: 120,
        position: { latitude: PLACE.latitude, longitude: PLACE.longitude + east },
      });
    const sites = { near: await site("Old Market", 0), far: await site("Airport", 0.15) };
    const person = (name: string) =>
      api.create("/v1/users", { log_in: name.toLowerCase(), name, role: "technician", language: "en", password: PASSWORD });
    const people = { ann: await person("Ann"), bob: await person("Bob") };
    await organisation.person("dispatcher");
    return new Office(organisation, api, sites, people);
  }

  async order(number: string, change: Partial<Schema<"WorkOrderCreate">> = {}): Promise<string> {
    const body = { number, site_id: this.sites.near, title: `Work ${number}`, priority: "normal", ...change };
    const id = await this.api.create("/v1/work-orders", body);
    this.orders[number] = id;
    return id;
  }

  look = (number: string) => this.api.get<Schema<"WorkOrder">>(`/v1/work-orders/${this.orders[number]}`);

  /** Who and when, as the server has it. */
  async planned(number: string): Promise<[string, string | null]> {
    const { assignees, planned_starts_at } = await this.look(number);
    return [assignees.map(({ name }) => name).join(), planned_starts_at];
  }

  change = (number: string, change: object) => this.api.call("PATCH", `/v1/work-orders/${this.orders[number]}`, change);
}

/** A dispatcher at the plan. */
class Dispatcher {
  readonly complaints: string[];

  private constructor(readonly page: Page) {
    this.complaints = complaintsOf(page);
  }

  static async open(office: Office, view: "week" | "day" = "week"): Promise<Dispatcher> {
    const dispatcher = new Dispatcher(await newDeskPage("en", { viewport: { width: 1400, height: 900 } }));
    const { page } = dispatcher;
    await logInAtDesk(page, `#/plan/${view}?day=${MONDAY}`, office.organisation.slug, "dispatcher");
    await page.locator(".plan-work").waitFor();
    return dispatcher;
  }

  card = (number: string) => this.page.locator(".plan-card").filter({ hasText: number });
  cell = (technician: string, day = MONDAY) => this.page.locator(`[data-technician="${technician}"][data-day="${day}"]`);
  button = (word: { en: string; zh: string }, values = {}) => this.page.getByRole("button", { name: t(word, values, "en"), exact: true });

  async drag(number: string, to: { x: number; y: number }): Promise<void> {
    const from = await this.card(number).boundingBox();
    if (!from) throw new Error(`no card ${number}`);
    await this.page.mouse.move(from.x + 8, from.y + 8);
    await this.page.mouse.down();
    await this.page.mouse.move(from.x + 20, from.y + 20);
    await this.page.mouse.move(to.x, to.y, { steps: 5 });
    await this.page.mouse.up();
  }

  async dragInto(number: string, technician: string, day = MONDAY, share = 0.5): Promise<void> {
    const box = await this.cell(technician, day).boundingBox();
    if (!box) throw new Error("no such day");
    await this.drag(number, { x: box.x + box.width * share, y: box.y + box.height / 2 });
  }

  async hears(text: string | RegExp): Promise<void> {
    await this.page.locator("[aria-live=assertive]").filter({ hasText: text }).waitFor({ state: "attached" });
  }

  async sees(text: string | RegExp): Promise<void> {
    await this.page.getByText(text).first().waitFor();
  }
}

describe("with the mouse", () => {
  test("from what waits to a technician's day, to another one, back to what waits; and taken back", async () => {
    const office = await Office.create();
    await office.order("WO-1");
    const dispatcher = await Dispatcher.open(office);
    await dispatcher.dragInto("WO-1", office.people.ann);
    await eventually(() => office.planned("WO-1")).toEqual(["Ann", at(8)]);
    await dispatcher.cell(office.people.ann).locator(".plan-card").waitFor();
    await dispatcher.dragInto("WO-1", office.people.bob, addDays(MONDAY, 2));
    await eventually(() => office.planned("WO-1")).toEqual(["Bob", at(8, 0, 2)]);
    const waiting = await dispatcher.page.locator(".plan-waiting").boundingBox();
    await dispatcher.drag("WO-1", { x: (waiting?.x ?? 0) + 20, y: (waiting?.y ?? 0) + 20 });
    await eventually(() => office.planned("WO-1")).toEqual(["", null]);
    await dispatcher.button(words.undoCount, { count: 3 }).click();
    await eventually(() => office.planned("WO-1")).toEqual(["Bob", at(8, 0, 2)]);
    await dispatcher.button(words.undoCount, { count: 2 }).click();
    await eventually(() => office.planned("WO-1")).toEqual(["Ann", at(8)]);
    expect(dispatcher.complaints).toEqual([]);
  });

  test("on a day, to a quarter of an hour; Escape gives up", async () => {
    const office = await Office.create();
    await office.order("WO-1", { assignee_ids: [office.people.ann], planned_starts_at: at(9) });
    const dispatcher = await Dispatcher.open(office, "day");
    // From 07:00 to 18:00: the share of 13:20 goes to 13:15.
    await dispatcher.dragInto("WO-1", office.people.bob, MONDAY, (13 + 1 / 3 - 7) / 11);
    await eventually(() => office.planned("WO-1")).toEqual(["Bob", at(13, 15)]);
    const card = dispatcher.card("WO-1");
    const box = await card.boundingBox();
    await dispatcher.page.mouse.move((box?.x ?? 0) + 5, (box?.y ?? 0) + 5);
    await dispatcher.page.mouse.down();
    await dispatcher.page.mouse.move((box?.x ?? 0) - 200, (box?.y ?? 0) - 60, { steps: 4 });
    await dispatcher.page.keyboard.press("Escape");
    await dispatcher.page.mouse.up();
    await dispatcher.hears(t(words.gaveUp, { number: "WO-1" }, "en"));
    expect(await office.planned("WO-1")).toEqual(["Bob", at(13, 15)]);
  });
});

describe("with the keys alone", () => {
  test("picked up, carried, put down, given up, taken back; each step is said aloud", async () => {
    const office = await Office.create();
    await office.order("WO-1");
    const dispatcher = await Dispatcher.open(office);
    const { keyboard } = dispatcher.page;
    await dispatcher.card("WO-1").focus();
    await keyboard.press("Enter");
    await dispatcher.hears(/WO-1 picked up.*Ann, .*08:00/);
    await keyboard.press("ArrowRight");
    await keyboard.press("ArrowDown");
    await dispatcher.hears(/^Bob, .*08:00\. 0 min work, 0 min travel, of 8 h/);
    await keyboard.press("Enter");
    await eventually(() => office.planned("WO-1")).toEqual(["Bob", at(8, 0, 1)]);
    // The focus stays with what was carried.
    await eventually(() => dispatcher.page.evaluate(() => document.activeElement?.textContent)).toContain("WO-1");
    await keyboard.press("Enter");
    await keyboard.press("ArrowUp");
    await keyboard.press("Escape");
    await dispatcher.hears(t(words.gaveUp, { number: "WO-1" }, "en"));
    // The server may know of the move before the desk has its answer.
    await dispatcher.page.getByRole("button", { name: t(words.undoCount, { count: 1 }, "en") }).waitFor();
    await keyboard.press("Control+z");
    await eventually(() => office.planned("WO-1")).toEqual(["", null]);
    expect(dispatcher.complaints).toEqual([]);
  });

  test("typed: who, when and how long", async () => {
    const office = await Office.create();
    await office.order("WO-1");
    const dispatcher = await Dispatcher.open(office);
    await dispatcher.card("WO-1").focus();
    await dispatcher.page.keyboard.press("e");
    const dialog = dispatcher.page.getByRole("dialog");
    await dialog.getByLabel(t(words.who, {}, "en"), { exact: true }).selectOption({ label: "Bob" });
    await dialog.getByLabel(t(words.start, {}, "en"), { exact: true }).fill("10:30");
    await dialog.getByLabel(t(words.duration, {}, "en"), { exact: true }).fill("4");
    await dialog.getByRole("button", { name: t(shell.save, {}, "en") }).click();
    await dispatcher.sees(t(words.durationRange, {}, "en"));
    await dialog.getByLabel(t(words.duration, {}, "en"), { exact: true }).fill("90");
    await dialog.getByRole("button", { name: t(shell.save, {}, "en") }).click();
    await eventually(() => office.planned("WO-1")).toEqual(["Bob", at(10, 30)]);
    expect((await office.look("WO-1")).planned_minutes).toBe(90);
    await dispatcher.sees("10:30–12:00");
  });
});

test("what does not work out is said in words: overlap, impossible way, promise, capacity", async () => {
  const office = await Office.create();
  const ann = { assignee_ids: [office.people.ann] };
  await office.order("WO-1", { ...ann, planned_starts_at: at(9), planned_minutes: 300 });
  await office.order("WO-2", { ...ann, planned_starts_at: at(13, 40), planned_minutes: 60 });
  await office.order("WO-3", {
    ...ann, planned_starts_at: at(14, 50), planned_minutes: 120, site_id: office.sites.far, window_starts_at: at(9), window_ends_at: at(11),
  });
  const dispatcher = await Dispatcher.open(office);
  await dispatcher.sees("Overlaps WO-1 by 20 min");
  await dispatcher.sees(/Cannot be there in time: about 38 min from WO-2, 10 min between/);
  await dispatcher.sees("Outside the promised window 09:00–11:00");
  await dispatcher.sees("8 h work, 38 min travel, of 8 h");
  await dispatcher.sees("38 min more than a day holds");
  await dispatcher.sees(/Travel times are estimates: the straight line × 1.3 at 30 km\/h/);
});

describe("two dispatchers", () => {
  /** What the other one does is shown at once, also while something is carried. */
  async function carryWhile(office: Office, dispatcher: Dispatcher, others: object, shown: string): Promise<void> {
    const { keyboard } = dispatcher.page;
    await dispatcher.card("WO-1").focus();
    await keyboard.press("Enter");
    await office.change("WO-1", others);
    await dispatcher.card("WO-1").getByText(shown).waitFor();
    await keyboard.press("ArrowDown");
    await keyboard.press("Enter");
  }

  test("the second one is told who changed what, and overwrites nothing unseen", async () => {
    const office = await Office.create();
    await office.order("WO-1", { assignee_ids: [office.people.ann], planned_starts_at: at(9) });
    const dispatcher = await Dispatcher.open(office);
    await carryWhile(office, dispatcher, { planned_starts_at: at(11), assignee_ids: [] }, "Planned for");
    const dialog = dispatcher.page.getByRole("dialog", { name: t(words.conflict, {}, "en") });
    await dialog.getByText(/Anna Admin, .*technician from Ann to Nobody/).waitFor();
    await dialog.getByText(/Anna Admin, .*planned begin from .*09:00 to .*11:00/).waitFor();
    await dialog.getByText(/You wanted: technician Bob/).waitFor();
    expect(await office.planned("WO-1")).toEqual(["", at(11)]);
    await dialog.getByRole("button", { name: t(words.keepTheirs, {}, "en") }).click();
    await office.change("WO-1", { assignee_ids: [office.people.ann] });
    await dispatcher.cell(office.people.ann).getByText("11:00–12:00").waitFor();
    await carryWhile(office, dispatcher, { assignee_ids: [office.people.ann, office.people.bob] }, "11:00–12:00");
    await eventually(async () => (await office.planned("WO-1"))[0]).toBe("Ann,Bob");
    await dialog.getByRole("button", { name: t(words.doMine, {}, "en") }).click();
    await eventually(() => office.planned("WO-1")).toEqual(["Bob", at(11)]);
    expect(dispatcher.complaints.filter((complaint) => !complaint.includes("412"))).toEqual([]);
  });

  test("changes of different things both stay, and nobody is asked", async () => {
    const office = await Office.create();
    await office.order("WO-1", { assignee_ids: [office.people.ann], planned_starts_at: at(9) });
    const dispatcher = await Dispatcher.open(office);
    await carryWhile(office, dispatcher, { planned_minutes: 45, due_at: at(20, 0, 3) }, "09:00–09:45");
    await eventually(() => office.planned("WO-1")).toEqual(["Bob", at(9)]);
    expect(await office.look("WO-1")).toMatchObject({ planned_minutes: 45, due_at: at(20, 0, 3) });
    expect(await dispatcher.page.getByRole("dialog").count()).toBe(0);
  });

  test("new work and work that was called off come and go by themselves", async () => {
    const office = await Office.create();
    await office.order("WO-1", { assignee_ids: [office.people.ann], planned_starts_at: at(9) });
    const dispatcher = await Dispatcher.open(office);
    await dispatcher.card("WO-1").waitFor();
    await office.order("WO-2", { assignee_ids: [office.people.bob], planned_starts_at: at(9), site_id: office.sites.far });
    await dispatcher.cell(office.people.bob).getByText("Work WO-2").waitFor();
    await office.api.call("POST", `/v1/work-orders/${office.orders["WO-1"]}/transitions`, { to: "cancelled", reason: "not needed" });
    await dispatcher.card("WO-1").waitFor({ state: "detached" });
  });
});

test("an ordered day: proposed, accepted, and taken back in one step", async () => {
  const office = await Office.create();
  const ann = { assignee_ids: [office.people.ann] };
  const began = [at(8), at(9), at(10, 30)];
  const sites = [office.sites.near, office.sites.far, office.sites.near];
  for (const [i, planned_starts_at] of began.entries())
    await office.order(`WO-${i + 1}`, { ...ann, planned_starts_at, site_id: sites[i] as string });
  const dispatcher = await Dispatcher.open(office, "day");
  const plan = () => Promise.all(["WO-1", "WO-2", "WO-3"].map(async (number) => (await office.planned(number))[1]));
  await dispatcher.button(words.orderDayOf, { name: "Ann" }).click();
  await dispatcher.sees("Saves about 38 min of travel.");
  expect(await plan()).toEqual(began);
  await dispatcher.button(words.accept).click();
  await eventually(async () => (await plan()).join()).not.toBe(began.join());
  await dispatcher.button(words.undoCount, { count: 1 }).waitFor();
  const order = (await plan()).map((time, i) => [time, i] as const).sort().map(([, i]) => i);
  expect([order[0], order[2]], "the far one is first or last").toContain(1);
  await dispatcher.page.locator("body").press("Control+z");
  await eventually(plan).toEqual(began);
});

test("on the way: said without a network, shown to desk and customer, ended by the arrival", async () => {
  const organisation = await Organisation.create("en");
  const person = await organisation.technician("en");
  const work = await organisation.work({ technician: person, title: "Cold store too warm" });
  const { url } = await organisation.manager.call<Schema<"CustomerLink">>("POST", `/v1/work-orders/${work.id}/links`, { id: randomUUID() });
  const technician = await Technician.open(person);
  await technician.logIn();
  await technician.sees(work.title);
  const network = await goodNetwork();
  network.cut();
  const goes = `${technician.say(todayWords.onTheWay)} ${work.title}`;
  await technician.page.getByRole("button", { name: goes, exact: true }).click();
  await technician.sees(/^On the way since \d\d:\d\d$/);
  const look = () => organisation.manager.get<Schema<"WorkOrder">>(`/v1/work-orders/${work.id}`);
  expect((await look()).on_the_way).toBeNull();
  await networkReturns(technician, network);
  await eventually(async () => (await look()).on_the_way?.by.id).toBe(person.id);

  const customer = await (await newPhone({ locale: "en-GB", permissions: [], geolocation: undefined })).newPage();
  const page = new URL(url as string).pathname;
  await customer.goto(page);
  await customer.getByText(/^Wei is on the way since \d\d:\d\d\.$/).waitFor();
  await customer.getByText(t(workWords.onTheWay, {}, "en"), { exact: false }).first().waitFor();
  expect(await customer.content()).not.toContain("31.23");

  await technician.openWork(work.title);
  await technician.checkIn();
  await eventually(async () => (await look()).state).toBe("on_site");
  expect((await look()).on_the_way).toBeNull();
  await customer.reload();
  await customer.getByText(t(workWords.saysOnSite, { names: "Wei" }, "en")).waitFor();
  expect(await technician.page.getByRole("button", { name: goes, exact: true }).count()).toBe(0);
});
