/** Markdown of the server as an editor shows it, which does not render it: places to go to stand in words, and lead there. */

/** A part of the text that leads to an address. */
export interface ShownLink {
  readonly start: number;
  readonly end: number;
  readonly target: string;
}

export interface ShownMarkdown {
  readonly text: string;
  readonly links: readonly ShownLink[];
}

/** What stands in one is short: a long text without an end is not looked through from each of its brackets. */
const LINK = /\[((`{1,9})[^\n]{0,400}?[^`\n]\2)\]\(([^()\s]{1,4000})\)/g;
/** Backslashes that only a stricter reader than Markdown needs: around a section's name, and inside of words. */
const NEEDLESS = /\\\[([^\][\\\n]*)\\\](?![([:])|(?<=\w)\\_(?=\w)/g;

/** `` [`cache=none`](file:///w/vm.qemu#L3) `` becomes `` `cache=none` (vm.qemu:3) ``. */
export function shownMarkdown(markdown: string): ShownMarkdown {
  const plain = markdown.replace(NEEDLESS, (whole, name: string | undefined) => (whole === '\\_' ? '_' : `[${name}]`));
  const links: ShownLink[] = [];
  let text = '';
  let end = 0;
  for (const { 0: whole, 1: code = '', 3: target = '', index } of plain.matchAll(LINK)) {
    text += plain.slice(end, index);
    end = index + whole.length;
    const start = text.length;
    const place = placeName(target);
    text += place === null || tells(code, place) ? code : `${code} (${place.name}:${place.line})`;
    links.push({ start, end: text.length, target });
  }
  return { text: text + plain.slice(end), links };
}

interface Place {
  readonly name: string;
  readonly line: string;
}

function placeName(target: string): Place | null {
  const found = /([^/]+)#L(\d+)$/.exec(target);
  return found === null ? null : { name: decoded(found[1] ?? ''), line: found[2] ?? '' };
}

/** True where the words name the place themselves: with its line, or the file as a whole. */
function tells(code: string, { name, line }: Place): boolean {
  const words = code.replaceAll('`', '').trim();
  return words.includes(`${name}:${line}`) || (line === '1' && `/${words}`.endsWith(`/${name}`));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
}
