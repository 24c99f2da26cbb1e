/** A planned drive's run: from its plan through QEMU's open sequence over librados to what librbd makes of it, told as a trace. */
import * as l10n from '@vscode/l10n';
import { type QemuBehaviour, qemuBehaviour } from '../catalog/qemu-behaviour.js';
import { createCluster } from './librados/cluster.js';
import { NOWHERE } from './librbd/assumptions.js';
import { openConfig } from './librbd/open-config.js';
import { librbdOutcome } from './librbd/outcome.js';
import type {
  ClusterSettings,
  ConfigTrace,
  CreateCluster,
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
import { cacheModeTrace } from './qemu/cache-mode.js';
import type { Given } from './qemu/command-line.js';
import type { Device } from './qemu/devices.js';
import { guestCache } from './qemu/guest-cache.js';
import { snapshotName } from './qemu/machine.js';
import { type Opened, openImage } from './qemu/open-sequence.js';
import { type ChainPlan, joined, OFF, type RbdPlan, type Switch } from './qemu/plan.js';
import { fill } from './qemu/refusal.js';
import type { Secrets } from './qemu/secrets.js';
import { matteringUnknown } from './qemu/unknown.js';

/** What a run is made of; tests put others in their place. */
export interface SimulationParts {
  readonly createCluster: CreateCluster;
  readonly librbdOutcome: typeof librbdOutcome;
}

export const PARTS: SimulationParts = { createCluster, librbdOutcome };

/** What the open sequence and the views need to know of a drive, whatever form it was given in. */
export interface PlannedDrive {
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
  /** `-incoming` on the command line. */
  readonly incoming: boolean;
  readonly devices: readonly Device[];
  readonly nodesAbove?: readonly DriveSyntax[];
}

/** Opens planned drives, with one set of files. */
export class DriveRun {
  private readonly behaviour: QemuBehaviour;

  constructor(
    private readonly input: Pick<SimulationInput, 'releases' | 'files' | 'environment' | 'cluster'>,
    private readonly parts: SimulationParts,
    private readonly secrets: Secrets,
  ) {
    this.behaviour = qemuBehaviour(input.releases.qemu);
  }

  trace(drive: PlannedDrive, rbd: RbdPlan): DriveTrace {
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
      librbd: releases.librbd,
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
