/** Source texts as trees, and edits to them: what the build changes in a module, it changes at exact places. */
import { parseSync } from 'rolldown/utils';

/** @typedef {import('rolldown/utils').ESTree.Node} Node */
/** @typedef {{ readonly start: number, readonly end: number, readonly text: string }} Edit */

/**
 * @param {string} source TypeScript or JavaScript
 * @param {string} path for messages
 */
export function parse(source, path) {
  const { program, errors } = parseSync(path, source);
  if (errors[0] !== undefined) throw new Error(`${path}: ${errors[0].message}`);
  return program;
}

/**
 * Visits a node and what is in it, outermost first. `visit` says whether to go on inside, or in which of the nodes inside.
 * @param {Node} node
 * @param {(node: Node, parent: Node | null) => boolean | readonly Node[]} visit
 * @param {Node | null} [parent]
 */
export function walk(node, visit, parent = null) {
  const inside = visit(node, parent);
  if (inside === false) return;
  const nodes = inside === true ? Object.values(node).flat().filter(isNode) : inside;
  for (const one of nodes) walk(one, visit, node);
}

/**
 * @param {string} source
 * @param {readonly Edit[]} edits none inside another
 */
export function applyEdits(source, edits) {
  let at = 0;
  let result = '';
  for (const { start, end, text } of edits.toSorted((a, b) => a.start - b.start)) {
    result += source.slice(at, start) + text;
    at = end;
  }
  return result + source.slice(at);
}

/**
 * @param {string} source
 * @param {string} path
 * @param {Node} node
 * @param {string} problem
 */
export function complaint(source, path, node, problem) {
  const line = source.slice(0, node.start).split('\n').length;
  return new Error(`${path}:${line}: ${problem}: ${source.slice(node.start, node.end).slice(0, 100)}`);
}

/**
 * @param {unknown} value
 * @returns {value is Node}
 */
function isNode(value) {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}
