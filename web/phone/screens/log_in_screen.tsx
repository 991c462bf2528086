import { useEffect, useState } from "preact/hooks";
import { t } from "../../shared/i18n/i18n";
import { Banner } from "../../shared/ui/banner";
import { Field } from "../../shared/ui/field";
import { mayEnrol, startManagerSession } from "../enrolment/manager_session";
import { askToKeep } from "../device/storage";
import { readSession } from "../local/session";
import { readSettings } from "../local/settings";
import { logIn, NotATechnician } from "../log_in";
import { problemText } from "../problem_text";
import { wakeSender } from "../outbox/wake";
import { openScreen } from "../router";
import { enrol } from "../words/enrol";
import { logIn as words } from "../words/log_in";

/** Organisation, user name, password. Where a session ended, only its own user's work goes on. */
export default function LogInScreen() {
  const [organisation, setOrganisation] = useState("");
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [isShown, setShown] = useState(false);
  const [isWorking, setWorking] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [endedFor, setEndedFor] = useState<string | null>(null);

  useEffect(() => {
    void readSettings().then((settings) => setOrganisation((typed) => typed || settings.last_organisation));
    void readSession().then((session) => {
      if (!session || session.tokens) return;
      setEndedFor(session.user.name);
      setName((typed) => typed || session.user.log_in);
    });
  }, []);

  const submit = async (event: Event) => {
    event.preventDefault();
    setWorking(true);
    setTrouble(null);
    try {
      await logIn(organisation.trim().toLowerCase(), name.trim(), password);
      void askToKeep();
      wakeSender();
      openScreen("/", { replace: true });
    } catch (error) {
      if (error instanceof NotATechnician && mayEnrol(error.loggedIn.user)) {
        startManagerSession(error.loggedIn);
        openScreen("/enrolment", { replace: true });
        return;
      }
      setTrouble(error instanceof NotATechnician ? t(words.notATechnician, { name }) : problemText(error));
    } finally {
      setWorking(false);
    }
  };

  return (
    <main class="page page-narrow">
      <h1>{t(words.title)}</h1>
      {endedFor && <Banner tone="warn">{t(words.ended, { name: endedFor })}</Banner>}
      <form class="stack" onSubmit={submit}>
        <Field
          label={t(words.organisation)}
          hint={t(words.organisationHint)}
          value={organisation}
          onValue={setOrganisation}
          attributes={{ name: "organisation", autocomplete: "organization", autocapitalize: "none", required: true }}
        />
        <Field
          label={t(words.name)}
          value={name}
          onValue={setName}
          attributes={{ name: "username", autocomplete: "username", autocapitalize: "none", required: true }}
        />
        <Field
          label={t(words.password)}
          value={password}
          onValue={setPassword}
          attributes={{
            name: "password",
            type: isShown ? "text" : "password",
            autocomplete: "current-password",
            required: true,
          }}
        />
        <label class="choice">
          <input type="checkbox" checked={isShown} onChange={(e) => setShown(e.currentTarget.checked)} />
          <span>{t(words.showPassword)}</span>
        </label>
        {trouble && <Banner tone="fail">{trouble}</Banner>}
        <button class="button button-primary button-big" type="submit" disabled={isWorking}>
          {isWorking ? t(words.working) : t(words.submit)}
        </button>
        <a class="button button-wide" href="#/scan-enrolment">
          {t(enrol.scan)}
        </a>
      </form>
    </main>
  );
}
