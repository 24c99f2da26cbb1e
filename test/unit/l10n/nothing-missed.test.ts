/**
 * Whatever is shown can be translated: every view of each rule's examples, in a language without words. What is left are
 * names, numbers, code, and what QEMU and librados say themselves.
 */
import * as l10n from '@vscode/l10n';
import { describe, expect, test } from 'vitest';
import { allOptionNotes } from '../../../server/src/catalog/rbd-options.js';
import { cephRelease, qemuRelease } from '../../../server/src/catalog/releases.js';
import type { DocumentAnalysis } from '../../../server/src/features/analysis-model.js';
import { answerToMarkdown } from '../../../server/src/features/answer-render.js';
import { compareReleases } from '../../../server/src/features/compare-releases.js';
import { documentationOf } from '../../../server/src/features/completion/documentation.js';
import { completionsAt } from '../../../server/src/features/completion.js';
import { explanation } from '../../../server/src/features/explanation/explanation.js';
import { semanticTokens } from '../../../server/src/features/semantic-tokens.js';
import { signatureAt } from '../../../server/src/features/signature-help.js';
import { upgradeReport } from '../../../server/src/features/upgrade-report.js';
import { whatIfDocument } from '../../../server/src/features/what-if.js';
import { ladder, ladderOptions } from '../../../server/src/features/who-wins/ladder.js';
import { type ComparedDrive, cellAnswer, matrix } from '../../../server/src/features/who-wins/matrix.js';
import { ALL_RULES } from '../../../server/src/rules/all.js';
import { RULE_PAGES } from '../../../server/src/rules/pages/index.js';
import type { ExampleFile, RuleExample } from '../../../server/src/rules/pages/page.js';
import type { ReleasePair } from '../../../server/src/simulate/model.js';
import { Workspace } from '../../../server/src/workspace/analysis.js';
import { kindByName } from '../../../server/src/workspace/languages.js';
import { MemoryFileAccess } from '../../../server/src/workspace/memory-file-access.js';
import { DEFAULT_SETTINGS, parseSettings } from '../../../server/src/workspace/settings.js';
import { everythingSaid } from '../../fuzz/everything.js';
import { outside, pseudoBundle, untranslated } from './pseudo.js';

l10n.config({ contents: pseudoBundle() });

/** Members of views that nobody is shown as they are, and names that the user gave. */
const NOT_SHOWN = new Set([
  ...['newText', 'snippet', 'filter', 'commits', 'topic', 'rule', 'kind', 'address', 'id', 'key', 'option', 'folder'],
  ...[
    'path',
    'uri',
    'type',
    'types',
    'modifiers',
    'severity',
    'tags',
    'source',
    'renamed',
    'written',
    'name',
    'text',
    'place',
  ],
]);

function* shown(value: unknown, path = ''): Generator<readonly [path: string, text: string]> {
  if (typeof value === 'string') yield [path, value];
  else if (Array.isArray(value)) for (const one of value) yield* shown(one, path);
  else if (typeof value === 'object' && value !== null) {
    // A piece of a sentence is shown; it may be code.
    if ('kind' in value && 'text' in value && typeof value.text === 'string') {
      if (value.kind !== 'code') yield [`${path}/text`, value.text];
      return;
    }
    // What an item of completion is called is a name of QEMU's or Ceph's, but for whole parts.
    const named = 'kind' in value && 'label' in value && 'topic' in value && value.kind !== 'snippet';
    for (const [key, member] of Object.entries(value)) {
      if (!NOT_SHOWN.has(key) && !(named && key === 'label')) yield* shown(member, `${path}/${key}`);
    }
  }
}

/** What each drive is compared with. */
const OLD: ReleasePair = { ...releases('2.2', '0.87'), vendor: 'upstream' };

const OPTION_NAMES = [...allOptionNotes()].map(({ name }) => name.replaceAll('_', ' '));

/** Words of the user's own, names of options, and what programs say, the longest first. */
function givenTexts(
  workspace: Workspace,
  files: readonly ExampleFile[],
  addresses: readonly string[],
): readonly string[] {
  const words = files.flatMap(({ text }) => text.split(/[^\w$/-]+/)).filter((word) => /[A-Za-z]{2}/.test(word));
  const elsewhere = addresses.flatMap((address) => {
    const analysis = workspace.analyse(address);
    if (analysis?.kind !== 'command') return [];
    return analysis.commands.flatMap((command) => [command.trace, command.inReleases(OLD)]);
  });
  const traces = [...workspace.drives().map(({ trace }) => trace), ...elsewhere.flatMap(({ drives }) => drives)];
  const said = traces.flatMap((trace) => [
    trace.error?.message ?? '',
    ...trace.notices.map(({ message }) => message),
    ...(trace.config?.mentioned() ?? []).flatMap((option) =>
      (trace.config?.trace(option)?.candidates ?? []).flatMap(({ refusal }) => refusal?.message ?? []),
    ),
  ]);
  const refused = elsewhere.flatMap(({ error }) => error?.message ?? []);
  return [...new Set([...words, ...said, ...refused, ...OPTION_NAMES])]
    .filter((one) => one !== '')
    .sort((left, right) => right.length - left.length);
}

const LINKS = () => null;

/** What is shown of one drive alone. */
function ofDrives(analysis: DocumentAnalysis): unknown {
  if (analysis.kind !== 'command') return [];
  return analysis.commands.flatMap((command) =>
    command.trace.drives.slice(0, 1).map((trace) => {
      const { text } = command.command;
      const drive: ComparedDrive = {
        trace,
        text,
        releases: analysis.releases,
        inReleases: (other) => command.inReleases(other, trace.syntax.argument),
      };
      const cells = matrix(drive);
      let step = cells.next();
      while (step.done !== true) step = cells.next();
      const { headline, parts, details } = cellAnswer(drive);
      return {
        matrix: {
          ...step.value,
          drive: '',
          rows: step.value.rows.map(({ cells: row }) => row.map(({ word }) => word)),
        },
        explanation: explanation(
          { ...drive, program: 'qemu-system-x86_64', guessedRoot: { shown: '/h', standsFor: '/' } },
          LINKS,
        ),
        cell: answerToMarkdown({ headline, parts: [...parts, ...details] }, LINKS),
        ladders: ladderOptions(trace).map((option) => ladder(drive, option)),
        whatIf: whatIfDocument(
          {
            says: 'x',
            before: {
              trace: command.inReleases(OLD, trace.syntax.argument).drives[0] ?? trace,
              text,
              releases: drive.releases,
            },
            after: drive,
            edits: [],
            written: [{ before: '', after: 'x', place: null }],
            others: [{ trace, text, address: analysis.address }],
          },
          LINKS,
        ),
        upgrade: upgradeReport({
          to: { qemu: null, librbd: trace.releases.librbd },
          changed: compareReleases(text, command.inReleases(OLD), command.trace).map((one) => ({
            ...{ drive: one, name: 'vm:1', link: null, before: OLD, assumed: true, text, links: LINKS },
            namePlace: LINKS,
          })),
          drives: 3,
          documents: 1,
        }),
      };
    }),
  );
}

function releases(qemuText: string, librbdText: string): Pick<ReleasePair, 'qemu' | 'librbd'> {
  const [qemu, librbd] = [qemuRelease(qemuText), cephRelease(librbdText)];
  if (qemu === undefined || librbd === undefined) throw new Error(`no such pair: ${qemuText}, ${librbdText}`);
  return { qemu, librbd };
}

/** Every text with words in it that are not translated: where it is shown, and the text. */
function missed(files: readonly ExampleFile[], { qemu, librbd, vendor = 'upstream' }: RuleExample): readonly string[] {
  const access = new MemoryFileAccess(Object.fromEntries(files.map(({ name, text }) => [`file:///h/${name}`, text])));
  const log: string[] = [];
  const workspace = new Workspace({
    files: access,
    log: (message) => log.push(message),
    commandLine: { qemu, librbd, vendor },
  });
  workspace.setFolders(['file:///h']);
  workspace.setSettings(null, { ...DEFAULT_SETTINGS, root: '/h' });
  const addresses = files.flatMap(({ name, text }) => {
    const address = `file:///h/${name}`;
    const kind = kindByName(address);
    if (kind === null) return [];
    workspace.setDocument(address, kind, text);
    return [address];
  });
  const pair: ReleasePair = { ...releases(qemu, librbd), vendor };
  const found = new Set<string>();
  for (const address of addresses) {
    const analysis = workspace.analyse(address);
    if (analysis === null || analysis.kind === 'skipped') continue;
    const given = givenTexts(workspace, files, addresses);
    const tokens = semanticTokens(analysis, { start: 0, end: analysis.text.length });
    const offsets = [...new Set(tokens.map(({ span }) => span.start + 1))].slice(0, 12);
    const opened = { workspace, files: access, log };
    const topics = offsets.flatMap((offset) =>
      completionsAt(analysis, offset).items.flatMap(({ topic }) => topic ?? []),
    );
    const said = {
      ...everythingSaid(opened, address, { offsets, fixes: true }),
      drives: ofDrives(analysis),
      signatures: offsets.map((offset) => signatureAt(analysis, offset)?.parameters.map((one) => one.documentation)),
      documentation: topics.slice(0, 40).map((topic) => documentationOf(topic, pair)),
    };
    for (const [path, text] of shown(said)) {
      // Values that an option may have, and its default, fill the places of these: `«7 luks | luks2»`.
      const own = path.endsWith('/items/detail') ? outside(text).replace(/[\w-]+(?: \| [\w-]+)+/g, ' ') : text;
      const words = untranslated(own, given);
      if (words.length > 0) found.add(`${path}: ${words.join(' ')} — in: ${text}`);
    }
  }
  return [...found];
}

describe('shown in English whatever the language', () => {
  test.each(
    ALL_RULES.flatMap(({ id }) => {
      const example = RULE_PAGES[id]?.example;
      return example === undefined ? [] : [[id, example] as const];
    }),
  )('nothing of the examples of %s', (_, example) => {
    expect([...missed(example.before, example), ...missed(example.after, example)]).toEqual([]);
  });

  test('no complaint about settings', () => {
    const { complaints } = parseSettings({
      ...{ qemuVersion: [], vendor: 'x', readHostFiles: 7, environment: 7, cluster: 7, inlayHints: 7, codeLens: 7 },
      ...{ severity: { 'cache-unsafe': 'x' }, allowedOptions: 7 },
    });
    expect(complaints.length).toBeGreaterThan(8);
    expect(
      complaints.flatMap((one) =>
        untranslated(one, ['error', 'warning', 'information', 'hint', 'upstream', 'proxmox']),
      ),
    ).toEqual([]);
  });
});
