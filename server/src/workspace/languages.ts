/** Which kind of document an address and a client's language id speak of. */
import { baseName } from './address.js';

export type DocumentKind = 'ceph-conf' | 'qemu-cmdline' | 'shellscript';

const BY_LANGUAGE: ReadonlyMap<string, DocumentKind> = new Map([
  ['ceph-conf', 'ceph-conf'],
  ['cephconf', 'ceph-conf'],
  ['qemu-cmdline', 'qemu-cmdline'],
  ['shellscript', 'shellscript'],
  ['shell', 'shellscript'],
  ['sh', 'shellscript'],
  ['bash', 'shellscript'],
  ['zsh', 'shellscript'],
  ['ksh', 'shellscript'],
]);

/** The language id decides, else the name; null for a document that is none of ours. */
export function documentKind(address: string, language: string | null): DocumentKind | null {
  const named = language === null ? undefined : BY_LANGUAGE.get(language.toLowerCase());
  return named ?? kindByName(address);
}

/** By the name alone: `ceph.conf`, `*.ceph.conf`, `etc/ceph/*.conf`, `*.qemu`, `*.qemu-args`, `*.sh`. */
export function kindByName(address: string): DocumentKind | null {
  const name = baseName(address).toLowerCase();
  if (name === 'ceph.conf' || name.endsWith('.ceph.conf')) return 'ceph-conf';
  if (name.endsWith('.conf') && /\/etc\/ceph\/[^/]+$/.test(address)) return 'ceph-conf';
  if (name.endsWith('.qemu') || name.endsWith('.qemu-args')) return 'qemu-cmdline';
  if (name.endsWith('.sh') || name.endsWith('.bash')) return 'shellscript';
  return null;
}
