/** One key a decision. Keys are named by the letter they print, whatever the keyboard's layout. */

export type Command = "approve" | "reject" | "retake" | "next" | "previous" | "goOn" | "undo" | "select" | "compare" | "zoom" | "filter" | "help";

export const KEYS: readonly { readonly keys: readonly string[]; readonly command: Command }[] = [
  { keys: ["a"], command: "approve" },
  { keys: ["r"], command: "reject" },
  { keys: ["t"], command: "retake" },
  { keys: ["j", "ArrowRight"], command: "next" },
  { keys: ["k", "ArrowLeft"], command: "previous" },
  { keys: ["n"], command: "goOn" },
  { keys: ["u"], command: "undo" },
  { keys: ["x"], command: "select" },
  { keys: ["b"], command: "compare" },
  { keys: ["z"], command: "zoom" },
  { keys: ["f"], command: "filter" },
  { keys: ["?"], command: "help" },
];

/** Where a person writes or chooses, letters are letters. To a box that is ticked they are nothing. */
function isWriting(target: EventTarget | null): boolean {
  const writing = "input:not([type=checkbox]), textarea, select, dialog, [contenteditable]";
  return target instanceof HTMLElement && target.closest(writing) !== null;
}

/** Arrows move a large picture about. */
const isScrolling = (target: EventTarget | null, key: string): boolean =>
  key.startsWith("Arrow") && target instanceof HTMLElement && target.closest(".desk-zoom-area") !== null;

/** What a key press asks for; null: nothing of ours. */
export function commandOf(event: KeyboardEvent): Command | null {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isWriting(event.target)) return null;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (isScrolling(event.target, key)) return null;
  return KEYS.find(({ keys }) => keys.includes(key))?.command ?? null;
}
