/**
 * The one place that knows what a secret looks like. Every text that leaves a document (hover, diagnostic, report, log)
 * passes through {@link redact}; `explain --cases` alone gives back what its caller put in.
 *
 * Secrets are cephx keys in a drive string (`:key=…`), in a ceph.conf and in a keyring (`key = …`), the data of QEMU's
 * secret objects, passwords, and any text that is shaped like a cephx key. Names of files (`keyring=`) and of secret
 * objects (`key-secret=`) are none.
 */

import { CEPHX_KEY, isSecretOption, REDACTED, withoutKeys } from '../syntax/secrets.js';

const RULES: readonly RegExp[] = [
  // -object secret,id=s,data=…, in any order of its members.
  /(\bsecret\b[^\n]{0,400}?\bdata\s*=\s*)(?:,,|[^,\s"'])+/g,
  /(\bdata\s*=\s*)(?:,,|[^,\s"'])+(?=[^\n]{0,400}?\bsecret\b)/g,
  // QEMU's complaint about the data of a secret object.
  /(Base64 data ')(?:(?!' is not valid)[^\n])+/g,
  // JSON, also inside a shell's double quotes.
  /(\\?["'](?:key|password|passwd|data)\\?["']\s*:\s*\\?["'])(?:\\(?!["'])[^\n]|[^"'\\\n])*/gi,
  // A line of a ceph.conf or a keyring, up to its end, joined lines included.
  /(^[^\S\r\n\u2028\u2029]*(?:[a-z0-9]+[ \t_]+){0,8}(?:key|password|passwd|token|secret)(?:[^\S\n]|\\\r?\n)*=(?:[^\S\n]|\\\r?\n)*)(?!value\b)[^\s](?:\\\r?\n|[^\n])*/gim,
  // `--key=…` and `--key …` in CEPH_ARGS.
  /(--(?:key|password)(?:=|[ \t]+)(?:\\\r?\n[ \t]*)?)(?!-)[^\s"'`]+/gi,
  // A part of a drive string or an assignment of a shell, up to its end.
  /([\s:,;"'`{[(.&](?:[a-z0-9]+[_ ]){0,8}(?:key|password|passwd|passphrase|token|secret)\s*=(?:[^\S\n]|\\\r?\n)*\\?["']?)(?!value\b)(?:\\\r?\n|\\[^\n]|,,|[^\s:,;"'`\\)\]}])+/gi,
];

/** What each of the rules looks for a part of: most texts hold none of it. */
const MAY_HOLD_SECRET = /key|pass|token|secret|data|aq/i;

/** The text with each secret replaced. */
export function redact(text: string): string {
  if (!MAY_HOLD_SECRET.test(text)) return text;
  let clean = text;
  for (const rule of RULES) clean = clean.replace(rule, `$1${REDACTED}`);
  return withoutKeys(clean);
}

/** The secrets that {@link redact} would replace; very short ones, which other words may hold by chance, are left out. */
export function secretsIn(text: string): readonly string[] {
  if (!MAY_HOLD_SECRET.test(text)) return [];
  const secrets = new Set<string>();
  let rest = text;
  for (const rule of RULES) {
    for (const [whole, before = ''] of rest.matchAll(rule)) {
      const secret = whole.slice(before.length).trim();
      secrets.add(secret);
      // Where a rule takes all up to the line's end, the secret is one of the words.
      for (const word of secret.split(/[\s"'`;#]+/)) if (word.length >= LIKELY) secrets.add(word);
    }
    rest = rest.replace(rule, `$1${REDACTED}`);
  }
  for (const [key] of rest.matchAll(CEPHX_KEY)) secrets.add(key);
  return [...secrets].filter((secret) => secret.length >= SHORTEST && !secret.startsWith(REDACTED));
}

const SHORTEST = 4;
/** A word of so many characters is no word of a language that stands in an edit by chance. */
const LIKELY = 8;

/** An option's value as it may be shown: a text that stands alone does not tell by its shape that it is a secret. */
export function shownValue(option: string, value: string): string {
  return isSecretOption(option) && value !== '' ? REDACTED : redact(value);
}
