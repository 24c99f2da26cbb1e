/** One cell of the matrix: the outcome of a trace as a kind, a sign, a word and who decided. */
import * as l10n from '@vscode/l10n';
import type { CommandTrace, DriveTrace } from '../../simulate/model.js';
import { printable } from '../answer-render.js';
import type { DriveInText } from '../answer-sources.js';
import { sayer } from '../effective-words.js';
import { outcomeInShort } from '../outcome-words.js';
import { redact } from '../redact.js';
import type { Cell, CellKind } from './view.js';

export const SIGNS: Readonly<Record<CellKind, string>> = {
  off: '○',
  safe: '●',
  'flush-safe': '◐',
  unsafe: '▲',
  refused: '✕',
  crashes: '⊗',
  depends: '?',
  other: '–',
};

const MAX_REASON = 64;

/** `text`: the command that the trace's spans count in. */
export function cellOf(command: CommandTrace, text: string): Cell {
  const [trace] = command.drives;
  if (trace === undefined) {
    const refused = command.error !== null;
    const reason = command.error?.message ?? '';
    return refused
      ? cell('refused', l10n.t('refused'), reason)
      : cell('other', l10n.t('no RBD drive'), l10n.t('this QEMU takes it for another kind'));
  }
  const drive: DriveInText = { trace, text };
  return cell(kindOf(trace), outcomeInShort(drive), reasonOf(drive));
}

function cell(kind: CellKind, word: string, reason: string): Cell {
  const clean = printable(redact(reason));
  const short = clean.length > MAX_REASON ? `${clean.slice(0, MAX_REASON - 1)}…` : clean;
  return { kind, sign: SIGNS[kind], word: printable(word), reason: short };
}

function kindOf({ error, outcome }: DriveTrace): CellKind {
  if (error !== null) return error.stage === 'crash' ? 'crashes' : 'refused';
  if (outcome === null) return 'depends';
  return outcome.rbdCache === 'off' ? 'off' : outcome.safety;
}

function reasonOf(drive: DriveInText): string {
  const { error, outcome, config } = drive.trace;
  if (error !== null) return error.message;
  const winner = outcome === null ? undefined : config?.inForce('rbd_cache');
  return winner === undefined ? '' : (sayer(drive, winner) ?? l10n.t("librbd's default"));
}

/** What a kind means, for the legend. */
export function meaningOf(kind: CellKind): string {
  switch (kind) {
    case 'off':
      return l10n.t('RBDCache off: each write waits for the cluster');
    case 'safe':
      return l10n.t('RBDCache on: a crash loses nothing acknowledged');
    case 'flush-safe':
      return l10n.t('RBDCache on: a crash loses at most what was not flushed');
    case 'unsafe':
      return l10n.t('RBDCache on: a crash can lose even flushed data');
    case 'refused':
      return l10n.t('QEMU refuses the drive');
    case 'crashes':
      return l10n.t('QEMU crashes on the drive');
    case 'depends':
      return l10n.t('depends on what the text does not show');
    case 'other':
      return l10n.t('no RBD drive for this QEMU');
  }
}
