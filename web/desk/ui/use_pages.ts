import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { currentLanguage } from "../../shared/i18n/i18n";
import type { operations, SuccessOf } from "../../shared/api/types";
import { failureText } from "../failure_text";
import { type QueryValues, read } from "./use_answer";

/** Rows of a first page; see `Limit` in the contract. */
export const FIRST_PAGE = 50;

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
  /** All rows that are shown, as they are now: for news. Nothing that is shown goes away for having been further down. */
  readonly refresh: () => void;
}

/** As many as one page may have; see `Limit` in the contract. */
const PAGE_MOST = 200;
/** Who has read further on than this is not followed: it would cost the server more than it tells. */
const REFRESHED_MOST = 1000;

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
  const refresh = () => {
    if (isLoading || rows.length > REFRESHED_MOST) return;
    running.current?.abort();
    const aborter = new AbortController();
    running.current = aborter;
    readAll<Operation, Item>(path, query, Math.ceil(rows.length / FIRST_PAGE) * FIRST_PAGE, aborter.signal)
      .then((page) => {
        if (aborter.signal.aborted) return;
        setRows(page.items);
        setCursor(page.next_cursor);
        setFailure(null);
      })
      .catch((error: unknown) => !aborter.signal.aborted && setFailure(failureText(error)));
  };
  const more = cursor === null || isLoading ? null : () => load(cursor);
  return { rows, more, failure, isLoading, reload: () => load(null), refresh };
}

/** The first `count` rows: what is new among them pushes the last ones out, as on a first page. */
async function readAll<Operation extends keyof operations, Item>(
  path: string,
  query: QueryValues,
  count: number,
  signal: AbortSignal,
): Promise<PageOf<Item>> {
  const items: Item[] = [];
  let cursor: string | null = null;
  do {
    const missing = Math.min(count - items.length, PAGE_MOST);
    const page: PageOf<Item> = (await read<Operation>(
      path, { ...query, limit: missing > FIRST_PAGE ? missing : undefined, cursor: cursor ?? undefined }, signal,
    )) as PageOf<Item>;
    items.push(...page.items);
    cursor = page.next_cursor;
  } while (cursor !== null && items.length < count);
  return { items, next_cursor: cursor };
}
