/** `check` as SARIF 2.1.0, with each rule's page as its help. */
import type { Rule, Severity } from '../rules/rule.js';
import type { CheckReport, ReportedPlace } from './check-report.js';

const LEVELS: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  information: 'note',
  hint: 'note',
};

/** `helpOf` gives the Markdown page of a rule; null where there is none. */
export function checkAsSarif(
  { findings, problems }: CheckReport,
  rules: readonly Rule[],
  version: string,
  helpOf: (rule: string) => string | null,
): string {
  const used = rules.filter(({ id }) => findings.some(({ rule }) => rule === id));
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'rbdcache', version, rules: used.map((rule) => sarifRule(rule, helpOf(rule.id))) } },
        columnKind: 'utf16CodeUnits',
        results: findings.map(({ rule, severity, message, related, ...place }) => ({
          ruleId: rule,
          ruleIndex: used.findIndex(({ id }) => id === rule),
          level: LEVELS[severity],
          message: { text: message },
          locations: [location(place)],
          relatedLocations: related.map((note, id) => ({ id, ...location(note), message: { text: note.message } })),
        })),
        invocations: [
          {
            executionSuccessful: problems.length === 0,
            toolExecutionNotifications: problems.map(({ path, message }) => ({
              level: 'error',
              message: { text: `${path}: ${message}` },
            })),
          },
        ],
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function sarifRule({ id, statement, severity }: Rule, help: string | null) {
  return {
    id,
    shortDescription: { text: statement },
    defaultConfiguration: { level: LEVELS[severity] },
    ...(help === null ? {} : { help: { text: help, markdown: help } }),
  };
}

function location({ path, range }: ReportedPlace) {
  const uri = path.split(/[\\/]/).map(encodeURIComponent).join('/');
  return {
    physicalLocation: {
      artifactLocation: { uri: path.startsWith('/') ? `file://${uri}` : uri },
      region: {
        startLine: range.start.line,
        startColumn: range.start.column,
        endLine: range.end.line,
        endColumn: range.end.column,
      },
    },
  };
}
