/** `check` as workflow commands of GitHub Actions: annotations on the lines of a change. */
import { printable } from '../features/answer-render.js';
import { shortened } from '../features/answer-words.js';
import { findingLines } from './check-human.js';
import type { FileReport, Printer, ReportedFinding } from './check-report.js';
import { PLAIN } from './style.js';

const COMMANDS = { error: 'error', warning: 'warning', information: 'notice', hint: 'notice' } as const;
type Command = (typeof COMMANDS)[keyof typeof COMMANDS];

/** GitHub shows so many annotations of each kind of one step and drops the rest: they go to the log as lines. */
const MOST_OF_A_KIND = 10;
const LONGEST_MESSAGE = 4_000;
const LONGEST_TITLE = 200;

export class GithubPrinter implements Printer {
  private readonly counts = new Map<Command, number>();
  private left = 0;

  begin(): string {
    return '';
  }

  file({ findings }: FileReport): string {
    return findings.map((finding) => `${this.line(finding)}\n`).join('');
  }

  end({ problems, notes }: Parameters<Printer['end']>[0]): string {
    const lines = problems.map(({ path, message }) => `::error file=${property(path)}::${data(message)}`);
    for (const note of notes) lines.push(logLine(`note: ${printable(note)}`));
    if (this.left > 0) lines.push(`${this.left} more findings stand in this log only.`);
    return lines.map((line) => `${line}\n`).join('');
  }

  private line(finding: ReportedFinding): string {
    const command = COMMANDS[finding.severity];
    const count = (this.counts.get(command) ?? 0) + 1;
    this.counts.set(command, count);
    if (count <= MOST_OF_A_KIND) return annotation(command, finding);
    this.left += 1;
    return findingLines({ ...finding, fixes: [] }, PLAIN)
      .map(logLine)
      .join('\n');
  }
}

function annotation(command: Command, { path, range, rule, message, related, fixes }: ReportedFinding): string {
  const notes = related.map((note) => `${note.path}:${note.range.start.line}: ${note.message}`);
  const titles = fixes.map(({ title }) => `fix: ${title}`);
  const properties = [
    `file=${property(path)}`,
    `line=${range.start.line}`,
    `endLine=${range.end.line}`,
    // Columns of a range over several lines are ignored with a warning.
    ...(range.end.line === range.start.line ? [`col=${range.start.column}`, `endColumn=${range.end.column}`] : []),
    `title=${property(shortened(rule, LONGEST_TITLE))}`,
  ];
  const text = [message, ...notes, ...titles].join('\n');
  return `::${command} ${properties.join(',')}::${data(shortened(text, LONGEST_MESSAGE))}`;
}

/** A line that starts with `::` would be a command, and `##[` one of the older kind anywhere in it. */
function logLine(text: string): string {
  return `- ${text.trimStart()}`.replaceAll('##[', '# #[');
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A').replaceAll('##[', '# #[');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
