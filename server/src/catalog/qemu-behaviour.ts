/**
 * How each release of QEMU reads its arguments and opens an rbd image. Read in block/rbd.c, block.c, blockdev.c,
 * util/qemu-option.c and qobject/ of each .0 release from 1.0 to 10.2; 0.14, 0.15 and 11.1 by running or from the facts.
 */
import type { JsonRules } from '../syntax/qemu/json-text.js';
import type { QemuOptsRules } from '../syntax/qemu/qemu-opts.js';
import type { RbdNameRules } from '../syntax/qemu/rbd-name.js';
import { OPEN, type OpenSequence } from './qemu-open.js';
import { before, from, perSeries, Timeline } from './qemu-timeline.js';

// ---------------------------------------------------------------------------------------------------------------------
// Texts

const OPTS_LIMITED = new Timeline<Pick<QemuOptsRules, 'keyMax' | 'valueMax'>>(
  ['0.14', { keyMax: 127, valueMax: 1023 }],
  ['3.0', { keyMax: null, valueMax: null }],
);
const ID_AS_TEXT = before('5.1');

const OLD_LIMITS = { pool: 127, image: 95, snapshot: 127, options: 1023, key: 127, value: 511 };
const OLD_NAME: RbdNameRules = {
  escapes: false,
  options: false,
  limits: OLD_LIMITS,
  namespaces: false,
  escapedSearch: false,
  id: 'none',
  conf: 'none',
};

const NAME_RULES = new Timeline<RbdNameRules>(
  ['0.14', OLD_NAME],
  ['0.15', { ...OLD_NAME, options: true, conf: 'text' }],
  ['1.0', { ...OLD_NAME, options: true, conf: 'text', escapes: true, id: 'first-piece' }],
  ['2.9', { ...OLD_NAME, options: true, conf: 'last-key', escapes: true, id: 'last-key', limits: null }],
  [
    '5.0',
    { ...OLD_NAME, options: true, conf: 'last-key', escapes: true, id: 'last-key', limits: null, namespaces: true },
  ],
  [
    '6.1',
    {
      escapes: true,
      options: true,
      limits: null,
      namespaces: true,
      escapedSearch: true,
      id: 'last-key',
      conf: 'last-key',
    },
  ],
);

const JSON_RULES = new Timeline<JsonRules>(
  ['0.14', { refusesDuplicates: false, firstComplaint: false, placesComplaints: false }],
  ['3.1', { refusesDuplicates: false, firstComplaint: true, placesComplaints: false }],
  ['4.0', { refusesDuplicates: true, firstComplaint: true, placesComplaints: false }],
  ['11.1', { refusesDuplicates: true, firstComplaint: true, placesComplaints: true }],
);

const BOOLEANS = new Timeline<ReadonlyMap<string, boolean>>(
  [
    '0.14',
    new Map([
      ['on', true],
      ['off', false],
    ]),
  ],
  [
    '5.2',
    new Map([
      ['on', true],
      ['yes', true],
      ['true', true],
      ['y', true],
      ['off', false],
      ['no', false],
      ['false', false],
      ['n', false],
    ]),
  ],
);

// ---------------------------------------------------------------------------------------------------------------------
// Everything else that changes

/** `args`: refused before anything is opened. `after-open`: refused when the image has been opened. */
export type UnknownOptions = 'args' | 'after-open';

/** Limits of bytes and requests a second. */
interface Throttling {
  /** Total, reads, writes: the total excludes the two others. */
  readonly groups: readonly (readonly [string, string, string])[];
  /** QEMU's complaint about a total beside one of the others. */
  readonly clash: string;
  readonly range: { readonly most: number; readonly text: string } | null;
}

/** Names of block nodes. `most`: longer ones are cut, or refused. */
interface NodeNameRules {
  /** False: anything but an empty name is fine. */
  readonly wellFormed: boolean;
  readonly invalid: string;
  readonly duplicate: string;
  readonly most: { readonly length: number; readonly refused: boolean };
}

const CUT_NAME = { length: 31, refused: false };

const LIMITS_IN_FULL = ['', '-max'].flatMap((end) =>
  ['bps', 'iops'].map((what): readonly [string, string, string] => [
    `throttling.${what}-total${end}`,
    `throttling.${what}-read${end}`,
    `throttling.${what}-write${end}`,
  ]),
);
const OLD_LIMITS_OF_REQUESTS: Throttling = {
  groups: [
    ['bps', 'bps_rd', 'bps_wr'],
    ['iops', 'iops_rd', 'iops_wr'],
  ],
  clash: 'bps(iops) and bps_rd/bps_wr(iops_rd/iops_wr) cannot be used at the same time',
  range: null,
};
const NOT_NEGATIVE = { most: Number.MAX_VALUE, text: 'bps and iops values must be 0 or greater' };
const CLASH = 'bps/iops/max total values and read/write values cannot be used at the same time';

const ROWS = {
  /** An empty text is no number. */
  strictNumbers: from('2.9'),
  throttling: new Timeline<Throttling>(
    ['0.14', OLD_LIMITS_OF_REQUESTS],
    ['1.5', { ...OLD_LIMITS_OF_REQUESTS, range: NOT_NEGATIVE }],
    ['1.6', { ...OLD_LIMITS_OF_REQUESTS, groups: LIMITS_IN_FULL, range: NOT_NEGATIVE }],
    ['1.7', { groups: LIMITS_IN_FULL, clash: CLASH, range: null }],
    [
      '2.6',
      {
        groups: LIMITS_IN_FULL,
        clash: CLASH,
        range: { most: 1e15, text: 'bps/iops/max values must be within [0, 1000000000000000]' },
      },
    ],
  ),
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
  unknownOptions: new Timeline<UnknownOptions>(['0.14', 'args'], ['1.7', 'after-open']),
  unknownOptionText: new Timeline<string>(
    ['0.14', "Invalid parameter '%s'"],
    ['1.7', "Block format '%f' used by device '%d' doesn't support the option '%s'"],
    ['2.6', "Block format '%f' does not support the option '%s'"],
  ),
  unknownProtocolOptionText: new Timeline<string>(['0.14', "Block protocol 'rbd' doesn't support the option '%s'"]),
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
  formatAndDriver: new Timeline<string | null>(
    ['0.14', null],
    ['2.1', 'Driver specified twice'],
    ['2.3', "Cannot specify both 'driver' and 'format'"],
  ),
  /** The complaint about an unknown format; null: it is taken for a driver's name. */
  unknownFormatText: new Timeline<string | null>(['0.14', "'%s' invalid format"], ['2.3', null]),
  /** An unknown `driver=` is noticed only when the image has been opened. */
  driverCheckedLate: before('2.1'),
  /** A protocol driver named as the format opens the name itself; before, the name's own protocol counts. */
  protocolAtTop: from('2.4'),
  /** … and up to here too. */
  formatOpensName: before('1.4'),
  /** blkdebug opens the image that its own name goes on with; what came before was not read. */
  debugsByName: from('2.4'),
  discardChecked: new Timeline<'none' | 'args' | 'node'>(['0.14', 'none'], ['1.5', 'args'], ['2.8', 'node']),
  discardText: new Timeline<string>(['0.14', 'invalid discard option'], ['2.5', 'Invalid discard option']),
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
  /** Refuses a read-only drive of an interface that has no such devices; null: nothing is said before the device is made. */
  readOnlyText: new Timeline<string | null>(
    ['0.14', 'readonly not supported by this bus type'],
    ['1.6', 'read-only not supported by this bus type'],
    ['1.7', null],
  ),
  /** … and what the IDE disk then says. */
  readOnlyDiskText: new Timeline<string>(['0.14', "Can't use a read-only drive"], ['2.9', 'Block node is read-only']),
  /** … before its guest has come from another QEMU. */
  readOnlyIncomingText: new Timeline<string | null>(['0.14', "Can't use a read-only drive"], ['6.0', null]),
  /** `snapshot=on` bears no option for the block layer beside it. */
  snapshotAlone: from('1.5', '2.0'),
  /** Each node has its own `cache.direct` and `cache.no-flush`; a child takes over its parent's. */
  cacheOfNodes: from('2.6'),
  /** The mode without `cache=`. */
  defaultMode: new Timeline<'writethrough' | 'writeback'>(['0.14', 'writethrough'], ['1.2', 'writeback']),
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
  filenameMember: new Timeline<'name' | 'refused' | 'first' | 'fallback'>(
    ['0.14', 'name'],
    ['2.9', 'refused'],
    ['2.10', 'first'],
    ['3.0', 'refused'],
    ['3.1', 'fallback'],
  ),
  /** Members that the schema refuses are not noticed when the name gave keys: the process dies. */
  refusedMembersCrash: from('5.1'),
  /** The image below `snapshot=on` may discard, unless it says otherwise. */
  snapshotDiscards: from('5.1'),
  rawOffset: from('2.8'),
  nodeName: new Timeline<NodeNameRules>(
    ['0.14', { wellFormed: false, invalid: 'Empty node name', duplicate: 'Duplicate node name', most: CUT_NAME }],
    ['2.2', { wellFormed: true, invalid: 'Invalid node name', duplicate: 'Duplicate node name', most: CUT_NAME }],
    [
      '3.0',
      {
        wellFormed: true,
        invalid: 'Invalid node name',
        duplicate: 'Duplicate node name',
        most: { ...CUT_NAME, refused: true },
      },
    ],
    [
      '6.0',
      {
        wellFormed: true,
        invalid: "Invalid node-name: '%s'",
        duplicate: "Duplicate nodes with node-name='%s'",
        most: { ...CUT_NAME, refused: true },
      },
    ],
  ),
  /** A node's name is looked at behind its `discard` and `detect-zeroes`. */
  nodeNameLast: from('2.9'),
  /** A drive has its name before its image is opened; later, when it is open. */
  driveNamedFirst: before('2.6'),
  driveNameTakenText: new Timeline<string>(
    ['0.14', 'device id=%s is conflicting with a node-name'],
    ['2.1', "Device with node-name '%s' already exists"],
    ['2.2', "Device name '%s' conflicts with an existing node name"],
  ),
  nodeOptions: new Timeline<ReadonlySet<string>>(
    ['0.14', new Set<string>()],
    ['2.0', new Set(['node-name'])],
    ['2.6', new Set(['node-name', 'cache.direct', 'cache.no-flush'])],
    ['2.8', new Set(['node-name', 'cache.direct', 'cache.no-flush', 'read-only', 'discard', 'detect-zeroes'])],
    [
      '2.10',
      new Set(['node-name', 'cache.direct', 'cache.no-flush', 'read-only', 'discard', 'detect-zeroes', 'force-share']),
    ],
    [
      '3.1',
      new Set([
        'node-name',
        'cache.direct',
        'cache.no-flush',
        'read-only',
        'discard',
        'detect-zeroes',
        'force-share',
        'auto-read-only',
      ]),
    ],
    [
      '10.0',
      new Set([
        'node-name',
        'cache.direct',
        'cache.no-flush',
        'read-only',
        'discard',
        'detect-zeroes',
        'force-share',
        'auto-read-only',
        'active',
      ]),
    ],
  ),
  /** A snapshot in the name of a drive that a device writes to. */
  snapshotName: new Timeline<'read-only' | 'fatal' | 'notice' | 'explicit'>(
    ['0.14', 'read-only'],
    ['2.9', 'fatal'],
    ['2.11', 'notice'],
    ['3.1', 'explicit'],
  ),
  blockdev: from('2.9'),
  missingNodeText: new Timeline<string>(
    ['0.14', 'Cannot find device=%s nor node_name=%s'],
    ['6.0', "Cannot find device='%s' nor node-name='%s'"],
  ),
  badEnumText: new Timeline<string>(
    ['0.14', "Invalid parameter '%v'"],
    ['6.2', "Parameter '%s' does not accept value '%v'"],
  ),
  /** `-object {…}`. */
  objectJson: from('6.0'),
  unknownPropertyText: new Timeline<string>(
    ['0.14', "Property 'secret.%s' not found"],
    ['6.0', "Invalid parameter '%s'"],
  ),
  jsonNameText: new Timeline<string>(
    ['0.14', 'Could not parse the JSON options'],
    ['2.9', 'Could not parse the JSON options: %s'],
  ),
  missingPoolText: new Timeline<string | null>(['0.14', "Parameters 'pool' and 'image' are required"], ['2.12', null]),
  poolMustBeGiven: from('2.9'),
  unknownProtocolText: new Timeline<string>(
    ['0.14', 'could not open disk image %f: No such file or directory'],
    ['1.7', 'Unknown protocol'],
    ['2.3', "Unknown protocol '%s'"],
  ),
  /** A drive that no device of the machine takes up is refused, scsi on a pc only later. */
  unusedDriveFatal: from('2.9'),
  unusedScsiFatal: from('2.12'),
} as const;

type At<R> = { readonly [K in keyof R]: R[K] extends Timeline<infer T> ? T : never };

/** The value of each row at one position. */
function rowsAt<R extends Readonly<Record<string, Timeline<unknown>>>>(rows: R, position: number): At<R> {
  const values = Object.entries(rows).map(([name, row]) => [name, row.atPosition(position)]);
  return Object.fromEntries(values) as At<R>;
}

export interface QemuBehaviour extends At<typeof ROWS> {
  readonly driveOpts: QemuOptsRules;
  readonly name: RbdNameRules;
  readonly json: JsonRules;
  readonly booleans: ReadonlyMap<string, boolean>;
  readonly open: OpenSequence;
}

/** What holds in a release's series. */
export const qemuBehaviour = perSeries<QemuBehaviour>((position) => ({
  ...rowsAt(ROWS, position),
  driveOpts: { ...OPTS_LIMITED.atPosition(position), idAsText: ID_AS_TEXT.atPosition(position), firstKey: null },
  name: NAME_RULES.atPosition(position),
  json: JSON_RULES.atPosition(position),
  booleans: BOOLEANS.atPosition(position),
  open: OPEN.atPosition(position),
}));
