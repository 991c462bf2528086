/** Starts what all tests share, before the first of them: the server, and a browser. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import type { TestProject } from "vitest/node";
import { sharedOptions } from "./chromium";
import { LABEL, makeFilm } from "./film";
import { freePort } from "./free_port";

/** What the tests know of the server, and of the browser. */
export interface Service {
  server_url: string;
  /** Where browsers reach it: the network of network.ts. */
  public_url: string;
  operator_token: string;
  control_url: string;
  /** A folder of this run, removed at its end. */
  folder: string;
  log_path: string;
  film: string;
  /** The browser that most tests share. */
  browser: string;
}

declare module "vitest" {
  export interface ProvidedContext {
    service: Service;
  }
}

async function firstLine(child: ChildProcess): Promise<string> {
  for await (const line of createInterface({ input: child.stdout! })) return line;
  throw new Error("the server for the browser tests did not start; see above");
}

export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const publicUrl = `http://127.0.0.1:${await freePort()}`;
  const script = fileURLToPath(new URL("../serve.py", import.meta.url));
  const child = spawn("/usr/bin/python3", [script, publicUrl], { stdio: ["pipe", "pipe", "inherit"] });
  const started = JSON.parse(await firstLine(child)) as Service;
  const film = `${started.folder}/film.y4m`;
  makeFilm(film, LABEL);
  const browser = await chromium.launchServer(sharedOptions(film));
  project.provide("service", { ...started, public_url: publicUrl, film, browser: browser.wsEndpoint() });
  return async () => {
    const ended = once(child, "exit");
    await browser.close();
    child.stdin.end();
    await ended;
  };
}
