import { randomUUID } from "node:crypto";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { BrowserContextOptions, Page, Request } from "playwright-core";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { answerWords } from "../../customer/words/answers";
import { genuineWords } from "../../customer/words/genuine";
import { pageWords } from "../../customer/words/page";
import { visitWords } from "../../customer/words/visit";
import { workWords } from "../../customer/words/work";
import { t, type Word } from "../../shared/i18n/i18n";
import { seriousFindings } from "./harness/accessibility";
import { closePhones, newPhone, takePicture } from "./harness/browser";
import { removePictures } from "./harness/removed";
import { CustomerLink } from "./harness/customer_link";
import { forgetWhatIsNewer } from "./harness/old_engine";
import type { Language } from "./harness/organisation";
import { service } from "./harness/service";

const SCREENSHOTS = fileURLToPath(new URL("../../../var/test/screenshots/", import.meta.url));
const LANGUAGES: Language[] = ["en", "zh"];
/** Everything that the page loads before it shows something. */
const FIRST_LOAD_MAX_BYTES = 60 * 1024;

afterEach(closePhones);
beforeAll(() => void mkdirSync(SCREENSHOTS, { recursive: true }));

/** A customer's phone with the page open, and what must never happen on it. */
class Customer {
  readonly requests: Request[] = [];
  readonly complaints: string[] = [];

  private constructor(
    readonly page: Page,
    readonly language: Language,
  ) {}

  static async open(path: string, language: Language = "en", options: BrowserContextOptions = {}): Promise<Customer> {
    const locale = language === "zh" ? "zh-CN" : "en-GB";
    const phone = await newPhone({ locale, permissions: [], geolocation: undefined, ...options });
    // Chinese customers open the link in WeChat.
    if (language === "zh") await forgetWhatIsNewer(phone);
    const customer = new Customer(await phone.newPage(), language);
    customer.page.on("request", (request) => customer.requests.push(request));
    customer.page.on("pageerror", (error) => customer.complaints.push(String(error)));
    customer.page.on("console", (message) => {
      if (message.type() === "error") customer.complaints.push(`${message.text()} ${message.location().url}`);
    });
    await customer.page.goto(path);
    return customer;
  }

  say = (word: Word, values: Record<string, string | number> = {}): string => t(word, values, this.language);

  async press(word: Word): Promise<void> {
    await this.page.getByRole("button", { name: this.say(word), exact: true }).click();
  }

  field(word: Word) {
    return this.page.getByRole("textbox", { name: this.say(word), exact: true });
  }

  async sees(text: string | RegExp): Promise<void> {
    await this.page.getByText(text).first().waitFor();
  }

  /** The stars are drawn over their radio buttons. */
  async star(count: number): Promise<void> {
    await this.page.getByRole("radio", { name: this.say(answerWords.stars, { count }), exact: true }).check({ force: true });
  }

  async picture(name: string): Promise<void> {
    await takePicture(this.page, `${SCREENSHOTS}customer-${name}-${this.language}.png`, { fullPage: true });
  }
}

/** A word without its placeholders, to look for. */
const pattern = (text: string) => new RegExp(text.replace(/[.*+?^$()|[\]\\]/g, "\\$&").replace(/\{\w+\}/g, ".*"));

for (const language of LANGUAGES) {
  describe(`in ${language}`, () => {
    test("shows where the work stands, the signed sheet and the photos", async () => {
      const link = await CustomerLink.create(language);
      const customer = await Customer.open(`${link.path}?from=singlemessage`, language);
      const { page } = customer;
      await customer.sees(language === "zh" ? "北方制冷服务" : "Northern Refrigeration");
      await customer.sees(language === "zh" ? "李师傅正在现场服务。" : "Wei is on site.");
      expect(await page.locator("html").getAttribute("lang")).toBe(language === "zh" ? "zh-CN" : "en");
      expect(await page.locator('[aria-current="step"]').innerText()).toContain(customer.say(workWords.onSite));
      const pictures = page.locator(".customer-photos img");
      expect(await pictures.count()).toBe(2);
      for (const picture of await pictures.all()) {
        await picture.scrollIntoViewIfNeeded();
        await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(320);
      }
      await page.evaluate(() => scrollTo(0, 0));
      await customer.picture("page");
      await page.getByText(customer.say(visitWords.sheet)).click();
      await customer.sees(language === "zh" ? "清洗冷凝器，补充 R404A 制冷剂 0.4 kg" : "Cleaned the condenser");
      await customer.picture("sheet");
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
      expect(customer.complaints).toEqual([]);
    });

    test("takes an answer of every kind, and the organisation hears it", async () => {
      const link = await CustomerLink.create(language);
      const customer = await Customer.open(link.path, language);
      await customer.press(answerWords.sendRating);
      await customer.sees(customer.say(answerWords.chooseStars));
      await customer.star(4);
      await customer.field(answerWords.comment).fill("很专业 / professional");
      await customer.press(answerWords.sendRating);
      await customer.sees(pattern(customer.say(answerWords.rated)));
      await customer.press(answerWords.dispute);
      await customer.press(answerWords.sendDispute);
      await customer.sees(customer.say(answerWords.sayWhy));
      await customer.field(answerWords.why).fill("漏了一台 / one was left out");
      await customer.picture("forms");
      await customer.press(answerWords.sendDispute);
      await customer.sees(pattern(customer.say(answerWords.disputed)));
      await customer.press(answerWords.sendComplaint);
      await customer.sees(customer.say(answerWords.sayWhat));
      await customer.field(answerWords.complaint).fill("又漏水了 / it drips again");
      await customer.press(answerWords.sendComplaint);
      await customer.sees(customer.say(answerWords.thanks));
      await customer.sees(customer.say(answerWords.notHandled));
      const [, dispute] = await link.heard();
      await link.organisation.manager.call("POST", `/v1/customer-responses/${dispute?.id}/handlings`, {
        id: randomUUID(), state: "handled", note: "Monday.",
      });
      await customer.page.reload();
      await customer.sees("漏了一台 / one was left out");
      await customer.page.getByRole("status").filter({ hasText: "漏了一台" }).getByText(pattern(customer.say(answerWords.handled))).waitFor();
      await customer.page.getByRole("status").filter({ hasText: "漏了一台" }).getByRole("button").click();
      await customer.press(answerWords.confirm);
      await customer.sees(pattern(customer.say(answerWords.confirmed)));
      await customer.picture("answered");
      const heard = await link.heard();
      expect(heard.map(({ kind, stars, decision, text }) => [kind, stars, decision, text])).toEqual([
        ["rating", 4, null, "很专业 / professional"],
        ["decision", null, "disputed", "漏了一台 / one was left out"],
        ["complaint", null, null, "又漏水了 / it drips again"],
        ["decision", null, "confirmed", null],
      ]);
      expect(customer.complaints).toEqual([]);
    });

    test("has no serious finding of axe, light and dark", async () => {
      const link = await CustomerLink.create(language);
      for (const colorScheme of ["light", "dark"] as const) {
        const customer = await Customer.open(link.path, language, { colorScheme, bypassCSP: true });
        await customer.press(answerWords.dispute);
        await customer.page.getByText(customer.say(visitWords.sheet)).click();
        expect(await seriousFindings(customer.page)).toEqual([]);
        if (colorScheme === "dark") await customer.picture("dark");
      }
    });
  });
}

test("changes its language, and remembers it", async () => {
  const link = await CustomerLink.create("zh");
  const customer = await Customer.open(link.path, "en");
  await customer.sees(customer.say(visitWords.visits));
  await customer.press(pageWords.language);
  await customer.sees(visitWords.visits.zh);
  expect(await customer.page.locator("html").getAttribute("lang")).toBe("zh-CN");
  await customer.page.reload();
  await customer.sees(visitWords.visits.zh);
});

test("tells a genuine PDF from a changed one, and sends neither", async () => {
  const link = await CustomerLink.create("en");
  const pdf = await link.pdf();
  const customer = await Customer.open(link.path);
  await customer.sees(customer.say(genuineWords.title));
  const chooser = customer.page.locator('input[type="file"]');
  const drop = (name: string, content: Buffer) =>
    chooser.setInputFiles({ name, mimeType: "application/pdf", buffer: content });
  await drop("sheet.pdf", pdf);
  await customer.sees(pattern(customer.say(genuineWords.genuine)));
  await customer.picture("genuine");
  const changed = Buffer.from(pdf);
  changed[changed.length - 10] = (changed[changed.length - 10] as number) ^ 1;
  await drop('<img src=x onerror="hacked=1">.pdf', changed);
  await customer.sees(pattern(customer.say(genuineWords.unknown)));
  await customer.sees('<img src=x onerror="hacked=1">.pdf');

  // The same by dropping it.
  await customer.page.getByTestId("drop").evaluate((zone, bytes) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([Uint8Array.from(bytes)], "dropped.pdf", { type: "application/pdf" }));
    zone.dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true }));
  }, [...pdf]);
  await customer.sees(/Genuine\. “dropped\.pdf”/);
  expect(customer.requests.filter((request) => request.method() !== "GET" || request.postDataBuffer())).toEqual([]);
  expect(await customer.page.evaluate(() => "hacked" in globalThis)).toBe(false);

  // The file that the page itself gives.
  const [download] = await Promise.all([
    customer.page.waitForEvent("download"),
    customer.page.getByRole("link", { name: customer.say(visitWords.pdf) }).click(),
  ]);
  const saved = join(service.folder, "downloaded.pdf");
  await download.saveAs(saved);
  expect(readFileSync(saved).equals(pdf)).toBe(true);
  expect(customer.complaints).toEqual([]);
});

test("says nothing twice when the answer to it is lost", async () => {
  const link = await CustomerLink.create("en");
  const customer = await Customer.open(link.path);
  let lost = 0;
  await customer.page.route("**/rating", async (route) => {
    if (lost++ > 0) return route.continue();
    await route.fetch(); // the server has it
    await route.abort();
  });
  await customer.star(5);
  await customer.press(answerWords.sendRating);
  await customer.sees(customer.say(pageWords.noNetwork));
  await customer.press(answerWords.sendRating);
  await customer.sees(pattern(customer.say(answerWords.rated)));
  expect(lost).toBe(2);
  expect((await link.heard()).length).toBe(1);
});

test("enlarges photos, by keys too", async () => {
  const link = await CustomerLink.create("en");
  const { page, picture } = await Customer.open(link.path).then((customer) => ({
    page: customer.page, picture: () => customer.picture("photo"),
  }));
  await page.locator(".customer-photos button").first().click();
  const large = page.locator("dialog img");
  await expect.poll(() => large.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(1000);
  await picture();
  await page.keyboard.press("ArrowRight");
  await page.getByText("Photo 2 of 2").waitFor();
  await page.locator("dialog").getByText("Condenser after cleaning").waitFor();
  await page.keyboard.press("Escape");
  await expect.poll(() => page.locator("dialog").count()).toBe(0);
});

test("shows what anybody wrote as text", async () => {
  const evil = (place: string) => `<img src=x onerror="hacked='${place}'"><script>hacked='${place}'</script>{{7*7}}`;
  const link = await CustomerLink.create("en", {
    title: evil("title"), caption: evil("caption"), done: evil("done"), leftOpen: evil("left"), signer: evil("signer"),
    role: "<b>boss</b>",
  });
  await link.organisation.manager.call("PATCH", `/v1/users/${link.person.id}`, { name: "<svg/onload=hacked=1> Li" });
  const customer = await Customer.open(link.path);
  await customer.page.getByText(customer.say(visitWords.sheet)).click();
  await customer.field(answerWords.complaint).fill(evil("complaint"));
  await customer.press(answerWords.sendComplaint);
  await customer.sees(customer.say(answerWords.thanks));
  for (const place of ["title", "done", "left", "signer", "complaint"]) await customer.sees(evil(place));
  await customer.page.getByText("<svg/onload=hacked=1>", { exact: false }).first().waitFor();
  await customer.page.locator(".customer-photos button").last().click();
  await customer.sees(evil("caption"));
  expect(await customer.page.locator("main :is(script, svg, b)").count()).toBe(0);
  expect(await customer.page.locator("main img").evaluateAll((all) => all.map((each) => each.getAttribute("src")))).not.toContain("x");
  expect(await customer.page.evaluate(() => "hacked" in globalThis)).toBe(false);
  expect(customer.complaints).toEqual([]);
});

test("says of a photo that was removed by the rules that it is gone", async () => {
  const link = await CustomerLink.create("en");
  const customer = await Customer.open(link.path, "en");
  await removePictures(customer.page, /\/v1\/shared\/[^/]+$/);
  await customer.page.reload();
  const removed = customer.page.locator(".customer-photo-removed");
  await removed.first().waitFor();
  expect(await removed.count()).toBe(2);
  expect(await removed.first().textContent()).toMatch(/Removed on .*2026|Removed on .*Mar/);
  expect(await customer.page.locator(".customer-photos img").count()).toBe(0);
  expect(customer.complaints).toEqual([]);
});

test("says why nothing is shown", async () => {
  const link = await CustomerLink.create("en");
  const customer = await Customer.open(link.path);
  await customer.sees(customer.say(visitWords.visits));
  await link.technician.call("DELETE", `/v1/links/${link.id}`);
  await customer.press(pageWords.refresh);
  await customer.sees(customer.say(pageWords.unknown));
  expect(await customer.page.getByText(link.number).count(), "what was shown is gone").toBe(0);
  for (const path of ["/c/unknown", `${link.path}x`, "/c/%3Cscript%3E"]) {
    const other = await Customer.open(path, "zh");
    await other.sees(other.say(pageWords.unknown));
    if (path === "/c/unknown") await other.picture("unknown");
  }
});

test("keeps showing the work while the network is away", async () => {
  const link = await CustomerLink.create("en");
  const customer = await Customer.open(link.path);
  await customer.sees(link.number);
  await customer.page.context().setOffline(true);
  await customer.press(pageWords.refresh);
  await customer.sees(customer.say(pageWords.noNetwork));
  await customer.sees(link.number);
  await customer.page.context().setOffline(false);
  await customer.press(pageWords.tryAgain);
  await expect.poll(() => customer.page.getByText(customer.say(pageWords.noNetwork)).count()).toBe(0);
});

test("is small, asks only its own server and tells nobody its address", async () => {
  const link = await CustomerLink.create("en");
  const customer = await Customer.open(link.path);
  await customer.sees(link.number);
  const origin = new URL(service.public_url).origin;
  let bytes = 0;
  for (const request of customer.requests) {
    expect(new URL(request.url()).origin).toBe(origin);
    expect((await request.allHeaders()).referer, request.url()).toBeUndefined();
    if (!new URL(request.url()).pathname.startsWith("/v1/")) bytes += (await request.sizes()).responseBodySize;
  }
  expect(bytes).toBeGreaterThan(5_000);
  expect(bytes).toBeLessThan(FIRST_LOAD_MAX_BYTES);
  console.log(`customer's page: ${bytes} bytes`);
});
