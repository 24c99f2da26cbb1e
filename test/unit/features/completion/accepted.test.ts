/**
 * Whatever is offered is taken by the programs of the release in force: each item is accepted, its value after it, and the
 * command is simulated, or the file read, again. Nothing may be refused that was not refused before.
 */
import { expect, test } from 'vitest';
import { cephOption } from '../../../../server/src/catalog/ceph-options.js';
import { cephRelease } from '../../../../server/src/catalog/releases.js';
import type { DocumentAnalysis } from '../../../../server/src/features/analysis-model.js';
import { cephValues } from '../../../../server/src/features/completion/ceph-values.js';
import { readValue } from '../../../../server/src/simulate/librados/values.js';
import { CARET } from '../../../caret.js';
import { accept, type Kind, Stage } from './harness.js';

const PAIRS = [
  '0.14 0.48',
  '0.15 0.61',
  '1.0 0.67',
  '1.2 0.80',
  '1.5 0.80',
  '1.7 0.87',
  '2.2 0.87',
  '2.4 0.94',
  '2.8 10.2',
  '2.9 11.2',
  '2.11 12.2',
  '3.0 13.2',
  '4.2 14.2',
  '5.2 15.2',
  '6.1 16.2',
  '7.2 17.2',
  '8.2 18.2',
  '10.2 20.2',
  '11.1 20.2',
];

const SEEN = {
  'file:///h/other.qemu-args':
    'qemu-kvm -drive file=rbd:volumes/v-1@s1:id=cinder:conf=/etc/ceph/west.conf,if=none,format=raw,readonly=on -drive file=rbd:vol\\:umes/v\\@2:id=a\\:b:mon_host=10.0.0.1\\:6789\\;10.0.0.2\\:6789,if=none,format=raw\n',
  'file:///h/etc/ceph/west.conf': '[global]\nrbd cache = true\n',
};

/** Places in a command, quoted in each way that people quote. */
const COMMANDS: readonly (readonly [Kind, string])[] = [
  ['args', 'qemu-kvm -drive file=rbd:p/i,if=none,‸'],
  ['args', 'qemu-kvm -drive file=rbd:p/i,if=none,id=d0,format=raw,‸ -device virtio-blk-pci,drive=d0'],
  ['script', "qemu-kvm -drive 'file=rbd:p/i,if=none,‸'"],
  ['script', 'qemu-kvm -drive "file=rbd:p/i,if=none,‸"'],
  ['args', 'qemu-kvm -drive file=rbd:‸,if=none'],
  ['script', 'qemu-kvm -drive file=rbd:volumes/‸,if=none'],
  ['script', 'qemu-kvm -drive file=rbd:p/i:‸,if=none'],
  ['script', "qemu-kvm -drive 'file=rbd:p/i:‸,if=none'"],
  ['script', 'qemu-kvm -drive "file=rbd:p/i:‸,if=none"'],
  ['args', 'qemu-kvm -drive file=rbd:p/i:‸,if=none'],
  ['args', 'qemu-kvm -drive file=rbd:p/i:rbd_cache‸,if=none'],
  ['args', 'qemu-kvm -hda rbd:p/i:‸'],
  ['args', 'qemu-kvm -drive if=none,file.driver=rbd,file.pool=p,file.image=i,file.‸'],
  ['args', 'qemu-kvm -blockdev driver=rbd,node-name=n,pool=p,image=i,‸'],
  ['script', "qemu-kvm -blockdev 'driver=rbd,node-name=n,pool=p,image=i,cache.‸'"],
  ['script', 'qemu-kvm -blockdev driver=raw,node-name=n,file.driver=rbd,file.pool=p,file.image=i,file.‸'],
  ['script', `qemu-kvm -blockdev '{"driver":"rbd","node-name":"n","pool":"p","image":"i",‸}'`],
  [
    'script',
    'qemu-kvm -blockdev "{\\"driver\\":\\"rbd\\",\\"node-name\\":\\"n\\",\\"pool\\":\\"p\\",\\"image\\":\\"i\\",‸}"',
  ],
  ['args', 'qemu-kvm -blockdev {"driver":"raw","node-name":"n","file":{"driver":"rbd","pool":"p","image":"i",‸}}'],
  ['args', 'qemu-kvm -drive file=rbd:p/i,if=none,id=d0 -device virtio-blk-pci,‸'],
  ['args', 'qemu-kvm -object secret,id=k,file=/k,‸ -drive file=rbd:p/i,if=none'],
  ['script', 'qemu-kvm -‸'],
  ['args', '‸'],
];

const SAMPLES: Readonly<Record<string, string>> = {
  addr: '10.0.0.1:6789',
  addrvec: '10.0.0.1:6789',
  uuid: 'a7f64266-0894-4f1e-a635-d0aeaca0e993',
};

/** For keys whose values nobody can guess. */
function sample(key: string, pair: string): string {
  if (/(?:^|\.)(?:id|node-name|driver)$/.test(key)) return 'x1';
  if (/max[-_]length$/.test(key)) return '1';
  const release = cephRelease(pair.split(' ')[1] ?? '');
  const type = release === undefined ? undefined : cephOption(release, key)?.type;
  return SAMPLES[type ?? ''] ?? '0';
}

/** What asks for another option to be written, too. */
const ASKS_FOR_MORE: ReadonlySet<string> = new Set(['member-missing', 'secret-missing', 'snapshot-read-only']);

function refusals(analysis: DocumentAnalysis): readonly string[] {
  if (analysis.kind !== 'command') throw new Error('the document is no command any more');
  return analysis.commands.flatMap(({ trace }) =>
    [...trace.drives.map(({ error }) => error), trace.error].flatMap((error) =>
      error === null || ASKS_FOR_MORE.has(error.code) ? [] : [`${error.code}: ${error.message}`],
    ),
  );
}

/** The command without what is half written at the caret. */
function complete(text: string): string {
  return text
    .replace(/rbd:‸/, 'rbd:x/y')
    .replace(/volumes\/‸/, 'volumes/y')
    .replace(/(?:[,:](?:cache\.|file\.|rbd_cache)?| -)?‸/, '');
}

type Offered = ReturnType<Stage['offered']>;

/** Of the many names of librados' options some are enough: they are all read by the same code. */
function someOf({ items }: Offered): Offered['items'] {
  let seen = 0;
  return items.filter(({ topic }) => topic?.about !== 'ceph' || seen++ % 15 === 0);
}

function marked(list: Offered, taken: Offered['items'][number]): string {
  const { text, caret } = accept(list, taken, 'replace');
  return `${text.slice(0, caret)}${CARET}${text.slice(caret)}`;
}

/** Each place in each third pair, so that old and new releases meet all places. */
const RUNS = PAIRS.flatMap((pair, at) =>
  COMMANDS.filter((_, place) => (at + place) % 3 === 0).map(([kind, text]) => [pair, kind, text] as const),
);

test.each(RUNS)('QEMU and librbd %s, %s: %s', (pair, kind, text) => {
  const stage = new Stage(pair, SEEN);
  const before = new Set(refusals(stage.analyse(kind, complete(text))));
  const wrong: string[] = [];
  const check = (taken: string, after: string): void => {
    for (const one of refusals(stage.analyse(kind, after.replace(CARET, '')))) {
      if (!before.has(one)) wrong.push(`${taken}: ${one} in ${after}`);
    }
  };
  for (const key of someOf(stage.offered(kind, text))) {
    const first = marked(stage.offered(kind, text), key);
    if (key.kind === 'flag') continue;
    const values = key.goesOn ? stage.offered(kind, first) : null;
    if (values === null) check(key.label, first);
    else if (values.items.length > 0) {
      for (const value of someOf(values)) check(`${key.label} ${value.label}`, marked(values, value));
    } else if (!/[:/]$/.test(key.newText)) {
      check(key.label, first.replace(CARET, sample(key.label, pair)));
    }
  }
  expect(wrong).toEqual([]);
});

test.each(PAIRS)('QEMU and librbd %s: each value of each option of a ceph.conf', (pair) => {
  const release = cephRelease(pair.split(' ')[1] ?? '');
  if (release === undefined) throw new Error('no such release');
  const stage = new Stage(pair);
  const names = ['', 'rbd', 'log', 'debug', 'ms_', 'mon', 'auth', 'objecter', 'client'].flatMap((typed) =>
    stage
      .offered('conf', `[client]\n${typed}‸\n`)
      .items.flatMap(({ topic }) => (topic?.about === 'ceph' ? [topic.name] : [])),
  );
  const wrong: string[] = [];
  for (const name of new Set(names)) {
    const option = cephOption(release, name);
    if (option === undefined) wrong.push(`${name} is not known`);
    for (const { text } of cephValues(release, name)) {
      if (option === undefined || !readValue(release, option, text).ok) wrong.push(`${name} = ${text}`);
    }
  }
  expect(names.length).toBeGreaterThan(100);
  expect(wrong).toEqual([]);
});
