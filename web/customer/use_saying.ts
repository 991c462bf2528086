import { useRef, useState } from "preact/hooks";
import { failureText, isFinal } from "./failure_text";
import { say, type Saying, type SharedResponse } from "./shared_work";
import { newId } from "../shared/new_id";

type Unnamed = { [Kind in Saying["kind"]]: { kind: Kind; body: Omit<Extract<Saying, { kind: Kind }>["body"], "id"> } };

/**
 * Says something once. The id is made with the first try and kept until the server has taken it or refused
 * it for good, so that a lost answer does not make it two; other words are another saying.
 */
export function useSaying(token: string, onSaid: (response: SharedResponse) => void) {
  const [isSending, setSending] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const pending = useRef<{ content: string; id: string } | null>(null);

  const send = async (saying: Unnamed[Saying["kind"]]): Promise<boolean> => {
    const content = JSON.stringify(saying);
    if (pending.current?.content !== content) pending.current = { content, id: newId() };
    setSending(true);
    setFailure(null);
    try {
      const named = { ...saying, body: { ...saying.body, id: pending.current.id } } as Saying;
      const response = await say(token, named);
      pending.current = null;
      onSaid(response);
      return true;
    } catch (error) {
      if (isFinal(error)) pending.current = null;
      setFailure(failureText(error));
      return false;
    } finally {
      setSending(false);
    }
  };
  return { send, isSending, failure, clear: () => setFailure(null) };
}
