import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { currentLanguage, languageTag } from "../../shared/i18n/i18n";
import type { operations, SuccessOf } from "../../shared/api/types";
import { failureText } from "../failure_text";
import { api } from "../session";

export type QueryValues = Record<string, string | number | undefined>;

/** Reads what a list or an entity is, in the reader's language. */
export async function read<Operation extends keyof operations>(
  path: string,
  query: QueryValues = {},
  signal?: AbortSignal,
): Promise<SuccessOf<Operation>> {
  const headers = { "Accept-Language": languageTag(currentLanguage()) };
  const { body } = await api.call<Operation>({ method: "GET", path, query, headers, signal });
  return body;
}

export interface Answer<Body> {
  /** The newest answer; it stays while the next one is read. Null: none yet. */
  readonly body: Body | null;
  readonly failure: string | null;
  readonly isLoading: boolean;
  readonly reload: () => void;
}

/** One GET, again when its address or query changes. `path` null: nothing to read yet. */
export function useAnswer<Operation extends keyof operations>(
  path: string | null,
  query: QueryValues = {},
): Answer<SuccessOf<Operation>> {
  const [body, setBody] = useState<SuccessOf<Operation> | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  /** The question that was answered last, or could not be. */
  const [settled, setSettled] = useState<string | null>(null);
  const [turn, setTurn] = useState(0);
  const address = useRef<string>();
  const language = currentLanguage();
  const key = JSON.stringify([path, query, language, turn]);
  useEffect(() => {
    if (path === null) return;
    if (address.current !== path) setBody(null); // another entity
    address.current = path;
    const aborter = new AbortController();
    read<Operation>(path, query, aborter.signal)
      .then((answer) => {
        if (aborter.signal.aborted) return;
        setBody(answer);
        setFailure(null);
      })
      .catch((error: unknown) => !aborter.signal.aborted && setFailure(failureText(error)))
      .finally(() => !aborter.signal.aborted && setSettled(key));
    return () => aborter.abort();
  }, [key]);
  const reload = useCallback(() => setTurn((before) => before + 1), []);
  return { body, failure, isLoading: path !== null && settled !== key, reload };
}
