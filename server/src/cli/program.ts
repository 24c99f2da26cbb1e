/** The command line's words: what `rbdcache` can be asked, and where the answers go. */
import { createReadStream } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { version } from '../../../package.json';
import { cephRelease, qemuRelease, VENDORS } from '../catalog/releases.js';
import { ALL_RULES } from '../rules/all.js';
import type { ReleaseChoices } from '../workspace/releases-in-force.js';
import { streamCases } from './case-stream.js';
import { createCaseRunner } from './cases.js';
import { CHECK_FORMATS, type CheckFormat, type CommandResult, check } from './check.js';
import { SEVERITIES } from './check-report.js';
import { EXPLAIN_FORMATS, type ExplainFormat, explain } from './explain.js';
import { systemMessage } from './input-files.js';
import { styleFor } from './style.js';

interface ReleaseFlags {
  readonly qemu?: string;
  readonly librbd?: string;
  readonly vendor?: string;
  readonly readHostFiles?: boolean;
}

interface CheckFlags extends ReleaseFlags {
  readonly format: CheckFormat;
  readonly failOn?: readonly string[];
}

interface ExplainFlags extends ReleaseFlags {
  readonly format: ExplainFormat;
  readonly drive?: string;
  readonly conf?: string;
  readonly cases?: string;
}

/** What the program is run in. */
export interface ProgramContext {
  readonly stdin: Readable;
  readonly stdout: Writable & { readonly isTTY?: boolean };
  readonly stderr: Writable;
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** The installed package, where `docs/rules` lies. */
  readonly packageFolder: string;
}

/** Exit codes: 0 nothing found, 1 something at or over the threshold, 2 bad usage or unreadable input. */
export async function runProgram(argv: readonly string[], context: ProgramContext): Promise<number> {
  const { stdout, stderr, cwd, env } = context;
  let exitCode = 0;
  const finish = ({ text, exitCode: code }: CommandResult): void => {
    stdout.write(text);
    exitCode = code;
  };
  const program = new Command('rbdcache')
    .description('Tells which RBDCache a QEMU disk on Ceph really runs with, and why.')
    .version(version)
    .exitOverride()
    .configureOutput({ writeOut: (text) => stdout.write(text), writeErr: (text) => stderr.write(text) });

  withReleases(program.command('check'))
    .description('Check ceph.conf files and QEMU command lines.')
    .argument('[path...]', 'files, folders and globs; the current folder by default')
    .addOption(new Option('--format <format>', 'how to print').choices(CHECK_FORMATS).default('human'))
    .option('--fail-on <rule|severity>', 'exit 1 at or over it; may be repeated (default: error)', collectThreshold)
    .action((paths: string[], flags: CheckFlags) => {
      finish(
        check(paths, {
          ...sessionOptions(flags, cwd),
          format: flags.format,
          failOn: flags.failOn ?? ['error'],
          style: styleFor(stdout, env),
          version,
          pages: join(context.packageFolder, 'docs', 'rules'),
        }),
      );
    });

  withReleases(program.command('explain'))
    .description('Say what the drives of a file run with, who decided it, and what a crash costs.')
    .argument('[file[:line]]', 'a file, a line of it, or a folder')
    .option('--drive <string>', 'a drive: what stands behind -drive or -blockdev, or an rbd: name')
    .option('--conf <file>', 'the ceph.conf that the drive reads')
    .option('--cases <file>', 'answer cases, one JSON object a line; - is standard input')
    .addOption(new Option('--format <format>', 'how to print').choices(EXPLAIN_FORMATS).default('human'))
    .action(async (target: string | undefined, flags: ExplainFlags, command: Command) => {
      if (flags.cases !== undefined) {
        exitCode = await answerCases(flags.cases, context);
        return;
      }
      if (flags.conf !== undefined && flags.drive === undefined) command.error('error: --conf goes with --drive');
      if (target !== undefined && flags.drive !== undefined) command.error('error: either a file or --drive');
      finish(
        explain(target, {
          ...sessionOptions(flags, cwd),
          format: flags.format,
          drive: flags.drive,
          conf: flags.conf,
          style: styleFor(stdout, env),
        }),
      );
    });

  try {
    await program.parseAsync([...argv], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    throw error;
  }
}

function withReleases(command: Command): Command {
  return command
    .option(
      '--qemu <version>',
      'the release of QEMU',
      readableBy('QEMU', (text) => qemuRelease(text) !== undefined),
    )
    .option(
      '--librbd <version>',
      'the release of Ceph',
      readableBy('Ceph', (text) => cephRelease(text) !== undefined),
    )
    .addOption(new Option('--vendor <vendor>', 'whose build of QEMU').choices(VENDORS))
    .option('--read-host-files', 'also read files of this machine that a drive names');
}

function readableBy(program: string, reads: (text: string) => boolean): (text: string) => string {
  return (text) => {
    if (reads(text)) return text;
    throw new InvalidArgumentError(`It names no release of ${program}.`);
  };
}

function collectThreshold(value: string, earlier: readonly string[] | undefined): readonly string[] {
  const known = SEVERITIES.some((severity) => severity === value) || ALL_RULES.some(({ id }) => id === value);
  if (!known) throw new InvalidArgumentError(`It is neither a rule nor one of ${SEVERITIES.join(', ')}.`);
  return [...(earlier ?? []), value];
}

function sessionOptions({ qemu, librbd, vendor, readHostFiles }: ReleaseFlags, cwd: string) {
  const releases: ReleaseChoices = { qemu, librbd, vendor };
  return { cwd, releases, readHostFiles: readHostFiles ?? false };
}

async function answerCases(source: string, { stdin, stdout, stderr, cwd }: ProgramContext): Promise<number> {
  const input = source === '-' ? stdin : createReadStream(resolve(cwd, source));
  try {
    await streamCases(input, stdout, createCaseRunner());
    return 0;
  } catch (error) {
    stderr.write(`${source}: ${systemMessage(error)}\n`);
    return 2;
  }
}
