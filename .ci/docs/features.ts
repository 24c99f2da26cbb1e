/**
 * What editors can do with configuration languages, ours beside the best of the field. The peers' columns were read from
 * their capability code, manifests and documentation; a cell is a judgement, not a trial of each editor.
 */

/** `●` yes, `◐` partly, `○` no, `-` does not apply. */
type Mark = '●' | '◐' | '○' | '-';

export const PEERS = [
  'rust-analyzer',
  'yaml-language-server',
  'vscode-json and -css services',
  'taplo',
  'Dockerfile services',
  'bash-language-server',
] as const;

export interface Feature {
  readonly name: string;
  readonly ours: Mark;
  /** In the order of {@link PEERS}. */
  readonly peers: readonly [Mark, Mark, Mark, Mark, Mark, Mark];
  /** The file of tests, in this checkout, that shows ours. */
  readonly test: string;
}

const feature = (name: string, ours: Mark, peers: string, test: string): Feature => {
  const marks = [...peers].map(asMark);
  const [a, b, c, d, e, f] = marks;
  if (a === undefined || b === undefined || c === undefined || d === undefined || e === undefined || f === undefined) {
    throw new Error(`${name}: six marks are wanted`);
  }
  return { name, ours, peers: [a, b, c, d, e, f], test };
};

function asMark(sign: string): Mark {
  if (sign === '●' || sign === '◐' || sign === '○' || sign === '-') return sign;
  throw new Error(`no mark: ${sign}`);
}

export const FEATURES: readonly Feature[] = [
  feature(
    'The behaviour that results, replayed, and who decided it',
    '●',
    '○○○○○○',
    'test/conformance/conformance.test.ts',
  ),
  feature('Checked against recordings of the real programs', '●', '------', 'test/conformance/conformance.test.ts'),
  feature('Target releases: per file, folder, settings file', '●', '◐●○◐◐○', 'test/unit/releases-in-force.test.ts'),
  feature('Matrix of outcomes over all releases', '●', '○○○○○○', 'test/unit/features/who-wins/matrix.test.ts'),
  feature('Ladder of sources for an option', '●', '○○○○○○', 'test/unit/features/who-wins/ladder.test.ts'),
  feature('What if, before editing', '●', '○○○○○○', 'test/protocol/what-if.test.ts'),
  feature('Upgrade report between two pairs of releases', '●', '○○○○○○', 'test/unit/cli/diff.test.ts'),
  feature('Explanation as a read-only document', '●', '◐○○○○○', 'test/unit/features/explanation.test.ts'),
  feature('TextMate grammars, injection into shell', '●', '●○●●●○', 'test/unit/grammars/grammars.test.ts'),
  feature('Completion: keys with documentation, resolved lazily', '●', '●●●◐●●', 'test/protocol/completion.test.ts'),
  feature(
    'Completion: values, enumerations, units of the release',
    '●',
    '●●●◐●○',
    'test/unit/features/completion/conf.test.ts',
  ),
  feature('Completion: snippets', '●', '●●●○●●', 'test/protocol/completion.test.ts'),
  feature('Completion: names from other files', '●', '●●●○◐●', 'test/unit/features/completion/command.test.ts'),
  feature('Hover on keys', '●', '●●●◐●●', 'test/unit/features/hover.test.ts'),
  feature('Hover on values', '●', '●◐●○◐○', 'test/unit/features/hover.test.ts'),
  feature('Signature help', '●', '●○○○●○', 'test/unit/features/completion/signature-help.test.ts'),
  feature('Diagnostics with stable codes and a page each', '●', '●◐◐○●●', 'test/unit/rules/pages.test.ts'),
  feature('Related places in other files', '●', '●○◐●○○', 'test/protocol/features.test.ts'),
  feature('Tags: deprecated, unnecessary', '●', '●●●○●●', 'test/unit/rules/cache/cache-rules.test.ts'),
  feature('Severity per rule and folder', '●', '◐○●○●◐', 'test/unit/features/control.test.ts'),
  feature(
    'Findings turned off by a comment, by rule; unused ones told',
    '●',
    '●●○○●●',
    'test/unit/features/control.test.ts',
  ),
  feature('Quick fixes, tried before they are offered', '●', '●●◐○●●', 'test/unit/properties/quick-fixes.test.ts'),
  feature('Quick fixes across files', '●', '●○○○○○', 'test/unit/features/code-actions.test.ts'),
  feature('All safe fixes on save', '●', '◐○◐○●○', 'test/protocol/code-actions.test.ts'),
  feature('Refactorings that keep the meaning', '●', '●●◐◐○○', 'test/unit/features/refactorings.test.ts'),
  feature('Inlay hints, resolved lazily', '●', '●○○○●○', 'test/unit/features/inlay-hints.test.ts'),
  feature('Code lens', '●', '●●○○●○', 'test/unit/features/code-lens.test.ts'),
  feature('Semantic tokens: full, delta, range', '●', '●○○◐◐○', 'test/protocol/seeing.test.ts'),
  feature('Outline', '●', '●●●●●●', 'test/unit/features/symbols.test.ts'),
  feature('Workspace symbols', '●', '●○○○○●', 'test/protocol/seeing.test.ts'),
  feature('Folding, #region', '●', '●●●●●○', 'test/unit/features/folding.test.ts'),
  feature('Selection ranges', '●', '●●●○◐○', 'test/unit/features/selection-ranges.test.ts'),
  feature('Highlights', '●', '●○●○●●', 'test/unit/features/highlights.test.ts'),
  feature('Document links', '●', '○●●●●○', 'test/unit/features/document-links.test.ts'),
  feature('Definition and references', '●', '●◐●◐●●', 'test/unit/features/navigation.test.ts'),
  feature('Rename across files', '●', '●◐●◐●●', 'test/unit/features/navigation.test.ts'),
  feature('Formatting: document, range, on type', '●', '●●●●●●', 'test/protocol/formatting.test.ts'),
  feature('Pull diagnostics, push as fallback', '●', '●○●○○○', 'test/protocol/manners.test.ts'),
  feature('Incremental synchronisation', '●', '●●●◐●○', 'test/unit/properties/incremental.test.ts'),
  feature('Language status item', '●', '●●●●◐○', 'test/editor/suite/releases.test.ts'),
  feature('Walkthrough', '●', '●○-○○○', 'test/editor/suite/walkthrough.test.ts'),
  feature('Untrusted, virtual and multi-root workspaces', '●', '◐●●◐◐◐', 'test/editor/suite/untrusted.test.ts'),
  feature('More than one language for its words', '●', '○●●○○○', 'test/unit/l10n/nothing-missed.test.ts'),
  feature('Command line: JSON, SARIF, GitHub; fixes; exit codes', '●', '◐○-◐◐○', 'test/unit/cli/sarif.test.ts'),
  feature('pre-commit hook', '●', '○○-●●○', 'test/package/npm.test.ts'),
  feature('Other editors, with recipes that are tried', '●', '●●◐●●●', 'test/other-editors/run.mjs'),
  feature('Table of methods, made from the code', '●', '●◐○○●○', 'test/unit/docs.test.ts'),
  feature('No telemetry', '●', '●◐-●◐●', 'test/unit/boundaries.test.ts'),
];

export function featuresTable(features: readonly Feature[]): string {
  const head = ['what', 'rbdcache', ...PEERS, 'shown by'];
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    row(head),
    row(head.map((_, at) => (at > 0 && at <= PEERS.length + 1 ? ':-:' : '---'))),
    ...features.map(({ name, ours, peers, test }) =>
      row([name, ours, ...peers, `[${test.replace(/^.*\//, '')}](../${test})`]),
    ),
  ].join('\n');
}
