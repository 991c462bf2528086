/** One browser, driven by the W3C WebDriver protocol: https://www.w3.org/TR/webdriver2/ */

/** The name under which an element's id travels. */
const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";
export type ElementReference = { [ELEMENT]: string };

const PATIENCE_MS = 60_000;
const LOOK_MS = 50;

/** What a driver refuses to do. `code` is the protocol's, such as "stale element reference". */
export class DriverError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(`${code}: ${message}`);
  }
}

/** Refusals that say that nothing was done: the page is not ready yet, or has just been drawn anew. */
const NOT_YET = new Set(["stale element reference", "element click intercepted", "element not interactable", "no such element"]);

/** Looks until there is something; whatever `look` throws that is not NOT_YET ends it. */
export async function until<Found>(what: string, look: () => Promise<Found | null | undefined | false>): Promise<Found> {
  const deadline = Date.now() + PATIENCE_MS;
  let why = "";
  while (Date.now() < deadline) {
    try {
      const found = await look();
      if (found) return found;
    } catch (error) {
      if (!(error instanceof DriverError) || !NOT_YET.has(error.code)) throw error;
      why = `: ${error.message}`;
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
  throw new Error(`waited in vain for ${what}${why}`);
}

export class WebDriver {
  private constructor(
    readonly address: string,
    readonly session: string,
  ) {}

  /** Starts the browser that the capabilities name. */
  static async open(address: string, capabilities: object): Promise<WebDriver> {
    const { sessionId } = await call<{ sessionId: string }>("POST", `${address}/session`, {
      capabilities: { alwaysMatch: capabilities },
    });
    return new WebDriver(address, sessionId);
  }

  async call<Value = unknown>(method: string, path: string, body?: object): Promise<Value> {
    return call<Value>(method, `${this.address}/session/${this.session}${path}`, body);
  }

  /** Runs a function's source text in the page, and resolves with what it resolves with. */
  async run<Value>(source: string, ...given: unknown[]): Promise<Value> {
    const script = `const [done, ...given] = [arguments[arguments.length - 1], ...arguments];
      Promise.resolve((${source})(...given.slice(0, -1))).then(
        (value) => done({ value }), (error) => done({ failure: String(error) }));`;
    const answer = await this.call<{ value?: Value; failure?: string }>("POST", "/execute/async", { script, args: given });
    if (answer.failure !== undefined) throw new Error(answer.failure);
    return answer.value as Value;
  }

  async goTo(url: string): Promise<void> {
    await this.call("POST", "/url", { url });
  }

  async click(element: ElementReference): Promise<void> {
    await this.call("POST", `/element/${element[ELEMENT]}/click`, {});
  }

  async type(element: ElementReference, text: string): Promise<void> {
    await this.call("POST", `/element/${element[ELEMENT]}/value`, { text });
  }

  /** Draws a line with the pointer: from the first point, which are pixels of the window, to the last. */
  async drawLine(points: readonly { x: number; y: number }[]): Promise<void> {
    const [first, ...rest] = points.map(({ x, y }) => ({ x: Math.round(x), y: Math.round(y) }));
    const move = (point: object, duration: number) => ({ type: "pointerMove", origin: "viewport", duration, ...point });
    const actions = [
      move(first ?? {}, 0), { type: "pointerDown", button: 0 }, ...rest.map((point) => move(point, 15)), { type: "pointerUp", button: 0 },
    ];
    await this.call("POST", "/actions", { actions: [{ type: "pointer", id: "pen", parameters: { pointerType: "mouse" }, actions }] });
  }

  async picture(): Promise<Buffer> {
    return Buffer.from(await this.call<string>("GET", "/screenshot"), "base64");
  }

  async close(): Promise<void> {
    await this.call("DELETE", "");
  }
}

async function call<Value>(method: string, url: string, body?: object): Promise<Value> {
  const answer = await fetch(url, {
    method, body: body === undefined ? undefined : JSON.stringify(body), signal: AbortSignal.timeout(PATIENCE_MS),
  });
  const { value } = (await answer.json()) as { value: unknown };
  if (answer.ok) return value as Value;
  const { error, message } = value as { error: string; message: string };
  throw new DriverError(error, message);
}
