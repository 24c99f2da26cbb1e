/** `check` for people. */
import { printable } from '../features/answer-render.js';
import type { Severity } from '../rules/rule.js';
import { type FileReport, type Printer, type ReportedFile, type ReportedFinding, SEVERITIES } from './check-report.js';
import type { Style } from './style.js';

/** Findings with their places and the titles of their fixes, then what could not be done, then the sum of it all. */
export class HumanPrinter implements Printer {
  private readonly counts = new Map<Severity, number>();
  private readonly pairs = new Set<string>();
  private files = 0;

  constructor(
    private readonly style: Style,
    /** Without the notes and the sum. */
    private readonly quiet: boolean,
  ) {}

  begin(): string {
    return '';
  }

  file({ file, findings }: FileReport): string {
    this.files += 1;
    this.pairs.add(pairText(file));
    for (const { severity } of findings) this.counts.set(severity, (this.counts.get(severity) ?? 0) + 1);
    return findings.map((finding) => `${findingLines(finding, this.style).join('\n')}\n`).join('');
  }

  end({ problems, missed, notes }: Parameters<Printer['end']>[0]): string {
    const { style } = this;
    const lines = problems.map(({ path, message }) => `${style.bold(printable(path))}: ${printable(message)}`);
    if (!this.quiet) {
      for (const note of notes) lines.push(`note: ${printable(note)}`);
      if (lines.length > 0 || this.counts.size > 0) lines.push('');
      lines.push(this.sum(missed));
      for (const pair of this.pairs) lines.push(style.dim(pair));
    }
    return lines.map((line) => `${line}\n`).join('');
  }

  private sum(missed: number): string {
    const counts = SEVERITIES.flatMap((severity) => {
      const count = this.counts.get(severity);
      if (count === undefined) return [];
      const plural = severity === 'information' || count === 1 ? severity : `${severity}s`;
      return [`${count} ${plural}`];
    });
    const looked = `${this.files} ${this.files === 1 ? 'file' : 'files'} looked into`;
    const failed = missed === 0 ? '' : `, ${missed} could not be`;
    return `${counts.length === 0 ? 'no findings' : counts.join(', ')} — ${looked}${failed}`;
  }
}

/** One finding a line, what it refers to and its fixes indented below. */
export function findingLines(
  { path, range, rule, severity, message, related, fixes }: ReportedFinding,
  style: Style,
): readonly string[] {
  const where = style.bold(`${printable(path)}:${range.start.line}:${range.start.column}`);
  return [
    `${where}: ${style.severity(severity)} ${printable(message)} ${style.dim(`[${rule}]`)}`,
    ...related.map(
      ({ path: other, range: at, message: note }) =>
        `    ${printable(other)}:${at.start.line}:${at.start.column}: ${printable(note)}`,
    ),
    ...fixes.map(({ title }) => style.dim(`    fix: ${printable(title)}`)),
  ];
}

/** Which releases a file was judged by. */
function pairText({ qemu, librbd, vendor, chosenBy }: ReportedFile): string {
  const build = vendor === 'upstream' ? '' : ` (${vendor})`;
  return `judged for QEMU ${qemu}${build} and librbd ${librbd}, ${chosenBy}`;
}
