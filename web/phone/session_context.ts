import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Session } from "./local/types";

export const SessionContext = createContext<Session | null>(null);

/** Who is logged in. Screens that are not public are drawn only when somebody is. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error("this screen needs a session");
  return session;
}
