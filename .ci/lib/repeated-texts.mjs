/** Texts that a program says again and again, `'cache.no-flush'`, are written once and called by a short name from then on. */
import { inLetters } from './letters.mjs';
import { applyEdits, parse, walk } from './source-edits.mjs';

/** @typedef {import('./source-edits.mjs').Node} Node */

const SHORTEST = 4;

/**
 * @param {string} program an ES module
 * @returns {string}
 */
export function nameRepeatedTexts(program) {
  /** @type {Map<string, Node[]>} */
  const places = new Map();
  /** @type {Set<string>} */
  const taken = new Set();
  walk(parse(program, 'program.mjs'), (node, parent) => {
    if (node.type === 'Identifier') taken.add(node.name);
    if (node.type !== 'Literal' || typeof node.value !== 'string' || node.value.length < SHORTEST) return true;
    if (!isValue(node, parent)) return true;
    const known = places.get(node.value);
    if (known === undefined) places.set(node.value, [node]);
    else known.push(node);
    return true;
  });
  const fresh = freshNames(taken);
  let { value: name } = fresh.next();
  /** @type {import('./source-edits.mjs').Edit[]} */
  const edits = [];
  /** @type {string[]} */
  const declared = [];
  for (const [, nodes] of [...places].sort(([, a], [, b]) => b.length - a.length)) {
    const [first] = nodes;
    if (first === undefined) continue;
    const text = program.slice(first.start, first.end);
    if (text.length * nodes.length <= `${name}=${text},`.length + (name.length + 1) * nodes.length) continue;
    declared.push(`${name}=${text}`);
    for (const { start, end } of nodes) {
      // Beside quotes a word needs no blank, `case"x"`; beside a name it does.
      const [before, after] = [program[start - 1] ?? '', program[end] ?? ''].map((beside) =>
        /[\w$]/.test(beside) ? ' ' : '',
      );
      edits.push({ start, end, text: `${before}${name}${after}` });
    }
    name = fresh.next().value;
  }
  if (declared.length === 0) return program;
  return `const ${declared.join(',')};${applyEdits(program, edits)}`;
}

/**
 * @param {Node} text
 * @param {Node | null} parent
 */
function isValue(text, parent) {
  switch (parent?.type) {
    case 'BinaryExpression':
      // `typeof value==="string"` is one step for V8 as long as the text stands there.
      return ![parent.left, parent.right].some((side) => side.type === 'UnaryExpression' && side.operator === 'typeof');
    case 'Property':
    case 'MethodDefinition':
    case 'PropertyDefinition':
      return parent.computed || parent.key !== text;
    case 'ExpressionStatement':
    case 'ExportAllDeclaration':
    case 'ExportNamedDeclaration':
    case 'ImportDeclaration':
    case 'ImportExpression':
      return false;
    default:
      return true;
  }
}

/**
 * @param {ReadonlySet<string>} taken
 * @returns {Generator<string, never>}
 */
function* freshNames(taken) {
  for (let number = 0; ; number += 1) {
    const name = `$${inLetters(number)}`;
    if (!taken.has(name)) yield name;
  }
}
