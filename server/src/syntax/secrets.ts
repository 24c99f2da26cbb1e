/** A cephx key as `ceph auth` prints it: 28 bytes in Base64, of which the first says `type 1`. */
export const CEPHX_KEY = /(?<![A-Za-z0-9+/])AQ[A-Za-z0-9+/]{30,60}={0,2}/g;

/** What stands in a secret's place. */
export const REDACTED = '•••';

/** The text without the keys in it: to be asked before a text is cut, since half a key is no longer known as one. */
export function withoutKeys(text: string): string {
  return text.replace(CEPHX_KEY, REDACTED);
}

/** True for an option of Ceph whose value is a secret, in any spelling: `key`, `rgw keystone admin password`. */
export function isSecretOption(name: string): boolean {
  return /(?:^|[^a-z0-9-])(?:key|password|passwd|token|secret)$/i.test(name.trim());
}
