/**
 * QEMU opens an rbd image: the librados calls of each release, in order, up to `rados_connect`.
 * Source: qemu_rbd_open, qemu_rbd_set_conf, qemu_rbd_connect in block/rbd.c of each release; confirmed by running.
 */
import { type QemuBehaviour, qemuBehaviour } from '../../catalog/qemu-behaviour.js';
import type { CephRelease, QemuRelease, Vendor } from '../../catalog/releases.js';
import { UNKNOWN } from '../../syntax/mapped-text.js';
import type { Span } from '../../syntax/span.js';
import type { Call, Cluster, DriveError, FileRead, Place, UnknownPart } from '../model.js';
import { encryptionProblem, missingSecret } from './encryption.js';
import type { PlacedText, PlannedKey, RbdPlan } from './plan.js';
import { errnoText, refusal } from './refusal.js';
import type { Secrets } from './secrets.js';

export interface OpenInput {
  readonly release: QemuRelease;
  readonly librbd: CephRelease;
  readonly vendor: Vendor;
  readonly plan: RbdPlan;
  /** The switch as this open takes it, and what set it. */
  readonly direct: { readonly value: boolean; readonly by: Span | null; readonly unknown: boolean };
  /** Argument of the drive, for what QEMU does by itself. */
  readonly argument: number;
  readonly secrets: Secrets;
  createCluster(id: string | null): Cluster;
}

export interface Opened {
  readonly calls: readonly Call[];
  readonly reads: readonly FileRead[];
  readonly error: DriveError | null;
  /** Null where QEMU did not get to `rados_connect`. */
  readonly cluster: Cluster | null;
  readonly unknown: readonly UnknownPart[];
}

export function openImage(input: OpenInput): Opened {
  return new Opening(input).run();
}

class Opening {
  private readonly calls: Call[] = [];
  private readonly reads: FileRead[] = [];
  private readonly unknown: UnknownPart[] = [];
  private readonly sequence: QemuBehaviour['open'];
  private readonly cluster: Cluster;
  private error: DriveError | null = null;

  constructor(private readonly input: OpenInput) {
    this.sequence = qemuBehaviour(input.release).open;
    const { user } = input.plan;
    this.calls.push(['rados_create', user?.text ?? null]);
    if (user?.text.includes(UNKNOWN) === true) this.unknown.push({ matters: 'user', span: user.span });
    this.cluster = input.createCluster(user?.text ?? null);
    const { exits } = this.cluster;
    if (exits !== null) this.error = refusal('crash', 'librados-exits', exits, null);
  }

  run(): Opened {
    if (this.error === null) this.follow();
    const { calls, reads, error, unknown } = this;
    return { calls, reads, error, unknown, cluster: error === null || error.stage === 'open' ? this.cluster : null };
  }

  private follow(): void {
    const { sequence } = this;
    if (sequence.setsRbdCache === 'first') this.setRbdCache();
    if (sequence.style === 'members') this.followMembers();
    else if (sequence.style !== 'none') this.followName();
    if (this.error === null && sequence.setsRbdCache === 'last') this.setRbdCache();
    if (this.error !== null) return;
    this.calls.push(['rados_connect']);
    const { librbd, plan, secrets } = this.input;
    this.error = encryptionProblem(librbd, plan.encryption, secrets);
  }

  // Up to 2.8: the keys of the name, `conf` among them.

  private followName(): void {
    const { name, keys } = this.input.plan;
    const filesFirst = this.sequence.style === 'files-first';
    if (name?.mentionsConf !== true) {
      const read = this.readFile(null, null);
      if (read !== null && this.sequence.needsDefaultFile && returnedBy(read) < 0) {
        this.fail('conf-missing', 'error reading config file', null);
      }
    } else if (filesFirst) {
      this.followKeys(keys, (key) => key.key === 'conf');
    }
    if (this.error !== null) return;
    this.followKeys(keys, (key) => key.key !== 'conf' || !filesFirst);
    if (this.error === null) this.setSecret();
  }

  /** One pass over the keys; its end is where the name stops making sense. */
  private followKeys(keys: readonly PlannedKey[], wanted: (key: PlannedKey) => boolean): void {
    for (const key of keys) {
      if (!wanted(key)) continue;
      if (key.key === 'conf') this.readGivenFile({ ...key, text: key.value, span: key.valueSpan });
      else this.setKey(key);
      if (this.error !== null) return;
    }
    const problem = this.input.plan.name?.optionProblem ?? null;
    if (problem !== null) this.error = refusal('conf', `name-${problem.code}`, problem.message, problem.span);
  }

  // From 2.9 on: one file, the keys, then what the members say.

  private followMembers(): void {
    const { plan } = this.input;
    if (plan.conf === null) this.readFile(null, null);
    else this.readGivenFile(plan.conf);
    for (const key of plan.keys) {
      if (this.error !== null) return;
      this.setKey(key);
    }
    if (this.error === null && plan.server !== null) this.setMember('mon_host', plan.server, 'server');
    if (this.error === null) this.setSecret();
    if (this.error === null && plan.auth !== null) this.setMember('auth_client_required', plan.auth, 'auth');
  }

  private readGivenFile(file: PlacedText): void {
    const read = this.readFile(file.text, file.span);
    if (read === null || this.error !== null || returnedBy(read) >= 0) return;
    const code = read.searched.some(({ status }) => status === 'file') ? 'conf-refused' : 'conf-missing';
    this.fail(code, `error reading conf file ${file.text}`, file.span, read.returned);
  }

  private readFile(path: string | null, span: Span | null): FileRead | null {
    if (path?.includes(UNKNOWN) === true) {
      if (span !== null) this.unknown.push({ matters: 'conf-file', span });
      this.calls.push(['rados_conf_read_file', path, 0]);
      return null;
    }
    const read = this.cluster.readFile(path);
    this.reads.push(read);
    this.calls.push(['rados_conf_read_file', path, path === null ? read.returned : returnedBy(read)]);
    if (read.abort !== null) this.error = refusal('crash', 'conf-abort', read.abort, span);
    return read;
  }

  private setKey(key: PlannedKey): void {
    if (key.key.includes(UNKNOWN)) {
      this.unknown.push({ matters: 'option-value', span: key.span });
      return;
    }
    const { argument, offset, span, valueSpan } = key;
    const returned = this.set(key.key, key.value, { kind: 'argument', argument, offset, span, valueSpan });
    if (key.value.includes(UNKNOWN)) {
      this.unknown.push({ matters: 'option-value', span: valueSpan });
      return;
    }
    if (returned >= 0) return;
    const unknown = returned === -2;
    this.fail(
      unknown ? 'unknown-conf-option' : 'bad-conf-value',
      `invalid conf option ${key.key}`,
      unknown ? key.keySpan : valueSpan,
      returned,
    );
  }

  private setMember(option: string, value: PlacedText, because: 'server' | 'auth'): void {
    const place: Place = { kind: 'qemu', because, argument: value.argument, span: value.span };
    const returned = this.set(option, value.text, place);
    if (returned >= 0) return;
    if (because === 'auth') this.fail('bad-conf-value', `Could not set '${option}'`, value.span, returned);
    else this.error = refusal('conf', 'bad-conf-value', errnoText(returned), value.span);
  }

  private setSecret(): void {
    const { secret } = this.input.plan;
    if (secret === null) return;
    const { byId, hasMore } = this.input.secrets;
    const found = byId.get(secret.text);
    if (secret.text.includes(UNKNOWN)) return;
    if (found === undefined && !hasMore) {
      this.error = missingSecret('conf', secret);
      return;
    }
    const place: Place = { kind: 'qemu', because: 'secret', argument: secret.argument, span: secret.span };
    const key = found?.base64 ?? null;
    const returned = this.set('key', key ?? UNKNOWN, place);
    if (returned < 0 && this.sequence.checksAuth && key !== null) {
      this.fail('bad-conf-value', "Could not set 'key'", secret.span, returned);
    }
  }

  /** The results of these calls are ignored. */
  private setRbdCache(): void {
    const { direct, argument, vendor } = this.input;
    const place: Place = { kind: 'qemu', because: 'cache-mode', argument, span: direct.by };
    this.set('rbd_cache', direct.unknown ? UNKNOWN : direct.value ? 'false' : 'true', place);
    if (vendor !== 'proxmox') return;
    this.set('rbd_cache_writethrough_until_flush', 'false', { kind: 'qemu', because: 'vendor', argument, span: null });
  }

  private set(option: string, value: string, place: Place): number {
    const returned = this.cluster.set(option, value, place);
    this.calls.push(['rados_conf_set', option, value, returned]);
    return returned;
  }

  private fail(code: string, message: string, span: Span | null, returned: number | null = null): void {
    const errno = returned !== null && this.sequence.saysErrno ? `: ${errnoText(returned)}` : '';
    this.error = refusal('conf', code, message + errno, span);
  }
}

/** A file that was named but could not be looked at is taken to be there. */
function returnedBy({ uncertain, taken, returned }: FileRead): number {
  return uncertain && taken === null ? 0 : returned;
}
