/** What the inputs are thrown at. A target throws where something is wrong, and returns where all is well. */
import { qemuBehaviour } from '../../server/src/catalog/qemu-behaviour.js';
import { createCaseRunner } from '../../server/src/cli/cases.js';
import { explainDriveText } from '../../server/src/cli/explain-drive.js';
import { explainAsHuman, explainAsJson } from '../../server/src/cli/explain-formats.js';
import { isObject } from '../../server/src/cli/json.js';
import { styleFor } from '../../server/src/cli/style.js';
import { parseCephConf } from '../../server/src/syntax/ceph-conf/parse.js';
import { findQemuCommands } from '../../server/src/syntax/commands.js';
import { directivesIn } from '../../server/src/syntax/directives.js';
import { MappedText } from '../../server/src/syntax/mapped-text.js';
import { parseJsonText } from '../../server/src/syntax/qemu/json-text.js';
import { parseKeyval } from '../../server/src/syntax/qemu/keyval.js';
import { parseQemuOpts } from '../../server/src/syntax/qemu/qemu-opts.js';
import { parseRbdName } from '../../server/src/syntax/qemu/rbd-name.js';
import { looksLikeCephConf } from '../../server/src/workspace/looks-like-ceph-conf.js';
import { parseRcFile } from '../../server/src/workspace/rc-file.js';
import {
  checkCommands,
  checkConfTree,
  checkDirectives,
  checkQemuOpts,
  checkRbdName,
  checkValueTree,
  holds,
} from './checks.js';
import { COMMAND, CONF, checkLog, everythingSaid, openWorkspace, PAIRS, releasePair, SCRIPT } from './everything.js';
import type { Mutator } from './mutate.js';
import { Random } from './random.js';
import type { SourceKind } from './sources.js';

export interface Target {
  readonly name: TargetName;
  /** What its inputs are made from, one after the other. */
  readonly kinds: readonly SourceKind[];
  /** `random` chooses releases and places. */
  run(text: string, random: Random): void;
}

export type TargetName = 'ceph-conf' | 'commands' | 'arguments' | 'rc-file' | 'cases' | 'explain' | 'documents';

const RELEASES = PAIRS.map(releasePair);

export const TARGETS: readonly Target[] = [
  { name: 'ceph-conf', kinds: ['conf'], run: runConf },
  { name: 'commands', kinds: ['command'], run: runCommands },
  { name: 'arguments', kinds: ['command'], run: runArguments },
  { name: 'rc-file', kinds: ['conf'], run: runRcFile },
  { name: 'cases', kinds: ['command', 'conf'], run: runCases },
  { name: 'explain', kinds: ['command'], run: runExplain },
  { name: 'documents', kinds: ['conf', 'command'], run: runDocuments },
];

export function targetOf(name: string): Target {
  const found = TARGETS.find((target) => target.name === name);
  if (found === undefined)
    throw new Error(`no target ${name}; there are: ${TARGETS.map((one) => one.name).join(', ')}`);
  return found;
}

/** The input of a target that a seed stands for. */
export function inputOf(target: Target, mutator: Mutator, seed: number): string {
  const random = new Random(seed);
  return mutator.input(random, random.pick(target.kinds));
}

/** Runs an input; the same seed makes the same choices. */
export function tryInput(target: Target, text: string, seed: number): void {
  target.run(text, new Random(~seed));
}

function runConf(text: string): void {
  checkConfTree(parseCephConf(text, 'A'), text);
  checkConfTree(parseCephConf(text, 'B'), text);
  checkConfTree(parseCephConf(text, 'C'), text);
  looksLikeCephConf(text);
  checkDirectives(directivesIn(text), text);
}

function runCommands(text: string): void {
  checkCommands(findQemuCommands(text, 'qemu-cmdline'), text, 'qemu-cmdline');
  checkCommands(findQemuCommands(text, 'shellscript'), text, 'shellscript');
  checkDirectives(directivesIn(text), text);
}

/** The whole text, or what stands behind the first `rbd:` or brace, as the argument of an option. */
function runArguments(text: string, random: Random): void {
  const { qemu } = random.pick(RELEASES);
  const behaviour = qemuBehaviour(qemu);
  const from = random.pick([0, 0, text.indexOf('rbd:'), text.indexOf('{'), text.indexOf('file=')]);
  const argument = MappedText.verbatim(text.slice(Math.max(0, from)), random.below(100));
  const opts = parseQemuOpts(argument, { ...behaviour.driveOpts, firstKey: random.pick([null, 'driver']) });
  checkQemuOpts(opts.tree, opts.problems);
  const keyval = parseKeyval(argument, 'driver');
  checkValueTree(keyval.tree, keyval.problems, argument.span());
  const json = parseJsonText(argument, behaviour.json);
  checkValueTree(json.tree, json.problems, argument.span());
  checkRbdName(parseRbdName(argument, behaviour.name));
  for (const option of opts.tree.options.slice(0, 3)) {
    checkRbdName(parseRbdName(argument.slice(option.valueStart, option.end), behaviour.name));
  }
}

function runRcFile(text: string): void {
  const { problems } = parseRcFile(text, (id) => id.startsWith('conf-'));
  const lines = text.split(/\r\n|\r|\n/).length;
  for (const { line } of problems)
    holds(line === null || (line >= 1 && line <= lines), () => `problem in line ${line}`);
}

const runner = createCaseRunner();

function runCases(text: string, random: Random): void {
  const { qemu, librbd, vendor } = random.pick(RELEASES);
  const flag = random.pick(['-drive', '-drive', '-blockdev', '-hda', '-device', '-object']);
  const words =
    text.includes('qemu') || text.includes('kvm') ? findQemuCommands(text, 'qemu-cmdline')[0]?.args : undefined;
  const given = {
    id: text.slice(0, 20),
    qemu: qemu.label,
    librbd: librbd.label,
    vendor,
    args: words?.map((word) => word.text) ?? [flag, random.chance(0.5) ? text : `file=rbd:p/i:${text}`],
    files: {
      '/etc/ceph/ceph.conf': text,
      [random.pick(['/root/.ceph/ceph.conf', text.slice(0, 30), '//a/../b'])]: text,
    },
    env: { CEPH_ARGS: random.pick(['', text.slice(0, 200)]), CEPH_CONF: random.pick(['', text.slice(-30), '/a,/b']) },
    ...(random.chance(0.5) ? { options: ['rbd_cache', 'log_file', text.slice(0, 30)] } : {}),
  };
  const line = JSON.stringify(given);
  const answer = runner.runLine(random.chance(0.95) ? line : line.slice(0, random.below(line.length)));
  holds(!answer.includes('\n'), () => 'an answer of several lines');
  const result: unknown = JSON.parse(answer);
  holds(isObject(result) && 'id' in result, () => 'an answer without an id');
  JSON.parse(runner.runLine(text));
}

const PLAIN = styleFor({}, {});

function runExplain(text: string, random: Random): void {
  const [qemu, librbd, vendor] = random.pick(PAIRS);
  const explanation = explainDriveText(text, {
    cwd: '/nonexistent',
    releases: { qemu, librbd, vendor },
    readHostFiles: false,
    format: 'human',
    drive: text,
    conf: undefined,
    style: PLAIN,
  });
  const human = explainAsHuman(explanation, PLAIN);
  holds(!/[\0-\u0008\u000b-\u001f\u007f-\u009f]/.test(human), () => `control characters in ${JSON.stringify(human)}`);
  JSON.parse(explainAsJson(explanation));
}

/** The text as a ceph.conf and as a file of commands, with an ordinary one of the other kind beside it. */
function runDocuments(text: string, random: Random): void {
  const documents = random.pick([
    { [CONF]: text, [COMMAND]: ORDINARY_COMMAND },
    { [CONF]: ORDINARY_CONF, [COMMAND]: text },
    { [CONF]: ORDINARY_CONF, [SCRIPT]: text },
    { [CONF]: text, [SCRIPT]: text },
  ]);
  const opened = openWorkspace(documents, random.chance(0.9) ? random.pick(PAIRS) : undefined);
  for (const [address, own] of Object.entries(documents)) {
    const offsets = Array.from({ length: 4 }, () => random.below(own.length + 1));
    everythingSaid(opened, address, { offsets, fixes: random.chance(0.1) });
  }
  checkLog(opened.log);
}

const ORDINARY_COMMAND =
  'qemu-system-x86_64 -drive file=rbd:volumes/v1:id=cinder,if=virtio,format=raw,cache=writeback -drive file=rbd:p/i,format=raw,cache=unsafe\n';
const ORDINARY_CONF =
  '[global]\nrbd cache = true\nlog file = /var/log/$name.log\n[client]\nrbd cache max dirty = 0\nrbd_cache_writethrough_until_flush = false\n[client.cinder]\nrbd cache size = 64M\n';
