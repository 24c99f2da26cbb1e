/** What says of a request what it is, for a page of the documentation alone, stays out of the programs. */
import { applyEdits, complaint, parse, walk } from './source-edits.mjs';

const PAGE_PARTS = ['methods', 'gives'];
const REQUEST = /[\\/]lsp[\\/]requests[\\/][^\\/]+\.ts$/;
/** Those that could ask for it. */
const KNOWS_REQUESTS = /[\\/]lsp[\\/]/;

/**
 * @param {string} source
 * @param {string} path
 * @returns {string}
 */
export function withoutPageParts(source, path) {
  if (!KNOWS_REQUESTS.test(path)) return source;
  /** @type {import('./source-edits.mjs').Edit[]} */
  const edits = [];
  walk(parse(source, path), (node, parent) => {
    if (node.type === 'MemberExpression' && isPagePart(node.property)) {
      throw complaint(source, path, node, 'the programs leave this to the documentation');
    }
    if (node.type !== 'Property' || !isPagePart(node.key)) return true;
    if (parent?.type === 'ObjectPattern') {
      throw complaint(source, path, node, 'the programs leave this to the documentation');
    }
    if (!REQUEST.test(path)) return true;
    edits.push({ start: node.start, end: source.indexOf(',', node.end) + 1, text: '' });
    return false;
  });
  return applyEdits(source, edits);
}

/** @param {import('./source-edits.mjs').Node} name of a member */
function isPagePart(name) {
  return name.type === 'Identifier' && PAGE_PARTS.includes(name.name);
}
