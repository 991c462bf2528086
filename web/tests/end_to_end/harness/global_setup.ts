/** Starts the server before the first test and waits for its end after the last. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { TestProject } from "vitest/node";

/** What the tests know of the server. */
export interface Service {
  server_url: string;
  /** Where browsers reach it: the network of network.ts. */
  public_url: string;
  operator_token: string;
  control_url: string;
  /** A folder of this run, removed at its end. */
  folder: string;
  log_path: string;
}

declare module "vitest" {
  export interface ProvidedContext {
    service: Service;
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as { port: number };
  probe.close();
  await once(probe, "close");
  return port;
}

async function firstLine(child: ChildProcess): Promise<string> {
  for await (const line of createInterface({ input: child.stdout! })) return line;
  throw new Error("the server for the browser tests did not start; see above");
}

export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const publicUrl = `http://127.0.0.1:${await freePort()}`;
  const script = fileURLToPath(new URL("../serve.py", import.meta.url));
  const child = spawn("/usr/bin/python3", [script, publicUrl], { stdio: ["pipe", "pipe", "inherit"] });
  project.provide("service", { ...JSON.parse(await firstLine(child)), public_url: publicUrl });
  return async () => {
    const ended = once(child, "exit");
    child.stdin.end();
    await ended;
  };
}
