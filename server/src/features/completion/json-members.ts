/** Members and values of a node that is written as JSON. */
import { type EditedText, spansAround } from './edited-text.js';
import { nameValues, typeDetail, type ValueItem, wordValues } from './items.js';
import { type JsonPlace, jsonPlace } from './json-place.js';
import type { AtPath, DriverAt, MemberOffer } from './node-members.js';
import { type CompletionList, type CompletionView, escapeSnippet, item, NO_COMPLETIONS } from './view.js';

export interface JsonInput {
  at(path: readonly string[], driverAt: DriverAt): AtPath | null;
  /** What may stand in the object at a path. */
  membersAt(path: readonly string[], driverAt: DriverAt): readonly MemberOffer[] | null;
  /** Values that the command or the workspace has for a member. */
  named(member: string): readonly string[];
  /** Those of the values that QEMU does not refuse; `json` gives the whole text with a value in it. */
  taken(values: readonly ValueItem[], json: (value: string) => string): readonly ValueItem[];
  /** The member that tells what an object is: `driver`, `qom-type`. */
  readonly kindMember?: string;
}

/** `from`: where the JSON starts in the text. */
export function jsonItems(outer: EditedText, from: number, input: JsonInput): CompletionList {
  const place = jsonPlace(outer, from);
  if (place === null) return NO_COMPLETIONS;
  const driverAt: DriverAt = (path) => place.objects[path.length]?.get(input.kindMember ?? 'driver') || null;
  const end = place.start + place.edited.text.length;
  const whole = (value: string): string => outer.text.slice(from, place.start) + value + outer.text.slice(end);
  const items =
    place.at === 'key'
      ? keyItems(place, input.membersAt(place.path, driverAt))
      : jsonValues(place, input, driverAt, whole);
  return { items, incomplete: false, ...spansAround(place.edited, 0, place.edited.text.length) };
}

function keyItems(place: JsonPlace, members: readonly MemberOffer[] | null): readonly CompletionView[] {
  const there = place.objects.at(-1);
  if (members === null || there === undefined) return [];
  const quote = place.quote ?? '"';
  return members.flatMap((member): readonly CompletionView[] => {
    if (there.has(member.name)) return [];
    const filter = place.edited.write(`${quote}${member.name}${quote}`);
    const colon = place.hasColon ? '' : ':';
    const newText = place.edited.write(`${quote}${member.name}${quote}${colon}`);
    if (filter === null || newText === null) return [];
    return [
      item({
        label: member.name,
        kind: 'option',
        detail: typeDetail(member.shape, member.values, member.default),
        newText,
        filter,
        snippet: place.hasColon ? null : keySnippet(place, newText, member, quote),
        topic: member.topic,
        rank: member.rank + (member.required ? 0 : 20),
        goesOn: !place.hasColon,
      }),
    ];
  });
}

/** The key with an empty value of its kind, the caret in it; and the comma that what follows needs. */
function keySnippet(place: JsonPlace, key: string, member: MemberOffer, quote: string): string | null {
  const [open, close] = BRACKETS[member.shape] ?? [quote, quote];
  const [opened, closed] = [place.edited.write(open), place.edited.write(close)];
  if (opened === null || closed === null) return null;
  const comma = place.needsComma ? ',' : '';
  return `${escapeSnippet(key)}${escapeSnippet(opened)}$1${escapeSnippet(closed)}${comma}`;
}

const BRACKETS: Readonly<Partial<Record<MemberOffer['shape'], readonly [string, string]>>> = {
  object: ['{', '}'],
  list: ['[', ']'],
  node: ['{', '}'],
  bool: ['', ''],
  number: ['', ''],
};

function jsonValues(
  place: JsonPlace,
  { at: find, named, taken }: JsonInput,
  driverAt: DriverAt,
  whole: (scalar: string) => string,
): readonly CompletionView[] {
  const at = find(place.path, driverAt);
  if (at?.kind !== 'value') return [];
  const { member } = at;
  if (member.shape === 'object' || member.shape === 'list' || member.shape === 'number') return [];
  const isBool = member.shape === 'bool';
  if (isBool && place.quote !== null) return [];
  const quote = isBool ? '' : (place.quote ?? '"');
  const values = isBool
    ? wordValues(['true', 'false'], member.default === null ? null : String(member.default === 'on'))
    : [...nameValues(named(member.name)), ...wordValues(member.values, member.default)];
  return taken(values, (value) => whole(scalar(value, quote))).flatMap(({ text, kind, detail }, rank) => {
    const newText = place.edited.write(scalar(text, quote));
    return newText === null ? [] : [item({ label: text, kind, detail, newText, rank })];
  });
}

function scalar(text: string, quote: string): string {
  if (quote === '') return text;
  const inner = JSON.stringify(text).slice(1, -1);
  return `${quote}${quote === "'" ? inner.replaceAll("'", "\\'") : inner}${quote}`;
}
