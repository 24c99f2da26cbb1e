/** What a ceph.conf makes of each cache mode, while no drive is in view. */
import type { DriveTrace, FileSystem, ProcessEnvironment, ReleasePair } from '../simulate/model.js';
import { simulateCommand } from '../simulate/simulate.js';
import type { ConfFile } from '../syntax/ceph-conf/tree.js';
import { MappedText } from '../syntax/mapped-text.js';
import type { ReleasesInForce } from '../workspace/releases-in-force.js';
import type { AnsweredDrive } from './answer.js';

const CACHE_MODES = ['none', 'writeback', 'writethrough', 'directsync', 'unsafe'] as const;
export type CacheModeName = (typeof CACHE_MODES)[number];

const NO_ENVIRONMENT: ProcessEnvironment = { env: {}, cwd: '/', home: '/root', pid: null, host: null };

export interface ModeOutcome {
  readonly mode: CacheModeName;
  /** True for the mode that this QEMU runs with where a drive names none. */
  readonly isDefault: boolean;
  /** A drive of that mode, made up for the purpose; its text is the command that the trace's spans count in. */
  readonly drive: AnsweredDrive;
}

/**
 * The outcome for a drive of each cache mode that reads this file.
 * `client` is the id it connects as (`admin` unless the section in view names another). Of the environment all but the
 * variables counts, since these could lead to another file.
 */
export function outcomesByCacheMode(
  file: ConfFile,
  releases: Pick<ReleasesInForce, 'pair' | 'sources'>,
  environment: ProcessEnvironment = NO_ENVIRONMENT,
  client = 'admin',
): readonly ModeOutcome[] {
  const files: FileSystem = {
    lookUp: (path) => (path.endsWith('.conf') ? { status: 'file', file } : { status: 'missing' }),
  };
  const byDefault = defaultMode(releases.pair);
  return CACHE_MODES.flatMap((mode) => {
    const made = simulateMode(mode, client, releases.pair, files, { ...environment, env: {} });
    if (made === null) return [];
    return [
      {
        mode,
        isDefault: byDefault === mode,
        drive: { trace: made.trace, text: made.text, releases },
      },
    ];
  });
}

/** The mode of a drive that names none: the program's alone to say, whatever any file holds. */
const defaultMode = (() => {
  const known = new WeakMap<ReleasePair['qemu'], string | undefined>();
  return (pair: ReleasePair): string | undefined => {
    if (!known.has(pair.qemu)) {
      const files: FileSystem = { lookUp: () => ({ status: 'missing' }) };
      known.set(pair.qemu, simulateMode(null, 'admin', pair, files, NO_ENVIRONMENT)?.trace.cacheMode.name);
    }
    return known.get(pair.qemu);
  };
})();

function simulateMode(
  mode: CacheModeName | null,
  client: string,
  releases: ReleasePair,
  files: FileSystem,
  environment: ProcessEnvironment,
): { readonly trace: DriveTrace; readonly text: string } | null {
  const id = client === 'admin' ? '' : `:id=${client.replace(/[\\:@,]/g, '\\$&').replaceAll(',', ',,')}`;
  const drive = `file=rbd:rbd/image${id},if=none,id=drive,format=raw${mode === null ? '' : `,cache=${mode}`}`;
  const text = `-drive ${drive}`;
  const command = simulateCommand({
    args: [MappedText.verbatim('-drive'), MappedText.verbatim(drive, '-drive '.length)],
    releases,
    files,
    environment,
  });
  const trace = command.drives[0];
  return trace === undefined ? null : { trace, text };
}
