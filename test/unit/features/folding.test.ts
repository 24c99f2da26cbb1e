import { expect, test } from 'vitest';
import { foldsOf } from '../../../server/src/features/folding.js';
import { Lines } from '../../../server/src/syntax/lines.js';
import { COMMAND, CONF, SCRIPT, seen } from './seen.js';

/** `1-3 block`, lines from 1. */
const folds = (address: string, text: string): readonly string[] => {
  const lines = new Lines(text);
  return foldsOf(seen({ [address]: text }).analysis).map(
    ({ span, kind }) => `${lines.lineOf(span.start) + 1}-${lines.lineOf(span.end) + 1} ${kind}`,
  );
};

test.each<[about: string, address: string, text: string, expected: readonly string[]]>([
  [
    'sections up to their last option, comments before the next one left with that',
    CONF,
    '[global]\nfsid = x\nrbd cache = true\n\n# of the clients\n# all of them\n[client]\n\nlog file = /x\n',
    ['1-3 block', '5-6 comment', '7-9 block'],
  ],
  [
    'marked regions, one in the other, with either sign',
    CONF,
    '# region cluster\n[global]\nfsid = x\n;region inner\nhost = y\n; endregion\n#endregion\n[client]\n',
    ['1-7 region', '2-6 block', '4-6 region'],
  ],
  [
    'a region that ends behind the section in which it begins ends that section’s fold',
    CONF,
    '[client]\nfsid = 1\nhost = 2\n#region\nkeyring = 3\n[osd]\nhost = 4\n#endregion\n',
    ['1-3 block', '4-8 region', '6-7 block'],
  ],
  ['a mark without its other half marks nothing', CONF, '# region\n[global]\nfsid = x\n', ['2-3 block']],
  [
    'a mark ends a run of comments',
    CONF,
    '# a\n# b\n# region\n# c\n# d\n# endregion\n',
    ['1-2 comment', '3-6 region', '4-5 comment'],
  ],
  ['a value over several lines', CONF, '[global]\nmon host = a, \\\n  b, \\\n  c\n', ['1-4 block', '2-4 block']],
  [
    'commands over several lines, comments and regions between them',
    COMMAND,
    '# the first\n# of two\nqemu-kvm \\\n -m 1G \\\n -drive file=rbd:p/i\n# region more\nqemu-kvm -m 2G\n# endregion\n',
    ['1-2 comment', '3-5 block', '6-8 region'],
  ],
  [
    'a script folds as it did, commands and all',
    SCRIPT,
    '#!/bin/sh\n# starts\n# one\nstart() {\n  if true; then\n    exec qemu-kvm \\\n      -drive file=rbd:p/i\n  fi\n\n}\n',
    ['2-3 comment', '4-9 block', '5-7 block', '6-7 block'],
  ],
])('%s', (_about, address, text, expected) => expect(folds(address, text)).toEqual(expected));
