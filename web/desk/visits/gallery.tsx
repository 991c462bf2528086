import { useEffect } from "preact/hooks";
import { t, timeOfDay } from "../../shared/i18n/i18n";
import { roles } from "../../shared/words/roles";
import { picture } from "../pictures";
import { labelOf, LargePicture, TileName } from "../ui/stored_picture";
import { galleryWords as words } from "../words/visits";
import { photosOf, type Photo, type VisitFile } from "./file";
import { byRole, pairsOf } from "./pairs";
import { Thumbnail } from "./thumbnail";

interface Properties {
  file: VisitFile;
  onPhoto: (photoId: string) => void;
}

/** All photos: before and after side by side first, then each kind. */
export function Gallery({ file, onPhoto }: Properties) {
  const photos = photosOf(file);
  const zone = file.visit.site.time_zone;
  useEffect(() => {
    // In the order in which they are shown, so that nobody scrolls into gaps.
    for (const { id, state, thumbnails_removed_at: removed } of byRole(photos).flatMap((group) => group.photos)) {
      if (state === "stored" && !removed) picture(id, "small").catch(() => undefined);
    }
  }, [file]);
  if (photos.length === 0) return <p class="desk-empty">{t(words.none)}</p>;
  const pairs = pairsOf(photos);
  return (
    <div class="visits-gallery">
      {pairs.length > 0 && (
        <section>
          <h2>{t(words.pairs)}</h2>
          {pairs.map(({ before, after }) => (
            <div key={before.id} class="visits-pair">
              {[before, after].map((photo) => (
                <Half key={photo.id} photo={photo} zone={zone} onOpen={() => onPhoto(photo.id)} />
              ))}
            </div>
          ))}
        </section>
      )}
      {byRole(photos).map((group) => (
        <section key={group.role}>
          <h2>
            {t(roles[group.role])} <span class="quiet">{group.photos.length}</span>
          </h2>
          <ul class="visits-strip">
            {group.photos.map((photo) => (
              <li key={photo.id}>
                <Thumbnail photo={photo} zone={zone} onOpen={() => onPhoto(photo.id)} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function Half({ photo, zone, onOpen }: { photo: Photo; zone: string; onOpen: () => void }) {
  const caption = `${t(roles[photo.role])}, ${timeOfDay(photo.captured_at, zone)}`;
  return (
    <figure>
      <button type="button" class="visits-half" aria-label={labelOf(photo, caption)} onClick={onOpen}>
        <TileName photo={photo} label={caption} />
        <LargePicture photo={photo} photoId={photo.id} alt="" frame="visits-picture-empty" />
      </button>
      <figcaption>
        {caption}
        {photo.caption && <span class="quiet"> · {photo.caption}</span>}
      </figcaption>
    </figure>
  );
}
