/** What a corrected sheet says otherwise than the version before it. Pure. */
import { listed } from "../../shared/i18n/i18n";
import type { Schema } from "../../shared/api/types";

export type Content = Schema<"SheetContent">;
export type Block = keyof Content;

export const BLOCKS: readonly Block[] = ["open_before", "done", "left_open", "parts"];

/** A line that stands in one version only. */
export interface Change {
  readonly block: Block;
  readonly is: "added" | "removed";
  readonly text: string;
}

type Line = Content[Block][number];

/** A line of a block as one text; two lines are the same when their texts are. */
export function lineText(line: Line): string {
  if (typeof line === "string") return line;
  if ("plan" in line) return listed([line.what, line.plan, line.due_at], " – ");
  if ("quantity" in line) return listed([line.name, line.number, `${line.quantity} ${line.unit}`]);
  return listed([line.what, line.cause, line.remedy], " – ");
}

/** The longest run of lines that both have, in order: row i, column j holds it for before[i…] and after[j…]. */
function commonLengths(before: readonly string[], after: readonly string[]): number[][] {
  const lengths = Array.from({ length: before.length + 1 }, () => new Array<number>(after.length + 1).fill(0));
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      const here = lengths[i] as number[];
      const below = lengths[i + 1] as number[];
      here[j] = before[i] === after[j] ? (below[j + 1] as number) + 1 : Math.max(below[j] as number, here[j + 1] as number);
    }
  }
  return lengths;
}

/** A line as it stands in each version; null: it stands in the other one only. */
export interface Row {
  readonly before: string | null;
  readonly after: string | null;
}

/** Line beside line. Lines that were replaced stand beside those that replace them. */
export function rowsOf(before: readonly string[], after: readonly string[]): Row[] {
  const lengths = commonLengths(before, after);
  const rows: Row[] = [];
  let removed: string[] = [];
  let added: string[] = [];
  const flush = () => {
    for (let k = 0; k < Math.max(removed.length, added.length); k++) rows.push({ before: removed[k] ?? null, after: added[k] ?? null });
    removed = [];
    added = [];
  };
  let i = 0;
  let j = 0;
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && before[i] === after[j]) {
      flush();
      rows.push({ before: before[i++] as string, after: after[j++] as string });
    } else if (j >= after.length || (i < before.length && (lengths[i + 1]?.[j] ?? 0) >= (lengths[i]?.[j + 1] ?? 0))) {
      removed.push(before[i++] as string);
    } else {
      added.push(after[j++] as string);
    }
  }
  flush();
  return rows;
}

/** A block's lines as texts. */
export const contentLines = (content: Content, block: Block): string[] => content[block].map(lineText);

function changesOfBlock(block: Block, before: Content, after: Content): Change[] {
  const changed = rowsOf(contentLines(before, block), contentLines(after, block)).filter((row) => row.before !== row.after);
  return changed.flatMap((row): Change[] => [
    ...(row.before === null ? [] : [{ block, is: "removed" as const, text: row.before }]),
    ...(row.after === null ? [] : [{ block, is: "added" as const, text: row.after }]),
  ]);
}

/** What was taken out and what came in, block by block, in the order of the sheet. */
export function sheetChanges(before: Content, after: Content): Change[] {
  return BLOCKS.flatMap((block) => changesOfBlock(block, before, after));
}
