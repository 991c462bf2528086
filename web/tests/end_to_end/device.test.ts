/** What the phone itself does to the app: a wrong clock, no storage, a new version in mid-visit. */
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { afterAll, afterEach, expect, test } from "vitest";
import { atSite } from "../../phone/words/at_site";
import { common } from "../../phone/words/common";
import { notices } from "../../phone/words/notices";
import { settings } from "../../phone/words/settings";
import { today } from "../../phone/words/today";
import { closePhones, goodNetwork, newPhone } from "./harness/browser";
import { Organisation } from "./harness/organisation";
import { serveBuild, service } from "./harness/service";
import { openMain, openWork } from "./harness/steps";
import { Technician } from "./harness/technician";

afterEach(closePhones);

const dist = fileURLToPath(new URL("../../dist", import.meta.url));

/** The same app as a newer version: its service worker differs. */
function newerVersion(name: string): string {
  const folder = join(service.folder, name);
  cpSync(dist, folder, { recursive: true, filter: (path) => !/sw\.js\.(br|gz)$/.test(path) });
  const worker = join(folder, "sw.js");
  const code = readFileSync(worker, "utf8").replace(/version:"\w+"/, `version:"${name}"`);
  expect(code).toContain(`version:"${name}"`);
  writeFileSync(worker, code);
  return folder;
}

afterAll(() => serveBuild(dist));

async function begin(phone?: Awaited<ReturnType<typeof newPhone>>) {
  const organisation = await Organisation.create("en");
  const person = await organisation.technician("en");
  const work = await organisation.work({ technician: person, barcode: "A1" });
  const technician = await Technician.open(person, phone);
  await technician.logIn();
  await technician.sees("冷库温度偏高");
  return { work, technician };
}

/** What the page's own thread has worked since it was opened: what else the machine does costs none of it. */
async function workedMs(page: Page, open: () => Promise<void>): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  const read = async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return metrics.find(({ name }) => name === "TaskDuration")?.value ?? NaN;
  };
  const before = await read();
  await open();
  const worked = await read();
  await session.detach();
  return (worked - before) * 1000;
}

test("the app opens offline with less than a second of work, whatever its address", async () => {
  const { work, technician } = await begin();
  const { page } = technician;
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
  await openMain(technician, "settings");
  (await goodNetwork()).cut();
  for (const [address, text] of [["/", "冷库温度偏高"], ["/settings", "Wei Li"], [`/site/${work.id}`, "人民广场店"]] as const) {
    await page.goto(`/app/#${address}`);
    const worked = await workedMs(page, async () => {
      await page.reload();
      await technician.sees(new RegExp(text));
    });
    expect(worked, address).toBeGreaterThan(0);
    expect(worked, address).toBeLessThan(1000);
  }
});

test("a new version in mid-visit waits for the tap, and nothing is lost", async () => {
  const { work, technician } = await begin();
  const { page } = technician;
  await openWork(technician, work.id);
  await technician.checkIn();
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    Object.assign(window, { marker: "this very page" });
  });
  await page.getByLabel(technician.say(atSite.note), { exact: true }).fill("half a sentence");
  await technician.sees(technician.say(atSite.noteSaved));

  await serveBuild(newerVersion("newer"));
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
  await technician.sees(technician.say(notices.newVersion));
  await page.waitForTimeout(500);
  expect(await page.evaluate(() => Reflect.get(window, "marker")), "it did not reload by itself").toBe("this very page");
  expect(await page.getByLabel(technician.say(atSite.note), { exact: true }).inputValue()).toBe("half a sentence");

  const reloaded = page.waitForEvent("load");
  await technician.press(notices.useNewVersion);
  await reloaded;
  expect(await page.evaluate(() => Reflect.get(window, "marker") ?? null)).toBeNull();
  await expect.poll(() => page.evaluate(() => caches.keys())).toContain("fieldproof-shell-newer");
  await technician.sees("人民广场店");
  expect(await page.getByLabel(technician.say(atSite.note), { exact: true }).inputValue()).toBe("half a sentence");
  expect(await page.getByText(technician.say(notices.newVersion)).isVisible()).toBe(false);
});

test("the next cold start takes the new version without a tap; another window is told that it is old", async () => {
  const { technician } = await begin();
  const { page, phone } = technician;
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
  const second = await phone.newPage();
  await second.goto("/app/#/settings");
  await second.getByRole("heading", { name: technician.say(settings.title) }).waitFor();
  await serveBuild(newerVersion("coldstart"));
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
  await technician.sees(technician.say(notices.newVersion));
  await technician.press(notices.useNewVersion);
  await second.getByText(technician.say(notices.oldVersion)).waitFor();
  await second.close();

  await serveBuild(newerVersion("coldagain"));
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
  await technician.sees(technician.say(notices.newVersion));
  await page.close();
  const reopened = await Technician.open(technician.person, phone);
  await reopened.sees("冷库温度偏高");
  await expect.poll(() => reopened.page.evaluate(() => caches.keys())).toContain("fieldproof-shell-coldagain");
  await expect.poll(() => reopened.page.getByText(reopened.say(notices.newVersion)).isVisible()).toBe(false);
});

for (const [name, minutes] of [["slow", -7], ["fast", 9]] as const) {
  test(`a clock that is ${name} is told of, with what to do`, async () => {
    const phone = await newPhone();
    await phone.addInitScript((lead) => {
      const now = Date.now.bind(Date);
      Date.now = () => now() + lead;
    }, minutes * 60_000);
    const { technician } = await begin(phone);
    const word = minutes > 0 ? notices.clockAhead : notices.clockBehind;
    await technician.sees(technician.say(word, { minutes: Math.abs(minutes) }));
  });
}

test("without storage no work is accepted, and the words say what to do", async () => {
  const phone = await newPhone();
  await phone.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException("denied", "SecurityError");
    };
  });
  const page = await phone.newPage();
  await page.goto("/app/");
  await page.getByRole("heading", { name: notices.storageDeniedTitle.en }).waitFor();
  expect(await page.getByRole("button").count()).toBe(0);
  expect(await page.getByRole("link", { name: common.today.en }).count()).toBe(0);
});

test("a phone that is nearly full says so on every screen, and not any more when there is room", async () => {
  const phone = await newPhone();
  await phone.addInitScript(() => {
    const room = { quota: 10_000_000_000, usage: 9_900_000_000 };
    Object.assign(window, { room });
    navigator.storage.estimate = () => Promise.resolve({ ...room });
  });
  const { work, technician } = await begin(phone);
  const { page } = technician;
  await technician.sees(technician.say(notices.nearlyFull));
  await openWork(technician, work.id);
  await technician.checkIn();
  await technician.sees(technician.say(notices.nearlyFull));
  await page.evaluate(() => (Reflect.get(window, "room") as { usage: number }).usage = 1_000_000_000);
  await openMain(technician, "settings");
  await technician.press(settings.freeNow);
  await page.getByText(technician.say(notices.nearlyFull)).waitFor({ state: "detached" });
});

test("the way to a site opens in the app that the settings name", async () => {
  const { technician } = await begin();
  const { page } = technician;
  const way = page.getByRole("link", { name: technician.say(today.navigateTo, { site: "人民广场店" }) });
  const leadsTo = (address: RegExp) => expect.poll(() => way.getAttribute("href"), { timeout: 20_000 }).toMatch(address);
  const choose = async (app: keyof typeof settings) => {
    await technician.goTo("settings");
    await page.getByRole("radio", { name: technician.say(settings[app]) }).check();
    await technician.goTo("today");
  };
  await leadsTo(/^geo:31\.232300,121\.469182\?q=/);
  await choose("navigationGoogle");
  await leadsTo(/^https:\/\/www\.google\.com\/maps\/dir\/.*31\.232300,121\.469182$/);
  await choose("navigationApple");
  await leadsTo(/^https:\/\/maps\.apple\.com\//);
  await choose("navigationAmap");
  // Amap's own datum: some 480 m beside WGS-84 in Shanghai.
  await leadsTo(/^https:\/\/uri\.amap\.com\/navigation\?to=121\.473\d+,31\.230\d+,/);
  await page.reload();
  await leadsTo(/^https:\/\/uri\.amap\.com\//);
});
