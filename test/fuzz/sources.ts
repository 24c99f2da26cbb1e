/** Texts to start from: the samples, what the rules are tried on, and shapes that have broken parsers before. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export type SourceKind = 'conf' | 'command';

export interface Source {
  readonly name: string;
  readonly kind: SourceKind;
  readonly text: string;
}

/** `root` is the checkout. In the order of their names, so that a seed means the same everywhere. */
export function loadSources(root: string): readonly Source[] {
  return [...sampleSources(root), ...ruleSources(root), ...OWN_SOURCES];
}

export function kindOf(text: string): SourceKind {
  return /(?:^|\s)['"]?-(?:drive|blockdev|device|object|hda)\b|\brbd:|qemu-system-|\bkvm\b/.test(text) &&
    !/^\s*\[[^\]\n]*\]/m.test(text)
    ? 'command'
    : 'conf';
}

function sampleSources(root: string): Source[] {
  return filesIn(join(root, 'samples'), /\.(?:conf|sh|qemu|qemu-args)$/).map((path) => ({
    name: path.slice(root.length + 1),
    kind: path.endsWith('.conf') ? 'conf' : 'command',
    text: readFileSync(path, 'utf8'),
  }));
}

const STRING = /'((?:[^'\\\n]|\\.)*)'|`((?:[^`\\]|\\.)*)`/gs;
const LOOKS_LIKE_INPUT = /=|-drive|-blockdev|rbd:|^\[/;

/** Every string of the rules' tests that looks like a ceph.conf or a drive, without its marks. */
function ruleSources(root: string): Source[] {
  const sources = new Map<string, Source>();
  for (const path of filesIn(join(root, 'test', 'unit', 'rules'), /\.ts$/)) {
    const code = readFileSync(path, 'utf8').replace(/^import .*$/gm, '');
    for (const [, single, template] of code.matchAll(STRING)) {
      const text = unescapeLiteral(single ?? template ?? '').replace(/[⟦⟧]/g, '');
      if (text.length < 12 || !LOOKS_LIKE_INPUT.test(text) || sources.has(text)) continue;
      const name = `${path.slice(root.length + 1)}#${sources.size}`;
      sources.set(text, { name, kind: kindOf(text), text });
    }
  }
  return [...sources.values()];
}

const NAMED_ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  f: '\f',
  v: '\v',
  b: '\b',
  0: '\0',
};

function unescapeLiteral(literal: string): string {
  return literal.replace(/\\(?:u\{([0-9a-f]+)\}|u([0-9a-f]{4})|x([0-9a-f]{2})|(.))/gis, (_, braced, four, two, one) => {
    const code = braced ?? four ?? two;
    if (code !== undefined) return String.fromCodePoint(Number.parseInt(code, 16));
    return NAMED_ESCAPES[one] ?? one;
  });
}

function filesIn(folder: string, name: RegExp): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && name.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

const command = (name: string, text: string): Source => ({ name, kind: 'command', text });
const conf = (name: string, text: string): Source => ({ name, kind: 'conf', text });

const OWN_SOURCES: readonly Source[] = [
  command(
    'options of each kind',
    'CEPH_ARGS="--rbd-cache=false" qemu-system-x86_64 -object secret,id=s0,data=c2VjcmV0,format=base64 -drive \'file=rbd:p/n/i@s:id=u:conf=/etc/ceph/ceph.conf:rbd_cache_size=64M,if=virtio,format=raw,cache=writeback,cache.direct=off,discard=unmap,detect-zeroes=unmap,aio=native,werror=stop,readonly=on\' -snapshot\n',
  ),
  command(
    'json names',
    'kvm -drive \'json:{"driver":"raw","file":{"driver":"rbd","pool":"p","image":"i","server":[{"host":"::1","port":"6789"}],"cache":{"direct":true}}}\' -blockdev \'{"driver":"rbd","node-name":"n","pool":"p","image":"i","auth-client-required":["cephx"]}\'\n',
  ),
  command(
    'dotted members',
    'qemu-kvm -drive file.driver=rbd,file.pool=p,file.image=i,file.server.0.host=h,file.server.0.port=1,cache.no-flush=on -blockdev driver=raw,node-name=a,file=n -hda rbd:p/i:id=x\n',
  ),
  command(
    'a script',
    '#!/bin/bash\n# rbdcache: qemu=2.2 librbd=0.87\nfor d in a b; do\n  sudo -u q env A=1 qemu-system-x86_64 -drive "file=rbd:$pool/${d}:id=$(id -un):mon_host=a\\\\;b,cache=${mode:-none}" \\\n    -drive file=rbd:p/{a,b}\\:c,format=raw & \ndone <<EOT\nqemu-kvm -drive file=rbd:p/i\nEOT\n',
  ),
  command(
    'a log',
    '2016-03-01 12:00:00.000+0000: starting up libvirt version: 1.2.2\nLC_ALL=C /usr/bin/qemu-system-x86_64 -name vm \\\n-drive file=rbd:volumes/v:id=cinder:auth_supported=cephx\\;none:mon_host=a\\:6789,if=none,id=d0,cache=none\n2016-03-01T12:00:01Z qemu-kvm: warning: x\n',
  ),
  conf(
    'lines of each kind',
    '; c\n[global]\n\trbd cache = "true" # c\nmon_host=[v2:10.0.0.1:3300,v1:10.0.0.1:6789]\nlog file = /var/log/$cluster-$name.$pid.log ; c\nkey with \\\n  join = va\\;lue \\\n and more\n[client.a b]\nrbd_cache_size = 64M\n= x\n[mon\nadmin socket = \'a"b\'\n!rbdcache\n# rbdcache-disable-next-line conf-unknown-option -- why\nrbd_cash = 1\n# rbdcache: librbd=14.2\nlast = 1',
  ),
];
