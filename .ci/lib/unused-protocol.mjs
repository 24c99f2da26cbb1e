/**
 * The protocol's library gives each connection every feature there is. Those that this server never announces, as no disk's
 * configuration has anything like them, are left out of the bundle: the part of a connection that would serve one has
 * nothing in it then.
 */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

/** Files of the library, `lib/common/*.js`, and the one thing that each gives to a connection. */
const UNUSED = {
  'callHierarchy.js': 'CallHierarchyFeature',
  'fileOperations.js': 'FileOperationsFeature',
  'inlineCompletion.js': 'InlineCompletionFeature',
  'inlineValue.js': 'InlineValueFeature',
  'linkedEditingRange.js': 'LinkedEditingRangeFeature',
  'moniker.js': 'MonikerFeature',
  'textDocumentContent.js': 'TextDocumentContentFeature',
  'typeHierarchy.js': 'TypeHierarchyFeature',
};

/** @type {import('esbuild').Plugin} */
export const unusedProtocol = {
  name: 'unused-protocol',
  setup(builder) {
    const names = Object.keys(UNUSED).map((name) => name.replace('.', '\\.'));
    const filter = new RegExp(`[\\\\/]vscode-languageserver[\\\\/]lib[\\\\/]common[\\\\/](?:${names.join('|')})$`);
    const left = new Set(Object.keys(UNUSED));
    builder.onLoad({ filter }, ({ path }) => {
      const file = basename(path);
      const [, feature] = Object.entries(UNUSED).find(([name]) => name === file) ?? [];
      const exported = [...readFileSync(path, 'utf8').matchAll(/^exports\.(\w+) = (?!void 0)/gm)].map(
        ([, name]) => name,
      );
      if (exported.join() !== feature)
        throw new Error(`${path} gives ${exported.join(', ')} now, not ${feature} alone`);
      left.delete(file);
      return { contents: `export const ${feature} = (Base) => Base;`, loader: 'js' };
    });
    builder.onEnd(() => {
      if (left.size > 0) throw new Error(`the protocol's library has no ${[...left].join(', ')} any more`);
    });
  },
};
