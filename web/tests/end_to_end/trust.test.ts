/** The certificate of script/server --https, as a phone meets it: not trusted, then trusted. */
import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { t } from "../../shared/i18n/i18n";
import { logIn } from "../../phone/words/log_in";
import { notices } from "../../phone/words/notices";
import { seriousFindings } from "./harness/accessibility";
import { closePhones, lendPhone, phoneOptions, PICTURES, takePicture } from "./harness/browser";
import { launchOptions } from "./harness/chromium";
import { LocalFront, RESOLVER_RULE } from "./harness/local_front";
import { complaintsOf, tooWide } from "./harness/screen";
import { service } from "./harness/service";

const home = join(service.folder, "trusting-home");
const database = join(home, ".pki/nssdb");
let front: LocalFront;

beforeAll(async () => {
  mkdirSync(database, { recursive: true });
  certutil("-N", "--empty-password");
  front = await LocalFront.start(join(service.folder, "front-trust"));
});
afterEach(closePhones);
afterAll(() => front.run("destroy"));

function certutil(...options: string[]): void {
  const { status, stderr } = spawnSync("certutil", ["-d", `sql:${database}`, ...options], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
  if (status !== 0) throw new Error(`certutil ${options.join(" ")}: ${stderr}`);
}

/** A browser with a home of its own, which holds what it trusts. No other certificate is let pass. */
async function phone(profile: string, locale = "en-GB"): Promise<Page> {
  const { args = [], ...options } = launchOptions(service.film);
  const all = { ...phoneOptions(), baseURL: `https://${front.host}`, locale };
  const context = await chromium.launchPersistentContext(join(home, profile), {
    ...options,
    ...all,
    env: { ...process.env, HOME: home },
    args: [...args, RESOLVER_RULE],
  });
  lendPhone(context, all);
  return context.pages()[0] ?? context.newPage();
}

const seesTheApp = (page: Page) => page.getByRole("heading", { name: logIn.title.en }).waitFor();
const keepsTheApp = (page: Page) => page.evaluate(async () => void (await navigator.serviceWorker.ready));

/** Opens the app against the browser's warning, as somebody in a hurry does. */
async function insist(page: Page): Promise<void> {
  await expect(page.goto("/app/")).rejects.toThrow("ERR_CERT_AUTHORITY_INVALID");
  await page.locator("#details-button").click();
  await page.locator("#proceed-link").click();
}

for (const [language, locale] of [["zh", "zh-CN"], ["en", "en-GB"]] as const) {
  test(`who goes on past the browser's warning is told what that costs, and what to do (${language})`, async () => {
    const page = await phone(`hasty-${language}`, locale);
    await insist(page);
    await page.getByText(t(notices.distrusted, {}, language)).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await takePicture(page, `${PICTURES}screenshots/trust-notice-${language}.png`);

    const complaints = complaintsOf(page);
    await page.getByRole("link", { name: t(notices.trust, {}, language) }).click();
    await page.waitForURL(`http://${front.host}/trust`);
    expect(await page.locator("html").getAttribute("lang")).toBe(locale.replace("en-GB", "en"));
    expect(await page.locator(".fingerprint").innerText()).toBe(front.run("fingerprint").trim());
    expect(await seriousFindings(page)).toEqual([]);
    expect(await tooWide(page)).toEqual([]);
    await takePicture(page, `${PICTURES}screenshots/trust-page-${language}.png`, { fullPage: true });

    const download = page.waitForEvent("download");
    await page.locator(".button-primary").click();
    expect((await download).suggestedFilename()).toBe("fieldproof-ca.crt");
    await page.locator("nav a").click();
    expect(await page.locator("html").getAttribute("lang"), "the other language").not.toBe(locale.replace("en-GB", "en"));
    expect(complaints).toEqual([]);
  });
}

test("behind a certificate of one's own there is no such page, and nothing leads to one", async () => {
  front.run("stop");
  front.hasOwnCertificate = true;
  front.run("start");
  try {
    const page = await phone("other");
    await insist(page);
    await page.getByText(notices.askForTrust.en).waitFor();
    expect(await page.getByRole("link", { name: notices.trust.en }).count()).toBe(0);
    await page.context().close();
  } finally {
    front.run("stop");
    front.hasOwnCertificate = false;
    front.run("start");
  }
});

test("a phone that trusts the authority opens the app without the network", async () => {
  certutil("-A", "-t", "C,,", "-n", "local authority", "-i", front.authority);
  const page = await phone("careful");
  await page.goto("/app/");
  await seesTheApp(page);
  await keepsTheApp(page);
  expect(await page.getByText(notices.distrusted.en).isVisible()).toBe(false);
  await page.context().close();
  front.run("stop");
  try {
    const reopened = await phone("careful");
    await reopened.goto("/app/");
    await seesTheApp(reopened);
  } finally {
    front.run("start");
  }
});
