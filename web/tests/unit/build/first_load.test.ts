// What a phone loads before anything is scanned, measured on the built files.
import { readdirSync, readFileSync } from "node:fs";
import { brotliCompressSync } from "node:zlib";
import { expect, test } from "vitest";
import { filesOf } from "../../../build_steps/service_worker";

const dist = new URL("../../../dist/", import.meta.url);
const read = (name: string) => readFileSync(new URL(name, dist));
const MOST_BYTES = 150_000;

/** The files that the service worker keeps: all screens, not only the first. */
function shellFiles(): string[] {
  const files = /files:\s*(\[[^\]]*\])/.exec(read("sw.js").toString())?.[1];
  return JSON.parse(files ?? "[]") as string[];
}

test("all JavaScript of the phone app, service worker included, is at most 150 KB compressed", () => {
  // As phones get it: every browser that has service workers takes brotli over HTTPS.
  const scripts = [...shellFiles().filter((name) => name.endsWith(".js")), "sw.js"];
  expect(scripts.length).toBeGreaterThan(5);
  const sizes = scripts.map((name) => [name, brotliCompressSync(read(name)).length] as const);
  const total = sizes.reduce((sum, [, bytes]) => sum + bytes, 0);
  expect(total, sizes.map(([name, bytes]) => `${bytes} ${name}`).join("\n")).toBeLessThanOrEqual(MOST_BYTES);
});

test("the folder is flat, and the shell names only files that are there, the page's own among them", () => {
  const there = new Set(readdirSync(dist));
  const files = shellFiles();
  for (const name of files) expect(there.has(name), name).toBe(true);
  const page = read("index.html").toString();
  const used = [...page.matchAll(/(?:src|href)="\/app\/([^"]+)"/g)].map((match) => match[1] as string);
  expect(used.length).toBeGreaterThan(2);
  for (const name of used) expect(files.includes(name) || name === "index.html", name).toBe(true);
});

test("the page obeys its content-security policy: nothing inline", () => {
  const page = read("index.html").toString();
  expect(page).not.toMatch(/<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)/);
});

test("whatever a script of the shell imports is in the shell: else the app would not open offline", () => {
  const files = shellFiles();
  let count = 0;
  for (const script of files.filter((name) => name.endsWith(".js"))) {
    const imports = read(script).toString().matchAll(/(?:from|import)\s*\(?\s*["'`]\.\/([\w.-]+)["'`]/g);
    for (const [, name] of imports) {
      count++;
      expect(files, `${name}, imported by ${script}`).toContain(name);
    }
  }
  expect(count).toBeGreaterThan(10);
});

test("extra is what the code only names: workers, data; never what is imported", () => {
  const chunk = (fileName: string, change: { imports?: string[]; dynamicImports?: string[]; code?: string } = {}) =>
    [fileName, { fileName, imports: [], dynamicImports: [], css: [], assets: [], code: "", ...change }] as const;
  const chunks = new Map([
    chunk("index.js", { imports: ["scanner_url-01234567.js"], dynamicImports: ["screen.js"], code: 'import "./scanner_url-01234567.js"' }),
    chunk("scanner_url-01234567.js", { code: '"/app/scanner-01234567.js"' }),
    chunk("scanner-01234567.js", { code: 'fetch("/app/reader-01234567.wasm")' }),
    chunk("screen.js", { imports: ["index.js"], code: 'new Worker("/app/worker-01234567.js")' }),
    chunk("worker-01234567.js"),
    chunk("desk.js", { imports: ["index.js"] }),
  ]);
  const hashed = ["scanner_url-01234567.js", "scanner-01234567.js", "reader-01234567.wasm", "worker-01234567.js"];
  expect(filesOf("index.js", chunks, hashed, (name) => name.startsWith("scanner"))).toEqual({
    shell: ["index.js", "scanner_url-01234567.js", "screen.js", "worker-01234567.js"],
    extra: ["reader-01234567.wasm", "scanner-01234567.js"],
  });
});
