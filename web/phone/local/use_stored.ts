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
  const [stored, set] = useState<{ value: Value; inputs: unknown[] }>();
  useEffect(() => {
    let newest = 0;
    let isOver = false;
    const refresh = () => {
      const mine = ++newest;
      read().then(
        (value) => !isOver && mine === newest && set({ value, inputs }),
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
  // What was read for other inputs, another user's say, is not shown for a moment either.
  const isCurrent = stored?.inputs.length === inputs.length && stored.inputs.every((input, i) => input === inputs[i]);
  return isCurrent ? stored.value : undefined;
}
