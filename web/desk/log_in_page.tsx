import { useState } from "preact/hooks";
import { t } from "../shared/i18n/i18n";
import { Banner } from "../shared/ui/banner";
import { Field } from "../shared/ui/field";
import { failureText } from "./failure_text";
import { LanguageButton } from "./language_button";
import { lastOrganisation, logIn } from "./session";
import { desk as words } from "./words/desk";

export function LogInPage() {
  const [organisation, setOrganisation] = useState(lastOrganisation);
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [failure, setFailure] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const submit = async (event: Event) => {
    event.preventDefault();
    if (!organisation.trim() || !name.trim() || !password) return setFailure(t(words.missing));
    setBusy(true);
    setFailure(null);
    try {
      await logIn(organisation.trim(), name.trim(), password);
    } catch (error) {
      setFailure(failureText(error));
      setBusy(false);
    }
  };
  return (
    <main class="page page-narrow">
      <div class="row row-spread">
        <h1>{t(words.title)}</h1>
        <LanguageButton />
      </div>
      <form class="stack" onSubmit={(event) => void submit(event)}>
        <Field
          label={t(words.organisation)}
          hint={t(words.organisationHint)}
          value={organisation}
          onValue={setOrganisation}
          attributes={{ autocomplete: "organization", autocapitalize: "none", spellcheck: false }}
        />
        <Field label={t(words.userName)} value={name} onValue={setName} attributes={{ autocomplete: "username", autocapitalize: "none" }} />
        <Field
          label={t(words.password)}
          value={password}
          onValue={setPassword}
          attributes={{ type: "password", autocomplete: "current-password" }}
        />
        {failure && <Banner tone="fail">{failure}</Banner>}
        <button type="submit" class="button button-primary button-wide" disabled={isBusy}>
          {t(words.logIn)}
        </button>
      </form>
    </main>
  );
}
