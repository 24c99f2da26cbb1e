/** Examples of a ceph.conf, with a command beside it where the rule looks at drives. */
import type { ExampleFile, RuleExample } from './page.js';

const NAME = 'etc/ceph/ceph.conf';
const COMMAND = 'vm1.qemu-args';

/** The file before and after, as lines; each ends with a line end. */
export function confExample(librbd: string, before: readonly string[], after: readonly string[]): RuleExample {
  return confTexts(librbd, lines(before), lines(after));
}

/** As texts, where the line ends matter. */
export function confTexts(librbd: string, before: string, after: string): RuleExample {
  return { qemu: '9.2', librbd, before: [{ name: NAME, text: before }], after: [{ name: NAME, text: after }] };
}

/** With the command of a guest that reads the file, the same before and after. */
export function besideCommand(command: string, example: RuleExample): RuleExample {
  const beside: ExampleFile = { name: COMMAND, text: lines([command]) };
  return { ...example, before: [...example.before, beside], after: [...example.after, beside] };
}

function lines(all: readonly string[]): string {
  return all.map((line) => `${line}\n`).join('');
}
