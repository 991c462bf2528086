// The empty tables name columns that the server reads.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { IMPORT_KINDS, templateOf } from "../../../desk/places/import_template";

const source = readFileSync(new URL("../../../../server/resources/import_kinds.c", import.meta.url), "utf8");

test.each(IMPORT_KINDS.flatMap((kind) => (["en", "zh"] as const).map((language) => [kind, language] as const)))(
  "%s, %s: each column is known, and all that are required are there",
  (kind, language) => {
    const table = new RegExp(`import_column ${kind.slice(0, -1).replace("-", "_")}_columns\\[\\] = \\{([^;]*)\\};`).exec(source)?.[1] ?? "";
    const rows = table.split("{.name").slice(1);
    const columns = templateOf(kind, language).replace("\uFEFF", "").trim().split(",");
    const rowOf = (column: string) => rows.findIndex((row) => row.includes(`"${column}"`));
    for (const column of columns) expect(rowOf(column), column).toBeGreaterThanOrEqual(0);
    const found = new Set(columns.map(rowOf));
    expect(found.size).toBe(columns.length);
    rows.forEach((row, i) => row.includes(".is_required = true") && expect(found.has(i), row).toBe(true));
  },
);
