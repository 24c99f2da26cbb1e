import * as l10n from '@vscode/l10n';
import { qemuBehaviour } from '../../catalog/qemu-behaviour.js';
import { cacheModeName } from '../../catalog/qemu-options.js';
import type { DriveOption, DriveTrace } from '../../simulate/model.js';
import type { Span } from '../../syntax/span.js';
import type { CommandRule, CommandRuleContext, Fix, TextEdit } from '../rule.js';
import { isOn, stateMode } from '../support/cache-mode.js';
import { jsonQuote, replaceIn, written } from '../support/drive-text.js';
import { inCommand, qemuName } from '../support/drive-words.js';
import { findingAt, fix } from '../support/finding.js';
import { code } from '../support/shown.js';

export const jsonCacheIgnored: CommandRule = {
  id: 'json-cache-ignored',
  severity: 'warning',
  statement: 'A `cache` object at the top of a `json:` name never counts in `-drive`.',
  holds: { qemu: { since: '2.6' } },
  looksAt: 'command',
  *check(context) {
    for (const trace of context.command.trace.drives) {
      const { releases, cacheMode, error, unknown } = trace;
      if (!qemuBehaviour(releases.qemu).cacheOfNodes || (error !== null && error.stage !== 'open')) continue;
      if (unknown.some(({ matters }) => matters === 'cache-mode')) continue;
      const direct = memberOf(trace, 'cache.direct');
      const noFlush = memberOf(trace, 'cache.no-flush');
      const differing = [
        ...(direct !== undefined && isOn(direct.value) !== cacheMode.direct ? [direct] : []),
        ...(noFlush !== undefined && isOn(noFlush.value) !== cacheMode.noFlush ? [noFlush] : []),
      ];
      const [first] = differing;
      if (first === undefined) continue;
      const wanted = cacheModeName(
        direct === undefined ? cacheMode.direct : isOn(direct.value),
        noFlush === undefined ? cacheMode.noFlush : isOn(noFlush.value),
        cacheMode.writeback,
      );
      const message = l10n.t(
        '{0} ignores {1} at the top of a json: name: `-drive` has filled in its own cache mode, {2}, before it reads the name. Say it to the drive, or put the object into the child node.',
        qemuName(trace),
        code(first.key),
        code(cacheMode.name),
      );
      yield findingAt(this, inCommand(first.span), message, {
        tags: ['unnecessary'],
        fixes: [...toDrive(trace, wanted, objectOf(context, first)), ...toChild(context, trace, first)],
      });
    }
  },
};

function memberOf({ syntax }: DriveTrace, key: string): DriveOption | undefined {
  return syntax.jsonMembers?.find((member) => member.key === key && member.effective && !member.unknown);
}

/** The drive says it; the object goes, where it stands plainly. */
function toDrive(trace: DriveTrace, wanted: string, object: CacheObject | null): Fix[] {
  const change = /^[a-z]+$/.test(wanted) ? stateMode(trace, wanted) : null;
  if (change === null) return [];
  const edits = object === null ? change.edits : [replaceIn(object.withComma, ''), ...change.edits];
  return [fix(l10n.t('Set {0} on the drive', change.says), edits, { preferred: true })];
}

/** The object moves into the child that is the rbd node: before its `driver`. */
function toChild(context: CommandRuleContext, trace: DriveTrace, member: DriveOption): Fix[] {
  const object = objectOf(context, member);
  const driver = trace.syntax.jsonMembers?.find(({ key, value }) => key === 'file.driver' && value === 'rbd');
  const hasOwn = trace.syntax.jsonMembers?.some(({ key }) => key.startsWith('file.cache.')) ?? false;
  if (object === null || driver === undefined || hasOwn) return [];
  const key = written(context, driver.keySpan);
  const quote = jsonQuote(key);
  if (key !== `${quote}driver${quote}`) return [];
  const { start } = driver.span;
  const edits: TextEdit[] = [
    replaceIn(object.withComma, ''),
    replaceIn({ start, end: start }, `${written(context, object.span)}${object.comma}`),
  ];
  return [fix(l10n.t('Move it into the child node'), edits)];
}

interface CacheObject {
  /** `"cache":{…}`. */
  readonly span: Span;
  readonly withComma: Span;
  /** How commas are written there: doubled within an option of `-drive`. */
  readonly comma: string;
}

/** Longer objects are not the work of people. */
const LONGEST = 200;

/** The object around one of its members, found in the text; null where it is written in another way. */
function objectOf(context: CommandRuleContext, { span: member }: DriveOption): CacheObject | null {
  const { text } = context.command;
  const before = /(,{0,2})\s*(\\?"cache\\?"\s*:\s*\{[^{}]*)$/.exec(
    text.slice(Math.max(0, member.start - LONGEST), member.start),
  );
  const after = /^([^{}]*\})(,{0,2})/.exec(text.slice(member.end, member.end + LONGEST));
  const [, leading = '', head = ''] = before ?? [];
  const [, tail = '', trailing = ''] = after ?? [];
  if (before === null || after === null || (leading === '' && trailing === '')) return null;
  const start = member.start - head.length;
  const end = member.end + tail.length;
  const withComma =
    trailing === '' ? { start: member.start - before[0].length, end } : { start, end: end + trailing.length };
  return { span: { start, end }, withComma, comma: trailing === '' ? leading : trailing };
}
