import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../../shared/i18n/i18n";
import { roles } from "../../shared/words/roles";
import { labelOf, SmallPicture, TileName } from "../ui/stored_picture";
import { audit as words } from "../words/audit";
import { type Entry, isDecided, type Queue } from "./queue";
import { verdictOfRisk } from "./verdicts";

/** Thumbnails drawn on either side of the one that is shown: a queue of thousands stays light. */
const AROUND = 30;
/** Who scrolls on is shown more, up to this many on a side. */
const MOST = 1000;
/** More are drawn when less than this of them is left to scroll to. */
const NEAR_END_PX = 800;

interface Properties {
  queue: Queue;
  onShow: (at: number) => void;
  /** Thumbnails up to this one are drawn. */
  onSee: (at: number) => void;
  /** Null: nothing can be decided, so nothing is selected. */
  onSelect: ((photoId: string, isSelected: boolean) => void) | null;
}

export function Thumbnails({ queue, onShow, onSee, onSelect }: Properties) {
  const list = useRef<HTMLUListElement>(null);
  const [drawn, setDrawn] = useState({ before: AROUND, after: AROUND });
  const first = Math.max(queue.at - drawn.before, 0);
  const end = Math.min(queue.at + drawn.after, queue.entries.length);
  useEffect(() => setDrawn({ before: AROUND, after: AROUND }), [queue.at]);
  const scroll = ({ currentTarget: frame }: { currentTarget: HTMLElement }) => {
    const left = frame.scrollHeight - frame.scrollTop - frame.clientHeight;
    const right = frame.scrollWidth - frame.scrollLeft - frame.clientWidth;
    if (Math.max(left, right) <= NEAR_END_PX && drawn.after < MOST) {
      setDrawn({ ...drawn, after: drawn.after + AROUND });
      onSee(end);
    } else if (Math.max(frame.scrollTop, frame.scrollLeft) <= NEAR_END_PX && first > 0 && drawn.before < MOST) {
      setDrawn({ ...drawn, before: drawn.before + AROUND });
    }
  };
  useEffect(() => {
    const strip = list.current?.parentElement;
    const current = list.current?.querySelector('[aria-current="true"]');
    if (strip && current) scrollToMiddle(strip, current);
  }, [queue.at]);
  return (
    <nav class="desk-queue" aria-label={t(words.queue)} onScroll={scroll}>
      <ul ref={list}>
        {queue.entries.slice(first, end).map((entry, i) => (
          <li key={entry.item.photo.id}>
            <Thumbnail entry={entry} isCurrent={first + i === queue.at} onShow={() => onShow(first + i)} onSelect={onSelect} />
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Those before and after it are seen; the page itself stays where it is. */
function scrollToMiddle(strip: Element, part: Element): void {
  const [frame, place] = [strip.getBoundingClientRect(), part.getBoundingClientRect()];
  strip.scrollBy(place.left + place.width / 2 - frame.left - frame.width / 2, place.top + place.height / 2 - frame.top - frame.height / 2);
}

interface ThumbnailProperties {
  entry: Entry;
  isCurrent: boolean;
  onShow: () => void;
  onSelect: Properties["onSelect"];
}

function Thumbnail({ entry, isCurrent, onShow, onSelect }: ThumbnailProperties) {
  const { photo, site, technician, risk } = entry.item;
  const holder = entry.heldBy === null ? "" : `, ${t(words.heldBy, { name: entry.heldBy })}`;
  const label = t(words.photoOf, { role: t(roles[photo.role]), site: site.name, technician: technician.name });
  const { tone, word } = verdictOfRisk(risk ?? 0);
  // In a list of what was decided before, only what is decided now stands back.
  const isOthers = entry.heldBy !== null && entry.decided === null;
  const state = ((entry.decided ?? entry.elsewhere) && isDecided(entry)) ? "desk-thumbnail-decided" : isOthers ? "desk-thumbnail-held" : "";
  return (
    <div class={`desk-thumbnail ${state} ${entry.refusal !== null ? "desk-thumbnail-refused" : ""}`}>
      <button type="button" aria-current={isCurrent} aria-label={labelOf(photo, `${label}, ${t(word)}${holder}`)} onClick={onShow}>
        <TileName photo={photo} label={`${label}, ${t(word)}${holder}`} />
        <SmallPicture photo={photo} frame="desk-thumbnail-empty" />
        <span class={`desk-dot desk-dot-${tone}`} />
      </button>
      {onSelect && (
        <input
          type="checkbox"
          aria-label={`${t(words.select)}: ${label}`}
          checked={entry.isSelected}
          onChange={(event) => onSelect(photo.id, event.currentTarget.checked)}
        />
      )}
    </div>
  );
}
