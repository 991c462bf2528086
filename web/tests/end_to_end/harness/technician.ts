/** What a technician does, in a technician's words. */
import type { BrowserContext, Page } from "playwright-core";
import { logIn as logInWords } from "../../../phone/words/log_in";
import { t, type Word } from "../../../shared/i18n/i18n";
import { newPhone } from "./browser";
import { PASSWORD, type Person } from "./organisation";

export class Technician {
  private constructor(
    readonly person: Person,
    readonly phone: BrowserContext,
    readonly page: Page,
  ) {}

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

  async press(word: Word, values: Record<string, string | number> = {}): Promise<void> {
    await this.page.getByRole("button", { name: this.say(word, values), exact: true }).click();
  }

  /** Waits until the text can be seen. */
  async sees(text: string | RegExp): Promise<void> {
    await this.page.getByText(text).first().waitFor();
  }

  async logIn(password = PASSWORD): Promise<void> {
    const field = (word: Word) => this.page.getByRole("textbox", { name: this.say(word), exact: true });
    await field(logInWords.organisation).fill(this.person.organisation);
    await field(logInWords.name).fill(this.person.logIn);
    await field(logInWords.password).fill(password);
    await this.press(logInWords.submit);
  }
}
