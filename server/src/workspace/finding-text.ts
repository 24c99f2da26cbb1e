import { redact } from '../features/redact.js';
import type { Finding } from '../rules/rule.js';

/** The finding as it may leave the document. Edits stay as they are: they go nowhere but into it. */
export function withoutSecrets(finding: Finding): Finding {
  return {
    ...finding,
    message: redact(withoutBlanks(finding.message)),
    related: finding.related.map(({ at, message }) => ({ at, message: redact(withoutBlanks(message)) })),
    fixes: finding.fixes.map((fix) => ({ ...fix, title: redact(fix.title) })),
  };
}

/** Sentences of Chinese stand behind each other without a blank. */
function withoutBlanks(text: string): string {
  return text.includes('。') ? text.replace(/。 (?=\S)/g, '。') : text;
}
