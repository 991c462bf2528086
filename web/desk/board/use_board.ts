import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { failureText } from "../failure_text";
import { useLive } from "../live/live";
import { read } from "../ui/use_answer";
import { type Board, BOARD_KINDS, everythingStale, isStale, nothingStale, questionOf, staleAfter, withAnswer } from "./board_state";
import { useWithoutStream } from "./use_without_stream";

/** Changes of so long are read at once: a busy minute costs one question a second. */
const GATHER_MS = 600;
const RETRY_MS = 3000;

/** The board of a day ("" for today), kept as it is on the server. */
export function useBoard(day: string) {
  const [board, setBoard] = useState<Board | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const stale = useRef(nothingStale);
  const known = useRef<Board | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>();
  const isReading = useRef(false);
  /** Counts days: what was asked for another one is not shown. */
  const turn = useRef(0);
  /** By how much the server's clock is ahead of this one. */
  const [aheadMs, setAhead] = useState(0);

  const readStale = useCallback(async () => {
    timer.current = undefined;
    if (isReading.current || !isStale(stale.current)) return;
    const own = turn.current;
    const asked = stale.current;
    stale.current = nothingStale;
    isReading.current = true;
    try {
      const answer = await read<"getBoard">("/v1/board", questionOf(asked, day));
      if (own === turn.current) {
        known.current = withAnswer(known.current, asked, answer);
        setBoard(known.current);
        setAhead(Date.parse(answer.now) - Date.now());
        setFailure(null);
      }
    } catch (error) {
      if (own === turn.current) {
        stale.current = everythingStale;
        setFailure(failureText(error));
      }
    }
    isReading.current = false;
    if (isStale(stale.current)) schedule(own === turn.current && stale.current === everythingStale ? RETRY_MS : GATHER_MS);
  }, [day]);

  const newest = useRef(readStale);
  newest.current = readStale;
  const schedule = (ms: number) => {
    timer.current ??= setTimeout(() => void newest.current(), ms);
  };

  useLive(BOARD_KINDS, (news) => {
    stale.current = staleAfter(stale.current, news);
    schedule(GATHER_MS);
  });

  useEffect(() => {
    turn.current += 1;
    stale.current = everythingStale;
    known.current = null;
    setBoard(null);
    schedule(0);
    return () => {
      clearTimeout(timer.current);
      timer.current = undefined;
      turn.current += 1;
    };
  }, [day]);

  const reload = useCallback(() => {
    stale.current = everythingStale;
    schedule(0);
  }, []);
  useWithoutStream(reload);
  return { board, failure, reload, aheadMs };
}
