import { useState } from "preact/hooks";
import { t } from "../../shared/i18n/i18n";
import "../at_site/at_site.css";
import { FileChooser } from "../at_site/file_chooser";
import { Overlay } from "../at_site/overlay";
import { ScannerPicture, useScanner } from "../at_site/use_scanner";
import { readEnrolment } from "../enrolment/code";
import { openScreen } from "../router";
import { scanner as scannerWords } from "../words/camera";
import { common } from "../words/common";
import { enrol as words } from "../words/enrol";

/** Scans the code that a manager shows, without leaving the app; it leads to the screen that logs in. */
export default function ScanEnrolmentScreen() {
  const [trouble, setTrouble] = useState("");
  const see = (text: string): void => {
    const scan = readEnrolment(text, location.origin);
    if (scan.kind === "code") return openScreen(`/enrol/${scan.code}`, { replace: true });
    setTrouble(scan.kind === "elsewhere" ? t(words.codeOfElsewhere, { host: scan.host }) : t(words.noCode));
    scanner.lookAgain();
  };
  const scanner = useScanner(({ value }) => see(value));
  const readPicture = async (file: File): Promise<void> => {
    const sighting = await scanner.readPicture(file);
    if (sighting) see(sighting.value);
    else setTrouble(t(scannerWords.noneInPicture));
  };
  const close = (): void => openScreen("/log-in", { replace: true });
  return (
    <Overlay label={t(words.scan)} onClose={close} isFull>
      <div class="camera">
        <ScannerPicture scanner={scanner} isAiming />
        <div class="scan-result" role="status" aria-live="polite">
          <p>{trouble || scanner.hint}</p>
        </div>
        {!scanner.hasFailed && <FileChooser label={t(scannerWords.fromPicture)} onFile={readPicture} />}
        <button class="button button-dark button-wide" type="button" onClick={close}>
          {t(common.back)}
        </button>
      </div>
    </Overlay>
  );
}
