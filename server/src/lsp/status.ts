/** What the status item of a document says: the pair in force, and who chose it or what is wrong. */
import * as l10n from '@vscode/l10n';
import type { DocumentAnalysis } from '../features/analysis-model.js';
import { redact } from '../features/redact.js';
import { marked, releaseText, sourceText } from '../features/releases.js';

export interface DocumentStatus {
  readonly uri: string;
  readonly text: string;
  readonly detail: string;
  readonly severity: 'information' | 'warning' | 'error';
}

export function statusOf(uri: string, analysis: DocumentAnalysis, complaints: readonly string[]): DocumentStatus {
  const { pair, sources, problems } = analysis.releases;
  const build = pair.vendor === 'proxmox' ? ' (Proxmox)' : '';
  const qemu = `${releaseText(pair.qemu)}${build}`;
  // Where both are assumed, once is enough: what does not fit hides the link to choose others.
  const first = sources.qemu === sources.librbd ? qemu : marked(qemu, sources.qemu);
  const text = marked(`${first} · ${releaseText(pair.librbd)}`, sources.librbd);
  const wrong = [...complaints, ...problems];
  if (wrong.length > 0) return { uri, text, detail: redact(wrong.join(' ')), severity: 'warning' };
  const detail =
    sources.qemu === sources.librbd
      ? sourceText(sources.qemu)
      : l10n.t('QEMU: {0}; librbd: {1}', sourceText(sources.qemu), sourceText(sources.librbd));
  return { uri, text, detail, severity: 'information' };
}
