/** `rbdcache explain`: what the drives of a file, or one drive string, really run with, for people. */
import { resolve } from 'node:path';
import type { CommandDocumentAnalysis, DocumentAnalysis } from '../features/analysis-model.js';
import { type Answer, type AnsweredDrive, briefAnswer, fullAnswer, shortAnswer } from '../features/answer.js';
import { type ModeSurroundings, outcomesByCacheMode } from '../features/answer-modes.js';
import { driveLabel } from '../features/drive-label.js';
import { Lines } from '../syntax/lines.js';
import { explainDriveText } from './explain-drive.js';
import { explainAsHuman, explainAsJson } from './explain-formats.js';
import { type InputProblem, tryStat } from './input-files.js';
import { displayPath } from './paths.js';
import type { CommandResult } from './run.js';
import { openSession, type Session, type SessionOptions } from './session.js';
import type { Style } from './style.js';

export const EXPLAIN_FORMATS = ['human', 'json'] as const;
export type ExplainFormat = (typeof EXPLAIN_FORMATS)[number];

export interface ExplainOptions extends SessionOptions {
  readonly format: ExplainFormat;
  /** A drive given on the command line. */
  readonly drive: string | undefined;
  /** The file that stands for the ceph.conf that `drive` reads. */
  readonly conf: string | undefined;
  readonly style: Style;
}

/** One drive, or one cache mode of a ceph.conf that no drive in view reads. */
export interface Explained {
  /** `drive-virtio-disk1 (volumes/v1)`, `cache=none`. */
  readonly label: string;
  readonly path: string | null;
  /** From 1. */
  readonly line: number | null;
  readonly drive: AnsweredDrive;
  readonly answer: Answer;
  /** How a file that the answer speaks of is called for people, by its id. */
  readonly nameFile: (id: string) => string;
}

export interface Explanation {
  readonly explained: readonly Explained[];
  readonly problems: readonly InputProblem[];
  readonly notes: readonly string[];
}

/** `target` is FILE, FILE:LINE or a folder; left out, the drive of the options, else the current folder. */
export function explain(target: string | undefined, options: ExplainOptions): CommandResult {
  const explanation =
    options.drive === undefined ? explainTarget(target ?? '.', options) : explainDriveText(options.drive, options);
  const text = options.format === 'json' ? explainAsJson(explanation) : explainAsHuman(explanation, options.style);
  return { text, exitCode: explanation.problems.length > 0 ? 2 : 0 };
}

type Detail = (drive: AnsweredDrive) => Answer;

function explainTarget(target: string, options: ExplainOptions): Explanation {
  const { path, line } = splitTarget(target, options.cwd);
  const session = openSession([path], options);
  const single = session.analyses.length === 1 && !isFolder(resolve(options.cwd, path));
  const detail = line !== null ? fullAnswer : single ? shortAnswer : briefAnswer;
  const explained = session.analyses.flatMap((analysis) => explainAnalysis(analysis, session, line, detail));
  const problems = session.problems.map((problem) => ({ ...problem, path: displayPath(problem.path, session.cwd) }));
  const none = line === null ? 'there is no RBD drive' : `there is no RBD drive at line ${line}`;
  const notes = explained.length === 0 && problems.length === 0 ? [...session.notes, none] : session.notes;
  return { explained, problems, notes };
}

/** A colon and a number behind a name are a line, and a second one the column that `check` prints, unless a file is called so. */
function splitTarget(target: string, cwd: string): { readonly path: string; readonly line: number | null } {
  const [, path, line] = /^(.+?):(\d+)(?::\d+)?$/.exec(target) ?? [];
  const exists = typeof tryStat(resolve(cwd, target)) !== 'string';
  return path === undefined || exists ? { path: target, line: null } : { path, line: Number(line) };
}

function isFolder(path: string): boolean {
  const found = tryStat(path);
  return typeof found !== 'string' && found.isDirectory();
}

function explainAnalysis(
  analysis: DocumentAnalysis,
  session: Session,
  line: number | null,
  detail: Detail,
): readonly Explained[] {
  const path = displayPath(analysis.address, session.cwd);
  const nameFile = (id: string): string => displayPath(id, session.cwd);
  switch (analysis.kind) {
    case 'skipped':
      return [];
    case 'command':
      return drivesOf(analysis, line).map(({ drive, at }) => ({
        label: driveLabel(drive.trace),
        path,
        line: at,
        drive,
        answer: detail(drive),
        nameFile,
      }));
    case 'conf':
      // Its drives are listed with the files they stand in, unless this file alone was asked for.
      if (analysis.drives.length > 0) return [];
      return outcomesByCacheMode(analysis.file, analysis.releases, surroundingsOf(analysis, session)).map(
        ({ mode, drive }) => ({
          label: `cache=${mode}`,
          path,
          line: null,
          drive,
          answer: briefAnswer(drive),
          nameFile,
        }),
      );
  }
}

/** What is known of the process and the cluster where nobody wrote a drive. */
function surroundingsOf({ address }: DocumentAnalysis, { workspace }: Session): ModeSurroundings {
  return { environment: workspace.environmentOf(address), cluster: workspace.clusterOf(address) };
}

interface DriveAt {
  readonly drive: AnsweredDrive;
  readonly at: number;
}

/** All drives; with a line, those of that line, else those of the command that the line is part of. */
function drivesOf(analysis: CommandDocumentAnalysis, line: number | null): readonly DriveAt[] {
  const lines = new Lines(analysis.text);
  const all = analysis.commands.flatMap(({ command, trace, base, end }) =>
    trace.drives.map((drive) => ({
      drive: { trace: drive, text: command.text, releases: analysis.releases },
      at: lines.lineOf(base + drive.syntax.span.start) + 1,
      from: lines.lineOf(base) + 1,
      to: lines.lineOf(end) + 1,
    })),
  );
  if (line === null) return all;
  const there = all.filter(({ at }) => at === line);
  return there.length > 0 ? there : all.filter(({ from, to }) => from <= line && line <= to);
}
