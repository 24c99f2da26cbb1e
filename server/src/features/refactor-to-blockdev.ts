/** A legacy `-drive file=rbd:…` as `-blockdev` and `-device`, in the form that libvirt writes. */
import * as l10n from '@vscode/l10n';
import { qemuBehaviour } from '../catalog/qemu-behaviour.js';
import { commonMembers, rbdMembers } from '../catalog/qemu-rbd.js';
import type { DriveTrace } from '../simulate/model.js';
import { quoteForShell } from '../syntax/commands.js';
import type { PlacedEdit } from './analysis-model.js';
import type { CodeActionView } from './code-actions.js';
import type { Trial } from './fix-trial.js';
import { fileName, stateInTitle } from './fixes/titles.js';
import { redact } from './redact.js';
import {
  argumentsOf,
  type DrivePlace,
  freshName,
  isKnownText,
  isNodeName,
  isPlainCommand,
  type OptionWords,
  replaceOption,
  wordsOf,
} from './refactor-command.js';
import { confLines } from './refactor-conf-lines.js';
import { addToDevice, type DeviceUse, deviceFor } from './refactor-device.js';
import { type LegacyDrive, legacyDrive, TO_DEVICE } from './refactor-legacy-drive.js';
import { compareDrive, listedNames, sameResolution } from './refactor-trial.js';

export function* toBlockdev(place: DrivePlace, trial: Trial): Generator<CodeActionView> {
  const { trace } = place;
  if (!isOpened(trace) || trace.outcome === null || trace.unknown.length > 0) return;
  if (!qemuBehaviour(trace.releases.qemu).blockdev || !isPlainCommand(place)) return;
  const written = wordsOf(place)[trace.syntax.argument]?.value.text;
  if (written === undefined || !isKnownText(written)) return;
  const drive = legacyDrive(trace);
  const edits = drive === null ? null : blockdevEdits(place, drive);
  if (drive === null || edits === null) return;
  const plain = compareDrive(trial, place, edits);
  if (plain === null) return;
  const title = withAuth(titleOf(drive, deviceFor(place, drive)), drive);
  const told = new Set<string>(drive.auth !== null && drive.authBy === 'auth_supported' ? AUTH_OPTIONS : []);
  const changed = plain.options.filter((name) => !told.has(name));
  if (changed.length === 0 && !plain.behavesOtherwise) {
    yield view(trace.error === null ? title : l10n.t('{0}: {1}', title, stateInTitle(plain.drive)), edits);
    return;
  }
  const lost = drive.leftovers.map(([name]) => name).filter((name) => changed.includes(name));
  if (changed.some((name) => !lost.includes(name)) || lost.length === 0) return;
  yield* withConf(place, trial, { drive, lost, told, title, edits });
  const losing = l10n.t('{0}, without {1}', title, listedNames(lost));
  yield view(plain.behavesOtherwise ? l10n.t('{0}: {1}', losing, stateInTitle(plain.drive)) : losing, edits);
}

/** What differs where `auth_supported` becomes the member for the client: the title says so. */
const AUTH_OPTIONS = ['auth_supported', 'auth_client_required'] as const;

function withAuth(title: string, { auth, authBy }: LegacyDrive): string {
  return auth === null || authBy === 'auth_client_required'
    ? title
    : l10n.t('{0}, auth_supported as auth-client-required', title);
}

/** As it is, or but for an option that the device takes over. */
function isOpened({ error, syntax }: DriveTrace): boolean {
  if (error === null) return true;
  const option = syntax.options.find(({ keySpan }) => keySpan.start === error.span?.start);
  return error.stage === 'open' && error.code === 'unknown-option' && TO_DEVICE.has(option?.key ?? '');
}

interface Conversion {
  readonly drive: LegacyDrive;
  readonly lost: readonly string[];
  /** Options whose difference the title tells already. */
  readonly told: ReadonlySet<string>;
  readonly title: string;
  readonly edits: readonly PlacedEdit[];
}

/** The options without a member, put where the drive's client reads them: where no other drive feels it. */
function* withConf(
  place: DrivePlace,
  trial: Trial,
  { drive, lost, told, title, edits }: Conversion,
): Generator<CodeActionView> {
  const file = place.trace.reads.findLast(({ returned }) => returned === 0)?.taken?.file.id;
  const conf = file === undefined ? null : trial.analyse(file);
  if (conf?.kind !== 'conf') return;
  const section = `client.${place.trace.image.user ?? 'admin'}`;
  const lines = confLines(
    conf,
    section,
    drive.leftovers.filter(([name]) => lost.includes(name)),
  );
  if (lines === null) return;
  const all = [...edits, lines];
  const compared = compareDrive(trial, place, all);
  if (compared === null || compared.behavesOtherwise || compared.options.some((name) => !told.has(name))) return;
  const now = compared.after.analyse(conf.address);
  if (now?.kind !== 'conf' || now.drives.length !== conf.drives.length) return;
  const others = conf.drives.filter(({ trace }) => trace !== place.trace);
  const still = now.drives.filter((_drive, at) => conf.drives[at]?.trace !== place.trace);
  if (!others.every(({ trace }, at) => sameResolution(trace, still[at]?.trace))) return;
  yield view(l10n.t('{0}, {1} to [{2}] in {3}', title, listedNames(lost), section, fileName(conf.address)), all);
}

function view(title: string, edits: readonly PlacedEdit[]): CodeActionView {
  const kind = 'refactor.rewrite.rbdcache.blockdev';
  return { title: redact(title), kind, preferred: false, edits, finding: null };
}

function titleOf({ key }: LegacyDrive, device: DeviceUse | null): string {
  const makesDevice = device?.kind === 'new';
  if (key === null) return makesDevice ? l10n.t('Convert to -blockdev and -device') : l10n.t('Convert to -blockdev');
  return makesDevice
    ? l10n.t('Convert to -blockdev and -device, the key to -object secret')
    : l10n.t('Convert to -blockdev, the key to -object secret');
}

function blockdevEdits(place: DrivePlace, drive: LegacyDrive): readonly PlacedEdit[] | null {
  const { trace } = place;
  const { qemu } = trace.releases;
  const members = new Set([...rbdMembers(qemu), ...commonMembers(qemu)].map(({ name }) => name));
  const needsSecret = drive.key !== null || drive.secret !== null;
  if (needsSecret && !members.has('key-secret')) return null;
  const device = deviceFor(place, drive);
  if (device === null) return null;
  const top = nodeNameOf(place, drive);
  const secret = drive.secret ?? (drive.key === null ? null : freshSecret(place, top));
  const nodes = nodesOf(trace, drive, { top, secret, members });
  const options: OptionWords[] = [];
  if (drive.secret === null && drive.key !== null) {
    // Not of JSON: releases before 6.0 read it in this form only.
    const text = `secret,id=${secret},format=base64,data=${drive.key.replaceAll(',', ',,')}`;
    options.push(['-object', quoteForShell(text)]);
  }
  for (const node of nodes) options.push(['-blockdev', quoteForShell(JSON.stringify(node))]);
  const writeCache = drive.cacheStated || !trace.cacheMode.writeback ? switchText(trace.cacheMode.writeback) : null;
  if (device.kind === 'new') {
    const properties = [...(writeCache === null ? [] : [['write-cache', writeCache] as const]), ...drive.properties];
    const more = properties.map(([name, value]) => `,${name}=${value.replaceAll(',', ',,')}`).join('');
    options.push(['-device', quoteForShell(`${device.driver},drive=${top}${more}`)]);
  }
  const main = replaceOption(place, trace.syntax.argument, options);
  if (main === null) return null;
  if (device.kind !== 'given') return [main];
  const changed = addToDevice(place, device.given, { drive: top, writeCache, properties: drive.properties });
  return changed === null ? null : [main, ...changed];
}

interface NodeNames {
  readonly top: string;
  readonly secret: string | null;
  /** What this release's nodes have. */
  readonly members: ReadonlySet<string>;
}

/** The rbd node, then the format node over it; an image that is opened as `rbd` has no node over it. */
function nodesOf(trace: DriveTrace, drive: LegacyDrive, { top, secret, members }: NodeNames): readonly object[] {
  const { image, cacheMode } = trace;
  const single = drive.format === 'rbd';
  const storage = single ? top : storageName(top);
  const switches = { direct: cacheMode.direct, 'no-flush': cacheMode.noFlush };
  const cache = drive.cacheStated || cacheMode.direct || cacheMode.noFlush ? { cache: switches } : {};
  const readOnly = drive.readOnly ? { 'read-only': true } : {};
  const rbd = {
    driver: 'rbd',
    pool: image.pool,
    ...(image.namespace === '' ? {} : { namespace: image.namespace }),
    image: image.image,
    ...(image.snapshot === null ? {} : { snapshot: image.snapshot }),
    ...(drive.conf === null ? {} : { conf: drive.conf }),
    ...(drive.server === null ? {} : { server: drive.server }),
    ...(image.user === null ? {} : { user: image.user }),
    ...(drive.auth === null ? {} : { 'auth-client-required': drive.auth }),
    ...(secret === null ? {} : { 'key-secret': secret }),
    'node-name': storage,
    ...readOnly,
    ...cache,
    ...(members.has('auto-read-only') ? { 'auto-read-only': true } : {}),
  };
  const discards = drive.discard === null ? {} : { discard: drive.discard };
  const zeroes = drive.detectZeroes === null ? {} : { 'detect-zeroes': drive.detectZeroes };
  if (single) return [{ ...rbd, ...discards, ...zeroes }];
  const format = {
    'node-name': top,
    'read-only': drive.readOnly,
    ...cache,
    ...discards,
    ...zeroes,
    driver: drive.format,
    file: storage,
  };
  return [{ ...rbd, discard: 'unmap' }, format];
}

/** The drive's own name, so that what names the drive need not be changed. */
function nodeNameOf(place: DrivePlace, { nodeName, id }: LegacyDrive): string {
  if (id !== null && isNodeName(id)) return id;
  return nodeName ?? freshName(place, 'rbd');
}

function storageName(top: string): string {
  const name = `${top}-storage`;
  return isNodeName(name) ? name : `storage-${top.slice(-20).replace(/^[^A-Za-z0-9]+/, '')}`;
}

function freshSecret(place: DrivePlace, top: string): string {
  const name = `${top}-key`;
  const taken = argumentsOf(place, 'object').some(({ argument }) => argument.text.includes(name));
  return taken ? freshName(place, `${top}-key`) : name;
}

function switchText(value: boolean): string {
  return value ? 'on' : 'off';
}
