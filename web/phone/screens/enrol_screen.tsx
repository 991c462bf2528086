import { useEffect, useState } from "preact/hooks";
import { t } from "../../shared/i18n/i18n";
import { Banner } from "../../shared/ui/banner";
import { askToKeep } from "../device/storage";
import { readSession } from "../local/session";
import { enrol, NotATechnician } from "../log_in";
import { wakeSender } from "../outbox/wake";
import { problemText } from "../problem_text";
import { openScreen, type ScreenProperties } from "../router";
import { enrol as words } from "../words/enrol";

/**
 * Where the QR code leads that a manager shows. One tap logs in; somebody else who is logged in on this phone
 * is named first, and their unsent work stays for them.
 */
export default function EnrolScreen({ parameters }: ScreenProperties) {
  const code = parameters.code ?? "";
  const [before, setBefore] = useState<string | null>(null);
  const [isWorking, setWorking] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  useEffect(() => {
    void readSession().then((session) => setBefore(session?.user.name ?? null));
  }, []);

  const begin = async () => {
    setWorking(true);
    setTrouble(null);
    try {
      await enrol(code);
      void askToKeep();
      wakeSender();
      openScreen("/", { replace: true });
    } catch (error) {
      setTrouble(error instanceof NotATechnician ? t(words.notATechnician) : problemText(error));
      setWorking(false);
    }
  };
  return (
    <main class="page page-narrow stack">
      <h1>{t(words.title)}</h1>
      <p>{t(words.explain)}</p>
      {before && <Banner tone="info">{t(words.somebodyIsHere, { name: before })}</Banner>}
      {trouble && <Banner tone="fail">{trouble}</Banner>}
      <button class="button button-primary button-big" onClick={() => void begin()} disabled={isWorking}>
        {t(isWorking ? words.working : words.begin)}
      </button>
      <a class="button button-wide" href="#/log-in">
        {t(words.byPassword)}
      </a>
    </main>
  );
}
