/** What a ceph.conf makes of each cache mode, while no drive is in view. */
import type { FileSystem, ReleasePair, SimulationInput } from '../simulate/model.js';
import { type OpenDrive, planFirstDrive } from '../simulate/simulate.js';
import type { ConfFile } from '../syntax/ceph-conf/tree.js';
import { MappedText } from '../syntax/mapped-text.js';
import type { AnsweredDrive } from './answer.js';
import { NO_SURROUNDINGS } from './no-surroundings.js';
import type { ReleasesInForce } from './releases.js';

const CACHE_MODES = ['none', 'writeback', 'writethrough', 'directsync', 'unsafe'] as const;
export type CacheModeName = (typeof CACHE_MODES)[number];

/** What is known of the process and of the cluster. */
export type ModeSurroundings = Pick<SimulationInput, 'environment' | 'cluster'>;

export interface ModeOutcome {
  readonly mode: CacheModeName;
  /** True for the mode that this QEMU runs with where a drive names none. */
  readonly isDefault: boolean;
  /** A drive of that mode, made up for the purpose; its text is the command that the trace's spans count in. */
  readonly drive: AnsweredDrive;
}

/**
 * The outcome for a drive of each cache mode that reads this file.
 * `client` is the id it connects as (`admin` unless the section in view names another). Of the environment's variables
 * `CEPH_ARGS` alone counts: others could lead to another file.
 */
export function outcomesByCacheMode(
  file: ConfFile,
  releases: Pick<ReleasesInForce, 'pair' | 'sources'>,
  { environment, cluster }: ModeSurroundings = NO_SURROUNDINGS,
  client = 'admin',
): readonly ModeOutcome[] {
  const files: FileSystem = {
    lookUp: (path) => (path.endsWith('.conf') ? { status: 'file', file } : { status: 'missing' }),
  };
  const ownArguments = environment.env['CEPH_ARGS'];
  const env = ownArguments === undefined ? {} : { CEPH_ARGS: ownArguments };
  // A drive that is made up has a pool and an image of nobody's.
  const known = cluster && { ...cluster, ofPool: () => null, ofImage: () => null };
  const around = { files, cluster: known, environment: { ...environment, env } };
  const opened = ({ mode, isDefault, text, open }: PlannedMode, connects?: string): ModeOutcome => {
    return { mode, isDefault, drive: { trace: open(around, connects), text, releases } };
  };
  if (client === 'admin') return plansForAdmin(releases.pair).map((plan) => opened(plan));
  if (!PLAIN_CLIENT.test(client)) return planModes(releases.pair, client).map((plan) => opened(plan));
  return plansForOthers(releases.pair).map((plan) => opened(plan, client));
}

/** A client whose name stands in the text of any QEMU as it is: the plan for a drive is the same for all of them. */
const PLAIN_CLIENT = /^[A-Za-z0-9._-]{1,64}$/;

interface PlannedMode extends Pick<ModeOutcome, 'mode' | 'isDefault'> {
  readonly text: string;
  readonly open: OpenDrive;
}

const plansForAdmin = oncePerPair((pair) => planModes(pair, 'admin'));
const plansForOthers = oncePerPair((pair) => planModes(pair, 'client'));

function planModes(pair: ReleasePair, client: string): readonly PlannedMode[] {
  const byDefault = defaultMode(pair);
  return CACHE_MODES.flatMap((mode) => {
    const planned = planMode(mode, client, pair);
    return planned === null ? [] : [{ mode, isDefault: byDefault === mode, ...planned }];
  });
}

/** The mode of a drive that names none: the program's alone to say, whatever any file holds. */
const defaultMode = oncePerPair((pair) => planMode(null, 'admin', pair)?.open(NO_SURROUNDINGS).cacheMode.name);

function oncePerPair<T>(make: (pair: ReleasePair) => T): (pair: ReleasePair) => T {
  const known = new WeakMap<ReleasePair, { readonly made: T }>();
  return (pair) => {
    const found = known.get(pair) ?? { made: make(pair) };
    known.set(pair, found);
    return found.made;
  };
}

function planMode(
  mode: CacheModeName | null,
  client: string,
  releases: ReleasePair,
): Pick<PlannedMode, 'text' | 'open'> | null {
  const id = client === 'admin' ? '' : `:id=${client.replace(/[\\:@,]/g, '\\$&').replaceAll(',', ',,')}`;
  const drive = `file=rbd:rbd/image${id},if=none,id=drive,format=raw${mode === null ? '' : `,cache=${mode}`}`;
  const args = [MappedText.verbatim('-drive'), MappedText.verbatim(drive, '-drive '.length)];
  const open = planFirstDrive({ args, releases, ...NO_SURROUNDINGS });
  return open === null ? null : { text: `-drive ${drive}`, open };
}
