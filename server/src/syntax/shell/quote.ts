const PLAIN_WORD = /^[A-Za-z0-9_@%+=:,./-]+$/;

/** The text as one word of a shell script, quoted only where it has to be. */
export function quoteForShell(text: string): string {
  return PLAIN_WORD.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/**
 * An unquoted word of a script, quoted so that its backslashes reach the program as they are written and its variables
 * are still replaced. Null where the word holds quotes of its own or a `\$`, which no single pair of quotes keeps.
 */
export function quoteKeepingBackslashes(written: string): string | null {
  const joined = written.replace(/\\\r?\n/g, '');
  if (/['"]/.test(joined)) return null;
  if (!/[$`]/.test(joined)) return `'${joined}'`;
  return /\\[\\$`]/.test(joined) ? null : `"${joined}"`;
}
