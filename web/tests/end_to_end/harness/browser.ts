/** Debian's Chromium without a window, as a phone: 390×844, a camera that sees a film, a position of our choice. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type LaunchOptions } from "playwright-core";
import { PLACE } from "./organisation";
import { makeFilm } from "./film";
import { Network } from "./network";
import { service } from "./service";

const PROGRAM = process.env.CHROMIUM ?? "/usr/bin/chromium";
/** What the camera sees, everywhere in the tests. */
export const LABEL = "资产标签：冷库压缩机 2#，编号 FP-0042";

function film(): string {
  const path = join(service.folder, "film.y4m");
  if (!existsSync(path)) makeFilm(path, LABEL);
  return path;
}

export function launchOptions(): LaunchOptions {
  if (!existsSync(PROGRAM)) throw new Error(`${PROGRAM} is not there; run script/bootstrap`);
  return {
    executablePath: PROGRAM,
    args: [
      "--use-fake-device-for-media-stream",
      "--use-fake-ui-for-media-stream",
      `--use-file-for-fake-video-capture=${film()}`,
      "--disable-gpu",
    ],
  };
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

/** The browser that most tests share. */
export async function sharedBrowser(): Promise<Browser> {
  browser ??= await chromium.launch(launchOptions());
  return browser;
}

/** The network between browser and server, in order. */
export async function goodNetwork(): Promise<Network> {
  const port = (url: string) => Number(new URL(url).port);
  network ??= await Network.between(port(service.public_url), port(service.server_url));
  network.restore();
  return network;
}

/** A new phone: nothing is stored on it. */
export async function newPhone(options: BrowserContextOptions = {}): Promise<BrowserContext> {
  await goodNetwork();
  const context = await (await sharedBrowser()).newContext({ ...phoneOptions(), ...options });
  context.setDefaultTimeout(15_000);
  phones.push(context);
  return context;
}

/** For afterEach: no phone of one test is there in the next. */
export async function closePhones(): Promise<void> {
  await Promise.all(phones.splice(0).map((phone) => phone.close()));
}
