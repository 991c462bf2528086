import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../../shared/i18n/i18n";
import { roles } from "../../shared/words/roles";
import { SmallPicture } from "../ui/stored_picture";
import { audit as words } from "../words/audit";
import { type Entry, isDecided, type Queue } from "./queue";
import { verdictOfRisk } from "./verdicts";

/** Thumbnails drawn on either side of the one that is shown: a queue of thousands stays light. */
const AROUND = 30;
/** Who scrolls ahead is shown more, up to this many. */
const AHEAD_MOST = 300;
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
  const [ahead, setAhead] = useState(AROUND);
  const first = Math.max(queue.at - AROUND, 0);
  const end = Math.min(queue.at + ahead, queue.entries.length);
  useEffect(() => setAhead(AROUND), [queue.at]);
  const scroll = ({ currentTarget: frame }: { currentTarget: HTMLElement }) => {
    const below = frame.scrollHeight - frame.scrollTop - frame.clientHeight;
    const beside = frame.scrollWidth - frame.scrollLeft - frame.clientWidth;
    if (Math.max(below, beside) > NEAR_END_PX || ahead >= AHEAD_MOST) return;
    setAhead(Math.min(ahead + AROUND, AHEAD_MOST));
    onSee(end);
  };
  useEffect(() => {
    list.current?.querySelector('[aria-current="true"]')?.scrollIntoView({ block: "nearest", inline: "nearest" });
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

interface ThumbnailProperties {
  entry: Entry;
  isCurrent: boolean;
  onShow: () => void;
  onSelect: Properties["onSelect"];
}

function Thumbnail({ entry, isCurrent, onShow, onSelect }: ThumbnailProperties) {
  const { photo, site, technician, risk } = entry.item;
  const label = t(words.photoOf, { role: t(roles[photo.role]), site: site.name, technician: technician.name });
  const { tone, word } = verdictOfRisk(risk ?? 0);
  const state = isDecided(entry) ? "desk-thumbnail-decided" : "";
  return (
    <div class={`desk-thumbnail ${state} ${entry.refusal !== null ? "desk-thumbnail-refused" : ""}`}>
      <button type="button" aria-current={isCurrent} aria-label={`${label}, ${t(word)}`} onClick={onShow}>
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
