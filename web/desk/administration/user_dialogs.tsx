import { useState } from "preact/hooks";
import { path } from "../../shared/api/client";
import type { Schema } from "../../shared/api/types";
import { t } from "../../shared/i18n/i18n";
import { Field } from "../../shared/ui/field";
import { api } from "../session";
import { Choice } from "../ui/choice";
import { type FieldErrors, FormDialog } from "../ui/form_dialog";
import { administration as words } from "../words/administration";
import { suggestedPassword } from "./password";

type User = Schema<"User">;

interface Closing {
  onClose: () => void;
  onDone: () => void;
}

export const ROLES: readonly Schema<"Role">[] = ["technician", "dispatcher", "manager", "administrator"];

const roleOptions = () => ROLES.map((role) => ({ value: role, label: t(words[role]) }));
const languageOptions = () => (["zh", "en"] as const).map((value) => ({ value, label: t(words[value]) }));

/** Somebody new, or (`user`) a change of somebody. */
export function UserDialog({ user, language, onClose, onDone }: { user: User | null; language: Schema<"Language"> } & Closing) {
  const [id] = useState(() => crypto.randomUUID());
  const [name, setName] = useState(user?.name ?? "");
  const [logIn, setLogIn] = useState(user?.log_in ?? "");
  const [role, setRole] = useState<Schema<"Role">>(user?.role ?? "technician");
  const [spoken, setSpoken] = useState(user?.language ?? language);
  const [phone, setPhone] = useState(user?.phone ?? "");
  const [team, setTeam] = useState(user?.team ?? "");
  const [password, setPassword] = useState("");
  const submit = async () => {
    const json = { name: name.trim(), log_in: logIn.trim(), role, language: spoken, phone: phone.trim() || null, team: team.trim() || null };
    if (user) await api.call<"changeUser">({ method: "PATCH", path: path`/v1/users/${user.id}`, json, headers: { "If-Match": `"${user.version}"` } });
    else await api.call<"createUser">({ method: "POST", path: "/v1/users", json: { ...json, id, password } });
    onDone();
  };
  return (
    <FormDialog title={user ? t(words.changePerson, { name: user.name }) : t(words.addPerson)} submit={submit} onClose={onClose}>
      {(errorOf) => (
        <>
          <Field label={t(words.name)} value={name} onValue={setName} error={errorOf("/name")} attributes={{ maxLength: 200, autoComplete: "off" }} />
          <Field label={t(words.logIn)} hint={t(words.logInHint)} value={logIn} onValue={setLogIn} error={errorOf("/log_in")} attributes={{ maxLength: 100, autoComplete: "off" }} />
          <Choice label={t(words.role)} options={roleOptions()} value={role} onValue={(value) => setRole(value as Schema<"Role">)} error={errorOf("/role")} />
          <Choice label={t(words.language)} options={languageOptions()} value={spoken} onValue={(value) => setSpoken(value as Schema<"Language">)} error={errorOf("/language")} />
          <Field label={t(words.phone)} value={phone} onValue={setPhone} error={errorOf("/phone")} attributes={{ type: "tel", maxLength: 40, autoComplete: "off" }} />
          <Field label={t(words.team)} hint={t(words.teamHint)} value={team} onValue={setTeam} error={errorOf("/team")} attributes={{ maxLength: 100, autoComplete: "off" }} />
          {!user && <PasswordField value={password} onValue={setPassword} errorOf={errorOf} />}
        </>
      )}
    </FormDialog>
  );
}

/** In the clear: whoever types it here tells it to somebody else. */
function PasswordField({ value, onValue, errorOf }: { value: string; onValue: (password: string) => void; errorOf: FieldErrors }) {
  return (
    <div class="administration-password">
      <Field
        label={t(words.password)}
        hint={t(words.passwordHint)}
        value={value}
        onValue={onValue}
        error={errorOf("/password")}
        attributes={{ maxLength: 128, autoComplete: "off", spellcheck: false }}
      />
      <button type="button" class="button" onClick={() => onValue(suggestedPassword())}>
        {t(words.suggest)}
      </button>
    </div>
  );
}

export function PasswordDialog({ user, onClose, onDone }: { user: User } & Closing) {
  const [password, setPassword] = useState("");
  const submit = async () => {
    await api.call<"changeUser">({ method: "PATCH", path: path`/v1/users/${user.id}`, json: { password } });
    onDone();
  };
  return (
    <FormDialog title={t(words.setPasswordOf, { name: user.name })} submit={submit} onClose={onClose}>
      {(errorOf) => (
        <>
          <p>{t(words.setPasswordExplained)}</p>
          <PasswordField value={password} onValue={setPassword} errorOf={errorOf} />
        </>
      )}
    </FormDialog>
  );
}

/** Deactivates, or takes that back. */
export function ActivityDialog({ user, onClose, onDone }: { user: User } & Closing) {
  const isActive = user.disabled_at === null;
  const { name } = user;
  const submit = async () => {
    await api.call<"changeUser">({ method: "PATCH", path: path`/v1/users/${user.id}`, json: { disabled: isActive } });
    onDone();
  };
  return (
    <FormDialog
      title={t(isActive ? words.deactivatePerson : words.reactivatePerson, { name })}
      action={t(isActive ? words.deactivate : words.reactivate)}
      isDanger={isActive}
      submit={submit}
      onClose={onClose}
    >
      {() => <p>{t(isActive ? words.deactivateExplained : words.reactivateExplained)}</p>}
    </FormDialog>
  );
}
