import { useEffect, useRef } from "preact/hooks";
import { t } from "../../shared/i18n/i18n";
import { OriginalPicture, type Stored } from "../ui/stored_picture";
import { audit as words } from "../words/audit";

interface Properties {
  photo: Stored;
  alt: string;
  onClose: () => void;
}

/** What a photo is of stands in its middle more often than in a corner. */
function toMiddle(area: HTMLElement | null): void {
  area?.scrollTo((area.scrollWidth - area.clientWidth) / 2, (area.scrollHeight - area.clientHeight) / 2);
}

/** The original, pixel by pixel, from its middle, moved by dragging, by the wheel or by the arrow keys of the scroll area. */
export function ZoomedPicture({ photo, alt, onClose }: Properties) {
  const area = useRef<HTMLDivElement>(null);
  const held = useRef<{ x: number; y: number } | null>(null);
  useEffect(() => area.current?.focus(), []);
  const drag = (event: PointerEvent) => {
    if (!held.current || !area.current) return;
    area.current.scrollBy(held.current.x - event.clientX, held.current.y - event.clientY);
    held.current = { x: event.clientX, y: event.clientY };
  };
  return (
    <div class="desk-zoom">
      <div
        ref={area}
        class="desk-zoom-area"
        tabIndex={0}
        role="group"
        aria-label={alt}
        onPointerDown={(event) => (held.current = { x: event.clientX, y: event.clientY })}
        onPointerMove={drag}
        onPointerUp={() => (held.current = null)}
        onPointerLeave={() => (held.current = null)}
        onDblClick={onClose}
        onKeyDown={(event) => event.key === "Escape" && onClose()}
        onLoadCapture={() => toMiddle(area.current)}
      >
        <OriginalPicture photo={photo} alt={alt} frame="desk-photo-empty" />
      </div>
      <button type="button" class="button" onClick={onClose}>
        {t(words.close)} <kbd aria-hidden="true">Z</kbd>
      </button>
    </div>
  );
}
