/** The commands that tell, on the host and of the cluster, whether what the answer assumes is so. Each runs as it stands. */
import * as l10n from '@vscode/l10n';
import type { DriveTrace } from '../../simulate/model.js';
import { UNKNOWN } from '../../syntax/mapped-text.js';
import { quoteForShell } from '../../syntax/shell/quote.js';
import { restartNote } from '../answer.js';

/** Something that is taken for granted, and the commands that show whether it holds; none where no command does. */
export interface Assumption {
  /** One sentence, with names in backquotes. */
  readonly says: string;
  readonly commands: readonly string[];
}

/** Stand for a name that the text does not show. */
const ANY_POOL = 'POOL';
const ANY_IMAGE = 'IMAGE';

/** @param program QEMU, as the command names it */
export function assumptionsOf(trace: DriveTrace, program: string): readonly Assumption[] {
  const { outcome, error } = trace;
  if (outcome === null || error !== null) return [];
  const [installed = '', ...others] = outcome.assumes;
  return [
    { says: installed, commands: installedCommands(program) },
    ...others.map((says) => ({ says, commands: commandsNamed(says, trace) })),
    { says: restartNote(), commands: [] },
    socketCheck(trace),
  ];
}

/** `librbd1` is the package's name on Debian and on Red Hat alike. */
function installedCommands(program: string): readonly string[] {
  const qemu = /^[\w./+-]+$/.test(program) ? program : 'qemu-system-x86_64';
  return [
    `${qemu} --version`,
    `ldd "$(command -v ${qemu})" /usr/lib*/qemu*/block-rbd.so /usr/lib/*/qemu/block-rbd.so 2>/dev/null | grep -o '/[^ ]*librbd[^ ]*' | sort -u`,
    'dpkg-query -W librbd1 2>/dev/null || rpm -q librbd1',
  ];
}

/** The sentence names what it is about, in every language: the command, or the variable. */
function commandsNamed(says: string, trace: DriveTrace): readonly string[] {
  const { image } = trace;
  const pool = known(image.pool, ANY_POOL);
  const spec = [pool, ...(image.namespace === '' ? [] : [image.namespace]), known(image.image, ANY_IMAGE)].join('/');
  const rbd = ['rbd', ...connection(trace)].join(' ');
  const commands: readonly (readonly [named: string, command: string])[] = [
    ['`rbd image-meta list`', `${rbd} image-meta list ${quoteForShell(spec)}`],
    // The last column says who decided; `config` is the client's own.
    ['`rbd config image list`', `${rbd} config image list ${quoteForShell(spec)} | grep -v ' config *$'`],
    ['`rbd config pool list`', `${rbd} config pool list ${quoteForShell(pool)} | grep -v ' config *$'`],
    ['`ceph config`', `ceph config get ${quoteForShell(`client.${known(image.user ?? 'admin', 'ID')}`)}`],
    [
      '`CEPH_ARGS`',
      `for pid in $(pgrep -f ${processPattern(image.image)}); do tr '\\0' '\\n' < "/proc/$pid/environ" | grep '^CEPH'; done`,
    ],
  ];
  return commands.flatMap(([named, command]) => (says.includes(named) ? [command] : []));
}

/** As QEMU connects: the same client, by the same file. */
function connection({ image, reads }: DriveTrace): readonly string[] {
  const conf = reads.at(-1)?.requested ?? null;
  return [
    ...(image.user === null ? [] : ['--id', quoteForShell(known(image.user, 'ID'))]),
    ...(conf === null || conf.includes(UNKNOWN) ? [] : ['--conf', quoteForShell(conf)]),
  ];
}

/** Finds the QEMU that has the image. */
function processPattern(image: string): string {
  const named = image.includes(UNKNOWN) ? '' : `.*${image.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`;
  return quoteForShell(`(qemu|kvm)${named}`);
}

/** What a running QEMU itself says: only where it listens on a socket. */
function socketCheck({ config }: DriveTrace): Assumption {
  const path = config?.get('admin_socket') ?? '';
  if (path === '') {
    return {
      says: l10n.t(
        'A running QEMU tells by its admin socket what it has in force. This drive has none: `admin socket` in `[client]` would give it one.',
      ),
      commands: [],
    };
  }
  const sockets = path.replace(/\$\{?\w+\}?/g, '*').replaceAll(UNKNOWN, '*');
  return {
    says: l10n.t(
      'A running QEMU tells by its admin socket what it has in force, without what the image or its pool override:',
    ),
    commands: [
      `for socket in ${globbed(sockets)}; do ceph --admin-daemon "$socket" config show | grep '"rbd_cache'; done`,
    ],
  };
}

/** A pattern of the shell, with all but its stars quoted where that is needed. */
function globbed(pattern: string): string {
  return pattern
    .split('*')
    .map((part) => (part === '' ? '' : quoteForShell(part)))
    .join('*');
}

function known(name: string, otherwise: string): string {
  return name.includes(UNKNOWN) ? otherwise : name;
}
