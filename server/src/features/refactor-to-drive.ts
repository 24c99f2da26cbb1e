/** `-blockdev` nodes of an rbd image as one legacy `-drive`: for a release that has no other, or for who wants it. */
import * as l10n from '@vscode/l10n';
import { qemuBehaviour } from '../catalog/qemu-behaviour.js';
import { cacheModeName } from '../catalog/qemu-options.js';
import { readDevice } from '../simulate/qemu/devices.js';
import { quoteForShell } from '../syntax/commands.js';
import type { PlacedEdit } from './analysis-model.js';
import type { CodeActionView } from './code-actions.js';
import { addsNothing, applyEdits, type Trial } from './fix-trial.js';
import { stateInTitle } from './fixes/titles.js';
import { redact } from './redact.js';
import { type CommandPlace, isPlainCommand, removeOption, replaceOption } from './refactor-command.js';
import { devicesOf, withoutWriteCache } from './refactor-device.js';
import { chainAt, type NodeChain, nodesOf } from './refactor-nodes.js';
import { compareDrive, drivesAfter, isUnchanged } from './refactor-trial.js';

/** `argument`: index of a `-blockdev` argument. */
export function* toDrive(place: CommandPlace, argument: number, trial: Trial): Generator<CodeActionView> {
  const nodes = isPlainCommand(place) ? nodesOf(place) : null;
  const chain = nodes === null ? null : chainAt(nodes, argument);
  const edits = chain === null ? null : driveEdits(place, chain);
  if (chain === null || edits === null) return;
  const { qemu } = place.analysis.releases.pair;
  const title = l10n.t('Convert to -drive');
  if (!qemuBehaviour(qemu).blockdev) {
    const outcome = outcomeOfMended(place, trial, edits);
    if (outcome !== null) yield view(l10n.t('{0}, which QEMU {1} has: {2}', title, qemu.label, outcome), edits);
    return;
  }
  const written = new Set(chain.given.map(({ index }) => index));
  const trace = place.command.trace.drives.find(({ syntax }) => written.has(syntax.argument));
  if (trace === undefined || trace.error !== null || trace.unknown.length > 0) return;
  const compared = compareDrive(trial, { ...place, trace }, edits);
  if (compared !== null && isUnchanged(compared)) yield view(title, edits);
}

function view(title: string, edits: readonly PlacedEdit[]): CodeActionView {
  return { title: redact(title), kind: 'refactor.rewrite.rbdcache.drive', preferred: false, edits, finding: null };
}

/** What a drive does that this QEMU could not open before; null where it cannot yet. */
function outcomeOfMended(place: CommandPlace, trial: Trial, edits: readonly PlacedEdit[]): string | null {
  const texts = applyEdits(trial, edits);
  if (texts === null) return null;
  const after = trial.edited(texts);
  const before = place.command.trace.drives;
  const drives = drivesAfter(after, place);
  const made = drives?.filter(({ trace }) => !before.some(({ syntax }) => syntax.id === trace.syntax.id)) ?? [];
  const [drive] = made;
  if (drive === undefined || made.length > 1 || drive.trace.error !== null || drive.trace.outcome === null) return null;
  return addsNothing(trial, after, [place.analysis.address], 0) ? stateInTitle(drive) : null;
}

const OF_RBD =
  /^(?:driver|pool|namespace|image|snapshot|user|conf|server\.\d+\.(?:host|port)|auth-client-required\.\d+|key-secret|node-name|cache\.(?:direct|no-flush)|read-only|auto-read-only|discard|detect-zeroes)$/;
const OF_FORMAT =
  /^(?:driver|file|node-name|cache\.(?:direct|no-flush)|read-only|auto-read-only|discard|detect-zeroes)$/;

function driveEdits(place: CommandPlace, chain: NodeChain): readonly PlacedEdit[] | null {
  const { qemu } = place.analysis.releases.pair;
  const { rbd, format, top, given } = chain;
  if (![...rbd.keys()].every((key) => OF_RBD.test(key))) return null;
  if (format !== null && ![...format.keys()].every((key) => OF_FORMAT.test(key))) return null;
  const devices = devicesOf(place, top);
  const [device, another] = devices;
  if (another !== undefined) return null;
  const writeCache = device === undefined ? null : readDevice(device, qemu).writeCache;
  const mode = modeOf(rbd, format, writeCache ?? writtenWriteCache(device?.argument.text ?? ''));
  const name = fileName(rbd);
  const driver = format?.get('driver') ?? 'raw';
  if (mode === null || name === null || (driver !== 'raw' && driver !== 'qcow2')) return null;
  const upper = format ?? rbd;
  const secret = secretOption(place, rbd.get('key-secret'));
  if (secret === null) return null;
  const options = [
    `file=${name}`,
    `format=${driver}`,
    'if=none',
    `id=${top}`,
    `cache=${mode}`,
    ...(upper.get('discard') === 'unmap' ? ['discard=unmap'] : []),
    ...(['on', 'unmap'].includes(upper.get('detect-zeroes') ?? '')
      ? [`detect-zeroes=${upper.get('detect-zeroes')}`]
      : []),
    ...(upper.get('read-only') === 'on' ? ['readonly=on'] : []),
    ...secret,
  ];
  const [first, second] = given;
  const main =
    first === undefined
      ? null
      : replaceOption(place, first.index, [
          ['-drive', quoteForShell(options.map((one) => one.replaceAll(',', ',,')).join(','))],
        ]);
  const rest = second === undefined ? [] : [removeOption(place, second.index)];
  // A release without the property would refuse the device.
  const freed = device === undefined || qemuBehaviour(qemu).deviceWriteCache ? [] : withoutWriteCache(place, device);
  if (main === null || freed === null || rest.includes(null)) return null;
  return [main, ...rest.flatMap((edit) => edit ?? []), ...freed];
}

/** `write-cache=off` of a device as it is written: a release that does not know it does not read it. */
function writtenWriteCache(device: string): boolean | null {
  const word = /[,"]write-cache"?[=:]"?(on|off)\b/.exec(device)?.[1];
  return word === undefined ? null : word === 'on';
}

/** Null where the two nodes differ, or no mode of `cache=` says the same. */
function modeOf(rbd: NodeChain['rbd'], format: NodeChain['format'], writeCache: boolean | null): string | null {
  const isOn = (members: ReadonlyMap<string, string>, key: string) => members.get(key) === 'on';
  const [direct, noFlush] = [isOn(rbd, 'cache.direct'), isOn(rbd, 'cache.no-flush')];
  if (format !== null) {
    for (const [key, value] of [
      ['cache.direct', direct],
      ['cache.no-flush', noFlush],
    ] as const) {
      if (isOn(format, key) !== value) return null;
    }
  }
  const name = cacheModeName(direct, noFlush, writeCache ?? true);
  return /^[a-z]+$/.test(name) ? name : null;
}

/** The `rbd:` name that says what the members say; null where a member has no place in it. */
function fileName(rbd: NodeChain['rbd']): string | null {
  const [pool, image] = [rbd.get('pool'), rbd.get('image')];
  if (pool === undefined || image === undefined) return null;
  const namespace = rbd.get('namespace') ?? '';
  const snapshot = rbd.get('snapshot');
  const [user, conf] = [rbd.get('user'), rbd.get('conf')];
  const monitors = monitorsOf(rbd);
  const modes = listOf(rbd, 'auth-client-required');
  const path = `${escaped(pool)}/${namespace === '' ? '' : `${escaped(namespace)}/`}${escaped(image)}`;
  const keys = [
    ...(user === undefined ? [] : [['id', user] as const]),
    ...(conf === undefined ? [] : [['conf', conf] as const]),
    ...(monitors === '' ? [] : [['mon_host', monitors] as const]),
    ...(modes.length === 0 ? [] : [['auth_client_required', modes.join(';')] as const]),
  ];
  const behind = keys.map(([key, value]) => `:${key}=${escaped(value, false)}`).join('');
  return `rbd:${path}${snapshot === undefined ? '' : `@${escaped(snapshot)}`}${behind}`;
}

/** A backslash before what the name is split at. */
function escaped(text: string, inPath = true): string {
  return text.replace(inPath ? /[\\:@/]/g : /[\\:@]/g, '\\$&');
}

function monitorsOf(rbd: NodeChain['rbd']): string {
  return listOf(rbd, 'server', '.host')
    .map((host, index) => {
      const port = rbd.get(`server.${index}.port`);
      const address = host.includes(':') ? `[${host}]` : host;
      return port === undefined ? address : `${address}:${port}`;
    })
    .join(';');
}

function listOf(rbd: NodeChain['rbd'], name: string, member = ''): readonly string[] {
  const found: string[] = [];
  for (let index = 0; ; index++) {
    const value = rbd.get(`${name}.${index}${member}`);
    if (value === undefined) return found;
    found.push(value);
  }
}

/** Null where this release can be told of no secret. */
function secretOption({ analysis }: CommandPlace, id: string | undefined): readonly string[] | null {
  if (id === undefined) return [];
  const { passwordSecret, open } = qemuBehaviour(analysis.releases.pair.qemu);
  if (!passwordSecret) return null;
  return [open.checksAuth ? `file.key-secret=${id}` : `file.password-secret=${id}`];
}
