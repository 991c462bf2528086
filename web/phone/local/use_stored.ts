import type { StoreNames } from "idb";
import { useEffect, useState } from "preact/hooks";
import { type PhoneSchema, watchChanges } from "./database";

/**
 * Reads from the database and again after each change of `stores`, in whatever tab it happens.
 * Undefined until the first read is done. `inputs` as with useEffect.
 */
export function useStored<Value>(
  stores: StoreNames<PhoneSchema>[],
  read: () => Promise<Value>,
  inputs: unknown[] = [],
): Value | undefined {
  const [value, set] = useState<Value>();
  useEffect(() => {
    let newest = 0;
    let isOver = false;
    const refresh = () => {
      const mine = ++newest;
      read().then(
        (result) => !isOver && mine === newest && set(() => result),
        (error: unknown) => console.error(error),
      );
    };
    const stop = watchChanges(stores, refresh);
    refresh();
    return () => {
      isOver = true;
      stop();
    };
  }, inputs);
  return value;
}
