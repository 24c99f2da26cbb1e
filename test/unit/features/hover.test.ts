import { describe, expect, test } from 'vitest';
import { hoverAt } from '../../../server/src/features/hover.js';
import type { ClusterSettings } from '../../../server/src/simulate/model.js';
import { COMMAND, CONF, LINKER, SCRIPT, type Seen, seen } from './seen.js';

interface Around {
  readonly env?: Readonly<Record<string, string>>;
  readonly cluster?: ClusterSettings;
}

function hover({ analysis, caret }: Seen, { env = {}, cluster }: Around = {}): string {
  const environment = { env, cwd: '/', home: '/root', pid: null, host: null };
  return hoverAt(analysis, caret, { linker: LINKER, environment, cluster })?.markdown ?? '';
}

describe('a section of a ceph.conf', () => {
  test('that no drive reads is told so', () => {
    const found = seen({ [CONF]: '[client.w‸eb]\nrbd cache = true\n', [COMMAND]: '-drive file=rbd:p/i:id=vm1\n' });
    expect(hover(found)).toContain('None of the 1 known drives that read this file reads this section.');
  });

  test('is not said to be read by nobody where a drive’s client is a variable', () => {
    const found = seen({
      [CONF]: '[client.w‸eb]\nrbd cache = true\n',
      [SCRIPT]: 'kvm -drive "file=rbd:p/i:id=$CLIENT,format=raw"\n',
    });
    expect(hover(found)).not.toContain('None of');
  });
});

describe('a ceph.conf that no drive in view reads: what is stated of its surroundings counts', () => {
  const text = { [CONF]: '[client]\nrbd cac‸he = true\n' };

  test('nothing', () => {
    expect(hover(seen(text, ['8.2', '18.2']))).toContain(
      '`cache=writeback` (the default): RBDCache **on**, write-through',
    );
  });
  test('CEPH_ARGS', () => {
    const found = hover(seen(text, ['8.2', '18.2']), {
      env: { CEPH_ARGS: '--rbd_cache_policy=writeback', CEPH_CONF: '/x' },
    });
    expect(found).toContain("until the guest's first flush\n");
  });
  test('the monitors’ database', () => {
    const values = [{ section: 'client', mask: '', option: 'rbd_cache_writethrough_until_flush', value: 'false' }];
    const cluster: ClusterSettings = { ofMonitors: values, ofPool: () => null, ofImage: () => null };
    expect(hover(seen(text, ['8.2', '18.2']), { cluster })).toContain('write-around from the first write');
  });
});

test('of a node of several images, the outcome of each comes first', () => {
  const text =
    'qemu-kvm -blockdev driver=qu‸orum,node-name=q,vote-threshold=1,children.0.driver=rbd,children.0.pool=p,children.0.image=a,children.0.cache.direct=on,children.1.driver=rbd,children.1.pool=p,children.1.image=b\n';
  expect(hover(seen({ [COMMAND]: text }, ['10.0', '18.2']))).toMatch(
    /^RBDCache \*\*off\*\*.* — q \(p\/a\) {2}\nRBDCache \*\*on\*\*.* — q \(p\/b\)\n\n---\n\nRBDCache \*\*off\*\*/,
  );
});

describe('a line of a ceph.conf', () => {
  const pair = ['2.4', '0.94.5'] as const;

  test('says what the option is, in this release', () => {
    expect(hover(seen({ [CONF]: '[client]\nrbd cache s‸ize = 1048576\n' }, pair))).toMatch(
      /\*\*rbd\\_cache\\_size\*\* = `1048576` \(1 MiB\)\n[\s\S]*default `33554432` \(32 MiB\)[\s\S]* — librbd 0\.94/,
    );
  });
  test('says how the value is read', () => {
    expect(hover(seen({ [CONF]: '[client]\nrbd cache = ye‸s\n' }, pair))).toContain(
      '= `yes` cannot be read by librbd 0.94',
    );
    expect(hover(seen({ [CONF]: '[client]\nrbd cache = ‸1\n' }, pair))).toContain('= `1`, read as `true`');
  });
});

test('a key that was pasted among the options is not shown', () => {
  const key = 'AQCaNaRyKqFhExAAq7pT0bCaNaRyWfYx3LmZQw==';
  const found = seen({ [CONF]: `[global]\nAQ‸${key.slice(2)}\n` });
  expect(hover(found)).not.toContain(key.slice(0, 12));
});
