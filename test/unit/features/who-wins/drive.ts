/** A drive in its releases, as the views of who wins take it. */
import { cephRelease, qemuRelease } from '../../../../server/src/catalog/releases.js';
import { type ComparedDrive, cellAnswer, matrix } from '../../../../server/src/features/who-wins/matrix.js';
import type { Matrix } from '../../../../server/src/features/who-wins/view.js';
import type { ClusterSettings, FileSystem, ReleasePair } from '../../../../server/src/simulate/model.js';
import { simulateCommand } from '../../../../server/src/simulate/simulate.js';
import { confFile } from '../../../../server/src/syntax/ceph-conf/conf-file.js';
import { findQemuCommands } from '../../../../server/src/syntax/commands.js';

export interface DriveInput {
  /** QEMU's arguments; the last drive in them is meant. */
  readonly args: string;
  readonly language?: 'qemu-cmdline' | 'shellscript' | undefined;
  /** Text of /etc/ceph/ceph.conf; without one there is none. */
  readonly conf?: string;
  readonly qemu: string;
  readonly librbd: string;
  readonly assumed?: boolean;
  readonly cephArgs?: string;
  readonly cluster?: ClusterSettings;
}

export function driveIn(input: DriveInput): ComparedDrive {
  const { args, language = 'qemu-cmdline', conf, qemu, librbd, assumed = false, cephArgs, cluster } = input;
  const [command] = findQemuCommands(`qemu-system-x86_64 ${args}`, language);
  const releases = { qemu: qemuRelease(qemu), librbd: cephRelease(librbd) };
  if (command === undefined || releases.qemu === undefined || releases.librbd === undefined) {
    throw new Error(`no command or no releases: ${args}`);
  }
  const file = conf === undefined ? null : confFile('/etc/ceph/ceph.conf', conf);
  const files: FileSystem = {
    lookUp: (path) => (file !== null && path === file.id ? { status: 'file', file } : { status: 'missing' }),
  };
  const env = cephArgs === undefined ? {} : { CEPH_ARGS: cephArgs };
  const environment = { env, cwd: '/', home: '/root', pid: null, host: null };
  const simulate = (pair: ReleasePair, only?: number) =>
    simulateCommand({ args: command.args, releases: pair, files, environment, cluster, only });
  const trace = simulate({ qemu: releases.qemu, librbd: releases.librbd, vendor: 'upstream' }).drives.at(-1);
  if (trace === undefined) throw new Error(`no drive on RBD: ${args}`);
  const source = assumed ? 'assumed' : 'comment';
  return {
    trace,
    text: command.text,
    releases: { sources: { qemu: source, librbd: source, vendor: 'assumed' } },
    inReleases: (pair) => simulate(pair, trace.syntax.argument),
  };
}

/** To the end, without pauses. */
export function matrixOf(drive: ComparedDrive): Matrix {
  const steps = matrix(drive);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** The table as text: releases of QEMU, then the cells; the pair in force in brackets. */
export function tableOf({ columns, rows }: Matrix): string[][] {
  const mark = (name: string, chosen: string | null): string => (chosen === null ? name : `[${name}]`);
  return [
    ['', ...columns.map(({ name, chosen }) => mark(name, chosen))],
    ...rows.map(({ qemu, cells }) => [
      mark(qemu.name, qemu.chosen),
      ...cells.map(({ sign, word, reason }) => `${sign} ${word} (${reason})`),
    ]),
  ];
}

export function headlineOf(drive: Parameters<typeof cellAnswer>[0]): string {
  return cellAnswer(drive)
    .headline.map(({ text }) => text)
    .join('');
}
