/** Seeded makers of whole cases. */
import fc from 'fast-check';
import { confContent, confText } from './conf-arbitraries.js';
import { driveText, nameOption, rbdName } from './drive-arbitraries.js';
import type { FileContent, Kind, LiveCase } from './live-case.js';
import { mutated } from './mutations.js';
import { blockdevNode, dottedKeys, oddJson, rbdNode } from './node-arbitraries.js';
import { OBJECTS } from './processes.js';
import { setting } from './value-arbitraries.js';

const sometimes = <T>(value: fc.Arbitrary<T>, freq: number) => fc.option(value, { freq });

/** Files of a case; `content` makes what stands in each. */
const files = (content: fc.Arbitrary<FileContent>): fc.Arbitrary<LiveCase['files']> =>
  fc
    .tuple(
      sometimes(content, 4),
      sometimes(content, 2),
      sometimes(content, 1),
      fc.oneof(
        { weight: 3, arbitrary: fc.constant({}) },
        fc
          .tuple(
            fc.constantFrom(
              '/srv/cwd/a.conf',
              '/srv/cwd/ceph.conf',
              '/srv/a b.conf',
              '/srv/x=y.conf',
              '/srv/home/.ceph/ceph.conf',
              '/srv/ceph.conf',
              '/srv/client.u.conf',
              '/etc/ceph/x.conf',
              '/root/.ceph/x.conf',
              '/srv/cwd/x.conf',
              '/etc/ceph/ceph.conf/inside',
              '/srv/a.conf/inside',
            ),
            content,
          )
          .map(([name, text]) => ({ [name]: text })),
      ),
    )
    .map(([standard, second, home, other]) => {
      const made: Record<string, FileContent> = { ...other };
      const put = (name: string, text: FileContent | null) => {
        if (text !== null && !(`${name}/inside` in made)) made[name] = text;
      };
      put('/etc/ceph/ceph.conf', standard);
      put('/srv/a.conf', second);
      put('/root/.ceph/ceph.conf', home);
      return made;
    });

const cephArgs = fc
  .array(
    fc.oneof(
      fc
        .tuple(setting, fc.constantFrom('=', ' '), fc.boolean())
        .map(([[key, value], separator, dashes]) => `--${dashes ? key.replaceAll('_', '-') : key}${separator}${value}`),
      fc.constantFrom(
        '--rbd-cache',
        '--no-rbd-cache',
        '--id u',
        '-n client.u',
        '-c /srv/a.conf',
        '--',
        'x',
        '-m 1.2.3.4',
        '--debug-rbd 5',
        '--foo=1',
        '--cluster x',
        '--name=client.u',
        '-i u',
        '--no-config-file',
        '--conf=/srv/none.conf',
        '-k /srv/k',
        '-K /srv/k',
        '-d',
        '-f',
        '--setuser x',
        '--show_args',
        '\t--rbd-cache=false',
        '"--rbd-cache=false"',
        '--rbd_cache  false',
        '--default_rbd_cache=false',
        '--mon_host=$host',
        '-c/srv/a.conf',
        '-nclient.u',
        '-iu',
        '-m1.2.3.4',
        '--conf /srv/a.conf',
        '--id=u',
        '--name client.u',
        '--user u',
        '--keyring=/srv/k',
        '--rbd_cache=',
        '--rbd-cache',
        '--rbd_cache_size=64M --rbd-cache-max-dirty 0',
        '--no-mon-config',
        '--mon_config=x',
        '--debug_ms=1/5',
        '--log-to-stderr',
        '--client-mount-timeout 5',
        '--cluster=x',
        '--cluster',
        '-s',
        '-w',
        '--foreground',
        '--daemonize',
        '--setgroup x',
        '-r /x',
        '--public-addr 1.2.3.4',
        '--host=vm2',
        '\n--rbd_cache=0\n',
        "'--rbd_cache=0'",
        '--rbd_cache=0\\',
        '--RBD_CACHE=0',
        '--rbd_ca\u0107he=0',
      ),
    ),
    { maxLength: 3 },
  )
  .map((words) => words.join(' '));
const environment = fc
  .tuple(
    sometimes(
      fc.constantFrom(
        '/srv/a.conf',
        '/srv/none.conf',
        '/srv/none.conf,/srv/a.conf',
        '/srv/a.conf;/etc/ceph/ceph.conf',
        '',
        ' /srv/a.conf',
        'a.conf',
        '/srv',
        '/srv/a b.conf',
        '$home/.ceph/ceph.conf',
        '~/.ceph/ceph.conf',
        '/srv/$cluster.conf',
        '/srv/a.conf,/etc/ceph/ceph.conf',
        '/srv/none.conf /srv/a.conf',
        '/srv/none.conf\t;,/srv/a.conf',
        '/srv/$host.conf;/srv/client.u.conf',
        '/srv/$name.conf',
        '$data_dir/config',
        '~/a.conf',
        './a.conf',
        '../a.conf',
      ),
      4,
    ),
    sometimes(cephArgs, 3),
    sometimes(
      fc.constantFrom('/srv/env.keyring', '', '$home/k', '/srv/$name,/srv/b', '/srv/$cluster.$id.$pid', ' '),
      4,
    ),
    sometimes(fc.constantFrom('/srv/home', '', '/nowhere', 'cwd', '/srv/home/'), 5),
  )
  .map(([conf, args, keyring, home]) => ({
    ...(conf === null ? {} : { CEPH_CONF: conf }),
    ...(args === null ? {} : { CEPH_ARGS: args }),
    ...(keyring === null ? {} : { CEPH_KEYRING: keyring }),
    ...(home === null ? {} : { HOME: home }),
  }));

const PLACE = 'if=none,id=d';
const MONITOR_BYTES = 1000;
/** The monitor takes drives for devices that are plugged in later, and cuts long ones off. */
const anyDrive = fc
  .oneof({ weight: 6, arbitrary: driveText(PLACE) }, mutated(driveText(PLACE)))
  .filter((drive) => drive.includes(PLACE) && Buffer.byteLength(drive) < MONITOR_BYTES);

const driveCase: fc.Arbitrary<LiveCase> = fc
  .tuple(anyDrive, files(confText))
  .map(([drive, made]) => ({ args: ['-drive', drive], files: made, env: {} }));
const blockdevCase: fc.Arbitrary<LiveCase> = fc
  .tuple(blockdevNode, files(confText))
  .map(([node, made]) => ({ args: ['-blockdev', JSON.stringify(node)], files: made, env: {} }));

/** In the words of QEMU 1.1, which adds nothing of its own to what the string says. */
const libradosCase: fc.Arbitrary<LiveCase> = fc
  .tuple(files(confContent), environment, fc.array(nameOption, { maxLength: 4 }))
  .map(([made, env, options]) => ({
    args: ['-drive', `format=raw,file=rbd:p/i${options.map((option) => `:${option.replaceAll(',', ',,')}`).join('')}`],
    files: made,
    env,
  }));

// ---------------------------------------------------------------------------------------------------------------------
// Whole command lines

const oddSecret = fc.constantFrom(
  'secret,id=s0,data=c2VjcmV0,format=base64',
  'secret,id=s0,data=not base64!,format=base64',
  'secret,id=s0,data=c2Vj,,cmV0,format=base64',
  'secret,id=s0,data=,format=base64',
  'secret,id=s0,file=/srv/k',
  'secret,id=s0,file=/srv/none',
  'secret,id=s0,file=/srv/k,format=base64',
  'secret,id=s0,file=k,data=x',
  'secret,id=s0',
  'secret,id=s1,data=x',
  'secret,id=s0,data=x,format=bad',
  'secret,qom-type=secret,id=s0,data=x',
  'qom-type=secret,id=s0,data=x',
  'secret,id=s0,data=x,foo=1',
  'secret,data=x',
  'secret',
  'secret,id=0s,data=x',
  'secret,id=s0,data=é',
  '{"qom-type":"secret","id":"s0","data":"c2VjcmV0"}',
  '{"qom-type":"secret","id":"s0","data":"c2VjcmV0","format":"base64"}',
);
/** QEMU looks at all arguments before it makes anything, so that an odd secret stands beside a plain disk. */
const secretWords = fc
  .tuple(
    fc.oneof(
      { weight: 6, arbitrary: oddSecret.map((one) => [one]) },
      fc.constantFrom(['secret,id=s0,data=x', 'secret,id=s0,data=y'], ['secret,id=s0,data=x', 'secret,id=s1,data=y']),
    ),
    fc.constantFrom(
      ['-blockdev', 'driver=rbd,pool=p,image=i,node-name=n,key-secret=s0'],
      ['-drive', 'file=rbd:p/i,format=raw,if=none,id=d,file.password-secret=s0'],
      ['-drive', 'driver=rbd,pool=p,image=i,if=none,id=d,key-secret=s0'],
    ),
  )
  .map(([all, disk]) => [...all.flatMap((one) => ['-object', one]), ...disk]);

const machine = fc.constantFrom(['-M', 'pc'], ['-machine', 'q35'], []);
const place = (id: string) =>
  fc.constantFrom(
    `if=none,id=${id}`,
    `if=none,id=${id}`,
    `id=${id},if=virtio`,
    `id=${id}`,
    'if=virtio',
    'if=ide',
    'if=ide,index=1',
    'if=scsi',
    'if=sd',
    'if=mtd',
    'if=floppy',
    'if=pflash',
    'if=bad',
    'media=cdrom',
    'if=ide,media=cdrom',
    'if=none',
    'if=xen',
    'index=1',
    'if=ide,bus=1',
    'if=ide,bus=1,unit=1',
    'if=virtio,index=1',
    'if=ide,bus=6',
    'if=scsi,index=8',
    'if=none,index=2',
  );
const device = (id: string) =>
  fc
    .tuple(
      fc.constantFrom('virtio-blk-pci', 'ide-hd', 'ide-cd', 'nvme,serial=1', 'scsi-hd', 'usb-storage'),
      fc.constantFrom('', '', ',write-cache=on', ',write-cache=off', ',write-cache=auto'),
    )
    .map(([type, cache]) => `${type},drive=${id}${cache}`);

const plainName = fc.oneof({ weight: 3, arbitrary: rbdName }, jsonFileName());
function jsonFileName(): fc.Arbitrary<string> {
  return rbdNode.map((node) => `json:${JSON.stringify(node)}`);
}

const driveWords = (id: string): fc.Arbitrary<string[]> =>
  fc.oneof(
    {
      weight: 4,
      arbitrary: place(id)
        .chain(driveText)
        .map((drive) => ['-drive', drive]),
    },
    {
      weight: 2,
      arbitrary: place(id)
        .chain(driveText)
        .map((drive) => ['-drive', `${drive},format=raw`]),
    },
    fc
      .tuple(fc.constantFrom('-hda', '-hdb', '--hdc', '-cdrom', '-fda', '-pflash', ''), plainName)
      .map(([flag, name]) => (flag === '' ? [name] : [flag, name])),
  );
/** What is said of drives and devices in words of their own. */
const afterthought = fc.oneof(
  fc
    .constantFrom(
      'drive.d.cache=none',
      'drive.d.cache=writeback',
      'drive.d.cache.direct=on',
      'drive.d.readonly=on',
      'drive.d.file=rbd:p/j:rbd_cache=false',
      'drive.d.foo=1',
      'drive.d.iops=a',
      'drive.d.node-name=x',
      'drive.e.cache=none',
      'drive.d.cache',
    )
    .map((set) => ['-set', set]),
  fc
    .tuple(
      fc.constantFrom('virtio-blk-pci', 'virtio-blk-device', 'ide-hd', 'ide-device', 'scsi-hd'),
      fc.constantFrom('on', 'off', 'auto'),
    )
    .map(([kind, value]) => ['-global', `${kind}.write-cache=${value}`]),
  fc.constantFrom(['-incoming', 'defer'], ['-S'], ['-nodefaults'], ['-no-user-config'], ['-machine', 'usb=off']),
);
const drives = fc.oneof(
  { weight: 3, arbitrary: driveWords('d') },
  fc.tuple(driveWords('d'), driveWords('e')).map((both) => both.flat()),
  fc.tuple(driveWords('d'), driveWords('d')).map((both) => both.flat()),
  driveWords('d').chain((words) => device('d').map((made) => [...words, '-device', made])),
  fc.tuple(driveWords('d'), driveWords('e'), driveWords('f')).map((all) => all.flat()),
  fc.tuple(driveWords('d'), afterthought).map((both) => both.flat()),
  fc
    .tuple(driveWords('d'), device('d'), afterthought)
    .map(([words, made, after]) => [...words, '-device', made, ...after]),
);

const blockdevText = (node: object) => fc.constantFrom(JSON.stringify(node), dottedKeys(node));
const blockdevs = fc.oneof(
  {
    weight: 3,
    arbitrary: blockdevNode.chain(blockdevText).map((text) => ['-blockdev', text]),
  },
  oddJson(blockdevNode).map((text) => ['-blockdev', text]),
  blockdevNode.chain((node) => mutated(fc.constant(dottedKeys(node)))).map((text) => ['-blockdev', text]),
  fc
    .tuple(
      rbdNode,
      fc.constantFrom<object>(
        { driver: 'raw', 'node-name': 'n', file: 'a' },
        { driver: 'raw', 'node-name': 'n', file: 'b' },
        { driver: 'raw', file: 'a' },
        { driver: 'raw', 'node-name': 'a', file: 'a' },
        { driver: 'raw', 'node-name': 'n', file: 'a', cache: { direct: true } },
        { driver: 'throttle', 'node-name': 'n', file: 'a' },
        { driver: 'throttle', 'throttle-group': 'g', 'node-name': 'n', file: 'a' },
        { driver: 'copy-on-read', 'node-name': 'n', file: 'a', cache: { direct: true } },
        { driver: 'raw', 'node-name': '0n', file: 'a' },
        { driver: 'raw', 'node-name': 'n', file: 'a', offset: 1 },
        { driver: 'copy-on-read', 'node-name': 'n', file: 'a' },
        { driver: 'raw', 'node-name': 'n', file: 'a', 'read-only': true },
      ),
    )
    .chain(([node, above]) =>
      fc
        .tuple(blockdevText({ ...node, 'node-name': 'a' }), blockdevText(above))
        .map(([first, second]) => ['-blockdev', first, '-blockdev', second]),
    ),
);
const nodes = fc.oneof(
  { weight: 2, arbitrary: blockdevs },
  fc.tuple(blockdevs, device('n')).map(([words, made]) => [...words, '-device', made]),
);

const commandCase: fc.Arbitrary<LiveCase> = fc
  .tuple(
    machine,
    fc.oneof(
      { weight: 4, arbitrary: fc.oneof(drives, nodes) },
      { weight: 4, arbitrary: fc.oneof(drives, nodes).map((words) => [...OBJECTS, ...words]) },
      { weight: 1, arbitrary: secretWords },
    ),
    sometimes(fc.constant('-snapshot'), 8),
    files(confText),
    fc.oneof({ weight: 3, arbitrary: fc.constant({}) }, environment),
  )
  .map(([machineWords, disks, snapshot, made, env]) => ({
    args: [...machineWords, ...(snapshot === null ? [] : [snapshot]), ...disks].filter((word) => !word.includes('\0')),
    files: made,
    env,
  }));

export const CASES: Readonly<Record<Kind, fc.Arbitrary<LiveCase>>> = {
  drive: driveCase,
  blockdev: blockdevCase,
  librados: libradosCase,
  command: commandCase,
};
