/** Which options bear on a client's disk; all others are the daemons' business. */
const CLIENT_PREFIXES: readonly string[] = ['rbd_', 'rados_', 'objecter_', 'objectcacher_'];
const CLIENT_OPTIONS: ReadonlySet<string> = new Set([
  'admin_socket',
  'auth_client_required',
  'auth_supported',
  'client_mount_timeout',
  'key',
  'keyfile',
  'keyring',
  'log_file',
  'mon_host',
]);

export function isClientOption(name: string): boolean {
  return CLIENT_OPTIONS.has(name) || CLIENT_PREFIXES.some((prefix) => name.startsWith(prefix));
}

/** Options of clients that are no matter of who connects and where: keyrings, sockets and logs differ by client on purpose. */
export function bearsOnDisks(name: string): boolean {
  return CLIENT_PREFIXES.some((prefix) => name.startsWith(prefix));
}
