import { useEffect, useState } from "preact/hooks";
import { byteSize, dayOf, isoDayOf, t, timeOfDay } from "../../shared/i18n/i18n";
import { Banner } from "../../shared/ui/banner";
import { Dialog } from "../../shared/ui/dialog";
import { sheetAddress, siteAddress } from "../addresses";
import { readPhoto } from "../local/photos";
import { useStored } from "../local/use_stored";
import { listVisits } from "../local/visits";
import { knowsBackgroundSync } from "../device/updates";
import type { PhotoRecord } from "../local/types";
import type { OutboxItem, Receipt, Refusal } from "../outbox/items";
import type { SenderNews } from "../outbox/news";
import { readReceipt } from "../outbox/receipt";
import { goesWith, isSheetPart } from "../outbox/order";
import { isStillNear, objectionsOf } from "../outbox/photo_doubts";
import { refusalText } from "../outbox/refusal_text";
import { dismiss, sendAgain } from "../outbox/store";
import { useOutbox, useSenderNews } from "../outbox/use_outbox";
import { byId, groupOutbox, type ItemView, summarise, viewItem } from "../outbox/view";
import { wakeSender } from "../outbox/wake";
import { useSession } from "../session_context";
import { camera } from "../words/camera";
import { common } from "../words/common";
import { outbox as words, states } from "../words/outbox";
import { roles } from "../../shared/words/roles";

/** Every item of work: where it is, and what the server said to it. */
export default function OutboxScreen() {
  const { user } = useSession();
  const items = useOutbox(user.id);
  const news = useSenderNews();
  const now = useNow(5_000);
  const recordOf = usePhotoRecords(items);
  const placeOf = usePlaces(user.id);
  const [toRemove, setToRemove] = useState<{ item: OutboxItem; name: string } | null>(null);
  if (!items) return null;

  const summary = summarise(items);
  const all = byId(items);
  const again = async (itemId?: string) => {
    await sendAgain(user.id, itemId);
    wakeSender();
  };
  return (
    <main class="page">
      <h1>{t(words.title)}</h1>
      <p role="status">
        {summary.unsent === 0 && summary.refused === 0
          ? t(words.empty)
          : [
              summary.unsent > 0 && t(words.unsent, { count: summary.unsent }),
              summary.bytesUnsent > 0 && byteSize(summary.bytesUnsent),
              summary.refused > 0 && t(words.refusedCount, { count: summary.refused }),
            ]
              .filter(Boolean)
              .join(" · ")}
      </p>
      {summary.unsent > 0 && (
        <>
          <p class="quiet small">{t(knowsBackgroundSync() ? words.explain : words.explainOpen)}</p>
          <PauseBanner news={news} />
          <p>
            <button class="button" onClick={() => void again()}>
              {t(words.sendNow)}
            </button>
          </p>
        </>
      )}
      {groupOutbox(items, now).map((group) => (
        <section class="card section" key={group.key} aria-label={group.title}>
          <h2>{group.title}</h2>
          {group.items.map((item) => {
            const name = nameOf(item, recordOf);
            return (
              <Item
                key={item.id}
                item={item}
                name={name}
                view={viewItem(item, all, news, now)}
                place={placeOf?.get(item.visit_id ?? "") ?? null}
                onAgain={() => void again(item.id)}
                onRemove={() => setToRemove({ item, name })}
              />
            );
          })}
        </section>
      ))}
      {toRemove && (
        <Dialog title={t(words.remove)} onClose={() => setToRemove(null)}>
          <p>{t(words.removeQuestion, { item: toRemove.name })}</p>
          <RemovesOrKeeps item={toRemove.item} items={items} />
          <div class="dialog-actions">
            <button class="button" onClick={() => setToRemove(null)}>
              {t(common.cancel)}
            </button>
            <button
              class="button button-danger"
              onClick={() => void dismiss(user.id, toRemove.item.id).then(() => setToRemove(null))}
            >
              {t(words.removeYes)}
            </button>
          </div>
        </Dialog>
      )}
    </main>
  );
}

/** What becomes of the customer's signature when the item is removed. */
function RemovesOrKeeps({ item, items }: { item: OutboxItem; items: readonly OutboxItem[] }) {
  const gone = goesWith(item.id, items);
  if (items.some(({ id, kind }) => kind === "signature" && gone.has(id))) return <Banner tone="warn">{t(words.removeSigned)}</Banner>;
  const keeps = items.some((other) => isSheetPart(other) && other.depends_on.includes(item.id) && other.status.state !== "safe");
  return keeps ? <p>{t(words.removeKeepsSheet)}</p> : null;
}

/** The time, anew every so often: for "tries again at". */
function useNow(everyMs: number): number {
  const [now, set] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => set(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}

/** What the waiting photos show, as far as it was read. */
function usePhotoRecords(items: OutboxItem[] | undefined): ReadonlyMap<string, Pick<PhotoRecord, "role" | "media">> {
  const [known, set] = useState<ReadonlyMap<string, Pick<PhotoRecord, "role" | "media">>>(new Map());
  useEffect(() => {
    const missing = (items ?? []).filter((item) => item.kind === "photo" && !known.has(item.id));
    if (missing.length === 0) return;
    void Promise.all(missing.map((item) => readPhoto(item.id))).then((photos) => {
      const more = missing.map((item, i) => [item.id, photos[i] ?? { role: "other" as const }] as const);
      set((before) => new Map([...before, ...more]));
    });
  }, [items]);
  return known;
}

/** Where photos of visits can still be taken again, by visit. */
const usePlaces = (userId: string): ReadonlyMap<string, string> | undefined =>
  useStored(["visits"], async () => {
    const near = (await listVisits(userId)).filter((visit) => isStillNear(visit, Date.now()));
    return new Map(near.flatMap(({ id, work_order_ids: [first] }) => (first ? [[id, siteAddress(first)] as const] : [])));
  }, [userId]);

function nameOf(item: OutboxItem, recordOf: ReturnType<typeof usePhotoRecords>): string {
  switch (item.kind) {
    case "check_in":
      return t(words[item.body.kind]);
    case "photo": {
      const { role, media } = recordOf.get(item.id) ?? { role: "other" };
      return t(media === "video" ? words.video : words.photo, { role: t(roles[role]) });
    }
    case "sheet":
      return t(words.sheet);
    case "signature":
      return t(words.signature);
    case "transition":
      return t(words.transition, { state: t(states[item.body.to]) });
    case "on_the_way":
      return t(item.body.since === null ? words.notOnTheWay : words.onTheWay);
  }
}

function PauseBanner({ news }: { news: SenderNews }) {
  if (news.pause?.why === "log_in_needed") {
    return <Banner tone="warn">{t(words.logInNeeded)}</Banner>;
  }
  if (news.pause?.why === "no_way") {
    return <Banner tone="info">{t(words.noWay, { time: timeOfDay(news.pause.until_ms) })}</Banner>;
  }
  return news.arePhotosPaused ? <Banner tone="info">{t(words.metered)}</Banner> : null;
}

interface ItemProperties {
  item: OutboxItem;
  name: string;
  view: ItemView;
  /** Where a photo can still be taken again; null: nowhere near. */
  place: string | null;
  onAgain: () => void;
  onRemove: () => void;
}

function Item({ item, name, view, place, onAgain, onRemove }: ItemProperties) {
  const objections = objectionsOf(item);
  const isForAgain = item.kind === "photo" && (view.state === "refused" || objections.length > 0);
  return (
    <div class="outbox-item" role="group" aria-label={name} data-state={view.state}>
      <div class="row row-spread">
        <span>
          <strong>{name}</strong> <span class="quiet small">{when(item.captured_at)}</span>
          {item.kind === "photo" && <span class="quiet small"> · {byteSize(item.bytes)}</span>}
        </span>
        {objections.length > 0 ? <span class="tag tag-warn">{t(words.safeDoubted)}</span> : <StateTag view={view} />}
      </div>
      {view.state === "sending" && item.kind === "photo" && (
        <progress max={100} value={view.percent} aria-label={t(words.sending, { percent: view.percent })} />
      )}
      {view.state === "refused" && <Why refusal={view.problem} />}
      {view.state === "retry_later" && view.problem && <Why refusal={view.problem} />}
      {objections.map(({ code, sentence }) => (
        <p class="small" key={code}>
          {sentence}
        </p>
      ))}
      {view.state === "safe" && <ReceiptDetails receipt={view.receipt} />}
      {isForAgain && place && (
        <p>
          <a class="button button-primary button-wide" href={place}>
            {t(camera.retake)}
            <span class="unseen">: {name}</span>
          </a>
        </p>
      )}
      {(view.state === "refused" || view.state === "held_back") && (
        <div class="card-actions">
          {view.state === "refused" && (
            <button class="button" onClick={onAgain} aria-label={t(words.tryAgainItem, { item: name })}>
              {t(words.tryAgain)}
            </button>
          )}
          {(item.kind === "sheet" || item.kind === "signature") && (
            <a class="button" href={sheetAddress(item.visit_id)}>
              {t(words.openSheet)}
            </a>
          )}
          <button class="button button-danger" onClick={onRemove} aria-label={t(words.removeItem, { item: name })}>
            {t(words.remove)}
          </button>
        </div>
      )}
    </div>
  );
}

function when(at: string): string {
  const isToday = isoDayOf(at) === isoDayOf(Date.now());
  return isToday ? timeOfDay(at) : `${dayOf(at)} ${timeOfDay(at)}`;
}

function StateTag({ view }: { view: ItemView }) {
  switch (view.state) {
    case "safe":
      return <span class="tag tag-good">{t(words.safe)}</span>;
    case "sending":
      return <span class="tag tag-info">{t(words.sending, { percent: view.percent })}</span>;
    case "refused":
      return <span class="tag tag-fail">{t(words.refused)}</span>;
    case "held_back":
      return <span class="tag tag-warn">{t(words.heldBack)}</span>;
    case "retry_later":
      return <span class="tag tag-warn">{t(words.retryAt, { time: timeOfDay(view.atMs) })}</span>;
    case "waiting":
      return <span class="tag">{t(waitingWords[view.reason])}</span>;
  }
}

const waitingWords = {
  turn: words.waiting,
  other_item: words.waitingForOther,
  metered: words.waitingForWifi,
  log_in_needed: words.waitingForLogIn,
} as const;

function Why({ refusal }: { refusal: Refusal }) {
  return (
    <div class="small">
      <p>{refusalText(refusal)}</p>
      <details>
        <summary>{t(words.why)}</summary>
        <p>{refusal.detail}</p>
        {refusal.fields.map(({ pointer, detail }) => (
          <p key={pointer}>
            {pointer}: {detail}
          </p>
        ))}
      </details>
    </div>
  );
}

const verdictWords = {
  accepted: words.verdictAccepted,
  needs_review: words.verdictReview,
  rejected: words.verdictRejected,
} as const;

function ReceiptDetails({ receipt }: { receipt: Receipt }) {
  const position = (receipt.signed && readReceipt(receipt.signed)?.ledger_position) || null;
  return (
    <details class="small">
      <summary>{t(words.receipt)}</summary>
      {receipt.received_at && <p>{t(words.receivedAt, { time: when(receipt.received_at) })}</p>}
      {receipt.sha256 && (
        <p>
          {t(words.hash)}: <span class="hash">{receipt.sha256}</span>
        </p>
      )}
      {position !== null && <p>{t(words.ledger, { position })}</p>}
      {receipt.signed && (
        <details>
          <summary>{t(words.signed)}</summary>
          <p class="hash">{receipt.signed}</p>
        </details>
      )}
      {receipt.verdict && <p>{t(verdictWords[receipt.verdict])}</p>}
      <ul>
        {receipt.findings
          .filter((finding) => finding.severity !== "info" && !finding.explained)
          .map((finding) => (
            <li key={finding.code}>{finding.sentence}</li>
          ))}
      </ul>
    </details>
  );
}
