/**
 * One QEMU command line, replayed: each rbd drive through QEMU's open sequence over librados to librbd's behaviour.
 * Pure: the files come from the input, nothing is kept between runs.
 */
import { type QemuBehaviour, qemuBehaviour } from '../catalog/qemu-behaviour.js';
import { driveOption } from '../catalog/qemu-options.js';
import { DriveRun, PARTS, type PlannedDrive, type SimulationParts } from './drive-run.js';
import type { CommandTrace, DriveError, DriveSyntax, DriveTrace, SimulationInput } from './model.js';
import { type BlockdevPlan, planBlockdev } from './qemu/blockdev.js';
import { BLOCKDEV_CACHE } from './qemu/cache-mode.js';
import { type CommandLine, type Given, readCommandLine } from './qemu/command-line.js';
import { type Device, machineDevice, readDevice } from './qemu/devices.js';
import { type DrivePlan, planDrive } from './qemu/drive.js';
import { DrivePlaces } from './qemu/drive-places.js';
import { emptyDrive, misplacedDrive, readOnlyDisk } from './qemu/machine.js';
import { NodeNames } from './qemu/node-names.js';
import { isUnknownText } from './qemu/option-values.js';
import { type ChainPlan, ofAll, type RbdPlan } from './qemu/plan.js';
import { refusal } from './qemu/refusal.js';
import { readSecret, type Secret, type Secrets, throttleGroup } from './qemu/secrets.js';
import { Settings } from './qemu/settings.js';
import { driveSyntax } from './qemu/syntax-view.js';

export type { SimulationParts } from './drive-run.js';

export function simulateCommand(input: SimulationInput, parts: SimulationParts = PARTS): CommandTrace {
  return new Command(input, parts).run();
}

/** Opens a drive with these files, environment and cluster; `client` connects in place of the one that its text names. */
export type OpenDrive = (
  around: Pick<SimulationInput, 'files' | 'environment' | 'cluster'>,
  client?: string,
) => DriveTrace;

/**
 * Reads a command once, for opening its first rbd drive again and again: the plan depends on neither the ceph.conf nor who connects.
 * Null where it has no such drive.
 */
export function planFirstDrive(input: SimulationInput, parts: SimulationParts = PARTS): OpenDrive | null {
  return new Command(input, parts).firstDrive();
}

class Command {
  private readonly behaviour: QemuBehaviour;
  private readonly line: CommandLine;
  private readonly settings: Settings;
  private readonly devices: readonly Device[];
  private readonly secrets = new Map<string, Secret>();
  /** An object that cannot be read may be one. */
  private hasMoreSecrets = false;
  private readonly ids = new Set<string>();
  private readonly names: NodeNames;
  private readonly places: DrivePlaces;
  private readonly planned: { readonly drive: PlannedDrive; readonly rbd: RbdPlan }[] = [];
  private readonly others: CommandTrace['others'][number][] = [];
  private error: DriveError | null = null;

  constructor(
    private readonly input: SimulationInput,
    private readonly parts: SimulationParts,
  ) {
    const { qemu } = input.releases;
    this.behaviour = qemuBehaviour(qemu);
    this.line = readCommandLine(input.args);
    const groups = this.line.objects.flatMap((given) => throttleGroup(given, qemu) ?? []);
    this.names = new NodeNames(this.behaviour, this.line.hasMore, new Set(groups));
    this.places = new DrivePlaces(this.behaviour, this.line.machine);
    const { dangling } = this.line;
    if (dangling !== null) this.error = refusal('args', 'argument-missing', 'requires an argument', dangling);
    this.settings = new Settings(this.line, this.behaviour);
    this.error ??= this.settings.error;
    this.devices = this.line.devices.map((given) => readDevice(given, qemu, this.settings));
  }

  run(): CommandTrace {
    this.plan();
    const run = new DriveRun(this.input, this.parts, this.knownSecrets);
    const drives = this.planned.map(({ drive, rbd }) => run.trace(drive, rbd));
    const { others, error } = this;
    return { releases: this.input.releases, drives, others, error };
  }

  firstDrive(): OpenDrive | null {
    this.plan();
    const [first] = this.planned;
    if (first === undefined) return null;
    const { drive, rbd } = first;
    return (around, client) => {
      const run = new DriveRun({ ...this.input, ...around }, this.parts, this.knownSecrets);
      if (client === undefined || rbd.user === null) return run.trace(drive, rbd);
      return run.trace(drive, { ...rbd, user: { ...rbd.user, text: client } });
    };
  }

  private plan(): void {
    this.readSecrets();
    const blockdevs = this.planBlockdevs();
    for (const { kind, given } of this.line.inOrder) {
      if (kind === 'drive') this.addDrive(given);
      else this.addBlockdev(given, blockdevs);
    }
  }

  private get knownSecrets(): Secrets {
    return { byId: this.secrets, hasMore: this.line.hasMore || this.hasMoreSecrets };
  }

  private readSecrets(): void {
    const { files, environment, releases } = this.input;
    for (const given of this.line.objects) {
      const secret = readSecret(given, releases.qemu, files, environment.cwd);
      this.hasMoreSecrets ||= isUnknownText(secret === null ? given.argument.text.slice(0, 1) : secret.id);
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
      places: this.places,
      settings: this.settings,
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
      chain: this.onMachine(plan),
      writeback: plan.cache.writeback,
      snapshot: plan.snapshot !== null,
      interface: plan.interface,
      probes: plan.probes,
      readOnly: plan.readOnly,
      copyOnRead: plan.copyOnRead,
      incoming: this.line.incoming,
      devices: this.devicesOf(plan),
    });
  }

  private devicesOf({ id, interface: type, media }: DrivePlan): readonly Device[] {
    const devices = this.devices.filter(({ drive }) => drive !== null && drive === id?.value);
    if (devices.length > 0) return devices;
    const made = machineDevice(type, media, this.input.releases.qemu, this.settings);
    return made === null ? devices : [made];
  }

  private isJson(plan: DrivePlan): boolean {
    return plan.written.some((option) => option.key === 'file' && option.value.startsWith('json:'));
  }

  private onMachine(plan: DrivePlan): ChainPlan {
    if (plan.chain.after !== null) return plan.chain;
    const { behaviour, line, devices } = this;
    const refused = misplacedDrive(behaviour, line, plan, devices) ?? readOnlyDisk(behaviour, plan, line.incoming);
    return refused === null ? plan.chain : ofAll(plan.chain, (one) => ({ ...one, after: refused }));
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
      incoming: this.line.incoming,
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
    if (only === undefined || only === syntax.argument) this.planned.push({ drive, rbd: chain.rbd });
    for (const next of chain.also ?? []) this.add({ ...drive, chain: next });
  }
}
