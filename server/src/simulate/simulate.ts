/**
 * One QEMU command line, replayed: each rbd drive through QEMU's open sequence over librados to librbd's behaviour.
 * Pure: the files come from the input, nothing is kept between runs.
 */
import * as l10n from '@vscode/l10n';
import { type QemuBehaviour, qemuBehaviour } from '../catalog/qemu-behaviour.js';
import { driveOption } from '../catalog/qemu-options.js';
import { createCluster } from './librados/cluster.js';
import { NOWHERE } from './librbd/assumptions.js';
import { openConfig } from './librbd/open-config.js';
import { librbdOutcome } from './librbd/outcome.js';
import type {
  ClusterSettings,
  CommandTrace,
  ConfigTrace,
  CreateCluster,
  DriveError,
  DriveSyntax,
  DriveTrace,
  GuestCache,
  ImageName,
  Looked,
  Outcome,
  QemuNotice,
  SimulationInput,
  UnknownPart,
} from './model.js';
import { type BlockdevPlan, planBlockdev } from './qemu/blockdev.js';
import { BLOCKDEV_CACHE, cacheModeTrace } from './qemu/cache-mode.js';
import { type CommandLine, type Given, readCommandLine } from './qemu/command-line.js';
import { type Device, readDevice } from './qemu/devices.js';
import { type DrivePlan, planDrive } from './qemu/drive.js';
import { guestCache } from './qemu/guest-cache.js';
import { emptyDrive, readOnlyDisk, snapshotName, unusedDrive } from './qemu/machine.js';
import { NodeNames } from './qemu/node-names.js';
import { type Opened, openImage } from './qemu/open-sequence.js';
import { type ChainPlan, joined, OFF, type RbdPlan, type Switch } from './qemu/plan.js';
import { fill, refusal } from './qemu/refusal.js';
import { readSecret, type Secret } from './qemu/secrets.js';
import { driveSyntax } from './qemu/syntax-view.js';
import { matteringUnknown } from './qemu/unknown.js';

/** What a run is made of; tests put others in their place. */
export interface SimulationParts {
  readonly createCluster: CreateCluster;
  readonly librbdOutcome: typeof librbdOutcome;
}

const PARTS: SimulationParts = { createCluster, librbdOutcome };

export function simulateCommand(input: SimulationInput, parts: SimulationParts = PARTS): CommandTrace {
  return new Command(input, parts).run();
}

/** What the open sequence and the views need to know of a drive, whatever form it was given in. */
interface PlannedDrive {
  readonly given: Given;
  readonly syntax: DriveSyntax;
  readonly chain: ChainPlan;
  readonly writeback: Switch;
  readonly snapshot: boolean;
  /** `-drive`: a device of the machine takes it up by itself. */
  readonly interface: string | null;
  readonly probes: boolean;
  readonly readOnly: boolean;
  readonly copyOnRead: boolean;
  readonly devices: readonly Device[];
  readonly nodesAbove?: readonly DriveSyntax[];
}

class Command {
  private readonly behaviour: QemuBehaviour;
  private readonly line: CommandLine;
  private readonly devices: readonly Device[];
  private readonly secrets = new Map<string, Secret>();
  private readonly ids = new Set<string>();
  private readonly names: NodeNames;
  private readonly places = new Map<string, number>();
  private readonly drives: DriveTrace[] = [];
  private readonly others: CommandTrace['others'][number][] = [];
  private error: DriveError | null = null;

  constructor(
    private readonly input: SimulationInput,
    private readonly parts: SimulationParts,
  ) {
    const { qemu } = input.releases;
    this.behaviour = qemuBehaviour(qemu);
    this.names = new NodeNames(this.behaviour);
    this.line = readCommandLine(input.args);
    const { dangling } = this.line;
    if (dangling !== null) this.error = refusal('args', 'argument-missing', 'requires an argument', dangling);
    this.devices = this.line.devices.map((given) => readDevice(given, qemu));
  }

  run(): CommandTrace {
    this.readSecrets();
    const blockdevs = this.planBlockdevs();
    for (const { kind, given } of this.line.inOrder) {
      if (kind === 'drive') this.addDrive(given);
      else this.addBlockdev(given, blockdevs);
    }
    const { drives, others, error } = this;
    return { releases: this.input.releases, drives, others, error };
  }

  private readSecrets(): void {
    const { files, environment, releases } = this.input;
    for (const given of this.line.objects) {
      const secret = readSecret(given, releases.qemu, files, environment.cwd);
      if (secret === null) continue;
      this.error ??= secret.problem ?? this.duplicateSecret(secret, given.argument.text.startsWith('{'));
      this.secrets.set(secret.id, secret);
    }
  }

  private duplicateSecret({ id, span }: Secret, inJson: boolean): DriveError | null {
    if (!this.secrets.has(id)) return null;
    const message = inJson
      ? `attempt to add duplicate property '${id}' to object (type 'container')`
      : `Duplicate ID '${id}' for object`;
    return refusal('args', 'duplicate-id', message, span);
  }

  // -------------------------------------------------------------------------------------------------------------------
  // -drive

  private addDrive(given: Given): void {
    const { qemu } = this.input.releases;
    const plan = planDrive({
      release: qemu,
      given,
      snapshotFlag: this.line.snapshot,
      takenIds: this.ids,
      device: (type, media) => this.deviceName(type, media),
      names: this.names,
    });
    if (plan.id !== null) this.ids.add(plan.id.value);
    const form = this.isJson(plan) ? 'json' : 'drive';
    const first = (key: string) =>
      key === 'id' || (this.behaviour.firstAlias && driveOption(qemu, key)?.aliasOf != null);
    const { rbd, json } = plan.chain;
    const syntax = driveSyntax(given, form, plan.written, rbd?.name ?? null, plan.id?.value ?? null, first, json);
    this.add({
      given,
      syntax,
      chain: this.withUnused(plan),
      writeback: plan.cache.writeback,
      snapshot: plan.snapshot !== null,
      interface: plan.interface,
      probes: plan.probes,
      readOnly: plan.readOnly,
      copyOnRead: plan.copyOnRead,
      devices: this.devices.filter(({ drive }) => drive !== null && drive === plan.id?.value),
    });
  }

  private isJson(plan: DrivePlan): boolean {
    return plan.written.some((option) => option.key === 'file' && option.value.startsWith('json:'));
  }

  /** The name that QEMU gives a drive without an id. */
  private deviceName(type: string, media: string): string {
    const place = this.places.get(type) ?? 0;
    this.places.set(type, place + 1);
    const perBus = type === 'ide' ? 2 : type === 'scsi' ? 7 : 0;
    if (perBus === 0) return `${type}${place}`;
    return `${type}${Math.floor(place / perBus)}-${media === 'cdrom' ? 'cd' : 'hd'}${place % perBus}`;
  }

  private withUnused(plan: DrivePlan): ChainPlan {
    if (plan.chain.after !== null) return plan.chain;
    const { behaviour, line, devices } = this;
    const unused = unusedDrive(behaviour, line.machine, plan, devices) ?? readOnlyDisk(behaviour, plan);
    return unused === null ? plan.chain : { ...plan.chain, after: unused };
  }

  // -------------------------------------------------------------------------------------------------------------------
  // -blockdev

  private planBlockdevs(): ReadonlyMap<Given, BlockdevPlan> {
    const plans = new Map<Given, BlockdevPlan>();
    const { qemu } = this.input.releases;
    for (const { kind, given } of this.line.inOrder) {
      if (kind !== 'blockdev') continue;
      const plan = planBlockdev({ release: qemu, given, names: this.names });
      for (const name of plan.nodeNames) this.names.addNode(name);
      plans.set(given, plan);
    }
    return plans;
  }

  private addBlockdev(given: Given, plans: ReadonlyMap<Given, BlockdevPlan>): void {
    const plan = plans.get(given);
    if (plan === undefined) return;
    const { chain } = plan;
    const syntax = driveSyntax(given, plan.form, plan.options, null, plan.nodeName, () => false);
    if (chain.rbd === null) {
      const isPart = plan.references.some((name) => this.names.hasNode(name));
      if (!isPart) this.others.push({ syntax, why: chain.unknownName ? 'unknown' : 'not-rbd' });
      this.error ??= chain.before;
      return;
    }
    const names = this.namesAbove(plan, plans);
    this.add({
      given,
      syntax,
      chain,
      writeback: BLOCKDEV_CACHE.writeback,
      snapshot: false,
      interface: null,
      probes: false,
      readOnly: chain.rbd.readOnly === true,
      copyOnRead: false,
      devices: this.devices.filter(({ drive }) => drive !== null && names.has(drive)),
      nodesAbove: this.nodesAbove(plan, names, plans),
    });
  }

  /** The other nodes of the chain, each given by itself. */
  private nodesAbove(
    bottom: BlockdevPlan,
    names: ReadonlySet<string>,
    plans: ReadonlyMap<Given, BlockdevPlan>,
  ): readonly DriveSyntax[] {
    if (names.size === bottom.nodeNames.length) return [];
    return [...plans.values()]
      .filter((plan) => plan !== bottom && plan.references.some((name) => names.has(name)))
      .map((plan) => driveSyntax(plan.given, plan.form, plan.options, null, plan.nodeName, () => false));
  }

  /** Node names of the chain that the rbd node is the bottom of. */
  private namesAbove(plan: BlockdevPlan, plans: ReadonlyMap<Given, BlockdevPlan>): ReadonlySet<string> {
    const names = new Set(plan.nodeNames);
    for (let size = -1; size !== names.size; ) {
      size = names.size;
      for (const other of plans.values()) {
        if (other.references.some((name) => names.has(name))) for (const name of other.nodeNames) names.add(name);
      }
    }
    return names;
  }

  // -------------------------------------------------------------------------------------------------------------------
  // Any drive

  private add(drive: PlannedDrive): void {
    const { chain, syntax } = drive;
    if (chain.rbd === null) {
      this.others.push({ syntax, why: chain.unknownName ? 'unknown' : 'not-rbd' });
      this.error ??= chain.before ?? emptyDrive(drive);
      return;
    }
    const { only } = this.input;
    if (only === undefined || only === syntax.argument) this.drives.push(this.trace(drive, chain.rbd));
  }

  private trace(drive: PlannedDrive, rbd: RbdPlan): DriveTrace {
    const { chain, syntax } = drive;
    const { releases } = this.input;
    const guest = this.guest(drive, rbd);
    const image = imageName(rbd);
    const cacheMode = cacheModeTrace(rbd.cache, drive.writeback);
    // Built member by member: spreading is what a run over many cases would spend its time on.
    if (chain.before !== null) {
      const { before: error, notices, unknown } = chain;
      return {
        releases,
        syntax,
        nodesAbove: drive.nodesAbove ?? [],
        image,
        cacheMode,
        calls: [],
        reads: [],
        error,
        notices,
        unknown,
        config: null,
        outcome: null,
        firstOpen: null,
      };
    }
    const earlier = this.earlierOpen(drive, rbd);
    const opened = earlier !== null && earlier.cluster === null ? earlier : this.open(drive, rbd, rbd.cache.direct);
    const { calls, reads, cluster } = opened;
    const unknown = joined(switchesUnknown(drive, rbd), chain.unknown, opened.unknown, deviceUnknown(drive.devices));
    const readOnly = cluster === null ? null : snapshotName(this.behaviour, drive, rbd);
    const error = opened.error ?? readOnly?.driver ?? chain.after ?? readOnly?.device ?? null;
    const notices = joined(chain.notices, readOnly?.notices ?? [], this.probingNotice(drive));
    const { cluster: kept, environment } = this.input;
    const config = cluster === null ? null : openConfig(releases.librbd, cluster, image, kept, environment.host);
    const outcome =
      config === null || error?.stage === 'crash' ? null : this.outcome(guest, opened, config, image, unknown);
    const firstOpen = earlier?.cluster == null ? null : { calls: earlier.calls, config: earlier.cluster };
    return {
      releases,
      syntax,
      nodesAbove: drive.nodesAbove ?? [],
      image,
      cacheMode,
      calls,
      reads,
      error,
      notices,
      unknown,
      config,
      outcome,
      looked: this.looked(image),
      firstOpen,
    };
  }

  private open({ given }: PlannedDrive, plan: RbdPlan, direct: Switch): Opened {
    const { releases, files, environment } = this.input;
    const context = { release: releases.librbd, files, environment };
    return openImage({
      release: releases.qemu,
      vendor: releases.vendor,
      plan,
      direct,
      argument: given.index,
      secrets: this.secrets,
      createCluster: (id) => this.parts.createCluster(context, id),
    });
  }

  /** Up to 1.3 the image is opened once more before, with the cache on, to guess its format. */
  private earlierOpen(drive: PlannedDrive, plan: RbdPlan): Opened | null {
    if (!drive.probes || !this.behaviour.probingOpensTwice || !plan.cache.direct.value) return null;
    return this.open(drive, plan, OFF);
  }

  private guest(drive: PlannedDrive, rbd: RbdPlan): GuestCache {
    const device = drive.devices.find(({ writeCache }) => writeCache !== null);
    return guestCache({
      release: this.input.releases.qemu,
      direct: rbd.cache.direct.value,
      noFlush: rbd.cache.noFlush.value,
      writeback: drive.writeback.value,
      deviceWriteCache: device?.writeCache ?? null,
      rbdIsTop: rbd.isTop,
    });
  }

  private outcome(
    guest: GuestCache,
    { reads }: Opened,
    config: ConfigTrace,
    image: ImageName,
    unknown: readonly UnknownPart[],
  ): Outcome | null {
    const { qemu } = this.input.releases;
    if (matteringUnknown(unknown, config, reads)) return null;
    const outcome = this.parts.librbdOutcome(this.input.releases, config, guest, this.looked(image));
    return qemuBehaviour(qemu).open.style === 'none' ? withoutLibrbd(outcome) : outcome;
  }

  /** Which places outside of the text somebody has looked at. */
  private looked(image: ImageName): Looked {
    const { cluster, environment } = this.input;
    if (cluster === undefined && !('CEPH_ARGS' in environment.env)) return NOWHERE;
    return {
      monitors: showsMonitors(cluster, environment.host),
      pool: cluster !== undefined && cluster.ofPool(image.pool) !== null,
      image: cluster !== undefined && cluster.ofImage(image) !== null,
      environment: 'CEPH_ARGS' in environment.env,
    };
  }

  private probingNotice(drive: PlannedDrive): QemuNotice[] {
    if (!drive.probes || !this.behaviour.probingWarned) return [];
    const name = drive.syntax.options.findLast(({ key }) => key === 'file')?.value ?? '';
    const message = fill("Image format was not specified for '%s' and probing guessed raw.", name);
    return [{ code: 'format-probed', message, span: drive.syntax.span }];
  }
}

/** What the database holds for some hosts only says nothing of a host that nobody named. */
function showsMonitors(cluster: ClusterSettings | undefined, host: string | null): boolean {
  const values = cluster?.ofMonitors ?? null;
  if (values === null) return false;
  return host !== null || !values.some(({ mask, option }) => mask.startsWith('host:') && option.startsWith('rbd_'));
}

function imageName({ pool, namespace, image, snapshot, user }: RbdPlan): ImageName {
  return {
    pool: pool?.text ?? '',
    namespace: namespace?.text ?? '',
    image: image?.text ?? '',
    snapshot: snapshot?.text ?? null,
    user: user?.text ?? null,
  };
}

/** Words for the cache mode that cannot be known; one word may stand for all three switches. */
function switchesUnknown({ writeback }: PlannedDrive, { cache }: RbdPlan): readonly UnknownPart[] {
  let found: readonly UnknownPart[] = [];
  for (const { unknown, by } of [cache.direct, cache.noFlush, writeback]) {
    if (!unknown || by === null || found.some(({ span }) => span.start === by.start)) continue;
    found = [...found, { matters: 'cache-mode', span: by }];
  }
  return found;
}

function deviceUnknown(devices: readonly Device[]): UnknownPart[] {
  return devices.flatMap(({ unknown }): UnknownPart[] =>
    unknown === null ? [] : [{ matters: 'cache-mode', span: unknown }],
  );
}

/** QEMU 0.14 speaks to librados by itself: there is no librbd, hence no RBDCache. */
function withoutLibrbd(outcome: Outcome): Outcome {
  const none = { dirtyLimit: null, targetDirty: null, maxDirtyAge: null, size: null };
  return {
    ...outcome,
    ...none,
    rbdCache: 'off',
    writePolicy: 'off',
    untilFirstFlush: false,
    staysWritethrough: false,
    servesReads: false,
    safety: 'safe',
    safetyReason: l10n.t('QEMU 0.14 writes through librados itself: there is no RBDCache that could lose anything.'),
  };
}
