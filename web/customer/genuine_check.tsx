import { useRef, useState } from "preact/hooks";
import { dayOf, t } from "../shared/i18n/i18n";
import { Banner, type Tone } from "../shared/ui/banner";
import { failureText } from "./failure_text";
import { checkFile, type Finding } from "./genuine";
import type { SharedVisit } from "./shared_work";
import { dayAndTime } from "./times";
import { genuineWords as words } from "./words/genuine";

interface CheckProperties {
  token: string;
  visits: SharedVisit[];
  zone: string;
}

type Outcome = { name: string; finding: Finding } | { name: string; failure: string } | null;

/** A PDF dropped here is compared with what was given out. */
export function GenuineCheck({ token, visits, zone }: CheckProperties) {
  const [outcome, setOutcome] = useState<Outcome>(null);
  const [isChecking, setChecking] = useState(false);
  const [isOver, setOver] = useState(false);
  const latest = useRef(0);

  const check = async (file: File | undefined) => {
    if (!file) return;
    const turn = ++latest.current;
    setChecking(true);
    setOutcome(null);
    let found: Outcome;
    try {
      found = { name: file.name, finding: await checkFile(token, file) };
    } catch (error) {
      found = { name: file.name, failure: failureText(error) };
    }
    // A later file may have been dropped meanwhile.
    if (turn !== latest.current) return;
    setOutcome(found);
    setChecking(false);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void check(event.dataTransfer?.files[0]);
  };

  return (
    <section class="customer-part">
      <h2>{t(words.title)}</h2>
      <div
        class={isOver ? "customer-drop customer-drop-over" : "customer-drop"}
        data-testid="drop"
        onDragOver={(event) => (event.preventDefault(), setOver(true))}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <p>{t(words.intro)}</p>
        <label class="button customer-file">
          {t(words.choose)}
          <input
            type="file"
            class="unseen"
            accept="application/pdf,.pdf"
            onChange={(event) => {
              void check(event.currentTarget.files?.[0]);
              event.currentTarget.value = "";
            }}
          />
        </label>
        {isChecking && <p role="status">{t(words.checking)}</p>}
        {outcome && <OutcomeView outcome={outcome} visits={visits} zone={zone} />}
      </div>
    </section>
  );
}

function OutcomeView({ outcome, visits, zone }: { outcome: NonNullable<Outcome>; visits: SharedVisit[]; zone: string }) {
  if ("failure" in outcome) return <Banner tone="fail">{outcome.failure}</Banner>;
  const { name, finding } = outcome;
  if (finding.kind === "genuine") return <Genuine name={name} finding={finding} visits={visits} zone={zone} />;
  if (finding.kind === "unknown")
    return <Verdict tone="fail" lines={[t(words.unknown, { name })]} digest={finding.digest} />;
  const says = { too_large: words.tooLarge, unreadable: words.unreadable, insecure: words.insecure };
  return <Banner tone="warn">{t(says[finding.kind])}</Banner>;
}

interface GenuineProperties {
  name: string;
  finding: Extract<Finding, { kind: "genuine" }>;
  visits: SharedVisit[];
  zone: string;
}

function Genuine({ name, finding, visits, zone }: GenuineProperties) {
  const { document, digest } = finding;
  const visit = visits.find((each) => each.id === document.visit_id);
  const day = visit?.arrived_at ?? visit?.sheet?.signed_at ?? document.first_issued_at;
  const lines = [t(words.genuine, { name, visit: day ? dayOf(day, zone) : "–", version: document.sheet_version })];
  if (document.first_issued_at) lines.push(t(words.issued, { when: dayAndTime(document.first_issued_at, zone) }));
  if (!document.is_latest) lines.push(t(words.outdated));
  return <Verdict tone={document.is_latest ? "good" : "warn"} lines={lines} digest={digest} />;
}

function Verdict({ tone, lines, digest }: { tone: Tone; lines: string[]; digest: string }) {
  return (
    <Banner tone={tone}>
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
      <p class="small">
        {t(words.digest)}: <span class="customer-digest">{digest}</span>
      </p>
    </Banner>
  );
}
