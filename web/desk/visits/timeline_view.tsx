import type { ComponentChildren } from "preact";
import type { Schema } from "../../shared/api/types";
import { t, timeOfDay } from "../../shared/i18n/i18n";
import type { Tone } from "../../shared/ui/banner";
import { roles } from "../../shared/words/roles";
import { toneOf } from "../audit/verdicts";
import { dayAt, momentAt, zoneMark } from "../moments";
import { correctionWords } from "../words/corrections";
import { callWords, sheetWords, timelineWords as words } from "../words/visits";
import type { Photo, VisitFile } from "./file";
import { blockNames } from "./correction_request";
import { CALL_TONES, Stars, VerdictTag } from "./tags";
import { Thumbnail } from "./thumbnail";
import { Where } from "./where";
import { type Happening, type TimelineEvent, timelineOf } from "./timeline";

interface Properties {
  file: VisitFile;
  onPhoto: (photoId: string) => void;
}

/** What happened, in order, by the site's clock. */
export function TimelineView({ file, onPhoto }: Properties) {
  const zone = file.visit.site.time_zone;
  const days = new Map<string, TimelineEvent[]>();
  for (const event of timelineOf(file)) {
    const day = dayAt(event.at, zone);
    days.set(day, [...(days.get(day) ?? []), event]);
  }
  return (
    <div class="visits-columns">
      <div class="visits-timeline">
        {file.visit.findings.length > 0 && (
          <section>
            <h2>{t(words.ofAll)}</h2>
            <Sentences findings={file.visit.findings} />
          </section>
        )}
        {[...days].map(([day, events]) => (
          <section key={day} aria-label={day}>
            <h2>
              {day}
              {events[0] && zoneMark(events[0].at, zone)}
            </h2>
            <ol class="visits-events">
              {events.map((event) => (
                <EventItem key={event.key} event={event} zone={zone} onPhoto={onPhoto} />
              ))}
            </ol>
          </section>
        ))}
      </div>
      <Where file={file} />
    </div>
  );
}

/** A title, a mark of how grave it is, and what stands below it. */
interface Told {
  title: string;
  tone?: Tone;
  below?: ComponentChildren;
}

interface ItemProperties {
  event: TimelineEvent;
  zone: string;
  onPhoto: (photoId: string) => void;
}

function EventItem({ event, zone, onPhoto }: ItemProperties) {
  const { title, tone, below } = told(event.what, zone, onPhoto);
  return (
    <li class={`visits-event ${tone ? `visits-event-${tone}` : ""}`}>
      <time dateTime={event.at}>{timeOfDay(event.at, zone)}</time>
      <div class="visits-event-body">
        <p class="visits-event-title">{title}</p>
        {event.receivedAt && <p class="small quiet">{t(words.received, { time: momentAt(event.receivedAt, zone) })}</p>}
        {below}
      </div>
    </li>
  );
}

const CHECK_INS = { arrival: words.arrival, progress: words.progress, departure: words.departure };

const Quote = ({ text }: { text: string | null }) => (text ? <blockquote class="visits-quote">{text}</blockquote> : null);

function told(what: Happening, zone: string, onPhoto: (id: string) => void): Told {
  switch (what.kind) {
    case "check_in":
      return toldCheckIn(what.checkIn);
    case "photos":
      return { title: t(words.photos, { count: what.photos.length }), below: <Strip photos={what.photos} zone={zone} onPhoto={onPhoto} /> };
    case "scan":
      return toldScan(what.scan);
    case "sheet":
      return toldSheet(what.sheet);
    case "signature":
      return toldSignature(what.signature);
    case "link":
      return {
        title: t(words.linkMade, { name: what.link.created_by.name }),
        below: <p class="quiet">{t(words.linkUntil, { time: momentAt(what.link.expires_at, zone) })}</p>,
      };
    case "revoked":
      return { title: t(words.linkRevoked, { name: what.link.revoked_by?.name ?? "–" }) };
    case "opened":
      return { title: t(words.opened), below: what.times > 1 && <p class="quiet">{t(words.openedTimes, { count: what.times })}</p> };
    case "response":
      return toldResponse(what.response);
    case "handling":
      return {
        title: t(what.handling.state === "handled" ? words.handled : words.reopened, { name: what.handling.actor.name }),
        tone: what.handling.state === "handled" ? "good" : "warn",
        below: <Quote text={what.handling.note} />,
      };
    case "callback":
      return toldCall(what.callback);
    case "review":
      return toldReview(what.review, what.photo);
    case "correction":
      return toldCorrection(what.correction, what.isWithdrawn);
    case "retake_answered":
      return {
        title: t(words.answered, { name: what.retake.technician.name }),
        tone: "good",
        below: what.photo && <Strip photos={[what.photo]} zone={zone} onPhoto={onPhoto} />,
      };
  }
}

function toldCheckIn(checkIn: Schema<"CheckIn">): Told {
  return {
    title: t(CHECK_INS[checkIn.kind]),
    tone: checkIn.verdict === "accepted" ? "good" : checkIn.verdict === "rejected" ? "fail" : "warn",
    below: (
      <>
        <p>
          <VerdictTag verdict={checkIn.verdict} />
        </p>
        <Sentences findings={checkIn.findings} />
        {checkIn.note && <p>{t(words.noteOf, { note: checkIn.note })}</p>}
      </>
    ),
  };
}

function toldScan({ entered, value, asset, verdict, findings }: Schema<"Scan">): Told {
  return {
    title: t(entered === "typed" ? words.typed : words.scan, { value }),
    tone: verdict === "accepted" ? "good" : "warn",
    below: (
      <>
        <p class="quiet">{asset ? t(words.scanAsset, { asset: asset.name }) : t(words.scanUnknown)}</p>
        <Sentences findings={findings} />
      </>
    ),
  };
}

function toldSheet({ written_by, version, correction_reason, corrects_version, state }: Schema<"Sheet">): Told {
  const values = { name: written_by.name, version };
  return {
    title: t(corrects_version ? words.sheetVersion : words.sheetWritten, values),
    tone: state === "draft" ? "warn" : undefined,
    below: correction_reason && <p>{t(words.why, { reason: correction_reason })}</p>,
  };
}

function toldSignature({ signer_name, signer_role, rating, method }: Schema<"Signature">): Told {
  return {
    title: t(words.signed, { name: signer_name, role: signer_role }),
    tone: "good",
    below: (
      <>
        {method === "typed" && <p class="quiet">{t(sheetWords.typed)}</p>}
        {rating && <Stars count={rating.score} />}
        <Quote text={rating?.comment ?? null} />
      </>
    ),
  };
}

function toldResponse({ kind, stars, decision, text, urgency }: Schema<"CustomerResponse">): Told {
  const titles = {
    rating: () => t(words.rated, { count: stars ?? 0 }),
    complaint: () => t(words.complaint),
    decision: () => t(decision === "disputed" ? words.disputedVisit : words.confirmedVisit),
  };
  return { title: titles[kind](), tone: urgency > 0 ? "fail" : "good", below: <Quote text={text} /> };
}

function toldCall({ called_by, outcome, score, spoke_with, note }: Schema<"Callback">): Told {
  const lines = [spoke_with && t(words.spokeWith, { name: spoke_with }), score !== null && t(words.score, { score })];
  return {
    title: t(words.called, { name: called_by.name, outcome: t(callWords[outcome]) }),
    tone: CALL_TONES[outcome],
    below: (
      <>
        {lines.some(Boolean) && <p class="quiet">{lines.filter(Boolean).join(" · ")}</p>}
        <Quote text={note} />
      </>
    ),
  };
}

function toldCorrection({ requested_by, withdrawn_by, blocks, reason }: Schema<"Correction">, isWithdrawn: boolean): Told {
  if (isWithdrawn) return { title: t(correctionWords.withdrawn, { name: withdrawn_by?.name ?? "–" }), tone: "info" };
  return {
    title: t(correctionWords.asked, { name: requested_by.name }),
    tone: "warn",
    below: (
      <>
        <p class="quiet">{t(correctionWords.wrong, { blocks: blockNames(blocks) })}</p>
        <Quote text={reason} />
      </>
    ),
  };
}

const REVIEWS = {
  approve: { word: words.approvedBy, tone: "good" },
  reject: { word: words.rejectedBy, tone: "fail" },
  retake: { word: words.retakeBy, tone: "warn" },
  withdraw: { word: words.withdrawnBy, tone: "info" },
} as const;

function toldReview({ decision, reviewer, reason }: Schema<"Review">, photo: Photo | null): Told {
  const { word, tone } = REVIEWS[decision];
  return {
    title: t(word, { name: reviewer.name }),
    tone,
    below: (
      <>
        <p class="quiet">{photo ? t(words.ofPhoto, { role: t(roles[photo.role]) }) : t(words.ofVisit)}</p>
        <Quote text={reason} />
      </>
    ),
  };
}

function Strip({ photos, zone, onPhoto }: { photos: readonly Photo[]; zone: string; onPhoto: (id: string) => void }) {
  return (
    <ul class="visits-strip">
      {photos.map((photo) => (
        <li key={photo.id}>
          <Thumbnail photo={photo} zone={zone} onOpen={() => onPhoto(photo.id)} />
        </li>
      ))}
    </ul>
  );
}

/** What speaks against it in full; what speaks for it on request. */
function Sentences({ findings }: { findings: readonly Schema<"Finding">[] }) {
  const grave = findings.filter(({ severity, explained }) => severity !== "info" && !explained);
  const others = findings.filter((finding) => !grave.includes(finding));
  return (
    <>
      {grave.map((finding) => (
        <p key={finding.code} class={`banner banner-${toneOf(finding.severity)}`}>
          {finding.sentence}
        </p>
      ))}
      {others.length > 0 && (
        <details>
          <summary class="small">{t(words.otherFindings, { count: others.length })}</summary>
          <ul>
            {others.map((finding) => (
              <li key={finding.code}>{finding.sentence}</li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

