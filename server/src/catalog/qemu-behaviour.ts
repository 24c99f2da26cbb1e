/**
 * How each release of QEMU reads its arguments and opens an rbd image. Read in block/rbd.c, block.c, blockdev.c,
 * util/qemu-option.c and qobject/ of each .0 release from 1.0 to 10.2; 0.14, 0.15 and 11.1 by running or from the facts.
 */
import type { JsonRules } from '../syntax/qemu/json-text.js';
import type { QemuOptsRules } from '../syntax/qemu/qemu-opts.js';
import type { RbdNameRules } from '../syntax/qemu/rbd-name.js';
import data from './data/qemu-behaviour.json' with { type: 'json' };
import { OPEN } from './qemu-open.js';
import { type At, before, from, knownAt, perSeries, rowsAt, timeline } from './qemu-timeline.js';

// ---------------------------------------------------------------------------------------------------------------------
// Texts

const OPTS = {
  keyMax: timeline<number | null>({ '0.14': 127, '3.0': null }),
  valueMax: timeline<number | null>({ '0.14': 1023, '3.0': null }),
  idAsText: before('5.1'),
} as const;

const NAME = {
  escapes: from('1.0'),
  options: from('0.15'),
  limits: timeline<RbdNameRules['limits']>({
    '0.14': { pool: 127, image: 95, snapshot: 127, options: 1023, key: 127, value: 511 },
    '2.9': null,
  }),
  namespaces: from('5.0'),
  escapedSearch: from('6.1'),
  id: timeline<RbdNameRules['id']>({ '0.14': 'none', '1.0': 'first-piece', '2.9': 'last-key' }),
  conf: timeline<RbdNameRules['conf']>({ '0.14': 'none', '0.15': 'text', '2.9': 'last-key' }),
} as const;

const JSON_TEXT = {
  refusesDuplicates: from('4.0'),
  firstComplaint: from('3.1'),
  placesComplaints: from('11.1'),
} as const;

// ---------------------------------------------------------------------------------------------------------------------
// Everything else that changes

/** `args`: refused before anything is opened. `after-open`: refused when the image has been opened. */
export type UnknownOptions = 'args' | 'after-open';

/** Total, reads, writes: the total excludes the two others. */
type LimitGroup = readonly [string, string, string];

const LIMITS_IN_FULL = ['', '-max'].flatMap((end) =>
  ['bps', 'iops'].map(
    (what): LimitGroup => [
      `throttling.${what}-total${end}`,
      `throttling.${what}-read${end}`,
      `throttling.${what}-write${end}`,
    ],
  ),
);

const ROWS = {
  /** An empty text is no number. */
  strictNumbers: from('2.9'),
  /** Limits of bytes and requests a second. */
  limitGroups: timeline<readonly LimitGroup[]>({
    '0.14': [
      ['bps', 'bps_rd', 'bps_wr'],
      ['iops', 'iops_rd', 'iops_wr'],
    ],
    '1.6': LIMITS_IN_FULL,
  }),
  /** The greatest limit; null: negative ones are fine, too. */
  limitMost: timeline<number | null>({ '0.14': null, '1.5': Number.MAX_VALUE, '1.7': null, '2.6': 1e15 }),
  burstsNeedLimits: from('2.5'),
  /** Each limit is looked at with its burst and the burst's length, one limit after the other. */
  throttlesBuckets: from('2.6'),
  /** A burst is no lower than its limit, and the size of a request needs one. */
  burstsAboveLimits: from('2.7'),
  burstLengthLimited: from('2.11'),
  /** `stats-intervals.0` and so on. */
  statsIntervals: from('2.5'),
  /** A machine may have its own number of units a bus. */
  unitsOfMachine: from('2.2'),
  /** Where `-drive` refuses an option that nobody knows. */
  unknownOptions: timeline<UnknownOptions>({ '0.14': 'args', '1.7': 'after-open' }),
  /** Each option is looked at while it is read, in the order of the text. */
  checksWhileReading: before('1.5'),
  /** `driver=`, `file.driver=` and the like reach the block layer. */
  driverOptions: from('1.7'),
  /** A copy of an option that is renamed, or of `cache=`, is left over and refused after the open. */
  leavesCopies: from('1.6'),
  /** Of several copies of an alias the first counts; an alias beside its full name is refused. */
  firstAlias: from('2.2'),
  jsonNames: from('2.1'),
  /** Empty objects and lists are still there when the options have been flattened. */
  keepsEmpty: from('3.0'),
  /** An unknown `driver=` is noticed only when the image has been opened. */
  driverCheckedLate: before('2.1'),
  /** A protocol driver named as the format opens the name itself; before, the name's own protocol counts. */
  protocolAtTop: from('2.4'),
  /** … and up to here too. */
  formatOpensName: before('1.4'),
  /** blkdebug opens the image that its own name goes on with; what came before was not read. */
  debugsByName: from('2.4'),
  discardChecked: timeline<'none' | 'args' | 'node'>({ '0.14': 'none', '1.5': 'args', '2.8': 'node' }),
  /** `detect-zeroes=unmap` on a `-drive` needs `discard=unmap`. */
  detectZeroesNeedsDiscard: from('2.1', '2.8'),
  geometry: before('3.1'),
  bareWordWarned: from('6.0'),
  probingOpensTwice: before('1.4'),
  probingWarned: from('2.3'),
  /** The whole chain of `snapshot=on` is unsafe, the image included. */
  snapshotUnsafe: before('2.6'),
  /** `snapshot=on` fails on an rbd image, but for format=rbd's own way to fail. */
  snapshotFails: from('1.2', '1.5'),
  /** `snapshot=on` bears no option for the block layer beside it. */
  snapshotAlone: from('1.5', '2.0'),
  /** Each node has its own `cache.direct` and `cache.no-flush`; a child takes over its parent's. */
  cacheOfNodes: from('2.6'),
  /** The mode without `cache=`. */
  defaultMode: timeline<'writethrough' | 'writeback'>({ '0.14': 'writethrough', '1.2': 'writeback' }),
  /** The guest of `cache=none` sees a write cache though the mode is not write-back. */
  noneShowsCache: before('0.15'),
  rbdFlushes: from('1.0'),
  /** Write-through is QEMU's flush after each write. */
  writethroughFlushes: from('1.2'),
  /** `write-cache=` of the device. */
  deviceWriteCache: from('2.7'),
  /** format=rbd or driver=rbd: each write is followed by a flush, in every mode. */
  formatRbdFlushes: from('1.6', '2.4'),
  /** … even with no-flush. */
  formatRbdFlushesUnsafe: from('1.6', '2.1'),
  passwordSecret: from('2.6'),
  /** `filename` of an rbd node given as an option. */
  filenameMember: timeline<'name' | 'refused' | 'first' | 'fallback'>({
    '0.14': 'name',
    '2.9': 'refused',
    '2.10': 'first',
    '3.0': 'refused',
    '3.1': 'fallback',
  }),
  /** Members that the schema refuses are not noticed when the name gave keys: the process dies. */
  refusedMembersCrash: from('5.1'),
  /** The image below `snapshot=on` may discard, unless it says otherwise. */
  snapshotDiscards: from('5.1'),
  rawOffset: from('2.8'),
  /** A node's name is one that an id may be; before, anything but empty. */
  nodeNameWellFormed: from('2.2'),
  /** A node's name of more than 31 characters is refused, not cut. */
  longNodeNameRefused: from('3.0'),
  /** A node's name is looked at behind its `discard` and `detect-zeroes`. */
  nodeNameLast: from('2.9'),
  /** A drive has its name before its image is opened; later, when it is open. */
  driveNamedFirst: before('2.6'),
  /** A snapshot in the name of a drive that a device writes to. */
  snapshotName: timeline<'read-only' | 'fatal' | 'notice' | 'explicit'>({
    '0.14': 'read-only',
    '2.9': 'fatal',
    '2.11': 'notice',
    '3.1': 'explicit',
  }),
  blockdev: from('2.9'),
  /** `help` among dotted keys is no key. */
  keyvalHelp: from('5.2'),
  /** `-object {…}`. */
  objectJson: from('6.0'),
  poolMustBeGiven: from('2.9'),
  /** A drive that no device of the machine takes up is refused, scsi on a pc only later. */
  unusedDriveFatal: from('2.9'),
  unusedScsiFatal: from('2.12'),
  /** Such a drive is refused before a `-device` can take it. Source: docs/about/removed-features.rst. */
  unusedBeforeDevices: from('6.0'),
} as const;

export interface QemuBehaviour extends At<typeof ROWS>, At<typeof data.texts> {
  readonly driveOpts: QemuOptsRules;
  readonly name: RbdNameRules;
  readonly json: JsonRules;
  readonly booleans: ReadonlyMap<string, boolean>;
  readonly nodeOptions: ReadonlySet<string>;
  readonly open: At<typeof OPEN>;
}

/** What holds in a release's series. */
export const qemuBehaviour = perSeries<QemuBehaviour>((position) => ({
  ...rowsAt(ROWS, position),
  ...rowsAt(data.texts, position),
  driveOpts: { ...rowsAt(OPTS, position), firstKey: null },
  name: rowsAt(NAME, position),
  json: rowsAt(JSON_TEXT, position),
  booleans: new Map([
    ...knownAt(data.yes, position).map((yes) => [yes, true] as const),
    ...knownAt(data.no, position).map((no) => [no, false] as const),
  ]),
  nodeOptions: new Set(knownAt(data.nodeOptions, position)),
  open: rowsAt(OPEN, position),
}));
