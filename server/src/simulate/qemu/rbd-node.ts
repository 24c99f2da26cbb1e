/** The bottom of the chain: what an rbd node makes of its file name and members, before librados is called. */
import * as l10n from '@vscode/l10n';
import { type QemuBehaviour, qemuBehaviour } from '../../catalog/qemu-behaviour.js';
import type { QemuRelease } from '../../catalog/releases.js';
import { UNKNOWN } from '../../syntax/mapped-text.js';
import { parseJsonText } from '../../syntax/qemu/json-text.js';
import { parseRbdName, type RbdName, type RbdNamePart } from '../../syntax/qemu/rbd-name.js';
import type { Span } from '../../syntax/span.js';
import type { DriveError, QemuNotice, UnknownPart } from '../model.js';
import { takeEncryption } from './encryption.js';
import type { FlatOption, OptionSet } from './flat-options.js';
import {
  type ChainPlan,
  type EncryptionLayer,
  type NodeCache,
  type PlacedText,
  type PlannedKey,
  placedText,
} from './plan.js';
import { firstInOrder } from './qdict-order.js';
import { authModes, takeServers } from './rbd-lists.js';
import { emptyMember, membersProblem } from './rbd-schema.js';
import { fill, refusal } from './refusal.js';

const KEY_PAIRS = '=keyvalue-pairs';

export interface RbdNodeInput {
  readonly release: QemuRelease;
  /** Given as the drive's file; null where the node is described by members. */
  readonly filename: FlatOption | null;
  /** Members, the node's own common options taken out. */
  readonly options: OptionSet;
  readonly cache: NodeCache;
  readonly readOnly: boolean | null;
  readonly autoReadOnly: boolean | null;
  readonly isTop: boolean;
  /** The drive's name, as old complaints have it. */
  readonly device: string;
  /** The whole drive, for complaints about what is missing. */
  readonly span: Span;
  /** `-blockdev`: checked by the schema in every release, with JSON's types or as words. */
  readonly fromBlockdev: boolean;
}

export function planRbdNode(input: RbdNodeInput): ChainPlan {
  return new RbdNodeReader(input).plan();
}

class RbdNodeReader {
  private readonly behaviour: QemuBehaviour;
  private readonly notices: QemuNotice[] = [];
  private readonly unknown: UnknownPart[] = [];
  private readonly keys: PlannedKey[] = [];
  private readonly parts = new Map<string, PlacedText>();
  private name: RbdName | null = null;
  private before: DriveError | null = null;
  private after: DriveError | null = null;
  private givesKeys = false;
  private encryption: readonly EncryptionLayer[] = [];

  constructor(private readonly input: RbdNodeInput) {
    this.behaviour = qemuBehaviour(input.release);
  }

  plan(): ChainPlan {
    const { input, behaviour } = this;
    if (behaviour.poolMustBeGiven) this.readMembers();
    else this.readOldName();
    const part = (name: string) => this.parts.get(name) ?? null;
    return {
      rbd: {
        name: this.name,
        pool: part('pool'),
        namespace: part('namespace'),
        image: part('image'),
        snapshot: part('snapshot'),
        user: part('user'),
        conf: part('conf'),
        keys: this.keys,
        server: part('server'),
        secret: part('secret'),
        auth: part('auth'),
        encryption: this.encryption,
        cache: input.cache,
        readOnly: input.readOnly,
        autoReadOnly: input.autoReadOnly,
        isTop: input.isTop,
      },
      before: this.before,
      after: this.after,
      notices: this.notices,
      unknown: this.unknown,
      unknownName: false,
    };
  }

  // Up to 2.8 the file name is all there is.

  private readOldName(): void {
    const { options, filename } = this.input;
    const given = filename ?? options.get('filename');
    options.delete('filename');
    if (given === undefined) {
      this.before = refusal('filename', 'name-missing', "The 'rbd' block driver requires a file name", this.input.span);
      return;
    }
    this.readName(given);
    const secret = options.get('password-secret');
    if (secret !== undefined && this.behaviour.passwordSecret) {
      options.delete('password-secret');
      this.parts.set('secret', placedText(secret));
    }
    this.refuseLeftovers();
  }

  // From 2.9 on the name is turned into members.

  private readMembers(): void {
    const { options, filename } = this.input;
    if (filename !== null) this.readName(filename);
    else this.readFilenameMember();
    if (this.before !== null || this.name?.unknownAt != null) return;
    this.readKeyPairs();
    for (const name of ['pool', 'namespace', 'image', 'snapshot', 'user', 'conf']) this.takeMember(name);
    const missing =
      this.behaviour.open.members === 'schema' || this.input.fromBlockdev ? this.checkSchema() : this.checkLoosely();
    if (missing !== null && this.before === null) {
      this.before = this.firstComplaint === null ? missing : { ...missing, message: this.firstComplaint };
      this.markCrash();
    }
    this.readSecret();
    this.encryption = takeEncryption(options);
    const servers = takeServers(options);
    if (servers.problem !== null) this.before ??= servers.problem;
    if (servers.list !== null) this.parts.set('server', servers.list);
    const auth = this.behaviour.open.checksAuth ? authModes(options) : null;
    if (auth !== null) this.parts.set('auth', auth);
    if (this.behaviour.open.members === 'loose' && !this.input.fromBlockdev) this.refuseLeftovers();
    options.clear();
  }

  private readFilenameMember(): void {
    const { options } = this.input;
    const given = options.get('filename');
    const how = this.behaviour.filenameMember;
    if (given === undefined || how === 'refused' || this.input.fromBlockdev) return;
    if (how === 'first') {
      options.delete('filename');
      this.notices.push({
        code: 'filename-member',
        message: "'filename' option specified. This is an unsupported option, and may be deprecated in the future",
        span: given.span,
      });
      this.readName(given);
      return;
    }
    this.readFallbackName(given);
  }

  /** The schema has refused the members because of `filename`; QEMU then reads the name and tries again. */
  private readFallbackName(given: FlatOption): void {
    const { options } = this.input;
    const first = options.has('pool')
      ? options.has('image')
        ? "Parameter 'filename' is unexpected"
        : "Parameter 'image' is missing"
      : "Parameter 'pool' is missing";
    options.delete('filename');
    if (options.has(KEY_PAIRS)) {
      this.before = refusal('args', 'member-unexpected', "Parameter 'filename' is unexpected", given.keySpan);
      this.givesKeys = true;
      this.markCrash();
      return;
    }
    this.readName(given);
    // QEMU does not hear of what is wrong with a key, and goes on with those before it.
    if (this.name?.problem === null) this.before = null;
    if (this.before !== null) {
      const parsed = this.before;
      this.before = refusal('args', parsed.code, first, given.span);
      // The second try's failure is lost, too, and QEMU goes on without any members.
      this.givesKeys = true;
      this.markCrash();
      return;
    }
    this.notices.push({
      code: 'filename-member',
      message: 'RBD options encoded in the filename as keyvalue pairs is deprecated',
      span: given.span,
    });
    this.firstComplaint = first;
  }

  /** What the schema said before QEMU fell back on the name: the second complaint is lost, so QEMU shows this one. */
  private firstComplaint: string | null = null;

  private readName(given: FlatOption): void {
    const rules = this.behaviour.name;
    const mapped = given.mapped;
    const name = parseRbdName(mapped, rules);
    this.name = name;
    const put = (member: string, part: RbdNamePart | null) => {
      if (part === null) return;
      this.input.options.delete(member);
      this.parts.set(member, {
        text: part.text,
        span: part.span,
        argument: given.argument,
        offset: given.offset(part.start),
      });
    };
    put('pool', name.pool);
    put('image', name.image);
    put('snapshot', name.snapshot);
    put('namespace', name.namespace);
    put('user', name.clientId);
    if (rules.namespaces && name.image !== null && name.namespace === null) this.input.options.delete('namespace');
    this.readNameKeys(name, given);
    if (name.unknownAt !== null) this.unknown.push({ matters: 'name-syntax', span: name.unknownAt });
    const problem = name.problem ?? (this.behaviour.poolMustBeGiven ? name.optionProblem : null);
    if (problem === null) return;
    if (problem.crash) this.before = refusal('crash', problem.code, crashText(), problem.span);
    else
      this.before = refusal(
        'filename',
        `name-${problem.code}`,
        problem.message || this.failedOpen(given),
        problem.span,
      );
  }

  private readNameKeys(name: RbdName, given: FlatOption): void {
    for (const option of name.options) {
      const key: PlannedKey = {
        key: option.key.text,
        value: option.value.text,
        argument: given.argument,
        offset: given.offset(option.value.start),
        span: option.span,
        keySpan: option.key.span,
        valueSpan: option.value.span,
      };
      if (this.behaviour.poolMustBeGiven && option.key.text === 'conf') {
        this.input.options.delete('conf');
        this.parts.set('conf', { text: key.value, span: key.valueSpan, argument: key.argument, offset: key.offset });
      } else if (this.behaviour.name.id === 'none' || option.key.text !== 'id') this.keys.push(key);
    }
    this.givesKeys = this.keys.length > 0;
  }

  /** A name without a message of its own fails with the errno's text. */
  private failedOpen(given: FlatOption): string {
    return this.behaviour.jsonNames
      ? `Could not open '${given.value}': Invalid argument`
      : `could not open disk image ${given.value}: Invalid argument`;
  }

  private readKeyPairs(): void {
    const { options } = this.input;
    const pairs = options.get(KEY_PAIRS);
    if (pairs === undefined || this.input.fromBlockdev) return;
    options.delete(KEY_PAIRS);
    if (this.name !== null && this.keys.length > 0) return;
    this.givesKeys = true;
    const { tree } = parseJsonText(pairs.mapped, this.behaviour.json);
    if (tree?.kind !== 'list') return;
    for (let i = 0; i + 1 < tree.items.length; i += 2) {
      const key = tree.items[i];
      const value = tree.items[i + 1];
      if (key?.kind !== 'string' || value?.kind !== 'string') return;
      this.keys.push({
        key: key.text,
        value: value.text,
        argument: pairs.argument,
        offset: pairs.offset(value.at),
        span: { start: key.span.start, end: value.span.end },
        keySpan: key.span,
        valueSpan: value.span,
      });
    }
  }

  private takeMember(name: string): void {
    const option = this.input.options.get(name);
    if (option === undefined || this.parts.has(name)) return;
    this.parts.set(name, placedText(option));
  }

  // 2.9 to 2.11: members are picked out; whatever is left is refused when the image is open.

  private checkLoosely(): DriveError | null {
    const { options } = this.input;
    for (const name of ['pool', 'namespace', 'image', 'snapshot', 'user', 'conf']) {
      if (name !== 'namespace') options.delete(name);
    }
    this.parts.delete('namespace');
    if (this.parts.has('pool') && this.parts.has('image')) return null;
    return refusal('args', 'member-missing', this.behaviour.missingPoolText ?? '', this.input.span);
  }

  private checkSchema(): DriveError | null {
    const { options, span, fromBlockdev, release } = this.input;
    if (fromBlockdev) return emptyMember(options);
    const secret = options.get('password-secret');
    if (secret !== undefined) options.delete('password-secret');
    const fromName = (name: string) => this.name !== null && this.parts.has(name) && !options.has(name);
    const problem = membersProblem(release, options, span, fromName);
    if (secret !== undefined) options.set('password-secret', secret);
    return problem;
  }

  /** A refusal that QEMU does not notice where the name gave keys: it goes on without an open image. */
  private markCrash(): void {
    if (this.before === null || !this.behaviour.refusedMembersCrash) return;
    if (!this.givesKeys && this.firstComplaint === null) return;
    this.before = refusal('crash', 'member-crash', crashText(), this.before.span);
  }

  private readSecret(): void {
    const { options } = this.input;
    const legacy =
      this.behaviour.passwordSecret && !this.input.fromBlockdev ? options.get('password-secret') : undefined;
    const modern = this.behaviour.open.checksAuth ? options.get('key-secret') : undefined;
    if (legacy !== undefined) options.delete('password-secret');
    if (legacy !== undefined && modern !== undefined && this.before === null) {
      this.before = refusal('args', 'secret-clash', "Legacy 'password-secret' clashes with 'key-secret'", legacy.span);
      return;
    }
    const secret = modern ?? legacy;
    if (secret !== undefined) this.parts.set('secret', placedText(secret));
  }

  private refuseLeftovers(): void {
    const text = this.input.isTop ? this.behaviour.unknownOptionText : this.behaviour.unknownProtocolOptionText;
    const left = firstInOrder(this.input.options, (key) => !key.includes(UNKNOWN));
    if (left === null) return;
    const message = fill(text.replace('%f', 'rbd').replace('%d', this.input.device), left[0]);
    this.after ??= refusal('open', 'unknown-option', message, left[1].keySpan);
  }
}

function crashText(): string {
  return l10n.t('QEMU dies here (segmentation fault), without a message and before it calls librados');
}
