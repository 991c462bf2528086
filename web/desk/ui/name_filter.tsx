import { useEffect, useId, useState } from "preact/hooks";
import { t } from "../../shared/i18n/i18n";
import { shell as words } from "../words/shell";
import { useAnswer } from "./use_answer";
import { useLater } from "./use_later";

interface Properties {
  label: string;
  /** What stands there when nothing is chosen. */
  all: string;
  /** A list that takes `q`; its items have an id, a name and perhaps a code. */
  list: "/v1/customers" | "/v1/sites";
  /** The chosen one's id; "": none. */
  value: string;
  onValue: (id: string) => void;
  /** Narrows what is offered. */
  query?: Readonly<Record<string, string | undefined>>;
}

const OFFERED = 30;

interface Named {
  readonly id: string;
  readonly name: string;
  readonly code: string | null;
}

const labelOf = ({ name, code }: Named): string => (code ? `${name} (${code})` : name);

/** An offered name was taken: the browser replaced what was written, which no key does. */
export const isTaken = (event: Event): boolean =>
  event.target instanceof HTMLInputElement &&
  event.target.list !== null &&
  event.target.value !== "" &&
  (!(event instanceof InputEvent) || event.inputType === "insertReplacementText");

/** A filter by one of a list that may be long: the browser offers what the server finds while one writes. */
export function NameFilter({ label, all, list, value, onValue, query = {} }: Properties) {
  const id = useId();
  const chosen = useAnswer<"getCustomer" | "getSite">(value ? `${list}/${value}` : null).body;
  /** What is being written; null: nothing, the chosen one stands there. */
  const [text, setText] = useState<string | null>(null);
  const [isDone, setDone] = useState(false);
  /** The last one that was chosen here: its name stands there before the server has said it. */
  const [picked, setPicked] = useState<Named | null>(null);
  const asked = useLater(text ?? "");
  const { body, isLoading } = useAnswer<"listCustomers" | "listSites">(list, { ...query, q: asked || undefined, limit: OFFERED });
  const found = body?.items ?? [];
  const isFound = !isLoading && asked === (text ?? "").trim();
  const choose = (item: Named | null) => {
    setText(null);
    setDone(false);
    setPicked(item);
    if ((item?.id ?? "") !== value) onValue(item?.id ?? "");
  };
  const write = (event: Event & { currentTarget: HTMLInputElement }) => {
    const written = event.currentTarget.value;
    const match = isTaken(event) && found.find((item) => labelOf(item) === written);
    if (match) return choose(match); // in passing a part of a longer name would be chosen
    setText(written);
    setDone(false);
  };
  useEffect(() => {
    if (!isDone || text === null || !isFound) return;
    const fits = found.filter((item) => item.name === asked || labelOf(item).toLowerCase().includes(asked.toLowerCase()));
    const match = fits.find(({ name }) => name === asked) ?? (fits.length === 1 ? fits[0] : undefined);
    if (match) choose(match);
  }, [isDone, text, isFound, body]);
  const isUnknown = isDone && isFound && text !== null && text !== "";
  const known = [chosen, picked].find((item) => value !== "" && item?.id === value);
  return (
    <div class="field">
      <label class="field-label" for={id}>
        {label}
      </label>
      <input
        id={id}
        class="field-box"
        type="search"
        list={`${id}-list`}
        placeholder={all}
        autocomplete="off"
        value={text ?? (known ? labelOf(known) : "")}
        aria-invalid={isUnknown ? true : undefined}
        aria-describedby={isUnknown ? `${id}-note` : undefined}
        onInput={write}
        onChange={(event) => (event.currentTarget.value === "" ? choose(null) : setDone(true))}
      />
      <datalist id={`${id}-list`}>
        {found.map((item) => (
          <option key={item.id} value={labelOf(item)} />
        ))}
      </datalist>
      {isUnknown && (
        <p class="field-error" id={`${id}-note`} role="alert">
          {t(found.length > 0 ? words.severalFit : words.noneFits)}
        </p>
      )}
    </div>
  );
}
