/** What is sent of a form: texts that are empty say nothing, and of a change only what changed. */

/** Null for nothing but blanks. */
export const orNull = (text: string): string | null => text.trim() || null;

/** A number, null for an empty field; what is no number is sent as it stands, for the server to say what is wrong. */
export function numberOrNull(text: string): number | null {
  const trimmed = text.trim().replace(",", ".");
  if (trimmed === "") return null;
  const value = Number(trimmed);
  return Number.isFinite(value) ? value : (text as unknown as number);
}

/** The members of `after` that are not as they were; null: none. */
export function changesOf<Fields extends object>(before: Partial<Fields>, after: Fields): Partial<Fields> | null {
  const names = Object.keys(after) as (keyof Fields)[];
  const changed = names.filter((name) => JSON.stringify(after[name]) !== JSON.stringify(before[name] ?? null));
  return changed.length === 0 ? null : (Object.fromEntries(changed.map((name) => [name, after[name]])) as Partial<Fields>);
}

/** That nobody else was faster. */
export const ifMatch = ({ version }: { version: number }) => ({ "If-Match": `"${version}"` });
