/** The addresses of a `mon_host`, so that two spellings of one list compare as equal. */

const DEFAULT_PORTS: ReadonlySet<string> = new Set(['6789', '3300']);

/**
 * Addresses without types, nonces and default ports; null where a name stands among them, which may be any address, or
 * where nothing stands there.
 */
export function monitors(written: string): ReadonlySet<string> | null {
  const found = new Set<string>();
  for (const part of written.split(/[,;\s]+/)) {
    const bare = part
      .replace(/^\[(?=v[12]:)/, '')
      .replace(/^(?:v[12]|any):/, '')
      .replace(/\]$/, (end) => (/^\[[0-9a-f:.]+\]$/i.test(part) ? end : ''));
    if (bare === '') continue;
    const address = addressOf(bare.replace(/\/\d+$/, ''));
    if (address === null) return null;
    found.add(address);
  }
  return found.size === 0 ? null : found;
}

function addressOf(text: string): string | null {
  const v4 = /^(\d{1,3}(?:\.\d{1,3}){3})(?::(\d+))?$/.exec(text);
  const v6 =
    /^\[([0-9a-f:.]+)\](?::(\d+))?$/i.exec(text) ??
    (/^[0-9a-f]*:[0-9a-f:.]*:[0-9a-f.]*$/i.test(text) ? [text, text, undefined] : null);
  const match = v4 ?? v6;
  const host = match?.[1];
  if (host === undefined) return null;
  const port = match?.[2];
  return port === undefined || DEFAULT_PORTS.has(port) ? host.toLowerCase() : `${host.toLowerCase()}:${port}`;
}
