const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

/**
 * The end of a name, for each number another: `a` to `Z`, `aa` and so on. By itself it may be a word of the language (`do`).
 * @param {number} number from 0
 * @returns {string}
 */
export function inLetters(number) {
  const before = Math.floor(number / LETTERS.length);
  return (before === 0 ? '' : inLetters(before - 1)) + LETTERS[number % LETTERS.length];
}
