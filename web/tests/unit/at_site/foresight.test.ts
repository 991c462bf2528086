import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { fromWgs84, toWgs84 } from "../../../shared/site/datum";
import type { Fence } from "../../../shared/site/fence";
import { type FixPolicy, type FixToJudge, foresee } from "../../../phone/at_site/foresight";
import { distanceM } from "../../../shared/site/geodesic";
import { defaultPolicy } from "../../../phone/at_site/policy";

type Pair = [number, number];
interface Site {
  position: Pair;
  radius_m: number | null;
  rings: Pair[][] | null;
}
interface Case {
  name: string;
  site: string;
  entry_accuracy_m?: number;
  thresholds?: Partial<FixPolicy["thresholds"]>;
  verdicts?: Partial<FixPolicy["verdicts"]>;
  fix: { at: Pair; accuracy_m: number | null; age_s: number } | null;
  verdict: string;
  findings: ({ code: string; explained?: boolean } & Record<string, unknown>)[];
}

const repository = new URL("../../../../", import.meta.url);
const read = (name: string) => readFileSync(new URL(name, repository), "utf8");
const { sites, cases } = JSON.parse(read("tests/evidence/fix_judgements.json")) as {
  sites: Record<string, Site | null>;
  cases: Case[];
};

const NOON = Date.parse("2026-11-21T12:00:00Z");
const at = ([latitude, longitude]: Pair) => ({ latitude, longitude });

function fenceOf(name: string): Fence | null {
  const site = sites[name];
  if (site === undefined) throw new Error(`no site ${name}`);
  if (site === null) return null;
  return site.rings
    ? { kind: "polygons", polygons: [site.rings.map((ring) => ring.map(at))] }
    : { kind: "circle", centre: at(site.position), radius_m: site.radius_m ?? NaN };
}

function fixOf({ fix }: Case): FixToJudge | null {
  if (!fix) return null;
  const { accuracy_m, age_s } = fix;
  return { position: at(fix.at), accuracy_m, fix_at_ms: NOON - age_s * 1000, captured_at_ms: NOON };
}

describe("the phone foresees what tests/evidence/test_fix_judgements.c holds the server to:", () => {
  for (const example of cases) {
    test(example.name, () => {
      const policy: FixPolicy = {
        thresholds: { ...defaultPolicy.thresholds, ...example.thresholds },
        verdicts: { ...defaultPolicy.verdicts, ...example.verdicts },
      };
      const site = { fence: fenceOf(example.site), entry_accuracy_m: example.entry_accuracy_m ?? null };
      const { verdict, findings } = foresee(fixOf(example), site, policy);
      expect(findings.map(({ code, explained }) => [code, explained])).toEqual(
        example.findings.map(({ code, explained }) => [code, explained ?? false]),
      );
      expect(verdict).toBe(example.verdict);
      example.findings.forEach((expected, i) => {
        for (const [name, value] of Object.entries(expected)) {
          if (typeof value === "number") expect(findings[i]?.numbers[name], name).toBeCloseTo(value, 2);
        }
      });
    });
  }
});

describe("the default policy is that of docs/evidence-rules.md", () => {
  const rows = read("docs/evidence-rules.md")
    .split("\n")
    .filter((line) => line.startsWith("| `"))
    .map((line) => line.split("|").map((cell) => cell.trim().replaceAll("`", "")));

  for (const [name, value] of Object.entries(defaultPolicy.thresholds)) {
    test(name, () => {
      const row = rows.find((cells) => cells[1] === name);
      expect(Number.parseFloat(row?.[2] ?? "")).toBe(value);
    });
  }
  for (const [code, effect] of Object.entries(defaultPolicy.verdicts)) {
    test(code, () => expect(rows.find((cells) => cells[1] === code)?.[3]).toBe(effect));
  }
});

describe("datums", () => {
  const shanghai = { latitude: 31.2304, longitude: 121.4737 };
  test("are undone to the micrometre", () => {
    for (const datum of ["gcj02", "bd09"] as const) {
      const shifted = fromWgs84(datum, shanghai);
      expect(distanceM(shanghai, shifted)).toBeGreaterThan(100);
      expect(distanceM(toWgs84(datum, shifted), shanghai)).toBeLessThan(1e-5);
    }
  });
  test("are the same outside of the rectangle", () => {
    const munich = { latitude: 48.1372, longitude: 11.5756 };
    expect(fromWgs84("bd09", munich)).toEqual(munich);
    expect(toWgs84("gcj02", munich)).toEqual(munich);
  });
});
