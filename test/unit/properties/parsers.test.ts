import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { qemuBehaviour } from '../../../server/src/catalog/qemu-behaviour.js';
import { parseCephConf } from '../../../server/src/syntax/ceph-conf/parse.js';
import { findQemuCommands } from '../../../server/src/syntax/commands.js';
import { directivesIn } from '../../../server/src/syntax/directives.js';
import { MappedText } from '../../../server/src/syntax/mapped-text.js';
import { parseJsonText } from '../../../server/src/syntax/qemu/json-text.js';
import { parseKeyval } from '../../../server/src/syntax/qemu/keyval.js';
import { parseQemuOpts } from '../../../server/src/syntax/qemu/qemu-opts.js';
import { parseRbdName } from '../../../server/src/syntax/qemu/rbd-name.js';
import { quoteForShell } from '../../../server/src/syntax/shell/quote.js';
import { parseRcFile } from '../../../server/src/workspace/rc-file.js';
import {
  checkCommands,
  checkConfTree,
  checkDirectives,
  checkMapped,
  checkQemuOpts,
  checkRbdName,
  checkValueTree,
} from '../../fuzz/checks.js';
import { PAIRS, releasePair } from '../../fuzz/everything.js';
import { property } from './property.js';
import { anyConf, anyText, blockdevNode, commandText, driveText, rbdName, SOURCES } from './texts.js';

const RELEASES = PAIRS.map(releasePair);
const behaviour = fc.constantFrom(...RELEASES).map(({ qemu }) => qemuBehaviour(qemu));

describe('parsers never throw and lose no character', () => {
  for (const era of ['A', 'B', 'C'] as const) {
    property(`ceph.conf, era ${era}`, 3_000, anyConf, (text) => {
      const tree = parseCephConf(text, era);
      checkConfTree(tree, text);
      expect(tree.nodes.map(({ span }) => text.slice(span.start, span.end)).join('')).toBe(text);
    });
  }

  for (const language of ['shellscript', 'qemu-cmdline'] as const) {
    property(`commands of ${language}`, 3_000, fc.oneof(commandText, anyText), (text) => {
      checkCommands(findQemuCommands(text, language), text, language);
    });
  }

  property('QemuOpts', 3_000, fc.tuple(fc.oneof(driveText, anyText), behaviour), ([text, { driveOpts }]) => {
    for (const firstKey of [null, 'driver']) {
      const { tree, problems } = parseQemuOpts(MappedText.verbatim(text, 7), { ...driveOpts, firstKey });
      checkQemuOpts(tree, problems);
      const printed = tree.options.map(({ start, end }) => text.slice(start, end)).join(',');
      expect([printed, `${printed},`]).toContain(text);
    }
  });

  property('rbd: names', 3_000, fc.tuple(fc.oneof(rbdName, anyText), behaviour), ([text, { name: rules }]) => {
    const mapped = MappedText.verbatim(text, 3);
    const name = parseRbdName(mapped, rules);
    checkRbdName(name);
    if (name.problem !== null || name.optionProblem !== null || name.unknownAt !== null) return;
    const parts = [
      name.pool,
      name.namespace,
      name.image,
      name.snapshot,
      ...name.options.flatMap((one) => [one.key, one.value]),
    ]
      .filter((part) => part !== null)
      .sort((a, b) => a.start - b.start || a.end - b.end);
    let at = 'rbd:'.length;
    for (const part of parts) {
      expect(part.start, 'one separator between two parts').toBe(at);
      at = part.end + 1;
    }
    expect(text.slice(at - 1).replace(/^:/, ''), 'behind the last part').toBe('');
  });

  const json = fc.oneof(
    blockdevNode.map((node) => JSON.stringify(node)),
    fc.json(),
    anyText,
  );
  property('JSON', 3_000, fc.tuple(json, behaviour), ([text, { json: rules }]) => {
    const mapped = MappedText.verbatim(text, 5);
    const { tree, problems } = parseJsonText(mapped, rules);
    checkValueTree(tree, problems, mapped.span());
  });

  property('dotted keys', 3_000, fc.oneof(driveText, anyText), (text) => {
    const mapped = MappedText.verbatim(text, 5);
    const { tree, problems } = parseKeyval(mapped, 'driver');
    checkValueTree(tree, problems, mapped.span());
  });

  property('directives', 2_000, anyConf, (text) => checkDirectives(directivesIn(text), text));

  property('.rbdcacherc', 2_000, anyConf, (text) => {
    parseRcFile(text, () => false);
  });
});

describe('what is written is read back', () => {
  property('a word quoted for a shell', 3_000, fc.tuple(anyText, anyText), ([first, second]) => {
    const words = [first, second].map((word) => word.replace(/[\0\uFFFC]/g, ''));
    const script = `qemu-kvm ${words.map(quoteForShell).join(' ')}\n`;
    const [command] = findQemuCommands(script, 'shellscript');
    expect(command?.args.map(({ text }) => text)).toEqual(words);
  });

  property(
    'the value of an option, its commas doubled',
    3_000,
    fc.tuple(anyText, behaviour),
    ([value, { driveOpts }]) => {
      const text = `file=${value.replaceAll(',', ',,')},x=1`;
      const { tree } = parseQemuOpts(MappedText.verbatim(text), { ...driveOpts, valueMax: null });
      expect(tree.options.map((option) => [option.key, option.value])).toEqual([
        ['file', value],
        ['x', '1'],
      ]);
    },
  );

  property('JSON as any program writes it', 2_000, fc.dictionary(fc.string(), fc.string()), (value) => {
    const { tree, problems } = parseJsonText(MappedText.verbatim(JSON.stringify(value)), {
      refusesDuplicates: true,
      firstComplaint: true,
      placesComplaints: false,
    });
    const zero = Object.entries(value).some((entry) => entry.some((text) => text.includes('\0')));
    if (zero) return;
    expect(problems).toEqual([]);
    const members = tree?.kind === 'object' ? tree.members : [];
    expect(members.map((member) => [member.key, member.value.kind === 'string' ? member.value.text : null])).toEqual(
      Object.entries(value),
    );
  });

  property('a slice of a decoded text stands where it did', 500, commandText, (text) => {
    for (const { args, words } of findQemuCommands(text, 'shellscript')) {
      for (const [index, arg] of args.entries()) {
        const word = words[index];
        if (word === undefined) continue;
        const middle = arg.length >> 1;
        checkMapped(arg.slice(middle), word.span);
        for (let at = middle; at < Math.min(arg.length, middle + 20); at++) {
          expect(arg.slice(middle).span(at - middle, at - middle + 1)).toEqual(arg.span(at, at + 1));
        }
      }
    }
  });
});

test('the sources hold both kinds', () => {
  const count = (kind: string): number => SOURCES.filter((source) => source.kind === kind).length;
  expect(count('conf')).toBeGreaterThan(50);
  expect(count('command')).toBeGreaterThan(5);
});
