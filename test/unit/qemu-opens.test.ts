/**
 * What QEMU was seen to do: the released functions of 0.15 to 2.8 driven with names, and the binaries of 5.2.0, 7.2.22,
 * 10.0.13 and 11.1.3 driven with options and block nodes, over a librados that takes everything.
 */

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { cephRelease, qemuRelease } from '../../server/src/catalog/releases.js';
import { NO_SURROUNDINGS } from '../../server/src/features/no-surroundings.js';
import type { Call, Cluster, CommandTrace, FileRead, GuestCache, Outcome } from '../../server/src/simulate/model.js';
import { simulateCommand } from '../../server/src/simulate/simulate.js';
import { MappedText } from '../../server/src/syntax/mapped-text.js';

/** Takes every file and every option. */
function obligingCluster(id: string | null): Cluster {
  const reads: FileRead[] = [];
  return {
    identity: `client.${id ?? 'admin'}`,
    reads,
    exits: null,
    get: () => undefined,
    trace: () => undefined,
    inForce: () => undefined,
    mentioned: () => [],
    readFile: (requested) => {
      const read = { requested, searched: [], taken: null, returned: 0, uncertain: false, abort: null };
      reads.push(read);
      return read;
    },
    set: () => 0,
  };
}

/** Any outcome: what librbd does is not looked at here. */
function outcomeOf(guest: GuestCache): Outcome {
  return {
    rbdCache: 'off',
    writePolicy: 'off',
    untilFirstFlush: false,
    staysWritethrough: false,
    servesReads: false,
    dirtyLimit: null,
    targetDirty: null,
    maxDirtyAge: null,
    size: null,
    guest,
    safety: 'safe',
    safetyReason: '',
    assumes: [],
  };
}

function simulateObliging(args: readonly string[], qemu: string): CommandTrace {
  const release = qemuRelease(qemu);
  const librbd = cephRelease('20.2');
  if (release === undefined || librbd === undefined) throw new Error(`no such release: ${qemu}`);
  return simulateCommand(
    {
      args: args.map((arg) => MappedText.verbatim(arg)),
      releases: { qemu: release, librbd, vendor: 'upstream' },
      ...NO_SURROUNDINGS,
    },
    {
      createCluster: (_, id) => obligingCluster(id),
      librbdOutcome: (_release, _config, guest) => outcomeOf(guest),
    },
  );
}

interface Row {
  readonly qemu: readonly string[];
  readonly args: readonly string[];
  readonly calls: readonly (readonly (string | null)[])[];
  readonly image?: Readonly<Record<string, string | null>>;
  readonly crash?: boolean;
  readonly fails?: boolean;
  readonly message?: string;
}

const rows: readonly Row[] = readFileSync(new URL('./data/qemu-opens.jsonl', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line));

const SHORT: Readonly<Record<Call[0], string>> = {
  rados_create: 'create',
  rados_conf_read_file: 'read',
  rados_conf_set: 'set',
  rados_connect: 'connect',
};

/** Calls as the rows have them: without results, and without `rados_connect`. */
function callsOf(trace: CommandTrace): (readonly (string | number | null)[])[] {
  return (trace.drives[0]?.calls ?? [])
    .filter(([name]) => name !== 'rados_connect')
    .map(([name, ...rest]) => [SHORT[name], ...rest.slice(0, name === 'rados_conf_set' ? 2 : 1)]);
}

describe.each(['0.15', '1.0', '1.2', '2.2', '2.4', '2.8', '5.2', '7.2', '10.0', '11.1'])('QEMU %s', (series) => {
  const runs = rows.flatMap((row) =>
    row.qemu
      .filter((qemu) => qemu.startsWith(`${series}.`) || qemu === series)
      .map((qemu) => ({ qemu, row, title: row.args.join(' ') })),
  );
  test.each(runs)('$title', ({ qemu, row }) => {
    const trace = simulateObliging(row.args, qemu);
    const drive = trace.drives[0];
    const error = drive?.error ?? trace.error;
    expect(callsOf(trace)).toEqual(row.calls);
    if (row.crash === true) expect(error?.stage).toBe('crash');
    else if (row.message !== undefined) expect(error?.message).toBe(row.message);
    else if (row.fails === true) expect(error).not.toBeNull();
    else expect(error).toBeNull();
    if (row.image !== undefined && row.crash !== true) expect(drive?.image).toMatchObject(row.image);
  });
});
