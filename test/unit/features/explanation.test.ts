import { describe, expect, test } from 'vitest';
import { anonymised } from '../../../server/src/features/explanation/anonymise.js';
import {
  type ExplainedDrive,
  explanation,
  forBugReport,
} from '../../../server/src/features/explanation/explanation.js';
import { driveLinks } from '../../../server/src/features/links.js';
import { PAIRS } from '../../fuzz/everything.js';
import { COMMAND, CONF, LINKER, seen } from './seen.js';

type Pair = (typeof PAIRS)[number];

/** The first drive of a command, with the way to see it in other releases. */
function explained(
  documents: Readonly<Record<string, string>>,
  pair: Pair,
): ExplainedDrive & { links: ReturnType<typeof driveLinks> } {
  const { analysis } = seen(documents, pair);
  if (analysis.kind !== 'command') throw new Error('there is no command');
  const [found] = analysis.commands;
  const [trace] = found?.trace.drives ?? [];
  if (found === undefined || trace === undefined) throw new Error('there is no drive');
  const { text, program } = found.command;
  return {
    trace,
    text,
    releases: analysis.releases,
    inReleases: (other) => found.inReleases(other, trace.syntax.argument),
    program: text.slice(program.start, program.end),
    guessedRoot: null,
    links: driveLinks({ address: analysis.address, base: found.base }, LINKER),
  };
}

const COMPUTE = {
  [COMMAND]: '/usr/bin/qemu-kvm -drive file=rbd:vms/web:id=cinder,format=raw,cache=writeback,id=d1\n',
  [CONF]: '[global]\nrbd cache = true\nlog file = /var/log/x.log\n[client]\nadmin socket = /run/ceph/$name.$pid.asok\n',
};

test('the whole document: the answer, a crash, the sources, the calls, newer releases, what is assumed', () => {
  const drive = explained(COMPUTE, ['2.2', '0.87']);
  expect(explanation(drive, drive.links)).toMatchInlineSnapshot(`
    "# d1 (vms/web)

    RBDCache **on**, write-through until the guest's first flush — QEMU 2.2, librbd 0.87

    - **Decided by**: [\`rbd cache = true\`](file:///w/etc/ceph/ceph.conf#9) in \\[global\\]; it beats [\`cache=writeback\`](file:///w/vm.qemu#63), because it is set last
    - **Guest**: sees a write cache and has to flush it.
    - **Sizes**: 32 MiB cache, 24 MiB dirty at most, 16 MiB target dirty, written back after 1 s
    - **ceph.conf**: [\`/etc/ceph/ceph.conf\`](file:///w/etc/ceph/ceph.conf#0).

    ## What a crash costs: flush-safe

    1. The guest writes: before its first flush it is told when the cluster has the write, after that as soon as librbd has it in memory, for up to 24 MiB.
    2. librbd sends it to the cluster after 1 s, or sooner where more than 16 MiB wait.
    3. The guest flushes: it waits until the cluster has all that it wrote before.
    4. The host dies: up to 24 MiB are lost of what the guest wrote since its last flush. A guest that never flushes loses nothing.

    ## Who says what

    The weakest source first.

    ### \`rbd_cache\`

    1. Default: \`true\`, librbd 0.87
    2. Monitors' database: no such source in librbd 0.87
    3. Set by QEMU: \`true\`, [\`cache=writeback\`](file:///w/vm.qemu#63)
    4. Environment: no such source in librbd 0.87
    5. In the drive's name: says nothing
    6. **File: \`true\`**, in force, [\`/etc/ceph/ceph.conf:2, [global]\`](file:///w/etc/ceph/ceph.conf#9)
    7. Pool: no such source in librbd 0.87
    8. Image: no such source in librbd 0.87

    ### Other options that are set

    - [\`admin socket = /run/ceph/$name.$pid.asok\`](file:///w/etc/ceph/ceph.conf#61) in \\[client\\]
    - [\`log file = /var/log/x.log\`](file:///w/etc/ceph/ceph.conf#26) in \\[global\\]

    ## What QEMU does

    \`\`\`
    rados_create(cinder)
    rados_conf_set(rbd_cache, true) = 0
    rados_conf_read_file(NULL) = 0
    rados_connect()
    \`\`\`

    ## What newer releases change

    - No newer QEMU that is known changes anything.
    - **librbd 15.2**: Reads: cached → not cached, Target dirty: 16 MiB → –, Written back after: 1 s → –, Size: 32 MiB → –. librbd 0.87 knows no rbd\\_cache\\_policy; in librbd 15.2 it is writearound.

    ## What this assumes, and how to check it

    - QEMU loads librbd 0.87.2: what is installed on the host counts, not the cluster's release.

      \`\`\`sh
      /usr/bin/qemu-kvm --version
      ldd "$(command -v /usr/bin/qemu-kvm)" /usr/lib*/qemu*/block-rbd.so /usr/lib/*/qemu/block-rbd.so 2>/dev/null | grep -o '/[^ ]*librbd[^ ]*' | sort -u
      dpkg-query -W librbd1 2>/dev/null || rpm -q librbd1
      \`\`\`

    - A change of ceph.conf counts only when the disk is attached again or the VM is restarted.
    - A running QEMU tells by its admin socket what it has in force, without what the image or its pool override:

      \`\`\`sh
      for socket in /run/ceph/client.cinder.*.asok; do ceph --admin-daemon "$socket" config show | grep '"rbd_cache'; done
      \`\`\`
    "
  `);
});

test('on a host of today the commands are those of its releases, as the drive’s client', () => {
  const drive = explained(
    {
      [COMMAND]:
        '/usr/libexec/qemu-kvm -blockdev driver=rbd,node-name=n,pool=vms,image=web,user=libvirt,conf=/etc/ceph/ceph.conf,cache.direct=off\n',
      [CONF]: '[global]\n',
    },
    ['7.2', '16.2'],
  );
  const checks = explanation(drive, drive.links).split('## What this assumes')[1];
  expect(checks).toMatchInlineSnapshot(`
    ", and how to check it

    - QEMU loads librbd 16.2.15: what is installed on the host counts, not the cluster's release.

      \`\`\`sh
      /usr/libexec/qemu-kvm --version
      ldd "$(command -v /usr/libexec/qemu-kvm)" /usr/lib*/qemu*/block-rbd.so /usr/lib/*/qemu/block-rbd.so 2>/dev/null | grep -o '/[^ ]*librbd[^ ]*' | sort -u
      dpkg-query -W librbd1 2>/dev/null || rpm -q librbd1
      \`\`\`

    - Neither the image nor its pool overrides an \`rbd_…\` option (\`rbd config image list\`, \`rbd config pool list\`): that would beat everything here.

      \`\`\`sh
      rbd --id libvirt --conf /etc/ceph/ceph.conf config image list vms/web | grep -v ' config *$'
      rbd --id libvirt --conf /etc/ceph/ceph.conf config pool list vms | grep -v ' config *$'
      \`\`\`

    - The monitors' database (\`ceph config\`) leaves \`rbd_cache_policy\`, \`rbd_cache_writethrough_until_flush\`, \`rbd_cache_size\`, \`rbd_cache_max_dirty\`, \`rbd_cache_target_dirty\`, \`rbd_cache_max_dirty_age\` at the default; it loses to a file.

      \`\`\`sh
      ceph config get client.libvirt
      \`\`\`

    - \`CEPH_ARGS\` in QEMU's environment sets none of these options; it would beat a file.

      \`\`\`sh
      for pid in $(pgrep -f '(qemu|kvm).*web'); do tr '\\0' '\\n' < "/proc/$pid/environ" | grep '^CEPH'; done
      \`\`\`

    - A change of ceph.conf counts only when the disk is attached again or the VM is restarted.
    - A running QEMU tells by its admin socket what it has in force. This drive has none: \`admin socket\` in \`[client]\` would give it one.
    "
  `);
});

describe('what is said of newer releases', () => {
  const next = (documents: Readonly<Record<string, string>>, pair: Pair): string =>
    /## What newer releases change\n\n([\s\S]*?)(?=\n\n##|$)/.exec(
      explanation(explained(documents, pair), () => null),
    )?.[1] ?? '';

  test('each step names what changes and why', () => {
    expect(
      next(
        { [COMMAND]: 'qemu-kvm -drive file=rbd:p/i,format=raw,cache=none\n', [CONF]: '[client]\nrbd cache = true\n' },
        ['2.2', '0.87'],
      ),
    ).toMatchInlineSnapshot(`
      "- **QEMU 2.4**: RBDCache: on → off, A crash: flush-safe → safe. rbd\\_cache was decided by rbd cache = true in \\[client\\], and is decided by cache=none.
      - **librbd 13.2**: RBDCache: on → off, A crash: flush-safe → safe. rbd\\_cache was decided by rbd cache = true in \\[client\\], and is decided by cache=none."
    `);
  });
  test('for the newest ones nothing is known', () => {
    expect(next({ [COMMAND]: 'qemu-kvm -drive file=rbd:p/i,format=raw\n' }, ['11.1', '20.2'])).toBe(
      '- No newer QEMU is known.\n- No newer librbd is known.',
    );
  });
});

test('a drive that QEMU refuses has no crash and assumes nothing', () => {
  const drive = explained({ [COMMAND]: 'qemu-kvm -drive file=rbd:p/i,format=raw,cache=often\n' }, ['7.2', '16.2']);
  const text = explanation(drive, drive.links);
  expect(text).toMatch(/^# p\/i\n\nQEMU 7\.2 \*\*refuses this drive\*\*: `invalid cache option`/);
  expect(text).not.toMatch(/crash costs|What this assumes/);
});

test('nothing is said twice', () => {
  for (const pair of [
    ['2.2', '0.87'],
    ['7.2', '16.2'],
    ['11.1', '20.2'],
  ] as const) {
    const drive = explained(COMPUTE, pair);
    const sentences = explanation(drive, drive.links)
      .split('\n')
      .filter((line) => /^(?:\d\.|-| {2}-) /.test(line));
    expect(new Set(sentences).size, sentences.join('\n')).toBe(sentences.length);
  }
});

describe('the copy for a bug report', () => {
  const NAMES = {
    [COMMAND]:
      'qemu-kvm -drive file=rbd:customers/acme_db-7@may-9:id=acme:key=AQBc4vtVJywHhAAqX8NM69PhIJuUzf1mqNAgAA:' +
      'keyring=/home/alice/k:conf=/etc/ceph/acme.conf:mon_host=mon1.acme.example\\:6789\\;192.0.2.7,format=raw,cache=none,id=acme-disk0\n',
    [CONF]: '[global]\n',
    'file:///w/etc/ceph/acme.conf':
      '[client.acme]\nfsid = 5f2c9a1e-7f0b-4c52-9f0e-2d1c6b7a8e90\nmon host = [v2:192.0.2.7:3300,v1:mon2.acme.example:6789]\n',
  };
  const copy = (): string => {
    const drive = explained(NAMES, ['7.2', '16.2']);
    return anonymised(forBugReport(drive), [drive.trace]);
  };

  test('holds no name, address, identifier, secret or link', () => {
    expect(copy()).not.toMatch(/acme|alice|customers|may-9|192\.0\.2|5f2c9a1e|AQBc|mon[12]|file:/);
  });
  test('keeps what another person needs to see it again', () => {
    const text = copy();
    expect(text).toMatch(/^# DRIVE \(POOL\/IMAGE@SNAPSHOT\)\n/);
    expect(text).toContain('rbd:POOL/IMAGE@SNAPSHOT:id=CLIENT:key=•••:keyring=/home/USER/k:conf=/etc/ceph/CLIENT.conf');
    expect(text).toContain('rados_create(CLIENT)');
    expect(text).toContain('cache=none');
  });
  test('of a drive that QEMU refuses, too', () => {
    const refused = { [COMMAND]: NAMES[COMMAND].replace('cache=none', 'cache=acme') };
    const drive = explained(refused, ['7.2', '16.2']);
    const text = anonymised(forBugReport(drive), [drive.trace]);
    expect(text).toContain('**refuses this drive**');
    expect(text).not.toMatch(/alice|customers|may-9|192\.0\.2|AQBc|mon[12]|file:/);
  });
  test('names that are words of ours leave the words alone', () => {
    const drive = explained({ [COMMAND]: 'qemu-kvm -drive file=rbd:rbd/cache:id=guest,format=raw,cache=none\n' }, [
      '7.2',
      '16.2',
    ]);
    const text = anonymised(forBugReport(drive), [drive.trace]);
    expect(text).toContain('- **Guest**: sees a write cache and has to flush it.');
    expect(text).toContain('The guest writes:');
    expect(text).toContain('client.CLIENT');
  });
});

describe('whatever the names are', () => {
  const HOSTILE = [
    'rbd:p`o/i|m',
    'rbd:[p](x)/*i*',
    'rbd:$POOL/$IMAGE',
    "rbd:p/it's",
    'rbd:p/i@a(b)c:id=x_y_z',
    'rbd:p/-rf',
    'rbd:\u202Ep/i\u2028x',
    'rbd:p/',
    'rbd:',
    `rbd:${'p'.repeat(300)}/${'i'.repeat(300)}`,
  ];

  test.each(PAIRS.map((pair) => [pair.join(' '), pair] as const))(
    '%s: each document is whole, each command a line',
    (_, pair) => {
      for (const name of HOSTILE) {
        const { analysis } = seen({ [COMMAND]: `qemu-kvm -drive 'file=${name},format=raw,cache=none'\n` }, pair);
        if (analysis.kind !== 'command' || analysis.commands.every(({ trace }) => trace.drives.length === 0)) continue;
        const drive = explained({ [COMMAND]: analysis.text, [CONF]: '[client]\nrbd cache = true\n' }, pair);
        const text = explanation(drive, drive.links);
        const fences = text.split('\n').filter((line) => /^ *```/.test(line));
        expect(fences.length % 2, text).toBe(0);
        expect(text.split('\n')[0]).toMatch(/^# \S/);
        expect(text).not.toMatch(/[\u202E\u2028\uFFFC]|undefined|\[object/);
        expect(anonymised(forBugReport(drive), [drive.trace])).not.toMatch(/undefined|\[object/);
      }
    },
  );

  test('a name is one word of the shell in each command', () => {
    const drive = explained({ [COMMAND]: `qemu-kvm -drive "file=rbd:p/it's;reboot:id=a b,format=raw"\n` }, [
      '7.2',
      '16.2',
    ]);
    const text = explanation(drive, drive.links);
    expect(text).toContain(`rbd --id 'a b' config image list 'p/it'\\''s;reboot' | grep`);
    expect(text).toContain(`pgrep -f '(qemu|kvm).*it'\\''s;reboot'`);
  });
});
