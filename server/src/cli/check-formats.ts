/** `check` for people, for programs, for GitHub's annotations. SARIF has a file of its own. */
import { printable } from '../features/answer-render.js';
import type { CheckReport, ReportedFinding } from './check-report.js';
import type { Style } from './style.js';

export function checkAsHuman({ files, findings, problems, notes }: CheckReport, style: Style): string {
  const lines: string[] = [];
  for (const finding of findings) lines.push(...findingLines(finding, style));
  for (const { path, message } of problems) lines.push(`${style.bold(printable(path))}: ${printable(message)}`);
  for (const note of notes) lines.push(`note: ${printable(note)}`);
  if (lines.length > 0) lines.push('');
  lines.push(summary(findings, files.length, problems.length));
  for (const line of pairLines(files)) lines.push(style.dim(line));
  return `${lines.join('\n')}\n`;
}

function findingLines(
  { path, range, rule, severity, message, related, fixes }: ReportedFinding,
  style: Style,
): string[] {
  const where = style.bold(`${printable(path)}:${range.start.line}:${range.start.column}`);
  return [
    `${where}: ${style.severity(severity)} ${printable(message)} ${style.dim(`[${rule}]`)}`,
    ...related.map(
      ({ path: other, range: at, message: note }) =>
        `    ${printable(other)}:${at.start.line}:${at.start.column}: ${printable(note)}`,
    ),
    ...fixes.map((title) => style.dim(`    fix: ${printable(title)}`)),
  ];
}

function summary(findings: readonly ReportedFinding[], files: number, problems: number): string {
  const counts = (['error', 'warning', 'information', 'hint'] as const).flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    if (count === 0) return [];
    const plural = severity === 'information' || count === 1 ? severity : `${severity}s`;
    return [`${count} ${plural}`];
  });
  const looked = `${files} ${files === 1 ? 'file' : 'files'} looked into`;
  const failed = problems === 0 ? '' : `, ${problems} could not be`;
  return `${counts.length === 0 ? 'no findings' : counts.join(', ')} — ${looked}${failed}`;
}

/** Which releases the files were judged by, each pair once. */
function pairLines(files: CheckReport['files']): readonly string[] {
  const texts = files.map(({ qemu, librbd, vendor, chosenBy }) => {
    const build = vendor === 'upstream' ? '' : ` (${vendor})`;
    return `judged for QEMU ${qemu}${build} and librbd ${librbd}, ${chosenBy}`;
  });
  return [...new Set(texts)];
}

export function checkAsJson(report: CheckReport): string {
  return `${JSON.stringify({ version: 1, ...report }, null, 2)}\n`;
}

const COMMANDS = { error: 'error', warning: 'warning', information: 'notice', hint: 'notice' } as const;

/** Workflow commands of GitHub Actions: one annotation a finding. */
export function checkAsGithub({ findings, problems }: CheckReport): string {
  const lines = findings.map(({ path, range, rule, severity, message, related }) => {
    const notes = related.map((note) => `${note.path}:${note.range.start.line}: ${note.message}`);
    const properties = [
      `file=${property(path)}`,
      `line=${range.start.line}`,
      `col=${range.start.column}`,
      `endLine=${range.end.line}`,
      ...(range.end.line === range.start.line ? [`endColumn=${range.end.column}`] : []),
      `title=${property(rule)}`,
    ];
    return `::${COMMANDS[severity]} ${properties.join(',')}::${data([message, ...notes].join('\n'))}`;
  });
  for (const { path, message } of problems) lines.push(`::error file=${property(path)}::${data(message)}`);
  return lines.map((line) => `${line}\n`).join('');
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
