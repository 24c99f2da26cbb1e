/**
 * Short names for members that never leave the programs: those of trees, traces and tables, methods, steps of the simulation.
 * A name stays as it is written where anybody else may know it: the language, Node, a package, the client, a table, the
 * documentation, what writes JSON; where it stands in a text, as that text may be a key, or an option's name; and where its
 * object is looked into by keys that only a run knows.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { globSync } from 'tinyglobby';
import { inLetters } from './letters.mjs';
import { parse, walk } from './source-edits.mjs';

/** @typedef {import('./source-edits.mjs').Node} Node */

/** Starts each short name, and no name of anybody else: one that got out of the programs would be seen. */
export const MARK = '$';

const LANGUAGE = ['node_modules/@typescript/*/lib/lib.es{5,20*}.d.ts', 'node_modules/@types/node/**/*.d.ts'];
const CLIENT = ['client/src/**/*.ts'];
const WRITES_JSON = [
  'server/src/cli/check-{json,report,sarif}.ts',
  'server/src/cli/{diff,explain}-formats.ts',
  'server/src/cli/{case-result,input-files}.ts',
];
/** Written as JSON as they are. */
const MODEL = 'server/src/simulate/model.ts';
const IN_JSON = ['GuestCache', 'ImageName', 'Outcome'];
const TABLES = ['server/src/**/*.json', 'package.json'];
const PAGES = ['README.md', 'docs/{CI,EDITORS,METHODS}.md'];

/**
 * @param {{ root: string, inputs: readonly string[], outputs: readonly string[] }} bundle `inputs`: paths from `root`;
 *   `outputs`: texts of the programs that still have all names
 * @returns {Record<string, string>} short names by those in the sources, the most used first
 */
export function innerNames({ root, inputs, outputs }) {
  const known = namesOutside(root, inputs);
  /** @type {Map<string, number>} */
  const uses = new Map();
  // A part may look into a table that another one exports.
  /** @type {Set<string>} */
  const lookedInto = new Set();
  /** @type {[string, Node[]][]} */
  const tables = [];
  for (const output of outputs) {
    walk(parse(output, 'output.mjs'), (node, parent) => {
      const place = lookedIntoAt(node);
      if (place !== null) lookedInto.add(place);
      if (parent?.type === 'Program') tables.push(...tablesAt(node));
      const name = memberUsed(node) ?? memberMade(node, null);
      if (name !== null) uses.set(name, (uses.get(name) ?? 0) + 1);
      for (const exported of exportsAt(node)) if (exported !== null) known.add(exported);
      const text = textIn(node);
      for (const key of text === null ? [] : [text, ...flagsIn(text)]) known.add(key);
      return true;
    });
  }
  for (const [name, rows] of tables) {
    for (const key of lookedInto.has(name) ? rows.map((row) => memberMade(row, null)) : []) {
      if (key !== null) known.add(key);
    }
  }
  const inner = [...uses].filter(([name]) => name.length > `${MARK}xx`.length && !known.has(name));
  inner.sort(([a, often], [b, oftener]) => oftener - often || (a < b ? -1 : 1));
  return Object.fromEntries(inner.map(([name], index) => [name, MARK + inLetters(index)]));
}

/**
 * @param {string} root
 * @param {readonly string[]} inputs
 * @returns {Set<string>}
 */
function namesOutside(root, inputs) {
  /** @param {readonly string[]} patterns */
  const find = (patterns) =>
    patterns.flatMap((pattern) => {
      const paths = globSync(pattern, { cwd: root });
      if (paths.length === 0) throw new Error(`there is no ${pattern}`);
      return paths;
    });
  const packages = new Set(inputs.flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []));
  const modules = inputs.filter((path) => /node_modules\/.*\.m?js$/.test(path));
  const types = globSync(
    [...packages].map((folder) => `${folder}/**/*.d.ts`),
    { cwd: root },
  );
  /** @type {(string | null)[]} */
  const names = [];
  /**
   * @param {readonly string[]} paths
   * @param {(node: Node, parent: Node | null) => readonly (string | null)[]} namesAt
   */
  const read = (paths, namesAt) => {
    for (const path of paths) {
      walk(parse(readFileSync(join(root, path), 'utf8'), path), (node, parent) => {
        names.push(...namesAt(node, parent));
        return true;
      });
    }
  };
  read([...find(LANGUAGE), ...types], (node, parent) => [
    node.type === 'Identifier' && !isParameter(node, parent) ? node.name : null,
    textIn(node),
  ]);
  read(modules, (node) => [memberUsed(node), memberMade(node, null), textIn(node)]);
  read(find(CLIENT), (node) => [memberUsed(node), memberMade(node, null)]);
  read(find(WRITES_JSON), (node, parent) => [memberMade(node, parent)]);
  const left = new Set(IN_JSON);
  read([MODEL], (node) =>
    node.type === 'TSInterfaceDeclaration' && left.delete(node.id.name)
      ? node.body.body.map((member) => memberMade(member, null))
      : [],
  );
  if (left.size > 0) throw new Error(`${MODEL} has no ${[...left].join(', ')} any more`);
  for (const path of find(TABLES)) {
    for (const [, key = ''] of readFileSync(join(root, path), 'utf8').matchAll(/"([^"\\]*)":/g))
      names.push(...key.split('.'));
  }
  for (const path of find(PAGES)) {
    for (const [code] of readFileSync(join(root, path), 'utf8').matchAll(/```[\s\S]*?```|`[^`\n]+`/g)) {
      names.push(...code.split(/\W+/));
    }
  }
  return new Set(names.filter((name) => name !== null));
}

/**
 * @param {Node} node
 * @returns {string | null}
 */
function memberUsed(node) {
  if (node.type !== 'MemberExpression' || node.computed || node.property.type !== 'Identifier') return null;
  return node.property.name;
}

/**
 * The name of a member that an object or a type has from here.
 * @param {Node} node
 * @param {Node | null} parent null: also one that is taken out of an object, `const { name } = …`
 * @returns {string | null}
 */
function memberMade(node, parent) {
  switch (node.type) {
    case 'Property':
    case 'MethodDefinition':
    case 'PropertyDefinition':
    case 'TSMethodSignature':
    case 'TSPropertySignature':
      if (parent?.type === 'ObjectPattern' || node.computed || node.key.type !== 'Identifier') return null;
      return node.key.name;
    default:
      return null;
  }
}

/**
 * @param {Node} node
 * @param {Node | null} parent
 */
function isParameter(node, parent) {
  return (
    parent !== null && 'params' in parent && Array.isArray(parent.params) && parent.params.some((one) => one === node)
  );
}

/**
 * The variable whose object is asked for a key that only a run knows: `table[key]`, `key in table`, `Object.entries(table)`.
 * @param {Node} node
 * @returns {string | null}
 */
function lookedIntoAt(node) {
  if (node.type === 'MemberExpression') return node.computed ? variable(node.object) : null;
  if (node.type === 'BinaryExpression') return node.operator === 'in' ? variable(node.right) : null;
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return null;
  const [object] = node.arguments;
  return variable(node.callee.object) === 'Object' && object !== undefined ? variable(object) : null;
}

/** @param {Node} node */
function variable(node) {
  return node.type === 'Identifier' ? node.name : null;
}

/**
 * The objects that a module's own statement writes out, with their variables.
 * @param {Node} node
 * @returns {[string, Node[]][]}
 */
function tablesAt(node) {
  if (node.type === 'ExportNamedDeclaration') return node.declaration === null ? [] : tablesAt(node.declaration);
  if (node.type !== 'VariableDeclaration') return [];
  return node.declarations.flatMap(({ id, init }) =>
    id.type === 'Identifier' && init?.type === 'ObjectExpression' ? [[id.name, init.properties]] : [],
  );
}

/**
 * What a module exports keeps its name: in `export { name }`, and where esbuild makes an object of a module's exports,
 * `__export(module, { name: () => name })`.
 * @param {Node} node
 * @returns {(string | null)[]}
 */
function exportsAt(node) {
  if (node.type === 'ExportSpecifier') return node.exported.type === 'Identifier' ? [node.exported.name] : [];
  if (node.type !== 'CallExpression' || node.callee.type !== 'Identifier' || node.callee.name !== '__export') return [];
  return node.arguments
    .flatMap((one) => (one.type === 'ObjectExpression' ? one.properties : []))
    .map((one) => memberMade(one, null));
}

/**
 * What a package makes of the options that a program takes: of `--dry-run` and of `--fail-on <what>` the members `dryRun`
 * and `failOn`.
 * @param {string} text
 * @returns {string[]}
 */
function flagsIn(text) {
  const [, words] = /^(?:-\w, )?--([a-z]+(?:-[a-z]+)*)(?: [<[].*)?$/.exec(text) ?? [];
  return words === undefined ? [] : [words.replace(/-[a-z]/g, (start) => start.slice(1).toUpperCase())];
}

/**
 * @param {Node} node
 * @returns {string | null}
 */
function textIn(node) {
  if (node.type === 'Literal' && typeof node.value === 'string') return node.value;
  return node.type === 'TemplateElement' ? node.value.cooked : null;
}
