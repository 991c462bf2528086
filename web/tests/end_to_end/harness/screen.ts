/** A screen on a desk or on a phone's browser: when it has settled, what it complains of, what sticks out. */
import type { Page, Request } from "playwright-core";

/** What a page must never do, gathered while it is used. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  // A violation of the content-security policy is an error of the console, too.
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(`${message.text()} ${message.location().url}`);
  });
  return complaints;
}

/** Tells when a page has everything it asked the server for. Streams, which never end, count as there once they begin. */
export class Requests {
  readonly #open = new Set<Request>();
  #quietSince = Date.now();

  constructor(private readonly page: Page) {
    const end = (request: Request) => {
      if (this.#open.delete(request)) this.#quietSince = Date.now();
    };
    page.on("request", (request) => this.#open.add(request));
    page.on("requestfinished", end);
    page.on("requestfailed", end);
    page.on("response", (response) => {
      if (response.headers()["content-type"]?.startsWith("text/event-stream")) end(response.request());
    });
  }

  /** Waits until nothing is asked for, no part says that it is busy, and every picture in sight is drawn. */
  async settle(): Promise<void> {
    const deadline = Date.now() + 60_000;
    while (this.#open.size > 0 || Date.now() - this.#quietSince < 60) {
      if (Date.now() > deadline) throw new Error(`still open: ${[...this.#open].map((request) => request.url()).join(" ")}`);
      await new Promise((resolve) => setTimeout(resolve, 15));
    }
    await this.page.waitForFunction(() => !document.querySelector("[aria-busy=true]"));
    await this.page.evaluate(async () => {
      const inSight = [...document.images].filter((image) => image.getBoundingClientRect().top < innerHeight && image.src !== "");
      await Promise.all(inSight.map((image) => image.decode().catch(() => undefined)));
    });
  }
}

/** What makes the page wider than its window: nobody should have to scroll to the side. */
export function tooWide(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const isClipped = (each: Element): boolean =>
      each.parentElement !== null && (getComputedStyle(each.parentElement).overflowX !== "visible" || isClipped(each.parentElement));
    const widest = [...document.body.querySelectorAll("*")]
      .filter((each) => each.getBoundingClientRect().right > clientWidth + 0.5 && !isClipped(each))
      .slice(0, 5)
      .map((each) => `<${each.tagName.toLowerCase()} class="${each.getAttribute("class") ?? ""}">`);
    return [`the page is ${scrollWidth - clientWidth} px too wide: ${widest.join(" ")}`];
  });
}
