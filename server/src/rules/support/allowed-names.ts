/** Names of options that the user vouches for. */

/**
 * Tells whether a key, as Ceph stores it, is on the list. Entries may be spelt with blanks; one that ends in `*` stands for
 * all names that begin so.
 */
export function allowedNames(entries: readonly string[]): (key: string) => boolean {
  if (entries.length === 0) return () => false;
  const names = new Set<string>();
  const beginnings: string[] = [];
  for (const entry of entries) {
    const name = entry.trim().replace(/\s+/g, '_');
    if (name.endsWith('*')) beginnings.push(name.slice(0, -1));
    else names.add(name);
  }
  return (key) => names.has(key) || beginnings.some((beginning) => key.startsWith(beginning));
}
