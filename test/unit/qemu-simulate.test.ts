/** One command line through QEMU, librados and librbd: modes, guests, secrets, chains, unknown parts. */
import { describe, expect, test } from 'vitest';
import { at, only, run, setsOf } from './qemu-commands.js';

describe('the cache mode and the word that decides it', () => {
  test.each<{ command: string; qemu: string; mode: string; by: string | null }>([
    { command: '-drive file=rbd:p/i', qemu: '1.1', mode: 'writethrough', by: null },
    { command: '-drive file=rbd:p/i', qemu: '1.2', mode: 'writeback', by: null },
    { command: '-drive file=rbd:p/i', qemu: '1.6.0', mode: 'unsafe', by: null },
    { command: '-drive file=rbd:p/i', qemu: '1.6.1', mode: 'writeback', by: null },
    { command: '-drive file=rbd:p/i,cache=none', qemu: '2.2', mode: 'none', by: 'cache=none' },
    {
      command: '-drive file=rbd:p/i,cache=none,cache.direct=off',
      qemu: '2.2',
      mode: 'writeback',
      by: 'cache.direct=off',
    },
    { command: '-drive file=rbd:p/i,cache=none,snapshot=on', qemu: '2.5', mode: 'unsafe', by: 'snapshot=on' },
    { command: '-drive file=rbd:p/i,cache=none,snapshot=on', qemu: '2.6', mode: 'none', by: 'cache=none' },
    { command: '-drive file=rbd:p/i,cache=none -snapshot', qemu: '2.5', mode: 'unsafe', by: '-snapshot' },
    {
      command: '-drive file=rbd:p/i,cache=writeback,file.cache.direct=on',
      qemu: '2.6',
      mode: 'none',
      by: 'file.cache.direct=on',
    },
    { command: '-hda rbd:p/i', qemu: '7.2', mode: 'writeback', by: null },
    {
      command: '-blockdev rbd,node-name=n,pool=p,image=i,cache.direct=on',
      qemu: '7.2',
      mode: 'none',
      by: 'cache.direct=on',
    },
    {
      command:
        '-blockdev {"driver":"raw","node-name":"f","cache":{"direct":true},"file":{"driver":"rbd","pool":"p","image":"i"}}',
      qemu: '7.2',
      mode: 'none',
      by: '"direct":true',
    },
  ])('QEMU $qemu: $command', ({ command, qemu, mode, by }) => {
    const { cacheMode } = only(run(command, { qemu }));
    expect(cacheMode.name).toBe(mode);
    expect(at(command, cacheMode.decidedBy)).toBe(by);
    expect(cacheMode.isDefault).toBe(by === null);
  });
});

describe('what the guest sees, and who flushes', () => {
  const drive = (rest: string) => `-drive file=rbd:p/i,format=raw,if=none,id=d${rest}`;
  const node = '-blockdev rbd,node-name=n,pool=p,image=i';

  test.each<{ command: string; qemu: string; writeCache: boolean; flushedBy: string }>([
    { command: drive(',cache=writeback'), qemu: '0.15', writeCache: true, flushedBy: 'nobody' },
    { command: drive(',cache=none'), qemu: '0.14', writeCache: true, flushedBy: 'nobody' },
    { command: drive(',cache=writeback'), qemu: '1.0', writeCache: true, flushedBy: 'guest' },
    { command: drive(''), qemu: '1.1', writeCache: false, flushedBy: 'nobody' },
    { command: drive(',cache=directsync'), qemu: '1.1', writeCache: false, flushedBy: 'nobody' },
    { command: drive(',cache=writethrough'), qemu: '1.2', writeCache: false, flushedBy: 'qemu' },
    { command: drive(',cache=unsafe'), qemu: '7.2', writeCache: true, flushedBy: 'nobody' },
    { command: '-drive file=rbd:p/i,format=rbd,cache=writeback', qemu: '2.2', writeCache: true, flushedBy: 'qemu' },
    { command: '-drive file=rbd:p/i,driver=rbd,cache=writeback', qemu: '2.2', writeCache: true, flushedBy: 'qemu' },
    { command: '-drive file=rbd:p/i,format=rbd,cache=unsafe', qemu: '2.0', writeCache: true, flushedBy: 'qemu' },
    { command: '-drive file=rbd:p/i,format=rbd,cache=unsafe', qemu: '2.1', writeCache: true, flushedBy: 'nobody' },
    { command: '-drive file=rbd:p/i,format=rbd,cache=writeback', qemu: '2.4', writeCache: true, flushedBy: 'guest' },
    {
      command: `${drive('')} -device virtio-blk,drive=d,write-cache=off`,
      qemu: '2.7',
      writeCache: false,
      flushedBy: 'qemu',
    },
    {
      command: `${drive('')} -device virtio-blk,drive=d,write-cache=off`,
      qemu: '2.6',
      writeCache: true,
      flushedBy: 'guest',
    },
    {
      command: `${drive(',cache=writethrough')} -device scsi-hd,drive=d,write-cache=on`,
      qemu: '7.2',
      writeCache: true,
      flushedBy: 'guest',
    },
    {
      command: `${drive(',cache=none')} -device ide-hd,drive=d,write-cache=auto`,
      qemu: '7.2',
      writeCache: true,
      flushedBy: 'guest',
    },
    { command: `${node},cache.no-flush=on`, qemu: '7.2', writeCache: true, flushedBy: 'nobody' },
    {
      command: `${node} -blockdev raw,node-name=f,file=n,cache.no-flush=on -device virtio-blk,drive=f`,
      qemu: '7.2',
      writeCache: true,
      flushedBy: 'guest',
    },
    {
      command: `${node} -blockdev raw,node-name=f,file=n -device virtio-blk,drive=f,write-cache=off`,
      qemu: '7.2',
      writeCache: false,
      flushedBy: 'qemu',
    },
  ])('QEMU $qemu: $command', ({ command, qemu, writeCache, flushedBy }) => {
    const { outcome, error } = only(run(command, { qemu, files: { '/etc/ceph/ceph.conf': '[global]\n' } }));
    expect(error).toBeNull();
    expect(outcome?.guest).toMatchObject({ writeCache, flushedBy });
  });
});

describe('encryption by librbd', () => {
  const layers = (format: string) =>
    `-object secret,id=s,data=Zm9v -blockdev rbd,node-name=n,pool=p,image=i,encrypt.key-secret=s,encrypt.format=${format}`;
  const parent = ',encrypt.parent.format=luks,encrypt.parent.key-secret=s';

  test.each([
    { command: layers('luks'), librbd: '15.2.17', error: 'RBD library does not support image encryption' },
    { command: layers('luks'), librbd: '16.2.15', error: undefined },
    {
      command: layers('luks-any'),
      librbd: '16.2.15',
      error: 'unknown image encryption format: 2: Operation not supported',
    },
    { command: layers('luks') + parent, librbd: '16.2.15', error: 'RBD library does not support layered encryption' },
    { command: layers('luks-any') + parent, librbd: '18.2.7', error: undefined },
    { command: layers('luks') + parent.replace('=s', '=t'), librbd: '18.2.7', error: "No secret with id 't'" },
  ])('$command, librbd $librbd: $error', ({ command, librbd, error }) => {
    const drive = only(run(command, { qemu: '10.0', librbd }));
    expect(drive.error?.message).toBe(error);
    expect(drive.error?.stage).toBe(error && 'open');
  });
});

describe('secrets', () => {
  const node = '-blockdev rbd,node-name=n,pool=p,image=i,key-secret=s';

  test.each<{ command: string; files?: Record<string, string>; key: string | undefined; error?: string }>([
    { command: `-object secret,id=s,data=Zm9v ${node}`, key: 'key=Wm05dg==' },
    { command: `-object secret,id=s,data=Zm9v,format=base64 ${node}`, key: 'key=Zm9v' },
    { command: `${node} -object secret,id=s,file=/k,format=base64`, files: { '/k': 'Zm9v\n' }, key: 'key=Zm9v' },
    { command: `-object {"qom-type":"secret","id":"s","data":"foo"} ${node}`, key: 'key=Zm9v' },
    { command: `-object secret,id=other,data=foo ${node}`, key: undefined, error: "No secret with id 's'" },
    {
      command:
        '-object secret,id=s,data=foo -drive if=none,file.driver=rbd,file.pool=p,file.image=i,file.password-secret=s,format=raw',
      key: 'key=Zm9v',
    },
  ])('$command', ({ command, files, key, error }) => {
    const drive = only(run(command, { qemu: '7.2', ...(files !== undefined && { files }) }));
    expect(setsOf(drive).find((set) => set.startsWith('key='))).toBe(key);
    expect(drive.error?.message).toBe(error);
  });

  test('a file that is not there refuses the command', () => {
    expect(run(`-object secret,id=s,file=/none ${node}`, { qemu: '7.2' }).error?.code).toBe('bad-secret');
  });
});

describe('what more arguments may bring is not missing', () => {
  const disk = '-blockdev rbd,node-name=n,pool=p,image=i,key-secret=s';

  test.each<{ command: string; missing: string | null }>([
    { command: disk, missing: "No secret with id 's'" },
    { command: `$options ${disk}`, missing: null },
    { command: `-readconfig vm.cfg ${disk}`, missing: null },
    { command: `-object $secret ${disk}`, missing: null },
    { command: `-object secret,id=$id,data=x ${disk}`, missing: null },
    { command: `-object throttle-group,id=$id ${disk}`, missing: "No secret with id 's'" },
    { command: `-name $name ${disk}`, missing: "No secret with id 's'" },
    { command: '-blockdev raw,node-name=n,file=rbd0', missing: "Cannot find device='rbd0' nor node-name='rbd0'" },
    { command: '$options -blockdev raw,node-name=n,file=rbd0', missing: null },
    { command: '-set drive.d.cache=none', missing: 'there is no drive "d" defined' },
    { command: '-readconfig vm.cfg -set drive.d.cache=none', missing: null },
    {
      command: '-drive file=rbd:p/i,if=mtd,format=raw',
      missing: 'machine type does not support if=mtd,bus=0,unit=0',
    },
    { command: '-M $machine -drive file=rbd:p/i,if=mtd,format=raw', missing: null },
    { command: '$options -drive file=rbd:p/i,if=mtd,format=raw', missing: null },
  ])('$command', ({ command, missing }) => {
    const { drives, error } = run(command, { qemu: '7.2' });
    expect((drives[0]?.error ?? error)?.message ?? null).toBe(missing);
  });
});

describe('several drives', () => {
  test('in order of appearance, what is not rbd apart', () => {
    const trace = run(
      '-drive file=rbd:p/a,id=a -drive file=/x.qcow2 -blockdev rbd,node-name=n,pool=p,image=b ' +
        '-blockdev raw,node-name=f,file=n -cdrom rbd:p/c -drive file=$disk -device virtio-blk,drive=f',
      { qemu: '7.2' },
    );
    expect(trace.drives.map(({ image }) => image.image)).toEqual(['a', 'b', 'c']);
    expect(trace.others.map(({ why }) => why)).toEqual(['not-rbd', 'unknown']);
    expect(trace.error).toBeNull();
  });

  test.each<{ command: string; images: Readonly<Record<string, string | null>>; qemu?: string }>([
    {
      command:
        '-blockdev blkverify,node-name=n,raw.driver=rbd,raw.pool=p,raw.image=a,test.driver=rbd,test.pool=p,test.image=b',
      images: { a: null, b: null },
    },
    {
      command:
        '-drive if=none,driver=quorum,vote-threshold=1,children.0.driver=rbd,children.0.pool=p,children.0.image=a,' +
        'children.1.driver=rbd,children.1.pool=p,children.1.image=b,children.1.conf=/none',
      images: { a: null, b: 'error reading conf file /none: No such file or directory' },
    },
    {
      command:
        '-drive if=none,driver=quorum,vote-threshold=1,foo=1,children.0.driver=rbd,children.0.pool=p,children.0.image=a,' +
        'children.1.driver=rbd,children.1.pool=p,children.1.image=b',
      images: {
        a: "Block format 'quorum' does not support the option 'foo'",
        b: "Block format 'quorum' does not support the option 'foo'",
      },
    },
    {
      command:
        '-blockdev qcow2,node-name=n,file.driver=rbd,file.pool=p,file.image=a,backing.driver=rbd,backing.pool=p,backing.image=b,backing.snapshot=s',
      images: { a: null, b: null },
    },
    {
      command: '-drive if=none,driver=qcow2,file=/overlay,backing.driver=rbd,backing.pool=p,backing.image=b',
      images: { b: null },
    },
    {
      command: '-drive if=none,file=rbd:p/a,backing.driver=rbd,backing.pool=p,backing.image=b',
      images: { a: "Driver doesn't support backing files" },
    },
    { command: '-drive if=none,file=rbd:p/a,format=raw,backing=', images: { a: null } },
    { command: '-drive if=none,driver=rbd,pool=p,image=a,backing=', images: { a: null } },
    {
      command: '-drive if=none,file=rbd:p/a,format=quorum',
      images: { a: 'Number of provided children must be 1 or more' },
    },
    { command: '-drive if=none,file=rbd:p/a,format=quorum', qemu: '2.11', images: {} },
    {
      command: '-drive if=none,driver=blklogwrites,file=rbd:p/a,log=rbd:p/b',
      images: { a: "Cannot find device='rbd:p/b' nor node-name='rbd:p/b'" },
    },
  ])('the images of one chain, QEMU $qemu: $command', ({ command, images, qemu = '7.2' }) => {
    const { drives } = run(command, { qemu });
    expect(Object.fromEntries(drives.map(({ image, error }) => [image.image, error?.message ?? null]))).toEqual(images);
  });

  test.each(['-drive file=rbd:p/i,format=help', '-drive format=?'])(
    'help is what QEMU prints, and no drive: %s',
    (command) => {
      for (const qemu of ['1.5', '2.2', '7.2', '11.1']) {
        expect(run(command, { qemu })).toMatchObject({ drives: [], error: null });
      }
    },
  );

  test('an id twice', () => {
    const { drives } = run('-drive file=rbd:p/a,if=none,id=d -drive file=rbd:p/b,if=none,id=d');
    expect(drives.map(({ error }) => error?.message)).toEqual([undefined, "Duplicate ID 'd' for drive"]);
  });

  test.each<{ command: string; errors: (string | undefined)[] }>([
    {
      command: '-hda rbd:p/a -cdrom rbd:p/b -hdc rbd:p/c',
      errors: [undefined, undefined, 'drive with bus=1, unit=0 (index=2) exists'],
    },
    {
      command: '-drive file=rbd:p/a,index=0 -drive file=rbd:p/b -drive file=rbd:p/c,bus=0,unit=1',
      errors: [undefined, undefined, 'drive with bus=0, unit=1 (index=-1) exists'],
    },
    {
      command: '-machine q35 -machine usb=off -drive file=rbd:p/a,index=1 -drive file=rbd:p/b,bus=1,unit=0',
      errors: [undefined, 'drive with bus=1, unit=0 (index=-1) exists'],
    },
    { command: '-drive file=rbd:p/a,index=$i -drive file=rbd:p/b,index=$i', errors: [undefined, undefined] },
  ])('places: $command', ({ command, errors }) => {
    expect(run(command, { qemu: '7.2' }).drives.map(({ error }) => error?.message)).toEqual(errors);
  });

  test('what -set and -global add', () => {
    const { drives, error } = run(
      '-drive file=rbd:p/a,if=none,id=d -device virtio-blk,drive=d,id=v -set drive.d.cache=none -set device.v.write-cache=off ' +
        '-drive file=rbd:p/b,if=virtio -global virtio-blk-pci.write-cache=off -set drive.e.cache=none',
      { qemu: '7.2' },
    );
    expect(drives.map(({ cacheMode, outcome }) => [cacheMode.name, outcome?.guest.writeCache])).toEqual([
      ['none', false],
      ['writeback', false],
    ]);
    expect(error?.message).toBe('there is no drive "e" defined');
  });

  test('arguments of other flags are no drives', () => {
    const trace = run('-append -drive -name rbd:p/i -nographic -drive file=rbd:p/i');
    expect(trace.drives).toHaveLength(1);
  });
});

describe('what cannot be known', () => {
  const conf = { '/etc/ceph/ceph.conf': '[client.x]\nrbd cache = false\n' };

  test.each<{ command: string; matters: string[]; known: boolean; files?: Record<string, string> }>([
    { command: '-drive file=rbd:$pool/vm-$image,format=raw', matters: [], known: true },
    { command: '-drive file=rbd:p/i,cache=$mode', matters: ['cache-mode'], known: false },
    {
      command: '-drive file=rbd:p/i,cache=$mode,cache.direct=off,cache.no-flush=off,cache.writeback=on',
      matters: [],
      known: true,
    },
    { command: '-drive file=rbd:p/i,$options', matters: ['cache-mode'], known: false },
    { command: '-drive file=rbd:p/i,id=$id,if=$if,format=$format', matters: [], known: true },
    { command: '-drive file=rbd:p/i:conf=$conf', matters: ['conf-file'], known: false },
    { command: '-drive file=rbd:p/i:id=$user', matters: ['user'], known: true },
    { command: '-drive file=rbd:p/i:id=$user', matters: ['user'], known: false, files: conf },
    { command: '-drive file=rbd:p/i:mon_host=$mon', matters: ['option-value'], known: true },
    { command: '-drive file=rbd:p/i:rbd_cache_max_dirty=$max', matters: ['option-value'], known: false },
    { command: '-drive file=rbd:p/i:rbd_cache=$cache', matters: ['option-value'], known: true },
    { command: '-drive file=rbd:$pool', matters: ['name-syntax'], known: false },
    { command: '-drive file=rbd:p/i:$keys', matters: ['name-syntax'], known: false },
    {
      command: '-blockdev rbd,node-name=n,pool=$p,image=$i,cache.direct=$direct',
      matters: ['cache-mode'],
      known: false,
    },
    {
      command: '-drive file=rbd:p/i,if=none,id=d -device virtio-blk,drive=d,write-cache=$w',
      matters: ['cache-mode'],
      known: false,
    },
  ])('$command', ({ command, matters, known, files }) => {
    const drive = only(run(command, { ...(files !== undefined && { files }) }));
    expect(drive.error).toBeNull();
    expect(drive.unknown.map((part) => part.matters)).toEqual(matters);
    for (const { span } of drive.unknown) expect(at(command, span)).toContain('$');
    expect(drive.outcome !== null).toBe(known);
  });
});

test("Proxmox's QEMU sets write-through-until-flush after the mode", () => {
  const drive = only(run('-drive file=rbd:p/i', { qemu: '9.2', vendor: 'proxmox' }));
  expect(setsOf(drive)).toEqual(['rbd_cache=true', 'rbd_cache_writethrough_until_flush=false']);
});

test('the place of a key in the drive', () => {
  const command = '-drive if=none,file=rbd:p/i:rbd_cache_size=1,,0:id=x';
  const drive = only(run('-drive if=none,file=rbd:p/i:rbd_cache_size=1048576:id=x'));
  const winner = drive.config?.trace('rbd_cache_size')?.winner;
  expect(winner?.place).toMatchObject({
    kind: 'argument',
    argument: 1,
    offset: 'if=none,file=rbd:p/i:rbd_cache_size='.length,
  });
  expect(command).toContain(',,');
});

test('up to 1.3 an image without format is opened twice, first with the cache on', () => {
  const drive = only(run('-drive file=rbd:p/i,cache=none', { qemu: '1.3' }));
  expect(setsOf(drive)).toEqual(['rbd_cache=false']);
  expect(drive.firstOpen?.calls).toContainEqual(['rados_conf_set', 'rbd_cache', 'true', 0]);
  expect(only(run('-drive file=rbd:p/i,cache=none,format=raw', { qemu: '1.3' })).firstOpen).toBeNull();
});
