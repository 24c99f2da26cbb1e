/** `rbdcache check`: all findings of the files named, and an exit code that a CI job can act on. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ALL_RULES } from '../rules/all.js';
import { checkAsGithub, checkAsHuman, checkAsJson } from './check-formats.js';
import { type CheckReport, checkReport, reaches } from './check-report.js';
import { checkAsSarif } from './check-sarif.js';
import { openSession, type SessionOptions } from './session.js';
import type { Style } from './style.js';

export const CHECK_FORMATS = ['human', 'json', 'sarif', 'github'] as const;
export type CheckFormat = (typeof CHECK_FORMATS)[number];

export interface CheckOptions extends SessionOptions {
  readonly format: CheckFormat;
  /** Severities and rule ids. */
  readonly failOn: readonly string[];
  readonly style: Style;
  readonly version: string;
  /** Folder of the rules' pages. */
  readonly pages: string;
}

export interface CommandResult {
  readonly text: string;
  readonly exitCode: 0 | 1 | 2;
}

/** Exit code 0: nothing at or over the threshold; 1: something; 2: an input could not be looked into. */
export function check(paths: readonly string[], options: CheckOptions): CommandResult {
  const report = checkReport(openSession(paths.length === 0 ? ['.'] : paths, options));
  const failed = report.findings.some((finding) => reaches(finding, options.failOn));
  return { text: printed(report, options), exitCode: report.problems.length > 0 ? 2 : failed ? 1 : 0 };
}

function printed(report: CheckReport, { format, style, version, pages }: CheckOptions): string {
  switch (format) {
    case 'human':
      return checkAsHuman(report, style);
    case 'json':
      return checkAsJson(report);
    case 'github':
      return checkAsGithub(report);
    case 'sarif':
      return checkAsSarif(report, ALL_RULES, version, (rule) => rulePage(pages, rule));
  }
}

/** The page that ships beside the program; null where there is none. */
function rulePage(folder: string, rule: string): string | null {
  try {
    return readFileSync(join(folder, `${rule}.md`), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
