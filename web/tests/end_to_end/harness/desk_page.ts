/** The desk on a computer, and logging in at it. */
import type { BrowserContextOptions, Page } from "playwright-core";
import { desk as words } from "../../../desk/words/desk";
import { t, type Word } from "../../../shared/i18n/i18n";
import { newPhone } from "./browser";
import { type Language, PASSWORD } from "./organisation";

const SIZE = { width: 1280, height: 900 };

/** A page on a computer: no touch, no position, nobody logged in. */
export async function newDeskPage(language: Language = "en", options: BrowserContextOptions = {}): Promise<Page> {
  const context = await newPhone({
    locale: language === "zh" ? "zh-CN" : "en-GB", viewport: SIZE, isMobile: false, hasTouch: false, permissions: [],
    geolocation: undefined, ...options,
  });
  return context.newPage();
}

/** Opens this place of the desk and logs in; what is there then is the test's to wait for. */
export async function logInAtDesk(page: Page, place: string, slug: string, logIn: string, language: Language = "en"): Promise<void> {
  await page.goto(`/desk${place}`);
  const field = (word: Word) => page.getByLabel(t(word, {}, language), { exact: true });
  await field(words.organisation).fill(slug);
  await field(words.userName).fill(logIn);
  await field(words.password).fill(PASSWORD);
  await page.getByRole("button", { name: t(words.logIn, {}, language), exact: true }).click();
}
