import { useEffect, useState } from "preact/hooks";
import { picture, type PictureSize } from "../pictures";

/** The picture's URL: undefined while it loads, null when it cannot be had. */
export function usePicture(photoId: string, size: PictureSize): string | null | undefined {
  const [loaded, setLoaded] = useState<{ key: string; url: string | null } | null>(null);
  const key = `${photoId} ${size}`;
  useEffect(() => {
    let isWanted = true;
    const take = (url: string | null) => isWanted && setLoaded({ key, url });
    picture(photoId, size).then(take, () => take(null));
    return () => void (isWanted = false);
  }, [key]);
  return loaded?.key === key ? loaded.url : undefined;
}
