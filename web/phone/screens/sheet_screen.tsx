import { useEffect, useState } from "preact/hooks";
import type { Schema } from "../../shared/api/types";
import { t } from "../../shared/i18n/i18n";
import { Banner } from "../../shared/ui/banner";
import { signAddress, siteAddress } from "../addresses";
import { readDay } from "../local/day";
import { listPhotos } from "../local/photos";
import type { SheetDraft, VisitDraft } from "../local/types";
import { useStored } from "../local/use_stored";
import { changeVisit, readVisit } from "../local/visits";
import { useOutbox } from "../outbox/use_outbox";
import { openScreen, type ScreenProperties } from "../router";
import { useSession } from "../session_context";
import { CorrectionAsked, FetchVisit } from "../sheet/correction_asked";
import { gapsOf, newSheet, withEveryWorkOrder } from "../sheet/content";
import { type MissingEvidence, missingEvidence } from "../sheet/missing_evidence";
import { quickFix } from "../sheet/quick_fix";
import { SaveNote } from "../sheet/save_note";
import { SheetForm } from "../sheet/sheet_form";
import "../sheet/sheet.css";
import { SignedView } from "../sheet/signed_view";
import { giveUpCorrection, sendUnsigned, startCorrection } from "../sheet/signing";
import { useAutosave } from "../sheet/use_autosave";
import { common } from "../words/common";
import { sheet as words } from "../words/sheet";
import { signed } from "../words/sign";

/** #/visit/{visit_id}/sheet: the technician writes the visit sheet; once it is signed, it is only read. */
export default function SheetScreen({ parameters }: ScreenProperties) {
  const visitId = parameters.visit_id ?? "";
  const visit = useStored(["visits"], async () => (await readVisit(visitId)) ?? null, [visitId]);
  const photos = useStored(["photos"], () => listPhotos(visitId), [visitId]);
  const { user } = useSession();
  const day = useStored(["days"], async () => (await readDay(user.id)) ?? null, [user.id]);
  const outbox = useOutbox(user.id) ?? [];
  if (visit === undefined || photos === undefined || day === undefined) return null;
  const asked = day?.corrections?.find((correction) => correction.visit_id === visitId);
  if (visit === null && asked) return <Fetching userId={user.id} correction={asked} />;
  if (visit === null) return <Nothing text={t(words.noVisit)} />;
  if (visit.check_ins.length === 0) return <Nothing text={t(words.noCheckIn)} />;
  const isSigned = visit.signature !== null && visit.signature.sheet_version === (visit.sheet?.version ?? 1);
  return (
    <main class="page sheet-page">
      <Head visit={visit} />
      {asked && (visit.signature?.sheet_version ?? 0) <= asked.sheet_version && <CorrectionAsked correction={asked} />}
      {isSigned && visit.signature ? (
        <SignedView
          visit={visit}
          signature={visit.signature}
          isFresh={false}
          onCorrect={() => void startCorrection(visitId)}
          onShowAgain={() => openScreen(signAddress(visitId).slice(1))}
        />
      ) : (
        <Writing visit={visit} missing={missingEvidence(visit, photos, outbox)} />
      )}
    </main>
  );
}

function Fetching({ userId, correction }: { userId: string; correction: Schema<"Correction"> }) {
  return (
    <main class="page sheet-page">
      <h1>{t(words.title)}</h1>
      <p class="quiet">{correction.site.name}</p>
      <CorrectionAsked correction={correction} />
      <FetchVisit userId={userId} correction={correction} />
      <a class="button" href="#/">
        {t(common.toToday)}
      </a>
    </main>
  );
}

function Nothing({ text }: { text: string }) {
  return (
    <main class="page">
      <p>{text}</p>
      <a class="button" href="#/">
        {t(common.toToday)}
      </a>
    </main>
  );
}

const siteOf = (visit: VisitDraft): string => siteAddress(visit.work_order_ids[0] ?? "none");

function Head({ visit }: { visit: VisitDraft }) {
  return (
    <header class="sheet-head">
      <a class="button button-quiet" href={siteOf(visit)}>
        ‹ {t(signed.toVisit)}
      </a>
      <h1>{t(words.title)}</h1>
      <p class="quiet">{visit.site.name}</p>
    </header>
  );
}

/** The sheet as it is on this phone, or the one to begin with. */
const sheetOf = (visit: VisitDraft): SheetDraft =>
  withEveryWorkOrder(visit.sheet ?? newSheet(visit.work_orders), visit.work_orders);

function Writing({ visit, missing }: { visit: VisitDraft; missing: MissingEvidence[] }) {
  const [draft, setDraft] = useState(() => sheetOf(visit));
  const [isAsked, setAsked] = useState(false);
  const [note, setNote] = useState<{ tone: "good" | "fail"; text: string } | null>(null);
  const autosave = useAutosave<SheetDraft>((sheet) =>
    changeVisit(visit.id, (current) => {
      // Another tab had it signed: what was signed stays.
      if (current.signature && current.signature.sheet_version >= sheet.version) return current;
      return { ...current, sheet, signing: current.signing && { ...current.signing, is_servers: false } };
    }),
  );
  // What another tab wrote shows here, unless something is being written here.
  useEffect(() => {
    if (!autosave.isDirty()) setDraft(sheetOf(visit));
  }, [visit]);
  const change = (sheet: SheetDraft) => {
    setDraft(sheet);
    setNote(null);
    autosave.change(sheet);
  };
  const gaps = isAsked ? gapsOf(draft) : [];
  const goOn = async (then: () => Promise<void>) => {
    setAsked(true);
    const [first] = gapsOf(draft);
    if (first) return document.getElementById(first.place)?.focus();
    try {
      autosave.change(draft);
      await autosave.flush();
      await then();
    } catch (error) {
      setNote({ tone: "fail", text: t(words.notSaved, { detail: String(error) }) });
    }
  };
  const unchosen = visit.work_orders.filter((order) => !draft.outcomes[order.id]).map((order) => order.number);
  return (
    <>
      <SaveNote state={autosave.state} />
      <Missing visit={visit} missing={missing} />
      <SheetForm sheet={draft} workOrders={visit.work_orders} gaps={gaps} onChange={change} />
      {gaps.length > 0 && (
        <Banner tone="fail">
          <p>
            <strong>{t(words.gaps)}</strong>
          </p>
          <ul>
            {gaps.map((gap) => (
              <li key={gap.place}>{t(words[gap.what])}</li>
            ))}
          </ul>
        </Banner>
      )}
      {unchosen.length > 0 && <p class="quiet small">{t(words.outcomesOpen, { orders: unchosen.join(", ") })}</p>}
      {note && <Banner tone={note.tone}>{note.text}</Banner>}
      <div class="stack sheet-actions">
        <button
          type="button"
          class="button button-primary button-big"
          onClick={() => void goOn(async () => openScreen(signAddress(visit.id).slice(1)))}
        >
          {t(words.show)}
        </button>
        <button
          type="button"
          class="button button-wide"
          onClick={() =>
            void goOn(async () => {
              await sendUnsigned(visit.id, () => quickFix(navigator.geolocation));
              setNote({ tone: "good", text: t(words.unsignedSent) });
            })
          }
        >
          {t(words.sendUnsigned)}
        </button>
        {visit.signature && draft.corrects_version === visit.signature.sheet_version && (
          <button type="button" class="button button-wide" onClick={() => void giveUpCorrection(visit.id)}>
            {t(words.giveUpCorrection)}
          </button>
        )}
      </div>
    </>
  );
}

/** What the checklist still asks for: said, and in nobody's way. */
function Missing({ visit, missing }: { visit: VisitDraft; missing: MissingEvidence[] }) {
  if (missing.length === 0) return null;
  return (
    <Banner tone="warn">
      <p>
        <strong>{t(words.missing, { count: missing.length })}</strong>
      </p>
      <ul class="missing-list">
        {missing.map((item, i) => (
          <li key={i}>
            {item.label}
            {item.isRequired && <span class="tag tag-warn"> {t(words.missingRequired)}</span>}
          </li>
        ))}
      </ul>
      <p class="small">{t(words.missingHint)}</p>
      <a class="button" href={siteOf(visit)}>
        {t(words.takeMissing)}
      </a>
    </Banner>
  );
}
