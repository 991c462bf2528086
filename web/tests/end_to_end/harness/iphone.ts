/** Safari's engine with an iPhone's name and size: what Debian has of it. No window is needed, and no desktop. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { languageTag, t, type Word } from "../../../shared/i18n/i18n";
import { goodNetwork, PICTURES, takesPictures } from "./browser";
import { type Language, PLACE } from "./organisation";
import { service } from "./service";
import { type ElementReference, until, WebDriver } from "./web_driver";

const BROWSER = fileURLToPath(new URL("webkit_browser.py", import.meta.url));
const DRIVER = "/usr/bin/WebKitWebDriver";

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as { port: number };
  probe.close();
  await once(probe, "close");
  return port;
}

/** A process that ends with this one, however this one ends. */
function spawnMortal(program: string, words: string[], environment: NodeJS.ProcessEnv, output: "pipe" | "ignore"): ChildProcess {
  if (!existsSync(program)) throw new Error(`${program} is not there; run script/bootstrap`);
  return spawn("setpriv", ["--pdeathsig", "KILL", program, ...words], {
    env: environment, stdio: ["ignore", "ignore", "ignore", output],
  });
}

/** The screen that nobody looks at, and the driver. */
export class Laboratory {
  private constructor(
    readonly address: string,
    readonly environment: NodeJS.ProcessEnv,
    readonly processes: readonly ChildProcess[],
  ) {}

  static async open(): Promise<Laboratory> {
    const display = spawnMortal("/usr/bin/Xvfb", ["-displayfd", "3", "-screen", "0", "1280x1000x24", "-nolisten", "tcp"], process.env, "pipe");
    let number = "";
    for await (const line of createInterface({ input: display.stdio[3] as NodeJS.ReadableStream })) {
      number = line;
      break;
    }
    const environment: NodeJS.ProcessEnv = {
      ...process.env, DISPLAY: `:${number}`, GDK_BACKEND: "x11", NO_AT_BRIDGE: "1", GSETTINGS_BACKEND: "memory",
    };
    const port = await freePort();
    const driver = spawnMortal(DRIVER, ["-p", String(port)], environment, "ignore");
    const address = `http://127.0.0.1:${port}`;
    await until("the driver", () => fetch(`${address}/status`).then((answer) => answer.ok, () => false));
    return new Laboratory(address, environment, [driver, display]);
  }

  async close(): Promise<void> {
    for (const child of this.processes) {
      const ended = once(child, "exit");
      child.kill();
      await ended;
    }
  }
}

function readProcess(id: number, file: "cmdline" | "stat"): string {
  try {
    return readFileSync(`/proc/${id}/${file}`, "utf8");
  } catch {
    return "";
  }
}

/** By its state: "123 (name) S …". */
const isRunning = (id: number): boolean => /\) [^ZX]/.test(readProcess(id, "stat"));

/** Whose command has this word. */
function processWith(word: string): number {
  const ids = readdirSync("/proc").filter((name) => /^\d+$/.test(name)).map(Number);
  const found = ids.find((id) => readProcess(id, "cmdline").split("\0").includes(word));
  if (found === undefined) throw new Error(`no process has ${word}`);
  return found;
}

/** Finds what can be seen and used, in the page: by what it is and what it says. */
const FIND = String((kind: "button" | "link" | "field" | "file" | "text", text: string) => {
  const plain = (given: string | null | undefined) => (given ?? "").replace(/\s+/g, " ").trim();
  const open = [...document.querySelectorAll("dialog[open]")].at(-1) ?? document;
  const isSeen = (element: Element) => element.getClientRects().length > 0 && getComputedStyle(element).visibility === "visible";
  const labelled = (element: HTMLInputElement) => [...(element.labels ?? [])].map((label) => plain(label.textContent));
  const all = (selector: string) => [...open.querySelectorAll(selector)];
  const named = (element: Element) => plain(element.getAttribute("aria-label") ?? element.textContent);
  if (kind === "button") return all("button").find((each) => isSeen(each) && named(each) === text && !(each as HTMLButtonElement).disabled);
  if (kind === "link") return all("a").find((each) => isSeen(each) && named(each) === text);
  if (kind === "text") {
    return all("*").find((each) => plain(each.textContent) === text && isSeen(each));
  }
  const inputs = all("input, textarea, select") as HTMLInputElement[];
  const fits = (each: HTMLInputElement) => (each.type === "file") === (kind === "file");
  return inputs.find((each) => fits(each) && (labelled(each).some((label) => label.startsWith(text)) || each.ariaLabel === text));
});

export interface IphoneOptions {
  language: Language;
  /** The position is denied. */
  isNowhere?: boolean;
  /** What is stored is gone with the window. */
  isPrivate?: boolean;
}

export class Iphone {
  readonly #laboratory: Laboratory;
  readonly #options: IphoneOptions;
  readonly #folder = mkdtempSync(`${service.folder}/iphone-`);
  #driver: WebDriver | null = null;

  constructor(laboratory: Laboratory, options: IphoneOptions) {
    this.#laboratory = laboratory;
    this.#options = options;
  }

  async switchOn(): Promise<void> {
    await goodNetwork();
    const { language, isNowhere, isPrivate } = this.#options;
    const position = isNowhere ? "denied" : `${PLACE.latitude},${PLACE.longitude},8`;
    this.#driver = await WebDriver.open(this.#laboratory.address, {
      "webkitgtk:browserOptions": { binary: BROWSER, args: [isPrivate ? "-" : this.#folder, position, languageTag(language)] },
    });
  }

  get driver(): WebDriver {
    if (!this.#driver) throw new Error("the phone is switched off");
    return this.#driver;
  }

  /** As when the battery is pulled: nothing gets a chance to tidy up. */
  async die(): Promise<void> {
    const driver = this.driver;
    this.#driver = null;
    const id = processWith(this.#folder);
    process.kill(id, "SIGKILL");
    await until("the browser's end", async () => !isRunning(id));
    // The driver only has to forget it.
    await driver.close().catch(() => {});
  }

  async switchOff(): Promise<void> {
    const driver = this.#driver;
    this.#driver = null;
    await driver?.close();
  }

  /** The errors that the page had since it was loaded, and what the content-security policy did not let it do. */
  complaints(): Promise<string[]> {
    return this.driver.run<string[]>("() => window.complaints");
  }

  say = (word: Word, values: Record<string, string | number> = {}): string => t(word, values, this.#options.language);

  async open(path: string): Promise<void> {
    await this.driver.goTo(service.public_url + path);
  }

  async #find(kind: "button" | "link" | "field" | "file" | "text", text: string): Promise<ElementReference | null> {
    return this.driver.run<ElementReference | null>(FIND, kind, text);
  }

  async #use(kind: "button" | "link" | "field" | "file", text: string, act: (element: ElementReference) => Promise<void>): Promise<void> {
    await until(`${kind} “${text}”`, async () => {
      const element = await this.#find(kind, text);
      if (!element) return null;
      // The driver scrolls no further than to the edge, where the bar below covers it.
      await this.driver.run(`(each) => each.scrollIntoView({ block: "center" })`, element);
      await act(element);
      return element;
    });
  }

  /** Waits until the text can be seen, the whole of it. */
  async sees(text: string): Promise<void> {
    await until(`“${text}”`, () => this.#find("text", text));
  }

  press(text: string): Promise<void> {
    return this.#use("button", text, (element) => this.driver.click(element));
  }

  follow(text: string): Promise<void> {
    return this.#use("link", text, (element) => this.driver.click(element));
  }

  fill(label: string, text: string): Promise<void> {
    return this.#use("field", label, (element) => this.driver.type(element, text));
  }

  /** Ticks a box, or chooses among several; the control itself is often unseen. */
  choose(label: string): Promise<void> {
    return this.#use("field", label, (element) => this.driver.run("(control) => control.click()", element));
  }

  chooseFile(label: string, path: string): Promise<void> {
    return this.#use("file", label, (element) => this.driver.type(element, path));
  }

  /** Waits until the app is on the phone: from now on it opens without a network. */
  async isKept(): Promise<void> {
    await until("the app to be kept", () => this.driver.run<boolean>("() => navigator.serviceWorker.controller !== null"));
  }

  /** Something like a name. */
  async sign(): Promise<void> {
    const box = await until("what to sign on", () =>
      this.driver.run<{ x: number; y: number; width: number; height: number } | null>(
        `() => document.querySelector("dialog[open] canvas")?.getBoundingClientRect().toJSON() ?? null`,
      ),
    );
    for (const [from, to] of [[0.2, 0.45], [0.5, 0.8]] as const) {
      const steps = Array.from({ length: 9 }, (_, step) => ({
        x: box.x + box.width * (from + ((to - from) * step) / 8), y: box.y + box.height * (step % 2 ? 0.7 : 0.35),
      }));
      await this.driver.drawLine(steps);
    }
  }

  async takePicture(name: string): Promise<void> {
    if (!takesPictures) return;
    mkdirSync(`${PICTURES}webkit`, { recursive: true });
    writeFileSync(`${PICTURES}webkit/${name}.png`, await this.driver.picture());
  }
}

/** So that a photo can be chosen. */
export function keepFile(name: string, bytes: Buffer): string {
  const path = `${mkdtempSync(`${service.folder}/files-`)}/${name}`;
  writeFileSync(path, bytes);
  return path;
}
