import { currentLanguage, isoDayOf, t } from "../shared/i18n/i18n";
import { DocumentView } from "../phone/sheet/document_view";
import "../phone/sheet/sheet.css";
import { DecisionForm } from "./decision_form";
import { PhotoGallery } from "./photo_gallery";
import { RatingForm } from "./rating_form";
import { pdfAddress, type SharedResponse, type SharedVisit } from "./shared_work";
import { dayAndTime, visitTitle } from "./times";
import { visitWords as words } from "./words/visit";

interface VisitProperties {
  token: string;
  visit: SharedVisit;
  zone: string;
  /** What the customer has said about it, in order. */
  said: SharedResponse[];
  onSaid: (response: SharedResponse) => void;
}

export function VisitCard({ token, visit, zone, said, onSaid }: VisitProperties) {
  const title = visitTitle(visit, zone);
  return (
    <section class="card stack" aria-label={title}>
      <h3>{title}</h3>
      <dl class="customer-facts">
        <Fact label={t(words.technician)} text={visit.technician} />
        {visit.arrived_at && <Fact label={t(words.arrived)} text={dayAndTime(visit.arrived_at, zone)} />}
        {visit.departed_at && <Fact label={t(words.left)} text={dayAndTime(visit.departed_at, zone)} />}
      </dl>
      <Sheet token={token} visit={visit} zone={zone} />
      {visit.photos.length > 0 && <PhotoGallery token={token} photos={visit.photos} zone={zone} />}
      <DecisionForm token={token} visit={visit} zone={zone} said={said} onSaid={onSaid} />
      <RatingForm token={token} visit={visit} zone={zone} said={said} onSaid={onSaid} />
    </section>
  );
}

function Fact({ label, text }: { label: string; text: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{text}</dd>
    </div>
  );
}

/** It opens pages, and on Androids saves no files. */
const isWeChat = navigator.userAgent.includes("MicroMessenger");

function Sheet({ token, visit, zone }: Pick<VisitProperties, "token" | "visit" | "zone">) {
  const { sheet } = visit;
  if (!sheet) return <p class="quiet">{t(words.notSigned)}</p>;
  const file = `${isoDayOf(sheet.signed_at, zone)}-${sheet.document_sha256.slice(0, 8)}.pdf`;
  const signed = { name: sheet.signer_name, role: sheet.signer_role, when: dayAndTime(sheet.signed_at, zone) };
  return (
    <div class="stack">
      <p>
        {t(words.signedBy, signed)}
        {sheet.method === "typed" && <span class="quiet"> · {t(words.typed)}</span>}
      </p>
      <details class="customer-sheet">
        <summary>{t(words.sheet)}</summary>
        <DocumentView text={sheet.document} language={currentLanguage()} />
      </details>
      <a class="button button-wide" href={pdfAddress(token, visit)} download={file} referrerpolicy="no-referrer">
        {t(words.pdf)}
      </a>
      {isWeChat && <p class="small quiet">{t(words.inWeChat)}</p>}
    </div>
  );
}
