import { useEffect, useRef, useState } from "preact/hooks";
import { type Language, languageTag, t } from "../../shared/i18n/i18n";
import { Banner } from "../../shared/ui/banner";
import { sheetAddress, siteAddress } from "../addresses";
import type { SigningDraft, VisitDraft } from "../local/types";
import { useStored } from "../local/use_stored";
import { readVisit } from "../local/visits";
import { openScreen, type ScreenProperties } from "../router";
import { MissingFact, readDocument } from "../sheet/document";
import { DocumentView } from "../sheet/document_view";
import { quickFix } from "../sheet/quick_fix";
import { SaveNote } from "../sheet/save_note";
import "../sheet/sheet.css";
import { SignForm } from "../sheet/sign_form";
import { SignedPhoto } from "../sheet/signed_photo";
import { SignedView } from "../sheet/signed_view";
import { keepSigning, NothingToSign, type Showing, showSheet, signSheet, startCorrection } from "../sheet/signing";
import { useAutosave } from "../sheet/use_autosave";
import { sign as words, signed } from "../words/sign";

const takeFix = () => quickFix(navigator.geolocation);

/** #/visit/{visit_id}/sign: the customer reads the sheet and signs it. */
export default function SignScreen({ parameters }: ScreenProperties) {
  const visitId = parameters.visit_id ?? "";
  const [showing, setShowing] = useState<Showing | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [isSigned, setSigned] = useState(false);
  const show = () => {
    setShowing(null);
    setSigned(false);
    showSheet(visitId, takeFix).then(setShowing, (error: unknown) => {
      if (error instanceof NothingToSign) openScreen(sheetAddress(visitId).slice(1), { replace: true });
      else if (error instanceof MissingFact) setTrouble(t(words.missingFact));
      else setTrouble(t(words.failed, { detail: String(error) }));
    });
  };
  const wasOpened = useRef(false);
  useEffect(() => {
    if (!wasOpened.current) show();
    wasOpened.current = true;
  }, []);
  if (isSigned) return <Signed visitId={visitId} onShowAgain={show} />;
  if (trouble) {
    return (
      <main class="page">
        <Banner tone="fail">{trouble}</Banner>
        <a class="button" href={sheetAddress(visitId)}>
          {t(words.backToSheet)}
        </a>
      </main>
    );
  }
  if (!showing) return <p class="page quiet">{t(words.preparing)}</p>;
  return <Signing showing={showing} onSigned={() => setSigned(true)} />;
}

function Signing({ showing, onSigned }: { showing: Showing; onSigned: () => void }) {
  const { visit } = showing;
  const [signing, setSigning] = useState(showing.signing);
  const [language, setLanguage] = useState<Language>(() => readDocument(signing.document).customer.language);
  const [isSaving, setSaving] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const autosave = useAutosave<SigningDraft>((draft) => keepSigning(visit.id, draft));
  // Looked for while the customer reads and signs, so that nobody waits for it at the end.
  const fix = useRef<ReturnType<typeof takeFix> | null>(null);
  fix.current ??= takeFix();
  const change = (draft: SigningDraft) => {
    // A stroke is kept at once, letters after a moment.
    const isStroke = draft.strokes !== signing.strokes;
    const isNews = isStroke || draft.has_consented !== signing.has_consented;
    setSigning(draft);
    autosave.change(draft);
    if (isStroke) void autosave.flush().catch(() => undefined);
    if (isNews) fix.current = takeFix();
  };
  const confirm = async () => {
    setSaving(true);
    setTrouble(null);
    try {
      await autosave.flush();
      await signSheet(visit.id, signing, await fix.current);
      scrollTo(0, 0);
      onSigned();
    } catch (error) {
      setTrouble(t(words.notSaved, { detail: String(error) }, language));
      setSaving(false);
    }
  };
  return (
    <main class="page sign-page" lang={languageTag(language)}>
      <header class="sign-head">
        <a class="button button-quiet" href={sheetAddress(visit.id)}>
          ‹ {t(words.backToSheet, {}, language)}
        </a>
        <LanguageChoice language={language} onLanguage={setLanguage} />
      </header>
      <h1>{t(words.title, {}, language)}</h1>
      {showing.hasChanged && <Banner tone="warn">{t(words.changed, {}, language)}</Banner>}
      <DocumentView text={signing.document} language={language} Photo={SignedPhoto} />
      <SignForm
        language={language}
        signing={signing}
        isSaving={isSaving}
        onChange={change}
        onSign={() => void confirm()}
      />
      <SaveNote state={autosave.state} language={language} />
      {trouble && <Banner tone="fail">{trouble}</Banner>}
    </main>
  );
}

const languages: readonly { language: Language; name: string }[] = [
  { language: "zh", name: "中文" },
  { language: "en", name: "English" },
];

function LanguageChoice({ language, onLanguage }: { language: Language; onLanguage: (language: Language) => void }) {
  return (
    <div class="language-choice" role="group" aria-label={t(words.language, {}, language)}>
      {languages.map((choice) => (
        <button
          type="button"
          key={choice.language}
          class={choice.language === language ? "button button-primary" : "button"}
          aria-pressed={choice.language === language}
          lang={languageTag(choice.language)}
          onClick={() => onLanguage(choice.language)}
        >
          {choice.name}
        </button>
      ))}
    </div>
  );
}

function Signed({ visitId, onShowAgain }: { visitId: string; onShowAgain: () => void }) {
  const visit = useStored<VisitDraft | null>(["visits"], async () => (await readVisit(visitId)) ?? null, [visitId]);
  if (!visit?.signature) return null;
  return (
    <main class="page sheet-page">
      <h1>{t(signed.title)}</h1>
      <SignedView
        visit={visit}
        signature={visit.signature}
        isFresh
        onShowAgain={onShowAgain}
        onCorrect={() => void startCorrection(visitId).then(() => openScreen(sheetAddress(visitId).slice(1)))}
      />
      <a class="button button-primary button-big" href={siteAddress(visit.work_order_ids[0] ?? "none")}>
        {t(signed.toVisit)}
      </a>
    </main>
  );
}
