/** `:rbd_cache=` in a drive string, against the cache mode: who wins changed with QEMU 2.4. */
import * as l10n from '@vscode/l10n';
import { qemuBehaviour } from '../../catalog/qemu-behaviour.js';
import type { Candidate, DriveTrace, NameOption } from '../../simulate/model.js';
import type { CommandRule, CommandRuleContext, Finding, Fix, RuleInfo } from '../rule.js';
import { changeDirect, modeSpan, modeWords } from '../support/cache-mode.js';
import { written } from '../support/drive-text.js';
import { inCommand, locationOf, nameOptionsOf, qemuName, removeNameOption } from '../support/drive-words.js';
import { findingAt, fix } from '../support/finding.js';
import { code } from '../support/shown.js';

/** What QEMU sets from the mode. */
function byMode(trace: DriveTrace): Candidate | undefined {
  return trace.config?.trace('rbd_cache')?.candidates.findLast(({ place }) => place.kind === 'qemu');
}

/** A key of the string that librados took, and what it made of its value. */
interface Key {
  readonly option: NameOption;
  readonly asked: string;
}

function* keysOf(trace: DriveTrace): Generator<Key> {
  const candidates = trace.config?.trace('rbd_cache')?.candidates ?? [];
  for (const option of nameOptionsOf(trace, 'rbd_cache')) {
    const own = candidates.find(
      ({ place }) => place.kind === 'argument' && place.valueSpan.start === option.valueSpan.start,
    );
    if (own?.value != null && !option.unknown) yield { option, asked: own.value };
  }
}

/** The key goes; or it goes and the mode says what it asked for. */
function fixes(
  context: CommandRuleContext,
  trace: DriveTrace,
  { option, asked }: Key,
  prefer: 'remove' | 'set',
): Fix[] {
  const removal = removeNameOption(context, option);
  if (removal === null) return [];
  const same = byMode(trace)?.value === asked;
  const change = same ? null : changeDirect({ trace, text: context.command.text }, asked !== 'true');
  const preferred = change === null ? 'remove' : prefer;
  const key = written(context, option.span);
  const remove = fix(l10n.t('Remove {0}', key), removal, { preferred: preferred === 'remove', safe: same });
  if (change === null) return [remove];
  const title = l10n.t('Set {0} instead of {1}', change.says, key);
  return [remove, fix(title, [...removal, ...change.edits], { preferred: preferred === 'set' })];
}

function* overwritten(rule: RuleInfo, context: CommandRuleContext, trace: DriveTrace): Generator<Finding> {
  const winner = trace.config?.trace('rbd_cache')?.winner;
  if (winner === undefined || winner.place.kind !== 'qemu' || winner.unknown) return;
  const at = locationOf(trace, winner.place);
  const mode = modeWords({ trace, text: context.command.text });
  for (const key of keysOf(trace)) {
    const { option, asked } = key;
    const same = asked === winner.value;
    const what = l10n.t(
      '{0} has no effect: {1} sets {2} after it, from {3}.',
      code(written(context, option.span)),
      qemuName(trace),
      code(`rbd_cache=${winner.value ?? ''}`),
      mode,
    );
    const todo = same
      ? l10n.t('Both say the same; remove it.')
      : l10n.t('Remove it, or choose the cache mode that does what it asks for.');
    yield findingAt(rule, inCommand(option.span), `${what} ${todo}`, {
      severity: same ? 'hint' : 'warning',
      tags: ['unnecessary'],
      related: at === null ? [] : [{ at, message: l10n.t('The cache mode decides.') }],
      // Where no mode was written, the key is the only wish there is.
      fixes: fixes(context, trace, key, trace.cacheMode.isDefault ? 'set' : 'remove'),
    });
  }
}

export const driveRbdCacheIgnored: CommandRule = {
  id: 'drive-rbd-cache-ignored',
  severity: 'warning',
  statement: '`:rbd_cache=` in the drive string is overwritten by the cache mode (QEMU 2.4 and later).',
  holds: { qemu: { since: '2.4' } },
  looksAt: 'command',
  *check(context) {
    for (const trace of context.command.trace.drives) {
      if (qemuBehaviour(trace.releases.qemu).open.setsRbdCache === 'last') yield* overwritten(this, context, trace);
    }
  },
};

export const driveRbdCacheWins: CommandRule = {
  id: 'drive-rbd-cache-wins',
  severity: 'warning',
  statement: '`:rbd_cache=` in the drive string beats the cache mode (QEMU 1.2 to 2.3).',
  holds: { qemu: { since: '1.2', until: '2.3' } },
  looksAt: 'command',
  *check(context) {
    for (const trace of context.command.trace.drives) {
      if (qemuBehaviour(trace.releases.qemu).open.setsRbdCache !== 'first') continue;
      const winner = trace.config?.trace('rbd_cache')?.winner;
      const beaten = byMode(trace);
      if (winner?.place.kind !== 'argument' || beaten === undefined || beaten.unknown) continue;
      if (winner.value === beaten.value) continue;
      for (const key of keysOf(trace)) {
        if (winner.place.valueSpan.start === key.option.valueSpan.start) yield winning(this, context, trace, key);
      }
    }
  },
};

function winning(rule: RuleInfo, context: CommandRuleContext, trace: DriveTrace, key: Key): Finding {
  const asked = code(written(context, key.option.span));
  const mode = modeWords({ trace, text: context.command.text });
  const set = code(`rbd_cache=${byMode(trace)?.value ?? ''}`);
  const message =
    key.asked === 'true'
      ? l10n.t(
          "{0} beats {1}: {2} sets {3} from the mode before it reads the string's keys. RBDCache is on against the mode; from QEMU 2.4 on it would be off. Make the two agree.",
          asked,
          mode,
          qemuName(trace),
          set,
        )
      : l10n.t(
          "{0} beats {1}: {2} sets {3} from the mode before it reads the string's keys. RBDCache is off against the mode; from QEMU 2.4 on it would be on. Make the two agree.",
          asked,
          mode,
          qemuName(trace),
          set,
        );
  return findingAt(rule, inCommand(key.option.span), message, {
    related: [{ at: inCommand(modeSpan(trace)), message: l10n.t('The mode that is beaten.') }],
    // What is in force stays in force.
    fixes: fixes(context, trace, key, 'set'),
  });
}
