/** Members of a node as dotted keys: `cache.direct=`, `server.0.host=`. */
import type { EditedText } from './edited-text.js';
import { nameValues, typeDetail, type ValueItem, wordValues } from './items.js';
import type { AtPath, MemberOffer } from './node-members.js';
import { type CompletionView, item } from './view.js';

interface DottedKey {
  readonly key: string;
  readonly member: MemberOffer;
}

/** Keys below `prefix` that `others` does not hold. */
export function dottedItems(
  edited: EditedText,
  hasEquals: boolean,
  members: readonly MemberOffer[],
  others: ReadonlyMap<string, string>,
  prefix: string,
): readonly CompletionView[] {
  return dottedKeys(members, prefix, [...others.keys()]).flatMap(({ key, member }) => {
    const newText = edited.write(hasEquals ? key : `${key}=`);
    if (others.has(key) || newText === null) return [];
    const detail = typeDetail(member.shape, member.values, member.default);
    const rank = member.rank + (member.required ? 0 : 20);
    return [item({ label: key, kind: 'option', detail, newText, topic: member.topic, rank, goesOn: !hasEquals })];
  });
}

function dottedKeys(members: readonly MemberOffer[], prefix: string, others: readonly string[]): readonly DottedKey[] {
  return members.flatMap((member): readonly DottedKey[] => {
    const key = `${prefix}${member.name}`;
    switch (member.shape) {
      case 'object':
        return dottedKeys(member.members, `${key}.`, others);
      case 'list':
        return member.items === null ? [] : listKeys(member.items, key, others);
      case 'node':
        return others.some((other) => other.startsWith(`${key}.`)) ? [] : [{ key, member }];
      default:
        return [{ key, member }];
    }
  });
}

/** The members of the last item that is there and is not complete, else those of the next one. */
function listKeys(items: MemberOffer, key: string, others: readonly string[]): readonly DottedKey[] {
  let index = 0;
  const has = (at: number): boolean =>
    others.some((other) => other === `${key}.${at}` || other.startsWith(`${key}.${at}.`));
  while (index < MOST_LISTED && has(index)) index++;
  if (items.shape !== 'object') return [{ key: `${key}.${index}`, member: items }];
  const last = `${key}.${index - 1}`;
  const complete = index === 0 || items.members.every(({ name }) => others.includes(`${last}.${name}`));
  return dottedKeys(items.members, complete ? `${key}.${index}.` : `${last}.`, others);
}

/** Nobody has more monitors. */
const MOST_LISTED = 50;

/** `named`: what the command calls the things that a member may refer to. */
export function leafValues(at: AtPath, named: (member: string) => readonly string[]): readonly ValueItem[] {
  if (at.kind !== 'value') return [];
  const { member } = at;
  return [...nameValues(named(member.name)), ...wordValues(member.values, member.default)];
}
