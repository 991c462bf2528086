import { useEffect, useState } from "preact/hooks";

/** Typing is over when nothing was typed for this long. */
const PAUSE_MS = 250;

/** The text as it was when the typing last paused, without blanks around it. */
export function useLater(text: string): string {
  const [settled, setSettled] = useState(text.trim());
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text.trim()), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
