import { t } from "../../shared/i18n/i18n";
import type { PhotoRecord } from "../local/types";
import { roles as roleWords } from "../../shared/words/roles";
import { camera as words } from "../words/camera";
import { Overlay } from "./overlay";
import { EvidencePicture } from "./evidence_picture";

interface Properties {
  file: Blob;
  record: PhotoRecord;
  leastSide_px: number;
  onKeep: () => void;
  onRetake: () => void;
}

/** A saved photo, large, with what the phone thinks of it. The technician decides. */
export function QuickLook({ file, record, leastSide_px, onKeep, onRetake }: Properties) {
  return (
    <Overlay label={t(words.quickLook)} onClose={onKeep} isFull>
      <div class="quick-look">
        <EvidencePicture file={file} media={record.media} alt={t(roleWords[record.role])} hasControls />
        {record.warnings.length > 0 && (
          <div class="banner banner-warn" role="alert">
            {record.warnings.map((warning) => (
              <p key={warning}>{t(words[warning], { width: leastSide_px })}</p>
            ))}
            <p>{t(words.warnedKept)}</p>
          </div>
        )}
        <div class="quick-bar">
          <button class="button button-dark" type="button" onClick={onRetake}>
            {t(words.retake)}
          </button>
          <button class="button button-primary" type="button" onClick={onKeep}>
            {t(words.keep)}
          </button>
        </div>
      </div>
    </Overlay>
  );
}
