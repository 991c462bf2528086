import { useEffect, useRef, useState } from "preact/hooks";
import { Field } from "../../shared/ui/field";

interface Properties {
  label: string;
  value: string;
  onValue: (value: string) => void;
}

/** Typing is over when nothing was typed for this long. */
const PAUSE_MS = 250;

/** A search that asks once the typing pauses. */
export function SearchField({ label, value, onValue }: Properties) {
  const [typed, setTyped] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>();
  useEffect(() => setTyped(value), [value]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const type = (text: string) => {
    setTyped(text);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onValue(text.trim()), PAUSE_MS);
  };
  return <Field label={label} value={typed} onValue={type} attributes={{ type: "search", maxLength: 100, autocomplete: "off" }} />;
}
