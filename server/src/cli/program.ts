/** The command line's words: what `rbdcache` can be asked, and where the answers go. */
import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { version } from '../../../package.json';
import { cephRelease, qemuRelease, VENDORS } from '../catalog/releases.js';
import { redact } from '../features/redact.js';
import { ALL_RULES } from '../rules/all.js';
import type { ReleaseChoices } from '../workspace/releases-in-force.js';
import { streamCases } from './case-stream.js';
import { createCaseRunner } from './cases.js';
import { CHECK_FORMATS, type CheckFormat, check } from './check.js';
import { NEVER, SEVERITIES } from './check-report.js';
import { DIFF_FORMATS, type DiffFormat, diff, readPair, type WrittenPair } from './diff.js';
import { EXPLAIN_FORMATS, type ExplainFormat, explain } from './explain.js';
import { CHECK_HELP, DIFF_HELP, EXPLAIN_HELP, PROGRAM_HELP } from './help.js';
import { systemMessage } from './input-files.js';
import { Output } from './output.js';
import type { ExitCode } from './run.js';
import { COLOUR_CHOICES, type ColourChoice, styleFor } from './style.js';

interface CommonFlags {
  readonly qemu?: string;
  readonly librbd?: string;
  readonly vendor?: string;
  readonly readHostFiles?: boolean;
  readonly color: ColourChoice;
}

interface CheckFlags extends CommonFlags {
  readonly format: CheckFormat;
  readonly failOn?: readonly string[];
  readonly fix?: boolean;
  readonly dryRun?: boolean;
  readonly quiet?: boolean;
}

interface ExplainFlags extends CommonFlags {
  readonly format: ExplainFormat;
  readonly drive?: string;
  readonly conf?: string;
  readonly cases?: string;
}

interface DiffFlags extends CommonFlags {
  readonly format: DiffFormat;
  readonly from?: WrittenPair;
  readonly to: WrittenPair;
  readonly failOnChange?: boolean;
}

/** What the program is run in. */
export interface ProgramContext {
  readonly stdin: Readable;
  readonly stdout: Writable & { readonly isTTY?: boolean };
  readonly stderr: Writable & { readonly isTTY?: boolean };
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** The installed package, where `docs/rules` lies. */
  readonly packageFolder: string;
}

/** Exit codes: 0 nothing found, 1 something at or over the threshold, 2 bad usage or unreadable input. */
export async function runProgram(argv: readonly string[], context: ProgramContext): Promise<ExitCode> {
  const { stdout, stderr } = context;
  let exitCode: ExitCode = 0;
  const finish: Finish = (code) => {
    exitCode = code;
  };
  const program = new Command('rbdcache')
    .description('Tells which RBDCache a QEMU disk on Ceph really runs with, and why.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .addHelpText('after', PROGRAM_HELP)
    .exitOverride()
    .configureHelp({ showGlobalOptions: false })
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      // A complaint repeats the words that it is about.
      writeErr: (text) => stderr.write(redact(text)),
    });
  addCheck(program, context, finish);
  addExplain(program, context, finish);
  addDiff(program, context, finish);
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    throw error;
  }
}

type Finish = (exitCode: ExitCode) => void;

function addCheck(program: Command, { stdout, stderr, cwd, env, packageFolder }: ProgramContext, finish: Finish): void {
  withCommonOptions(program.command('check'))
    .description('Check ceph.conf files and QEMU command lines.')
    .argument('[path...]', 'files, folders and globs; the current folder by default')
    .addOption(new Option('--format <format>', 'how to print').choices(CHECK_FORMATS).default('human'))
    .option('--fail-on <what>', 'a severity, a rule, or none: exit 1 at or over it (default: error)', collectThreshold)
    .option('--fix', 'apply the fixes that are safe, and check what remains')
    .option('--dry-run', 'with --fix: show what it would change, write nothing')
    .option('--quiet', 'print nothing but the findings that fail')
    .addHelpText('after', CHECK_HELP)
    .action(async (paths: string[], flags: CheckFlags, command: Command) => {
      if (flags.dryRun === true && flags.fix !== true) command.error('error: --dry-run goes with --fix');
      const quiet = flags.quiet ?? false;
      const output = new Output(stdout, stderr, quiet);
      const run = check(paths, {
        ...sessionOptions(flags, cwd),
        format: flags.format,
        failOn: flags.failOn ?? ['error'],
        quiet,
        fix: flags.fix !== true ? 'no' : flags.dryRun === true ? 'show' : 'write',
        style: styleFor(stdout, env, flags.color),
        version,
        packageFolder,
        progress: (what, done, all) => output.progress(what, done, all),
        tell: (line) => output.tell(line),
      });
      finish(await output.print(run));
    });
}

function addExplain(program: Command, context: ProgramContext, finish: Finish): void {
  const { stdout, cwd, env } = context;
  withCommonOptions(program.command('explain'))
    .description('Say what the drives of a file run with, who decided it, and what a crash costs.')
    .argument('[file[:line]]', 'a file, a line of it, or a folder; the current folder by default')
    .option('--drive <string>', 'a drive: what stands behind -drive or -blockdev, or an rbd: name')
    .option('--conf <file>', 'the ceph.conf that the drive reads')
    .option('--cases <file>', 'answer cases, one JSON object a line; - is standard input')
    .addOption(new Option('--format <format>', 'how to print').choices(EXPLAIN_FORMATS).default('human'))
    .addHelpText('after', EXPLAIN_HELP)
    .action(async (target: string | undefined, flags: ExplainFlags, command: Command) => {
      if (flags.cases !== undefined) {
        finish(await answerCases(flags.cases, context));
        return;
      }
      if (flags.conf !== undefined && flags.drive === undefined) command.error('error: --conf goes with --drive');
      if (target !== undefined && flags.drive !== undefined) command.error('error: either a file or --drive');
      const result = explain(target, {
        ...sessionOptions(flags, cwd),
        format: flags.format,
        drive: flags.drive,
        conf: flags.conf,
        style: styleFor(stdout, env, flags.color),
      });
      stdout.write(result.text);
      finish(result.exitCode);
    });
}

function addDiff(program: Command, { stdout, stderr, cwd, env }: ProgramContext, finish: Finish): void {
  withCommonOptions(program.command('diff'))
    .description('List the drives whose outcome changes between two pairs of releases, and why.')
    .argument('[path...]', 'files, folders and globs; the current folder by default')
    .option('--from <qemu/librbd>', 'the releases before (default: those in force)', collectPair)
    .requiredOption('--to <qemu/librbd>', 'the releases after', collectPair)
    .addOption(new Option('--format <format>', 'how to print').choices(DIFF_FORMATS).default('human'))
    .option('--fail-on-change', 'exit 1 where a drive changes')
    .addHelpText('after', DIFF_HELP)
    .action(async (paths: string[], flags: DiffFlags) => {
      const output = new Output(stdout, stderr, false);
      const run = diff(paths, {
        ...sessionOptions(flags, cwd),
        from: flags.from ?? { qemu: null, librbd: null },
        to: flags.to,
        format: flags.format,
        failOnChange: flags.failOnChange ?? false,
        style: styleFor(stdout, env, flags.color),
        progress: (what, done, all) => output.progress(what, done, all),
      });
      finish(await output.print(run));
    });
}

function withCommonOptions(command: Command): Command {
  return command
    .helpOption('-h, --help', 'print this help')
    .option(
      '--qemu <version>',
      'the release of QEMU: 7.2, 7.2.22, 1:7.2+dfsg-7',
      readableBy('QEMU', (text) => qemuRelease(text) !== undefined),
    )
    .option(
      '--librbd <version>',
      'the release of Ceph: 16.2, 16.2.15, Pacific',
      readableBy('Ceph', (text) => cephRelease(text) !== undefined),
    )
    .addOption(new Option('--vendor <vendor>', 'whose build of QEMU').choices(VENDORS))
    .option('--read-host-files', 'also read files of this machine that a drive names')
    .addOption(new Option('--color <when>', 'colours').choices(COLOUR_CHOICES).default('auto'));
}

function readableBy(program: string, reads: (text: string) => boolean): (text: string) => string {
  return (text) => {
    if (reads(text)) return text;
    throw new InvalidArgumentError(`It names no release of ${program}.`);
  };
}

function collectThreshold(value: string, earlier: readonly string[] | undefined): readonly string[] {
  const known =
    value === NEVER || SEVERITIES.some((severity) => severity === value) || ALL_RULES.some(({ id }) => id === value);
  if (!known) throw new InvalidArgumentError(`It is neither a rule nor one of ${SEVERITIES.join(', ')}, ${NEVER}.`);
  return [...(earlier ?? []), value];
}

function collectPair(value: string): WrittenPair {
  const pair = readPair(value);
  if (pair !== null) return pair;
  throw new InvalidArgumentError('It is no pair of releases such as 7.2/16.2, 7.2 or /16.2.');
}

function sessionOptions({ qemu, librbd, vendor, readHostFiles }: CommonFlags, cwd: string) {
  const releases: ReleaseChoices = { qemu, librbd, vendor };
  return { cwd, releases, readHostFiles: readHostFiles ?? false };
}

async function answerCases(source: string, { stdin, stdout, stderr, cwd }: ProgramContext): Promise<ExitCode> {
  const input = source === '-' ? stdin : createReadStream(resolve(cwd, source));
  try {
    await streamCases(input, stdout, createCaseRunner());
    return 0;
  } catch (error) {
    stderr.write(`${redact(source)}: ${systemMessage(error)}\n`);
    return 2;
  }
}
