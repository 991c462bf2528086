import { useEffect, useState } from "preact/hooks";
import { path } from "../../shared/api/client";
import type { Schema } from "../../shared/api/types";
import { failureText } from "../failure_text";
import { api } from "../session";
import { type Draft, geometryOf } from "./fence_draft";

export type Preview = Schema<"FencePreview">;

/** Drawing is over when nothing was moved for this long. */
const PAUSE_MS = 400;
const CHECK_INS = 200;

/** What the fence that is being drawn would have found. Null: nothing is known yet, or there is no fence. */
export function useFencePreview(siteId: string | null, draft: Draft): { preview: Preview | null; failure: string | null } {
  const [preview, setPreview] = useState<Preview | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const geometry = geometryOf(draft);
  const key = JSON.stringify(geometry);
  useEffect(() => {
    if (siteId === null || geometry === null) return;
    const aborter = new AbortController();
    const timer = setTimeout(() => {
      const request = { method: "POST", path: path`/v1/sites/${siteId}/fence-preview`, json: { ...geometry, last: CHECK_INS }, signal: aborter.signal } as const;
      api.call<"previewFence">(request).then(
        ({ body }) => {
          if (aborter.signal.aborted) return;
          setPreview(body);
          setFailure(null);
        },
        (error: unknown) => !aborter.signal.aborted && setFailure(failureText(error)),
      );
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      aborter.abort();
    };
  }, [siteId, key]);
  return { preview, failure };
}
