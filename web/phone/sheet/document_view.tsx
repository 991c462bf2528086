import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { type Language, languageTag, t } from "../../shared/i18n/i18n";
import { documentWords as words } from "../words/document";
import { sha256OfText } from "./canonical_json";
import { readDocument, type SheetDocument } from "./document";
import { documentSections, type Section } from "./document_sections";

/** Draws a photo of the document, where its bytes are at hand. */
export type PhotoComponent = ComponentType<{ photo: SheetDocument["photos"][number]; alt: string }>;

interface DocumentProperties {
  text: string;
  language: Language;
  Photo?: PhotoComponent;
}

/** A visit sheet exactly as it is signed: drawn from the canonical text, with the text itself at the end. */
export function DocumentView({ text, language, Photo }: DocumentProperties) {
  const sections = documentSections(readDocument(text), language);
  const [digest, setDigest] = useState("");
  useEffect(() => void sha256OfText(text).then(setDigest), [text]);
  return (
    <article class="document" lang={languageTag(language)}>
      {sections.map((section, i) => (
        <SectionView key={i} section={section} isFirst={i === 0} Photo={Photo} />
      ))}
      <details class="document-exact">
        <summary>{t(words.exactText, {}, language)}</summary>
        <pre class="document-text" tabIndex={0}>
          {text}
        </pre>
      </details>
      <p class="small quiet">{t(words.digest, {}, language)}</p>
      <p class="document-digest" data-testid="digest">
        {digest}
      </p>
    </article>
  );
}

interface SectionProperties {
  section: Section;
  isFirst: boolean;
  Photo: PhotoComponent | undefined;
}

function SectionView({ section, isFirst, Photo }: SectionProperties) {
  return (
    <section class="document-section">
      {isFirst ? <h2 class="document-title">{section.title}</h2> : <h3>{section.title}</h3>}
      <ul class="document-lines">
        {section.lines.map((line, i) => (
          <li key={i} class={line.isDetail ? "document-detail" : undefined}>
            {line.label !== null && <span class="document-label">{line.label}</span>}
            <span class="document-value">
              {line.text}
              {line.photo && Photo && <Photo photo={line.photo} alt={line.label ?? ""} />}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
