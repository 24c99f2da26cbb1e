/** `check` for programs. */
import type { FileReport, Printer, ReportedFile } from './check-report.js';

/** `{version, findings, files, problems, notes}`; the findings first, one a line, as they come. */
export class JsonPrinter implements Printer {
  private readonly files: ReportedFile[] = [];
  private findings = 0;

  begin(): string {
    return '{\n"version": 1,\n"findings": [';
  }

  file({ file, findings }: FileReport): string {
    this.files.push(file);
    return findings
      .map(({ fixes, fingerprint, ...finding }) => {
        const titles = fixes.map(({ title }) => title);
        this.findings += 1;
        const separator = this.findings === 1 ? '\n' : ',\n';
        return separator + JSON.stringify({ ...finding, fixes: titles, fingerprint });
      })
      .join('');
  }

  end({ problems, notes }: Parameters<Printer['end']>[0]): string {
    return [
      '\n],\n"files": ',
      list(this.files),
      ',\n"problems": ',
      list(problems),
      ',\n"notes": ',
      list(notes),
      '\n}\n',
    ].join('');
  }
}

function list(values: readonly unknown[]): string {
  if (values.length === 0) return '[]';
  return `[\n${values.map((value) => JSON.stringify(value)).join(',\n')}\n]`;
}
