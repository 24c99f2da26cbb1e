/**
 * The sentences of the programs as a table beside them. In the sources a sentence is its own key: `l10n.t('… {0} …', value)`,
 * or the same as a tagged template. In what is built its number in the table stands there instead; the table is read when the
 * first sentence is asked for, and each is looked up for a translation as ever. A key that is not written out stops the build.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withoutPageParts } from './page-parts.mjs';
import { READ_LATER } from './read-later.mjs';
import { applyEdits, complaint, parse, walk } from './source-edits.mjs';

/** @typedef {import('./source-edits.mjs').Node} Node */

const LIBRARY = '@vscode/l10n';
const NUMBERED = 'numbered-texts';
/** What says of a rule what it is, for lists of them: a sentence as well, that most programs never ask for. */
const DESCRIPTION = 'statement';
/** Says what the catalog's tables hold: sentences that lie beside the programs already. */
const SAYS_WHAT_TABLES_HOLD = /[\\/]features[\\/]option-words\.ts$/;

/**
 * @param {{ sources: string, write: (table: string, json: string) => void }} options `sources`: the programs' folder
 * @returns {import('esbuild').Plugin}
 */
export function numberedTexts({ sources, write }) {
  return {
    name: NUMBERED,
    setup(builder) {
      const { modules, texts } = numberAll(sources);
      const json = `[\n${texts.map((text) => JSON.stringify(text)).join(',\n')}\n]\n`;
      // Numbers are those of one build: a program that runs on while the next is made must not take that one's table.
      const table = `texts-${createHash('sha256').update(json).digest('hex').slice(0, 8)}.json`;
      write(table, json);
      builder.onLoad({ filter: /\.ts$/ }, ({ path }) => {
        const contents = modules.get(path);
        return contents === undefined ? null : { contents, loader: 'ts' };
      });
      builder.onResolve({ filter: new RegExp(`^${NUMBERED}$`) }, ({ path }) => ({ path, namespace: NUMBERED }));
      builder.onLoad({ filter: /^/, namespace: NUMBERED }, () => ({
        resolveDir: sources,
        contents: `
          import { t } from '${LIBRARY}';
          import { read } from '${READ_LATER}';
          let texts;
          export const numberedText = (number, ...values) => t((texts ??= read('../data/${table}'))[number], ...values);`,
      }));
    },
  };
}

/**
 * All modules that say something are read first: a text's number must not depend on who is bundled first.
 * @param {string} sources
 */
function numberAll(sources) {
  /** @type {Map<string, number>} */
  const numbers = new Map();
  /** @type {Map<string, string>} by path */
  const modules = new Map();
  for (const name of readdirSync(sources, { recursive: true, encoding: 'utf8' }).sort()) {
    const path = join(sources, name);
    if (!name.endsWith('.ts')) continue;
    modules.set(path, numberTexts(withoutPageParts(readFileSync(path, 'utf8'), path), path, numbers));
  }
  return { modules, texts: [...numbers.keys()] };
}

/**
 * @param {string} source
 * @param {string} path for messages
 * @param {Map<string, number>} numbers by text; new texts are added
 * @returns {string} the source with numbers for its texts
 */
export function numberTexts(source, path, numbers) {
  const program = parse(source, path);
  const library = libraryIn(program.body);
  /** @param {Node} node */
  const isT = (node) => library !== null && source.slice(node.start, node.end) === `${library.name}.t`;
  /** @param {string} text */
  const call = (text) => {
    const number = numbers.get(text) ?? numbers.size;
    numbers.set(text, number);
    return `numberedText(${number}`;
  };
  /** @type {import('./source-edits.mjs').Edit[]} */
  const edits = [];
  let usesLibrary = false;

  walk(program, (node) => {
    if (node === library?.importing) return false;
    if (node.type === 'CallExpression' && isT(node.callee)) {
      const [key] = node.arguments;
      if (isText(key)) {
        edits.push({ start: node.start, end: key.end, text: call(key.value) });
        return node.arguments.slice(1);
      }
      if (!SAYS_WHAT_TABLES_HOLD.test(path)) {
        throw complaint(source, path, node, 'the key of a text is not written out');
      }
    }
    if (node.type === 'TaggedTemplateExpression' && isT(node.tag)) {
      const { quasis, expressions } = node.quasi;
      const text = quasis.map(({ value }, at) => (at === 0 ? '' : `{${at - 1}}`) + value.cooked).join('');
      let start = node.start;
      let before = call(text);
      for (const value of expressions) {
        edits.push({ start, end: value.start, text: `${before}, ` });
        start = value.end;
        before = '';
      }
      edits.push({ start, end: node.end, text: `${before})` });
      return expressions;
    }
    if (node.type === 'Property' && isDescription(node.key) && isText(node.value)) {
      edits.push({
        start: node.start,
        end: node.end,
        text: `get ${DESCRIPTION}() { return ${call(node.value.value)}); }`,
      });
      return false;
    }
    if (node.type === 'Identifier' && node.name === library?.name) usesLibrary = true;
    return true;
  });

  if (edits.length === 0) return source;
  const { start, end } = library?.importing ?? { start: 0, end: 0 };
  edits.push({ start, end: usesLibrary ? start : end, text: `import { numberedText } from '${NUMBERED}';\n` });
  return applyEdits(source, edits);
}

/**
 * @param {readonly import('rolldown/utils').ESTree.Statement[]} statements
 * @returns {{ importing: Node, name: string } | null} how a module calls the library
 */
function libraryIn(statements) {
  for (const one of statements) {
    if (one.type !== 'ImportDeclaration' || one.source.value !== LIBRARY) continue;
    const [specifier] = one.specifiers;
    if (specifier?.type !== 'ImportNamespaceSpecifier') throw new Error(`${LIBRARY} is imported as a namespace only`);
    return { importing: one, name: specifier.local.name };
  }
  return null;
}

/** @param {Node} key of a property */
function isDescription(key) {
  return key.type === 'Identifier' && key.name === DESCRIPTION;
}

/**
 * @param {Node | undefined} node
 * @returns {node is import('rolldown/utils').ESTree.StringLiteral}
 */
function isText(node) {
  return node?.type === 'Literal' && typeof node.value === 'string';
}
