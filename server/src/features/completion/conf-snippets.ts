/** Parts of a ceph.conf to start from. What is put into the file stays English, as the names in it are. */
import * as l10n from '@vscode/l10n';
import { cephOption } from '../../catalog/ceph-options.js';
import { metaVariables } from '../../catalog/librados-rules.js';
import type { CephRelease } from '../../catalog/releases.js';
import { type ConfStyle, spelled } from './conf-style.js';
import { type CompletionView, escapeSnippet, item, plainSnippet } from './view.js';

interface SnippetPlace {
  readonly release: CephRelease;
  readonly style: ConfStyle;
  /** The section that the caret is in; null: none yet. */
  readonly section: string | null;
  /** A client that has no section of its own; null: none is known. */
  readonly client: string | null;
}

/** A value in the syntax of snippets; a name that the release does not know is left out. */
type Line = readonly [name: string, value: string];

/** What AppArmor's abstraction for libvirt's QEMU has to allow so that librbd can write a log and open a socket. */
const APPARMOR = [
  'capability mknod,',
  '/etc/ceph/ceph.conf r,',
  '/var/log/ceph/* rw,',
  '/var/run/ceph/** rw,',
] as const;
const APPARMOR_FILE = '/etc/apparmor.d/abstractions/libvirt-qemu';

export function confSnippets(place: SnippetPlace): readonly CompletionView[] {
  return [clientSection(place), observation(place)];
}

function clientSection(place: SnippetPlace): CompletionView {
  const client = `\${1:${escapeSnippet(place.client ?? 'libvirt')}}`;
  const lines: readonly Line[] = [
    ['keyring', `\${2:${escapeSnippet('/etc/ceph/$cluster.$name.keyring')}}`],
    ['rbd_cache', 'true'],
    ['rbd_cache_writethrough_until_flush', 'true'],
  ];
  return snippet(place, {
    label: l10n.t('section of a client'),
    filter: 'client section',
    detail: l10n.t('keyring, RBDCache on, write-through until the guest’s first flush'),
    name: 'client',
    body: [`[client.${client}]`, ...written(place, lines)],
    rank: 60,
  });
}

/** The log and the admin socket of each process, as one needs them to see what librbd really does. */
function observation(place: SnippetPlace): CompletionView {
  const known = metaVariables(place.release);
  const process = `$cluster-$type.$id${known.has('pid') ? '.$pid' : ''}`;
  const socket = `${process}${known.has('cctid') ? '.$cctid' : ''}`;
  const lines: readonly Line[] = [
    ['log_file', escapeSnippet(`/var/log/ceph/${process}.log`)],
    ['admin_socket', escapeSnippet(`/var/run/ceph/${socket}.asok`)],
    ['debug_rbd', '${1:20}'],
    ['debug_perfcounter', '${2:20}'],
  ];
  const reaches = place.section === 'global' || place.section === 'client' || place.section?.startsWith('client.');
  const comment = [
    `# QEMU must be allowed to write there. With AppArmor, ${APPARMOR_FILE} needs:`,
    ...APPARMOR.map((line) => `#   ${line}`),
    '# Then: ceph --admin-daemon /var/run/ceph/NAME.asok config show',
  ].map(escapeSnippet);
  return snippet(place, {
    label: l10n.t('log and admin socket'),
    filter: 'log and admin socket',
    detail: l10n.t('of each QEMU process, with what AppArmor must allow'),
    name: 'observe',
    body: [...(reaches === true ? [] : ['[client]']), ...comment, ...written(place, lines)],
    rank: 61,
  });
}

function written({ release, style }: SnippetPlace, lines: readonly Line[]): readonly string[] {
  return lines
    .filter(([name]) => cephOption(release, name) !== undefined)
    .map(([name, value]) => `${spelled(name, style)}${style.equals}${value}`);
}

function snippet(
  { style }: SnippetPlace,
  {
    body,
    name,
    ...rest
  }: Pick<CompletionView, 'label' | 'filter' | 'detail' | 'rank'> & {
    readonly name: string;
    readonly body: readonly string[];
  },
): CompletionView {
  const text = body.join(style.lineEnd);
  return item({
    ...rest,
    kind: 'snippet',
    newText: plainSnippet(text),
    snippet: text,
    topic: { about: 'snippet', name },
  });
}
