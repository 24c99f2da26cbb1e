/** Differences between two pairs of releases, for people and for programs. No text in them holds a secret. */
import { outcomeSentence } from '../features/answer.js';
import { type NamePlace, printable, sentenceToText } from '../features/answer-render.js';
import type { ComparedDrive } from '../features/compare-releases.js';
import { redact } from '../features/redact.js';
import { releaseText } from '../features/releases.js';
import type { DriveTrace, ReleasePair } from '../simulate/model.js';
import type { InputProblem } from './input-files.js';
import type { Style } from './style.js';

export interface DriveDifference {
  readonly path: string;
  /** From 1. */
  readonly line: number;
  readonly drive: ComparedDrive;
  readonly before: ReleasePair;
  readonly after: ReleasePair;
  /** True where a release that is compared from is the newest known because nobody named one. */
  readonly assumed: boolean;
  /** The command that the traces' spans count in. */
  readonly text: string;
  readonly namePlace: NamePlace;
}

export interface DiffTotals {
  readonly drives: number;
  readonly changed: number;
  readonly problems: readonly InputProblem[];
  readonly notes: readonly string[];
}

export interface DiffPrinter {
  begin(): string;
  drive(difference: DriveDifference): string;
  end(totals: DiffTotals): string;
}

const NO_PLACES: NamePlace = () => null;

export class DiffAsHuman implements DiffPrinter {
  private pair = '';

  constructor(private readonly style: Style) {}

  begin(): string {
    return '';
  }

  drive({ path, line, drive, before, after, assumed, text, namePlace }: DriveDifference): string {
    const { style } = this;
    const pair = `from ${pairText(before)}${assumed ? ' (assumed)' : ''} to ${pairText(after)}`;
    const head = pair === this.pair ? [] : [...(this.pair === '' ? [] : ['']), style.dim(pair)];
    this.pair = pair;
    const danger = DANGERS[drive.danger];
    return [
      ...head,
      '',
      `${style.bold(`${printable(path)}:${line}`)}  ${drive.label}${danger === '' ? '' : `  ${style.severity(danger)}`}`,
      style.removed(`  - ${outcomeText(drive.before, text)}`),
      style.added(`  + ${outcomeText(drive.after, text)}`),
      // A drive's refusal stands in its outcome.
      ...drive.reasons
        .filter(({ kind }) => kind !== 'refusal' || drive.before === null || drive.after === null)
        .map((reason) => `    ${printable(redact(reason.text(namePlace)))}`),
      '',
    ].join('\n');
  }

  end({ drives, changed, problems, notes }: DiffTotals): string {
    const lines = problems.map(({ path, message }) => `${this.style.bold(printable(path))}: ${printable(message)}`);
    for (const note of notes) lines.push(`note: ${printable(note)}`);
    const sum =
      drives === 0
        ? 'there is no RBD drive in view'
        : `${changed === 0 ? 'none' : changed} of ${drives} ${drives === 1 ? 'drive' : 'drives'} changes`;
    const all = changed > 1 ? sum.replace(/changes$/, 'change') : sum;
    return [...(changed > 0 ? [''] : []), ...lines, all, ''].join('\n');
  }
}

const DANGERS = { more: 'a crash costs more', less: 'a crash costs less', same: '' } as const;

function outcomeText(trace: DriveTrace | null, text: string): string {
  if (trace === null) return 'no drive of rbd to this QEMU';
  const safety = trace.outcome === null || trace.error !== null ? '' : `; ${trace.outcome.safety}`;
  return `${redact(sentenceToText(outcomeSentence({ trace, text }), NO_PLACES))}${safety}`;
}

function pairText({ qemu, librbd, vendor }: ReleasePair): string {
  return `${releaseText(qemu)}${vendor === 'proxmox' ? ' by Proxmox' : ''}, ${releaseText(librbd)}`;
}

/** `{version, drives, looked, changed, problems, notes}`; only drives that change are listed, one a line. */
export class DiffAsJson implements DiffPrinter {
  private count = 0;

  begin(): string {
    return '{\n"version": 1,\n"drives": [';
  }

  drive({ path, line, drive, before, after, assumed, text, namePlace }: DriveDifference): string {
    this.count += 1;
    const side = (pair: ReleasePair, trace: DriveTrace | null) => ({
      qemu: pair.qemu.label,
      librbd: pair.librbd.label,
      vendor: pair.vendor,
      says: outcomeText(trace, text),
      error:
        trace?.error === null || trace === null
          ? null
          : { message: redact(trace.error.message), stage: trace.error.stage },
      outcome: trace?.outcome ?? null,
    });
    const row = {
      label: drive.label,
      path,
      line,
      assumed,
      changed: drive.changed,
      danger: drive.danger,
      reasons: drive.reasons.map((reason) => ({
        kind: reason.kind,
        option: reason.option,
        text: redact(reason.text(namePlace)),
      })),
      before: side(before, drive.before),
      after: side(after, drive.after),
    };
    return `${this.count === 1 ? '\n' : ',\n'}${JSON.stringify(row)}`;
  }

  end({ drives, changed, problems, notes }: DiffTotals): string {
    return `\n],\n"looked": ${drives},\n"changed": ${changed},\n"problems": ${JSON.stringify(problems)},\n"notes": ${JSON.stringify(notes)}\n}\n`;
  }
}
