/** From names to their places, and to other names. */
export { definitionsAt } from './definition.js';
export { namedAt } from './named.js';
export { occurrencesOf } from './occurrences.js';
export { rename, renameable } from './rename.js';
