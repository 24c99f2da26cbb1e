/**
 * Compares the simulation with the QEMU and librados installed on this machine, on generated cases.
 *
 *     npm run conformance:live -- [--cases 50000] [--seed 1] [--only drive|blockdev|librados]
 *
 * Prints each disagreement in its smallest form, as a line that can be added to the recorded cases. Exit code 1 where
 * there is one, 3 where the programs are not installed.
 */
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { cephOptionNames } from '../../../server/src/catalog/ceph-options.js';
import { cephRelease } from '../../../server/src/catalog/releases.js';
import { createCaseRunner } from '../../../server/src/cli/cases.js';
import { blockdevCase, driveCase, type LiveCase, libradosCase } from './arbitraries.js';
import { completeCase, type Disagreement, difference, type Installed, replay, runDrive, simulated } from './compare.js';
import { type Bench, Librados, Qemu } from './processes.js';

const BLOCK = 50;

/** Set aside: their defaults hold the folders and the choices of whoever built the package, and no disk reads them. */
const BUILD_DEPENDENT: ReadonlySet<string> = new Set([
  'erasure_code_dir',
  'mgr_disabled_modules',
  'osd_class_dir',
  'plugin_dir',
]);

type Kind = 'drive' | 'blockdev' | 'librados';
const SHARES: readonly { readonly kind: Kind; readonly share: number; readonly cases: fc.Arbitrary<LiveCase> }[] = [
  { kind: 'drive', share: 0.4, cases: driveCase },
  { kind: 'blockdev', share: 0.2, cases: blockdevCase },
  { kind: 'librados', share: 0.4, cases: libradosCase },
];

/** Undefined where one of the programs is missing. */
function installed(): Installed | undefined {
  try {
    const qemu = /version (\d+\.\d+\.\d+)/.exec(
      execFileSync('qemu-system-x86_64', ['--version'], { encoding: 'utf8' }),
    )?.[1];
    const librados = execFileSync('dpkg-query', ['-W', '-f', '${Version}', 'librados2'], { encoding: 'utf8' });
    const release = cephRelease(librados)?.label;
    return qemu === undefined || release === undefined
      ? undefined
      : { qemu, librados: release, host: os.hostname().split('.')[0] ?? '' };
  } catch (error) {
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  }
}

function build(source: string, into: string): void {
  const cc = (...args: string[]) =>
    execFileSync('cc', ['-O1', '-Wall', '-Wextra', '-o', ...args], { stdio: 'inherit' });
  cc(path.join(into, 'recorder.so'), '-shared', '-fPIC', path.join(source, 'recorder.c'), '-ldl');
  cc(
    path.join(into, 'librados-driver'),
    path.join(source, 'librados-driver.c'),
    path.join(into, 'recorder.so'),
    '-Wl,-rpath,$ORIGIN',
  );
}

class Programs {
  private qemu: Qemu | null = null;
  private librados: Librados | null = null;
  private readonly runner = createCaseRunner();

  constructor(
    private readonly folder: string,
    private readonly versions: Installed,
    private readonly options: readonly string[],
  ) {}

  async tryCase(kind: Kind, given: LiveCase): Promise<Disagreement | null> {
    if (kind === 'librados') {
      // librados looks at CEPH_ARGS once in the life of a process.
      const args = given.env['CEPH_ARGS'] ?? '';
      if (this.librados?.alive !== true || this.librados.cephArgs !== args) {
        this.librados?.stop();
        this.librados = new Librados(this.bench('librados'), args);
      }
      const full = completeCase(
        given,
        '1.1',
        this.versions,
        this.options,
        this.librados.pid,
        this.librados.bench.folder,
      );
      const made = simulated(this.runner, full);
      // What QEMU 1.1 refuses by itself is no question for librados.
      if (made.error !== null && (made.calls.length === 0 || made.error.stage === 'filename')) return null;
      return difference(full, { ...(await replay(this.librados, given, made)), message: null }, made);
    }
    this.qemu = this.qemu?.alive === true ? this.qemu : await this.startQemu();
    const full = completeCase(
      given,
      this.versions.qemu,
      this.versions,
      this.options,
      this.qemu.pid,
      this.qemu.bench.folder,
    );
    const made = simulated(this.runner, { ...full, args: ['-object', 'secret,id=s0,data=c2VjcmV0', ...given.args] });
    return difference(full, await runDrive(this.qemu, given), made);
  }

  stop(): void {
    this.qemu?.stop();
    this.librados?.stop();
  }

  private async startQemu(): Promise<Qemu> {
    const qemu = await Qemu.start(this.bench('qemu'), {});
    await qemu.execute('object-add', { 'qom-type': 'secret', id: 's0', data: 'c2VjcmV0' });
    return qemu;
  }

  private bench(name: string): Bench {
    const folder = path.join(this.folder, name);
    fs.rmSync(folder, { recursive: true, force: true });
    fs.mkdirSync(folder, { recursive: true });
    return { built: this.folder, folder, options: this.options };
  }
}

async function compareMany(
  programs: Programs,
  kind: Kind,
  cases: fc.Arbitrary<LiveCase>,
  count: number,
  seed: number,
): Promise<Disagreement[]> {
  const found: Disagreement[] = [];
  for (let done = 0; done < count; done += BLOCK) {
    let smallest: Disagreement | null = null;
    const property = fc.asyncProperty(cases, async (given) => {
      const disagreement = await programs.tryCase(kind, given);
      if (disagreement !== null) smallest = disagreement;
      return disagreement === null;
    });
    await fc.check(property, { seed: seed + done, numRuns: Math.min(BLOCK, count - done) });
    if (smallest !== null) found.push(smallest);
  }
  return found;
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      cases: { type: 'string' },
      seed: { type: 'string' },
      only: { type: 'string' },
      source: { type: 'string' },
    },
  });
  const count = Number(values.cases ?? 500);
  const seed = Number(values.seed ?? 1);
  const versions = installed();
  if (versions === undefined) {
    console.error(
      'live comparison: install qemu-system-x86 qemu-block-extra librados2 librbd1 (and a C compiler) first',
    );
    return 3;
  }
  const release = cephRelease(versions.librados);
  const options = release === undefined ? [] : cephOptionNames(release).filter((name) => !BUILD_DEPENDENT.has(name));
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'rbdcache-live-'));
  build(values.source ?? 'test/conformance/live', folder);
  const programs = new Programs(folder, versions, options);
  let disagreements = 0;
  try {
    for (const { kind, share, cases } of SHARES) {
      if (values.only !== undefined && values.only !== kind) continue;
      const wanted = Math.ceil(count * (values.only === undefined ? share : 1));
      const found = await compareMany(programs, kind, cases, wanted, seed);
      disagreements += found.length;
      for (const { what, ...rest } of found) console.log(`disagreement in ${what}: ${JSON.stringify(rest)}`);
      console.log(
        `live ${kind}: QEMU ${versions.qemu}, librados ${versions.librados}, seed ${seed}: ${wanted} cases, ${found.length} disagreements`,
      );
    }
  } finally {
    programs.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  }
  return disagreements === 0 ? 0 : 1;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
