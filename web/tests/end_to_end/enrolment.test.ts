/** A manager lets a technician's phone in: the code is read off the screen, as a camera does. */
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { BrowserContext, Locator, Page } from "playwright-core";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";
import { enrolment as screenWords } from "../../phone/words/enrolment";
import { enrolmentCode } from "../../shared/enrolment/words/enrolment_code";
import { logIn as logInWords } from "../../phone/words/log_in";
import type { Schema } from "../../shared/api/types";
import { t, type Word } from "../../shared/i18n/i18n";
import { seriousFindings } from "./harness/accessibility";
import { closePhones, newPhone, PICTURES } from "./harness/browser";
import { Api, type Language, Organisation, PASSWORD, type Person } from "./harness/organisation";

const module = createRequire(import.meta.url);

beforeAll(() => {
  const { buffer, byteOffset, byteLength } = readFileSync(module.resolve("zxing-wasm/reader/zxing_reader.wasm"));
  prepareZXingModule({ overrides: { wasmBinary: buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer } });
});
const words = { ...screenWords, ...enrolmentCode };

afterEach(closePhones);

/** What a manager does at the screen. */
class Desk {
  private constructor(
    readonly page: Page,
    private readonly language: Language,
  ) {}

  static async open(organisation: Organisation, language: Language, context?: BrowserContext): Promise<Desk> {
    const phone = context ?? (await newPhone({ locale: language === "zh" ? "zh-CN" : "en-GB" }));
    const desk = new Desk(phone.pages()[0] ?? (await phone.newPage()), language);
    await desk.page.goto("/app/#/log-in");
    await desk.field(logInWords.organisation).fill(organisation.slug);
    await desk.field(logInWords.name).fill("administrator");
    await desk.field(logInWords.password).fill(PASSWORD);
    await desk.button(logInWords.submit).click();
    await desk.page.getByRole("heading", { name: desk.say(words.title) }).waitFor();
    return desk;
  }

  say(word: Word, values: Record<string, string | number> = {}): string {
    return t(word, values, this.language);
  }

  field(word: Word): Locator {
    return this.page.getByRole("textbox", { name: this.say(word), exact: true });
  }

  button(word: Word): Locator {
    return this.page.getByRole("button", { name: this.say(word), exact: true });
  }

  async choose(person: Person): Promise<void> {
    await this.page.getByRole("button", { name: person.logIn }).click();
  }

  async sees(word: Word, values: Record<string, string | number> = {}): Promise<void> {
    await this.page.getByText(this.say(word, values), { exact: true }).waitFor();
  }

  /** The code on the screen, by a picture of it. */
  async scan(): Promise<string> {
    const picture = await this.page.getByRole("img").screenshot();
    const [found] = await readBarcodes(new Blob([new Uint8Array(picture)]), { formats: ["QRCode"] });
    if (!found) throw new Error("nothing to be read");
    const [address, code] = found.text.split("/#/enrol/");
    expect(address).toBe(new URL("/app", this.page.url()).href);
    return code ?? "";
  }
}

const enrol = (code: string, device: Schema<"NamedDevice"> = { id: randomUUID() }) =>
  new Api("").call<Schema<"LoggedIn">>("POST", "/v1/auth/enrol", { code, device });

for (const language of ["en", "zh"] satisfies Language[]) {
  describe(language, () => {
    test("a phone that scans the code is in, and the manager sees it", async () => {
      const organisation = await Organisation.create(language);
      await organisation.technician(language);
      const person = await organisation.technician(language);
      const desk = await Desk.open(organisation, language);
      await desk.choose(person);
      const [before, after] = desk.say(words.onlyOnce, { time: "|" }).split("|");
      await desk.page.getByText(new RegExp(`^${before}14:[0-5][0-9]${after}$`)).waitFor();
      await desk.page.screenshot({ path: `${PICTURES}enrolment_code_${language}.png`, fullPage: true });
      const loggedIn = await enrol(await desk.scan(), { id: randomUUID(), name: "Xiaomi 14" });
      expect(loggedIn.user.id).toBe(person.id);
      await desk.sees(words.usedOn, { name: person.name, device: "Xiaomi 14" });
      expect(await desk.page.getByRole("img").count()).toBe(0);
      await desk.page.screenshot({ path: `${PICTURES}enrolment_used_${language}.png`, fullPage: true });
    });
  });
}

test("a code can be withdrawn, and another made", async () => {
  const organisation = await Organisation.create("en");
  const person = await organisation.technician("en");
  const desk = await Desk.open(organisation, "en");
  await desk.choose(person);
  const first = await desk.scan();
  await desk.button(words.withdraw).click();
  await desk.sees(words.revoked);
  await expect(enrol(first)).rejects.toThrow("401");
  await desk.button(words.newCode).click();
  const second = await desk.scan();
  expect(second).not.toBe(first);
  await enrol(second);
  await desk.sees(words.used, { name: person.name });
});

test("technicians are found by a part of their name, and nobody else is", async () => {
  const organisation = await Organisation.create("en");
  const person = await organisation.technician("en");
  const desk = await Desk.open(organisation, "en");
  await desk.page.getByRole("searchbox").fill("nobody is called so");
  await desk.sees(words.nobody);
  await desk.page.getByRole("searchbox").fill(person.name.slice(0, 3));
  await desk.page.getByRole("button", { name: person.logIn }).waitFor();
  expect(await desk.page.getByRole("button", { name: "administrator" }).count()).toBe(0);
});

test("the manager's log-in is not kept: it ends with the page", async () => {
  const organisation = await Organisation.create("en");
  const desk = await Desk.open(organisation, "en");
  const kept = await desk.page.context().storageState({ indexedDB: true });
  expect(JSON.stringify(kept)).not.toContain("refresh_token");
  await desk.page.reload();
  await desk.sees(words.logInFirst);
  await desk.page.getByRole("link", { name: desk.say(words.toLogIn) }).click();
  await desk.button(logInWords.submit).waitFor();
});

test("has no serious finding of axe", async () => {
  const organisation = await Organisation.create("en");
  const person = await organisation.technician("en");
  const desk = await Desk.open(organisation, "en");
  for (const step of [() => Promise.resolve(), () => desk.choose(person)]) {
    await step();
    await desk.page.getByRole("img").or(desk.page.getByRole("searchbox")).first().waitFor();
    expect(await seriousFindings(desk.page)).toEqual([]);
  }
});
