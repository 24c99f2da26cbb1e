/** What people write every day raises no alarm, for any pair of releases that it is written for. */
import { describe, expect, test } from 'vitest';
import {
  cephChoices,
  cephRelease,
  newestCeph,
  newestQemu,
  qemuChoices,
  qemuRelease,
  within,
} from '../../../server/src/catalog/releases.js';
import { Workspace } from '../../../server/src/workspace/analysis.js';
import { kindByName } from '../../../server/src/workspace/languages.js';
import { MemoryFileAccess } from '../../../server/src/workspace/memory-file-access.js';
import { DEFAULT_SETTINGS } from '../../../server/src/workspace/settings.js';
import { HARMLESS_CONFS } from './ceph-confs.js';
import { HARMLESS_COMMANDS } from './commands.js';
import type { Harmless } from './harmless.js';

const FOLDER = 'file:///host';
/** Series, and point releases that differ from theirs. */
const LIBRBDS = [...cephChoices().map(({ version }) => version), '0.56.4', '12.2.2', '15.2.8', '16.2.4'];
const QEMUS = [...qemuChoices().map(({ version }) => version), '1.6.1'];
/** With these, each of the other program’s releases is tried. */
const SOME_LIBRBDS = ['0.67', '0.94', '12.2', '14.2', '16.2', '20.2'];
const SOME_QEMUS = ['1.1', '2.2', '2.11', '6.2', '11.1'];

interface Pair {
  readonly qemu: string;
  readonly librbd: string;
}

function pairsOf({ qemu, librbd }: Harmless): readonly Pair[] {
  const emulators = QEMUS.filter((one) => inside(qemuRelease(one), qemu));
  const cephs = LIBRBDS.filter((one) => inside(cephRelease(one), librbd));
  return emulators.flatMap((emulator) =>
    cephs
      .filter((ceph) => SOME_LIBRBDS.includes(ceph) || SOME_QEMUS.includes(emulator))
      .map((ceph) => ({ qemu: emulator, librbd: ceph })),
  );
}

function inside(release: Parameters<typeof within>[0] | undefined, bounds: readonly [string, string] | undefined) {
  return release !== undefined && within(release, bounds?.[0] ?? null, bounds?.[1] ?? null);
}

/** Where nobody says which, the newest releases are taken. */
function isOfToday({ qemu, librbd }: Harmless): boolean {
  return inside(newestQemu(), qemu) && inside(newestCeph(), librbd);
}

/** `rule severity: message` of all that is said of the text; the releases are assumed where no pair is given. */
function said({ name, text, beside = {}, vendor }: Harmless, pair: Pair | null): readonly string[] {
  const files = Object.entries({ ...beside, [name]: text }).map(([path, own]) => [`${FOLDER}/${path}`, own] as const);
  const failures: string[] = [];
  const workspace = new Workspace({
    files: new MemoryFileAccess(Object.fromEntries(files)),
    log: (message) => failures.push(message),
    commandLine: { ...(pair ?? {}), ...(vendor === undefined ? {} : { vendor }) },
  });
  workspace.setFolders([FOLDER]);
  if (Object.keys(beside).length > 0) workspace.setSettings(null, { ...DEFAULT_SETTINGS, root: '/host' });
  for (const [address, own] of files) workspace.setDocument(address, kindByName(address) ?? 'ceph-conf', own);
  const analysis = workspace.analyse(`${FOLDER}/${name}`);
  expect(failures).toEqual([]);
  if (analysis === null || analysis.kind === 'skipped') return [];
  return analysis.findings.map(({ rule, severity, message }) => `${rule} ${severity}: ${message}`);
}

describe.each([...HARMLESS_CONFS, ...HARMLESS_COMMANDS].map((one) => [one.about, one] as const))(
  '%s',
  (_, harmless) => {
    const informs = (finding: string): boolean => {
      const [rule = '', severity = ''] = finding.split(/[ :]/);
      return harmless.informs?.includes(rule) === true && (severity === 'information' || severity === 'hint');
    };

    test('is clean for each pair of releases', () => {
      const alarms = new Map<string, Pair[]>();
      const pairs = pairsOf(harmless);
      expect(pairs.length).toBeGreaterThan(0);
      for (const pair of pairs) {
        for (const finding of said(harmless, pair)) {
          if (!informs(finding)) alarms.set(finding, [...(alarms.get(finding) ?? []), pair]);
        }
      }
      const shown = [...alarms].map(([finding, where]) => {
        const some = where.slice(0, 3).map(({ qemu, librbd }) => `${qemu} × ${librbd}`);
        return `${finding} [${some.join(', ')}${where.length > 3 ? `, ${where.length} in all` : ''}]`;
      });
      expect(shown).toEqual([]);
    });
  },
);

describe('is clean while the releases are assumed', () => {
  const ofToday = [...HARMLESS_CONFS, ...HARMLESS_COMMANDS].filter(isOfToday);
  test.each(ofToday.map((one) => [one.about, one] as const))('%s', (_, harmless) => {
    const grave = said(harmless, null).filter((finding) => !/ (?:information|hint):/.test(finding));
    expect(grave).toEqual([]);
  });
});
