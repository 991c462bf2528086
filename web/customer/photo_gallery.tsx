import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../shared/i18n/i18n";
import { roles } from "../shared/words/roles";
import { photoAddress, type SharedPhoto } from "./shared_work";
import { dayAndTime } from "./times";
import { visitWords as words } from "./words/visit";

interface GalleryProperties {
  token: string;
  photos: SharedPhoto[];
  zone: string;
}

/** Small pictures in a grid; one is enlarged at a time. */
export function PhotoGallery({ token, photos, zone }: GalleryProperties) {
  const [open, setOpen] = useState<number | null>(null);
  const nameOf = (photo: SharedPhoto) => {
    const name = t(words.photoOf, { role: t(roles[photo.role]), when: dayAndTime(photo.captured_at, zone) });
    return photo.caption ? `${name} · ${photo.caption}` : name;
  };
  const enlarged = open === null ? undefined : photos[open];
  return (
    <div>
      <h4>{t(words.photos)}</h4>
      <ul class="customer-photos">
        {photos.map((photo, i) => (
          <li key={photo.id}>
            {photo.removed_at ? (
              <p class="customer-photo-removed">
                {nameOf(photo)}
                <br />
                {t(words.photoRemoved, { date: dayAndTime(photo.removed_at, zone) })}
              </p>
            ) : (
              <button type="button" aria-label={t(words.openPhoto, { name: nameOf(photo) })} onClick={() => setOpen(i)}>
                <img
                  src={photoAddress(token, photo, "small")}
                  width={photo.small.width_px}
                  height={photo.small.height_px}
                  alt=""
                  loading="lazy"
                  decoding="async"
                />
              </button>
            )}
          </li>
        ))}
      </ul>
      {enlarged && open !== null && (
        <Enlarged
          address={enlarged.removed_at ? null : photoAddress(token, enlarged, "medium")}
          name={nameOf(enlarged)}
          number={open + 1}
          count={photos.length}
          onMove={(by) => setOpen(open + by)}
          onClose={() => setOpen(null)}
        />
      )}
    </div>
  );
}

interface EnlargedProperties {
  /** Null: the picture is gone. */
  address: string | null;
  name: string;
  number: number;
  count: number;
  onMove: (by: number) => void;
  onClose: () => void;
}

function Enlarged({ address, name, number, count, onMove, onClose }: EnlargedProperties) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [failed, setFailed] = useState<string | null>(null);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  const onKey = (event: KeyboardEvent) => {
    if (event.key === "ArrowLeft" && number > 1) onMove(-1);
    if (event.key === "ArrowRight" && number < count) onMove(1);
  };
  return (
    <dialog ref={dialog} class="customer-photo" aria-label={name} onClose={onClose} onKeyDown={onKey}>
      <div class="row row-spread">
        <span aria-live="polite">{t(words.photoNumber, { number, count })}</span>
        <button type="button" class="button" onClick={() => dialog.current?.close()}>
          {t(words.close)}
        </button>
      </div>
      {address === null || failed === address ? (
        <p role="alert">{t(words.photoFailed)}</p>
      ) : (
        <img src={address} alt={name} onError={() => setFailed(address)} />
      )}
      <p>{name}</p>
      <div class="row row-spread">
        <button type="button" class="button" disabled={number === 1} onClick={() => onMove(-1)}>
          {t(words.previous)}
        </button>
        <button type="button" class="button" disabled={number === count} onClick={() => onMove(1)}>
          {t(words.next)}
        </button>
      </div>
    </dialog>
  );
}
