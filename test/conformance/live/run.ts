/**
 * Compares the simulation with the QEMU and librados installed on this machine, on generated cases. Run by
 * `npm run conformance:live`; see .ci/conformance-live.mjs.
 *
 * Prints each disagreement in its smallest form, as a line that can be added to the recorded cases. Exit code 1 where
 * there is one. The last line is JSON: what was compared, and how many agreed. `--try FILE` takes the cases of a file
 * instead, `--record FILE` adds what was seen to one.
 */
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { cephOptionNames } from '../../../server/src/catalog/ceph-options.js';
import { cephRelease, qemuRelease } from '../../../server/src/catalog/releases.js';
import type { JsonObject } from '../../../server/src/cli/json.js';
import { CASES } from './arbitraries.js';
import type { Disagreement, Installed } from './compare.js';
import { KINDS, type Kind } from './live-case.js';
import { within } from './processes.js';
import { Recorder, readCases } from './record.js';
import { Programs } from './run-case.js';

/** Cases of one seed; a disagreement ends its block. */
const BLOCK = 50;

const SHARES: Readonly<Record<Kind, number>> = { drive: 0.35, blockdev: 0.15, librados: 0.44, command: 0.06 };

/** Set aside: their defaults hold the folders and the choices of whoever built the package, and no disk reads them. */
const BUILD_DEPENDENT: ReadonlySet<string> = new Set([
  'erasure_code_dir',
  'mgr_disabled_modules',
  'osd_erasure_code_plugins',
  'osd_class_dir',
  'plugin_dir',
]);

function output(root: string, program: string, ...args: string[]): string {
  const [command, all] = within(root, program, args);
  return execFileSync(command, all, { encoding: 'utf8' });
}

function installed(root: string): Installed {
  const qemu = /version (\d+\.\d+\.\d+)/.exec(output(root, 'qemu-system-x86_64', '--version'))?.[1];
  const librados = cephRelease(output(root, 'dpkg-query', '-W', '-f', '${Version}', 'librados2'));
  if (qemu === undefined || librados === undefined) throw new Error('the programs do not say their versions');
  if (librados.match !== 'exact' || qemuRelease(qemu)?.match !== 'exact')
    console.log(`live: QEMU ${qemu} or librados ${librados.written} is not among the known releases`);
  return { qemu, librados: librados.label, host: os.hostname().split('.')[0] ?? '' };
}

/** `into` is the folder as the programs see it. */
function build(root: string, source: string, into: string): void {
  const outside = path.join(root, into);
  for (const file of ['recorder.c', 'librados-driver.c'])
    fs.copyFileSync(path.join(source, file), path.join(outside, file));
  const cc = (...args: string[]) => {
    const [command, all] = within(root, 'gcc', ['-O1', '-Wall', '-Wextra', '-o', ...args]);
    execFileSync(command, all, { stdio: 'inherit' });
  };
  cc(`${into}/recorder.so`, '-shared', '-fPIC', `${into}/recorder.c`, '-ldl');
  cc(`${into}/librados-driver`, `${into}/librados-driver.c`, `${into}/recorder.so`, '-Wl,-rpath,$ORIGIN', '-ldl');
}

async function compareMany(programs: Programs, kind: Kind, count: number, seed: number): Promise<Disagreement[]> {
  const found: Disagreement[] = [];
  for (let done = 0; done < count; done += BLOCK) {
    let smallest: Disagreement | null = null;
    const property = fc.asyncProperty(CASES[kind], async (given) => {
      const disagreement = await programs.tryCase(kind, given);
      if (disagreement !== null) smallest = disagreement;
      return disagreement === null;
    });
    const { failed, errorInstance } = await fc.check(property, {
      seed: seed + done,
      numRuns: Math.min(BLOCK, count - done),
    });
    if (smallest !== null) found.push(smallest);
    else if (failed) throw errorInstance;
  }
  return found;
}

async function startRecorder(programs: Programs, file: string, about: string): Promise<Recorder> {
  let defaults: JsonObject = {};
  programs.onSeen = (_kind, _full, { config }) => {
    defaults = config;
  };
  await programs.tryCase('librados', { args: ['-drive', 'format=raw,file=rbd:p/i'], files: {}, env: {} });
  const recorder = new Recorder(file, about, defaults);
  programs.onSeen = (kind, full, seen) => recorder.add(kind, full, seen);
  return recorder;
}

function print({ what, ...rest }: Disagreement): void {
  console.log(`disagreement in ${what}: ${JSON.stringify(rest)}`);
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      cases: { type: 'string', default: '500' },
      seed: { type: 'string', default: '1' },
      only: { type: 'string' },
      root: { type: 'string', default: '/' },
      source: { type: 'string', default: 'test/conformance/live' },
      try: { type: 'string' },
      record: { type: 'string' },
      about: { type: 'string', default: 'live' },
    },
  });
  const { root } = values;
  const [count, seed] = [Number(values.cases), Number(values.seed)];
  if (!Number.isInteger(count) || !Number.isInteger(seed)) throw new Error('--cases and --seed take whole numbers');
  const kinds = KINDS.filter((kind) => values.only === undefined || values.only.split(',').includes(kind));
  const versions = installed(root);
  const release = cephRelease(versions.librados);
  const options = release === undefined ? [] : cephOptionNames(release).filter((name) => !BUILD_DEPENDENT.has(name));
  const folder = fs.mkdtempSync(path.join(root, 'tmp', 'rbdcache-live-'));
  const inside = path.join('/tmp', path.basename(folder));
  const programs = new Programs(root, inside, versions, options);
  const total = { cases: 0, disagreements: 0 };
  try {
    build(root, values.source, inside);
    const recorder = values.record === undefined ? null : await startRecorder(programs, values.record, values.about);
    if (values.try !== undefined) {
      for (const { kind, given } of readCases(values.try)) {
        const found = await programs.tryCase(kind, given);
        total.cases += 1;
        if (found === null) continue;
        total.disagreements += 1;
        print(found);
      }
      kinds.length = 0;
    }
    const shares = kinds.reduce((sum, kind) => sum + SHARES[kind], 0);
    for (const kind of kinds) {
      const wanted = Math.ceil((count * SHARES[kind]) / shares);
      const found = await compareMany(programs, kind, wanted, seed);
      total.cases += wanted;
      total.disagreements += found.length;
      found.forEach(print);
      console.log(
        `live ${kind}: QEMU ${versions.qemu}, librados ${versions.librados}, seed ${seed}: ${wanted} cases, ${found.length} disagreements`,
      );
    }
    recorder?.save();
  } finally {
    programs.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  }
  console.log(JSON.stringify(total));
  return total.disagreements === 0 ? 0 : 1;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error);
    process.exitCode = 2;
  },
);
