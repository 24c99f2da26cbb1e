/** What becomes of all drives of a workspace with another pair of releases, as a Markdown document: the gravest first. */
import * as l10n from '@vscode/l10n';
import type { ReleasePair } from '../simulate/model.js';
import { outcomeSentence } from './answer.js';
import { escapeMarkdown, type LinkTo, markdownCode, type NamePlace, sentenceToMarkdown } from './answer-render.js';
import type { ComparedDrive } from './compare-releases.js';
import { safetyName } from './outcome-words.js';
import { redact } from './redact.js';
import { buildText, releaseText } from './releases.js';

/** A drive whose outcome changes. */
export interface ReportedDrive {
  readonly drive: ComparedDrive;
  /** `nova.qemu-args:9`. */
  readonly name: string;
  /** The address to open for it; null where it cannot be opened. */
  readonly link: string | null;
  readonly before: ReleasePair;
  /** A release that is compared from is the newest known because nobody named one. */
  readonly assumed: boolean;
  /** The command that the traces' spans count in. */
  readonly text: string;
  readonly links: LinkTo;
  readonly namePlace: NamePlace;
}

export interface UpgradeReport {
  /** Null: as it is in force for each drive. */
  readonly to: { readonly [Program in 'qemu' | 'librbd']: ReleasePair[Program] | null };
  readonly changed: readonly ReportedDrive[];
  /** How many drives were looked at. */
  readonly drives: number;
  /** How many documents they stand in. */
  readonly documents: number;
}

export function upgradeReport({ to, changed, drives, documents }: UpgradeReport): string {
  const target = [to.qemu, to.librbd].flatMap((release) => (release === null ? [] : [releaseText(release)])).join(', ');
  const from = [...new Set(changed.map(pairBefore))];
  const blocks = [
    `# ${escapeMarkdown(l10n.t('What changes with {0}', target))}`,
    escapeMarkdown(sumText(changed.length, drives, documents)),
    from.length === 1 ? escapeMarkdown(l10n.t('Compared with {0}.', from[0] ?? '')) : '',
    ...group(l10n.t('A crash then costs more'), changed.filter(isWorse), from.length > 1),
    ...group(l10n.t('No longer opens'), changed.filter(isRefused), from.length > 1),
    ...group(
      l10n.t('Changes otherwise'),
      changed.filter((one) => !isWorse(one) && !isRefused(one)),
      from.length > 1,
    ),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function sumText(changed: number, drives: number, documents: number): string {
  if (drives === 0) {
    return l10n.t(
      'No RBD drive is in view: none in the open documents, and none in the scripts and command lines of the workspace.',
    );
  }
  if (drives === 1)
    return changed === 1 ? l10n.t('The one drive in view changes.') : l10n.t('The one drive in view stays as it is.');
  if (changed === 0) return l10n.t('None of the {0} drives in {1} files changes.', drives, documents);
  return l10n.t(
    '{0} of {1} drives change; as before: {2}. Files with drives: {3}.',
    changed,
    drives,
    drives - changed,
    documents,
  );
}

function isWorse({ drive }: ReportedDrive): boolean {
  return drive.danger === 'more';
}

function isRefused(one: ReportedDrive): boolean {
  const { after, changed } = one.drive;
  return !isWorse(one) && changed.includes('error') && (after === null || after.error !== null);
}

function group(title: string, drives: readonly ReportedDrive[], withPair: boolean): readonly string[] {
  if (drives.length === 0) return [];
  return [
    `## ${escapeMarkdown(l10n.t('{0}: {1}', title, drives.length))}`,
    ...drives.map((one) => driveText(one, withPair)),
  ];
}

function driveText(one: ReportedDrive, withPair: boolean): string {
  const { drive, name, link } = one;
  const shownName = markdownCode(redact(name));
  const lines = [
    link === null ? shownName : `[${shownName}](${link})`,
    ...(withPair ? [escapeMarkdown(l10n.t('Compared with {0}.', pairBefore(one)))] : []),
    `**${escapeMarkdown(l10n.t('Now'))}**: ${sideText(one, 'before')}`,
    `**${escapeMarkdown(l10n.t('Then'))}**: ${sideText(one, 'after')}`,
    // A drive's refusal stands in its outcome.
    ...drive.reasons
      .filter(({ kind }) => kind !== 'refusal' || drive.before === null || drive.after === null)
      .map((reason) => escapeMarkdown(redact(reason.text(one.namePlace)))),
  ];
  return [`### ${escapeMarkdown(drive.label)}`, '', ...lines.map((line) => `- ${line}`)].join('\n');
}

function sideText({ drive, text, links }: ReportedDrive, side: 'before' | 'after'): string {
  const trace = drive[side];
  if (trace === null) return escapeMarkdown(l10n.t('no drive of rbd to this QEMU'));
  const said = sentenceToMarkdown(outcomeSentence({ trace, text }), links);
  return trace.outcome === null || trace.error !== null
    ? said
    : `${said} · ${escapeMarkdown(safetyName(trace.outcome.safety))}`;
}

function pairBefore({ before, assumed }: ReportedDrive): string {
  const pair = l10n.t('{0}, {1}', buildText(before), releaseText(before.librbd));
  return assumed ? l10n.t('{0} (assumed)', pair) : pair;
}
