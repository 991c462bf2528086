/** What a technician does, in a technician's words. */
import type { BrowserContext, Locator, Page } from "playwright-core";
import type { PhotoRole } from "../../../phone/local/types";
import { atSite } from "../../../phone/words/at_site";
import { roles } from "../../../shared/words/roles";
import { camera, scanner } from "../../../phone/words/camera";
import { common } from "../../../phone/words/common";
import { enrol } from "../../../phone/words/enrol";
import { logIn as logInWords } from "../../../phone/words/log_in";
import { outbox } from "../../../phone/words/outbox";
import { sheet } from "../../../phone/words/sheet";
import { sign, signed } from "../../../phone/words/sign";
import { today } from "../../../phone/words/today";
import { t, type Word } from "../../../shared/i18n/i18n";
import { findPositionAgain, newPhone } from "./browser";
import { PASSWORD, type Person } from "./organisation";

export interface SheetText {
  done: string;
  leftOpen: string;
  plan: string;
}

export const SHEET: SheetText = { done: "更换接触器，清洗冷凝器。", leftOpen: "库门密封条老化", plan: "下周更换密封条" };
export const CUSTOMER = { name: "王芳", role: "门店经理" };

export class Technician {
  private constructor(
    readonly person: Person,
    readonly phone: BrowserContext,
    readonly page: Page,
  ) {}

  /** The same person, with the app opened anew on a phone that was switched on again. */
  async reopen(phone: BrowserContext): Promise<Technician> {
    return Technician.open(this.person, phone);
  }

  /** Opens the app on a phone, by default a new one. */
  static async open(person: Person, phone?: BrowserContext): Promise<Technician> {
    const context = phone ?? (await newPhone({ locale: person.language === "zh" ? "zh-CN" : "en-GB" }));
    const page = context.pages()[0] ?? (await context.newPage());
    await page.goto("/app/");
    return new Technician(person, context, page);
  }

  /** One of the app's own words, in the language the technician reads. */
  say(word: Word, values: Record<string, string | number> = {}): string {
    return t(word, values, this.person.language);
  }

  async press(word: Word, within: Page | Locator = this.page, before = ""): Promise<void> {
    await within.getByRole("button", { name: before + this.say(word), exact: true }).click();
  }

  /** What is open above the screen. */
  get dialog(): Locator {
    return this.page.getByRole("dialog").last();
  }

  /** Waits until the text can be seen, the whole of it. */
  async sees(text: string | RegExp, within: Page | Locator = this.page): Promise<void> {
    await within.getByText(text, { exact: true }).first().waitFor();
  }

  async logIn(password = PASSWORD): Promise<void> {
    const field = (word: Word) => this.page.getByRole("textbox", { name: this.say(word), exact: true });
    await field(logInWords.organisation).fill(this.person.organisation);
    await field(logInWords.name).fill(this.person.logIn);
    await field(logInWords.password).fill(password);
    await this.press(logInWords.submit);
  }

  /** Follows the link in the code that the manager shows. */
  async enrol(link: string): Promise<void> {
    await this.page.goto(`/app/${new URL(link).hash}`);
    await this.press(enrol.begin);
  }

  /** Asks for the day anew, until it has this work order. */
  async refreshDay(title: string): Promise<void> {
    await this.press(today.refresh);
    await this.page.getByRole("heading", { name: title, exact: true }).waitFor();
  }

  /** Opens a work order of today's list. */
  async openWork(title: string): Promise<void> {
    await findPositionAgain(this.phone);
    const link = new RegExp(`^(${this.say(today.open)}|${this.say(today.goOn)}) ${title}$`);
    await this.page.getByRole("link", { name: link }).click();
  }

  async checkIn(): Promise<void> {
    await findPositionAgain(this.phone);
    await this.press(atSite.checkIn);
    await this.sees(this.say(atSite.savedArrival));
  }

  /** Takes one photo of each role with the camera in the app. */
  async takePhotos(...wanted: PhotoRole[]): Promise<void> {
    await this.press(atSite.photo);
    for (const role of wanted) await this.takePhoto(role);
    await findPositionAgain(this.phone);
    await this.press(camera.finish, this.dialog);
    await this.sees(this.say(atSite.savedProgress));
  }

  /** With the camera open. */
  async takePhoto(role: PhotoRole): Promise<void> {
    await this.page.getByRole("radio", { name: this.say(roles[role]) }).check();
    await this.press(camera.shoot, this.dialog);
    await this.sees(this.say(camera.saved, { role: this.say(roles[role]) }), this.dialog);
  }

  /** Holds the camera at the label until it is read. */
  async scan(): Promise<void> {
    await this.press(atSite.scan);
    await this.sees(this.say(scanner.saved), this.dialog);
    await findPositionAgain(this.phone);
    await this.press(scanner.finish, this.dialog);
  }

  async openSheet(): Promise<void> {
    await this.page.getByRole("link", { name: this.say(atSite.sheet), exact: true }).click();
  }

  /** Writes the sheet of the visit, down to how the work ended. */
  async writeSheet({ done, leftOpen, plan }: SheetText = SHEET): Promise<void> {
    await this.openSheet();
    const field = (word: Word) => this.page.getByRole("textbox", { name: this.say(word), exact: true });
    await field(sheet.doneWhat).fill(done);
    // By key: the radio itself is unseen, and the page moves while what was typed is kept.
    await this.page.getByRole("radio", { name: this.say(sheet.outcomeDone), exact: true }).press(" ");
    await this.press(sheet.addLeftOpen, this.page, "+ ");
    await field(sheet.leftOpenWhat).fill(leftOpen);
    await field(sheet.plan).fill(plan);
    await this.sees(`✓ ${this.say(sheet.saved)}`);
  }

  /** Hands the phone to the customer, who reads and signs; says what the screen gave as the document's SHA-256. */
  async letCustomerSign({ name, role } = CUSTOMER): Promise<string> {
    await this.press(sheet.show);
    // The customer reads Chinese, whatever the technician does.
    const say = (word: Word) => t(word, {}, "zh");
    const button = (word: Word) => this.page.getByRole("button", { name: say(word), exact: true });
    await this.page.getByRole("textbox", { name: say(sign.name), exact: true }).fill(name);
    await this.page.getByRole("textbox", { name: say(sign.role), exact: true }).fill(role);
    await this.page.getByRole("radio", { name: t(sign.stars, { count: 5 }, "zh") }).check({ force: true });
    const digest = await this.page.getByTestId("digest").filter({ hasText: /^[0-9a-f]{64}$/ }).innerText();
    await button(sign.openPad).click();
    await this.draw(this.page.locator("canvas"));
    await button(sign.padDone).click();
    await button(sign.confirm).click();
    await this.sees(t(signed.thanks, { name }, "zh"));
    return digest;
  }

  /** Something like a name, with a finger that does not hurry. */
  async draw(pad: Locator): Promise<void> {
    await pad.waitFor();
    const box = await pad.boundingBox();
    if (!box) throw new Error("there is nothing to draw on");
    const { mouse } = this.page;
    for (const [from, to] of [[0.2, 0.45], [0.5, 0.8]] as const) {
      await mouse.move(box.x + box.width * from, box.y + box.height * 0.3);
      await mouse.down();
      for (let step = 1; step <= 8; step++) {
        const x = from + ((to - from) * step) / 8;
        await mouse.move(box.x + box.width * x, box.y + box.height * (step % 2 ? 0.7 : 0.35), { steps: 3 });
      }
      await mouse.up();
    }
  }

  async backToVisit(): Promise<void> {
    await this.page.getByRole("link", { name: this.say(signed.toVisit) }).first().click();
  }

  async checkOut(): Promise<void> {
    await findPositionAgain(this.phone);
    await this.press(atSite.leave);
    await this.press(atSite.leaveAnyway, this.dialog);
    await this.sees(this.say(atSite.savedDeparture));
  }

  /** Waits until the app is on the phone: from now on it opens without a network. */
  async appIsKept(): Promise<void> {
    await this.page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  }

  /** The phone tells the app that there is a network again. */
  async networkReturns(): Promise<void> {
    await this.page.evaluate(() => void dispatchEvent(new Event("online")));
  }

  /** How many items wait for a network, by the number beside the outbox. */
  async countUnsent(): Promise<number> {
    await this.page.goto("/app/#/outbox");
    await this.page.getByRole("group").first().waitFor();
    return this.page.locator(".outbox-item:not([data-state=safe])").count();
  }

  /** Goes to one of the three main screens. */
  async goTo(screen: "today" | "outbox" | "settings"): Promise<void> {
    await this.page.getByRole("navigation").getByRole("link", { name: this.say(common[screen]) }).click();
  }

  /** Looks into the outbox until everything is on the server. */
  async waitUntilAllIsSent(): Promise<void> {
    await this.page.goto("/app/#/outbox");
    await this.sees(this.say(outbox.empty));
  }

  /** SHA-256 of the photos' bytes as they lie in the phone's database, by photo id. */
  async photosOnPhone(): Promise<Record<string, string>> {
    return this.page.evaluate(async () => {
      const opening = indexedDB.open("fieldproof");
      await new Promise((resolve) => opening.addEventListener("success", resolve));
      const store = opening.result.transaction("photo_bytes").objectStore("photo_bytes");
      const [keys, contents] = [store.getAllKeys(), store.getAll()];
      await new Promise((resolve) => contents.addEventListener("success", resolve));
      opening.result.close();
      const hashes: Record<string, string> = {};
      for (const [i, key] of keys.result.entries()) {
        const digest = await crypto.subtle.digest("SHA-256", (contents.result[i] as { content: ArrayBuffer }).content);
        hashes[String(key)] = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
      }
      return hashes;
    });
  }
}
