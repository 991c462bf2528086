import { useEffect, useState } from "preact/hooks";
import { useStored } from "../local/use_stored";
import type { OutboxItem } from "./items";
import { currentNews, type SenderNews, watchNews } from "./news";
import { listOutbox } from "./store";

/** What the sender is doing, as it changes. */
export function useSenderNews(): SenderNews {
  const [news, set] = useState(currentNews());
  useEffect(() => {
    const follow = () => set(currentNews());
    follow();
    return watchNews(follow);
  }, []);
  return news;
}

/** The user's outbox, as it changes; undefined until it was read. */
export const useOutbox = (userId: string): OutboxItem[] | undefined =>
  useStored(["outbox"], () => listOutbox(userId), [userId]);
