/** What QEMU complains of: stage, code and place of each refusal. */
import { describe, expect, test } from 'vitest';
import { at, run } from './qemu-commands.js';

describe('complaints: stage, code, place', () => {
  test.each<{ command: string; qemu?: string; stage: string; code: string; place: string | null }>([
    { command: '-drive file=rbd:p/i,cache=bad', stage: 'args', code: 'bad-value', place: 'bad' },
    { command: '-drive file=rbd:p/i,foo=1', qemu: '1.6', stage: 'args', code: 'unknown-option', place: 'foo' },
    { command: '-drive file=rbd:p/i,format=raw,foo=1', stage: 'open', code: 'unknown-option', place: 'foo' },
    { command: '-drive file=rbd:p/i,format=raw,serial=x', stage: 'open', code: 'unknown-option', place: 'serial' },
    {
      command: '-drive file=rbd:p/i,format=raw,cache=none,cache=none',
      stage: 'open',
      code: 'cache-repeated',
      place: 'cache=none',
    },
    {
      command: '-drive file=rbd:p/i,readonly=on,read-only=on',
      stage: 'args',
      code: 'alias-clash',
      place: 'read-only=on',
    },
    {
      command: '-drive file=rbd:p/i,format=raw,driver=raw',
      stage: 'args',
      code: 'format-and-driver',
      place: 'format=raw',
    },
    { command: '-drive file=rbd:p/i\\@x', stage: 'crash', code: 'escaped-at-crash', place: '\\@' },
    { command: '-drive file=rbd:p', stage: 'filename', code: 'name-pool-missing', place: 'p' },
    { command: '-drive file=rbd:p/i:foo', stage: 'filename', code: 'name-key-without-value', place: 'foo' },
    { command: '-drive file=rbd:p/i:foo', qemu: '2.8', stage: 'conf', code: 'name-key-without-value', place: 'foo' },
    { command: '-drive file=rbd:p/i:rbd_cash=1', stage: 'conf', code: 'unknown-conf-option', place: 'rbd_cash' },
    { command: '-drive file=rbd:p/i:rbd_cache=maybe', stage: 'conf', code: 'bad-conf-value', place: 'maybe' },
    { command: '-drive file=rbd:p/i:conf=/none', stage: 'conf', code: 'conf-missing', place: '/none' },
    { command: '-drive file=rbd:p/i,format=rbd,foo=1', stage: 'args', code: 'member-unexpected', place: 'foo' },
    {
      command: '-drive file=rbd:p/i:mon_host=a,format=rbd,foo=1',
      qemu: '7.2',
      stage: 'crash',
      code: 'member-crash',
      place: 'foo',
    },
    {
      command: '-blockdev rbd,node-name=n,pool=p',
      stage: 'args',
      code: 'member-missing',
      place: 'rbd,node-name=n,pool=p',
    },
    {
      command: '-blockdev rbd,node-name=n,pool=p,image=i,cache=none',
      stage: 'args',
      code: 'wrong-type',
      place: 'none',
    },
    {
      command: '-blockdev rbd,node-name=n,pool=p,image=i',
      qemu: '2.8',
      stage: 'args',
      code: 'blockdev-too-new',
      place: '-blockdev',
    },
    { command: '-blockdev help', qemu: '5.2', stage: 'args', code: 'keyval-syntax', place: 'help' },
    { command: '-blockdev rbd,pool=p,?', qemu: '7.2', stage: 'args', code: 'keyval-syntax', place: '?' },
    {
      command: '-drive driver=throttle,throttle-group=h,file=rbd:p/i -object throttle-group,id=g',
      stage: 'open',
      code: 'node-missing',
      place: 'h',
    },
    ...['throttle,throttle-group=g', 'copy-on-read', 'blklogwrites', 'preallocate', 'replication,mode=primary'].map(
      (driver) => ({
        command: `-drive driver=${driver},file=rbd:p/i,foo=1 -object throttle-group,id=g`,
        qemu: '7.2',
        stage: 'open',
        code: 'unknown-option',
        place: 'foo',
      }),
    ),
    { command: '-drive driver=blkdebug,file=rbd:p/i,foo=1', stage: 'open', code: 'unknown-option', place: 'foo' },
    {
      command: '-drive driver=copy-on-read,file=rbd:p/i,snapshot=on',
      stage: 'open',
      code: 'read-only-below',
      place: 'driver=copy-on-read,file=rbd:p/i,snapshot=on',
    },
    { command: '-drive driver=copy-on-read,file=rbd:p/i@s', stage: 'open', code: 'read-only-below', place: 's' },
    { command: '-m 1G -drive', stage: 'args', code: 'argument-missing', place: '-drive' },
    { command: '-drive file=rbd:p/i,if=mtd,format=raw', stage: 'open', code: 'drive-unused', place: 'if=mtd' },
    {
      command: '-drive file=rbd:p/i,if=virtio,id=d -device virtio-blk-pci,drive=d',
      stage: 'open',
      code: 'drive-in-use',
      place: 'if=virtio',
    },
    {
      command: '-M q35 -drive file=rbd:p/i,index=5,id=d -device virtio-blk-pci,drive=d',
      stage: 'open',
      code: 'drive-in-use',
      place: 'd',
    },
    { command: '-drive file=rbd:p/i@s,if=virtio,format=raw', stage: 'open', code: 'snapshot-read-only', place: 's' },
  ])('QEMU $qemu: $command', ({ command, qemu, stage, code, place }) => {
    const trace = run(command, { ...(qemu !== undefined && { qemu }) });
    const error = trace.drives[0]?.error ?? trace.error;
    expect(error).toMatchObject({ stage, code });
    expect(at(command, error?.span)).toBe(place);
    const drive = trace.drives[0];
    if (drive !== undefined) expect(drive.outcome !== null).toBe(stage === 'open');
  });
});
