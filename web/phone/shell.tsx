/** What is around the screens: notices above, the way to the three main screens below. */
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { t } from "../shared/i18n/i18n";
import { useObservable } from "../shared/ui/observable";
import { Banner } from "../shared/ui/banner";
import { clockAheadMs, isClockWrong } from "./device/clock";
import { isNearlyFull, isPrivate, room } from "./device/storage";
import { applyUpdate, updateState } from "./device/updates";
import type { Session } from "./local/types";
import { siteAddress } from "./addresses";
import { listPhotos } from "./local/photos";
import { useStored } from "./local/use_stored";
import { listVisits } from "./local/visits";
import { doubtsOf, isStillNear } from "./outbox/photo_doubts";
import { listOutbox } from "./outbox/store";
import { type OutboxSummary, summarise } from "./outbox/view";
import { TrustNotice } from "./trust_notice";
import { common } from "./words/common";
import { doubts as doubtWords } from "./words/doubts";
import { notices as words } from "./words/notices";

const nothing: OutboxSummary = { unsent: 0, refused: 0, bytesUnsent: 0 };

/** Photos at visits that the technician is still near to. */
interface Doubted {
  readonly count: number;
  /** Of them, those that the server refused. */
  readonly refused: number;
  /** Where the first of them is taken again. */
  readonly address: string;
}

async function readDoubted(userId: string): Promise<Doubted> {
  const visits = (await listVisits(userId)).filter((visit) => isStillNear(visit, Date.now()));
  const photos = (await Promise.all(visits.map(({ id }) => listPhotos(id)))).flat();
  const doubted = photos.length > 0 ? doubtsOf(photos, await listOutbox(userId)) : [];
  const first = visits.find(({ id }) => id === doubted[0]?.photo.visit_id);
  const [workOrderId] = first?.work_order_ids ?? [];
  return {
    count: doubted.length,
    refused: doubted.filter(({ objections }) => objections.some(({ by }) => by === "refusal")).length,
    address: workOrderId ? siteAddress(workOrderId) : "#/outbox",
  };
}

const useDoubted = (userId: string | undefined): Doubted | undefined =>
  useStored(["visits", "photos", "outbox"], async () => (userId ? readDoubted(userId) : undefined), [userId]);

function useOutboxSummary(session: Session | null): OutboxSummary {
  const userId = session?.user.id;
  const read = async () => (userId ? summarise(await listOutbox(userId)) : nothing);
  return useStored(["outbox"], read, [userId]) ?? nothing;
}

/** Follows what the browser believes of the network; it errs on the hopeful side. */
function useOnline(): boolean {
  const [isOnline, set] = useState(navigator.onLine);
  useEffect(() => {
    const follow = () => set(navigator.onLine);
    addEventListener("online", follow);
    addEventListener("offline", follow);
    follow();
    return () => {
      removeEventListener("online", follow);
      removeEventListener("offline", follow);
    };
  }, []);
  return isOnline;
}

/** The screen of a visit shows its photos itself. */
const SITE = "/site/{work_order_id}";

/** Everything the technician should know whatever the screen, the gravest first. */
export function Notices({ session, address }: { session: Session | null; address: string }) {
  const lead = useObservable(clockAheadMs);
  const storage = useObservable(room);
  const forgets = useObservable(isPrivate);
  const update = useObservable(updateState);
  const isOnline = useOnline();
  const { refused } = useOutboxSummary(session);
  const doubted = useDoubted(session?.user.id);
  const otherRefused = refused - (doubted?.refused ?? 0);
  const minutes = lead === null ? 0 : Math.round(Math.abs(lead) / 60_000);
  return (
    <div class="notices">
      {forgets && <Banner tone="fail">{t(words.privateWindow)}</Banner>}
      {session && !session.tokens && address !== "/log-in" && (
        <Banner tone="warn">
          <p>{t(words.sessionEnded)}</p>
          <a class="button" href="#/log-in">
            {t(words.logInAgain)}
          </a>
        </Banner>
      )}
      {isClockWrong(lead) && (
        <Banner tone="warn">{t(lead > 0 ? words.clockAhead : words.clockBehind, { minutes })}</Banner>
      )}
      <TrustNotice />
      {isNearlyFull(storage) && <Banner tone="warn">{t(words.nearlyFull)}</Banner>}
      {doubted && doubted.count > 0 && address !== SITE && (
        <Banner tone="warn">
          <div class="row row-spread">
            <span>{t(doubtWords.title, { count: doubted.count })}</span>
            <a class="button" href={doubted.address}>
              {t(words.look)}
            </a>
          </div>
        </Banner>
      )}
      {otherRefused > 0 && address !== "/outbox" && (
        <Banner tone="warn">
          <div class="row row-spread">
            <span>{t(words.refused, { count: otherRefused })}</span>
            <a class="button" href="#/outbox">
              {t(words.look)}
            </a>
          </div>
        </Banner>
      )}
      {!isOnline && <Banner tone="info">{t(words.offline)}</Banner>}
      {update !== "current" && (
        <Banner tone="info">
          <div class="row row-spread">
            <span>{t(update === "ready" ? words.newVersion : words.oldVersion)}</span>
            <button class="button" onClick={applyUpdate}>
              {t(update === "ready" ? words.useNewVersion : words.reload)}
            </button>
          </div>
        </Banner>
      )}
    </div>
  );
}

/** The three main screens, in reach of the thumb. */
export function Navigation({ session, address }: { session: Session; address: string }) {
  const { unsent, refused } = useOutboxSummary(session);
  const open = unsent + refused;
  return (
    <nav class="navigation" aria-label={t(common.mainNavigation)}>
      <NavigationLink to="/" address={address}>
        {t(common.today)}
      </NavigationLink>
      <NavigationLink to="/outbox" address={address}>
        {t(common.outbox)}
        {open > 0 && <span class={refused > 0 ? "badge badge-fail" : "badge"}>{open}</span>}
      </NavigationLink>
      <NavigationLink to="/settings" address={address}>
        {t(common.settings)}
      </NavigationLink>
    </nav>
  );
}

function NavigationLink({ to, address, children }: { to: string; address: string; children: ComponentChildren }) {
  return (
    <a class="navigation-link" href={`#${to}`} aria-current={address === to ? "page" : undefined}>
      {children}
    </a>
  );
}
