/** `check` as SARIF 2.1.0, with each rule's page as its help and its fixes as replacements. */
import { isAbsolute, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { redact } from '../features/redact.js';
import type { Rule, Severity } from '../rules/rule.js';
import type {
  FileReport,
  Printer,
  ReportedFinding,
  ReportedFix,
  ReportedPlace,
  ReportedSuppression,
  Totals,
} from './check-report.js';
import type { Range } from './placed.js';
import { plainText } from './plain-text.js';

const LEVELS: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  information: 'note',
  hint: 'note',
};

/** What GitHub's code scanning sorts by. */
const PROBLEM_SEVERITIES: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  information: 'recommendation',
  hint: 'recommendation',
};

const ROOT = 'SRCROOT';

export interface SarifOptions {
  readonly rules: readonly Rule[];
  readonly version: string;
  /** The Markdown page of a rule; null where there is none. */
  readonly helpOf: (rule: string) => string | null;
  /** Web address of the folder of the pages, with a slash at its end; null: they are on no web site. */
  readonly pagesAddress: string | null;
  /** The folder that paths are relative to. */
  readonly cwd: string;
}

/** Results first, as they come; rules and what became of the run behind them. */
export class SarifPrinter implements Printer {
  private readonly used: Rule[] = [];
  private results = 0;

  constructor(private readonly options: SarifOptions) {}

  begin(): string {
    const root = pathToFileURL(`${this.options.cwd}/`).href;
    const bases = { [ROOT]: { uri: root, description: { text: 'The folder that rbdcache was run in.' } } };
    return [
      '{\n"$schema": "https://json.schemastore.org/sarif-2.1.0.json",\n"version": "2.1.0",\n"runs": [{\n',
      `"columnKind": "utf16CodeUnits",\n"originalUriBaseIds": ${JSON.stringify(bases)},\n"results": [`,
    ].join('');
  }

  file({ findings, suppressed }: FileReport): string {
    const results = [
      ...findings.map((finding) => this.result(finding, [])),
      ...suppressed.map((finding) => this.result(finding, [inSource(finding.suppression)])),
    ];
    return results
      .map((result) => {
        this.results += 1;
        return `${this.results === 1 ? '\n' : ',\n'}${JSON.stringify(result)}`;
      })
      .join('');
  }

  end(totals: Totals): string {
    const { version } = this.options;
    const driver = {
      name: 'rbdcache',
      version,
      semanticVersion: version,
      rules: this.used.map((rule) => this.rule(rule)),
    };
    const invocations = [this.invocation(totals)];
    return `\n],\n"tool": ${JSON.stringify({ driver })},\n"invocations": ${JSON.stringify(invocations)}\n}]\n}\n`;
  }

  /** Where one result of a run tells its suppressions, the standard wants all to: an empty list says that there is none. */
  private result(finding: ReportedFinding, suppressions: readonly object[]) {
    const { rule, severity, message, related, fixes, fingerprint } = finding;
    const replacements = fixes.flatMap((fix) => sarifFix(fix) ?? []);
    return {
      ruleId: rule,
      ruleIndex: this.indexOf(rule),
      level: LEVELS[severity],
      message: { text: message },
      locations: [location(finding)],
      ...(related.length === 0
        ? {}
        : {
            relatedLocations: related.map((note, id) => ({ id, ...location(note), message: { text: note.message } })),
          }),
      partialFingerprints: { 'rbdcache/v1': fingerprint },
      suppressions,
      ...(replacements.length === 0 ? {} : { fixes: replacements }),
    };
  }

  private indexOf(id: string): number {
    const known = this.used.findIndex((rule) => rule.id === id);
    if (known >= 0) return known;
    const rule = this.options.rules.find((one) => one.id === id);
    return rule === undefined ? -1 : this.used.push(rule) - 1;
  }

  private rule({ id, statement, severity, looksAt }: Rule) {
    const { helpOf, pagesAddress } = this.options;
    const page = helpOf(id);
    return {
      id,
      shortDescription: { text: plainText(statement) },
      fullDescription: { text: plainText(statement), markdown: statement },
      ...(page === null ? {} : { help: { text: plainText(page), markdown: page } }),
      ...(pagesAddress === null ? {} : { helpUri: `${pagesAddress}${id}.md` }),
      defaultConfiguration: { level: LEVELS[severity] },
      properties: {
        tags: ['ceph', looksAt === 'conf' ? 'ceph.conf' : 'qemu', id.split('-')[0]],
        'problem.severity': PROBLEM_SEVERITIES[severity],
      },
    };
  }

  private invocation({ problems, notes, exitCode }: Totals) {
    const notification = (level: string) => (text: string) => ({ level, message: { text } });
    return {
      executionSuccessful: problems.length === 0,
      exitCode,
      exitCodeDescription: EXIT_CODES[exitCode] ?? '',
      workingDirectory: { uri: pathToFileURL(`${this.options.cwd}/`).href },
      toolExecutionNotifications: problems
        .map(({ path, message }) => redact(`${path}: ${message}`))
        .map(notification('error')),
      toolConfigurationNotifications: notes.map(notification('note')),
    };
  }
}

const EXIT_CODES: Readonly<Record<number, string>> = {
  0: 'nothing at or over the threshold',
  1: 'findings at or over the threshold',
  2: 'an input could not be looked into',
};

/** Null for a fix that cannot be told: an editor has it. */
function sarifFix({ title, edits }: ReportedFix) {
  if (edits === null || edits.length === 0) return null;
  const byPath = new Map<string, { deletedRegion: object; insertedContent: object }[]>();
  for (const { path, range, newText } of edits) {
    const replacements = byPath.get(path) ?? [];
    replacements.push({ deletedRegion: region(range), insertedContent: { text: newText } });
    byPath.set(path, replacements);
  }
  return {
    description: { text: title },
    artifactChanges: [...byPath].map(([path, replacements]) => ({ artifactLocation: artifact(path), replacements })),
  };
}

/** A comment beside the finding, and what its writer gave as the reason. */
function inSource(suppression: ReportedSuppression) {
  const { reason } = suppression;
  return {
    kind: 'inSource',
    location: location(suppression),
    ...(reason === '' ? {} : { justification: reason }),
  };
}

function location({ path, range }: ReportedPlace) {
  return { physicalLocation: { artifactLocation: artifact(path), region: region(range) } };
}

/** Below the folder of the run: relative to it; else as it is. */
function artifact(path: string) {
  if (isAbsolute(path)) return { uri: pathToFileURL(path).href };
  return { uri: path.split(sep).map(encodeURIComponent).join('/'), uriBaseId: ROOT };
}

function region({ start, end }: Range) {
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
}
