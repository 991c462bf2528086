import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { currentLanguage, dayOf, t, useLanguage } from "../shared/i18n/i18n";
import { Banner } from "../shared/ui/banner";
import { ComplaintForm } from "./complaint_form";
import { failureText, isFinal } from "./failure_text";
import { GenuineCheck } from "./genuine_check";
import { chooseLanguage } from "./kept_language";
import { readPage, type SharedPage, type SharedResponse } from "./shared_work";
import { VisitCard } from "./visit_card";
import { WorkOrderCard } from "./work_order_card";
import { pageWords as words } from "./words/page";
import { visitWords } from "./words/visit";

/** Whoever comes back to the page after this time sees it anew. */
const STALE_MS = 30_000;

type Shown = { page: SharedPage; failure: unknown } | { page: null; failure: unknown };

/** Everything behind one link. */
export function LinkPage({ token }: { token: string | null }) {
  const language = useLanguage();
  const [shown, setShown] = useState<Shown>({ page: null, failure: null });
  const [isLoading, setLoading] = useState(true);
  const loadedAt = useRef(0);

  const load = useCallback(async () => {
    if (!token) return;
    setLoading(true);
    try {
      setShown({ page: await readPage(token), failure: null });
      loadedAt.current = Date.now();
    } catch (failure) {
      // What was read before stays readable, unless the link is no good any more.
      setShown((before) => ({ page: isFinal(failure) ? null : before.page, failure }));
    } finally {
      setLoading(false);
    }
  }, [token]);

  useEffect(() => {
    void load();
    const look = () => {
      if (document.visibilityState === "visible" && Date.now() - loadedAt.current > STALE_MS) void load();
    };
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [load]);

  const { page, failure } = shown;
  useEffect(() => {
    document.title = page ? `${t(words.title)} · ${page.organisation.name}` : t(words.title);
  }, [page, language]);

  const add = (response: SharedResponse) =>
    setShown((before) => before.page
      ? { page: { ...before.page, responses: [...before.page.responses, response] }, failure: null }
      : before);

  return (
    <main class="page customer">
      <Head page={page} />
      {!token && <Banner tone="fail">{t(words.unknown)}</Banner>}
      {failure !== null && <Failure failure={failure} onRetry={load} />}
      {token && !page && failure === null && <p role="status">{t(words.loading)}</p>}
      {token && page && <Work token={token} page={page} onSaid={add} isLoading={isLoading} onRefresh={load} />}
    </main>
  );
}

function Head({ page }: { page: SharedPage | null }) {
  const other = currentLanguage() === "zh" ? "en" : "zh";
  return (
    <header class="customer-head">
      <div>
        <h1>{page ? page.organisation.name : t(words.title)}</h1>
        {page && (
          <p class="quiet">
            {page.customer.name} · {page.site.name}
            {page.site.address && <span class="customer-address">{page.site.address}</span>}
          </p>
        )}
      </div>
      <button type="button" class="button" lang={other === "zh" ? "zh-CN" : "en"} onClick={() => chooseLanguage(other)}>
        {t(words.language)}
      </button>
    </header>
  );
}

function Failure({ failure, onRetry }: { failure: unknown; onRetry: () => void }) {
  return (
    <Banner tone="fail">
      <p>{failureText(failure)}</p>
      {!isFinal(failure) && (
        <button type="button" class="button" onClick={onRetry}>
          {t(words.tryAgain)}
        </button>
      )}
    </Banner>
  );
}

interface WorkProperties {
  token: string;
  page: SharedPage;
  onSaid: (response: SharedResponse) => void;
  isLoading: boolean;
  onRefresh: () => void;
}

function Work({ token, page, onSaid, isLoading, onRefresh }: WorkProperties) {
  const zone = page.site.time_zone;
  return (
    <>
      <div class="stack">
        {page.work_orders.map((order) => (
          <WorkOrderCard key={order.number} order={order} zone={zone} />
        ))}
        <button type="button" class="button" disabled={isLoading} onClick={onRefresh}>
          {t(words.refresh)}
        </button>
      </div>
      <h2 class="customer-part">{t(visitWords.visits)}</h2>
      {page.visits.length === 0 && <p class="quiet">{t(visitWords.none)}</p>}
      <div class="stack">
        {page.visits.map((visit) => (
          <VisitCard
            key={visit.id}
            token={token}
            visit={visit}
            zone={zone}
            said={page.responses.filter((response) => response.visit_id === visit.id)}
            onSaid={onSaid}
          />
        ))}
      </div>
      <ComplaintForm
        token={token}
        zone={zone}
        said={page.responses.filter((response) => response.kind === "complaint")}
        onSaid={onSaid}
      />
      <GenuineCheck token={token} visits={page.visits} zone={zone} />
      <p class="small quiet customer-ending">{t(words.validUntil, { day: dayOf(page.expires_at, zone) })}</p>
    </>
  );
}
