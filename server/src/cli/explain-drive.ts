/** A drive given on the command line, with a ceph.conf or without. */
import { readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fullAnswer } from '../features/answer.js';
import { driveLabel } from '../features/drive-label.js';
import { redact } from '../features/redact.js';
import type { CommandTrace, FileSystem } from '../simulate/model.js';
import { simulateCommand } from '../simulate/simulate.js';
import { confFile } from '../syntax/ceph-conf/conf-file.js';
import { decodeBytes } from '../syntax/ceph-conf/decode.js';
import { findQemuCommands } from '../syntax/commands.js';
import { MappedText } from '../syntax/mapped-text.js';
import { addressOfPath } from '../workspace/address.js';
import { FILE_SIZE_CAP } from '../workspace/file-access.js';
import { HostFiles } from '../workspace/host-files.js';
import type { ExplainOptions, Explanation } from './explain.js';
import type { InputProblem } from './input-files.js';
import { systemMessage } from './input-files.js';
import { displayPath, leadsToKeyring } from './paths.js';
import { openWorkspace } from './session.js';

/** `drive`: what stands behind `-drive` or `-blockdev`, an `rbd:` name, or a QEMU command line. */
export function explainDriveText(drive: string, options: ExplainOptions): Explanation {
  const notes: string[] = [];
  const workspace = openWorkspace([], options, (message) => notes.push(message));
  // An empty document in the current folder, for the releases and the root that hold there.
  const address = addressOfPath(join(options.cwd, 'drive.qemu'));
  workspace.setDocument(address, 'qemu-cmdline', '');
  const here = workspace.analyse(address);
  if (here === null || here.kind !== 'command') throw new Error('an empty command document was not analysed');
  const conf = options.conf === undefined ? null : readConf(options.conf, options.cwd);
  if (conf !== null && 'message' in conf) return { explained: [], problems: [conf], notes };
  const { folders, texts } = workspace;
  const files = conf ?? new HostFiles(texts, { root: here.root, folders, readHostFiles: options.readHostFiles });
  const { args, text } = argumentsOf(drive);
  const command = simulateCommand({
    args,
    releases: here.releases.pair,
    files,
    environment: { ...workspace.environmentOf(address), cwd: options.cwd },
    cluster: workspace.clusterOf(address),
  });
  const explained = command.drives.map((trace) => {
    const answered = { trace, text, releases: here.releases };
    const nameFile = (id: string): string => displayPath(id, options.cwd);
    return {
      label: driveLabel(trace),
      path: null,
      line: null,
      drive: answered,
      answer: fullAnswer(answered),
      nameFile,
    };
  });
  return { explained, problems: [], notes: [...notes, ...here.releases.problems, ...commandNotes(command)] };
}

function argumentsOf(drive: string): { readonly args: readonly MappedText[]; readonly text: string } {
  const [command] = findQemuCommands(drive, 'qemu-cmdline');
  if (command !== undefined && /^\s*(?:-|\S*(?:qemu|kvm)\S*\s)/.test(drive)) {
    return { args: command.args, text: drive.slice(command.span.start, command.span.end) };
  }
  const flag = drive.trimStart().startsWith('{') ? '-blockdev' : '-drive';
  const text = drive.startsWith('rbd:') ? `file=${drive.replaceAll(',', ',,')},format=raw,if=none` : drive;
  return { args: [MappedText.verbatim(flag), MappedText.verbatim(text)], text };
}

/** The file in the place of whichever ceph.conf the drive reads. */
function readConf(word: string, cwd: string): FileSystem | InputProblem {
  const path = resolve(cwd, word);
  if (leadsToKeyring(path)) return { path: word, message: 'keyrings are never read' };
  try {
    const { size } = statSync(path);
    if (size > FILE_SIZE_CAP) return { path: word, message: `larger than ${FILE_SIZE_CAP / 1024 / 1024} MiB` };
    const file = confFile(addressOfPath(path), decodeBytes(readFileSync(path)));
    return { lookUp: () => ({ status: 'file', file }) };
  } catch (error) {
    return { path: word, message: systemMessage(error) };
  }
}

function commandNotes({ drives, others, error }: CommandTrace): readonly string[] {
  if (error !== null) return [`QEMU refuses these arguments: ${redact(error.message)}`];
  if (drives.length + others.length === 0) return ['there is no RBD drive in this text'];
  return others.map(({ why }) =>
    why === 'not-rbd'
      ? 'QEMU opens this drive with another driver: RBDCache has no part in it'
      : 'which image this drive opens depends on a variable',
  );
}
