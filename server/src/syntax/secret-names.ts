/** True for an option of Ceph whose value is a secret, in any spelling: `key`, `rgw keystone admin password`. */
export function isSecretOption(name: string): boolean {
  return /(?:^|[^a-z0-9-])(?:key|password|passwd|token|secret)$/i.test(name.trim());
}
