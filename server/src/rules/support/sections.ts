/** What the sections of a ceph.conf are for. */

const PROGRAM_TYPES: ReadonlySet<string> = new Set(['global', 'client', 'mon', 'osd', 'mds', 'mgr']);

/** `client` of `client.cinder`. */
export function sectionType(name: string): string {
  const dot = name.indexOf('.');
  return dot < 0 ? name : name.slice(0, dot);
}

/** True for the sections that Ceph's own programs read; other names belong to scripts and deploy tools. */
export function isCephSection(name: string): boolean {
  return PROGRAM_TYPES.has(sectionType(name));
}

/** True for the sections that some client reads: `[global]`, `[client]`, `[client.x]`. */
export function isClientSection(name: string): boolean {
  return name === 'global' || name === 'client' || name.startsWith('client.');
}
