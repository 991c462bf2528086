import { useState } from "preact/hooks";
import type { Schema } from "../../shared/api/types";
import { t } from "../../shared/i18n/i18n";
import { scanner as words } from "../words/camera";
import { FileChooser } from "./file_chooser";
import { Overlay } from "./overlay";
import { type KnownAsset, matchScan, type Reading, type ScanMatch, settledReading, spelledAsLabel } from "./scan_match";
import { TypedCode } from "./typed_code";
import { ScannerPicture, useScanner } from "./use_scanner";
import { newId } from "../../shared/new_id";

export type NewScan = Schema<"ScanCreate">;

interface Properties {
  siteId: string;
  assets: readonly KnownAsset[];
  /** Values that this visit has already. */
  known: ReadonlySet<string>;
  /** Keeps a scan; resolves when it is durable. */
  onScan: (scan: NewScan) => Promise<void>;
  onClose: () => void;
}

/** A code that was read or typed, and how far it is. */
interface Found {
  readonly scan: NewScan;
  readonly match: ScanMatch;
  readonly state: "asked" | "saved" | "twice";
}

/** A symbology that no label states: typed codes have none. */
const TYPED_SYMBOLOGY = "unknown";

function scanOf({ symbology, value }: Reading, entered: NewScan["entered"]): NewScan {
  return { id: newId(), captured_at: new Date().toISOString(), symbology, value, entered };
}

/**
 * Barcodes and QR codes, live or typed. Says at once whose label it is; one of this site's assets is saved
 * without asking, anything else when the technician says so.
 */
export function ScannerView({ siteId, assets, known, onScan, onClose }: Properties) {
  const [found, setFound] = useState<Found | null>(null);
  const [trouble, setTrouble] = useState("");

  const save = async (scan: NewScan, match: ScanMatch): Promise<void> => {
    try {
      await onScan(scan);
      setFound({ scan, match, state: "saved" });
    } catch (error) {
      setTrouble(String(error));
    }
  };
  const see = (scan: NewScan): void => {
    setTrouble("");
    const match = matchScan(scan.value, siteId, assets);
    navigator.vibrate?.(40);
    if (known.has(scan.value)) setFound({ scan, match, state: "twice" });
    else if (match.kind === "this_site") void save(scan, match);
    else setFound({ scan, match, state: "asked" });
  };

  const scanner = useScanner((sighting) => see(scanOf(settledReading(sighting, siteId, assets), "camera")));
  const next = (): void => {
    setFound(null);
    scanner.lookAgain();
  };
  /* A code in a photo by the phone's own camera counts as scanned: nobody typed it. */
  const readPicture = async (file: File): Promise<void> => {
    setTrouble("");
    const nearest = await scanner.readPicture(file);
    if (nearest) see(scanOf(settledReading(nearest, siteId, assets), "camera"));
    else setTrouble(t(words.noneInPicture));
  };

  return (
    <Overlay label={t(words.title)} onClose={onClose} isFull>
      <div class="camera">
        <ScannerPicture scanner={scanner} isAiming={!found} />
        <div class="scan-result" role="status" aria-live="polite">
          {trouble && <p>{trouble}</p>}
          {found ? <FoundWords found={found} /> : <p>{scanner.hint}</p>}
        </div>
        {found ? (
          <div class="quick-bar">
            <button class="button button-dark" type="button" onClick={next}>
              {t(found.state === "asked" ? words.again : words.next)}
            </button>
            {found.state === "asked" && (
              <button class="button button-primary" type="button" onClick={() => void save(found.scan, found.match)}>
                {t(words.use)}
              </button>
            )}
          </div>
        ) : (
          <>
            <TypedCode
              onCode={(typed) => {
                const value = spelledAsLabel(typed, siteId, assets);
                see(scanOf({ symbology: TYPED_SYMBOLOGY, value }, "typed"));
              }}
            />
            {scanner.live.problem && !scanner.hasFailed && (
              <FileChooser label={t(words.fromPicture)} onFile={readPicture} />
            )}
          </>
        )}
        <button class="button button-dark button-wide" type="button" onClick={onClose}>
          {t(words.finish)}
        </button>
      </div>
    </Overlay>
  );
}

function FoundWords({ found: { scan, match, state } }: { found: Found }) {
  return (
    <>
      <p class="scan-value">{scan.value}</p>
      <MatchWords match={match} />
      {state !== "asked" && (
        <p>
          <strong>{t(state === "saved" ? words.saved : words.twice)}</strong>
        </p>
      )}
    </>
  );
}

/** Whose label it is, and what to do when it is not this site's. */
export function MatchWords({ match }: { match: ScanMatch }) {
  if (match.kind === "this_site") return <p class="tag tag-good">{t(words.thisSite, { asset: match.asset.name })}</p>;
  if (match.kind === "unknown") {
    return (
      <>
        <p class="tag tag-warn">{t(words.unknown)}</p>
        <p class="small">{t(words.unknownHint)}</p>
      </>
    );
  }
  const { name, site_name } = match.asset;
  return (
    <>
      <p class="tag tag-warn">{t(words.otherSite, { asset: name, site: site_name })}</p>
      <p class="small">{t(words.otherSiteHint)}</p>
    </>
  );
}
