import { useEffect, useState } from "preact/hooks";

/** A value that screens follow. */
export class Observable<Value> {
  #value: Value;
  readonly #listeners = new Set<() => void>();

  constructor(value: Value) {
    this.#value = value;
  }
  get value(): Value {
    return this.#value;
  }
  set(value: Value): void {
    if (Object.is(value, this.#value)) return;
    this.#value = value;
    for (const listener of this.#listeners) listener();
  }
  watch(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}

/** The value, and a new drawing after each change. */
export function useObservable<Value>(source: Observable<Value>): Value {
  const [value, set] = useState(() => source.value);
  useEffect(() => {
    const follow = () => set(() => source.value);
    follow();
    return source.watch(follow);
  }, [source]);
  return value;
}
