/** What makes a translation one of its text: the same placeholders and names, and words of its own language. */

export interface Difference {
  readonly key: string;
  readonly what: string;
}

const HAN = /\p{Script=Han}/u;

/** The same in every language. */
const NAMES = /\b(?:QEMU|librbd|RBDCache|layering|exclusive-lock|object-map|fast-diff|deep-flatten)\b/g;

export function differences(
  english: ReadonlyMap<string, string>,
  translated: ReadonlyMap<string, string>,
): readonly Difference[] {
  const found: Difference[] = [];
  for (const [key, text] of english) {
    const own = translated.get(key);
    if (own === undefined || own.trim() === '') found.push({ key, what: 'is not translated' });
    else {
      if (!same(placeholders(text), placeholders(own))) found.push({ key, what: `has other placeholders: ${own}` });
      if (!same(names(text), names(own))) found.push({ key, what: `has other names in backquotes: ${own}` });
      if (!same(targets(text), targets(own))) found.push({ key, what: `leads elsewhere: ${own}` });
      if (!HAN.test(own) && hasWords(text)) found.push({ key, what: `is not in Chinese: ${own}` });
    }
  }
  for (const key of translated.keys()) if (!english.has(key)) found.push({ key, what: 'is no text any more' });
  return found;
}

function placeholders(text: string): readonly string[] {
  return (text.match(/\{\d+\}/g) ?? []).sort();
}

/** All but what shows a hint as it stands in the text, in words. */
function names(text: string): readonly string[] {
  return (text.match(/`[^`]*`/g) ?? []).filter((name) => !/^`[→←]/.test(name)).sort();
}

/** Where links lead. */
function targets(text: string): readonly string[] {
  return (text.match(/\]\([^)]*\)/g) ?? []).sort();
}

function hasWords(text: string): boolean {
  return /[A-Za-z]{2}/.test(text.replace(/`[^`]*`|\{\d+\}/g, '').replace(NAMES, ''));
}

function same(left: readonly string[], right: readonly string[]): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
