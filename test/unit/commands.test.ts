import { describe, expect, it } from 'vitest';
import { findQemuCommands } from '../../server/src/syntax/commands.js';
import { UNKNOWN } from '../../server/src/syntax/mapped-text.js';

const U = UNKNOWN;

/** Each command as its program's text and arguments. */
function found(text: string, language: 'shellscript' | 'qemu-cmdline'): string[][] {
  return findQemuCommands(text, language).map((command) => [
    command.text.slice(command.program.start, command.program.end),
    ...command.args.map((arg) => arg.text),
  ]);
}

describe('QEMU commands of a shell script', () => {
  const cases: [what: string, script: string, commands: string[][]][] = [
    ['by base name', '/usr/bin/qemu-system-x86_64 -m 1', [['/usr/bin/qemu-system-x86_64', '-m', '1']]],
    [
      'kvm and qemu-kvm',
      'kvm a\n/usr/libexec/qemu-kvm b',
      [
        ['kvm', 'a'],
        ['/usr/libexec/qemu-kvm', 'b'],
      ],
    ],
    ['unknown folder, unknown machine', '"$dir"/qemu-system-$arch a', [['"$dir"/qemu-system-$arch', 'a']]],
    ['not as an argument', 'echo qemu-kvm a; which kvm; modprobe kvm; pkill qemu-kvm', []],
    ['not another program', 'qemu-img info x; kvm-ok; qemu-system', []],
    ['not a variable', '$QEMU -drive a', []],
    ['behind sudo', 'sudo -E -u root --preserve-env=A X=1 kvm a', [['kvm', 'a']]],
    ['sudo in a cluster of options', 'sudo -nu root -- kvm a', [['kvm', 'a']]],
    ['sudo that starts nothing', 'sudo -l kvm', []],
    ['behind env', 'env -i -u A B=c D="e f" kvm a', [['kvm', 'a']]],
    ['behind exec', 'exec -a vm1 kvm a', [['kvm', 'a']]],
    ['command -v starts nothing', 'command -v kvm || command kvm a', [['kvm', 'a']]],
    ['behind numactl', 'numactl --cpunodebind 0 -m 0,1 kvm a', [['kvm', 'a']]],
    ['behind taskset', 'taskset -c 0-3 kvm a', [['kvm', 'a']]],
    ['behind nice, ionice, nohup', 'nohup nice -n 5 ionice -c2 -n 0 kvm a &', [['kvm', 'a']]],
    ['old nice', 'nice -10 kvm a', [['kvm', 'a']]],
    ['behind chroot, setsid, strace', 'chroot /srv setsid -f strace -f -o /tmp/x kvm a', [['kvm', 'a']]],
    [
      'behind time and timeout',
      'time -p kvm a; timeout -k 5 10m kvm b',
      [
        ['kvm', 'a'],
        ['kvm', 'b'],
      ],
    ],
    ['behind gdb', 'gdb -ex run --args kvm a', [['kvm', 'a']]],
    ['in a network namespace', 'ip netns exec blue kvm a', [['kvm', 'a']]],
    ['options that cannot be known', 'nice $NICE kvm a', [['kvm', 'a']]],
    ['with assignments', 'CEPH_CONF=/x A= kvm a', [['kvm', 'a']]],
    ['an assignment alone', 'A=kvm', []],
    ['several', 'kvm a; kvm b & kvm c|kvm d&&kvm e||kvm f', ['a', 'b', 'c', 'd', 'e', 'f'].map((x) => ['kvm', x])],
    ['reserved words', 'if kvm a; then kvm b; else kvm c; fi', ['a', 'b', 'c'].map((x) => ['kvm', x])],
    ['loops', 'while ! kvm a; do { kvm b; } done', ['a', 'b'].map((x) => ['kvm', x])],
    ['not in a for list', 'for x in qemu-kvm kvm; do :; done', []],
    ['arithmetic for', 'for ((i = 1; i << 2; i++)); do kvm a; done', [['kvm', 'a']]],
    ['subshell', '(cd /x && kvm a)', [['kvm', 'a']]],
    [
      'function',
      'kvm() { kvm a; }\nfunction vm { kvm b; }',
      [
        ['kvm', 'a'],
        ['kvm', 'b'],
      ],
    ],
    [
      'case',
      'case $x in kvm) kvm a;; qemu-kvm|(kvm) kvm b ;& *) kvm c; esac; kvm d',
      ['a', 'b', 'c', 'd'].map((x) => ['kvm', x]),
    ],
    ['condition', '[[ $a == b && kvm == $c || kvm < 2 ]] && kvm a', [['kvm', 'a']]],
    ['arithmetic', '(( x << 2 ))\nkvm $((1<<2))', [['kvm', U]]],
    ['old arithmetic', 'kvm a$[1 + 2]b', [['kvm', `a${U}b`]]],
    ['comments', '# kvm a\n: # kvm b\nkvm c#d # e', [['kvm', 'c#d']]],
    ['a comment joins nothing', '# a \\\nkvm b', [['kvm', 'b']]],
    [
      'joined lines',
      'kvm \\\n  a \\\n  b\\\nc\nkvm d',
      [
        ['kvm', 'a', 'bc'],
        ['kvm', 'd'],
      ],
    ],
    [
      'joined lines with CR LF',
      'kvm \\\r\n a\r\nkvm b\r\n',
      [
        ['kvm', 'a'],
        ['kvm', 'b'],
      ],
    ],
    ['redirections', 'kvm a >x 2>&1 < /dev/null b &>> y {fd}>z c 3>&- <<<d', [['kvm', 'a', 'b', 'c']]],
    [
      'process substitution',
      'kvm a <(kvm b) > >(kvm c)',
      [
        ['kvm', 'a', U],
        ['kvm', 'b'],
        ['kvm', 'c'],
      ],
    ],
    [
      'here-document',
      'cat <<EOF; kvm a\nkvm b\n EOF\nEOF\nkvm c',
      [
        ['kvm', 'a'],
        ['kvm', 'c'],
      ],
    ],
    ['here-documents', 'cat <<-"A B" <<\\C\nkvm\n\tA B\nkvm\nC\nkvm c', [['kvm', 'c']]],
    ['here-document that never ends', 'kvm a <<EOF\nkvm b', [['kvm', 'a']]],
    ['array', 'args=(\n  -drive x # )\n  kvm y\n)\nkvm "${args[@]}" b', [['kvm', U, 'b']]],
    ['array of an argument', 'declare -a x=(kvm a); kvm b', [['kvm', 'b']]],
    [
      'command substitution',
      'x=$(kvm a; echo "$(kvm b)") kvm c',
      [
        ['kvm', 'c'],
        ['kvm', 'a'],
        ['kvm', 'b'],
      ],
    ],
    ['backticks', 'x=`kvm a`', [['kvm', 'a']]],
    ['a string is no command', 'x="kvm a"; eval "kvm b"; sh -c \'kvm c\'', []],
    ['a string over lines', 'echo "\nkvm a\n"; kvm b', [['kvm', 'b']]],
    [
      'an open quote ends with its line',
      "echo \"oops\nkvm a\nkvm 'b c'\n",
      [
        ['kvm', 'a'],
        ['kvm', 'b c'],
      ],
    ],
    ['an open substitution ends with its line', 'x=$(echo\nkvm a', [['kvm', 'a']]],
    [
      'an open quote in the command',
      'kvm "a b\nkvm c',
      [
        ['kvm', 'a b'],
        ['kvm', 'c'],
      ],
    ],
    ['byte-order mark', '\uFEFFkvm a', [['kvm', 'a']]],
  ];
  it.each(cases)('%s', (_, script, commands) => {
    expect(found(script, 'shellscript')).toEqual(commands);
  });

  it('counts from the start of the command, so that it can be known by its text', () => {
    const [command] = findQemuCommands('x=1; A=b sudo kvm -m "$n" \'c d\' >log', 'shellscript');
    expect(command).toMatchObject({
      span: { start: 5, end: 31 },
      text: 'A=b sudo kvm -m "$n" \'c d\'',
      program: { start: 9, end: 12 },
    });
    expect(command?.environment.map(({ name, value, span }) => [name, value.text, span])).toEqual([
      ['A', 'b', { start: 0, end: 3 }],
    ]);
    expect(command?.args.map((arg) => arg.span())).toEqual([
      { start: 13, end: 15 },
      { start: 17, end: 19 },
      { start: 22, end: 25 },
    ]);
    expect(command?.words.map((word) => word.span)).toEqual([
      { start: 13, end: 15 },
      { start: 16, end: 20 },
      { start: 21, end: 26 },
    ]);
  });
});

describe('QEMU command lines of ps and libvirt', () => {
  const cases: [what: string, text: string, commands: string[][]][] = [
    ['one line', '/usr/bin/kvm -m 1 -drive file=a\\:b', [['/usr/bin/kvm', '-m', '1', '-drive', 'file=a\\:b']]],
    ['ps -ef', 'libvirt+ 42 1 5 Mar01 ? 00:10:00 qemu-system-x86_64 -m 1\n', [['qemu-system-x86_64', '-m', '1']]],
    [
      'ps, JSON as it is',
      'kvm -blockdev {"driver":"rbd","pool":"p"} -S',
      [['kvm', '-blockdev', '{"driver":"rbd","pool":"p"}', '-S']],
    ],
    [
      'ps, several processes',
      '1 ? kvm -m 1\n2 ? kvm -m 2\n',
      [
        ['kvm', '-m', '1'],
        ['kvm', '-m', '2'],
      ],
    ],
    ['libvirt, one line', 'LC_ALL=C PATH=/bin QEMU_AUDIO_DRV=none /usr/bin/kvm -S\n', [['/usr/bin/kvm', '-S']]],
    [
      'libvirt, a whole log',
      [
        '2016-03-01 12:00:00.000+0000: starting up libvirt version: 1.2.2, qemu version: 2.0.0, hostname: kvm',
        'LC_ALL=C \\',
        'QEMU_AUDIO_DRV=none \\',
        '/usr/bin/qemu-system-x86_64 \\',
        "-name 'guest=a b' \\",
        '-msg timestamp=on',
        'char device redirected to /dev/pts/2 (label charserial0)',
        "2016-03-01T12:00:01Z qemu-kvm: -drive file=rbd:a/b: Could not open 'rbd:a/b'",
        'qemu-system-x86_64: terminating on signal 15 from pid 1',
        '2016-03-01 13:00:00.000+0000: shutting down',
        '2016-03-02 12:00:00.000+0000: starting up',
        '/usr/bin/qemu-system-x86_64 -S',
      ].join('\n'),
      [
        ['/usr/bin/qemu-system-x86_64', '-name', 'guest=a b', '-msg', 'timestamp=on'],
        ['/usr/bin/qemu-system-x86_64', '-S'],
      ],
    ],
    ['a word over two lines', "kvm -a 'b\\\nc' -d e,\\\nf", [['kvm', '-a', 'bc', '-d', 'e,f']]],
    ['a blank behind the joining backslash', 'kvm \\ \n-a', [['kvm', '-a']]],
    ['arguments only', '-drive file=a\n# note\n\n-device b\n', [['', '-drive', 'file=a', '-device', 'b']]],
    ['a value on a line of its own', '-drive\nfile=a -S\nx\n', [['', '-drive', 'file=a', '-S', 'x']]],
    ['comments between joined lines', 'kvm -a \\\n# b \\\n-c', [['kvm', '-a', '-c']]],
    ['an apostrophe inside quotes', "kvm 'it'\\''s' \"a b\"", [['kvm', "it's", 'a b']]],
    [
      'an apostrophe in a name',
      "kvm -name O'Brien -drive a\nkvm -b",
      [
        ['kvm', '-name', "O'Brien", '-drive', 'a'],
        ['kvm', '-b'],
      ],
    ],
    ['quotes over lines', 'kvm -a \'{\n "b": 1\n}\' -c', [['kvm', '-a', '{\n "b": 1\n}', '-c']]],
    ['an open quote', "kvm 'a -b\n-c", [['kvm', "'a", '-b', '-c']]],
    ['other backslashes', 'kvm a\\;b \\\\x "c\\:d"', [['kvm', 'a\\;b', '\\\\x', 'c\\:d']]],
    ['no variables here', 'kvm $a `b` ${c}', [['kvm', '$a', '`b`', '${c}']]],
    ['behind sudo and a prompt', '$ sudo -u root kvm -a', [['kvm', '-a']]],
    ['environment on a line of its own', 'CEPH_CONF=/x\nkvm -a', [['kvm', '-a']]],
    ['nothing', '\n# only a comment\nqemu-img info x\n', []],
    ['CR LF', 'kvm \\\r\n-a\r\n-b\r\n', [['kvm', '-a', '-b']]],
  ];
  it.each(cases)('%s', (_, text, commands) => {
    expect(found(text, 'qemu-cmdline')).toEqual(commands);
  });

  it('keeps the environment', () => {
    const [command] = findQemuCommands('2016-03-01 1:00: starting up\nA=b \\\nC= kvm -d', 'qemu-cmdline');
    expect(command?.environment.map(({ name, value }) => [name, value.text])).toEqual([
      ['A', 'b'],
      ['C', ''],
    ]);
    expect(command?.text).toBe('A=b \\\nC= kvm -d');
  });
});

describe('any input', () => {
  const pieces = [
    "'",
    '"',
    '\\',
    '$(',
    '${',
    '$((',
    '((',
    '`',
    '(',
    ')',
    'a=(',
    '{a,',
    '}',
    '<<E\n',
    '"$(',
    "$'",
    '\\\n',
  ];
  const shapes = [...pieces, 'case x in ', '[[ ', "'\\''", '=~', '@(', 'A=b\n', 'kvm\n', 'sudo ', '-a\n', '{"', 'x\n'];
  it.each(shapes)('a hundred thousand of %j take no more than a moment', (piece) => {
    for (const language of ['shellscript', 'qemu-cmdline'] as const) {
      const text = `kvm -a ${piece.repeat(100_000)} -b`;
      const words = findQemuCommands(text, language).reduce((sum, { args }) => sum + args.length, 0);
      expect(words).toBeLessThanOrEqual(text.length);
    }
  });
});
