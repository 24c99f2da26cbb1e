import { Readable, Writable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { createConnection } from 'vscode-languageserver/node';
import { redact, secretsIn, shownValue } from '../../server/src/features/redact.js';
import { guard } from '../../server/src/lsp/guard.js';
import { code } from '../../server/src/rules/support/shown.js';
import { isSecretOption, REDACTED } from '../../server/src/syntax/secrets.js';

const KEY = 'AQBc4vtV+JywHhAAqX8N+M69PhIJuUzf1mqNAg==';

describe('a secret is replaced', () => {
  test.each([
    [
      'in a drive string',
      `file=rbd:p/i:id=cinder:key=${KEY}:auth_supported=none,if=none`,
      `file=rbd:p/i:id=cinder:key=•••:auth_supported=none,if=none`,
    ],
    ['short and without the shape of a key', 'rbd:p/i:key=CANARY:id=x', 'rbd:p/i:key=•••:id=x'],
    ['with escapes in it', 'rbd:p/i:key=CAN\\:ARY\\=:id=x', 'rbd:p/i:key=•••:id=x'],
    ['at the end, before a comma', 'file=rbd:p/i:key=CANARY,format=raw', 'file=rbd:p/i:key=•••,format=raw'],
    ['in quotes', '-drive "file=rbd:p/i:key=CANARY"', '-drive "file=rbd:p/i:key=•••"'],
    [
      'in a ceph.conf',
      '[client]\n\tkey = CANARY with blanks\nrbd cache = true',
      '[client]\n\tkey = •••\nrbd cache = true',
    ],
    ['in a keyring', `[client.admin]\n  key=${KEY}\n`, '[client.admin]\n  key=•••\n'],
    ['a password of another part of Ceph', 'rgw keystone admin password = CANARY', 'rgw keystone admin password = •••'],
    [
      'a secret object',
      '-object secret,id=sec0,data=CANARY,format=base64',
      '-object secret,id=sec0,data=•••,format=base64',
    ],
    ['a secret object, turned round', 'data=CANARY,qom-type=secret', 'data=•••,qom-type=secret'],
    [
      'a secret object in JSON',
      '{"qom-type":"secret","id":"s","data":"CANARY"}',
      '{"qom-type":"secret","id":"s","data":"•••"}',
    ],
    ['JSON in a shell string', '"{\\"key\\":\\"CANARY\\",\\"a\\":1}"', '"{\\"key\\":\\"•••\\",\\"a\\":1}"'],
    [
      'an option of another part of Ceph',
      'rbd:p/i:rgw_keystone_admin_password=CANARY:id=x',
      'rbd:p/i:rgw_keystone_admin_password=•••:id=x',
    ],
    ['in CEPH_ARGS', "CEPH_ARGS='--id u --key=CANARY' kvm", "CEPH_ARGS='--id u --key=•••' kvm"],
    ['in CEPH_ARGS, behind a blank', 'CEPH_ARGS="--key CANARY --id u" kvm', 'CEPH_ARGS="--key ••• --id u" kvm'],
    ["QEMU's complaint about it", "Base64 data 'CAN'ARY' is not valid", "Base64 data '•••' is not valid"],
    ['an assignment of a shell', 'A=1 CEPH_SECRET=CANARY kvm', 'A=1 CEPH_SECRET=••• kvm'],
    ['an assignment in quotes', "export CEPH_KEY='CANARY'", 'export CEPH_KEY=•••'],
    ['on a joined line', 'key = \\\n  CANARY\nrbd cache = true', 'key = \\\n  •••\nrbd cache = true'],
    ['on lines joined further', 'key \\\n = CAN\\\nARY\nx = 1', 'key \\\n = •••\nx = 1'],
    ['broken in a script', 'file=rbd:p/i:key=\\\nCANARY:id=x', 'file=rbd:p/i:key=\\\n•••:id=x'],
    ['in a comment', '# was: key = CANARY, until May', '# was: key = •••, until May'],
    ['a password', 'drive,password=CANARY,x=1', 'drive,password=•••,x=1'],
    ['alone in a sentence', `the key ${KEY} is readable`, 'the key ••• is readable'],
    ['two of them', 'a:key=CANARY:b:key=CANARY', 'a:key=•••:b:key=•••'],
  ])('%s', (_, text, clean) => {
    expect(redact(text)).toBe(clean);
    expect(redact(clean)).toBe(clean);
  });
});

test.each([
  'keyring=/etc/ceph/ceph.client.cinder.keyring',
  'key-secret=sec0,password-secret=sec1',
  'keyfile = /etc/ceph/key',
  'this line cannot be read as key = value',
  'monkey=1',
  '-drive file=data=x',
  'rbd:volumes/volume-512c91d8-a4da-4dcf-b5aa-ef43cf25cb3a',
])('%s is no secret', (text) => {
  expect(redact(text)).toBe(text);
});

test.each([
  ['rbd:p/i:key=CANARY:id=x', ['CANARY']],
  ['[client]\nkey = CANARY with blanks\nrbd cache = true', ['CANARY with blanks']],
  [`the key ${KEY}, and {"password":"CANARY"}`, ['CANARY', KEY]],
  ["key = 'c4n4rY-s3cr3t' ; old", ["'c4n4rY-s3cr3t' ; old", 'c4n4rY-s3cr3t']],
  ['key=abc', []],
  ['nothing of the kind', []],
])('the secrets in %s', (text, secrets) => {
  expect(secretsIn(text)).toEqual(secrets);
});

test('what an error says of a text is clean in the log', async () => {
  const log: string[] = [];
  const connection = createConnection(new Readable({ read: () => undefined }), new Writable());
  connection.console.error = (message) => void log.push(message);
  const answer = guard(connection, () => Promise.resolve())('hover', () => {
    throw new Error(`cannot read rbd:p/i:key=CANARY and ${KEY}`);
  });
  expect(
    await answer(null, {
      isCancellationRequested: false,
      onCancellationRequested: () => ({ dispose: () => undefined }),
    }),
  ).toBeNull();
  expect(log.join('\n')).toContain('hover: Error: cannot read rbd:p/i:key=••• and •••');
  expect(log.join('\n')).not.toMatch(/CANARY|AQBc4/);
});

/** Whatever costs more than its length would take minutes here: the test's own time limit tells. */
test.each([
  'secret '.repeat(150_000),
  'key key '.repeat(150_000),
  'a '.repeat(500_000),
  '"key":"'.repeat(150_000),
  'data= '.repeat(150_000),
  '--key '.repeat(150_000),
  'key a_'.repeat(150_000),
  `,${'a'.repeat(500_000)}_${'a'.repeat(500_000)}`,
  "Base64 data '".repeat(80_000),
  'key \\\n'.repeat(150_000),
  `key = ${'\\\n'.repeat(400_000)}`,
  ':key=\\\n'.repeat(120_000),
])('long line %#', (text) => {
  expect(redact(text)).not.toBe('');
});

test.each([
  ['key', true],
  ['rgw keystone admin password', true],
  [',file.password', true],
  ['key-secret', false],
  ['keyring', false],
  ['rbd_cache', false],
])('the value of %s is a secret: %s', (name, secret) => {
  expect(isSecretOption(name)).toBe(secret);
  expect(shownValue(name, 'CANARY')).toBe(secret ? REDACTED : 'CANARY');
});

test('a name that is cut holds no half of a key', () => {
  expect(code(`${'a '.repeat(20)}${KEY}`)).toBe(`\`${'a '.repeat(20)}${REDACTED}\``);
});
