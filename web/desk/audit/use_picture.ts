import { useEffect, useState } from "preact/hooks";
import { ApiProblem } from "../../shared/api/problem";
import { picture, type PictureSize } from "../pictures";

/** A retention rule has removed the bytes; the server's sentence says when. */
export class Removed {
  constructor(readonly detail: string) {}
}

/** The picture's URL: undefined while it loads, null when it cannot be had. `photoId` null: nothing is asked for. */
export function usePicture(photoId: string | null, size: PictureSize): string | null | undefined | Removed {
  const [loaded, setLoaded] = useState<{ key: string; picture: string | null | Removed } | null>(null);
  const key = `${photoId} ${size}`;
  useEffect(() => {
    if (photoId === null) return;
    let isWanted = true;
    const take = (taken: string | null | Removed) => isWanted && setLoaded({ key, picture: taken });
    picture(photoId, size).then(take, (error: unknown) => take(removedBy(error)));
    return () => void (isWanted = false);
  }, [key]);
  return loaded?.key === key ? loaded.picture : undefined;
}

const removedBy = (error: unknown): Removed | null =>
  error instanceof ApiProblem && error.problem.code === "removed" ? new Removed(error.problem.detail) : null;
