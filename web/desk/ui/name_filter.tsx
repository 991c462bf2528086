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

const labelOf = ({ name, code }: { name: string; code: string | null }): string => (code ? `${name} (${code})` : name);

/** A filter by one of a list that may be long: the browser offers what the server finds while one writes. */
export function NameFilter({ label, all, list, value, onValue, query = {} }: Properties) {
  const id = useId();
  const chosen = useAnswer<"getCustomer" | "getSite">(value ? `${list}/${value}` : null).body;
  /** What is being written; null: nothing, the chosen one stands there. */
  const [text, setText] = useState<string | null>(null);
  const [isDone, setDone] = useState(false);
  const asked = useLater(text ?? "");
  const { body, isLoading } = useAnswer<"listCustomers" | "listSites">(list, { ...query, q: asked || undefined, limit: OFFERED });
  const found = body?.items ?? [];
  const isFound = !isLoading && asked === (text ?? "").trim();
  const choose = (to: string) => {
    setText(null);
    setDone(false);
    if (to !== value) onValue(to);
  };
  const write = (written: string) => {
    const match = found.find((item) => labelOf(item) === written);
    if (match) return choose(match.id);
    setText(written);
    setDone(false);
  };
  useEffect(() => {
    if (!isDone || text === null || !isFound) return;
    const fits = found.filter((item) => item.name === asked || labelOf(item).toLowerCase().includes(asked.toLowerCase()));
    const match = fits.find(({ name }) => name === asked) ?? (fits.length === 1 ? fits[0] : undefined);
    if (match) choose(match.id);
  }, [isDone, text, isFound, body]);
  const isUnknown = isDone && isFound && text !== null && text !== "";
  const name = value && chosen?.id === value ? labelOf(chosen) : "";
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
        value={text ?? name}
        aria-invalid={isUnknown ? true : undefined}
        aria-describedby={isUnknown ? `${id}-note` : undefined}
        onInput={(event) => write(event.currentTarget.value)}
        onChange={(event) => (event.currentTarget.value === "" ? choose("") : setDone(true))}
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
