/**
 * Text as the server takes it. Dictation and pasting bring carriage returns and control characters, and a
 * length limit can cut an emoji in half; none of that is meant.
 */
export function cleanText(text: string): string {
  return (
    text
      .replace(/\r\n?/g, "\n")
      .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, "")
      .replace(/\p{Surrogate}/gu, "\ufffd")
      .trim()
  );
}

/** The text, or null when there is none. */
export const cleanTextOrNull = (text: string | null | undefined): string | null => cleanText(text ?? "") || null;
