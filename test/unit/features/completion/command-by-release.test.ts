/** Completion in a command: what a release knows, and what is there already, decides what is offered. */
import { describe, expect, test } from 'vitest';
import { labels, offered } from './harness.js';

const OLD = '2.2 0.87';
const NEW = '7.2 17.2';

describe('by release', () => {
  const at = (text: string, pair: string, others = {}) => labels({ kind: 'args', pair, text, others });

  test.each([
    [
      'cache modes',
      'qemu-kvm -drive file=rbd:p/i,cache=‸',
      '0.15 0.61',
      ['writeback', 'none', 'writethrough', 'unsafe', 'off'],
    ],
    [
      'cache modes',
      'qemu-kvm -drive file=rbd:p/i,cache=‸',
      OLD,
      ['writeback', 'none', 'writethrough', 'directsync', 'unsafe', 'off'],
    ],
    ['aio', 'qemu-kvm -drive file=rbd:p/i,aio=‸', OLD, ['threads', 'native']],
    ['detect-zeroes, which needs discard', 'qemu-kvm -drive file=rbd:p/i,detect-zeroes=‸', '2.4 0.94', ['off', 'on']],
    ['detect-zeroes', 'qemu-kvm -drive file=rbd:p/i,discard=unmap,detect-zeroes=‸', NEW, ['off', 'on', 'unmap']],
    [
      'interfaces that the machine has',
      'qemu-kvm -drive file=rbd:p/i,if=‸',
      NEW,
      ['none', 'ide', 'floppy', 'pflash', 'virtio'],
    ],
    [
      'discard of a node',
      'qemu-kvm -blockdev driver=rbd,node-name=n,pool=p,image=i,discard=‸',
      NEW,
      ['ignore', 'unmap'],
    ],
    [
      'encryption',
      'qemu-kvm -blockdev driver=rbd,node-name=n,pool=p,image=i,encrypt.format=‸',
      '6.1 16.2',
      ['luks', 'luks2'],
    ],
    [
      'encryption',
      'qemu-kvm -blockdev driver=rbd,node-name=n,pool=p,image=i,encrypt.format=‸',
      '8.0 17.2',
      ['luks', 'luks2', 'luks-any'],
    ],
  ])('%s: %s in %s', (_what, text, pair, expected) => expect(at(text, pair)).toEqual(expected));

  test('what came later is not offered', () => {
    const keys = (pair: string) => at('qemu-kvm -drive file=rbd:p/i,‸', pair);
    expect(keys('1.2 0.67')).not.toContain('discard');
    expect(keys(OLD)).toContain('discard');
    expect(keys(OLD)).toContain('serial');
    expect(keys(NEW)).not.toContain('serial');
    expect(keys(OLD)).not.toContain('force-share');
    expect(at('qemu-kvm -blockdev driver=rbd,‸', '2.9 10.2')).not.toContain('namespace');
    expect(at('qemu-kvm -blockdev driver=rbd,‸', NEW)).toContain('namespace');
    expect(at('qemu-kvm -device virtio-blk-pci,‸', '2.6 10.2')).not.toContain('write-cache');
    expect(at('qemu-kvm -device ‸', '6.0 16.2')).not.toContain('ide-drive');
    expect(at('qemu-kvm -‸', OLD)).not.toContain('-blockdev');
    expect(at('qemu-kvm -drive file=rbd:p/i:‸', '0.15 0.61')).not.toContain('id');
    expect(at('qemu-kvm -drive file=rbd:p/i:‸', '0.14 0.61')).toEqual([]);
  });

  test('what is deprecated is marked', () => {
    const { items } = offered({ kind: 'args', pair: '2.11 12.2', text: 'qemu-kvm -drive file=rbd:p/i,‸' });
    expect(items.filter(({ deprecated }) => deprecated).map(({ label }) => label)).toEqual([
      'cyls',
      'heads',
      'secs',
      'serial',
      'boot',
    ]);
  });

  test('what excludes what is there, or needs what is not, is left out', () => {
    const keys = at('qemu-kvm -drive file=rbd:p/i,format=raw,readonly=on,index=1,‸', NEW);
    for (const key of ['file', 'format', 'driver', 'readonly', 'read-only', 'bus', 'unit', 'file.driver']) {
      expect(keys).not.toContain(key);
    }
  });

  test('a cache mode tells what becomes of the disk', () => {
    const { items } = offered({ kind: 'args', pair: '7.2 17.2', text: 'qemu-kvm -drive file=rbd:p/i,cache=‸' });
    const details = Object.fromEntries(items.map(({ label, detail }) => [label, detail]));
    expect(details['none']).toMatch(/^RBDCache off/);
    expect(details['writeback']).toMatch(/^RBDCache on/);
    expect(details['unsafe']).toMatch(/write-through for good/);
  });

  test('the key itself is not offered in a name, which all can read', () => {
    expect(at('qemu-kvm -drive file=rbd:p/i:k‸', NEW)).not.toContain('key');
    expect(at('qemu-kvm -drive file=rbd:p/i:k‸', NEW)).toContain('keyring');
  });

  test('a key that was taken for a part of a name stays in its document', () => {
    const others = {
      'file:///h/slip.qemu-args':
        'qemu-kvm -drive file=rbd:volumes/v-1:id=cinder\\:key=AQBc4vtV+JywHhAAqX8N+M69PhIJuUzf1mqNAg==,format=raw\n',
    };
    expect(at('qemu-kvm -drive file=rbd:p/i:id=‸', NEW, others)).toEqual(['admin']);
    expect(at('qemu-kvm -drive file=rbd:‸', NEW, others)).toEqual(['volumes']);
  });

  test('a name that is being typed is no name that was seen', () => {
    expect(at('qemu-kvm -drive file=rbd:volumes‸', NEW)).toEqual([]);
  });
});
