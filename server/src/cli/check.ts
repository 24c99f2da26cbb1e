/** `rbdcache check`: all findings of the files named, and an exit code that a CI job can act on. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { printable } from '../features/answer-render.js';
import { redact } from '../features/redact.js';
import { ALL_RULES } from '../rules/all.js';
import { addressOfPath } from '../workspace/address.js';
import { Batches, type BatchOptions } from './batches.js';
import { GithubPrinter } from './check-github.js';
import { HumanPrinter } from './check-human.js';
import { JsonPrinter } from './check-json.js';
import { type FileReport, type Printer, reaches, reportFile } from './check-report.js';
import { SarifPrinter } from './check-sarif.js';
import { type FixedFile, fixedFile, writeFixed } from './fix.js';
import { collectInputs, type InputProblem, type Inputs } from './input-files.js';
import { isObject } from './json.js';
import { displayPath } from './paths.js';
import type { Run } from './run.js';
import type { Style } from './style.js';
import { unifiedDiff } from './unified-diff.js';

export const CHECK_FORMATS = ['human', 'json', 'sarif', 'github'] as const;
export type CheckFormat = (typeof CHECK_FORMATS)[number];

export interface CheckOptions extends BatchOptions {
  readonly format: CheckFormat;
  /** Severities and rule ids. */
  readonly failOn: readonly string[];
  /** Only what fails, and nothing besides. */
  readonly quiet: boolean;
  /** `show`: tell the difference, write nothing. */
  readonly fix: 'no' | 'show' | 'write';
  readonly style: Style;
  readonly version: string;
  /** The installed package, where `docs/rules` and `package.json` lie. */
  readonly packageFolder: string;
  /** Told how far it has come. */
  readonly progress: (what: string, done: number, all: number) => void;
  /** What a person should know besides the report. */
  readonly tell: (line: string) => void;
}

/** Exit code 0: nothing at or over the threshold; 1: something; 2: an input could not be looked into. */
export function* check(words: readonly string[], options: CheckOptions): Run {
  const inputs = collectInputs(words.length === 0 ? ['.'] : words, options.cwd);
  const fixes = options.fix === 'no' ? NO_FIXES : yield* fix(inputs, options);
  const batches = new Batches(inputs, { ...options, texts: fixes.texts });
  const printer = printerFor(options);
  let failed = false;
  const skipped: InputProblem[] = [];
  yield printer.begin();
  for (const { analysis, positions, done } of batches.analyses()) {
    options.progress('checking', done, batches.size);
    const report = reportFile(analysis, positions, options.cwd);
    if (report === null) continue;
    if ('message' in report) {
      skipped.push(report);
      continue;
    }
    failed ||= report.findings.some((finding) => reaches(finding, options.failOn));
    yield printer.file(options.quiet ? onlyFailing(report, options.failOn) : report);
  }
  const problems = [...batches.problems, ...fixes.problems].map(({ path, message }) => ({
    path: displayPath(path, options.cwd),
    message,
  }));
  const all = [...problems, ...skipped].map(({ path, message }) => ({ path: redact(path), message: redact(message) }));
  const exitCode = all.length > 0 ? 2 : failed ? 1 : 0;
  const missed = batches.problems.length + skipped.length;
  yield printer.end({ problems: all, missed, notes: batches.notes.map(redact), exitCode });
  return exitCode;
}

interface Fixes {
  readonly problems: readonly InputProblem[];
  /** Texts that would be written, by address. */
  readonly texts: ReadonlyMap<string, string>;
}

const NO_FIXES: Fixes = { problems: [], texts: new Map() };

/** Mends file by file, before the files are checked as they are then. */
function* fix(inputs: Inputs, options: CheckOptions): Generator<string, Fixes> {
  const problems: InputProblem[] = [];
  const texts = new Map<string, string>();
  const batches = new Batches(inputs, { ...options, texts });
  let files = 0;
  let fixes = 0;
  for (const looked of batches.analyses()) {
    options.progress('fixing', looked.done, batches.size);
    const fixed = fixedFile(looked, options.cwd);
    if (fixed === null) continue;
    if (options.fix === 'write') {
      const problem = writeFixed(looked, fixed);
      if (problem !== null) {
        problems.push(problem);
        continue;
      }
    } else {
      texts.set(addressOfPath(looked.file.path), fixed.after);
      const lines = diffLines(fixed, options.style);
      if (options.format === 'human') yield lines.map((line) => `${line}\n`).join('');
      else for (const line of lines) options.tell(line);
    }
    files += 1;
    fixes += fixed.fixes;
    const did = options.fix === 'write' ? 'fixed' : 'would fix';
    options.tell(`${did} ${printable(redact(fixed.path))}: ${fixed.fixes} × ${fixed.rules.join(', ')}`);
  }
  const sum = `${fixes} ${fixes === 1 ? 'fix' : 'fixes'} in ${files} ${files === 1 ? 'file' : 'files'}`;
  if (!options.quiet)
    options.tell(options.fix === 'write' ? `applied ${sum}` : `would apply ${sum}; nothing was written`);
  return { problems, texts };
}

function diffLines({ path, before, after }: FixedFile, style: Style): readonly string[] {
  const colours: Readonly<Record<string, (text: string) => string>> = {
    '+': style.added,
    '-': style.removed,
    '@': style.dim,
  };
  return unifiedDiff(path, redact(before), redact(after)).map((line) => {
    const shown = printable(line.replace(/\r$/, ''));
    return (colours[line.charAt(0)] ?? ((text: string) => text))(shown);
  });
}

function onlyFailing(report: FileReport, failOn: readonly string[]): FileReport {
  return { ...report, findings: report.findings.filter((finding) => reaches(finding, failOn)), suppressed: [] };
}

function printerFor({ format, style, quiet, version, packageFolder, cwd }: CheckOptions): Printer {
  switch (format) {
    case 'human':
      return new HumanPrinter(style, quiet);
    case 'json':
      return new JsonPrinter();
    case 'github':
      return new GithubPrinter();
    case 'sarif':
      return new SarifPrinter({
        rules: ALL_RULES,
        version,
        helpOf: (rule) => rulePage(join(packageFolder, 'docs', 'rules'), rule),
        pagesAddress: pagesAddress(packageFolder),
        cwd,
      });
  }
}

/** The page that ships beside the program; null where there is none. */
function rulePage(folder: string, rule: string): string | null {
  const path = join(folder, `${rule}.md`);
  return existsSync(path) ? readFileSync(path, 'utf8') : null;
}

/** Where the package says that its pages can be read on the web. */
function pagesAddress(packageFolder: string): string | null {
  const path = join(packageFolder, 'package.json');
  const manifest: unknown = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null;
  const homepage = isObject(manifest) ? manifest['homepage'] : null;
  if (typeof homepage !== 'string' || !/^https?:/.test(homepage)) return null;
  return `${homepage.replace(/#.*$/, '').replace(/\/$/, '')}/docs/rules/`;
}
