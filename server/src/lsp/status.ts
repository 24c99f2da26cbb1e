/** What the status item of a document says: the pair in force, and who chose it or what is wrong. */
import { redact } from '../features/redact.js';
import type { DocumentAnalysis } from '../workspace/analysis-model.js';
import { releaseText, sourceText } from '../workspace/releases-in-force.js';

export interface DocumentStatus {
  readonly uri: string;
  readonly text: string;
  readonly detail: string;
  readonly severity: 'information' | 'warning' | 'error';
}

export function statusOf(uri: string, analysis: DocumentAnalysis, complaints: readonly string[]): DocumentStatus {
  const { pair, sources, problems } = analysis.releases;
  const build = pair.vendor === 'proxmox' ? ' (Proxmox)' : '';
  const mark = (source: string): string => (source === 'assumed' ? ' (assumed)' : '');
  const text = `${releaseText(pair.qemu)}${build}${mark(sources.qemu)} · ${releaseText(pair.librbd)}${mark(sources.librbd)}`;
  const wrong = [...complaints, ...problems];
  if (wrong.length > 0) return { uri, text, detail: redact(wrong.join(' ')), severity: 'warning' };
  const detail =
    sources.qemu === sources.librbd
      ? sourceText(sources.qemu)
      : `QEMU: ${sourceText(sources.qemu)}; librbd: ${sourceText(sources.librbd)}`;
  return { uri, text, detail, severity: 'information' };
}
