/** Examples of a QEMU command, with the files of its machine where the rule looks at them. */
import type { ExampleFile, RuleExample } from './page.js';

export interface Releases {
  readonly qemu: string;
  readonly librbd: string;
}

/** A command line as `ps` shows it: what stands behind the program's name, before and after. */
export function commandExample(
  releases: Releases,
  before: string,
  after: string,
  files: readonly ExampleFile[] = [],
): RuleExample {
  const file = (args: string): ExampleFile => ({ name: 'vm1.qemu-args', text: `qemu-system-x86_64 ${args}\n` });
  return { ...releases, before: [file(before), ...files], after: [file(after), ...files] };
}

/** A script, whose words a shell reads first. */
export function scriptExample(releases: Releases, before: string, after: string): RuleExample {
  const file = (args: string): ExampleFile => ({
    name: 'start.sh',
    text: `#!/bin/sh\nexec qemu-system-x86_64 ${args}\n`,
  });
  return { ...releases, before: [file(before)], after: [file(after)] };
}

/** A drive of a virtio disk that has everything else right. */
export function drive(name: string, more = ''): string {
  return `-drive file=rbd:${name},if=virtio,format=raw${more}`;
}
