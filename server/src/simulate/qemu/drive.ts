/** A `-drive` (or `-hda` and the like) from its text to the plan of its chain. */
import { type QemuBehaviour, qemuBehaviour } from '../../catalog/qemu-behaviour.js';
import { isProtocolDriver } from '../../catalog/qemu-drivers.js';
import { type FileFlag, fileFlag } from '../../catalog/qemu-flags.js';
import { driveOption } from '../../catalog/qemu-options.js';
import type { QemuRelease } from '../../catalog/releases.js';
import { UNKNOWN } from '../../syntax/mapped-text.js';
import { asksForHelp } from '../../syntax/qemu/keyval.js';
import { parseQemuOpts } from '../../syntax/qemu/qemu-opts.js';
import type { Span } from '../../syntax/span.js';
import type { DriveError, QemuNotice, UnknownPart } from '../model.js';
import { type DriveCache, driveCache, underSnapshot } from './cache-mode.js';
import type { Given } from './command-line.js';
import { checkDrive, checkWhileReading } from './drive-checks.js';
import type { DrivePlace, DrivePlaces } from './drive-places.js';
import { type FlatOption, isUnknown, type OptionSet, WholeArgument, WrittenOption } from './flat-options.js';
import { foreignName, foreignPath } from './foreign-name.js';
import { planChain } from './node.js';
import { isWellFormed, type NodeNames } from './node-names.js';
import { type ChainPlan, joined, NOTHING_PLANNED, OFF } from './plan.js';
import { planRbdNode } from './rbd-node.js';
import { refusal } from './refusal.js';
import type { Settings } from './settings.js';
import { checkIntervals } from './throttling.js';

/** A drive as its options describe it. */
export interface DrivePlan {
  readonly given: Given;
  readonly id: { readonly value: string; readonly span: Span } | null;
  /** As written, in order. */
  readonly written: readonly FlatOption[];
  /** `if=` or what the flag stands for. */
  readonly interface: string;
  readonly place: DrivePlace;
  readonly media: string;
  readonly cache: DriveCache;
  /** `snapshot=on`, by its own word or by `-snapshot`. */
  readonly snapshot: { readonly by: Span } | null;
  readonly readOnly: boolean;
  readonly copyOnRead: boolean;
  /** The rbd node is what the guest sees: format=rbd or driver=rbd. */
  readonly format: string | null;
  readonly probes: boolean;
  readonly chain: ChainPlan;
}

const NO_PROBLEMS: ReadonlyMap<string, DriveError> = new Map();

export interface DriveInput {
  readonly release: QemuRelease;
  readonly given: Given;
  /** `-snapshot` on the command line. */
  readonly snapshotFlag: Span | null;
  /** Ids that other drives have taken. */
  readonly takenIds: ReadonlySet<string>;
  readonly places: DrivePlaces;
  readonly settings: Settings;
  /** Names that are taken; the drive's and its nodes' are added. */
  readonly names: NodeNames;
}

export function planDrive(input: DriveInput): DrivePlan {
  return new DriveReader(input).plan();
}

class DriveReader {
  private readonly behaviour: QemuBehaviour;
  private readonly release: QemuRelease;
  private readonly written: FlatOption[] = [];
  /** What `-set` adds. */
  private added: readonly FlatOption[] = [];
  private readonly options: OptionSet = new Map();
  /** Copies that QEMU forgets to take out: they reach the format driver. */
  private readonly copies: FlatOption[] = [];
  private readonly notices: QemuNotice[] = [];
  private readonly unknown: UnknownPart[] = [];
  private id: DrivePlan['id'] = null;
  private clash: { alias: string; option: FlatOption } | null = null;
  private defaults: FileFlag = { interface: null, media: null, index: null };

  constructor(private readonly input: DriveInput) {
    this.release = input.release;
    this.behaviour = qemuBehaviour(input.release);
  }

  plan(): DrivePlan {
    const { release, behaviour, options, input } = this;
    this.read();
    const refused = this.refusedWhileReading() ?? this.checkId();
    this.collect();
    const type = options.get('if')?.value ?? this.defaults.interface ?? 'ide';
    const media = options.get('media')?.value ?? this.defaults.media ?? 'disk';
    const place = input.places.take(options, { type, media, index: this.defaults.index });
    const checked = refused ?? checkDrive({ release, options, interface: type, place, clash: this.clash });
    const snapshot = this.snapshot();
    const format = options.get('format')?.value ?? options.get('driver')?.value ?? null;
    const readOnly = media === 'cdrom' || this.isOn('read-only') || this.isOn('readonly');
    const given = driveCache(release, options);
    const cache = snapshot !== null && behaviour.snapshotUnsafe ? underSnapshot(given, snapshot.by) : given;
    const probes = format === null;
    const device = this.id?.value ?? place.name;
    const takeName = () => input.names.takeDrive(device, this.id?.span ?? input.given.argument.span());
    const early = behaviour.driveNamedFirst ? takeName() : null;
    const problem = checked ?? (early === null ? null : { ...early, stage: 'args' as const });
    const image = this.planImage(cache, readOnly, device);
    const late = behaviour.driveNamedFirst ? null : takeName();
    const chain = this.finish(image, problem, late, snapshot !== null, device, format);
    return {
      given: input.given,
      id: this.id,
      written: this.written,
      interface: type,
      place,
      media,
      cache,
      snapshot,
      readOnly,
      copyOnRead: !readOnly && this.isOn('copy-on-read'),
      format,
      probes,
      chain,
    };
  }

  // -------------------------------------------------------------------------------------------------------------------
  // Options

  private read(): void {
    const { given } = this.input;
    const file = fileFlag(given.name);
    if (file !== undefined) {
      this.defaults = file;
      this.written.push(new WholeArgument(given.argument, given.index, 'file'));
      return;
    }
    const { tree } = parseQemuOpts(given.argument, this.behaviour.driveOpts);
    for (const option of tree.options) {
      const written = new WrittenOption(given.argument, given.index, option);
      this.written.push(written);
      if (option.bare !== null && this.behaviour.bareWordWarned && !option.key.includes(UNKNOWN))
        this.warnBareWord(written);
    }
    if (tree.id !== null) this.id = { value: tree.id.value, span: given.argument.span(tree.id.start, tree.id.end) };
    this.added = this.input.settings.of('drive', tree.id?.value ?? null, given.index);
  }

  private warnBareWord(option: WrittenOption): void {
    const word = option.bare === 'off' ? `no${option.key}` : option.key;
    this.notices.push({
      code: 'short-form-boolean',
      message: `short-form boolean option '${word}' deprecated. Please use ${option.key}=${option.value} instead`,
      span: option.span,
    });
  }

  private refusedWhileReading(): DriveError | null {
    return this.behaviour.driverOptions ? null : checkWhileReading(this.release, [...this.written, ...this.added]);
  }

  private checkId(): DriveError | null {
    const { id } = this;
    if (id === null || id.value.includes(UNKNOWN)) return null;
    if (!isWellFormed(id.value)) {
      return refusal('args', 'bad-id', "Parameter 'id' expects an identifier", id.span);
    }
    if (!this.input.takenIds.has(id.value)) return null;
    return refusal('args', 'duplicate-id', `Duplicate ID '${id.value}' for drive`, id.span);
  }

  /** The set that counts: the last of a repeated option, aliases under their full names. */
  private collect(): void {
    const { behaviour, options, release } = this;
    for (const option of joined(this.written, this.added)) {
      if (option.key === 'id' || this.isUnknownWord(option)) continue;
      const fullName = driveOption(release, option.key)?.aliasOf ?? null;
      if (fullName === null) {
        this.keepCopy(options.get(option.key), option.key === 'cache');
        if (this.clashes.has(option.key) && behaviour.firstAlias)
          this.clash = { alias: this.clashes.get(option.key) ?? '', option };
        options.set(option.key, option);
        continue;
      }
      const earlier = options.get(fullName);
      if (behaviour.firstAlias) {
        if (earlier !== undefined && !this.clashes.has(fullName)) this.clash = { alias: option.key, option: earlier };
        this.clashes.set(fullName, option.key);
        if (earlier === undefined) options.set(fullName, option.renamed(fullName));
      } else {
        this.keepCopy(this.aliases.get(fullName), true);
        this.aliases.set(fullName, option);
      }
    }
    // Renamed last, so that up to 2.1 an alias beats the full name wherever it stands.
    for (const [fullName, option] of this.aliases) options.set(fullName, option.renamed(fullName));
  }

  /** Full names that were given by an alias, with the alias. */
  private readonly clashes = new Map<string, string>();
  private readonly aliases = new Map<string, FlatOption>();

  private keepCopy(earlier: FlatOption | undefined, leftOver: boolean): void {
    if (earlier !== undefined && leftOver && this.behaviour.leavesCopies) this.copies.push(earlier);
  }

  /** A word that may be any option, the cache mode included. */
  private isUnknownWord(option: FlatOption): boolean {
    if (!option.key.includes(UNKNOWN)) return false;
    this.unknown.push({ matters: 'cache-mode', span: option.span });
    return true;
  }

  private isOn(name: string): boolean {
    const option = this.options.get(name);
    return option !== undefined && this.behaviour.booleans.get(option.value) === true;
  }

  private snapshot(): DrivePlan['snapshot'] {
    const option = this.options.get('snapshot');
    if (option === undefined) return this.input.snapshotFlag === null ? null : { by: this.input.snapshotFlag };
    if (isUnknown(option) && this.behaviour.snapshotUnsafe)
      this.unknown.push({ matters: 'cache-mode', span: option.span });
    return this.isOn('snapshot') ? { by: option.span } : null;
  }

  // -------------------------------------------------------------------------------------------------------------------
  // The image

  private planImage(cache: DriveCache, readOnly: boolean, device: string): ChainPlan {
    const file = this.options.get('file') ?? null;
    // QEMU prints the formats that it has, and ends.
    if (asksForHelp(this.options.get('format')?.value ?? '')) return NOTHING_PLANNED;
    if (!this.behaviour.driverOptions) return this.planOldImage(file, cache, device);
    const { release, input } = this;
    const options: OptionSet = new Map();
    for (const [key, option] of this.options) {
      if (!this.takesItself(key)) options.set(key, option);
    }
    const format = this.options.get('format');
    const formatIsDriver = this.behaviour.protocolAtTop || this.behaviour.formatAndDriver !== 'Driver specified twice';
    if (format !== undefined && !options.has('driver') && formatIsDriver && this.behaviour.formatAndDriver !== null)
      options.set('driver', format);
    const filename = file === null || file.value === '' ? null : file;
    if (filename === null && (options.size === 0 || this.hasFormatOnly(options))) return NOTHING_PLANNED;
    for (const copy of this.copies) options.set(copy.key, copy);
    const first = options.values().next().value;
    // What is written goes into the snapshot.
    const isBelow = this.snapshot() !== null;
    const plan = planChain({
      release,
      filename,
      options,
      cache,
      readOnly: readOnly || isBelow,
      autoReadOnly: true,
      forceShare: OFF,
      inherited: NO_PROBLEMS,
      isTop: true,
      underSnapshot: isBelow,
      format: format ?? null,
      device,
      span: input.given.argument.span(),
      fromBlockdev: false,
      names: input.names,
    });
    if (first === undefined || !this.behaviour.snapshotAlone || !isBelow) return plan;
    const message = "Can't use snapshot=on with driver-specific options";
    return { ...plan, before: refusal('args', 'snapshot-with-options', message, first.span) };
  }

  /** Up to 2.5 a format alone makes no image: the drive is empty. */
  private hasFormatOnly(options: OptionSet): boolean {
    return this.behaviour.snapshotUnsafe && options.size === 1 && options.get('driver')?.key === 'format';
  }

  /** Options that do not go on to the block layer. The cache switches go on as what they mean. */
  private takesItself(key: string): boolean {
    if (key === 'read-only') return true;
    if (key === 'cache.direct' || key === 'cache.no-flush') return !this.behaviour.cacheOfNodes;
    if (key === 'discard') return this.behaviour.discardChecked === 'args';
    if (key.startsWith('stats-intervals.')) return driveOption(this.release, 'stats-intervals.*') !== undefined;
    return driveOption(this.release, key)?.layer === 'drive';
  }

  /** Before 1.7 there is a file name and a format. */
  private planOldImage(file: FlatOption | null, cache: DriveCache, device: string): ChainPlan {
    if (file === null || file.value === '') return NOTHING_PLANNED;
    const format = this.options.get('format')?.value ?? null;
    const byFormat = format !== null && this.behaviour.formatOpensName && isProtocolDriver(this.release, format);
    const name = file.value;
    if (name.startsWith(UNKNOWN)) return { ...NOTHING_PLANNED, unknownName: true };
    if (byFormat ? format !== 'rbd' : !name.startsWith('rbd:')) {
      if (!name.startsWith('rbd:'))
        return byFormat ? foreignPath(name, file.valueSpan) : foreignName(this.behaviour, name, file.valueSpan);
      const message = `could not open disk image ${name}: No such file or directory`;
      return { ...NOTHING_PLANNED, before: refusal('filename', 'not-a-file', message, file.valueSpan) };
    }
    return planRbdNode({
      release: this.release,
      filename: file,
      options: new Map(),
      cache,
      readOnly: null,
      autoReadOnly: null,
      isTop: format === 'rbd',
      device,
      span: this.input.given.argument.span(),
      fromBlockdev: false,
    });
  }

  private finish(
    chain: ChainPlan,
    refused: DriveError | null,
    late: DriveError | null,
    snapshot: boolean,
    device: string,
    format: string | null,
  ): ChainPlan {
    const { behaviour } = this;
    let { after } = chain;
    let problem = refused;
    const copy = this.behaviour.driverOptions ? undefined : this.copies[0];
    if (copy !== undefined && snapshot && behaviour.snapshotAlone) {
      const message = "Can't use snapshot=on with driver-specific options";
      problem ??= refusal('args', 'snapshot-with-options', message, copy.span);
    } else if (copy !== undefined) {
      const message = `Block format '${format ?? 'raw'}' used by device '${device}' doesn't support the option '${copy.key}'`;
      after ??= refusal('open', 'unknown-option', message, copy.span);
    }
    if (snapshot && behaviour.snapshotFails && chain.rbd !== null) {
      const message = `could not open disk image ${this.options.get('file')?.value ?? ''}: No such file or directory`;
      after ??= refusal('open', 'snapshot-fails', message, this.snapshot()?.by ?? null);
    }
    after ??= (behaviour.statsIntervals ? checkIntervals(this.options) : null) ?? late;
    return {
      rbd: chain.rbd,
      before: problem ?? this.namedForCopies(chain.before),
      after: this.namedForCopies(after),
      notices: joined(this.notices, chain.notices),
      unknown: joined(this.unknown, chain.unknown),
      unknownName: chain.unknownName,
      json: chain.json,
      also: chain.also?.map((one) => this.finish(one, refused, late, snapshot, device, format)),
    };
  }

  /** An option that is refused only because it stands there twice is no unknown option. */
  private namedForCopies(error: DriveError | null): DriveError | null {
    const { span } = error ?? {};
    const isCopy = (copy: FlatOption) => copy.keySpan.start === span?.start || copy.span.start === span?.start;
    const copy = error === null ? undefined : this.copies.find(isCopy);
    if (error === null || copy === undefined) return error;
    return { ...error, code: copy.key === 'cache' ? 'cache-repeated' : 'alias-repeated', span: copy.span };
  }
}
