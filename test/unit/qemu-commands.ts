/** A command line, as words, through the whole simulation. */
import { cephRelease, qemuRelease, type Vendor } from '../../server/src/catalog/releases.js';
import type { CommandTrace, DriveTrace } from '../../server/src/simulate/model.js';
import { simulateCommand } from '../../server/src/simulate/simulate.js';
import { confFile } from '../../server/src/syntax/ceph-conf/conf-file.js';
import { type MappedText, MappedTextBuilder } from '../../server/src/syntax/mapped-text.js';
import type { Span } from '../../server/src/syntax/span.js';

interface Run {
  readonly qemu?: string;
  readonly librbd?: string;
  readonly vendor?: Vendor;
  readonly files?: Readonly<Record<string, string>>;
}

/** Words parted by blanks; `$x` stands for text that cannot be known. */
function words(command: string): MappedText[] {
  const made: MappedText[] = [];
  for (const match of command.matchAll(/\S+/g)) {
    const builder = new MappedTextBuilder(match.index);
    let at = match.index;
    for (const part of match[0].split(/(\$[a-z]+)/)) {
      if (part.startsWith('$')) builder.unknown(at, at + part.length);
      else builder.copy(part, at);
      at += part.length;
    }
    made.push(builder.build());
  }
  return made;
}

export function run(
  command: string,
  { qemu = '4.2', librbd = '14.2.22', vendor = 'upstream', files = {} }: Run = {},
): CommandTrace {
  const release = qemuRelease(qemu);
  const ceph = cephRelease(librbd);
  if (release === undefined || ceph === undefined) throw new Error(`no release ${qemu} or ${librbd}`);
  return simulateCommand({
    args: words(command),
    releases: { qemu: release, librbd: ceph, vendor },
    files: {
      lookUp: (path) => {
        const text = files[path];
        return text === undefined ? { status: 'missing' } : { status: 'file', file: confFile(path, text) };
      },
    },
    environment: { env: {}, cwd: '/', home: '/root', pid: null, host: null },
  });
}

export function only(trace: CommandTrace): DriveTrace {
  const [drive, ...more] = trace.drives;
  if (drive === undefined || more.length > 0) throw new Error(`${trace.drives.length} drives`);
  return drive;
}

export const at = (command: string, span: Span | null | undefined) =>
  span == null ? null : command.slice(span.start, span.end);

export const setsOf = (drive: DriveTrace) =>
  drive.calls.flatMap((call) => (call[0] === 'rados_conf_set' ? [`${call[1]}=${call[2]}`] : []));
