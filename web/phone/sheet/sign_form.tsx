import { useState } from "preact/hooks";
import { type Language, t, type Word } from "../../shared/i18n/i18n";
import type { SigningDraft } from "../local/types";
import { sign as words } from "../words/sign";
import { cleanText } from "./clean_text";
import { RatingChoice } from "./rating_choice";
import { SignaturePadDialog } from "./signature_pad_dialog";
import { SignaturePicture } from "./signature_picture";
import { isSignature } from "./strokes";

interface SignFormProperties {
  language: Language;
  signing: SigningDraft;
  isSaving: boolean;
  onChange: (signing: SigningDraft) => void;
  onSign: () => void;
}

/** What keeps the customer from signing yet, by field. */
export function lackOf(signing: SigningDraft): { name?: Word; role?: Word; signature?: Word } {
  const signature =
    signing.method === "typed"
      ? !signing.has_consented && words.needConsent
      : !isSignature(signing.strokes) && words.needStrokes;
  return {
    ...(cleanText(signing.signer_name) === "" && { name: words.needName }),
    ...(cleanText(signing.signer_role) === "" && { role: words.needRole }),
    ...(signature && { signature }),
  };
}

/** Below the document: who signs, how it was, and the signature. */
export function SignForm({ language, signing, isSaving, onChange, onSign }: SignFormProperties) {
  const [isPadOpen, setPadOpen] = useState(false);
  const [isAsked, setAsked] = useState(false);
  const say = (word: Word) => t(word, {}, language);
  const lack = isAsked ? lackOf(signing) : {};
  const submit = (event: Event) => {
    event.preventDefault();
    setAsked(true);
    const missing = lackOf(signing);
    if (Object.keys(missing).length === 0) return onSign();
    const first = missing.name ? "signer-name" : missing.role ? "signer-role" : "signature-field";
    document.getElementById(first)?.focus();
  };
  return (
    <form class="sign-form stack" onSubmit={submit} noValidate>
      <SignerField
        id="signer-name"
        label={say(words.name)}
        error={lack.name && say(lack.name)}
        maxLength={200}
        autocomplete="off"
        value={signing.signer_name}
        onValue={(signer_name) => onChange({ ...signing, signer_name })}
      />
      <SignerField
        id="signer-role"
        label={say(words.role)}
        error={lack.role && say(lack.role)}
        maxLength={100}
        autocomplete="off"
        value={signing.signer_role}
        onValue={(signer_role) => onChange({ ...signing, signer_role })}
      />
      <RatingChoice
        language={language}
        score={signing.rating_score}
        comment={signing.rating_comment}
        onScore={(rating_score) => onChange({ ...signing, rating_score })}
        onComment={(rating_comment) => onChange({ ...signing, rating_comment })}
      />
      <p>{say(words.consent)}</p>
      {signing.method === "drawn" ? (
        <Drawn language={language} signing={signing} onOpen={() => setPadOpen(true)} />
      ) : (
        <Typed language={language} signing={signing} onChange={onChange} />
      )}
      {lack.signature && (
        <p class="field-error" role="alert">
          {say(lack.signature)}
        </p>
      )}
      <p>
        <button
          type="button"
          class="button button-quiet"
          onClick={() => onChange({ ...signing, method: signing.method === "drawn" ? "typed" : "drawn" })}
        >
          {say(signing.method === "drawn" ? words.typeInstead : words.drawInstead)}
        </button>
      </p>
      <button type="submit" class="button button-primary button-big" disabled={isSaving}>
        {say(isSaving ? words.saving : words.confirm)}
      </button>
      <p class="quiet small">{say(words.whatNext)}</p>
      {isPadOpen && (
        <SignaturePadDialog
          language={language}
          name={signing.signer_name}
          strokes={signing.strokes}
          onStrokes={(strokes) => onChange({ ...signing, strokes })}
          onClose={() => setPadOpen(false)}
        />
      )}
    </form>
  );
}

interface SignerFieldProperties {
  id: string;
  label: string;
  error: string | undefined;
  maxLength: number;
  autocomplete: string;
  value: string;
  onValue: (value: string) => void;
}

function SignerField({ id, label, error, maxLength, autocomplete, value, onValue }: SignerFieldProperties) {
  return (
    <div class="field">
      <label class="field-label" for={id}>
        {label}
      </label>
      <input
        id={id}
        class="field-box"
        type="text"
        value={value}
        maxLength={maxLength}
        autocomplete={autocomplete}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? `${id}-error` : undefined}
        onInput={(event) => onValue(event.currentTarget.value)}
      />
      {error && (
        <p class="field-error" id={`${id}-error`}>
          {error}
        </p>
      )}
    </div>
  );
}

interface PartProperties {
  language: Language;
  signing: SigningDraft;
}

function Drawn({ language, signing, onOpen }: PartProperties & { onOpen: () => void }) {
  const say = (word: Word) => t(word, {}, language);
  return (
    <button type="button" id="signature-field" class="signature-field" onClick={onOpen}>
      {signing.strokes && (
        <SignaturePicture
          strokes={signing.strokes}
          label={t(words.signature, {}, language)}
        />
      )}
      <span>{say(signing.strokes ? words.changePad : words.openPad)}</span>
    </button>
  );
}

function Typed({ language, signing, onChange }: PartProperties & { onChange: (signing: SigningDraft) => void }) {
  return (
    <label class="choice typed-consent">
      <input
        id="signature-field"
        type="checkbox"
        checked={signing.has_consented}
        onChange={(event) => onChange({ ...signing, has_consented: event.currentTarget.checked })}
      />
      <span>{t(words.typedConsent, {}, language)}</span>
    </label>
  );
}
