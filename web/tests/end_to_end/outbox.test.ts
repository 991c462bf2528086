/** The outbox in a real browser: what it holds outlives everything, and is sent once. */
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { afterEach, expect, test } from "vitest";
import type { Schema } from "../../shared/api/types";
import { logIn as logInWords } from "../../phone/words/log_in";
import { notices } from "../../phone/words/notices";
import { outbox as words, refusals } from "../../phone/words/outbox";
import { settings } from "../../phone/words/settings";
import { today } from "../../phone/words/today";
import { closePhones, goodNetwork, newPhone, takePicture } from "./harness/browser";
import { Organisation, type Person } from "./harness/organisation";
import { serveWith } from "./harness/service";
import { networkReturns, openMain, openWork } from "./harness/steps";
import { Technician } from "./harness/technician";

afterEach(closePhones);

const screenshots = fileURLToPath(new URL("../../../var/test/screenshots/", import.meta.url));
async function picture({ page, person }: Technician, name: string): Promise<void> {
  mkdirSync(screenshots, { recursive: true });
  await takePicture(page, `${screenshots}outbox-${person.language}-${name}.png`);
}

async function begin(language: "en" | "zh" = "en") {
  const organisation = await Organisation.create(language);
  const person = await organisation.technician(language);
  const work = await organisation.work({ technician: person, barcode: "A1" });
  const technician = await Technician.open(person);
  await technician.logIn();
  await technician.sees("冷库温度偏高");
  return { organisation, person, work, technician };
}

/** How many items of the outbox are in each state, as the screen shows them. */
const shown = (page: Page) =>
  page.locator("[data-state]").evaluateAll((items) => {
    const counts: Record<string, number> = {};
    for (const item of items) {
      const state = item.getAttribute("data-state") ?? "";
      counts[state] = (counts[state] ?? 0) + 1;
    }
    return counts;
  });

async function untilShown(page: Page, wanted: Record<string, number>): Promise<void> {
  await expect.poll(() => shown(page), { timeout: 20_000 }).toEqual(wanted);
}

async function visitsOnServer(organisation: Organisation, person: Person): Promise<Schema<"Visit">[]> {
  const { items } = await organisation.manager.get<Schema<"VisitPage">>(`/v1/visits?technician_id=${person.id}`);
  return Promise.all(items.map(({ id }) => organisation.manager.get<Schema<"Visit">>(`/v1/visits/${id}`)));
}

test("work without a network waits, outlives a closed app, and is safe when the network returns", async () => {
  const { organisation, person, work, technician } = await begin("zh");
  await openWork(technician, work.id);
  const network = await goodNetwork();
  network.cut();
  await technician.checkIn();
  await technician.takePhotos("before", "after");
  await technician.checkOut();
  await openMain(technician, "outbox");
  await expect.poll(async () => Object.values(await shown(technician.page)).reduce((a, b) => a + b, 0)).toBe(5);
  expect((await shown(technician.page)).safe).toBeUndefined();
  await picture(technician, "waiting");

  await technician.page.close();
  const reopened = await Technician.open(person, technician.phone);
  await openMain(reopened, "outbox");
  expect((await shown(reopened.page)).safe).toBeUndefined();
  await networkReturns(reopened, network);
  await untilShown(reopened.page, { safe: 5 });
  await reopened.sees(reopened.say(words.empty));
  await picture(reopened, "safe");

  const [visit] = await visitsOnServer(organisation, person);
  expect(visit?.check_ins.map(({ kind }) => kind)).toEqual(["arrival", "progress", "departure"]);
  const hashes = visit?.check_ins.flatMap(({ photos }) => photos.map(({ receipt }) => receipt?.sha256));
  await reopened.page.locator("details").evaluateAll((all) => all.forEach((one) => one.setAttribute("open", "")));
  expect(hashes).toHaveLength(2);
  for (const hash of hashes ?? []) await reopened.sees(String(hash));
  expect(await reopened.page.getByText(reopened.say(words.signed), { exact: true }).count()).toBe(2);
});

test("on a mobile network photos wait by choice, facts go; on Wi-Fi all is sent by itself", async () => {
  const organisation = await Organisation.create("en");
  const person = await organisation.technician("en");
  const work = await organisation.work({ technician: person, barcode: "A1" });
  const phone = await newPhone();
  await phone.addInitScript(() => {
    const connection = Object.assign(new EventTarget(), { type: "cellular", saveData: false });
    Object.defineProperty(navigator, "connection", { value: connection });
  });
  const technician = await Technician.open(person, phone);
  await technician.logIn();
  await technician.sees("冷库温度偏高");
  await openMain(technician, "settings");
  await technician.page.getByRole("checkbox", { name: technician.say(settings.metered) }).check();
  await openWork(technician, work.id);
  await technician.checkIn();
  await technician.takePhotos("before");
  await openMain(technician, "outbox");
  await untilShown(technician.page, { safe: 2, waiting: 1 });
  await technician.sees(technician.say(words.waitingForWifi));
  await picture(technician, "metered");
  await technician.page.evaluate(() => {
    const connection = (navigator as unknown as { connection: EventTarget & { type: string } }).connection;
    connection.type = "wifi";
    connection.dispatchEvent(new Event("change"));
  });
  await untilShown(technician.page, { safe: 3 });
});

test("two tabs: each item is sent once, and both show it safe", async () => {
  const { work, technician } = await begin();
  const requests: string[] = [];
  technician.phone.on("request", (request) => {
    const { pathname } = new URL(request.url());
    if (pathname === "/v1/sync" || (pathname === "/v1/uploads" && request.method() === "POST")) requests.push(pathname);
  });
  const second = await technician.phone.newPage();
  await second.goto("/app/#/outbox");
  await openWork(technician, work.id);
  const network = await goodNetwork();
  network.cut();
  await technician.checkIn();
  await technician.takePhotos("before");
  requests.length = 0;
  await networkReturns(technician, network);
  await openMain(technician, "outbox");
  await untilShown(technician.page, { safe: 3 });
  await untilShown(second, { safe: 3 });
  expect(requests.filter((path) => path === "/v1/uploads")).toHaveLength(1);
  expect(requests.filter((path) => path === "/v1/sync").length).toBeLessThanOrEqual(2);
});

test("a photo that was cut off goes on where it was", async () => {
  const { work, technician } = await begin();
  await openWork(technician, work.id);
  await technician.checkIn();
  const sent: number[] = [];
  technician.phone.on("request", (request) => {
    if (request.method() === "PATCH") sent.push(Number(request.headers()["upload-offset"]));
  });
  const network = await goodNetwork();
  const cut = network.cutAt({ request: "PATCH /v1/uploads", at: "within", bytes: 150_000 });
  await technician.takePhotos("before");
  await cut;
  await openMain(technician, "outbox");
  await networkReturns(technician, network);
  await untilShown(technician.page, { safe: 3 });
  expect(sent.length).toBeGreaterThan(1);
  expect(sent.at(-1), "the last piece does not begin at the beginning").toBeGreaterThan(0);
});

test("a receipt that somebody on the way has forged proves nothing: the photo stays, says so, and is safe by a genuine one", async () => {
  const { work, technician, organisation, person } = await begin();
  await openWork(technician, work.id);
  await technician.checkIn();
  const network = await goodNetwork();
  network.forgeReceipts(true);
  await technician.takePhotos("before");
  await openMain(technician, "outbox");
  await untilShown(technician.page, { safe: 2, retry_later: 1 });
  await technician.sees(technician.say(refusals.receiptUnproven));
  await picture(technician, "receipt-forged");
  const [visit] = await visitsOnServer(organisation, person);
  expect(visit?.photos_stored, "the server has it; the phone has no proof").toBe(1);
  const bytes = () => technician.page.evaluate(async () => {
    const open = indexedDB.open("fieldproof");
    await new Promise((resolve) => { open.onsuccess = resolve; });
    const count = open.result.transaction("photo_bytes").objectStore("photo_bytes").count();
    await new Promise((resolve) => { count.onsuccess = resolve; });
    open.result.close();
    return count.result;
  });
  await openMain(technician, "settings");
  await technician.press(settings.freeNow);
  await technician.page.getByText(/ freed\.$/).waitFor();
  expect(await bytes()).toBe(1);
  network.forgeReceipts(false);
  await openMain(technician, "outbox");
  await technician.press(words.sendNow);
  await untilShown(technician.page, { safe: 3 });
  await openMain(technician, "settings");
  await technician.press(settings.freeNow);
  await expect.poll(bytes).toBe(0);
});

test("a refused item says why, holds nobody back, and can be put away", async () => {
  const { organisation, person, work, technician } = await begin();
  await openWork(technician, work.id);
  await technician.checkIn();
  await technician.takePhotos("before");
  await openMain(technician, "outbox");
  await untilShown(technician.page, { safe: 3 });
  // One answer is the server's no, whatever was asked.
  await technician.phone.route("**/v1/sync", async (route) => {
    const { operations } = route.request().postDataJSON() as { operations: { id: string }[] };
    const refusal = {
      type: "/problems/invalid_field", title: "t", status: 422, detail: "note: too long", code: "invalid_field", retryable: false,
      request_id: operations[0]?.id, errors: [{ pointer: "/note", rule: "maxLength", detail: "at most 4000" }], reason_code: null,
    };
    const results = operations.map(({ id }) => ({ id, outcome: "refused", status: 422, problem: refusal, body: null, retry_after_s: null }));
    await route.fulfill({ json: { results, server_time: new Date().toISOString() } });
  }, { times: 1 });
  await openWork(technician, work.id);
  await technician.takePhotos("after");
  await openMain(technician, "outbox");
  await untilShown(technician.page, { safe: 3, refused: 1, held_back: 1 });
  await picture(technician, "refused");
  await technician.page.getByText(technician.say(words.why), { exact: true }).click();
  await technician.sees(/at most 4000/);
  await openWork(technician, work.id);
  await technician.checkOut();
  await openMain(technician, "outbox");
  await untilShown(technician.page, { safe: 4, refused: 1, held_back: 1 });

  const refused = technician.page.locator('[data-state="refused"]');
  await refused.getByRole("button", { name: /^Try again/ }).click();
  await untilShown(technician.page, { safe: 6 });
  const [visit] = await visitsOnServer(organisation, person);
  expect(visit?.check_ins.map(({ kind }) => kind)).toEqual(["arrival", "progress", "progress", "departure"]);
});

test("what the customer signed outlives an arrival that is refused and put away", async () => {
  const { organisation, person, work, technician } = await begin("zh");
  const { page } = technician;
  await technician.phone.route("**/v1/sync", async (route) => {
    const { operations } = route.request().postDataJSON() as { operations: { id: string }[] };
    const problem = {
      type: "/problems/unknown_reference", title: "t", status: 422, detail: "There is no such site.", code: "unknown_reference",
      retryable: false, request_id: "", errors: [], reason_code: null,
    };
    const results = operations.map(({ id }) => ({ id, outcome: "refused", status: 422, problem, body: null, retry_after_s: null }));
    await route.fulfill({ json: { results, server_time: new Date().toISOString() } });
  }, { times: 1 });
  await openWork(technician, work.id);
  await technician.checkIn();
  await technician.writeSheet();
  await technician.letCustomerSign();
  await openMain(technician, "outbox");
  // The work order's step needs the arrival; what was signed is on its way without it.
  await untilShown(page, { refused: 1, held_back: 1, retry_later: 1, waiting: 1 });
  await technician.sees(technician.say(refusals.awaited));
  await page.locator('[data-state="refused"]').getByRole("button", { name: technician.say(words.removeItem, { item: technician.say(words.arrival) }) }).click();
  await technician.sees(technician.say(words.removeKeepsSheet));
  await picture(technician, "remove-arrival");
  await technician.press(words.removeYes, technician.dialog);
  await untilShown(page, { retry_later: 1, waiting: 1 });
  try {
    await serveWith({ FIELDPROOF_EVIDENCE_WAIT_S: "1" });
    await expect
      .poll(async () => {
        await page.getByRole("button", { name: technician.say(words.sendNow), exact: true }).click({ timeout: 500 }).catch(() => {});
        return shown(page);
      })
      .toEqual({ safe: 2 });
  } finally {
    await serveWith({ FIELDPROOF_EVIDENCE_WAIT_S: "86400" });
  }
  await picture(technician, "sealed-without-arrival");
  const [visit] = await visitsOnServer(organisation, person);
  expect(visit?.check_ins).toEqual([]);
  expect(visit?.findings.map(({ code }) => code).sort()).toEqual(["arrival_missing", "signed_evidence_missing"]);
  const sheet = await organisation.manager.get<Schema<"Sheet">>(`/v1/visits/${visit?.id}/sheet`);
  expect(sheet.signature?.missing.map(({ pointer }) => pointer)).toEqual(["/check_ins/0", "/work_orders/0"]);
});

test("a session that ends keeps the work; another user neither sees nor sends it; the same user sends it", async () => {
  const { organisation, person, work, technician } = await begin();
  const { page } = technician;
  await openWork(technician, work.id);
  const network = await goodNetwork();
  network.cut();
  await technician.checkIn();
  // A new password ends all sessions.
  const password = "another horse, another battery";
  await organisation.manager.call("PATCH", `/v1/users/${person.id}`, { password });
  await networkReturns(technician, network);
  await openMain(technician, "outbox");
  await technician.sees(technician.say(words.logInNeeded));
  await picture(technician, "session_ended");
  expect(await visitsOnServer(organisation, person)).toEqual([]);

  const other = await organisation.technician("en");
  await page.getByRole("link", { name: technician.say(notices.logInAgain) }).click();
  await technician.sees(technician.say(logInWords.ended, { name: person.name }));
  const name = page.getByRole("textbox", { name: technician.say(logInWords.name), exact: true });
  expect(await name.inputValue()).toBe(person.logIn);
  const asOther = Object.assign(Object.create(Object.getPrototypeOf(technician)), technician, { person: other }) as Technician;
  await asOther.logIn();
  await technician.sees(technician.say(today.title));
  await openMain(technician, "outbox");
  await technician.sees(technician.say(words.empty));
  expect(await visitsOnServer(organisation, person)).toEqual([]);
  expect(await visitsOnServer(organisation, other)).toEqual([]);

  await openMain(technician, "settings");
  await technician.press(settings.logOut);
  await technician.logIn(password);
  await technician.sees(technician.say(today.title));
  await openMain(technician, "outbox");
  await untilShown(page, { safe: 1 });
  expect(await visitsOnServer(organisation, person)).toHaveLength(1);
});

test("logging out with unsent work warns, and keeps it unless told twice to delete it", async () => {
  const { work, technician } = await begin();
  const { page } = technician;
  await openWork(technician, work.id);
  const network = await goodNetwork();
  network.cut();
  await technician.checkIn();
  await openMain(technician, "settings");
  await technician.press(settings.logOut);
  await technician.sees(technician.say(settings.logOutUnsent, { count: 1 }));
  await picture(technician, "log_out");
  await technician.press(settings.logOutKeep);
  await technician.sees(technician.say(logInWords.title));
  network.restore();
  await technician.logIn();
  await technician.sees(technician.say(today.title));
  await openMain(technician, "outbox");
  await untilShown(page, { safe: 1 });

  await openWork(technician, work.id);
  network.cut();
  await technician.checkOut();
  await openMain(technician, "settings");
  await technician.press(settings.logOut);
  await technician.press(settings.logOutDelete);
  await technician.press(settings.logOutDeleteYes);
  await technician.sees(technician.say(logInWords.title));
  network.restore();
  await technician.logIn();
  await technician.sees(technician.say(today.title));
  await openMain(technician, "outbox");
  await technician.sees(technician.say(words.empty));
  expect(await shown(page)).toEqual({});
});

test("with the app closed, the service worker sends when the network returns", async () => {
  const { organisation, person, work, technician } = await begin();
  const { page, phone } = technician;
  await phone.grantPermissions(["geolocation", "background-sync"]);
  await page.evaluate(() => {
    const { SyncManager } = globalThis as unknown as { SyncManager: { prototype: { register(tag: string): Promise<void> } } };
    SyncManager.prototype.register = async (tag) => void Reflect.set(window, "askedFor", tag);
  });
  await openWork(technician, work.id);
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
  const network = await goodNetwork();
  network.cut();
  await technician.checkIn();
  await technician.takePhotos("before");
  // This browser believes to be online and would dispatch at once, while the window is still there.
  await expect.poll(() => page.evaluate(() => Reflect.get(window, "askedFor"))).toBe("outbox");

  // A page of the same origin that is not the app's: the browser speaks of its service workers there.
  const bystander = await phone.newPage();
  await page.close(); // before the network is back: it would send by itself
  network.restore();
  await bystander.goto("/healthz");
  const devtools = await phone.newCDPSession(bystander);
  const registrations: { registrationId: string; scopeURL: string }[] = [];
  devtools.on("ServiceWorker.workerRegistrationUpdated", (event) => registrations.push(...event.registrations));
  await devtools.send("ServiceWorker.enable");
  expect(await visitsOnServer(organisation, person)).toEqual([]);
  await expect.poll(() => registrations.length).toBeGreaterThan(0);
  await devtools.send("ServiceWorker.dispatchSyncEvent", {
    origin: new URL(bystander.url()).origin,
    registrationId: registrations[0]?.registrationId ?? "",
    tag: "outbox",
    lastChance: false,
  });
  const photos = async () => {
    const [visit] = await visitsOnServer(organisation, person);
    return visit?.check_ins.flatMap((checkIn) => checkIn.photos.map(({ state }) => state));
  };
  await expect.poll(photos, { timeout: 20_000 }).toEqual(["stored"]);
});
