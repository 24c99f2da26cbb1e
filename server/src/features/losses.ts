/** The drives for which a line of a ceph.conf does not count, and what beats it there, as Markdown. */
import * as l10n from '@vscode/l10n';
import type { PlacedDrive } from './analysis-model.js';
import { escapeMarkdown, markdownCode, sentenceToMarkdown } from './answer-render.js';
import { describeCandidate } from './answer-sources.js';
import type { LineUse } from './line-uses.js';
import { driveLinks, type Linker } from './links.js';
import { redact } from './redact.js';

/** `lost`: uses of the line in which it is beaten; `most` of them are listed. */
export function lossesText(lost: readonly LineUse[], most: number, linker: Linker): string {
  const lines = lost.slice(0, most).map((use) => lossLine(use, linker));
  const left = lost.length - lines.length;
  const more = left > 0 ? [`- ${l10n.t('and {0} more', left)}`] : [];
  return [l10n.t('This line does not count for:'), ...lines, ...more].join('\n');
}

/** `- d0 (volumes/v1): cache=none in the drive`, with links. */
function lossLine({ drive, candidate, beatenBy }: LineUse, linker: Linker): string {
  const by = beatenBy === null ? '' : sentenceToMarkdown(describeCandidate(drive, beatenBy), driveLinks(drive, linker));
  const why =
    candidate.refusal === null
      ? ''
      : ` ${l10n.t('(not read: {0})', escapeMarkdown(redact(candidate.refusal.message)))}`;
  return `- ${linkedName(drive, linker)}: ${by}${why}`;
}

/** The drive's name, with a link to it. */
export function linkedName(drive: PlacedDrive, linker: Linker): string {
  const shown = markdownCode(redact(drive.label));
  const link = linker.place(drive.address, drive.span.start);
  return link === null ? shown : `[${shown}](${link})`;
}
