import { redact } from '../features/redact.js';
import type { Finding } from '../rules/rule.js';

/** The finding as it may leave the document. Edits stay as they are: they go nowhere but into it. */
export function withoutSecrets(finding: Finding): Finding {
  const { related, fixes } = finding;
  return {
    ...finding,
    message: cleaned(finding.message),
    related: related.length === 0 ? related : related.map(({ at, message }) => ({ at, message: cleaned(message) })),
    fixes: fixes.length === 0 ? fixes : fixes.map((fix) => ({ ...fix, title: redact(fix.title) })),
  };
}

function cleaned(message: string): string {
  return redact(withoutBlanks(message));
}

/** Sentences of Chinese stand behind each other without a blank. */
function withoutBlanks(text: string): string {
  return text.includes('。') ? text.replace(/。 (?=\S)/g, '。') : text;
}
