import type { HttpRequest, HttpResponse, HttpStack } from "tus-js-client";

/** Lets tus-js-client send with fetch. Progress is known a piece at a time. */
export class FetchStack implements HttpStack {
  getName(): string {
    return "FetchStack";
  }
  createRequest(method: string, url: string): HttpRequest {
    return new FetchRequest(method, url);
  }
}

class FetchRequest implements HttpRequest {
  readonly #headers: Record<string, string> = {};
  readonly #aborter = new AbortController();
  #onProgress: ((bytesSent: number) => void) | null = null;

  constructor(
    readonly method: string,
    readonly url: string,
  ) {}

  getMethod = (): string => this.method;
  getURL = (): string => this.url;
  setHeader = (name: string, value: string): void => void (this.#headers[name] = value);
  getHeader = (name: string): string | undefined => this.#headers[name];
  setProgressHandler = (handler: (bytesSent: number) => void): void => void (this.#onProgress = handler);
  getUnderlyingObject = (): null => null;

  abort(): Promise<void> {
    this.#aborter.abort();
    return Promise.resolve();
  }

  async send(body: Blob | null = null): Promise<HttpResponse> {
    const response = await fetch(this.url, {
      method: this.method,
      headers: this.#headers,
      body,
      cache: "no-store",
      credentials: "omit",
      signal: this.#aborter.signal,
    });
    const text = await response.text();
    if (body) this.#onProgress?.(body.size);
    return {
      getStatus: () => response.status,
      getHeader: (name) => response.headers.get(name) ?? undefined,
      getBody: () => text,
      getUnderlyingObject: () => response,
    };
  }
}
