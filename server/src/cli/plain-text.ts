/** Markdown without its marks, for readers that show none. Code stays as it is. */
export function plainText(markdown: string): string {
  return markdown
    .replace(/<!--[\s\S]*?-->\s*/g, '')
    .split(/^(```[\s\S]*?^```[^\S\n]*\n?)/m)
    .map((part, at) => (at % 2 === 0 ? plainWords(part) : part.replace(/^```.*\n?/gm, '')))
    .join('')
    .trim();
}

function plainWords(markdown: string): string {
  return markdown
    .replace(/^#{1,6} +/gm, '')
    .replace(/\[([^\]\n]*)\]\([^)\n]*\)/g, '$1')
    .replace(/\*\*([^*\n]+)\*\*/g, '$1')
    .replaceAll('`', '');
}
