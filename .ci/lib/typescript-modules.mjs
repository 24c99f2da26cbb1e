/**
 * The protocol's packages are published as TypeScript writes CommonJS modules: assignments to `exports`, which hide from
 * a bundler what is used. Here their statements are turned back into those of the ES modules that they were made of, and a
 * namespace, `(function (Name) { … })(Name || (Name = {}))`, is marked as free of side effects: what no program uses then
 * stays out of the bundle. A use of `exports` or `require` that is not as TypeScript writes it stops the build.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { applyEdits, complaint, parse, walk } from './source-edits.mjs';

const PACKAGES =
  /[\\/]node_modules[\\/](?:vscode-(?:jsonrpc|languageclient|languageserver(?:-protocol|-types)?)[\\/]lib[\\/].*|vscode-uri[\\/]lib[\\/]umd[\\/]uri)\.js$/;
/** The package's entry is bundled already, with a copy of Node's `path` for its other half; its class stands in a module. */
const URI = join(dirname(createRequire(import.meta.url).resolve('vscode-uri')), 'uri.js');

/** @type {import('esbuild').Plugin} */
export const typescriptModules = {
  name: 'typescript-modules',
  setup(builder) {
    builder.onResolve({ filter: /^vscode-uri$/ }, () => ({ path: URI, sideEffects: false }));
    builder.onLoad({ filter: PACKAGES }, ({ path }) => ({
      contents: toModule(readFileSync(path, 'utf8'), path),
      loader: 'js',
    }));
  },
};

/** What a CommonJS module needs, and an ES module does not. */
const NOT_NEEDED = [
  /^['"]use strict['"];$/,
  /^Object\.defineProperty\(exports, "__esModule", \{ value: true \}\);$/,
  /^(?:exports\.\w+ = )+void 0;$/,
  /^var __(?:createBinding|setModuleDefault|importStar|importDefault|exportStar) = /,
];
const IMPORT = /^(?:const|var) (\w+) = (?:__import(?:Star|Default)\()?require\(("[^"]+")\)\)?;$/;
const EXPORT_ALL = /^__exportStar\(require\(("[^"]+")\), exports\);$/;
const EXPORT_IMPORTED =
  /^Object\.defineProperty\(exports, "(\w+)", \{ enumerable: true, get: function \(\) \{ return (\w+)\.(\w+); \} \}\);$/;
const EXPORT_OWN = /^exports\.(\w+) = (\w+);$/;
const EXPORT_VALUE = /^exports\.(\w+) = /;
const NAMESPACE_TO_COME = /^(export )?var (\w+);$/;
/** What a protocol's namespace holds for those who write the specification. */
const FOR_THE_SPECIFICATION = /^ *\w+\.(?:messageDirection|capabilities) = .*;\n/gm;
const NAMESPACE = /^(\(function \((\w+)\) \{.*)\}\)\(\2 \|\| \((exports\.\2 = )?\2 = \{\}\)\);$/s;

/**
 * @param {string} source what TypeScript wrote, as a CommonJS or an ES module
 * @param {string} path for messages
 */
export function toModule(source, path) {
  /** @type {Map<string, string>} modules by the names that they are imported as */
  const imported = new Map();
  /** @type {Set<string>} */
  const namespacesToCome = new Set();
  /** @type {Map<string, string>} own names by those that they are exported as */
  const exported = new Map();

  /** @param {string} text one statement */
  const turn = (text) => {
    if (NOT_NEEDED.some((one) => one.test(text))) return '';
    let match = IMPORT.exec(text);
    if (match !== null) {
      const [, name = '', module = ''] = match;
      imported.set(name, module);
      // A module that is itself a function: `import name = require('…')`.
      const isCalled = !module.startsWith('".') && new RegExp(`(?<![\\w.])${name}\\(`).test(named);
      return `import ${isCalled ? name : `* as ${name}`} from ${module};`;
    }
    match = EXPORT_ALL.exec(text);
    if (match !== null) return `export * from ${match[1]};`;
    match = EXPORT_IMPORTED.exec(text);
    if (match !== null) {
      const [, name, module = '', there] = match;
      return `export { ${there} as ${name} } from ${imported.get(module)};`;
    }
    match = EXPORT_OWN.exec(text);
    if (match !== null) {
      const [, name = '', own = ''] = match;
      exported.set(name, own);
      return '';
    }
    match = EXPORT_VALUE.exec(text);
    if (match !== null) return `export const ${text.slice('exports.'.length)}`;
    match = NAMESPACE_TO_COME.exec(text);
    if (match !== null) {
      const [, exports, name = ''] = match;
      namespacesToCome.add(name);
      if (exports !== undefined) exported.set(name, name);
      return '';
    }
    match = NAMESPACE.exec(text);
    if (match === null) return text;
    const [, made = '', name = '', exports] = match;
    if (exports !== undefined) exported.set(name, name);
    // What adds to a function, a class or an earlier namespace is a side effect indeed.
    if (!namespacesToCome.delete(name)) return `${made}})(${name});`;
    return `var ${name} = /* @__PURE__ */ ${made.replaceAll(FOR_THE_SPECIFICATION, '')}return ${name}; })({});`;
  };

  const named = withOwnNames(source, path);
  const statements = parse(named, path).body.map(({ start, end }) => turn(named.slice(start, end)));
  if (namespacesToCome.size > 0) statements.push(`var ${[...namespacesToCome].join(', ')};`);
  statements.push(`export { ${[...exported].map(([name, own]) => `${own} as ${name}`).join(', ')} };`);
  const module = statements.filter((text) => text !== '').join('\n');
  walk(parse(module, path), (node, parent) => {
    const isName = node.type === 'Identifier' && ['exports', 'module', 'require'].includes(node.name);
    const isMember = parent?.type === 'MemberExpression' && parent.property === node;
    if (isName && !isMember && !(parent?.type === 'Property' && parent.key === node)) {
      throw complaint(module, path, parent ?? node, 'not as TypeScript writes modules');
    }
    return true;
  });
  return module;
}

/**
 * The module where exports that it reads, `exports.Name`, are called by their own names.
 * @param {string} source
 * @param {string} path
 */
function withOwnNames(source, path) {
  /** @type {import('./source-edits.mjs').Edit[]} */
  const edits = [];
  walk(parse(source, path), (node, parent) => {
    if (node.type !== 'MemberExpression' || node.object.type !== 'Identifier') return true;
    const isAssigned = parent?.type === 'AssignmentExpression' && parent.left === node;
    if (node.object.name === 'exports' && !isAssigned) {
      edits.push({ start: node.start, end: node.property.start, text: '' });
    }
    return true;
  });
  return applyEdits(source, edits);
}
