/** `rbdcache diff`: each drive whose outcome changes between two pairs of releases, and why. */
import { cephRelease, qemuRelease } from '../catalog/releases.js';
import type { CommandDocumentAnalysis } from '../features/analysis-model.js';
import { compareReleases } from '../features/compare-releases.js';
import { redact } from '../features/redact.js';
import type { ReleasePair } from '../simulate/model.js';
import { Lines } from '../syntax/lines.js';
import { Batches, type BatchOptions } from './batches.js';
import { DiffAsHuman, DiffAsJson, type DiffPrinter, type DriveDifference } from './diff-formats.js';
import { collectInputs, type InputProblem } from './input-files.js';
import { displayPath } from './paths.js';
import type { Run } from './run.js';
import type { Style } from './style.js';

export const DIFF_FORMATS = ['human', 'json'] as const;
export type DiffFormat = (typeof DIFF_FORMATS)[number];

/** `7.2/16.2`; null for a part that is left out: as it is in force for the file. */
export interface WrittenPair {
  readonly qemu: string | null;
  readonly librbd: string | null;
}

export interface DiffOptions extends BatchOptions {
  readonly from: WrittenPair;
  readonly to: WrittenPair;
  readonly format: DiffFormat;
  readonly failOnChange: boolean;
  readonly style: Style;
  readonly progress: (what: string, done: number, all: number) => void;
}

/** Null where it names no release of QEMU or Ceph, or nothing at all. */
export function readPair(text: string): WrittenPair | null {
  const [qemu = '', librbd = '', ...rest] = text.split('/').map((part) => part.trim());
  if (rest.length > 0 || (qemu === '' && librbd === '')) return null;
  if (qemu !== '' && qemuRelease(qemu) === undefined) return null;
  if (librbd !== '' && cephRelease(librbd) === undefined) return null;
  return { qemu: qemu === '' ? null : qemu, librbd: librbd === '' ? null : librbd };
}

/** Exit code 0: done; 1: a drive changes, where that was to count; 2: an input could not be looked into. */
export function* diff(words: readonly string[], options: DiffOptions): Run {
  const inputs = collectInputs(words.length === 0 ? ['.'] : words, options.cwd);
  const batches = new Batches(inputs, { ...options, commandsOnly: true });
  const printer: DiffPrinter = options.format === 'json' ? new DiffAsJson() : new DiffAsHuman(options.style);
  const skipped: InputProblem[] = [];
  let [drives, changed] = [0, 0];
  yield printer.begin();
  for (const { analysis, done } of batches.analyses()) {
    options.progress('comparing', done, batches.size);
    if (analysis.kind === 'skipped' && analysis.reason !== null) {
      skipped.push({ path: analysis.address, message: analysis.reason });
    }
    if (analysis.kind !== 'command') continue;
    for (const difference of differences(analysis, options)) {
      drives += 1;
      if (difference.drive.changed.length === 0) continue;
      changed += 1;
      yield printer.drive(difference);
    }
  }
  const problems = [...batches.problems, ...skipped].map(({ path, message }) => ({
    path: redact(displayPath(path, options.cwd)),
    message: redact(message),
  }));
  yield printer.end({ drives, changed, problems, notes: batches.notes.map(redact) });
  if (problems.length > 0) return 2;
  return options.failOnChange && changed > 0 ? 1 : 0;
}

function* differences(analysis: CommandDocumentAnalysis, { from, to, cwd }: DiffOptions): Generator<DriveDifference> {
  const lines = new Lines(analysis.text);
  const before = pairOf(from, analysis.releases.pair);
  const after = pairOf(to, before);
  const path = redact(displayPath(analysis.address, cwd));
  const sources = {
    qemu: from.qemu === null ? analysis.releases.sources.qemu : ('command-line' as const),
    librbd: from.librbd === null ? analysis.releases.sources.librbd : ('command-line' as const),
  };
  for (const { command, base, inReleases } of analysis.commands) {
    for (const drive of compareReleases(command.text, inReleases(before), inReleases(after))) {
      const line = lines.lineOf(base + drive.syntax.span.start) + 1;
      yield {
        path,
        line,
        drive,
        before,
        after,
        assumed: sources.qemu === 'assumed' || sources.librbd === 'assumed',
        text: command.text,
        namePlace: ({ location, line: fileLine }) => {
          if (location.in === 'command') return `:${lines.lineOf(base + location.span.start) + 1}`;
          const name = displayPath(location.file, cwd);
          return redact(fileLine === null ? name : `${name}:${fileLine}`);
        },
      };
    }
  }
}

function pairOf({ qemu, librbd }: WrittenPair, otherwise: ReleasePair): ReleasePair {
  return {
    qemu: (qemu === null ? undefined : qemuRelease(qemu)) ?? otherwise.qemu,
    librbd: (librbd === null ? undefined : cephRelease(librbd)) ?? otherwise.librbd,
    vendor: otherwise.vendor,
  };
}
