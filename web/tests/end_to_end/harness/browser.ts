/** Phones: browser contexts of 390×844 with a camera and a position. */
import { fileURLToPath } from "node:url";
import type { TestContext } from "vitest";
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Geolocation, type Page } from "playwright-core";
import { LABEL } from "./film";
import { Network } from "./network";
import { PLACE } from "./organisation";
import { service } from "./service";

export { LABEL };

/** Where pictures of screens go. */
export const PICTURES = fileURLToPath(new URL("../../../../var/test/web/", import.meta.url));

/** They are for people to look at: CI takes none, but of what fails. */
export const takesPictures = process.env.CI !== "true";

/** A picture of the window, or of the whole page. */
export async function takePicture(page: Page, path: string, options: { fullPage?: boolean } = {}): Promise<void> {
  if (takesPictures) await page.screenshot({ path, animations: "disabled", ...options });
}

/** A phone in somebody's hand at the site. */
export function phoneOptions(): BrowserContextOptions {
  return {
    baseURL: service.public_url,
    viewport: { width: 390, height: 844 },
    deviceScaleFactor: 1,
    hasTouch: true,
    isMobile: true,
    locale: "en-GB",
    timezoneId: "Asia/Shanghai",
    geolocation: { ...PLACE, accuracy: 8 },
    permissions: ["geolocation"],
  };
}

let browser: Browser | null = null;
let network: Network | null = null;
const phones: BrowserContext[] = [];
const positions = new WeakMap<BrowserContext, Geolocation>();

/** The network between phones and server, in order. */
export async function goodNetwork(): Promise<Network> {
  const port = (url: string) => Number(new URL(url).port);
  network ??= await Network.between(port(service.public_url), port(service.server_url));
  network.forgetTrap();
  network.forgeReceipts(false);
  network.restore();
  return network;
}

/** A new phone: nothing is stored on it. */
export async function newPhone(options: BrowserContextOptions = {}): Promise<BrowserContext> {
  await goodNetwork();
  browser ??= await chromium.connect(service.browser);
  const whole = { ...phoneOptions(), ...options };
  return lendPhone(await browser.newContext(whole), whole);
}

/** Makes it one that closePhones() closes. */
export function lendPhone(phone: BrowserContext, { geolocation }: BrowserContextOptions): BrowserContext {
  phone.setDefaultTimeout(30_000);
  phones.push(phone);
  if (geolocation) positions.set(phone, geolocation);
  return phone;
}

/** The receiver finds where it is again. Without that a position ages: the app would look for a better one. */
export async function findPositionAgain(phone: BrowserContext): Promise<void> {
  const position = positions.get(phone);
  if (position) await phone.setGeolocation(position);
}

/** For afterEach: no phone of one test is there in the next. What it showed when it failed is kept. */
export async function closePhones({ task }: TestContext): Promise<void> {
  for (const [number, phone] of phones.splice(0).entries()) {
    if (task.result?.state === "fail") {
      const name = task.name.replace(/[^\w]+/g, "_");
      for (const page of phone.pages()) await page.screenshot({ path: `${PICTURES}failed/${name}-${number}.png` }).catch(() => {});
    }
    await phone.close();
  }
}
