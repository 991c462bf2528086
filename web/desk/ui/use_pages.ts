import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { currentLanguage } from "../../shared/i18n/i18n";
import type { operations, SuccessOf } from "../../shared/api/types";
import { failureText } from "../failure_text";
import { type QueryValues, read } from "./use_answer";

/** An operation that answers a page of items. */
interface PageOf<Item> {
  items: Item[];
  next_cursor: string | null;
}
type ItemOf<Operation extends keyof operations> =
  SuccessOf<Operation> extends { items: (infer Item)[] } ? Item : never;

export interface Pages<Item> {
  readonly rows: readonly Item[];
  /** Null: this is the end. */
  readonly more: (() => void) | null;
  readonly failure: string | null;
  readonly isLoading: boolean;
  /** From the first page again; the rows stay until they are there. */
  readonly reload: () => void;
}

/** A list, page after page; from the start when its address, its query or the language changes. */
export function usePages<Operation extends keyof operations>(path: string, query: QueryValues = {}): Pages<ItemOf<Operation>> {
  type Item = ItemOf<Operation>;
  const [rows, setRows] = useState<readonly Item[]>([]);
  const [cursor, setCursor] = useState<string | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [isLoading, setLoading] = useState(true);
  const running = useRef<AbortController>();
  const key = JSON.stringify([path, query, currentLanguage()]);

  const load = useCallback(
    (from: string | null) => {
      running.current?.abort();
      const aborter = new AbortController();
      running.current = aborter;
      setLoading(true);
      read<Operation>(path, { ...query, cursor: from ?? undefined }, aborter.signal)
        .then((answer) => {
          if (aborter.signal.aborted) return;
          const page = answer as PageOf<Item>;
          setRows((known) => (from === null ? page.items : [...known, ...page.items]));
          setCursor(page.next_cursor);
          setFailure(null);
        })
        .catch((error: unknown) => !aborter.signal.aborted && setFailure(failureText(error)))
        .finally(() => !aborter.signal.aborted && setLoading(false));
    },
    [key],
  );
  useEffect(() => {
    load(null);
    return () => running.current?.abort();
  }, [load]);
  const more = cursor === null || isLoading ? null : () => load(cursor);
  return { rows, more, failure, isLoading, reload: () => load(null) };
}
