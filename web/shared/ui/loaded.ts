import { useEffect, useState } from "preact/hooks";

export interface Loaded<Module> {
  /** Undefined while it comes. */
  readonly module: Module | undefined;
  readonly hasFailed: boolean;
  /** Some browsers never forget a part that failed to load: the second attempt loads the page anew. */
  readonly retry: () => void;
}

/** A part of the program that is fetched when it is first needed. `load` must be the same function each time. */
export function useLoaded<Module>(load: () => Promise<Module>): Loaded<Module> {
  const [outcome, set] = useState<{ load: () => Promise<Module>; module: Module | null } | null>(null);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let isOver = false;
    load().then(
      (module) => !isOver && set({ load, module }),
      () => !isOver && set({ load, module: null }),
    );
    return () => {
      isOver = true;
    };
  }, [load, attempt]);
  const own = outcome?.load === load ? outcome : null;
  return {
    module: own?.module ?? undefined,
    hasFailed: own !== null && own.module === null,
    retry: () => (attempt === 0 ? setAttempt(1) : location.reload()),
  };
}
