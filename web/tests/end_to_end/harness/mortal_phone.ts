/** A phone of its own, whose browser can be killed: what it has stored is there when it is switched on again. */
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { type BrowserContext, type BrowserContextOptions, chromium } from "playwright-core";
import { goodNetwork, lendPhone, phoneOptions } from "./browser";
import { launchOptions } from "./chromium";
import { service } from "./service";

export class MortalPhone {
  readonly #folder = mkdtempSync(`${service.folder}/phone-`);
  readonly #options: BrowserContextOptions;
  #context: BrowserContext | null = null;

  constructor(options: BrowserContextOptions = {}) {
    this.#options = options;
  }

  async switchOn(): Promise<BrowserContext> {
    await goodNetwork();
    const options = { ...phoneOptions(), ...this.#options };
    this.#context = await chromium.launchPersistentContext(this.#folder, { ...launchOptions(service.film), ...options });
    return lendPhone(this.#context, options);
  }

  /** Ends the browser at once, wherever it is. */
  async kill(): Promise<void> {
    const gone = once(this.#context!, "close");
    process.kill(this.#processId(), "SIGKILL");
    await gone;
  }

  /** The browser's own process: those that it started have a --type. */
  #processId(): number {
    for (const id of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
      const words = commandOf(id);
      if (words.includes(`--user-data-dir=${this.#folder}`) && !words.some((word) => word.startsWith("--type="))) {
        return Number(id);
      }
    }
    throw new Error("the browser does not run");
  }
}

function commandOf(processId: string): string[] {
  try {
    // Chromium writes its children's with blanks instead of NULs.
    return readFileSync(`/proc/${processId}/cmdline`, "utf8").split(/[\0 ]/);
  } catch {
    return [];
  }
}
