/** Lines above the text: the outcome over each drive, and over each section of a client the drives that read it. */
import * as l10n from '@vscode/l10n';
import { type Span, shift } from '../syntax/span.js';
import type { DocumentAnalysis, PlacedDrive } from './analysis-model.js';
import { sectionAt, sectionsOf } from './conf-sections.js';
import { readersOf, type SectionReaders } from './drive-users.js';
import { outcomeTitle } from './outcome-words.js';
import { byArgument, commandsIn, saidOnce } from './places.js';
import { redact } from './redact.js';

/** `outcome` and `who-wins` stand over a drive, `readers` over a section. */
export const LENS_KINDS = ['outcome', 'who-wins', 'readers'] as const;
export type LensKind = (typeof LENS_KINDS)[number];

export interface LensView {
  readonly kind: LensKind;
  /** The drive's flag, or the section's name. */
  readonly span: Span;
}

/** What a lens says, made when it comes into view. */
export interface LensDetail {
  readonly title: string;
  /** What a lens over a section leads to. */
  readonly drives: readonly PlacedDrive[];
}

/** Editors stand still over more. */
const MAX_LENSES = 2_000;

export function lensesOf(analysis: DocumentAnalysis, kinds: readonly LensKind[] = LENS_KINDS): readonly LensView[] {
  if (analysis.kind === 'skipped') return [];
  const lenses: LensView[] = [];
  const add = (kind: LensKind, span: Span): void => {
    if (kinds.includes(kind) && lenses.length < MAX_LENSES) lenses.push({ kind, span });
  };
  if (analysis.kind === 'conf') {
    for (const { header } of sectionsOf(analysis.tree)) if (isClients(header.name)) add('readers', header.nameSpan);
    return lenses;
  }
  for (const { base, trace } of analysis.commands) {
    for (const [{ syntax }] of byArgument(trace)) {
      const span = shift(syntax.flagSpan.end > syntax.flagSpan.start ? syntax.flagSpan : syntax.span, base);
      add('outcome', span);
      add('who-wins', span);
    }
  }
  return lenses;
}

function isClients(section: string): boolean {
  return section === 'client' || section.startsWith('client.');
}

/** Null where the text has changed, and nothing of that kind stands there any more. */
export function lensDetail(analysis: DocumentAnalysis, kind: LensKind, offset: number): LensDetail | null {
  if (analysis.kind === 'skipped') return null;
  if (analysis.kind === 'conf') {
    const section = kind === 'readers' ? sectionAt(analysis.tree, offset) : undefined;
    if (section === undefined || section.header.nameSpan.start !== offset) return null;
    const readers = readersOf(analysis, section.header.name);
    return { title: readersTitle(readers), drives: readers.drives };
  }
  for (const { base, trace, command } of commandsIn(analysis, { start: offset, end: offset })) {
    const drives = trace.drives.filter(({ syntax: { flagSpan, span } }) => {
      const start = flagSpan.end > flagSpan.start ? flagSpan.start : span.start;
      return base + start === offset;
    });
    if (drives.length === 0) continue;
    if (kind === 'who-wins') return { title: l10n.t('Who wins in other releases'), drives: [] };
    const title = redact(saidOnce(drives.map((drive) => outcomeTitle({ trace: drive, text: command.text }))));
    const { sources } = analysis.releases;
    const assumed = sources.qemu === 'assumed' || sources.librbd === 'assumed';
    return { title: assumed ? l10n.t('{0} · releases assumed', title) : title, drives: [] };
  }
  return null;
}

function readersTitle({ drives, perhaps }: SectionReaders): string {
  const known = drives.length;
  if (perhaps > 0) {
    return known === 0
      ? l10n.t('used by no known drive, perhaps by those whose client id is a variable')
      : l10n.t('used by drives: {0}, perhaps more', known);
  }
  if (known === 0) return l10n.t('used by no known drive');
  return known === 1 ? l10n.t('used by 1 drive') : l10n.t('used by {0} drives', known);
}
