/** What QEMU's schema says to the members of an rbd node that were written as words. */
import { qemuBehaviour } from '../../catalog/qemu-behaviour.js';
import { rbdMembers } from '../../catalog/qemu-rbd.js';
import type { QemuRelease } from '../../catalog/releases.js';
import type { Span } from '../../syntax/span.js';
import type { DriveError } from '../model.js';
import type { OptionSet } from './flat-options.js';
import { refusal } from './refusal.js';
import { crumple, SchemaCheck } from './schema.js';

/** An empty object that the schema let pass is not known to the driver. */
export function emptyMember(options: OptionSet): DriveError | null {
  for (const [key, option] of options) {
    if (option.kind !== 'object') continue;
    return refusal('args', 'member-unexpected', `Parameter '${key}' is unexpected`, option.keySpan);
  }
  return null;
}

/** `fromName`: the file name gave the member. */
export function membersProblem(
  release: QemuRelease,
  options: OptionSet,
  span: Span,
  fromName: (member: string) => boolean,
): DriveError | null {
  if (isPlain(options)) {
    for (const name of ['pool', 'image']) {
      if (!options.has(name) && !fromName(name)) {
        return refusal('args', 'member-missing', `Parameter '${name}' is missing`, span);
      }
    }
    return null;
  }
  const tree = crumple(options, span);
  if (tree === null) return refusal('args', 'member-unexpected', 'Cannot mix scalar and non-scalar keys', span);
  const members = rbdMembers(release).map((member) =>
    fromName(member.name) ? { ...member, required: false } : member,
  );
  const named = members.map((member) => member.name).filter(fromName);
  const problem = new SchemaCheck(qemuBehaviour(release), 'words', named).object(tree, members, '', () => false);
  if (problem === null || problem.code !== 'member-unexpected') return problem;
  const refused = /'([^']*)'/.exec(problem.message)?.[1] ?? '';
  return { ...problem, span: options.get(refused)?.keySpan ?? problem.span };
}

const PLAIN: ReadonlySet<string> = new Set(['pool', 'image', 'snapshot', 'conf', 'user']);

function isPlain(options: OptionSet): boolean {
  for (const [key, option] of options) if (!PLAIN.has(key) || option.kind !== 'string') return false;
  return true;
}
