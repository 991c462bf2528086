// What the desk loads before anything is shown, measured on the built files; and that the map is not among it.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { brotliCompressSync } from "node:zlib";
import { expect, test } from "vitest";

const dist = new URL("../../../dist/", import.meta.url);
const read = (name: string) => readFileSync(new URL(name, dist), "utf8");
const MOST_BYTES = 250_000;

const scriptsOf = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map((match) => match[1] as string);
const staticImports = (name: string) => scriptsOf(read(name), /(?:^|[;}\s])(?:import|export)\s*(?:[\w*{}\s,$]+from\s*)?"\.\/([\w.-]+\.js)"/g);
const lateImports = (name: string) => scriptsOf(read(name), /import\(\s*["'`]\.\/([\w.-]+\.js)["'`]/g);

/** These scripts and all that comes with them at once. */
function closure(names: readonly string[]): Set<string> {
  const all = new Set(names);
  for (const name of all) for (const imported of staticImports(name)) all.add(imported);
  return all;
}

/** As the build has compressed them. */
const bytesOf = (names: Iterable<string>) => [...names].reduce((sum, name) => sum + compressedBytes(name), 0);
const compressedBytes = (name: string) =>
  existsSync(new URL(`${name}.br`, dist)) ? statSync(new URL(`${name}.br`, dist)).size : brotliCompressSync(read(name)).length;

const first = closure(scriptsOf(read("desk.html"), /src="\/app\/([\w.-]+\.js)"/g));
const sections = [...first].flatMap(lateImports);
const maps = readdirSync(dist).filter((name) => /^map_view-[\w-]+\.js$/.test(name));

test("the map's library is in one part of its own, which no section brings along", () => {
  expect(maps).toHaveLength(1);
  expect(read(maps[0] as string)).toContain("leaflet-container");
  expect(sections.length).toBeGreaterThan(3);
  for (const section of sections) {
    for (const name of closure([...first, section])) expect(read(name), `${name}, of ${section}`).not.toContain("leaflet-container");
  }
});

test("the charts' library is in one part of its own, which no section brings along, and which with its section stays in the budget", () => {
  const charts = readdirSync(dist).filter((name) => /^canvas-[\w-]+\.js$/.test(name));
  expect(charts).toHaveLength(1);
  expect(read(charts[0] as string)).toContain("getDatasetMeta");
  for (const section of sections) {
    for (const name of closure([...first, section])) expect(read(name), `${name}, of ${section}`).not.toContain("getDatasetMeta");
  }
  const reports = sections.find((name) => name.startsWith("reports_page-")) as string;
  expect(bytesOf(closure([...first, reports, charts[0] as string]))).toBeLessThanOrEqual(MOST_BYTES);
});

test("the desk and any one of its sections, without the map: at most 250 KB of JavaScript, compressed", () => {
  for (const section of sections) {
    const scripts = closure([...first, section]);
    const bytes = bytesOf(scripts);
    expect(bytes, `${section}: ${[...scripts].join(" ")}`).toBeLessThanOrEqual(MOST_BYTES);
  }
});
